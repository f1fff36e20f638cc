/** Two reports on calls: the figures of each direction. */
import type { Language } from '../messages/language';
import type { DirectionSummary } from '../call/call-figure-shapes';
import type { Unit } from '../recording/metric';
import type { CallFigure, InCall } from '../verdict/comparison-values';
import { matters, row, type Compared, type ReportChange } from './compared-row';
import type { Report } from './report';

interface Figure {
	id: CallFigure;
	unit: Unit;
	/** The least difference worth a sentence, in the unit. */
	atLeast: number;
	read(one: DirectionSummary): number | null;
	say(call: InCall, before: number, after: number): ReportChange;
}

const RTT: Omit<Figure, 'read'> = {
	id: 'rtt',
	unit: 'ms',
	atLeast: 5,
	say: (call, beforeMs, afterMs) => ({ rule: 'compared-call-rtt', values: { ...call, beforeMs, afterMs } })
};

const FIGURES: readonly Figure[] = [
	{
		id: 'loss',
		unit: 'share',
		atLeast: 0.005,
		read: (one) => one.lossRatio,
		say: (call, beforeRatio, afterRatio) => ({ rule: 'compared-call-loss', values: { ...call, beforeRatio, afterRatio } })
	},
	{
		id: 'jitter',
		unit: 'ms',
		atLeast: 5,
		read: (one) => one.jitterMs?.median ?? null,
		say: (call, beforeMs, afterMs) => ({ rule: 'compared-call-jitter', values: { ...call, beforeMs, afterMs } })
	},
	{
		id: 'delay',
		unit: 'ms',
		atLeast: 5,
		read: (one) => one.oneWayDelayMs?.median ?? null,
		say: (call, beforeMs, afterMs) => ({ rule: 'compared-call-delay', values: { ...call, beforeMs, afterMs } })
	},
	{
		id: 'audio-bitrate',
		unit: 'bit/s',
		atLeast: 5000,
		read: (one) => one.audioBps?.median ?? null,
		say: (call, beforeBps, afterBps) => ({ rule: 'compared-call-audio-bitrate', values: { ...call, beforeBps, afterBps } })
	},
	{
		id: 'video-bitrate',
		unit: 'bit/s',
		atLeast: 50_000,
		read: (one) => one.videoBps?.median ?? null,
		say: (call, beforeBps, afterBps) => ({ rule: 'compared-call-video-bitrate', values: { ...call, beforeBps, afterBps } })
	},
	{
		id: 'frame-rate',
		unit: '1/s',
		atLeast: 2,
		read: (one) => one.framesPerSecond?.median ?? null,
		say: (call, beforePerSecond, afterPerSecond) => ({
			rule: 'compared-call-frame-rate',
			values: { ...call, beforePerSecond, afterPerSecond }
		})
	},
	{
		id: 'freezes',
		unit: 'count',
		atLeast: 1,
		read: (one) => one.freezes,
		say: (call, beforeCount, afterCount) => ({
			rule: 'compared-call-freezes',
			values: { ...call, beforeCount, afterCount }
		})
	}
];

/** Calls are compared in the order in which they stand: the first with the first, and so on. */
export function compareCalls(one: Report, other: Report, language: Language): Compared[] {
	const [a, b] = [one, other].map(({ conclusions }) => conclusions.calls.flatMap(({ summary }) => summary ?? []));
	return Array.from({ length: Math.max(a!.length, b!.length) }, (_, i) => i).flatMap((i) => {
		const [was, is] = [a![i], b![i]];
		const call = a!.length > 1 || b!.length > 1 ? i + 1 : null;
		const rtt = figureRow(RTT, { call, direction: null }, was?.rttMs?.median ?? null, is?.rttMs?.median ?? null, language);
		const directions = (is ?? was!).directions.flatMap(({ from, to }, d) =>
			FIGURES.flatMap((figure) => {
				const [before, after] = [was?.directions[d], is?.directions[d]].map((way) => (way ? figure.read(way) : null));
				return figureRow(figure, { call, direction: { from, to } }, before ?? null, after ?? null, language);
			})
		);
		return [...rtt, ...directions];
	});
}

function figureRow(
	{ id, unit, atLeast, say }: Omit<Figure, 'read'>,
	call: InCall,
	before: number | null,
	after: number | null,
	{ quantity, comparison: words }: Language
): Compared[] {
	if (before === null && after === null) return [];
	const shown = (value: number | null) => (value === null ? null : quantity(unit, value));
	return [
		row(words.callName(call.call), words.figureName(id, call.direction), shown(before), shown(after), () =>
			matters(before!, after!, atLeast) ? say(call, before!, after!) : null
		)
	];
}
