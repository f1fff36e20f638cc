/** What real browsers say of every mutation of a description. */
import type { Refuser } from '../../src/lib/core/sdp/lint/rules/rule';
import type { Refusal } from '../e2e/harness/mutations-entry';
import { launchBrowser } from '../support/browsers';
import { startProbePage } from '../support/probe-page';
import { OFFERS, type OfferName } from './bases';
import { mutationsOf } from './operators';
import { shortened, type RefusalRow } from './refusals';

/** A browser is asked about so many before its page is loaded anew. */
const AT_ONCE = 200;
/** Closed connections are collected between the questions. */
const ARGS: Record<Refuser, string[]> = { chromium: ['--js-flags=--expose-gc'], firefox: [] };

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

function wordsOf(refusal: Refusal): string {
	return refusal ? `${refusal.at === 'remote' ? '' : `${refusal.at}: `}${shortened(refusal.message)}` : '';
}
