/** How a step of the plan ended, and how long it took. */
export interface Outcome {
	outcome: unknown;
	tookMs: number;
}

export function seen(data: unknown, tookMs: number): Outcome {
	return { outcome: { state: 'seen', data }, tookMs };
}

export function skipped(why: string): Outcome {
	return { outcome: { state: 'skipped', why }, tookMs: 0 };
}
