/** Numbers for sentences. */

/** `2.1 %`, `0.05 %`, `0 %`. */
export function percent(ratio: number): string {
	const value = ratio * 100;
	if (value === 0) return '0 %';
	if (value < 0.01) return 'under 0.01 %';
	return `${value < 1 ? value.toFixed(2) : value.toFixed(1)} %`;
}

/** Whole, but never 0 for something that is more. */
export function moreThanZero(value: number): string {
	return value > 0 && value < 0.5 ? value.toFixed(1) : String(Math.round(value));
}
