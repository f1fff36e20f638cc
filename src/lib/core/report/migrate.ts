/** Older reports, brought to the present schema one step at a time. A migration never loses a field it does not know. */
import { fail, ok, type Result } from '../base/result';
import { fromSchema1 } from './migrate-schema-1';
import { SCHEMA } from './report';

export type Raw = Record<string, unknown>;

/** From each schema number to the next one. Schema 1 is the first. */
export type Migrations = Readonly<Record<number, (report: Raw) => Raw>>;

const MIGRATIONS: Migrations = { 1: fromSchema1 };

/** `target` and `migrations` are parameters so that the mechanism can be tested by itself. */
export function migrate(
	report: Raw & { schema: number },
	target: number = SCHEMA,
	migrations: Migrations = MIGRATIONS
): Result<Raw> {
	let current: Raw = report;
	for (let schema = report.schema; schema !== target; schema++) {
		if (schema > target) {
			return fail(
				'newer-schema',
				`This report has schema ${report.schema}; this version of Icelens reads up to ${target}. Open it with the version that wrote it, or a later one.`,
				'schema'
			);
		}
		const step = migrations[schema];
		if (!step) return fail('unknown-schema', `There is no report schema ${report.schema}; the first one is 1.`, 'schema');
		current = { ...step(current), schema: schema + 1 };
	}
	return ok(current);
}
