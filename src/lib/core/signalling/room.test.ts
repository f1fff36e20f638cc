import { describe, expect, it } from 'vitest';
import { BODY_AT_MOST, parseAction, type Envelope, type MessageKind } from './messages';
import { confirm, join, leave, makeRoom, OUTBOX_MESSAGES_AT_MOST, post, restoreRoom, resume, viewOf, type Room } from './room';

const HOST = { id: 'host-member', name: 'Desk', key: 'digest-of-host' };
const GUEST = { id: 'guest-member', name: 'Phone', key: 'digest-of-guest' };
const THIRD = { id: 'third-member', name: 'Stranger', key: 'digest-of-third' };

function roomOfTwo(): Room {
	const room = makeRoom(HOST);
	join(room, GUEST);
	return room;
}

const toGuest = (seq: number, kind: MessageKind = 'control', body = `${seq}`): Envelope => ({ seq, to: GUEST.id, kind, body });
const toHost = (seq: number, kind: MessageKind = 'control', body = `${seq}`): Envelope => ({ seq, to: HOST.id, kind, body });
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);

describe('who is in', () => {
	it('takes two, and no third', () => {
		const room = roomOfTwo();
		expect(codeOf(join(room, THIRD))).toBe('room-full');
		expect(viewOf(room, 'host')).toEqual({ you: 'host', members: { host: HOST, guest: GUEST }, accepted: 0, delivered: 0 });
	});

	it('a guest that leaves makes room for another, who gets nothing of what was meant for the first', () => {
		const room = roomOfTwo();
		post(room, 'host', toGuest(1, 'offer', 'for the first guest'));
		leave(room, 'guest');
		expect(codeOf(join(room, THIRD))).toBe('ok');
		expect(room.seats.guest?.outbox).toEqual([]);
		expect(codeOf(post(room, 'host', toGuest(2)))).toBe('not-a-member');
	});
});

describe('who may send what', () => {
	it.each<[string, string, 'host' | 'guest', Envelope[]]>([
		['an offer and its answer', 'ok', 'guest', [toGuest(1, 'offer'), toHost(1, 'answer')]],
		['an answer to nothing', 'no-offer', 'guest', [toHost(1, 'answer')]],
		['a second answer to one offer', 'no-offer', 'guest', [toGuest(1, 'offer'), toHost(1, 'answer'), toHost(2, 'answer')]],
		['an answer to its own offer', 'no-offer', 'host', [toGuest(1, 'offer'), toGuest(2, 'answer')]],
		['two offers at once', 'ok', 'guest', [toGuest(1, 'offer'), toHost(1, 'offer'), toHost(2, 'answer')]],
		['a candidate before any description', 'no-description', 'host', [toGuest(1, 'candidate')]],
		['a candidate after its offer', 'ok', 'host', [toGuest(1, 'offer'), toGuest(2, 'candidate')]],
		['the same message again', 'duplicate', 'host', [toGuest(1), toGuest(1)]],
		['an old message again', 'duplicate', 'host', [toGuest(1), toGuest(2), toGuest(1)]],
		['a message with a gap before it', 'out-of-order', 'host', [toGuest(1), toGuest(3)]],
		['a message to itself', 'not-a-member', 'host', [toHost(1)]],
		['a message to a stranger', 'not-a-member', 'host', [{ ...toGuest(1), to: THIRD.id }]]
	])('%s: %s', (_what, expected, sender, messages) => {
		const room = roomOfTwo();
		const results = messages.map((message) => {
			const last = message === messages.at(-1);
			return codeOf(post(room, last ? sender : message.to === GUEST.id ? 'host' : 'guest', message));
		});
		expect(results.at(-1)).toBe(expected);
		const carried = room.seats.host!.outbox.length + room.seats.guest!.outbox.length;
		expect(carried).toBe(results.filter((code) => code === 'ok').length);
	});

	it('nothing is kept for somebody who is not there', () => {
		const room = makeRoom(HOST);
		expect(codeOf(post(room, 'host', toGuest(1, 'offer')))).toBe('alone');
		expect(room.seats.host?.accepted).toBe(0);
	});
});

describe('what has not arrived', () => {
	it('is kept until it is confirmed, in order', () => {
		const room = roomOfTwo();
		for (let seq = 1; seq <= 5; seq++) post(room, 'host', toGuest(seq));
		expect(confirm(room, 'guest', { from: HOST.id, seq: 3 })).toBe(true);
		expect(room.seats.guest?.outbox.map(({ seq }) => seq)).toEqual([4, 5]);
		expect(viewOf(room, 'host')).toMatchObject({ accepted: 5, delivered: 3 });
		expect(confirm(room, 'guest', { from: HOST.id, seq: 2 })).toBe(false);
	});

	it('a mark of somebody else, or beyond what was sent, takes nothing away', () => {
		const room = roomOfTwo();
		post(room, 'host', toGuest(1));
		expect(confirm(room, 'guest', { from: THIRD.id, seq: 1 })).toBe(false);
		expect(room.seats.guest?.outbox).toHaveLength(1);
		confirm(room, 'guest', { from: HOST.id, seq: 99 });
		expect(viewOf(room, 'host').delivered).toBe(1);
		expect(codeOf(post(room, 'host', toGuest(2)))).toBe('ok');
		expect(room.seats.guest?.outbox.map(({ seq }) => seq)).toEqual([2]);
	});

	it('a reader that takes nothing in stops the sender and loses nothing', () => {
		const room = roomOfTwo();
		for (let seq = 1; seq <= OUTBOX_MESSAGES_AT_MOST; seq++) expect(codeOf(post(room, 'host', toGuest(seq)))).toBe('ok');
		expect(codeOf(post(room, 'host', toGuest(OUTBOX_MESSAGES_AT_MOST + 1)))).toBe('receiver-slow');
		confirm(room, 'guest', { from: HOST.id, seq: 1 });
		expect(codeOf(post(room, 'host', toGuest(OUTBOX_MESSAGES_AT_MOST + 1)))).toBe('ok');
		expect(room.seats.guest?.outbox.map(({ seq }) => seq)).toEqual(
			Array.from({ length: OUTBOX_MESSAGES_AT_MOST }, (_, i) => i + 2)
		);
	});

	it('a large report counts by its size', () => {
		const room = roomOfTwo();
		const report = 'x'.repeat(BODY_AT_MOST.report);
		expect(codeOf(post(room, 'host', toGuest(1, 'report', report)))).toBe('ok');
		expect(codeOf(post(room, 'host', toGuest(2, 'report', report)))).toBe('ok');
		expect(codeOf(post(room, 'host', toGuest(3, 'report', report)))).toBe('receiver-slow');
	});
});

describe('a room brought back', () => {
	it('goes on where the sender says, and believes nobody twice', () => {
		const room = restoreRoom(HOST, GUEST);
		resume(room, 'guest', 7);
		expect(codeOf(post(room, 'guest', toHost(8, 'answer')))).toBe('ok');
		resume(room, 'guest', 2);
		expect(codeOf(post(room, 'guest', toHost(3)))).toBe('duplicate');
	});
});

describe('requests that are no requests', () => {
	const message = { seq: 1, to: GUEST.id, kind: 'offer', body: 'v=0' };
	it.each<[string, string | undefined, unknown]>([
		['malformed', undefined, null],
		['malformed', undefined, []],
		['malformed', undefined, 'join'],
		['unknown-action', 'action', { action: 'broadcast' }],
		['unknown-action', 'action', { action: '__proto__' }],
		['malformed', 'name', { action: 'join' }],
		['malformed', 'name', { action: 'join', name: ' \u0000\u202e ' }],
		['malformed', 'messages', { action: 'send' }],
		['malformed', 'messages', { action: 'send', messages: [] }],
		['malformed', 'messages', { action: 'send', messages: Array(51).fill(message) }],
		['malformed', 'messages[1]', { action: 'send', messages: [message, null] }],
		['malformed', 'messages[0].seq', { action: 'send', messages: [{ ...message, seq: 0 }] }],
		['malformed', 'messages[0].seq', { action: 'send', messages: [{ ...message, seq: 1.5 }] }],
		['malformed', 'messages[0].seq', { action: 'send', messages: [{ ...message, seq: '1' }] }],
		['malformed', 'messages[0].to', { action: 'send', messages: [{ ...message, to: '*' }] }],
		['unknown-kind', 'messages[0].kind', { action: 'send', messages: [{ ...message, kind: 'constructor' }] }],
		['malformed', 'messages[0].body', { action: 'send', messages: [{ ...message, body: { sdp: 'v=0' } }] }],
		['too-large', 'messages[0].body', { action: 'send', messages: [{ ...message, body: 'x'.repeat(BODY_AT_MOST.offer + 1) }] }],
		['too-large', 'messages[0].body', { action: 'send', messages: [{ ...message, kind: 'candidate', body: 'x'.repeat(3000) }] }],
		['malformed', 'ack.seq', { action: 'ack', ack: { from: GUEST.id, seq: -1 } }],
		['malformed', 'confirmed', { action: 'resume', confirmed: Infinity }],
		['malformed', 'host.id', { action: 'restore', host: { id: 'x' } }],
		['malformed', 'host', { action: 'restore', host: [] }],
		['malformed', 'guest.key', { action: 'restore', host: HOST, guest: { id: GUEST.id, name: GUEST.name } }]
	])('refuses with %s at %s', (code, where, value) => {
		const parsed = parseAction(value);
		expect(parsed.ok).toBe(false);
		if (!parsed.ok) expect(parsed.error).toMatchObject({ code, ...(where === undefined ? {} : { where }) });
	});

	it('says what is there and what must be', () => {
		const asked = { action: 'send', messages: [{ ...message, kind: 'candidate', body: 'x'.repeat(3000) }] };
		const parsed = parseAction(asked);
		expect(!parsed.ok && parsed.error.message).toMatch(
			/^messages\[0\]\.body is "x+"… \(3,000 characters\); it must be a text of at most 2,048 characters\.$/
		);
	});

	it('a name keeps its letters and loses what cannot be seen', () => {
		const parsed = parseAction({ action: 'join', name: '  Ana\u200b’s phone\n📱 ' });
		expect(parsed).toEqual({ ok: true, value: { action: 'join', name: 'Ana’s phone📱' } });
	});
});
