/** Texts from outside made harmless for the format they are written into. */

/** For XML and HTML text and quoted attributes. Characters that XML 1.0 §2.2 forbids become the replacement character. */
export function escapeXml(text: string): string {
	return (
		text
			// eslint-disable-next-line no-control-regex -- these are the forbidden ones
			.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
			.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
			.replaceAll('&', '&amp;')
			.replaceAll('<', '&lt;')
			.replaceAll('>', '&gt;')
			.replaceAll('"', '&quot;')
			.replaceAll("'", '&#39;')
	);
}

/**
 * For GitHub-flavoured Markdown, on one line: nothing becomes markup, a table cell, a mention, an issue or a link. HTML is
 * escaped too, since Markdown lets it through.
 */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/[\\`*_{}[\]|~]/g, '\\$&')
		.replace(/^([#+-]+)(?=\s)/, '\\$1')
		.replace(/^(\d+)([.)])(?=\s)/, '$1\\$2')
		.replace(/#(?=\d)/g, '&#35;')
		.replace(/@(?=\w)/g, '&#64;')
		.replace(/\b(https?):\/\//gi, '$1&#58;//');
}

/** Inline code, also in a table cell; with as many backticks around as the text needs (CommonMark §6.1). */
export function markdownCode(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line === '') return '';
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	const room = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
	// In a table GitHub ends the cell at a bar even inside code.
	return `${fence}${room}${line.replaceAll('|', '\\|')}${room}${fence}`;
}

/** One field (RFC 4180). A text that a spreadsheet would take as a formula gets an apostrophe before it. */
export function csvField(value: string | number | boolean | null): string {
	if (value === null) return '';
	if (typeof value !== 'string') return String(value);
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
