/**
 * Exchanges that both ends accept and that no rule calls a problem: recorded between real browsers (tests/fixtures/sdp), and acted out again
 * with one description of the other end changed. The end that is asked makes its own descriptions anew each time; credentials, sources and
 * names of streams alone differ from the recorded ones that the rules read.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Refuser } from '../../src/lib/core/sdp/lint/rules/rule';
import type { Turn } from '../e2e/harness/mutations-entry';
import type { Exchange } from '../support/sdp-captures';
import { SCENARIOS } from '../support/sdp-scenarios';

/** What is changed: the answer to an offer, or a description of a later round. */
export type Shape = 'answer' | 'later-answer' | 'later-offer';

export interface ExchangeBase {
	/** `chromium answer: audio, video and data by firefox`. */
	name: string;
	/** The browser that is given the changed description. */
	asked: Refuser;
	/** The browser whose description is changed. */
	other: Refuser;
	shape: Shape;
	/** The exchanges that went before, and the offer where the answer is changed. */
	before: Exchange[];
	offer: string | null;
	from: 'a' | 'b';
	/** What is changed. */
	text: string;
	/** By the operators for single lines. */
	lines?: boolean;
	/** The turns of the end that is asked before the last, and the last without its description. */
	turns: Turn[];
	last: Omit<Turn, 'sdp'>;
}

const FIXTURES = join(import.meta.dirname, '../fixtures/sdp');
const BROWSERS: readonly Refuser[] = ['chromium', 'firefox'];

function exchangesOf(offerer: Refuser, answerer: Refuser, scenario: string): Exchange[] | null {
	const file = join(FIXTURES, `${`${offerer}-${answerer} ${scenario}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { exchanges: Exchange[] }).exchanges : null;
}

/** The bases of one scenario: both browsers, with an end of their own kind and of the other where that is recorded. */
export function basesOf(scenario: string): ExchangeBase[] {
	return BROWSERS.flatMap((asked) =>
		BROWSERS.flatMap((other) => [...asOfferer(asked, other, scenario), ...asAnswerer(asked, other, scenario)])
	);
}

/** The end that is asked is the one that offered first. */
function asOfferer(asked: Refuser, other: Refuser, scenario: string): ExchangeBase[] {
	const exchanges = exchangesOf(asked, other, scenario);
	if (!exchanges) return [];
	const bases = exchanges.flatMap((exchange, at) =>
		exchange.from === 'a'
			? [baseOf(asked, other, scenario, exchanges.slice(0, at), exchange, 'a', at === 0 ? 'answer' : 'later-answer')]
			: [baseOf(asked, other, scenario, exchanges.slice(0, at), exchange, 'a', 'later-offer')]
	);
	if (exchanges.length > 1) return bases;
	return [...bases, baseOf(asked, other, scenario, exchanges, again(exchanges[0]!), 'a', 'later-answer')];
}

/** The end that is asked is the one that answered first. */
function asAnswerer(asked: Refuser, other: Refuser, scenario: string): ExchangeBase[] {
	const exchanges = exchangesOf(other, asked, scenario);
	if (!exchanges) return [];
	if (exchanges.length === 1) return [baseOf(asked, other, scenario, exchanges, again(exchanges[0]!), 'b', 'later-offer')];
	return exchanges
		.slice(1)
		.map((exchange, i) =>
			baseOf(
				asked,
				other,
				scenario,
				exchanges.slice(0, i + 1),
				exchange,
				'b',
				exchange.from === 'a' ? 'later-offer' : 'later-answer'
			)
		);
}

function baseOf(
	asked: Refuser,
	other: Refuser,
	scenario: string,
	before: Exchange[],
	exchange: Exchange,
	end: 'a' | 'b',
	shape: Shape
): ExchangeBase {
	const answers = shape !== 'later-offer';
	const turns = [...before, exchange].map((each, at) => turnOf(scenario, each, at, end));
	const { sdp: _, ...last } = turns.pop()!;
	return {
		name: `${asked}, ${shape} of ${other}, ${scenario}`,
		asked,
		other,
		shape,
		before,
		offer: answers ? exchange.offer : null,
		from: exchange.from,
		text: answers ? exchange.answer : exchange.offer,
		turns,
		last
	};
}

/** What this end does in one exchange of a scenario. */
function turnOf(scenario: string, { from, offer, answer }: Exchange, at: number, end: 'a' | 'b'): Turn {
	const { a, b, then = [] } = SCENARIOS[scenario]!;
	const step = at === 0 ? null : (then[at - 1] ?? null);
	if (from !== end) return { from: 'there', sdp: offer, add: at === 0 ? b : {} };
	return {
		from: 'here',
		sdp: answer,
		add: at === 0 ? a : (step?.add ?? {}),
		restart: step?.restart ?? false,
		...(step?.stop === undefined ? {} : { stop: step.stop })
	};
}

/** The same once more, as a browser says it when nothing changed. */
function again({ from, offer, answer }: Exchange): Exchange {
	return { from, offer: nextVersion(offer), answer: nextVersion(answer) };
}

function nextVersion(text: string): string {
	return text.replace(/^(o=\S+ \S+ )(\d+)/m, (_, before: string, version: string) => before + (Number(version) + 1));
}
