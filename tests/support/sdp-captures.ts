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
	'a stopped section': { a: { audio: true, video: true }, b: { audio: true }, then: [{ from: 'b', stop: 1 }] }
};

/** Both browsers must be at a page with the harness `sdp-entry.ts`. */
export async function capture(scenario: string, offerer: TestBrowser, answerer: TestBrowser): Promise<Capture> {
	const { a, b, then = [], reject = null } = SCENARIOS[scenario]!;
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
		const offer = index === 0 && reject !== null ? withoutCodecs(made, reject) : made;
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
