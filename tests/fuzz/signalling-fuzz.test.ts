/** Requests to the rooms that are no requests: nothing is carried, nothing is kept, nothing breaks. */
import { describe, expect, it } from 'vitest';
import { parseAction } from '../../src/lib/core/signalling/messages';
import { nodeClock } from '../../src/lib/server/clock';
import { nodeRandom } from '../../src/lib/server/node-crypto';
import { makeRooms, ROOMS_LIMITS } from '../../src/lib/server/rooms/rooms';
import { makeRandom } from '../natlab/virtual/clock';

const COUNT = process.env.ICELENS_FUZZ === 'full' ? 400_000 : 20_000;

function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
	if (!result.ok) throw new Error(result.error.code);
	return result.value;
}

describe('fuzzing the rooms', () => {
	it(`${COUNT} damaged requests between two members: what is taken is whole and in order`, () => {
		const random = makeRandom(20261121).ratio;
		const rooms = makeRooms(nodeClock, nodeRandom, { ...ROOMS_LIMITS, requests: { burst: 1e9, perS: 0 } });
		const host = must(rooms.create('Desk', '127.0.0.1'));
		const guest = must(rooms.join(host.room, 'Phone', '127.0.0.1'));
		const strange: unknown[] = [
			null,
			-1,
			1.5,
			Number.MAX_VALUE,
			'',
			'x'.repeat(5000),
			[],
			{},
			[[]],
			'__proto__',
			'constructor',
			true,
			'\u0000',
			undefined
		];
		const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!;
		let seq = 0;
		let taken = 0;
		for (let i = 0; i < COUNT; i++) {
			const message: Record<string, unknown> = { seq: seq + 1, to: guest.member, kind: 'control', body: `${i}` };
			const request: Record<string, unknown> = { action: 'send', messages: [message], ack: null };
			// One in 50 stays whole.
			const damaged = random() > 0.02;
			if (damaged) {
				const [object, field] = pick([
					[message, 'seq'],
					[message, 'to'],
					[message, 'kind'],
					[message, 'body'],
					[request, 'messages'],
					[request, 'action'],
					[request, 'ack']
				] as const);
				object[field] = pick(strange);
			}
			const action = parseAction(JSON.parse(JSON.stringify(request)));
			if (!action.ok) {
				expect(action.error.message).not.toBe('');
				continue;
			}
			if (action.value.action === 'join') continue;
			const done = rooms.act(host.room, host.token, action.value, '127.0.0.1');
			if (!done.ok) continue;
			if (action.value.action !== 'send') continue;
			taken++;
			seq++;
			expect(typeof action.value.messages[0]!.body).toBe('string');
			must(rooms.act(guest.room, guest.token, { action: 'ack', ack: { from: host.member, seq } }, '127.0.0.1'));
		}
		expect(taken).toBeGreaterThan(COUNT / 100);
		expect(rooms.count).toBe(1);
		// What was confirmed is forgotten, and what was refused was never kept.
		expect(must(rooms.act(host.room, host.token, { action: 'resume', confirmed: 0 }, '127.0.0.1')).accepted).toBe(taken);
		rooms.close();
	});
});
