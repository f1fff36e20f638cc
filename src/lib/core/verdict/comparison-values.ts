/** Values of the comparison rules: report with report, and saved conclusions with those made anew. */
import type { Family } from '../base/ip';
import type { Said, WrittenSaid } from '../base/said';
import type { NatConclusion } from '../nat/conclusion';
import type { MeetingPath } from '../observations/observation';
import type { ServerConclusion } from './conclusion';
import type { HeadlineFacts } from './check/headline-facts';

/** A row of the servers table; `nth` is 2 and more where a list repeats a URL and family. */
export type ComparedServer = Pick<ServerConclusion, 'url' | 'kind' | 'transport' | 'family'> & { nth: number };

export type NatField = 'mapping' | 'filtering' | 'layers' | 'portPattern' | 'hairpin';
type InNat = { family: Family; field: NatField };

export type PathOutcome = 'connected' | 'not-connected' | 'unknown';

/** What is compared of calls, each by a rule of its own. */
export type CallFigure = 'rtt' | 'loss' | 'jitter' | 'delay' | 'audio-bitrate' | 'video-bitrate' | 'frame-rate' | 'freezes';

/** `call`: its number where there are several; `direction`: connections of a recording, null for the path as a whole. */
export type InCall = { call: number | null; direction: { from: string; to: string } | null };

export interface ReportComparisonValues {
	'compared-verdict': { before: HeadlineFacts; after: HeadlineFacts };
	'compared-pair-path': { path: MeetingPath; before: PathOutcome; after: PathOutcome };
	'compared-answer': { question: string; before: string; after: string };

	'compared-family-seen': { family: Family };
	'compared-family-gone': { family: Family };
	'compared-nat-unknown': InNat & { before: NatConclusion[NatField] };
	'compared-nat-known': InNat & { after: NatConclusion[NatField] };
	/** `towards`: only for fields whose values are ordered from permissive to strict. */
	'compared-nat-field': InNat & {
		before: NatConclusion[NatField];
		after: NatConclusion[NatField];
		towards: 'stricter' | 'more-open' | null;
	};
	'compared-public-address': { family: Family; beforeAddresses: string[]; afterAddresses: string[] };

	'compared-server-state': { server: ComparedServer; before: ServerConclusion['state']; after: ServerConclusion['state'] };
	'compared-server-rtt': { server: ComparedServer; beforeMs: number; afterMs: number };
	'compared-finding-new': { finding: Said | WrittenSaid };
	'compared-finding-gone': { finding: Said | WrittenSaid };

	'compared-call-rtt': InCall & { beforeMs: number; afterMs: number };
	'compared-call-loss': InCall & { beforeRatio: number; afterRatio: number };
	'compared-call-jitter': InCall & { beforeMs: number; afterMs: number };
	'compared-call-delay': InCall & { beforeMs: number; afterMs: number };
	'compared-call-audio-bitrate': InCall & { beforeBps: number; afterBps: number };
	'compared-call-video-bitrate': InCall & { beforeBps: number; afterBps: number };
	'compared-call-frame-rate': InCall & { beforePerSecond: number; afterPerSecond: number };
	'compared-call-freezes': InCall & { beforeCount: number; afterCount: number };

	'compared-browser': { before: string; after: string };
	'compared-platform': { before: string; after: string };
	/** One of the two is redacted. */
	'compared-redaction': { redacted: 'before' | 'after' };
}

/** Display text; null where the item is missing on that side. */
type Rejudged = { before: string | null; after: string | null };

export interface RejudgedValues {
	'rejudged-answer': Rejudged & { question: string };
	'rejudged-family': { family: Family; seenNow: boolean };
	'rejudged-nat-field': InNat & Rejudged;
	'rejudged-public-addresses': { family: Family; beforeAddresses: string[]; afterAddresses: string[] };
	'rejudged-server': Rejudged & { server: ComparedServer };
	'rejudged-finding-new': { finding: Said | WrittenSaid };
	'rejudged-finding-gone': { finding: Said | WrittenSaid };
}

export interface ComparisonValues extends ReportComparisonValues, RejudgedValues {}
