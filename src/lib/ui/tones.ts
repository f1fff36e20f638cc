/** How a result is shown. Three states for what was measured, amber for advice, grey for what is not known. */
import type { Answer, Finding, ServerConclusion } from '../core/report/report';
import { isUnproven } from '../core/report/picture/paths';
import type { Verdict } from '../core/verdict/headline';

export type Tone = 'fine' | 'normal' | 'warning' | 'problem' | 'unknown';

export type { Verdict };
export { isUnproven };

export function serverTone(server: Pick<ServerConclusion, 'state' | 'proof'>): Tone {
	if (server.state === 'works') return 'fine';
	return server.state === 'not-tested' || server.state === 'unknown' || isUnproven(server) ? 'unknown' : 'problem';
}

/** The tone of the headline. A network that needs TURN and has none that is proven to work is worth a warning. */
export function verdictTone(verdict: Verdict, answers: readonly Answer[]): Tone {
	const turn = answers.find(({ question }) => question === 'turn-works')?.says;
	if ((verdict === 'with-turn' || verdict === 'turn-always') && turn !== 'yes' && turn !== 'partly') return 'warning';

	const tones: Record<Verdict, Tone> = {
		direct: 'fine',
		'with-turn': 'normal',
		'turn-always': 'normal',
		fails: 'problem',
		'cannot-tell': 'unknown'
	};
	return tones[verdict];
}

export function findingTone(severity: Finding['severity']): Tone {
	return severity === 'info' ? 'normal' : severity;
}

/** What an answer means for the person asking. A value this version does not know is shown as unknown, never as good. */
export function answerTone(answer: Answer): Tone {
	const tones: { [Q in Answer['question']]: Record<string, Tone> } = {
		'needs-turn': { never: 'fine', 'for-some-peers': 'normal', always: 'normal' },
		'turn-works': { yes: 'fine', partly: 'warning', no: 'problem', 'no-turn-configured': 'normal' },
		'calls-will-work': { yes: 'fine', 'with-turn': 'normal', no: 'problem' },
		'udp-usable': { yes: 'fine', no: 'problem' },
		'ipv6-usable': { yes: 'fine', no: 'normal' },
		'call-quality': { good: 'fine', fair: 'warning', poor: 'problem' }
	};
	return tones[answer.question]?.[answer.says] ?? 'unknown';
}
