/** The table of what browsers refused, and how far the linter agrees with it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { told as inWords } from '../../src/lib/core/messages/en/sdp';
import { lintSingle } from '../../src/lib/core/sdp/lint/lint';
import type { Finding, Refuser } from '../../src/lib/core/sdp/lint/rules/rule';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { OFFERS, type OfferName } from './bases';
import { mutationsOf } from './operators';

/** What each browser said of one mutation; empty where it took it. */
export interface RefusalRow extends Record<Refuser, string> {
	base: OfferName;
	line: number;
	operator: string;
}

const FILE = join(import.meta.dirname, '../fixtures/sdp-refusals.tsv.gz');
export const BROWSERS = ['chromium', 'firefox'] as const;

/** Said for a browser that did not survive a description. */
export const CRASHED = 'The page crashed.';

/** How most messages begin, and how that is written in the table. */
const BEGINNINGS = [
	['Failed to parse SessionDescription. ', 'unparsed: '],
	['SIPCC Failed to parse SDP: SDP Parse Error on line', 'unparsed: line']
] as const;

export function shortened(message: string): string {
	const words = message.replace(/^Failed to set remote (?:offer|answer) sdp: /, '');
	const beginning = BEGINNINGS.find(([long]) => words.startsWith(long));
	return (beginning ? beginning[1] + words.slice(beginning[0].length) : words).replace(/\s+/g, ' ').trim();
}

/** The browser's own words, but for blanks. */
export function messageOf(words: string, browser: Refuser): string {
	const said = words.replace(/^(?:answer|local): /, '');
	const [long, short] = BEGINNINGS[browser === 'chromium' ? 0 : 1];
	return `${said} `.startsWith(short) ? long + said.slice(short.length) : said;
}

/** A line for each row, under a first line that names the browsers. */
export function writeRefusals(versions: readonly string[], rows: readonly RefusalRow[]): void {
	const lines = rows.map(({ base, line, operator, chromium, firefox }) => [base, line, operator, chromium, firefox].join('\t'));
	writeFileSync(FILE, gzipSync([versions.join('\t'), ...lines, ''].join('\n')));
}

export function readRefusals(): RefusalRow[] {
	const [, ...lines] = gunzipSync(readFileSync(FILE)).toString('utf8').replace(/\n$/, '').split('\n');
	return lines.map((each) => {
		const [base, line, operator, chromium, firefox] = each.split('\t') as [OfferName, string, string, string, string];
		return { base, line: Number(line), operator, chromium, firefox };
	});
}

/** What browsers said of a case, and the linter. */
export interface Judged {
	name: string;
	/** The browsers that were asked; empty where one took it. */
	said: Partial<Record<Refuser, string>>;
	findings: readonly Finding[];
}

export interface Confusion {
	/** How often, by who refuses and what the linter says at worst. */
	counts: Map<string, number>;
	/** Refused by a browser, and neither called a problem nor warned of with its name. */
	missed: string[];
	/** A browser is said to refuse what it took, or to take what it refused, and nothing else was found that it might refuse. */
	untrue: string[];
}

/** Fails where the table is of other mutations than there are now. */
export function holdLinter(rows: readonly RefusalRow[]): Confusion {
	return confusionOf(judgedOffers(rows));
}

export function* judgedOffers(rows: readonly RefusalRow[]): Iterable<Judged> {
	const texts = new Map<OfferName, Map<string, string>>();
	for (const { base, line, operator, chromium, firefox } of rows) {
		if (!texts.has(base))
			texts.set(base, new Map(mutationsOf(OFFERS[base]).map((each) => [`${each.line} ${each.operator}`, each.text])));
		const text = texts.get(base)!.get(`${line} ${operator}`);
		if (text === undefined) throw new Error(`There is no ${operator} of line ${line} of ${base}: record the table anew.`);
		const findings = lintSingle(readDescription(text, 'offer'));
		yield { name: `${base} line ${line} ${operator}`, said: { chromium, firefox }, findings };
	}
}

export function confusionOf(all: Iterable<Judged>): Confusion {
	const confusion: Confusion = { counts: new Map(), missed: [], untrue: [] };
	for (const { name, said, findings: every } of all) {
		const findings = every.filter(({ severity }) => severity !== 'info');
		const problem = findings.some(({ severity }) => severity === 'problem');
		const named = new Set(findings.flatMap(({ refusedBy }) => refusedBy));
		const asked = BROWSERS.filter((browser) => said[browser] !== undefined);
		const refusers = asked.filter((browser) => said[browser] !== '');
		const kind = `${refusers.join(' and ') || 'nobody'}, ${problem ? 'problem' : findings.length > 0 ? 'warning' : 'nothing'}`;
		confusion.counts.set(kind, (confusion.counts.get(kind) ?? 0) + 1);
		const told = () =>
			`${name}: ${asked.map((browser) => `${browser} "${said[browser]}"`).join(', ')}; ${findings
				.map(inWords)
				.map(({ code, text }) => `${code} ${text}`)
				.join(' ')}`;
		if (!problem && refusers.some((browser) => !named.has(browser))) confusion.missed.push(told());
		const untrue = asked.some((browser) =>
			said[browser] === ''
				? named.has(browser)
				: !named.has(browser) &&
					findings.every(({ severity, acceptedBy }) => severity !== 'problem' || acceptedBy.includes(browser)) &&
					findings.some(({ acceptedBy }) => acceptedBy.includes(browser))
		);
		if (untrue) confusion.untrue.push(told());
	}
	return confusion;
}

const SAYS = ['problem', 'warning', 'nothing'] as const;

/** Who refuses in rows, what the linter says in columns. */
export function confusionTable({ counts }: Confusion): string {
	const rows = ['chromium and firefox', 'chromium', 'firefox', 'nobody'].map((who) =>
		[who.padEnd(22), ...SAYS.map((says) => String(counts.get(`${who}, ${says}`) ?? 0).padStart(8))].join(' ')
	);
	return [['refused by'.padEnd(22), ...SAYS.map((says) => says.padStart(8))].join(' '), ...rows].join('\n');
}
