/** Session descriptions as real browsers make them: every exchange of a few calls, each end in either browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Wanted } from '../e2e/harness/wanted';
import type { BrowserName, TestBrowser } from './browsers';

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

interface Step {
	from: 'a' | 'b';
	add?: Wanted;
	restart?: boolean;
	/** The transceiver that is stopped before. */
	stop?: number;
}

interface Scenario {
	a: Wanted;
	b: Wanted;
	/** What follows the first exchange. */
	then?: readonly Step[];
	/** Section that the first answer refuses: its codecs get names that no browser knows. */
	reject?: number;
	/** The offering end is ICE lite, as media servers are. */
	lite?: boolean;
	/** Between browsers of one maker only: the other refuses what one writes. */
	within?: boolean;
}

export const SCENARIOS: Record<string, Scenario> = {
	audio: { a: { audio: true }, b: { audio: true } },
	video: { a: { video: true }, b: { video: true } },
	data: { a: { data: true }, b: {} },
	'audio, video and data': { a: { audio: true, video: true, data: true }, b: { audio: true, video: true } },
	simulcast: { a: { audio: true, simulcast: true }, b: {} },
	'a section added later': { a: { audio: true }, b: { audio: true }, then: [{ from: 'a', add: { video: true } }] },
	'an offer from the other end': { a: { audio: true }, b: { audio: true }, then: [{ from: 'b', add: { data: true } }] },
	'ICE restart': { a: { audio: true, video: true }, b: {}, then: [{ from: 'a', restart: true }] },
	'a refused section': { a: { audio: true, video: true }, b: { audio: true }, reject: 1, then: [{ from: 'a' }] },
	'a stopped section': { a: { audio: true, video: true }, b: { audio: true }, then: [{ from: 'b', stop: 1 }] },
	'opus alone': { a: { audio: true, codecs: ['audio/opus'] }, b: { audio: true } },
	'G.711 alone': { a: { audio: true, codecs: ['audio/PCMU'] }, b: { audio: true } },
	'VP8 alone': { a: { video: true, codecs: ['video/VP8'] }, b: { video: true }, within: true },
	'VP9 alone': { a: { video: true, codecs: ['video/VP9'] }, b: { video: true }, within: true },
	'AV1 alone': { a: { video: true, codecs: ['video/AV1'] }, b: { video: true }, within: true },
	'receive only': { a: { receive: ['audio', 'video'] }, b: { audio: true, video: true } },
	'an ICE lite end': { a: { audio: true, data: true }, b: { audio: true }, lite: true },
	'ICE restart of data': { a: { data: true }, b: {}, then: [{ from: 'a', restart: true }] },
	'simulcast added later': { a: { audio: true }, b: { audio: true }, then: [{ from: 'a', add: { simulcast: true } }] },
	'ICE restart from the other end': {
		a: { audio: true, video: true },
		b: { audio: true },
		then: [{ from: 'b', restart: true }],
		within: true
	}
};

/** What rules find in descriptions as browsers write them, by their code and where; `tests/fixtures/sdp/SOURCES.md` says why each is true. */
export const JUDGED: Readonly<Record<string, RegExp>> = {
	'OA-06': /simulcast|added later|stopped section|ICE restart(?! of data)|refused section|receive only/,
	'OA-08': /a refused section/,
	'SIM-06': /simulcast/,
	'ICE-21': /^chromium-chromium a (refused|stopped) section/,
	'DTLS-11': /^firefox-firefox an offer from the other end/,
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
	const { a, b, then = [], reject = null, lite = false } = SCENARIOS[scenario]!;
	const ends = { a: offerer, b: answerer };
	const call = <R>(end: 'a' | 'b', method: string, ...args: unknown[]): Promise<R> =>
		ends[end].evaluate<R>(`sdpHarness.${method}(${[end, ...args].map((arg) => JSON.stringify(arg)).join()})`);
	await call('a', 'make', a);
	await call('b', 'make', {});
	const exchanges: Exchange[] = [];
	const steps: readonly Step[] = [{ from: 'a' }, ...then];
	for (const [index, { from, add = {}, restart = false, stop = null }] of steps.entries()) {
		const to = from === 'a' ? 'b' : 'a';
		if (index > 0) await call(from, 'add', add);
		if (stop !== null) await call(from, 'stop', stop);
		const made = await call<string>(from, 'offer', restart);
		const known = index === 0 && reject !== null ? withoutCodecs(made, reject) : made;
		const offer = lite ? known.replace(/^(t=.*)$/m, '$1\r\na=ice-lite') : known;
		const answer = await call<string>(to, 'answer', offer, index === 0 ? b : {});
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
