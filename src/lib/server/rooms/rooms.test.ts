import { afterEach, describe, expect, it } from 'vitest';
import type { Envelope, Ticket } from '../../core/signalling/messages';
import { nodeRandom } from '../node-crypto';
import { keyOf, makeRooms, ROOMS_LIMITS, type Rooms, type RoomsLimits } from './rooms';

/** Time stands still until the test moves it. */
function makeManualClock() {
	let nowMs = 0;
	let timers: { atMs: number; action: () => void }[] = [];
	return {
		nowMs: () => nowMs,
		epochMs: () => nowMs,
		setTimer(delayMs: number, action: () => void) {
			const timer = { atMs: nowMs + delayMs, action };
			timers.push(timer);
			return () => void (timers = timers.filter((each) => each !== timer));
		},
		pass(ms: number) {
			const until = nowMs + ms;
			for (;;) {
				const next = timers.filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
				if (!next) break;
				timers = timers.filter((each) => each !== next);
				nowMs = next.atMs;
				next.action();
			}
			nowMs = until;
		}
	};
}

const HOST_FROM = '198.51.100.1';
const GUEST_FROM = '203.0.113.7';
const STRANGER_FROM = '192.0.2.66';

let rooms: Rooms;
let clock: ReturnType<typeof makeManualClock>;
afterEach(() => rooms.close());

function start(limits: Partial<RoomsLimits> = {}) {
	clock = makeManualClock();
	rooms = makeRooms(clock, nodeRandom, { ...ROOMS_LIMITS, ...limits });
}

function pair(): { host: Ticket; guest: Ticket } {
	const host = must(rooms.create('Desk', HOST_FROM));
	return { host, guest: must(rooms.join(host.room, 'Phone', GUEST_FROM)) };
}

function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
	if (!result.ok) throw new Error(result.error.code);
	return result.value;
}

const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);
const message = (to: Ticket, seq: number, kind: Envelope['kind'] = 'control', body = `${seq}`): Envelope => ({
	seq,
	to: to.member,
	kind,
	body
});

function send(from: Ticket, to: Ticket, seq: number, kind?: Envelope['kind'], body?: string) {
	return rooms.act(from.room, from.token, { action: 'send', messages: [message(to, seq, kind, body)], ack: null }, HOST_FROM);
}

interface Event {
	event: string;
	id: string | null;
	data: Record<string, unknown>;
}

/** Reads a stream as a browser would; `next` waits for the next event, `until` for one of a kind. */
function listen(ticket: Ticket, seen: { from: string; seq: number } | null = null, waitMs: number | null = null) {
	const reader = must(rooms.listen(ticket.room, ticket.token, seen, HOST_FROM, waitMs)).getReader();
	const decoder = new TextDecoder();
	let text = '';
	const next = async (): Promise<Event | null> => {
		for (;;) {
			const end = text.indexOf('\n\n');
			if (end < 0) {
				const part = await reader.read();
				if (part.done) return null;
				text += decoder.decode(part.value, { stream: true });
				continue;
			}
			const block = text.slice(0, end);
			text = text.slice(end + 2);
			const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
			if (field('event')) return { event: field('event')!, id: field('id'), data: JSON.parse(field('data')!) as Event['data'] };
		}
	};
	return {
		next,
		async until(event: string): Promise<Event> {
			for (let found = await next(); found; found = await next()) if (found.event === event) return found;
			throw new Error(`The stream ended before "${event}".`);
		},
		cancel: () => reader.cancel()
	};
}

describe('two devices', () => {
	it('learn of each other and receive all messages in order, also those sent before they listened', async () => {
		start();
		const { host, guest } = pair();
		send(host, guest, 1, 'offer', 'v=0 with a\nline break');
		const stream = listen(guest);
		expect((await stream.next())!).toMatchObject({
			event: 'room',
			data: { you: 'guest', connected: { guest: true, host: false } }
		});
		send(host, guest, 2, 'candidate');
		expect((await stream.until('message')).data).toEqual({
			from: host.member,
			seq: 1,
			kind: 'offer',
			body: 'v=0 with a\nline break'
		});
		expect(await stream.until('message')).toMatchObject({ id: `${host.member}:2`, data: { seq: 2 } });
	});

	it('may repeat messages in a request: accepted ones are skipped, those after a refused one are not taken', () => {
		start();
		const { host, guest } = pair();
		send(host, guest, 1);
		const list = [message(guest, 1), message(guest, 2), message(guest, 3, 'answer'), message(guest, 4)];
		const done = rooms.act(host.room, host.token, { action: 'send', messages: list, ack: null }, HOST_FROM);
		expect(done).toMatchObject({ ok: true, value: { accepted: 2, refused: { code: 'no-offer' } } });
	});

	it('resume a broken stream after the last message received', async () => {
		start();
		const { host, guest } = pair();
		const first = listen(guest);
		for (let seq = 1; seq <= 3; seq++) send(host, guest, seq);
		await first.until('message');
		await first.cancel();
		send(host, guest, 4);
		const second = listen(guest, { from: host.member, seq: 1 });
		const got = [];
		for (let i = 0; i < 3; i++) got.push((await second.until('message')).data.seq);
		expect(got).toEqual([2, 3, 4]);
	});

	it('learn which of their messages have arrived', async () => {
		start();
		const { host, guest } = pair();
		const stream = listen(host);
		send(host, guest, 1);
		rooms.act(guest.room, guest.token, { action: 'ack', ack: { from: host.member, seq: 1 } }, GUEST_FROM);
		for (;;) if ((await stream.until('room')).data.delivered === 1) break;
	});

	it('buffer at most 64 kB for a device that does not read its stream', () => {
		start();
		const { host, guest } = pair();
		must(rooms.listen(guest.room, guest.token, null, GUEST_FROM));
		let refused = 0;
		for (let seq = 1; seq <= 100 && refused === 0; seq++) {
			const sent = send(host, guest, seq, 'control', 'x'.repeat(16_000));
			if (!sent.ok) refused = seq;
		}
		// A million units in its outbox, and then its sender waits.
		expect(refused).toBe(63);
	});

	it('free the guest’s seat when it leaves, and tell the host', async () => {
		start();
		const { host, guest } = pair();
		const stream = listen(host);
		await stream.until('room');
		rooms.act(guest.room, guest.token, { action: 'leave' }, GUEST_FROM);
		expect((await stream.until('room')).data).toMatchObject({ members: { guest: null } });
		expect(codeOf(rooms.join(host.room, 'Tablet', GUEST_FROM))).toBe('ok');
	});

	it('end the room when the host leaves', async () => {
		start();
		const { host, guest } = pair();
		const stream = listen(guest);
		rooms.act(host.room, host.token, { action: 'leave' }, HOST_FROM);
		expect((await stream.until('closed')).data).toMatchObject({ code: 'host-left' });
		expect(await stream.next()).toBeNull();
		expect(rooms.count).toBe(0);
	});
});

describe('a third device', () => {
	it('cannot join, read, write, or bring a room back', () => {
		start();
		const { host, guest } = pair();
		expect(codeOf(rooms.join(host.room, 'Stranger', STRANGER_FROM))).toBe('room-full');
		for (const token of ['A'.repeat(43), host.member, keyOf(host.token), keyOf(guest.token), host.room]) {
			expect(codeOf(rooms.listen(host.room, token, null, STRANGER_FROM)), token).toBe('forbidden');
			const act = rooms.act(host.room, token, { action: 'send', messages: [message(guest, 1)], ack: null }, STRANGER_FROM);
			expect(codeOf(act), token).toBe('forbidden');
			const card = { id: 'stranger-id', name: 'Stranger', key: keyOf(token) };
			expect(codeOf(rooms.act(host.room, token, { action: 'restore', host: card, guest: null }, STRANGER_FROM))).toBe(
				'not-restorable'
			);
		}
	});

	it('cannot use the token of one room in another', () => {
		start();
		const first = pair();
		const second = pair();
		expect(codeOf(rooms.listen(second.host.room, first.host.token, null, HOST_FROM))).toBe('forbidden');
	});

	it('cannot replay a captured message', async () => {
		start();
		const { host, guest } = pair();
		expect(codeOf(send(host, guest, 1, 'offer'))).toBe('ok');
		expect(codeOf(send(host, guest, 1, 'offer'))).toBe('duplicate');
		const stream = listen(guest);
		await stream.until('message');
		send(host, guest, 2);
		expect((await stream.until('message')).data.seq).toBe(2);
	});

	it('cannot guess room names and tokens, which have at least 128 bits and are unique', () => {
		start({ entries: { burst: 1e6, perS: 0 } });
		const made = Array.from({ length: 500 }, (_, i) => must(rooms.create('Desk', `198.51.100.${i % 100}`)));
		expect(new Set(made.map(({ room }) => room)).size).toBe(500);
		expect(new Set(made.map(({ token }) => token)).size).toBe(500);
		expect(made.every(({ room, token }) => room.length === 22 && token.length === 43)).toBe(true);
	});

	it('may try 20 names, then one in five seconds', () => {
		start();
		const { host } = pair();
		const tries = Array.from({ length: 100 }, (_, i) => codeOf(rooms.join(`guess-${i}`, 'Stranger', STRANGER_FROM)));
		expect(tries.filter((code) => code === 'no-room')).toHaveLength(20);
		expect(codeOf(rooms.listen(host.room, 'A'.repeat(43), null, STRANGER_FROM))).toBe('busy');
		clock.pass(5000);
		expect(codeOf(rooms.listen(host.room, 'A'.repeat(43), null, STRANGER_FROM))).toBe('forbidden');
		// Those who are in are not held up by it.
		expect(codeOf(rooms.listen(host.room, host.token, null, STRANGER_FROM))).toBe('ok');
	});
});

describe('a room', () => {
	it('survives 30 s without anybody, and ends after two minutes', async () => {
		start();
		const { host, guest } = pair();
		const stream = listen(host);
		await stream.until('room');
		await stream.cancel();
		clock.pass(30_000);
		expect(codeOf(send(host, guest, 1))).toBe('ok');
		clock.pass(120_000);
		expect(codeOf(send(host, guest, 2))).toBe('no-room');
		expect(rooms.count).toBe(0);
	});

	it('takes a stream that is no longer read for closed', () => {
		start();
		const { host } = pair();
		must(rooms.listen(host.room, host.token, null, HOST_FROM));
		clock.pass(300_000);
		expect(rooms.count).toBe(0);
	});

	it('is refused beyond the limit of rooms, and to a source that makes too many', () => {
		start({ rooms: 3, entries: { burst: 5, perS: 0 } });
		const sources = [1, 2, 3, 4].map((last) => `198.51.100.${last}`);
		expect(sources.map((source) => codeOf(rooms.create('Desk', source)))).toEqual(['ok', 'ok', 'ok', 'full']);
		rooms.close();
		start({ entries: { burst: 2, perS: 0 } });
		expect(Array.from({ length: 3 }, () => codeOf(rooms.create('Desk', HOST_FROM)))).toEqual(['ok', 'ok', 'busy']);
	});

	it('is refused to a source that has many, where an IPv6 /64 is one source', () => {
		start({ roomsPerSource: 3, entries: { burst: 10, perS: 0 } });
		const from = (source: string | null, times: number) =>
			Array.from({ length: times }, () => codeOf(rooms.create('Desk', source))).filter((code) => code === 'ok').length;
		expect(from('2001:db8::1', 2) + from('2001:db8::ffff:2', 9)).toBe(3);
		expect(from('2001:db8:0:1::1', 1)).toBe(1);
		expect(from(null, 9)).toBe(9);
		// A flood from one /64 spends one allowance, whatever address it writes.
		start({ entries: { burst: 20, perS: 0 } });
		const flood = Array.from({ length: 1000 }, (_, i) => codeOf(rooms.create('Desk', `2001:db8::${i.toString(16)}`)));
		expect(flood.filter((code) => code === 'ok')).toHaveLength(20);
	});

	it('gives way where the server is full: of whoever holds most, and one that nobody has come to', () => {
		start({ rooms: 6, entries: { burst: 100, perS: 0 } });
		const own = must(rooms.create('Desk', STRANGER_FROM));
		const { host } = pair();
		const flood = Array.from({ length: 4 }, () => must(rooms.create('Desk', HOST_FROM)));
		expect([codeOf(rooms.create('Desk', '203.0.113.5')), rooms.count]).toEqual(['ok', 6]);
		const alive = ({ room, token }: { room: string; token: string }) =>
			codeOf(rooms.act(room, token, { action: 'ack', ack: { from: 'x'.repeat(8), seq: 0 } }, '203.0.113.9')) !== 'no-room';
		expect([own, host, ...flood].map(alive)).toEqual([true, true, false, true, true, true]);
	});

	it('is restored by its host after a restart, and the guest continues with its own token', async () => {
		start();
		const { host, guest } = pair();
		send(host, guest, 1, 'offer');
		const stream = listen(guest);
		const { members } = (await stream.until('room')).data as { members: { host: never; guest: never } };
		rooms.close();

		start();
		expect(codeOf(rooms.listen(guest.room, guest.token, null, GUEST_FROM))).toBe('no-room');
		expect(codeOf(rooms.act(host.room, host.token, { action: 'restore', ...members }, HOST_FROM))).toBe('ok');
		const again = listen(guest);
		await again.until('room');
		expect(codeOf(send(host, guest, 1, 'offer'))).toBe('ok');
		expect((await again.until('message')).data).toMatchObject({ seq: 1, kind: 'offer' });
		expect(codeOf(rooms.join(host.room, 'Stranger', STRANGER_FROM))).toBe('room-full');
	});
});

describe('a device that polls for events', () => {
	const all = async (stream: ReturnType<typeof listen>) => {
		const events: string[] = [];
		for (let found = await stream.next(); found; found = await stream.next()) events.push(found.id ?? found.event);
		return events;
	};

	it('gets the state of the room in the first response, which ends', async () => {
		start();
		const { guest } = pair();
		expect(await all(listen(guest, null, 0))).toEqual(['room']);
	});

	it('gets a response that ends at the first event, and continues after it in the next', async () => {
		start();
		const { host, guest } = pair();
		await all(listen(guest, null, 0));
		const piece = listen(guest, null, 8000);
		must(send(host, guest, 1));
		must(send(host, guest, 2));
		expect(await all(piece)).toEqual(['room', `${host.member}:1`]);
		expect(await all(listen(guest, { from: host.member, seq: 1 }, 8000))).toEqual(['room', `${host.member}:2`]);
	});

	it('gets changes between two responses in the next', async () => {
		start();
		const { host, guest } = pair();
		await all(listen(guest, null, 0));
		listen(host);
		expect(await all(listen(guest, null, 8000))).toEqual(['room']);
	});

	it('gets an empty response after the wait', async () => {
		start();
		const { guest } = pair();
		await all(listen(guest, null, 0));
		const piece = listen(guest, null, 8000);
		const read = all(piece);
		clock.pass(8000);
		expect(await read).toEqual(['room']);
	});

	it('is present between two responses, and absent when it does not ask again', async () => {
		start();
		const { host, guest } = pair();
		const other = listen(host);
		const here = async () => ((await other.until('room')).data.connected as Record<string, boolean>).guest;
		expect(await here()).toBe(false);
		await all(listen(guest, null, 0));
		expect(await here()).toBe(true);
		await all(listen(guest, null, 0));
		clock.pass(ROOMS_LIMITS.backMs + ROOMS_LIMITS.beatMs);
		// Two pieces made no difference to the other device; staying away does.
		expect(await here()).toBe(false);
	});
});
