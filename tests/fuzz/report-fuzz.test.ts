/**
 * Reports come from strangers: whatever passes the reading must be judged, compared, redacted and exported without an
 * exception, in bounded time, and nothing in it may become markup. Seeded, so that a failure repeats.
 */
import { everySentence as sentence } from '../../src/lib/core/messages/en/every-sentence';
import { expect, test } from 'vitest';
import { compareConclusions } from '../../src/lib/core/report/compare';
import { compareReports } from '../../src/lib/core/report/compare-reports';
import { toCsv } from '../../src/lib/core/report/export/csv';
import { toHtml } from '../../src/lib/core/report/export/html';
import { toJson } from '../../src/lib/core/report/export/json';
import { toJunit } from '../../src/lib/core/report/export/junit';
import { toMarkdown } from '../../src/lib/core/report/export/markdown';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { parseReport } from '../../src/lib/core/report/parse';
import { redactReport } from '../../src/lib/core/report/redact';
import type { Report } from '../../src/lib/core/report/report';
import { trimmed, TRIM_STEPS } from '../../src/lib/core/report/trim';
import { disturb, disturbKindly } from '../golden/disturb';
import { chooser, seededReport, type Choose } from '../golden/generate-report';
import { goldenReports } from '../golden/golden-reports';

const RUNS = process.env.ICELENS_FUZZ === 'full' ? 20_000 : 400;
/** Another start gives other reports. */
const FIRST = Number(process.env.ICELENS_FUZZ_SEED ?? 1);
/** Of CPU time, so that a busy machine is no hang: one report takes some 10 ms, two hundred times that is one in the making. */
const MS_AT_MOST = 2000;

const golden = goldenReports();
const SOURCES = [...golden.map(({ text }) => text), ...[1, 2, 3].map((seed) => toJson(seededReport(seed)))];
const OTHER = golden[0]!.report;

/** The text itself damaged: cut off, a piece doubled, characters changed. */
function damage(text: string, choose: Choose): string {
	const at = choose(text.length);
	const length = choose(200);
	const kind = choose(4);
	if (kind === 0) return text.slice(0, at);
	if (kind === 1) return text.slice(0, at) + text.slice(at + length);
	if (kind === 2) return text.slice(0, at) + text.slice(Math.max(0, at - length), at) + text.slice(at);
	return text.slice(0, at) + String.fromCharCode(choose(0x2000)) + text.slice(at + 1);
}

function hostile(seed: number): string {
	const choose = chooser(seed);
	const text = SOURCES[choose(SOURCES.length)]!;
	if (choose(6) === 0) return damage(text, choose);
	const report = JSON.parse(text) as Record<string, unknown>;
	if (choose(3) === 0) return JSON.stringify(disturb(report, choose));
	// What the judging reads, changed in several places at once.
	for (let times = 1 + choose(12); times > 0; times--) report.observations = disturbKindly(report.observations, choose);
	if (choose(3) === 0) report.config = disturbKindly(report.config, choose);
	if (choose(3) === 0) report.environment = disturbKindly(report.environment, choose);
	if (choose(4) === 0) report.conclusions = disturbKindly(report.conclusions, choose);
	return JSON.stringify(report);
}

/** Everything that the page and the command line do with a report that somebody gave them. */
function use(report: Report): void {
	const fresh = judgeAgain(report);
	const said = sentence(fresh.conclusions.headline);
	if (/undefined|NaN|\[object/.test(said)) throw new Error(`The headline says “${said}”.`);
	const changes = [
		...compareConclusions(report.conclusions, fresh.conclusions),
		...[compareReports(OTHER, report), compareReports(report, fresh)].flatMap((comparison) => comparison.changes)
	];
	for (const text of changes.map(sentence)) if (/undefined|NaN|\[object/.test(text)) throw new Error(`A change says “${text}”.`);
	for (const one of [fresh, redactReport(fresh).report]) {
		const html = toHtml(one);
		// Every tag is one of ours; a text that became markup would bring another.
		const foreign = [...html.matchAll(/<\/?([a-z!][a-z0-9]*)((?:\s+[^<>]*)?)>/gi)].find(
			([, name, rest]) => !OUR_TAGS.has(name!.toLowerCase()) || /\son\w+=/i.test(rest!.replace(/"[^"]*"/g, '""'))
		);
		if (foreign) throw new Error(`${foreign[0]} is in the HTML.`);
		const xml = toJunit(one);
		// eslint-disable-next-line no-control-regex -- what XML 1.0 §2.2 forbids
		if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F]|&(?!amp;|lt;|gt;|quot;|#39;)/.test(xml))
			throw new Error('The XML is not well formed.');
		if (/^=|,=|,@/m.test(toCsv(one))) throw new Error('The CSV holds a formula.');
		if (toMarkdown(one).length > 65_536) throw new Error('The Markdown is too long.');
		const again = parseReport(toJson(one));
		if (!again.ok) throw new Error(`The JSON export cannot be read again: ${again.error.message}`);
	}
	const small = trimmed(fresh, TRIM_STEPS.length);
	if (!parseReport(toJson(small)).ok) throw new Error('A trimmed report cannot be read again.');
}

const OUR_TAGS = new Set(
	'!doctype html head meta title style body main header section h1 h2 p dl div dt dd ul li strong span table thead tbody tr th td code figure figcaption svg path rect circle text'.split(
		' '
	)
);

test(
	`${RUNS} damaged reports are refused with a sentence or used without an exception`,
	() => {
		let used = 0;
		let refused = 0;
		let slowest = { seed: 0, ms: 0 };
		for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
			const text = hostile(seed);
			const began = process.cpuUsage();
			try {
				const parsed = parseReport(text);
				if (parsed.ok) {
					used++;
					use(parsed.value);
				} else {
					refused++;
					expect(parsed.error.message).toMatch(/^\S.*[.…]$/s);
				}
			} catch (error) {
				throw new Error(`seed ${seed}`, { cause: error });
			}
			const spent = process.cpuUsage(began);
			const ms = (spent.user + spent.system) / 1000;
			if (ms > slowest.ms) slowest = { seed, ms };
		}
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect([used > RUNS / 8, refused > RUNS / 8, slowest.ms < MS_AT_MOST, slowest]).toEqual([true, true, true, slowest]);
	},
	RUNS > 1000 ? 3_600_000 : 300_000
);
