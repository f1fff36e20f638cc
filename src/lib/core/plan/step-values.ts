/** What each step of a plan does, as an id and values: its title is a message (messages/en/steps.ts). */
import type { Family } from '../base/ip';
import type { NoValues, Said, SaidOf } from '../base/said';
import type { CallPath } from '../observations/observation';

/** Which servers of the list: those that answer first, or the slow ones too. */
interface AmongServers {
	servers: 'first' | 'slow-too';
}

export interface StepValues {
	'step-read-server-list': NoValues;
	'step-reach-app': NoValues;
	'step-ask-server': { url: string };
	'step-gather-from-all': NoValues;
	'step-gather-with-microphone': NoValues;
	'step-udp-first-answer': NoValues;
	'step-nat-mapping': AmongServers;
	'step-nat-filtering': AmongServers;
	'step-prober-mapping': { family: Family };
	'step-prober-filtering': { family: Family };
	'step-send-through-relay': { url: string };
	'step-hairpin': NoValues;
	'step-call': { path: CallPath };
	'step-load': { path: CallPath };
	'step-read-statistics': NoValues;
	'step-ask-url': { url: string };
}

/** As a report holds it. */
export function stepSaid<Id extends keyof StepValues>(rule: Id, values: StepValues[Id]): Said {
	const said = { rule, values } as SaidOf<StepValues>;
	return { rule: said.rule, values: { ...said.values } };
}
