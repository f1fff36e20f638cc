/** Findings about session descriptions as JSON, as Markdown for a ticket, and as SARIF 2.1.0 for code scanning (OASIS). */
import { escapeMarkdown, jsonDocument, markdownCode } from '../../base/escape';
import type { LocatedFinding } from '../../inspection/analysis';
import { SDP_ENGLISH, told } from '../../messages/en/sdp';
import { ALL_RULES } from '../../sdp/lint/rules/all-rules';
import type { SdpRuleId } from '../../sdp/lint/values/sdp-values';

export interface ExportedFinding {
	rule: SdpRuleId;
	code: string;
	severity: LocatedFinding['severity'];
	/** Index of the media section; null for the session part. */
	section: number | null;
	mid: string | null;
	/** 1-based, in the file given. */
	line: number;
	column: number;
	text: string;
	advice: string;
	cite: string;
	/** The file, and which of its descriptions. */
	file: string;
	description: string;
}

export function exportFindings(
	findings: readonly LocatedFinding[],
	fileOf: (finding: LocatedFinding) => string
): ExportedFinding[] {
	return findings.map(told).map((finding) => ({
		rule: finding.rule,
		code: finding.code,
		severity: finding.severity,
		section: finding.section,
		mid: finding.mid,
		line: finding.fileLine,
		column: finding.fileColumn,
		text: finding.text,
		advice: finding.advice,
		cite: finding.cite,
		file: fileOf(finding),
		description: finding.label
	}));
}

const MARKS = { problem: 'Problem', warning: 'Warning', normal: 'Normal', info: 'Info' } as const;

/** A table for an issue or a mail. */
export function findingsToMarkdown(findings: readonly ExportedFinding[]): string {
	if (findings.length === 0) return 'No findings.\n';
	const several = new Set(findings.map((finding) => finding.description)).size > 1;
	const rows = findings.map((finding) =>
		[
			MARKS[finding.severity],
			...(several ? [escapeMarkdown(finding.description)] : []),
			`${finding.line}:${finding.column}`,
			escapeMarkdown(`${finding.text} ${finding.advice}`),
			`${markdownCode(finding.rule)} (${finding.code}), ${escapeMarkdown(finding.cite)}`
		].join(' | ')
	);
	const head = ['Severity', ...(several ? ['Description'] : []), 'Line', 'Finding', 'Rule'];
	return `| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}\n${rows.map((row) => `| ${row} |`).join('\n')}\n`;
}

const LEVELS = { problem: 'error', warning: 'warning', normal: 'none', info: 'note' } as const;

/** A SARIF log with one run. */
export function findingsToSarif(findings: readonly ExportedFinding[], version: string): string {
	const used = ALL_RULES.filter((rule) => findings.some((finding) => finding.rule === rule.id));
	const index = new Map(used.map((rule, at) => [rule.id, at]));
	const log = {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'icelens',
						version,
						rules: used.map((rule) => ({
							id: rule.id,
							name: rule.code,
							shortDescription: { text: SDP_ENGLISH.rules[rule.id].title },
							help: { text: `${SDP_ENGLISH.rules[rule.id].advice} (${rule.cite})` },
							defaultConfiguration: { level: LEVELS[rule.severity] }
						}))
					}
				},
				columnKind: 'utf16CodeUnits',
				results: findings.map((finding) => ({
					ruleId: finding.rule,
					ruleIndex: index.get(finding.rule) ?? -1,
					level: LEVELS[finding.severity],
					message: { text: `${finding.text} ${finding.advice}` },
					locations: [
						{
							physicalLocation: {
								artifactLocation: { uri: uriOf(finding.file) },
								region: { startLine: finding.line, startColumn: finding.column }
							}
						}
					]
				}))
			}
		]
	};
	return jsonDocument(log);
}

/** A relative reference (RFC 3986): what is not allowed in a path is percent-encoded. */
function uriOf(file: string): string {
	return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}
