/** A report from statistics of calls made elsewhere: bounded, so that a dump of any size can be kept, and saying what it cost. */
import { integer } from '../base/format';
import { fail, ok, type Result } from '../base/result';
import type { Said, SaidOf } from '../base/said';
import { browserName } from '../base/user-agent';
import type { Observation } from '../observations/observation';
import { DEFAULT_LIMITS } from '../plan/config';
import { stepSaid } from '../plan/step-values';
import { isReadField } from '../recording/kept-fields';
import type { RecordedConnection, Recording } from '../recording/recording';
import { SAMPLES_AT_MOST } from '../recording/report-recording';
import { thinned } from '../recording/thinning';
import { conclude } from '../verdict/conclude';
import type { Conclusions } from '../verdict/conclusion';
import type { LeftOutValues } from '../verdict/left-out-values';
import { makeReport } from './make';
import type { Report } from './report';

/** As JSON. Reading and judging it again takes a page some tenths of a second; a thousand of them fit a browser's storage. */
export const IMPORT_CHARACTERS_AT_MOST = 6_000_000;

export interface BoundedImport {
	recording: Recording;
	keptEvery: number;
	/** What was left out; empty for a whole copy. */
	leftOut: SaidOf<LeftOutValues>[];
}

export interface Bounds {
	samplesAtMost: number;
	charactersAtMost: number;
}

const BOUNDS: Bounds = { samplesAtMost: SAMPLES_AT_MOST, charactersAtMost: IMPORT_CHARACTERS_AT_MOST };

/**
 * The recording itself where it is small enough; else a copy in which fields go first that no chart and no finding reads, then
 * every n-th sample stays, then descriptions and candidates go. Never copies more than it keeps: the dump may be large.
 * Fault `too-large`: there is more in it than samples and descriptions.
 */
export function boundedImport(recording: Recording, { samplesAtMost, charactersAtMost }: Bounds = BOUNDS): Result<BoundedImport> {
	const all = samplesOf(recording, () => true);
	const leftOut: SaidOf<LeftOutValues>[] = [];
	let keptEvery = 1;
	let copy = recording;
	if (all > samplesAtMost) {
		const read = samplesOf(recording, isReadField);
		keptEvery = Math.max(1, Math.ceil(read / samplesAtMost));
		if (read < all) leftOut.push({ rule: 'left-out-unread-fields', values: { samples: all, samplesKept: read } });
		if (keptEvery > 1) leftOut.push({ rule: 'left-out-samples', values: { samples: read, keptEvery } });
		copy = mapConnections(recording, (one) => ({
			...one,
			tracks: one.tracks.flatMap((track) => {
				const columns = track.columns.filter(({ field }) => isReadField(track.type, field));
				return columns.length === 0 ? [] : [{ ...track, columns: columns.map((column) => thinned(column, keptEvery)) }];
			})
		}));
	}
	if (textsOf(copy) + JSON_OF_A_SAMPLE * samplesOf(copy, () => true) > charactersAtMost) {
		leftOut.push({ rule: 'left-out-descriptions', values: {} });
		copy = mapConnections(copy, (one) => ({
			...one,
			events: one.events.map(({ description: _, candidate: __, detail: ___, ...rest }) => rest)
		}));
	}
	const size = textsOf(copy) + JSON_OF_A_SAMPLE * samplesOf(copy, () => true);
	if (size > charactersAtMost)
		return fail(
			'too-large',
			`A kept report has up to ${integer(charactersAtMost)} characters, and this dump would need ${integer(size)}.`
		);
	return ok({ recording: copy, keptEvery, leftOut });
}

/** A time with its fraction, a value, two commas: the mean of real dumps is 24. */
const JSON_OF_A_SAMPLE = 26;

function samplesOf(recording: Recording, counts: (type: string, field: string) => boolean): number {
	let samples = 0;
	for (const { tracks } of recording.connections)
		for (const { type, columns } of tracks) for (const { field, tMs } of columns) if (counts(type, field)) samples += tMs.length;
	return samples;
}

/** Characters of everything but numbers. */
function textsOf({ connections, media, notes }: Recording): number {
	let characters = JSON.stringify([media, notes]).length;
	for (const { events, tracks, configuration, url } of connections) {
		characters += (configuration?.length ?? 0) + (url?.length ?? 0) + 200;
		for (const { description, candidate, detail, error } of events)
			characters +=
				120 +
				(description?.sdp.length ?? 0) * LINES_IN_JSON +
				(candidate?.length ?? 0) +
				(detail?.length ?? 0) +
				(error?.length ?? 0);
		for (const { id, columns } of tracks) {
			characters += id.length + 60;
			for (const { field, v } of columns) {
				characters += field.length + 60;
				for (const value of v) if (typeof value === 'string') characters += value.length;
			}
		}
	}
	return characters;
}

/** Each line end of a description is four characters in JSON. */
const LINES_IN_JSON = 1.1;

function mapConnections(recording: Recording, change: (connection: RecordedConnection) => RecordedConnection): Recording {
	return { ...recording, connections: recording.connections.map(change) };
}

const STEP = 'imported-stats';

function importObservation(fileName: string, recording: Recording, keptEvery: number): Observation {
	return {
		probe: 'imported-stats',
		step: STEP,
		target: null,
		startedMs: 0,
		tookMs: 0,
		outcome: { state: 'seen', data: { fileName, recording, keptEvery } }
	};
}

/** What a report with the whole dump would conclude. */
export function judgeDump(recording: Recording): Conclusions {
	return conclude(DEFAULT_LIMITS, [importObservation('', recording, 1)]);
}

export interface ImportParts {
	version: string;
	id: string;
	/** When it was opened, ISO 8601, UTC; when it was recorded its own samples say. */
	createdAt: string;
	fileName: string;
}

export function importedReport({ recording, keptEvery, leftOut }: BoundedImport, parts: ImportParts): Report {
	const { version, id, createdAt, fileName } = parts;
	const userAgent = recording.userAgent ?? '';
	const report = makeReport(
		{
			version,
			id,
			createdAt,
			// The browser that recorded it.
			environment: {
				browser: userAgent === '' ? 'an unknown browser' : browserName(userAgent),
				userAgent,
				platform: '',
				engine: 'browser'
			},
			config: { iceServers: [], profile: 'quick', limits: DEFAULT_LIMITS, mediaPermission: false },
			plan: [
				{
					id: STEP,
					probe: 'imported-stats',
					target: null,
					server: null,
					does: stepSaid('step-read-statistics', {}),
					delayMs: 0,
					deadlineMs: 0,
					after: [],
					patienceMs: null,
					cost: { seconds: 0, bytes: 0 }
				}
			],
			observations: [importObservation(fileName, recording, keptEvery)]
		},
		conclude
	);
	const said = leftOut.map(({ rule, values }): Said => ({ rule, values: { ...values } }));
	return said.length > 0 ? { ...report, leftOut: said } : report;
}
