/**
 * Reports to be shown, and what each component is given of one: recorded by browsers, described in words, and generated.
 * The only place that knows where in a report a component's part stands.
 */
import { describedReport } from '../../golden/described-report';
import { generateReport } from '../../golden/generate-report';
import { goldenReports } from '../../golden/golden-reports';
import { CASES } from '../../golden/networks-table';
import type { Report } from '../../../src/lib/core/report/report';
import { conclusionsWithText } from '../../../src/lib/core/report/with-text';

export interface NamedReport {
	name: string;
	report: Report;
}

const GENERATED = 20;

export const REPORTS: readonly NamedReport[] = [
	...goldenReports(),
	...CASES.map((one) => ({ name: one.name, report: describedReport(one) })),
	...Array.from({ length: GENERATED }, (_, seed) => ({ name: `generated ${seed}`, report: generateReport(seed) }))
];

export function reportOf(name: string): Report {
	const found = REPORTS.find((one) => one.name === name);
	if (!found) throw new Error(`There is no report called "${name}"; the names are in tests/golden.`);
	return found.report;
}

/** Enough of these reports to show everything once: each has a part that none before it has. `partsOf`: what a component distinguishes. */
export function withNewParts(reports: readonly NamedReport[], partsOf: (report: Report) => readonly string[]): NamedReport[] {
	const seen = new Set<string>();
	return reports.filter(({ report }) => {
		const fresh = partsOf(report).filter((part) => !seen.has(part));
		for (const part of fresh) seen.add(part);
		return fresh.length > 0;
	});
}

/** With the sentences that people read. */
const concluded = ({ conclusions }: Report) => conclusionsWithText(conclusions);

export const headlineOf = (report: Report) => concluded(report).headline;
export const serversOf = (report: Report) => concluded(report).servers;
export const natOf = (report: Report) => concluded(report).nat;
export const peersOf = (report: Report) => concluded(report).peers;
export const answersOf = (report: Report) => concluded(report).answers;
export const findingsOf = (report: Report) => concluded(report).findings;
