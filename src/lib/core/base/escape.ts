/** Texts from outside made harmless for the format they are written into: one escape for each format. */

/**
 * C0 and C1 (ECMA-48), DEL, the controls of writing direction (UAX #9) and the separators that some take for line ends: they move
 * a terminal's cursor, or make a text read otherwise than it is. Tab and line feed stay.
 */
const CONTROLS = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Control characters become the replacement character, any line end a line feed. */
export function withoutControls(text: string): string {
	return text.replace(/\r\n?/g, '\n').replace(CONTROLS, '\uFFFD');
}

/** For XML and HTML text and quoted attributes. What XML 1.0 §2.2 forbids becomes the replacement character, too. */
export function escapeXml(text: string): string {
	return withoutControls(text)
		.replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
		.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

/** GitHub looks for mentions and issues in the rendered text, where an escape or an entity is gone; a comment stays between. */
const APART = '<!-- -->';

/**
 * For GitHub-flavoured Markdown, on one line: nothing becomes markup, a table cell, a mention, an issue or a link. HTML is
 * escaped too, since Markdown lets it through.
 */
export function escapeMarkdown(text: string): string {
	return onOneLine(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/[\\`*_{}[\]|~]/g, '\\$&')
		.replace(/^([#+-]+)(?=\s)/, '\\$1')
		.replace(/^(\d+)([.)])(?=\s)/, '$1\\$2')
		.replace(/@(?=\w)/g, `@${APART}`)
		.replace(/(#|\bGH-)(?=\d)/gi, `$1${APART}`)
		.replace(/\b(https?|ftp):\/\//gi, '$1&#58;//')
		.replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`);
}

/** Inline code, also in a table cell; with as many backticks around as the text needs (CommonMark §6.1). */
export function markdownCode(text: string): string {
	const line = onOneLine(text).trim();
	if (line === '') return '';
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	const room = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
	// In a table GitHub ends the cell at a bar even inside code.
	return `${fence}${room}${line.replaceAll('|', '\\|')}${room}${fence}`;
}

function onOneLine(text: string): string {
	return withoutControls(text.replace(/\s+/g, ' '));
}

/**
 * One field (RFC 4180). Where a comma is the decimal sign, spreadsheets separate fields by semicolons, so a field with one is
 * quoted as well. A text that they would take as a formula gets an apostrophe before it.
 */
export function csvField(value: string | number | boolean | null): string {
	if (value === null) return '';
	if (typeof value !== 'string') return String(value);
	const text = withoutControls(value);
	const safe = /^[=+\-@\t\n\uFF0B\uFF0D\uFF1D\uFF20]/.test(text) ? `'${text}` : text;
	return /[",;\t\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV, ended with a line break. */
export function csvRows(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
	return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** The text of a workflow command of GitHub Actions: one line, on which a percent sign begins an escape. */
export function escapeWorkflowData(text: string): string {
	return withoutControls(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** A property of such a command, which ends at a comma or at the colons. */
export function escapeWorkflowProperty(text: string): string {
	return escapeWorkflowData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A JSON document that shows every control character as an escape: what is read back is the same. */
export function jsonDocument(value: unknown): string {
	const json = JSON.stringify(value, null, '\t');
	return `${json.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
