/** The report as GitHub-flavoured Markdown, for an issue or a ticket. */
import { ENGLISH } from '../../messages/en/english';
import type { Language } from '../../messages/language';
import type { Report } from '../report';
import { documentOf } from './document';
import type { Cell, Table } from './document-shape';
import { escapeMarkdown, markdownCode } from '../../base/escape';

/** GitHub refuses an issue or a comment of more characters. */
export const MARKDOWN_CHARACTERS_AT_MOST = 65_536;

/** Whole tables are left out from the end, and their names said, where the text would not fit. */
export function toMarkdown(report: Report, language: Language = ENGLISH, charactersAtMost = MARKDOWN_CHARACTERS_AT_MOST): string {
	const { title, headline, verdict, advice, reasons, facts, notes, tables } = documentOf(report, language);
	const words = language.document.markdown;
	const text = escapeMarkdown;
	const head = [
		`## ${text(title)}`,
		`**${text(verdict)}.** ${headline === verdict ? '' : text(headline)}`.trim(),
		text(advice.join(' ')),
		reasons.map((reason) => `- ${text(reason)}`).join('\n'),
		...notes.map((note) => `_${text(note)}_`),
		facts.map(([name, value]) => `${name}: ${text(value)}`).join(' · ')
	];
	const sections = tables.map((table) => ({ title: table.title, text: section(table) }));
	const whole = () => `${[...head, ...sections.map((one) => one.text)].filter((part) => part !== '').join('\n\n')}\n`;
	const dropped: string[] = [];
	let made = whole();
	while (made.length > charactersAtMost && sections.length > 0) {
		dropped.unshift(sections.pop()!.title);
		made = `${whole()}\n_${words.leftOut(dropped.map(text))}_\n`;
	}
	return made.length <= charactersAtMost ? made : `${made.slice(0, charactersAtMost - 40)}\n\n${words.doesNotFit}\n`;
}

function section({ id, title, lead, columns, rows }: Table): string {
	const table = [
		`| ${columns.map(escapeMarkdown).join(' | ')} |`,
		`|${columns.map(() => ' --- ').join('|')}|`,
		...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)
	].join('\n');
	const body = `${lead === '' ? '' : `${escapeMarkdown(lead)}\n\n`}${table}`;
	// Long and for those who want to see it: folded, as GitHub shows it.
	return id === 'tests'
		? `<details><summary>${escapeMarkdown(title)}</summary>\n\n${body}\n\n</details>`
		: `### ${escapeMarkdown(title)}\n\n${body}`;
}

const MARKS = { fine: '✅', normal: 'ℹ️', warning: '⚠️', problem: '❌', unknown: '❔' } as const;

function cell(value: Cell): string {
	if (typeof value === 'string') return escapeMarkdown(value);
	return 'code' in value ? markdownCode(value.code) : `${MARKS[value.tone]} ${escapeMarkdown(value.text)}`;
}
