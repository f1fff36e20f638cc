/** What real browsers say of every mutation of a description, alone or in an exchange. */
import type { Refuser } from '../../src/lib/core/sdp/lint/rules/rule';
import type { Refusal } from '../e2e/harness/mutations-entry';
import { launchBrowser, type TestBrowser } from '../support/browsers';
import { startProbePage } from '../support/probe-page';
import { until } from '../support/until';
import { OFFERS, type OfferName } from './bases';
import type { Corrected } from './corrected';
import { changesOf } from './exchange-operators';
import type { ExchangeRow } from './exchange-refusals';
import type { ExchangeBase } from './exchanges';
import { mutationsOf } from './operators';
import { CRASHED, shortened, type RefusalRow } from './refusals';

/** A browser is asked about so many before its page is loaded anew. */
const AT_ONCE = 200;
/** Where the descriptions themselves are handed over, fewer. */
const EXCHANGES_AT_ONCE = 50;
/** Closed connections are collected between the questions. */
const ARGS: Record<Refuser, string[]> = { chromium: ['--js-flags=--expose-gc'], firefox: [] };

/** Firefox shows a page of its own instead, where scripts of tests do not run. */
const CRASH = /Target crashed|mutations is not defined|parent process browsing context/;

export interface Asked {
	versions: string[];
	rows: RefusalRow[];
}

/** Fails where a browser refuses a base itself. */
export async function askBrowsers(bases: readonly OfferName[]): Promise<Asked> {
	const page = await startProbePage('mutations-entry.ts');
	try {
		const [chromium, firefox] = await Promise.all([ask('chromium', bases, page.url), ask('firefox', bases, page.url)]);
		const rows = bases.flatMap((base) =>
			mutationsOf(OFFERS[base]).map(({ line, operator }, i): RefusalRow => {
				const said = { chromium: wordsOf(chromium.refusals[base]![i]!), firefox: wordsOf(firefox.refusals[base]![i]!) };
				return { base, line, operator, ...said };
			})
		);
		return { versions: [chromium.version, firefox.version], rows };
	} finally {
		await page.close();
	}
}

async function ask(name: Refuser, bases: readonly OfferName[], url: string) {
	const browser = await launchBrowser(name, { args: ARGS[name] });
	try {
		const refusals: Partial<Record<OfferName, Refusal[]>> = {};
		for (const base of bases) {
			await browser.goto(url);
			const own = await browser.evaluate<Refusal>(`mutations.judgeOffer(${JSON.stringify(OFFERS[base])})`);
			if (own) throw new Error(`${name} refuses ${base} itself: ${own.message}`);
			const all: Refusal[] = (refusals[base] = []);
			const indices = [...mutationsOf(OFFERS[base]).keys()];
			for (let at = 0; at < indices.length; at += AT_ONCE) {
				await browser.goto(url);
				const some = JSON.stringify(indices.slice(at, at + AT_ONCE));
				all.push(...(await browser.evaluate<Refusal[]>(`mutations.judgeMutations(${JSON.stringify(base)}, ${some})`)));
			}
		}
		return { version: browser.version, refusals };
	} finally {
		await browser.close();
	}
}

/** What each browser says of corrected texts that are others than before the change; empty where it takes one. */
export async function askAboutCorrected(cases: readonly Corrected[]): Promise<Partial<Record<Refuser, string>>[]> {
	const page = await startProbePage('mutations-entry.ts');
	const said = cases.map((): Partial<Record<Refuser, string>> => ({}));
	try {
		for (const name of ['chromium', 'firefox'] as const) {
			const tab = await Tab.open(name, page.url);
			try {
				const own = [...cases.entries()].filter(([, { asked }]) => asked.includes(name));
				for (const exchange of new Set(own.map(([, each]) => each.exchange))) {
					const some = own.filter(([, each]) => each.exchange === exchange);
					const base = exchange ?? { turns: [], last: { from: 'there' as const } };
					for (let at = 0; at < some.length; at += EXCHANGES_AT_ONCE) {
						const part = some.slice(at, at + EXCHANGES_AT_ONCE);
						const refusals = await tab.judge(
							base,
							part.map(([, { after }]) => after.at(-1)!.text)
						);
						part.forEach(([index], i) => (said[index]![name] = wordsOf(refusals[i]!)));
					}
				}
			} finally {
				await tab.close();
			}
		}
	} finally {
		await page.close();
	}
	return said;
}

/** Asks each browser about the changes that are for it. Fails where it refuses a base itself, or now says something else in it. */
export async function askAboutExchanges(bases: readonly ExchangeBase[]): Promise<{ versions: string[]; rows: ExchangeRow[] }> {
	const page = await startProbePage('mutations-entry.ts');
	try {
		const asked = await Promise.all(
			(['chromium', 'firefox'] as const).map(async (name) => {
				const tab = await Tab.open(name, page.url);
				try {
					const rows: ExchangeRow[] = [];
					for (const base of bases) if (base.asked === name) rows.push(...(await askAbout(tab, base)));
					return { version: tab.version, rows };
				} finally {
					await tab.close();
				}
			})
		);
		return { versions: asked.map(({ version }) => version), rows: asked.flatMap(({ rows }) => rows) };
	} finally {
		await page.close();
	}
}

/** The page in one browser, which is started anew where a description brings it down. */
class Tab {
	private loads = 0;

	private constructor(
		private browser: TestBrowser,
		private readonly url: string
	) {}

	static async open(name: Refuser, url: string): Promise<Tab> {
		return new Tab(await launchBrowser(name, { args: ARGS[name] }), url);
	}

	get version(): string {
		return this.browser.version;
	}

	async call<R>(method: string, ...args: unknown[]): Promise<R> {
		// Firefox may be told of the page while the one before still answers.
		const query = `?${this.loads++}`;
		await this.browser.goto(this.url + query);
		await until('the page', () =>
			this.browser.evaluate<boolean>(`location.search === '${query}' && typeof mutations === 'object'`)
		);
		return this.browser.evaluate<R>(`mutations.${method}(${args.map((arg) => JSON.stringify(arg)).join()})`);
	}

	async judge(base: Pick<ExchangeBase, 'turns' | 'last'>, texts: readonly string[]): Promise<Refusal[]> {
		try {
			return await this.call<Refusal[]>('judgeLast', base.turns, base.last, texts);
		} catch (error) {
			if (!CRASH.test(String(error))) throw error;
			const { name } = this.browser;
			await this.browser.close();
			this.browser = await launchBrowser(name, { args: ARGS[name] });
			if (texts.length === 1) return [{ at: 'remote', message: CRASHED }];
			const middle = Math.floor(texts.length / 2);
			return [...(await this.judge(base, texts.slice(0, middle))), ...(await this.judge(base, texts.slice(middle)))];
		}
	}

	close(): Promise<void> {
		return this.browser.close();
	}
}

async function askAbout(tab: Tab, base: ExchangeBase): Promise<ExchangeRow[]> {
	const [refusal] = await tab.judge(base, [base.text]);
	if (refusal) throw new Error(`${base.name}: refused itself: ${refusal.message}`);
	if (base.offer !== null) {
		const own = await tab.call<string>('own', [...base.turns, { ...base.last, sdp: base.text }]);
		if (shapeOf(own) !== shapeOf(base.offer))
			throw new Error(`${base.name}: the browser offers something else now: record the captures anew.`);
	}
	const changes = changesOf(base);
	const rows: ExchangeRow[] = [];
	for (let at = 0; at < changes.length; at += EXCHANGES_AT_ONCE) {
		const some = changes.slice(at, at + EXCHANGES_AT_ONCE);
		const refusals = await tab.judge(
			base,
			some.map(({ text }) => text)
		);
		some.forEach(({ operator }, i) => rows.push({ base: base.name, operator, said: wordsOf(refusals[i]!) }));
	}
	return rows;
}

/** Of an offer what does not change from one connection to the next. */
function shapeOf(sdp: string): string {
	return sdp
		.split('\r\n')
		.filter((line) =>
			/^(m=|a=(mid|group|extmap|rtpmap|fmtp|rid|simulcast|sendrecv|sendonly|recvonly|inactive|setup|rtcp-mux)\b)/.test(line)
		)
		.map((line) => line.replace(/^(m=\S+) [1-9]\d*/, '$1 9'))
		.join('\n');
}

function wordsOf(refusal: Refusal): string {
	return refusal ? `${refusal.at === 'remote' ? '' : `${refusal.at}: `}${shortened(refusal.message)}` : '';
}
