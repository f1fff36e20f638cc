/** Small helpers for sentences. */

/** `a`, `a and b`, `a, b and c`; what stands twice is said once. */
export function list(parts: readonly string[]): string {
	const distinct = [...new Set(parts)];
	if (distinct.length < 2) return distinct.join('');
	return `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)!}`;
}

/** `1 server`, `3 servers`. */
export function count(n: number, one: string, many = `${one}s`): string {
	return `${n} ${n === 1 ? one : many}`;
}

/** `0.3 ms`, `640 ms`, `5.0 s`: tenths below ten milliseconds, whole ones below a second, tenths of a second above. */
export function duration(ms: number): string {
	if (ms > 0 && ms < 9.95) return `${ms.toFixed(1)} ms`;
	return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
