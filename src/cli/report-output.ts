/** A report in the format that was asked for. Markdown and HTML, made to be sent to others, are redacted unless told otherwise. */
import { toCsv } from '../lib/core/report/export/csv';
import { toHtml } from '../lib/core/report/export/html';
import { toJson } from '../lib/core/report/export/json';
import { toJunit } from '../lib/core/report/export/junit';
import { toMarkdown } from '../lib/core/report/export/markdown';
import { redactReport } from '../lib/core/report/redact';
import type { Report } from '../lib/core/report/report';
import type { ReportFormat } from './arguments';
import { CliError } from './errors';
import { reportText } from './text';

/** Options of every command that prints a report. */
export const OUTPUT_OPTIONS = {
	format: { type: 'string' },
	redact: { type: 'boolean' },
	'no-redact': { type: 'boolean' }
} as const;

export interface OutputOptions {
	redact?: boolean;
	'no-redact'?: boolean;
}

const REDACTED_BY_DEFAULT: ReadonlySet<ReportFormat> = new Set(['markdown', 'html']);

const FORMATTERS: Record<ReportFormat, (report: Report) => string> = {
	text: reportText,
	json: toJson,
	markdown: toMarkdown,
	html: toHtml,
	junit: toJunit,
	csv: toCsv
};

/** The report that is printed: redacted or as measured. */
export function applyRedaction(report: Report, format: ReportFormat, options: OutputOptions): Report {
	return isRedacted(format, options) ? redactReport(report).report : report;
}

export function isRedacted(format: ReportFormat, options: OutputOptions): boolean {
	if (options.redact && options['no-redact']) throw new CliError('--redact and --no-redact exclude each other: give one.');
	return options.redact ?? (options['no-redact'] ? false : REDACTED_BY_DEFAULT.has(format));
}

/** Ends with one line break. */
export function reportOutput(report: Report, format: ReportFormat): string {
	return `${FORMATTERS[format](report).trimEnd()}\n`;
}
