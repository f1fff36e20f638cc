/** Values of a series for people and for axes. Units are those of the metric table; another one is shown as it is. */

interface UnitText {
	/** Written behind a number; empty for bare counts. */
	suffix: string;
	/** From the stored value to the shown one. */
	factor: number;
	/** Digits behind the point for values of about this size. */
	digits: (shown: number) => number;
}

const fine = (shown: number) => (Math.abs(shown) < 10 ? 1 : 0);
const finer = (shown: number) => (Math.abs(shown) < 1 ? 2 : Math.abs(shown) < 10 ? 1 : 0);
const whole = (shown: number) => (Number.isInteger(shown) ? 0 : Math.abs(shown) < 10 ? 1 : 0);

const UNITS: Record<string, UnitText> = {
	ms: { suffix: 'ms', factor: 1, digits: fine },
	share: { suffix: '%', factor: 100, digits: finer },
	'1/s': { suffix: '/s', factor: 1, digits: finer },
	count: { suffix: '', factor: 1, digits: whole },
	px: { suffix: 'px', factor: 1, digits: () => 0 },
	level: { suffix: '', factor: 1, digits: () => 2 }
};

/** Decimal prefixes, as network people count; chosen by the largest value so that one axis has one unit. */
const PREFIXES = [
	{ from: 1e9, factor: 1e-9, prefix: 'G' },
	{ from: 1e6, factor: 1e-6, prefix: 'M' },
	{ from: 1e3, factor: 1e-3, prefix: 'k' },
	{ from: 0, factor: 1, prefix: '' }
];
const PREFIXED: Record<string, string> = { 'bit/s': 'bit/s', B: 'B' };

export interface Scale {
	suffix: string;
	factor: number;
	digits: (shown: number) => number;
}

/** How values of `unit` up to `largest` are written. */
export function scaleOf(unit: string, largest: number): Scale {
	const prefixed = PREFIXED[unit];
	if (prefixed === undefined) return UNITS[unit] ?? { suffix: unit, factor: 1, digits: finer };
	const { factor, prefix } = PREFIXES.find(({ from }) => Math.abs(largest) >= from)!;
	return { suffix: prefix + prefixed, factor, digits: factor === 1 ? () => 0 : finer };
}

/** `23 ms`, `1.2 Mbit/s`, `0.50 %`, `30 /s`; `–` for a gap. */
export function formatValue(unit: string, value: number | null | undefined): string {
	if (value === null || value === undefined || !Number.isFinite(value)) return '–';
	const scale = scaleOf(unit, value);
	const shown = value * scale.factor;
	const text = shown === 0 ? '0' : shown.toFixed(scale.digits(shown));
	return scale.suffix === '' ? text : `${text} ${scale.suffix}`;
}

/** A tick of an axis whose largest value is `largest`: the number alone, the unit stands at the axis. */
export function formatTick(scale: Scale, value: number): string {
	return String(Number((value * scale.factor).toPrecision(4)));
}

/** `0:07`, `12:30`, `1:02:09`: time since the start; with tenths where the view is so short that seconds repeat. */
export function formatElapsed(ms: number, tenths = false): string {
	const sign = ms < 0 ? '−' : '';
	const total = Math.abs(ms) / 1000;
	const seconds = tenths ? Math.floor(total * 10) / 10 : Math.floor(total + 1e-6);
	const h = Math.floor(seconds / 3600);
	const m = Math.floor((seconds % 3600) / 60);
	const s = seconds % 60;
	const tail = (tenths ? s.toFixed(1) : String(s)).padStart(tenths ? 4 : 2, '0');
	return `${sign}${h > 0 ? `${h}:${String(m).padStart(2, '0')}` : m}:${tail}`;
}
