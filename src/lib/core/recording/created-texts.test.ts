import { expect, test } from 'vitest';
import { createdTexts } from './created-texts';
import type { HandshakeCall, HandshakeEvent } from './handshake-event';

const sdp = (version: number, more = '') => `v=0\r\no=- 1 ${version} IN IP4 127.0.0.1\r\n${more}`;
const event = (call: HandshakeCall, text: string, peer = 'a'): HandshakeEvent => ({
	atMs: null,
	peer,
	call,
	phase: call === 'set-local' ? 'called' : 'done',
	description: { type: 'offer', sdp: text }
});
const paired = (...events: HandshakeEvent[]) =>
	[...createdTexts(events)].map(([{ description }, created]) => [description!.sdp, created]);

test('what was set belongs to what its own connection created last', () => {
	expect(paired(event('create-offer', sdp(2)), event('create-offer', sdp(7), 'b'), event('set-local', sdp(2, 'b')))).toEqual([
		[sdp(2, 'b'), sdp(2)]
	]);
});

test('of several that were created it is the same one, else the one with the same o= line', () => {
	const created = [event('create-offer', sdp(2)), event('create-offer', sdp(3)), event('create-offer', sdp(4))];
	expect(paired(...created, event('set-local', sdp(3)))).toEqual([[sdp(3), sdp(3)]]);
	expect(paired(...created, event('set-local', sdp(2, 'b')))).toEqual([[sdp(2, 'b'), sdp(2)]]);
	expect(paired(...created, event('set-local', sdp(9)))).toEqual([[sdp(9), sdp(4)]]);
});

test('what the browser made itself, or made for an earlier call, is no change', () => {
	expect(paired(event('create-offer', sdp(2)), event('set-local', ''), event('set-local', sdp(3)))).toEqual([]);
	expect(paired(event('set-local', sdp(2)))).toEqual([]);
});
