/** Why a step of a plan was skipped, as an id and values: the sentence is a message (messages/en/skips.ts). */
import type { Family } from '../base/ip';
import { bare, type NoValues, type Said, type SaidOf } from '../base/said';
import type { Outcome } from '../observations/observation';

/** It listens on the loopback alone; its sockets could not be opened; it has no address of this family that is externally reachable. */
export type NoProber = 'this-machine-only' | 'not-started' | 'no-address';

export interface SkipValues {
	'skip-udp-answered': NoValues;
	'skip-mapping-observers-asked': NoValues;
	'skip-mapping-needs-two-observers': { answered: number };
	'skip-filtering-without-relay': NoValues;
	'skip-filtering-without-observer': NoValues;
	'skip-filtering-told': NoValues;
	'skip-relay-not-allocated': NoValues;
	'skip-hairpin-without-observer': NoValues;
	/** Null where the server did not say why. */
	'skip-no-prober': { because: NoProber | null; family: Family };
	'skip-server-not-asked-alone': NoValues;
	/** In files of earlier versions. */
	'skip-in-words': { said: string };
}

export type Skipped = Extract<Outcome<never>, { state: 'skipped' }>;

/** As an observation holds it. */
export function skipped<Id extends keyof SkipValues>(rule: Id, values: SkipValues[Id]): Skipped {
	const because = { rule, values } as SaidOf<SkipValues>;
	return { state: 'skipped', because: { rule: because.rule, values: { ...because.values } } };
}

/** Files of earlier versions have a sentence alone. */
export function skipSaid({ because, why = '' }: Skipped): Said {
	return because ? bare(because) : { rule: 'skip-in-words', values: { said: why } };
}
