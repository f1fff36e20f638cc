/** Numbers for people: units always shown, no more digits than the measurement carries. */

/** `0.8 ms`, `35 ms`, `1.2 s`, `40 s`. */
export function formatMs(ms: number): string {
	if (ms < 10) return `${ms.toFixed(1)} ms`;
	if (ms < 995) return `${Math.round(ms)} ms`;
	return formatSeconds(ms / 1000);
}

/** `0.4 s`, `6.2 s`, `40 s`. */
export function formatSeconds(seconds: number): string {
	return seconds < 9.95 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/** Decimal units, as network people count: `812 B`, `65.5 kB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${Math.round(bytes)} B`;
	const [value, unit] = bytes < 999_500 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
	return `${value < 99.5 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${unit}`;
}
