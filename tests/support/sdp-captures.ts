/** Session descriptions as real browsers make them: every exchange of a few calls, each end in either browser. */
import type { Wanted } from '../e2e/harness/sdp-entry';
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

interface Scenario {
	a: Wanted;
	b: Wanted;
	/** What follows the first exchange. */
	then?: readonly { from: 'a' | 'b'; add?: Wanted; restart?: boolean }[];
	/** Section that the first answer refuses. */
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
	'a refused section': { a: { audio: true, video: true }, b: { audio: true }, reject: 1, then: [{ from: 'a' }] }
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
	const steps: readonly { from: 'a' | 'b'; add?: Wanted; restart?: boolean }[] = [{ from: 'a' }, ...then];
	for (const [index, { from, add = {}, restart = false }] of steps.entries()) {
		const to = from === 'a' ? 'b' : 'a';
		if (index > 0) await call(from, 'add', add);
		const offer = await call<string>(from, 'offer', restart);
		const answer = await call<string>(to, 'answer', offer, index === 0 ? b : {}, index === 0 ? reject : null);
		await call(from, 'accept', answer);
		exchanges.push({ from, offer, answer });
	}
	for (const end of new Set(Object.values(ends))) await end.evaluate('sdpHarness.close()');
	return { name: `${offerer.name}-${answerer.name} ${scenario}`, offerer: offerer.name, answerer: answerer.name, scenario, exchanges };
}
