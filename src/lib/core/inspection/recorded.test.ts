/** Calls of real browsers, recorded by `npm run lab -- record-sdp`: the linter finds no problem, and all of core reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { annotate } from '../sdp/explain/annotate';
import { readDescription } from '../sdp/text/description';
import { diffDescriptions } from '../sdp/compare/diff';
import { printDocument } from '../sdp/text/document';
import { lintRounds } from '../sdp/lint/lint';
import { negotiate } from '../sdp/compare/negotiation';
import { unjudged } from '../../../../tests/support/sdp-captures';

interface Recorded {
	name: string;
	scenario: string;
	exchanges: { from: 'a' | 'b'; offer: string; answer: string }[];
}

const FOLDER = new URL('../../../../tests/fixtures/sdp/', import.meta.url);
const recorded = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Recorded] as const);

test.each(['chromium', 'firefox'])('there are at least 40 calls of %s', (browser) => {
	expect(recorded.filter(([name]) => name.startsWith(`${browser}-${browser}`)).length).toBeGreaterThanOrEqual(40);
});

test('there are recordings of both browsers', () => {
	for (const browser of ['chromium-chromium', 'firefox-firefox', 'chromium-firefox', 'firefox-chromium'])
		expect(recorded.some(([name]) => name.startsWith(browser))).toBe(true);
});

describe.each(recorded)('%s', (_, { name, scenario, exchanges }) => {
	const rounds = exchanges.map(({ from, offer, answer }) => ({
		from,
		offer: readDescription(offer, 'offer'),
		answer: readDescription(answer, 'answer')
	}));
	const last = rounds[rounds.length - 1]!;

	test('no problem is found, and no warning, but what is judged', () => {
		const problems = unjudged(name, lintRounds(rounds));
		expect(
			problems.map(({ code, description, line, values }) => `${description}:${line} ${code} ${JSON.stringify(values)}`)
		).toEqual([]);
	});

	test('the text comes out as it went in, and every line has a meaning', () => {
		for (const { offer, answer } of rounds) {
			for (const sdp of [offer, answer]) {
				expect(printDocument(sdp.document)).toBe(sdp.document.text);
				expect(annotate(sdp)).toHaveLength(sdp.document.lines.length);
			}
		}
	});

	test('what was negotiated is what the call was made of', () => {
		const { sections, transports } = negotiate(last.offer, last.answer);
		const used = sections.filter(({ rejected }) => !rejected);
		expect(transports).toHaveLength(1);
		expect(sections.length - used.length).toBe(/refused|stopped/.test(scenario) ? 1 : 0);
		for (const section of used) expect(section.data !== null || section.codecs.some(({ helper }) => !helper)).toBe(true);
		if (scenario.includes('data')) expect(used.some(({ data }) => data !== null)).toBe(true);
	});

	test('the rounds are told apart', () => {
		if (rounds.length < 2) return;
		const [first, second] = exchanges;
		const before = second!.from === first!.from ? rounds[0]!.offer : rounds[0]!.answer;
		const ids = diffDescriptions(before, rounds[1]!.offer).notes.map(({ id }) => id);
		expect(ids).not.toContain('different-peer');
		if (scenario === 'ICE restart') expect(ids).toContain('ice-restart');
		if (scenario === 'a section added later') expect(ids).toContain('section-added');
	});
});
