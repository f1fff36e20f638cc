import { expect, test } from 'vitest';
import {
	answerTone,
	attemptTone,
	callTone,
	findingTone,
	pairTone,
	peerTone,
	qualityTone,
	serverTone,
	verdictTone
} from './tones';

test.each([
	['works', 'carried', 'fine'],
	['allocates-only', 'not-run', 'unknown'],
	['allocates-only', 'not-carried', 'problem'],
	['unreachable', 'not-run', 'problem'],
	['not-asked', 'not-run', 'unknown'],
	['unknown', 'not-run', 'unknown']
] as const)('a server that is %s, its proof %s, is shown as %s', (state, proof, tone) => {
	expect(serverTone({ state, proof })).toBe(tone);
});

test('a fair call is shown the same by its answer and by its judgement', () => {
	expect([qualityTone('fair'), answerTone({ question: 'call-quality', says: 'fair' })]).toEqual(['warning', 'warning']);
});

test('what is not known, or not known to this version, is never shown as good', () => {
	const unknown = [
		verdictTone('teleports'),
		answerTone({ question: 'udp-usable', says: 'sometimes' }),
		qualityTone('unknown'),
		peerTone('unknown'),
		callTone('unknown'),
		pairTone(null),
		pairTone('toString')
	];
	expect(new Set(unknown)).toEqual(new Set(['unknown']));
});

test.each([
	[true, 'running', null, 'fine'],
	[null, 'running', null, 'unknown'],
	[false, 'not-connected', false, 'problem'],
	[false, 'not-connected', true, 'normal'],
	[false, 'stopped', false, 'unknown']
] as const)('an attempt: connected %s, ended by %s, as predicted %s: %s', (connected, endedBy, agrees, tone) => {
	expect(attemptTone({ connected, endedBy, agrees })).toBe(tone);
});

test('a note is no warning, and a peer that needs a relay no problem', () => {
	expect([findingTone('info'), peerTone('no'), pairTone('failed')]).toEqual(['normal', 'normal', 'normal']);
});
