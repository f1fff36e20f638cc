/**
 * Conditions about the figures of recorded calls, as `loss>2%` or `worst received video jitter>80ms`: read before anything is judged, and
 * then held against each stream, path or connection that has the figure. What nothing measured is unknown, and never good.
 */
import { fail, ok, type Result } from '../base/result';
import type { ConnectionFigures, Measured, StreamFigures } from './connection-figure-shapes';

type ConditionUnit = 'share' | 'ms' | 'bit/s' | '1/s' | 'count' | 'score';

/** What may be written after the number, and what it is multiplied by; an empty one is no unit. */
const UNITS: Record<ConditionUnit, Readonly<Record<string, number>>> = {
	share: { '%': 0.01 },
	ms: { ms: 1, s: 1000 },
	'bit/s': { 'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, bps: 1, kbps: 1e3, Mbps: 1e6 },
	'1/s': { '': 1, '/s': 1, fps: 1 },
	count: { '': 1 },
	score: { '': 1 }
};

interface FigureRule {
	unit: ConditionUnit;
	/** Of one stream; null for what belongs to a connection alone. */
	stream: ((stream: StreamFigures) => Value) | null;
	/** Of the connection where no stream is named. */
	connection?: (figures: ConnectionFigures) => Value[];
	example: string;
}

/** A value by itself, or one over time. */
type Value = number | Measured | null;

const FIGURES = {
	loss: {
		unit: 'share',
		stream: ({ lossRatio, lossOverTimeRatio: over }) =>
			lossRatio === null ? null : { count: 1, worstAtMs: 0, worst: lossRatio, ...over, median: lossRatio },
		example: 'loss>2%'
	},
	rtt: {
		unit: 'ms',
		stream: ({ rttMs }) => rttMs,
		connection: ({ paths, streams }) => {
			const ofPaths = paths.flatMap(({ rttMs }) => rttMs ?? []);
			return ofPaths.length > 0 ? ofPaths : streams.map(({ rttMs }) => rttMs);
		},
		example: 'rtt>300ms'
	},
	jitter: { unit: 'ms', stream: ({ jitterMs }) => jitterMs, example: 'worst jitter>80ms' },
	bitrate: { unit: 'bit/s', stream: ({ bitrateBps }) => bitrateBps, example: 'received video bitrate<300kbit/s' },
	'frame-rate': { unit: '1/s', stream: ({ framesPerSecond }) => framesPerSecond, example: 'frame-rate<15' },
	freezes: { unit: 'count', stream: ({ freezes }) => freezes, example: 'freezes>3' },
	frozen: { unit: 'share', stream: ({ freezeShare }) => freezeShare, example: 'frozen>5%' },
	mos: { unit: 'score', stream: ({ mos }) => mos, example: 'mos<3.6' },
	'connect-time': {
		unit: 'ms',
		stream: null,
		connection: ({ connects }) => connects.map(({ tookMs }) => tookMs),
		example: 'connect-time>5s'
	}
} satisfies Record<string, FigureRule>;

export type FigureName = keyof typeof FIGURES;
const RULES: Readonly<Record<FigureName, FigureRule>> = FIGURES;
const NAMES = Object.keys(FIGURES) as FigureName[];

/** What has values over time. */
const HAS_WORST: ReadonlySet<FigureName> = new Set(['loss', 'rtt', 'jitter', 'bitrate', 'frame-rate']);
const OPERATORS = { '>': (a, b) => a > b, '>=': (a, b) => a >= b, '<': (a, b) => a < b, '<=': (a, b) => a <= b } satisfies Record<
	string,
	(a: number, b: number) => boolean
>;

export interface FigureCondition {
	/** As it was written. */
	text: string;
	figure: FigureName;
	worst: boolean;
	kind: 'audio' | 'video' | null;
	direction: 'in' | 'out' | null;
	operator: keyof typeof OPERATORS;
	/** In the unit of the figure: a ratio, ms, bit/s, 1/s, a count, a score. */
	bound: number;
	unit: ConditionUnit;
}

/** What can be written, for errors and help. */
export const CONDITION_FIGURES: readonly string[] = NAMES;
export const CONDITION_EXAMPLES: readonly string[] = NAMES.map((name) => RULES[name].example);

/** Fault `malformed`: what is wrong at which character, and what can be written there. */
export function parseCondition(text: string): Result<FigureCondition> {
	const refuse = (at: number, why: string) => fail('malformed', why, `character ${at + 1}`);
	const operatorAt = text.search(/[<>]/);
	if (operatorAt < 0)
		return refuse(
			text.length,
			`it compares nothing: one of >, >=, < or <= and a value follow the figure, as in ${CONDITION_EXAMPLES[0]}`
		);
	const head: Pick<FigureCondition, 'worst' | 'kind' | 'direction'> = { worst: false, kind: null, direction: null };
	let figure: FigureName | null = null;
	// "frame rate" and "connect time" may be written with a space.
	const names = text.slice(0, operatorAt).replace(/\b(frame|connect)\s+(rate|time)\b/gi, '$1-$2');
	for (const { 0: word, index } of names.matchAll(/\S+/g)) {
		const known = word.toLowerCase();
		if (figure !== null) return refuse(index, `"${word}" stands after the figure: the order is ${ORDER}`);
		if (known === 'worst') head.worst = true;
		else if (known === 'audio' || known === 'video') head.kind = known;
		else if (known === 'received' || known === 'sent') head.direction = known === 'received' ? 'in' : 'out';
		else if (Object.hasOwn(FIGURES, known)) figure = known as FigureName;
		else
			return refuse(
				index,
				`"${word}" is no figure: there are ${NAMES.join(', ')}, and before them worst, audio, video, received, sent`
			);
	}
	if (figure === null) return refuse(operatorAt, `a figure is missing before the comparison: there are ${NAMES.join(', ')}`);
	const rule = RULES[figure];
	if (head.worst && !HAS_WORST.has(figure))
		return refuse(0, `${figure} has no worst value over time: worst is for ${[...HAS_WORST].join(', ')}`);
	if (!rule.stream && (head.kind || head.direction))
		return refuse(0, `${figure} is of a whole connection, not of audio or video, received or sent`);
	const { 0: operator } = /^[<>]=?/.exec(text.slice(operatorAt))!;
	const valueAt = operatorAt + operator.length + /^\s*/.exec(text.slice(operatorAt + operator.length))![0].length;
	const value = /^(\d+(?:\.\d+)?)\s*(.*?)\s*$/s.exec(text.slice(valueAt));
	const units = UNITS[rule.unit];
	const unitsText = Object.keys(units).filter((unit) => unit !== '');
	if (!value) return refuse(valueAt, `"${text.slice(valueAt)}" is no number such as 2 or 0.5, as in ${rule.example}`);
	const [, number, unit] = value as unknown as [string, string, string];
	const factor = Object.entries(units).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
	const unitAt = valueAt + text.slice(valueAt).indexOf(unit, number.length);
	if (factor === undefined) {
		const wanted = unitsText.length === 0 ? `${figure} has no unit` : `${figure} is measured in ${unitsText.join(', ')}`;
		return refuse(unitAt, `${unit === '' ? 'a unit is missing' : `"${unit}" does not fit`}: ${wanted}, as in ${rule.example}`);
	}
	const bound = Number(number) * factor;
	if (rule.unit === 'share' && bound > 1) return refuse(valueAt, `${number} % is more than all: a share is at most 100 %`);
	return ok({ text, figure, ...head, operator: operator as FigureCondition['operator'], bound, unit: rule.unit });
}

const ORDER = 'worst, audio or video, received or sent, then the figure';

export interface ConditionResult {
	condition: FigureCondition;
	/** `unknown`: nothing of this kind was recorded. */
	holds: 'yes' | 'no' | 'unknown';
	/** The value that decided it, of which connection and stream; null where there was none. */
	decidedBy: {
		value: number;
		connection: string;
		stream: Pick<StreamFigures, 'id' | 'kind' | 'direction' | 'rid'> | null;
	} | null;
}

/** Holds where it does for one of all that have the figure; a stream that carried nothing has none. */
export function judgeCondition(
	condition: FigureCondition,
	ends: readonly { id: string; figures: ConnectionFigures }[]
): ConditionResult {
	const { figure, worst, kind, direction, operator, bound } = condition;
	const rule = RULES[figure];
	const read = (value: Value) => (value === null || typeof value === 'number' ? value : worst ? value.worst : value.median);
	const values = ends.flatMap(({ id, figures }): NonNullable<ConditionResult['decidedBy']>[] => {
		const found = (value: Value, stream: StreamFigures | null) => {
			const number = read(value);
			const named = stream && { id: stream.id, kind: stream.kind, direction: stream.direction, rid: stream.rid };
			return number === null ? [] : [{ value: number, connection: id, stream: named }];
		};
		if (rule.connection && !kind && !direction) return rule.connection(figures).flatMap((value) => found(value, null));
		return figures.streams
			.filter(
				(stream) => (!kind || stream.kind === kind) && (!direction || stream.direction === direction) && stream.packets !== 0
			)
			.flatMap((stream) => found(rule.stream!(stream), stream));
	});
	const sign = operator.startsWith('>') ? -1 : 1;
	const [decidedBy] = values.toSorted((a, b) => sign * (a.value - b.value));
	if (!decidedBy) return { condition, holds: 'unknown', decidedBy: null };
	return { condition, holds: OPERATORS[operator](decidedBy.value, bound) ? 'yes' : 'no', decidedBy };
}
