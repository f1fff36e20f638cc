/** An entry of the tables that judge what came of asking a URL, and the engine that runs one. */
import type { Said, Values } from '../base/said';

/** `unknown`: nobody was asked, or nobody listened. */
export type Reached = 'yes' | 'partly' | 'no' | 'unknown';

export type ReachRule<Facts, Table> = {
	[Id in keyof Table]: { id: Id; then: Reached; when(facts: Facts): boolean; values(facts: Facts): Table[Id] };
}[keyof Table];

/** The last rule of a table always matches. */
export function firstOf<Facts, Table>(rules: readonly ReachRule<Facts, Table>[], facts: Facts): Said & { reached: Reached } {
	const rule = rules.find((each) => each.when(facts))!;
	return { reached: rule.then, rule: rule.id as string, values: { ...(rule.values(facts) as Values) } };
}
