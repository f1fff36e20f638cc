/** What `icelens lint-sdp` writes, in the format that was asked for. */
import { jsonDocument } from '../lib/core/base/escape';
import type { LintRun } from '../lib/core/report/export/linted-files';
import { sdpJunit } from '../lib/core/report/export/sdp-junit';
import { sdpSarif } from '../lib/core/report/export/sdp-sarif';
import { workflowCommands } from '../lib/core/report/export/workflow-commands';
import { lintText, totalOf } from './lint-sdp-text';
import type { Terminal } from './terminal';

export const LINT_FORMATS = ['text', 'json', 'junit', 'github', 'sarif'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

/** `isSingle`: one file or one pair, whose JSON needs no list around it. */
export function lintDocument(run: LintRun, format: LintFormat, isSingle: boolean, terminal: Terminal): string {
	const { linted, refused, notes } = run;
	if (format === 'text') return lintText(run, terminal);
	if (format === 'junit') return sdpJunit(run, { version: __ICELENS_VERSION__, createdAt: new Date().toISOString() });
	// The commands are taken out of the log that people read, so that a line for them follows.
	if (format === 'github') return `${workflowCommands(run)}${totalOf(run)}\n`;
	if (format === 'sarif') {
		const [findings, messages] = [linted.flatMap((each) => each.findings), linted.flatMap((each) => each.messages)];
		return sdpSarif({ findings, messages, refused: refused.map(({ message }) => message), notes }, __ICELENS_VERSION__);
	}
	const documents = linted.map(({ files, recognised, profile, looksLike, messages, findings }) => ({
		files,
		recognised,
		profile,
		looksLike,
		messages,
		findings
	}));
	return jsonDocument(isSingle ? { ...documents[0], notes } : { tool: 'icelens lint-sdp', documents, refused, notes });
}
