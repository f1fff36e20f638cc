/** Two devices and the built app, over a path that breaks, delays, and loses the server: nothing is lost or doubled. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageKind, Ticket } from '../../src/lib/core/signalling/messages';
import { joinRoom, makeRoom, SignallingClient, type RoomState } from '../../src/lib/probes/meet/signalling-client';
import { startApp, type TestApp } from '../support/app';
import { startFaultyPath, type FaultyPath } from '../support/faulty-path';
import { until } from '../support/until';

interface Device {
	client: SignallingClient;
	ticket: Ticket;
	got: string[];
	refused: string[];
	states: RoomState[];
}

let app: TestApp;
let path: FaultyPath;
const devices: Device[] = [];

beforeAll(async () => {
	app = await startApp();
	path = await startFaultyPath(Number(new URL(app.url).port));
});
afterAll(async () => {
	for (const { client } of devices) client.close();
	await path?.close();
	await app?.close();
});

const options = () => ({ origin: path.origin, headers: { origin: path.origin } });

function enter(result: Awaited<ReturnType<typeof makeRoom>>): Device {
	if (!result.ok) throw new Error(result.error.message);
	const device: Device = { client: undefined as never, ticket: result.value, got: [], refused: [], states: [] };
	device.client = new SignallingClient(options(), result.value, {
		message: (kind: MessageKind, body: string) => device.got.push(`${kind} ${body}`),
		refused: (kind, fault) => device.refused.push(`${kind} ${fault.code}`),
		state: (state) => device.states.push(state)
	});
	devices.push(device);
	return device;
}

async function pair(): Promise<[Device, Device]> {
	const host = enter(await makeRoom(options(), 'Desk'));
	const guest = enter(await joinRoom(options(), host.ticket.room, 'Phone'));
	await until('both are there', () => [host, guest].every(({ client }) => client.state.peer?.connected === true));
	return [host, guest];
}

/** Sends the messages from `first` to `last` each way, without waiting for anything. */
function talk(host: Device, guest: Device, first: number, last: number) {
	for (let i = first; i <= last; i++) {
		host.client.send('control', `host ${i}`);
		guest.client.send('control', `guest ${i}`);
	}
}

function expectAll(host: Device, guest: Device, count: number) {
	const numbered = (who: string) => Array.from({ length: count }, (_, i) => `control ${who} ${i + 1}`);
	expect(guest.got).toEqual(numbered('host'));
	expect(host.got).toEqual(numbered('guest'));
}

const tokenOf = ({ ticket }: Device) => ({ authorization: `Bearer ${ticket.token}` });

/** A request as anybody might make it; from the app's own pages, unless the headers say otherwise. */
const post = (room: string, headers: Record<string, string>, body: unknown) =>
	fetch(`${path.origin}/api/signal/${room}`, {
		method: 'POST',
		headers: { origin: path.origin, 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body)
	});

const settled = (host: Device, guest: Device) => () =>
	host.client.state.unconfirmed === 0 && guest.client.state.unconfirmed === 0;

describe('signalling', () => {
	it('a conversation on a good path arrives whole and in order', async () => {
		const [host, guest] = await pair();
		for (let i = 1; i <= 20; i++) {
			talk(host, guest, i, i);
			await until(`message ${i} both ways`, () => host.got.length === i && guest.got.length === i);
		}
		talk(host, guest, 21, 50);
		await until('all is confirmed', settled(host, guest));
		expectAll(host, guest, 50);
		expect(host.client.state.peer?.name).toBe('Phone');
	});

	it('connections cut again and again, each piece late by up to 300 ms, lose and double nothing', async () => {
		const [host, guest] = await pair();
		const lost = ({ states }: Device) => states.filter(({ connection }) => connection === 'lost').length;
		path.delayMs = 300;
		try {
			for (let round = 0; round < 3; round++) {
				const first = 20 * round + 1;
				talk(host, guest, first, first + 9);
				// Some have arrived, and others are on their way.
				await until('the first ones', () => host.got.length >= first && guest.got.length >= first);
				talk(host, guest, first + 10, first + 14);
				path.cut();
				await until('both see it', () => lost(host) > round && lost(guest) > round);
				talk(host, guest, first + 15, first + 19);
			}
			await until('all is confirmed', settled(host, guest), 60_000);
		} finally {
			path.delayMs = 0;
		}
		expectAll(host, guest, 60);
	});

	it('after a restart of the server in the middle of a handshake the host brings the room back, and the answer arrives once', async () => {
		const [host, guest] = await pair();
		host.client.send('offer', 'the offer');
		await until('the offer', () => guest.got.length === 1);
		path.target = null;
		path.cut();
		// Said while there is no server.
		guest.client.send('answer', 'the answer');
		guest.client.send('candidate', 'one');
		host.client.send('candidate', 'two');
		await app.close();
		app = await startApp();
		path.target = Number(new URL(app.url).port);
		await until('all is confirmed', settled(host, guest));
		expect(guest.got).toEqual(['offer the offer', 'candidate two']);
		expect(host.got).toEqual(['answer the answer', 'candidate one']);
		expect([...host.refused, ...guest.refused]).toEqual([]);
	});

	it('a device that went away finds its room and what was said meanwhile', async () => {
		const [host, guest] = await pair();
		guest.client.close();
		await until('the host sees it go', () => host.client.state.peer?.connected === false);
		host.client.send('control', 'are you there?');
		// Sent once more by hand: whichever of the two was first, the server has it now, and the other one is a duplicate.
		const byHand = await post(host.ticket.room, tokenOf(host), {
			action: 'send',
			messages: [{ seq: 1, to: guest.ticket.member, kind: 'control', body: 'are you there?' }]
		});
		expect([200, 409]).toContain(byHand.status);
		const again = enter({ ok: true, value: guest.ticket });
		await until('the message', () => again.got.length === 1);
		expect(again.got).toEqual(['control are you there?']);
	});

	it('a third device is refused and changes nothing', async () => {
		const [host, guest] = await pair();
		const third = await joinRoom(options(), host.ticket.room, 'Stranger');
		expect(third).toMatchObject({ ok: false, error: { code: 'room-full' } });
		const { room } = host.ticket;
		const forged = { authorization: `Bearer ${'A'.repeat(43)}` };
		expect((await fetch(`${path.origin}/api/signal/${room}`, { headers: forged })).status).toBe(403);
		const message = { seq: 1, to: guest.ticket.member, kind: 'offer', body: 'forged' };
		expect((await post(room, forged, { action: 'send', messages: [message] })).status).toBe(403);
		const elsewhere = { origin: 'https://elsewhere.example', ...tokenOf(host) };
		expect((await post(room, elsewhere, { action: 'send', messages: [message] })).status, 'another site').toBe(403);
		host.client.send('offer', 'true');
		await until('the true offer', () => guest.got.length === 1);
		// Replayed, with the right token even.
		const replay = await post(room, tokenOf(host), { action: 'send', messages: [message] });
		expect([replay.status, ((await replay.json()) as { code: string }).code]).toEqual([409, 'duplicate']);
		// What was let through would have come before this.
		host.client.send('control', 'after');
		await until('what follows', () => guest.got.length > 1);
		expect(guest.got).toEqual(['offer true', 'control after']);
	});

	it('an answer to nothing is refused with the reason, and what follows still arrives', async () => {
		const [host, guest] = await pair();
		guest.client.send('answer', 'to nothing');
		guest.client.send('control', 'after');
		await until('what follows', () => host.got.length === 1);
		expect(host.got).toEqual(['control after']);
		expect(guest.refused).toEqual(['answer no-offer']);
	});
});
