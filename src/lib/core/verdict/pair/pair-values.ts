/** The values of what is said of two devices, by rule. */
import type { NoValues, Said } from '../../base/said';
import type { Hairpin } from '../../nat/conclusion';
import type { MeetingPath } from '../../observations/observation';
import type { PairEndpoint, PairReason } from './pair-conclusion';

/** Packets of one direction that did not arrive, beside what became of the other direction's. */
export type LossyDirection = {
	fromDevice: string;
	toDevice: string;
	lossRatio: number;
	packetsSent: number;
	/** Of the other direction; null where it is not known. */
	otherLossRatio: number | null;
};

/** What kind of candidates carried the call; null for one that the browser did not describe. */
export type ConnectedPair = Record<'local' | 'remote', Pick<PairEndpoint, 'type' | 'relayProtocol'> | null>;

/** Where two devices with one public address met. */
export type MeetingPlace = 'hairpinned' | 'one-network';

/** Why no pair of candidates carried the call. */
export type NoPath =
	/** These devices had no address to offer that is reached from outside. */
	| { kind: 'no-outside-address'; devices: string[] }
	| { kind: 'no-pairs' }
	/** What became of the pairs; null where none of them says why. */
	| { kind: 'pairs'; reason: Said | null };

type PairReasonValues = Record<`pair-reason-${PairReason}`, NoValues>;

export interface PairValues extends PairReasonValues {
	'pair-same-network': { address: string };
	/** `hairpin`: what the tests of the two saw of their shared NAT. */
	'pair-same-nat': { address: string; hairpin: Hairpin; differentSubnets: boolean };
	'pair-relay-works-for-both': NoValues;
	'pair-relay-fails-for-one': { device: string; server: Said };
	'pair-relay-not-tested': { devices: string[] };

	'pair-attempt-under-way': { path: MeetingPath };
	'pair-connected': {
		path: MeetingPath;
		connectMs: number;
		pair: ConnectedPair | null;
		/** Null where they have no public address in common. */
		place: MeetingPlace | null;
		losses: LossyDirection[];
	};
	'pair-attempt-failed': { path: MeetingPath; browserSaid: string | null };
	'pair-attempt-ended': { path: MeetingPath };
	/** `prediction`: what the two checks had said, where they had said that it would not connect. */
	'pair-no-path': { path: MeetingPath; why: NoPath; prediction: Said | null };
}

/** Why no candidate pair of `from` towards `to`'s own address worked. */
export type LocalSilence = {
	from: string;
	to: string;
} & (
	| { kind: 'unanswered'; checksSent: number | null }
	/** No pair was made of the name that stands for the address. */
	| { kind: 'name-not-used' }
);

export interface PairFindingValues {
	/** `subnet`: addresses of the two that begin alike. `carriedBy`: what connected them instead. */
	'pair-local-path-failed': {
		hostDevice: string;
		guestDevice: string;
		address: string;
		subnet: { host: string; guest: string } | null;
		silences: LocalSilence[];
		carriedBy: 'hairpin' | 'relay' | null;
	};
	'pair-not-connected': { outcomes: Said[] };
	'pair-prediction-differs': { path: MeetingPath; predicted: 'yes' | 'no'; prediction: Said };
	'pair-loss-direction': LossyDirection;
}
