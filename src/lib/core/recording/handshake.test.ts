import { expect, test } from 'vitest';
import { ladderSentence } from '../messages/en/ladder';
import { ladderOf, type HandshakeEvent } from './handshake';

const offer = { type: 'offer' as const, sdp: 'v=0 a' };
const events: HandshakeEvent[] = [
	{ atMs: 0, peer: 'a', call: 'create-offer', phase: 'called' },
	{ atMs: 3, peer: 'a', call: 'create-offer', phase: 'done', description: offer },
	{ atMs: 4, peer: 'a', call: 'set-local', phase: 'called', description: offer },
	{ atMs: 6, peer: 'a', call: 'set-local', phase: 'done' },
	{ atMs: 7, peer: 'a', call: 'candidate', phase: 'event', candidate: 'candidate:1' },
	{ atMs: 8, peer: 'a', call: 'candidate', phase: 'event', candidate: 'candidate:2' },
	{ atMs: 10, peer: 'b', call: 'set-remote', phase: 'called', description: offer },
	{ atMs: 12, peer: 'b', call: 'set-remote', phase: 'failed', error: 'Called in wrong state: closed' },
	{ atMs: 13, peer: 'b', call: 'ice-state', phase: 'event', state: 'failed' }
];

test('two recorded ends have their calls in time, the messages between them and what went wrong', () => {
	const peers = [
		{ id: 'a', label: 'A' },
		{ id: 'b', label: 'B' }
	];
	const { lanes, steps } = ladderOf({ peers, events });
	expect(lanes).toEqual(['A', 'B']);
	expect(steps.map(({ title, lane, toLane, tookMs, kind }) => [ladderSentence(title), lane, toLane, tookMs, kind])).toEqual([
		['Create offer', 0, null, 3, 'action'],
		['Set local offer', 0, null, 2, 'action'],
		['2 candidates gathered', 0, null, 1, 'action'],
		['Send offer', 0, 1, null, 'message'],
		['Set remote offer', 1, null, 2, 'problem'],
		['ICE: failed', 1, null, null, 'problem']
	]);
	expect(steps[4]!.detail).toContain('wrong state');
});

test('with one recorded end what is set as remote comes from the other side', () => {
	const { lanes, steps } = ladderOf({ peers: [{ id: 'b', label: 'B' }], events: events.filter(({ peer }) => peer === 'b') });
	expect(lanes).toEqual(['B', null]);
	expect(steps[0]).toMatchObject({ title: { rule: 'ladder-description-sent', values: { type: 'offer' } }, lane: 1, toLane: 0 });
});
