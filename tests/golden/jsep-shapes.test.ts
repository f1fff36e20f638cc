/** What the linter finds in descriptions like the examples of RFC 9429 §7: no problem, and no warning but what is judged here. */
import { expect, test } from 'vitest';
import { lintRounds } from '../../src/lib/core/sdp/lint/lint';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { JSEP_SHAPES } from './jsep-shapes';

/**
 * Why each is true. The RFC lets the sections of a bundle leave to the first what they share (RFC 9143 §7.1.3), which the linter says as a
 * warning since browsers do not go along; the others are consequences that a reader may not want.
 */
const JUDGED = {
	'BND-16': 'a bundled section leaves a=rtcp-mux to the first one; both browsers refuse that, Firefox of a bundle-only one too',
	'BRW-20': 'a bundled section of an answer leaves a=fingerprint to the first one; Firefox does not survive that',
	'ICE-25': 'a bundled section of a later offer leaves a=ice-ufrag and a=ice-pwd to the first one; Firefox refuses that',
	'OA-06': 'a section that was offered both ways is answered one way (RFC 3264 §6.1)',
	'SIM-06': 'layers are offered and none is answered, so that one stream is sent (RFC 8853 §5.3.2)'
};

/** By the description, from the first offer on, and the mid of the section. */
const FOUND: Record<string, [number, string, keyof typeof JUDGED][]> = {
	simple: [
		[1, 'second', 'BRW-20'],
		[1, 'second', 'BND-16']
	],
	'with simulcast': [
		[1, 'channel', 'BRW-20'],
		[2, 'channel', 'ICE-25'],
		[2, 'second', 'BND-16'],
		[2, 'second', 'ICE-25'],
		[2, 'third', 'BND-16'],
		[2, 'third', 'ICE-25'],
		[3, 'channel', 'BRW-20'],
		[3, 'second', 'BRW-20'],
		[3, 'second', 'BND-16'],
		[3, 'second', 'SIM-06'],
		[3, 'second', 'OA-06'],
		[3, 'third', 'BRW-20'],
		[3, 'third', 'BND-16'],
		[3, 'third', 'OA-06']
	],
	early: [
		[0, 'second', 'BND-16'],
		[1, 'first', 'OA-06'],
		[1, 'second', 'BRW-20'],
		[1, 'second', 'BND-16'],
		[1, 'second', 'OA-06'],
		[2, 'second', 'BND-16'],
		[2, 'second', 'ICE-25'],
		[3, 'second', 'BRW-20'],
		[3, 'second', 'BND-16']
	]
};

test('there are ten descriptions', () => {
	expect(2 * Object.values(JSEP_SHAPES).flat().length).toBe(10);
});

test('every reason is of something that is found', () => {
	const codes = Object.values(FOUND).flatMap((found) => found.map(([, , code]) => code));
	expect([...new Set(codes)].sort()).toEqual(Object.keys(JUDGED).sort());
});

test.each(Object.entries(JSEP_SHAPES))('%s: no problem, and no warning but what is judged', (name, exchanges) => {
	const rounds = exchanges.map(({ from, offer, answer }) => ({
		from,
		offer: readDescription(offer, 'offer'),
		answer: readDescription(answer, 'answer')
	}));
	const findings = lintRounds(rounds);
	expect(findings.filter(({ severity }) => severity === 'problem')).toEqual([]);
	const warnings = findings.filter(({ severity }) => severity === 'warning');
	expect(warnings.map(({ description, mid, code }) => [description, mid, code])).toEqual(FOUND[name]);
});
