/** Session descriptions as real browsers make them: every exchange of a few calls, each end in either browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { BrowserName, TestBrowser } from './browsers';
import { SCENARIOS, type Step } from './sdp-scenarios';

export interface Exchange {
	/** Which end made the offer. */
	from: 'a' | 'b';
	offer: string;
	answer: string;
}

export interface Capture {
	/** `chromium-firefox simulcast`: who offered first, who answered, what. */
	name: string;
	offerer: BrowserName;
	answerer: BrowserName;
	scenario: string;
	exchanges: Exchange[];
}

/** What rules find in descriptions as browsers write them, by their code and where; `tests/fixtures/sdp/SOURCES.md` says why each is true. */
export const JUDGED: Readonly<Record<string, RegExp>> = {
	'OA-06':
		/simulcast|added|stopped section|ICE restart(?! of data)|refused section|receive only|one way|taken|gave way|first|of each|max-compat/,
	'OA-08': /a refused section/,
	'SIM-06': /simulcast/,
	'ICE-12': /^firefox-firefox without a candidate/,
	'ICE-21': /^chromium-chromium a (refused section|stopped section|place taken again)/,
	'DTLS-11': /^firefox-firefox an offer (from the other end|that gave way)/,
	'DTLS-14': /^firefox-firefox ICE restart from the other end/,
	'PT-02': /^firefox-firefox \w+ alone/
};

/** The findings that are not judged yet. */
export function unjudged<T extends { code: string; severity: string }>(
	name: string,
	findings: readonly T[],
	judged = JUDGED
): T[] {
	return findings.filter(({ code, severity }) => severity !== 'info' && !judged[code]?.test(name));
}

/** Both browsers must be at a page with the harness `sdp-entry.ts`. */
export async function capture(scenario: string, offerer: TestBrowser, answerer: TestBrowser): Promise<Capture> {
	const { a, b, then = [], reject = null, lite = false, config = {}, early = false } = SCENARIOS[scenario]!;
	const ends = { a: offerer, b: answerer };
	const call = <R>(end: 'a' | 'b', method: string, ...args: unknown[]): Promise<R> =>
		ends[end].evaluate<R>(`sdpHarness.${method}(${[end, ...args].map((arg) => JSON.stringify(arg)).join()})`);
	await call('a', 'make', a, config);
	await call('b', 'make', {}, config);
	const exchanges: Exchange[] = [];
	const steps: readonly Step[] = [{ from: 'a' }, ...then];
	for (const [index, step] of steps.entries()) {
		const { from, add = {}, restart = false, stop = null, turn = null, after = null } = step;
		const to = from === 'a' ? 'b' : 'a';
		if (after !== null) {
			await call(after, 'offer', false, !early);
			await call(after, 'rollback');
		}
		if (index > 0) await call(from, 'add', add);
		if (stop !== null) await call(from, 'stop', stop);
		if (turn !== null) await call(from, 'turn', turn);
		const made = await call<string>(from, 'offer', restart, !early);
		const known = index === 0 && reject !== null ? withoutCodecs(made, reject) : made;
		const offer = lite ? known.replace(/^(t=.*)$/m, '$1\r\na=ice-lite') : known;
		const answer = await call<string>(to, 'answer', offer, index === 0 ? b : {}, !early);
		await call(from, 'accept', answer);
		exchanges.push({ from, offer, answer });
	}
	for (const end of new Set(Object.values(ends))) await end.evaluate('sdpHarness.close()');
	return {
		name: `${offerer.name}-${answerer.name} ${scenario}`,
		offerer: offerer.name,
		answerer: answerer.name,
		scenario,
		exchanges
	};
}

/** What an answerer sees of a maker whose codecs it does not have. */
function withoutCodecs(offer: string, section: number): string {
	return offer
		.split(/(?=^m=)/m)
		.map((part, index) => (index === section + 1 ? part.replace(/^(a=rtpmap:\d+ )[^/]+/gm, '$1X-NOBODY-KNOWS') : part))
		.join('');
}

const FIXTURES = new URL('../fixtures/sdp/', import.meta.url);
/** Between two browsers of different makers, the calls that say most; within one browser all of them. */
const KEPT_ACROSS = ['audio, video and data', 'simulcast'];

/** Writes a capture for the unit tests, which have no browser. Looked at in review, like every recording. */
export function keepCapture(captured: Capture, versions: readonly string[]): void {
	const { name, offerer, answerer, scenario } = captured;
	if (offerer !== answerer && !KEPT_ACROSS.includes(scenario)) return;
	mkdirSync(FIXTURES, { recursive: true });
	const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`;
	writeFileSync(new URL(file, FIXTURES), `${JSON.stringify({ ...captured, versions }, null, '\t')}\n`);
}
