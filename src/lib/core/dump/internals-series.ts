/** The series of one statistics object in webrtc-internals, placed in time and under standard names. */
import { isRecord } from '../base/record';
import { standardField } from '../recording/normalise';
import type { RawValue } from '../recording/recording';
import type { TrackBuilder } from './builder';
import { placeSamples } from './internals-time';
import { cleanReport, cleanValue } from './report-names';

export interface RawSeries {
	startMs: number;
	endMs: number;
	values: RawValue[];
}

export function placeStandard(
	track: TrackBuilder,
	type: string,
	fields: Map<string, RawSeries>,
	timestamps: number[] | null
): void {
	const windows = new Map<string, ReturnType<typeof placeSamples>>();
	for (const [field, { startMs, endMs, values }] of fields) {
		if (field === 'timestamp' || field === 'type' || values.length === 0) continue;
		const name = standardField(type, field);
		if (name !== field && fields.has(name)) continue;
		const key = `${startMs} ${endMs} ${values.length}`;
		const placed = windows.get(key) ?? placeSamples(timestamps, startMs, endMs, values.length);
		windows.set(key, placed);
		if (!Number.isFinite(placed.tMs[0]!)) continue;
		for (const [inner, each] of spreadObjects(name, onceEach(placed, values)))
			track.addColumn(
				inner,
				placed.tMs,
				each.map((value) => cleanValue(type, inner, value)),
				placed.alignment
			);
	}
}

/**
 * RTCP reports stay for several polls, with the same timestamp: one sample each. The times are cut once, for all that share
 * the window.
 */
function onceEach(placed: ReturnType<typeof placeSamples>, values: readonly RawValue[]): readonly RawValue[] {
	const repeats = new Set(placed.repeats);
	return repeats.size === 0 ? values : values.filter((_, index) => !repeats.has(index));
}

/** Values that are objects become a column for each of their keys. */
function spreadObjects(field: string, values: readonly unknown[]): [string, RawValue[]][] {
	if (!values.some((value) => typeof value === 'object' && value !== null)) return [[field, values as RawValue[]]];
	const keys = new Set(values.filter(isRecord).flatMap((value) => Object.keys(value)));
	if (keys.size === 0)
		return [
			[field, values.map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as RawValue)))]
		];
	return [...keys].map((key) => [`${field}.${key}`, values.map((value) => scalarOf(isRecord(value) ? value[key] : null))]);
}

function scalarOf(value: unknown): RawValue {
	return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** The `goog…` objects: names and units change with the value, so they go row by row. */
export function placeLegacy(
	track: TrackBuilder,
	id: string,
	given: string,
	fields: Map<string, RawSeries>,
	timestamps: number[] | null
): void {
	const longest = [...fields.values()].reduce((most, each) => (each.values.length > most.values.length ? each : most));
	const placed = placeSamples(timestamps, longest.startMs, longest.endMs, longest.values.length);
	const rows = placed.tMs.map((_, index) => {
		const row: Record<string, RawValue> = {};
		// A shorter series began later: all of them end with the last sample.
		for (const [field, { values }] of fields) {
			const at = index - (placed.tMs.length - values.length);
			if (at >= 0) row[field] = values[at] ?? null;
		}
		const texts = Object.fromEntries(
			Object.entries(row).map(([field, value]) => [field, typeof value === 'number' && !Number.isFinite(value) ? null : value])
		);
		return cleanReport(id, { ...texts, type: given });
	});
	const names = new Set(rows.flatMap(({ fields: each }) => each.map(([name]) => name)));
	track.type = rows[rows.length - 1]?.type ?? track.type;
	for (const name of names)
		track.addColumn(
			name,
			placed.tMs,
			rows.map(({ fields: each }) => each.find(([field]) => field === name)?.[1] ?? null),
			placed.alignment
		);
}

/** The type of an object of which the dump gives none (before Chrome 88). */
export function typeFromId(
	id: string,
	fields: Map<string, RawSeries>,
	all: ReadonlyMap<string, ReadonlyMap<string, RawSeries>>
): string {
	for (const [pattern, type] of ID_TYPES) if (pattern.test(id)) return type;
	if (/^RTCIceCandidate_/.test(id)) {
		const remote = lastValue(fields.get('isRemote'));
		if (remote !== null) return remote === true ? 'remote-candidate' : 'local-candidate';
		const pairs = [...all.values()];
		return pairs.some((pair) => pair.get('remoteCandidateId')?.values.includes(id)) ? 'remote-candidate' : 'local-candidate';
	}
	if (fields.has('googActiveConnection')) return 'googCandidatePair';
	if (/^Cand-/.test(id)) {
		const pairs = [...all.values()];
		return pairs.some((pair) => pair.get('remoteCandidateId')?.values.includes(id)) ? 'remotecandidate' : 'localcandidate';
	}
	return '';
}

const ID_TYPES: readonly (readonly [RegExp, string])[] = [
	[/^RTCIceCandidatePair_/, 'candidate-pair'],
	[/^RTCInboundRTP/, 'inbound-rtp'],
	[/^RTCOutboundRTP/, 'outbound-rtp'],
	[/^RTCRemoteInboundRtp/i, 'remote-inbound-rtp'],
	[/^RTCRemoteOutboundRtp/i, 'remote-outbound-rtp'],
	[/^RTCTransport_/, 'transport'],
	[/^RTCCodec_/, 'codec'],
	[/^RTCCertificate_/, 'certificate'],
	[/^RTCDataChannel_/, 'data-channel'],
	[/^RTCPeerConnection/, 'peer-connection'],
	[/^RTC(Audio|Video)Source_/, 'media-source'],
	[/^RTCMediaStreamTrack_/, 'track'],
	[/^RTCMediaStream_/, 'stream'],
	[/^Conn-/, 'googCandidatePair'],
	[/^Channel-/, 'googComponent'],
	[/^ssrc_\d+_/, 'ssrc'],
	[/^googTrack_/, 'googTrack'],
	[/^googCertificate_/, 'googCertificate'],
	[/^googLibjingleSession_/, 'googLibjingleSession'],
	[/^bweforvideo$/, 'VideoBwe']
];

export function lastValue(series: RawSeries | undefined): RawValue {
	return series && series.values.length > 0 ? series.values[series.values.length - 1]! : null;
}
