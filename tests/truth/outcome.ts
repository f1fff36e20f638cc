import { skipped as skip, type SkipValues } from '../../src/lib/core/plan/skip-values';

/** How a step of the plan ended, and how long it took. */
export interface Outcome {
	outcome: unknown;
	tookMs: number;
}

export function seen(data: unknown, tookMs: number): Outcome {
	return { outcome: { state: 'seen', data }, tookMs };
}

export function skipped<Id extends keyof SkipValues>(rule: Id, values: SkipValues[Id]): Outcome {
	return { outcome: skip(rule, values), tookMs: 0 };
}
