/**
 * The report as one HTML file that needs nothing else: no script, no request, readable from disk and on paper. Its own policy
 * forbids everything but its style sheet, so that no text in a report can ever become more than text.
 */
import { ENGLISH } from '../../messages/en/english';
import type { Language } from '../../messages/language';
import { pathModelOf } from '../path-diagram/paths';
import { pictureSvg } from '../path-diagram/svg';
import type { Report } from '../report';
import { chartSvg, type Chart } from './chart-svg';
import { chartsOf } from './charts';
import { documentOf } from './document';
import type { Cell, ReportDocument, Table } from './document-shape';
import { escapeXml } from '../../base/escape';
import { HTML_STYLE } from './html-style';

/** Fits between the margins of an A4 page, and the picture still stands side by side. */
const PICTURE_WIDTH = 680;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function toHtml(report: Report, language: Language = ENGLISH): string {
	const doc = documentOf(report, language);
	const { document: words, picture: pictureWords } = language;
	const picture =
		doc.kind === 'check' || doc.kind === 'pair'
			? pictureSvg(pathModelOf(report), report.environment.browser, PICTURE_WIDTH, pictureWords)
			: '';
	const scroll = (title: string, content: string) => scrolling(words.scrolls(title), content);
	const [first, ...rest] = doc.tables;
	return [
		'<!doctype html>',
		`<html lang="${escapeXml(language.tag)}">`,
		'<head>',
		'<meta charset="utf-8">',
		`<meta http-equiv="Content-Security-Policy" content="${escapeXml(POLICY)}">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="color-scheme" content="light dark">',
		'<meta name="referrer" content="no-referrer">',
		`<title>${escapeXml(words.windowTitle(doc.verdict, report.createdAt.slice(0, 10)))}</title>`,
		`<style>${HTML_STYLE}</style>`,
		'</head>',
		'<body>',
		'<main>',
		head(doc, words.whatToDo),
		picture === ''
			? ''
			: `<section><h2>${escapeXml(pictureWords.title)}</h2><p class="lead">${escapeXml(pictureWords.legend)}</p>${scroll(pictureWords.title, picture)}</section>`,
		first ? tableHtml(first, scroll) : '',
		charts(chartsOf(report, language), language),
		...rest.map((table) => tableHtml(table, scroll)),
		'</main>',
		'</body>',
		'</html>',
		''
	].join('\n');
}

function head({ title, verdict, tone, headline, advice, reasons, facts, notes }: ReportDocument, whatToDo: string): string {
	return [
		'<header>',
		`<p class="brand">Icelens</p><h1>${escapeXml(title)}</h1>`,
		`<dl class="facts">${facts.map(([name, value]) => `<div><dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd></div>`).join('')}</dl>`,
		'</header>',
		...notes.map((note) => `<p class="note">${escapeXml(note)}</p>`),
		`<section class="verdict ${tone}"><h2>${mark(tone)} ${escapeXml(verdict)}</h2><p>${escapeXml(headline)}</p>`,
		advice.length === 0 ? '' : `<p><strong>${escapeXml(whatToDo)}</strong> ${escapeXml(advice.join(' '))}</p>`,
		reasons.length === 0 ? '' : `<ul>${reasons.map((reason) => `<li>${escapeXml(reason)}</li>`).join('')}</ul>`,
		'</section>'
	].join('\n');
}

function tableHtml({ id, title, lead, columns, rows }: Table, scroll: (title: string, content: string) => string): string {
	const head = `<thead><tr>${columns.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join('')}</tr></thead>`;
	const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
	return [
		`<section id="${escapeXml(id)}"><h2>${escapeXml(title)}</h2>`,
		lead === '' ? '' : `<p class="lead">${escapeXml(lead)}</p>`,
		scroll(title, `<table class="${escapeXml(id.replace(/-\d.*/, ''))}">${head}<tbody>\n${body}\n</tbody></table>`),
		'</section>'
	].join('\n');
}

/** What may be wider than a phone scrolls by itself and can be reached by keyboard; on paper it is as wide as it is. */
function scrolling(name: string, content: string): string {
	return `<div class="scroll" role="region" aria-label="${escapeXml(name)}" tabindex="0">${content}</div>`;
}

function cell(value: Cell): string {
	// A number stays with its unit.
	if (typeof value === 'string') return `<td>${escapeXml(value.length < 10 ? value.replaceAll(' ', '\u00a0') : value)}</td>`;
	if ('code' in value) return `<td><code>${escapeXml(value.code)}</code></td>`;
	return `<td class="tone ${value.tone}">${mark(value.tone)} ${escapeXml(value.text)}</td>`;
}

const MARKS = { fine: '✓', normal: '○', warning: '!', problem: '✕', unknown: '?' } as const;

function mark(tone: keyof typeof MARKS): string {
	return `<span class="mark" aria-hidden="true">${MARKS[tone]}</span>`;
}

function charts(all: readonly Chart[], language: Language): string {
	const figures = all.map((chart) => {
		const svg = chartSvg(chart, language);
		if (svg === '') return '';
		const legend = chart.lines
			.map(({ label }, i) => `<li><span class="swatch l${(i % 8) + 1}" aria-hidden="true"></span>${escapeXml(label)}</li>`)
			.join('');
		return `<figure><figcaption>${escapeXml(chart.title)}</figcaption>${svg}<ul class="legend">${legend}</ul></figure>`;
	});
	return all.length === 0 ? '' : `<section><h2>${escapeXml(language.document.charts.title)}</h2>${figures.join('\n')}</section>`;
}
