/** Findings about session descriptions as JSON, and as Markdown for a ticket. */
import { escapeMarkdown, markdownCode } from '../../base/escape';
import type { LocatedFinding } from '../../inspection/analysis';
import { told } from '../../messages/en/sdp';
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
	/** Why a project lives with it, and until when; null where nobody said so. */
	suppression: { reason: string; until: string | null } | null;
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
		description: finding.label,
		suppression: null
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
