/** The values of the headline, by rule. */
import type { NoValues, Said } from '../../base/said';
import type { FailedTurn } from './answer-values';

/** A dump's headline is the worst that was found in it; where nothing is a fault, what ended media or the connection. */
interface Dump {
	worst: Said | null;
	connections: number;
}

export interface HeadlineValues {
	'headline-fails': { answer: Said };
	'headline-direct': NoValues;
	'headline-turn-always': NoValues;
	'headline-turn-always-unproven': NoValues;
	'headline-with-turn': NoValues;
	'headline-with-turn-at-hand': { mostDirectly: boolean };
	'headline-needs-working-turn': NoValues;
	/** Servers of the user's own, each once for every login, and why nothing is known of calls. */
	'headline-own-servers': { workingUrls: string[]; others: FailedTurn[]; calls: 'only-local-servers' | 'not-known' };
	'headline-mostly-direct': NoValues;
	'headline-webrtc-missing': NoValues;
	'headline-loopback-not-used': { urls: string[] };
	'headline-cannot-tell': { answer: Said };

	'headline-pair-direct': { outcome: Said };
	'headline-pair-relay': { outcome: Said };
	'headline-pair-ended': { outcome: Said };
	'headline-pair-not-connected': { host: string; guest: string };

	'headline-import-media-problem': Dump;
	/** `established`: of the connections, those of calls that connected. */
	'headline-import-connected': Dump & { established: number };
	'headline-import-failed': Dump;
	/** What decides most of what was found. */
	'headline-import-network': { said: Said };
	'headline-import-unknown': Dump;

	'headline-call-quality': { answer: Said };

	'headline-reach-yes': { said: Said };
	'headline-reach-partly': { said: Said };
	'headline-reach-no': { said: Said };
	'headline-reach-unknown': { said: Said | null };
}
