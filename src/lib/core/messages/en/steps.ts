/** What the steps of a plan do, in English: one line for people. */
import { stepTitleIn } from '../../plan/step-title';
import type { StepValues } from '../../plan/step-values';
import { sayIn, type MessagesOf } from '../messages';
import { callPathName } from './path-names';
import { FAMILY_WORDS } from './vocabulary';

const SLOW_TOO = 'with the slow servers too';

export const STEPS: MessagesOf<keyof StepValues> = {
	'step-read-server-list': () => 'Read the list of servers',
	'step-reach-app': () => 'Reach this app over the web',
	'step-ask-server': ({ url }) => `Ask ${url}`,
	'step-gather-from-all': () => 'Gather candidates from all servers at once',
	'step-gather-with-microphone': () => 'Gather candidates with the microphone allowed',
	'step-udp-first-answer': () => 'Test whether any server answers over UDP',
	'step-nat-mapping': ({ servers }) =>
		`Test NAT mapping ${servers === 'first' ? 'with the first servers that answer' : SLOW_TOO}`,
	'step-nat-filtering': ({ servers }) => `Test NAT filtering${servers === 'first' ? '' : ` ${SLOW_TOO}`}`,
	'step-prober-mapping': ({ family }) => `Test NAT mapping with this app's prober, over ${FAMILY_WORDS[family]}`,
	'step-prober-filtering': ({ family }) => `Test NAT filtering with this app's prober, over ${FAMILY_WORDS[family]}`,
	'step-send-through-relay': ({ url }) => `Send data through ${url}`,
	'step-hairpin': () => 'Test NAT hairpinning',
	'step-call': ({ path }) => `Call over ${callPathName(path)}`,
	'step-load': ({ path }) => `Load ${callPathName(path)}`,
	'step-read-statistics': () => 'Read statistics',
	'step-ask-url': ({ url }) => `Ask ${url}`
};

export const stepTitle = stepTitleIn(sayIn(STEPS));
