import { describe, expect, test } from 'vitest';
import { isWrapped, makeInput, nextRole, placedOf, withText } from './inputs';

const OFFER = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:actpass\r\n';
const ANSWER = OFFER.replace('- 1 1', '- 2 1').replace('actpass', 'active');
const roles = (texts: string[], role: 'offer' | 'answer' | null = null) =>
	placedOf(texts.map((text) => makeInput(text, { role }))).map(({ given }) => given.role);

describe('inputs', () => {
	test('a text stays as it is', () => {
		const odd = `\ufeff  ${OFFER}\n\n`;
		expect(makeInput(odd).text).toBe(odd);
		expect(withText(makeInput(''), odd, false).text).toBe(odd);
	});

	test.each([
		['one alone is left to the linter', [OFFER], [null]],
		['an offer and its answer', [OFFER, ANSWER], ['offer', 'answer']],
		['an answer found by its text, also first', [ANSWER, OFFER], ['answer', 'offer']],
		['what does not say goes by its place', [OFFER, 'v=0\r\ns=-\r\n', 'v=0\r\ns=-\r\n'], ['offer', 'answer', 'offer']]
	])('finds the roles: %s', (_, texts, expected) => {
		expect(roles(texts)).toEqual(expected);
	});

	test('what the user says goes first', () => {
		expect(roles([OFFER], 'answer')).toEqual(['answer']);
	});

	test.each([
		['nothing', [], 'offer'],
		['an offer', [OFFER], 'answer'],
		['a whole exchange', [OFFER, ANSWER], 'offer']
	] as const)('after %s comes the %s', (_, texts, expected) => {
		expect(nextRole(placedOf(texts.map((text) => makeInput(text))))).toBe(expected);
	});

	test('a dump and a text longer than a text box bears are held, a log is not', () => {
		expect(makeInput(OFFER).held).toBe(false);
		expect(makeInput(JSON.stringify({ PeerConnections: {}, UserAgentData: [] })).held).toBe(true);
		expect(makeInput(OFFER + 'a=x\r\n'.repeat(100_000)).held).toBe(true);
		expect(makeInput(OFFER.replace(/^/gm, 'log: ')).held).toBe(false);
	});

	test('a description in JSON can be taken out, a bare one cannot', () => {
		expect(isWrapped(makeInput(JSON.stringify({ type: 'offer', sdp: OFFER })))).toBe(true);
		expect(isWrapped(makeInput(OFFER))).toBe(false);
	});
});
