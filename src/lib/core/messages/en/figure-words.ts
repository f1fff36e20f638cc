/** The figures of streams, paths and connect times in English: tables and lines, the same in the command line and in documents. */
import { bitrate, count, duration, formatBytes, integer, NOT_MEASURED, percent, perSecond } from '../../base/format';
import type { ConnectionFigures, FrameSize, Measured, PathFigures, StreamFigures } from '../../call/connection-figure-shapes';

import type { ConditionResult, FigureCondition } from '../../call/figure-conditions';
import type { StreamKind } from '../../recording/connection';
import { streamLabel } from './subject-names';

/** A cell is null where nothing was recorded. */
type Column = { title: string | Record<StreamFigures['direction'], string>; cell(stream: StreamFigures): string | null };

const median = (measured: Measured | null, format: (value: number) => string) => (measured ? format(measured.median) : null);

const COLUMNS: readonly Column[] = [
	{ title: 'codec', cell: ({ codec }) => codec?.replace(/^(audio|video)\//, '') ?? null },
	{ title: 'lost', cell: ({ lossRatio }) => (lossRatio === null ? null : percent(lossRatio)) },
	{ title: 'jitter', cell: ({ jitterMs }) => median(jitterMs, duration) },
	{ title: 'RTT', cell: ({ rttMs }) => median(rttMs, duration) },
	{ title: 'bitrate', cell: ({ bitrateBps }) => median(bitrateBps, bitrate) },
	{ title: 'frames', cell: ({ framesPerSecond }) => median(framesPerSecond, perSecond) },
	{ title: 'size', cell: ({ frameSize }) => (frameSize ? sizeText(frameSize.last) : null) },
	{ title: { in: 'decoder', out: 'encoder' }, cell: ({ coder }) => coder },
	{ title: 'freezes', cell: ({ freezes }) => (freezes === null ? null : integer(freezes)) },
	{ title: 'MOS', cell: ({ mos }) => (mos === null ? null : mos.toFixed(2)) }
];

const sizeText = ({ widthPx, heightPx }: FrameSize) => `${widthPx}×${heightPx}`;

/** A stream that carried nothing has no figures: placeholders of media servers, muted tracks. */
const carried = ({ packets }: StreamFigures) => packets !== 0;

/** Of one direction. The first row has the titles, the first column the names. Columns without any value are left out; empty without a stream. */
function streamTable(all: readonly StreamFigures[]): string[][] {
	const streams = all.filter(carried);
	if (streams.length === 0) return [];
	const names = namesOf(streams);
	const { direction } = streams[0]!;
	const columns = COLUMNS.map(({ title, cell }) => ({
		title: typeof title === 'string' ? title : title[direction],
		cells: streams.map(cell)
	})).filter(({ cells }) => cells.some((cell) => cell !== null));
	return [
		['', ...columns.map(({ title }) => title)],
		...streams.map((_, i) => [names[i]!, ...columns.map(({ cells }) => cells[i] ?? NOT_MEASURED)])
	];
}

/** `video (hi)`; streams that would have one name are told apart by their mid, or by their SSRC. */
function namesOf(streams: readonly StreamFigures[]): string[] {
	const short = streams.map(({ kind, rid }) => `${kind === 'unknown' ? 'stream' : kind}${rid ? ` (${rid})` : ''}`);
	return streams.map(({ mid, ssrc }, i) => {
		const name = short[i]!;
		if (short.indexOf(name) === short.lastIndexOf(name)) return name;
		const sameMid = streams.some((other, k) => k !== i && short[k] === name && other.mid === mid);
		return `${name} ${mid !== null && !sameMid ? mid : (ssrc ?? '')}`.trim();
	});
}

/** The worst of all streams of a direction, each with its moment, as far as it is known when the connection began. */
function worstLine(all: readonly StreamFigures[], startMs: number | null): string | null {
	const streams = all.filter(carried);
	const names = namesOf(streams);
	const worst = (
		title: string,
		read: (stream: StreamFigures) => Measured | null,
		worse: 'most' | 'least',
		format: (value: number) => string
	) => {
		const found = streams
			.flatMap((stream, i) => {
				const measured = read(stream);
				return measured ? [{ name: names[i]!, ...measured }] : [];
			})
			.toSorted((a, b) => (worse === 'most' ? b.worst - a.worst : a.worst - b.worst))[0];
		// What is no worse than usual stands in the table.
		if (!found || format(found.worst) === format(found.median)) return [];
		const named = streams.length > 1 ? ` (${found.name})` : '';
		return [`${title} ${format(found.worst)}${named}${atMoment(found, startMs)}`];
	};
	const parts = [
		...worst('lost', ({ lossOverTimeRatio }) => lossOverTimeRatio, 'most', percent),
		...worst('jitter', ({ jitterMs }) => jitterMs, 'most', duration),
		...worst('RTT', ({ rttMs }) => rttMs, 'most', duration),
		...worst('frames', ({ framesPerSecond }) => framesPerSecond, 'least', perSecond)
	];
	return parts.length === 0 ? null : `Worst: ${parts.join('; ')}`;
}

function atMoment({ worstAtMs }: Measured, startMs: number | null): string {
	return startMs === null ? '' : ` at ${duration(worstAtMs - startMs)}`;
}

/** Where several paths were taken, each is named by `name`. */
function pathLine(path: PathFigures, startMs: number | null, name: string | null): string | null {
	const { rttMs, sentBps, receivedBps, availableBps, bytesSent, bytesReceived } = path;
	const parts = [
		...(rttMs ? [`RTT ${roundTrip(rttMs, startMs)}`] : []),
		...(sentBps || receivedBps
			? [
					`${median(sentBps, bitrate) ?? 'an unknown bitrate'} sent, ${median(receivedBps, bitrate) ?? 'an unknown bitrate'} received`
				]
			: []),
		...(availableBps ? [`${bitrate(availableBps.median)} available`] : []),
		...(name !== null && bytesSent !== null && bytesReceived !== null
			? [`${formatBytes(bytesSent)} sent, ${formatBytes(bytesReceived)} received in all`]
			: [])
	];
	if (parts.length === 0) return null;
	return `${name === null ? 'On the path' : `Over ${name}`}: ${parts.join('; ')}`;
}

function roundTrip(rttMs: Measured, startMs: number | null): string {
	const [median, worst] = [duration(rttMs.median), duration(rttMs.worst)];
	return worst === median ? median : `${median}, at worst ${worst}${atMoment(rttMs, startMs)}`;
}

/** How long it took to connect; null where the recording does not show it. */
function connectLine({ connects }: Pick<ConnectionFigures, 'connects'>): string | null {
	if (connects.length === 0) return null;
	return `Connected ${connects.map(({ tookMs }) => duration(tookMs)).join(', later ')} after both descriptions were set`;
}

const CONDITION_UNITS: Record<FigureCondition['unit'], (value: number) => string> = {
	share: percent,
	ms: duration,
	'bit/s': bitrate,
	'1/s': perSecond,
	count: integer,
	score: (value) => value.toFixed(2)
};

/** `loss>2% holds: 3.1 % (video, received)`; the connection is named where there are several. */
function conditionLine({ condition, holds, decidedBy }: ConditionResult, connection: string | null): string {
	if (!decidedBy) return `${condition.text} cannot be told: no such figure was recorded`;
	const stream = decidedBy.stream ? [streamLabel(decidedBy.stream as StreamKind)] : [];
	const named = [...stream, ...(connection === null ? [] : [connection])];
	const value = CONDITION_UNITS[condition.unit](decidedBy.value);
	return `${condition.text} ${holds === 'yes' ? 'holds' : 'does not hold'}: ${value}${named.length > 0 ? ` (${named.join(', ')})` : ''}`;
}

export const FIGURE_WORDS = {
	received: 'Received',
	sent: 'Sent',
	streamTable,
	worstLine,
	pathLine,
	connectLine,
	condition: conditionLine,
	silent: (streams: number) => `${count(streams, 'stream')} without a packet`
};
