/**
 * Numbers for people: one form for each quantity, on screens, in exports and in the command line. The unit is always shown,
 * with no more digits than a measurement carries, and what is more than nothing is never written as 0.
 */
import { entryOf } from './record';

/** Where no value was measured, or none that is a number. */
export const NOT_MEASURED = '–';

/** `0 ms`, `0.3 ms`, `640 ms`, `5.0 s`, `39.9 s`, `12:30 min`. */
export function duration(ms: number): string {
	if (!Number.isFinite(ms)) return NOT_MEASURED;
	if (ms < 0) return `−${duration(-ms)}`;
	if (ms === 0) return '0 ms';
	if (ms < 0.05) return 'under 0.1 ms';
	// Bounds are where rounding would reach the next unit: 999.6 ms is 1.0 s.
	if (ms < 9.95) return `${ms.toFixed(1)} ms`;
	if (ms < 999.5) return `${Math.round(ms)} ms`;
	if (ms < 599_950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

/** How long ago something was, by the clocks of two machines: `30 s`, `12 minutes`, `2 hours`, `7 days`. */
export function age(ms: number): string {
	const minutes = ms / 60_000;
	if (minutes < 1) return `${Math.round(ms / 1000)} s`;
	if (minutes < 120) return count(Math.round(minutes), 'minute');
	return minutes < 2880 ? count(Math.round(minutes / 60), 'hour') : count(Math.round(minutes / 1440), 'day');
}

/** `812 B`, `65.5 kB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
	return decimal(bytes, 'B');
}

/** `812 bit/s`, `640 kbit/s`, `2.4 Mbit/s`. */
export function bitrate(bps: number): string {
	return decimal(bps, 'bit/s');
}

/** Decimal prefixes, as network people count. */
export const PREFIXES = [
	{ prefix: 'G', factor: 1e9 },
	{ prefix: 'M', factor: 1e6 },
	{ prefix: 'k', factor: 1e3 },
	{ prefix: '', factor: 1 }
] as const;

/** Three digits. */
function decimal(value: number, unit: string): string {
	if (!Number.isFinite(value)) return NOT_MEASURED;
	if (value > 0 && value < 0.5) return `under 1 ${unit}`;
	const { prefix, factor } = PREFIXES.find((each) => Math.abs(value) >= each.factor * (each.factor === 1 ? 0 : 0.9995))!;
	const scaled = value / factor;
	const text = factor > 1 && Math.abs(scaled) < 99.95 ? scaled.toFixed(1).replace(/\.0$/, '') : String(Math.round(scaled));
	return `${text} ${prefix}${unit}`;
}

/** `0 %`, `0.05 %`, `2.1 %`, `100 %`: all and nothing are only said of all and nothing. */
export function percent(ratio: number): string {
	if (!Number.isFinite(ratio)) return NOT_MEASURED;
	const value = ratio * 100;
	if (value === 0 || value === 100) return `${value} %`;
	if (value > 0 && value < 0.01) return 'under 0.01 %';
	if (value >= 99.95 && value < 100) return 'over 99.9 %';
	return `${value.toFixed(Math.abs(value) < 0.995 ? 2 : 1)} %`;
}

/** `0.25 /s`, `7.5 /s`, `30 /s`. */
export function perSecond(value: number): string {
	return `${short(value)} /s`;
}

/** `7`, `330,000`. */
export function integer(value: number): string {
	return Math.round(value).toLocaleString('en');
}

/** `1 server`, `3 servers`, `12,000 servers`. */
export function count(n: number, one: string, many = `${one}s`): string {
	return `${integer(n)} ${plural(n, one, many)}`;
}

/** The noun alone, where its number stands elsewhere. */
export function plural(n: number, one: string, many = `${one}s`): string {
	return n === 1 ? one : many;
}

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`. */
export function ordinal(n: number): string {
	return `${n}${ENDINGS[ORDINALS.select(n)] ?? 'th'}`;
}

/** A value with the unit of its metric (recording/metric.ts); another unit is shown as it is. */
export function formatUnit(unit: string, value: number | null | undefined): string {
	if (value === null || value === undefined || !Number.isFinite(value)) return NOT_MEASURED;
	return (entryOf(UNITS, unit) ?? ((each) => `${short(each)} ${unit}`))(value);
}

const UNITS: Readonly<Record<string, (value: number) => string>> = {
	ms: duration,
	share: percent,
	'bit/s': bitrate,
	B: formatBytes,
	'1/s': perSecond,
	count: short,
	px: (value) => `${integer(value)} px`,
	level: (value) => value.toFixed(2)
};

function short(value: number): string {
	const size = Math.abs(value);
	if (Number.isInteger(value) || size >= 9.95) return integer(value);
	return value.toFixed(size < 0.995 ? 2 : 1);
}
