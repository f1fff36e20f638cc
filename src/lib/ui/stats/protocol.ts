/** What the page asks of the worker that holds a dump, and what it answers. The recording itself never leaves the worker. */
import type { Ladder } from '../../core/recording/handshake';
import type { CandidateView, PairView } from '../../core/recording/connection';
import type { MediaRequest, Recording, RecordingNote } from '../../core/recording/recording';
import type { RecordedEnd } from '../../core/verdict/call/call-conclusion';
import type { Conclusions } from '../../core/verdict/conclusion';
import type { EndNames } from '../../core/call/call-ends';
import type { CompactRecording } from '../../core/call/compact-recording';
import type { RawField, TrackEntry } from '../../core/inspection/raw-values';
import type { SearchHit } from '../../core/inspection/recording-search';
import type { ChartEvent } from '../../core/report/export/chart-data';
import type { BandRow } from '../../core/report/export/recording-charts';
import type { Lane } from '../charts/lanes';
import type { WireChart, WireSeries } from './wire-series';

export interface FileOverview {
	name: string;
	formatName: string;
	clock: Recording['clock'];
	/** A check of a network by another program: there is no call in it. */
	isNetworkCheck: boolean;
	conclusions: Conclusions;
	/** Where each rule that found something comes from. */
	cites: Record<string, string>;
	/** The connections, each with how it went. */
	ends: RecordedEnd[];
	media: MediaRequest[];
	notes: RecordingNote[];
}

export interface ConnectionDetails {
	id: string;
	label: string;
	url: string | null;
	configuration: string | null;
	startMs: number | null;
	endMs: number | null;
	states: Lane[];
	charts: WireChart[];
	limits: BandRow[];
	heat: Map<string, WireSeries>;
	pairs: PairView[];
	candidates: CandidateView[];
	ladder: Ladder;
	marks: ChartEvent[];
	tracks: TrackEntry[];
}

/** What became of keeping an import on this device. */
export type Kept =
	| {
			state: 'kept' | 'already';
			id: string;
			/** ISO 8601, UTC. */ createdAt: string;
			/** One sentence each. */ leftOut: string[];
	  }
	| { state: 'not-kept'; why: string };

export type Request =
	| { ask: 'details'; connection: string }
	| { ask: 'raw'; connection: string; track: string; atMs: number | null }
	| { ask: 'search'; text: string }
	| { ask: 'lone-ends' }
	| { ask: 'compact' }
	| { ask: 'export'; format: 'json' | 'markdown'; redact: boolean }
	| { ask: 'keep' };

export interface Answers {
	details: ConnectionDetails;
	raw: RawField[];
	search: SearchHit[];
	/** The ends of calls whose other ends may be in another file. */
	'lone-ends': EndNames[];
	compact: CompactRecording;
	export: string;
	keep: Kept;
}

/** A dump to read, or a recording that was kept. */
export type Source = Blob | Recording;

export interface NamedSource {
	name: string;
	source: Source;
}

/** Several sources are the ends of the same calls, and are judged as one recording. */
export type ToWorker = { id: number; name: string; open: NamedSource[] } | ({ id: number } & Request);

export type FromWorker =
	| { progress: number; total: number }
	| { opened: FileOverview }
	| { refused: string }
	| { id: number; answer: unknown }
	| { id: number; failed: string };
