/** Small helpers for sentences. */

/** `a`, `a and b`, `a, b and c`; what stands twice is said once. */
export function list(parts: readonly string[]): string {
	const distinct = [...new Set(parts)];
	if (distinct.length < 2) return distinct.join('');
	return `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)!}`;
}
