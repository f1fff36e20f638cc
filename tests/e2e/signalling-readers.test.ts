/** Readers and the ways to them that misbehave, over real HTTP: who stops reading, who reorders, proxies that hold answers back. */
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/lib/core/signalling/messages';
import { joinRoom, makeRoom, SignallingClient } from '../../src/lib/probes/meet/signalling-client';
import { startApp, type TestApp } from '../support/app';
import { startDevServer } from '../support/dev-server';
import { startHoldingProxy } from '../support/holding-proxy';
import { until } from '../support/until';

let app: TestApp;
beforeAll(async () => {
	app = await startApp();
});
afterAll(() => app?.close());

const optionsOf = (origin: string) => ({ origin, headers: { origin } });

async function tickets(origin: string): Promise<[Ticket, Ticket]> {
	const host = await makeRoom(optionsOf(origin), 'Desk');
	if (!host.ok) throw new Error(host.error.message);
	const guest = await joinRoom(optionsOf(origin), host.value.room, 'Phone');
	if (!guest.ok) throw new Error(guest.error.message);
	return [host.value, guest.value];
}

async function post(ticket: Ticket, body: unknown): Promise<{ status: number; code?: string; accepted?: number }> {
	const response = await fetch(`${app.url}/api/signal/${ticket.room}`, {
		method: 'POST',
		headers: { origin: app.url, 'content-type': 'application/json', authorization: `Bearer ${ticket.token}` },
		body: JSON.stringify(body)
	});
	return { status: response.status, ...((await response.json()) as object) };
}

const message = (to: Ticket, seq: number, body: string) => ({ seq, to: to.member, kind: 'control', body });

/** The event stream as a bare socket has it: it is read when `response` is resumed, and not before. */
function openStream(ticket: Ticket): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		get(`${app.url}/api/signal/${ticket.room}`, { headers: { authorization: `Bearer ${ticket.token}` } }, resolve).on(
			'error',
			reject
		);
	});
}

function numbersIn(response: IncomingMessage, take: (seq: number) => void): void {
	let text = '';
	response.setEncoding('utf8').on('data', (piece: string) => {
		text += piece;
		for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
			const seq = /^id: [^:]+:(\d+)$/m.exec(text.slice(0, end))?.[1];
			text = text.slice(end + 2);
			if (seq) take(Number(seq));
		}
	});
}

const memoryMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8'))![1]) / 1024;

/** Two devices that talk well all the time: each message is sent when the one before has arrived. */
async function goodPair() {
	const [a, b] = await tickets(app.url);
	const got: string[] = [];
	const ignore = { message: () => undefined, state: () => undefined };
	let sent = 0;
	let over = false;
	const one = new SignallingClient(optionsOf(app.url), a, ignore);
	const next = () => {
		if (!over) one.send('control', `${++sent}`);
	};
	const other = new SignallingClient(optionsOf(app.url), b, {
		...ignore,
		message: (_, body) => {
			got.push(body);
			// A little later: the server answers a device only so many requests a second.
			setTimeout(next, 20);
		}
	});
	await until('the good pair', () => one.state.peer?.connected === true && other.state.peer?.connected === true);
	next();
	return {
		/** Resolves when ten more have arrived, all of them sent from now on. */
		async goesOn() {
			const from = got.length;
			await until('ten more of the good pair', () => got.length > from + 10);
		},
		async finish() {
			over = true;
			await until('all of the good pair', () => one.state.unconfirmed === 0);
			one.close();
			other.close();
			expect(got).toEqual(Array.from({ length: sent }, (_, i) => String(i + 1)));
		}
	};
}

describe('a device that stops reading', () => {
	it('holds up its sender alone, keeps memory flat, and gets all of it when it reads again', async () => {
		const [host, guest] = await tickets(app.url);
		const good = await goodPair();
		const stream = await openStream(guest);
		stream.pause();
		const before = memoryMb();
		const BODY = 'x'.repeat(12_000);
		const COUNT = 400;
		let told = 0;
		let next = 1;
		let most = before;
		const flood = async () => {
			while (next <= COUNT) {
				const { status, code } = await post(host, { action: 'send', messages: [message(guest, next, BODY)] });
				if (status === 200) next++;
				else if (code === 'receiver-slow' || code === 'busy') {
					if (code === 'receiver-slow') told++;
					await new Promise((resolve) => setTimeout(resolve, 30));
				} else throw new Error(`${status} ${code}`);
				most = Math.max(most, memoryMb());
			}
		};
		const flooding = flood();
		await until('the sender is told', () => told >= 20);
		await good.goesOn();
		// A million characters wait for it, and no more is taken.
		expect(next - 1).toBe(Math.floor(1_000_000 / BODY.length));
		// It reads again, and confirms what it has read.
		const got: number[] = [];
		let confirmed = 0;
		numbersIn(stream, (seq) => {
			got.push(seq);
			if (seq - confirmed < 20 && seq !== COUNT) return;
			confirmed = seq;
			void post(guest, { action: 'ack', ack: { from: host.member, seq } });
		});
		stream.resume();
		await flooding;
		await until('all messages', () => got.length >= COUNT);
		stream.destroy();
		expect(got).toEqual(Array.from({ length: COUNT }, (_, i) => i + 1));
		await good.finish();
		expect(most - before).toBeLessThan(60);
	});

	it('one that confirms what it has never read makes the server keep nothing', async () => {
		const [host, guest] = await tickets(app.url);
		const good = await goodPair();
		const stream = await openStream(guest);
		stream.pause();
		const before = memoryMb();
		let most = before;
		const BODY = 'y'.repeat(16_000);
		// 60 times 48 messages are 46 MB, more than any socket's buffer.
		for (let i = 0; i < 60; i++) {
			const messages = Array.from({ length: 28 }, (_, j) => message(guest, i * 28 + j + 1, BODY));
			const sent = await post(host, { action: 'send', messages });
			expect(sent).toMatchObject({ status: 200, refused: null });
			expect((await post(guest, { action: 'ack', ack: { from: host.member, seq: (i + 1) * 28 } })).status).toBe(200);
			most = Math.max(most, memoryMb());
		}
		await good.goesOn();
		stream.destroy();
		await good.finish();
		expect(most - before).toBeLessThan(60);
	});
});

describe('messages that overtake each other', () => {
	it('a later one is refused until the earlier one is there; each arrives once and in order', async () => {
		const [host, guest] = await tickets(app.url);
		const got: string[] = [];
		const reader = new SignallingClient(optionsOf(app.url), guest, {
			message: (_, body) => got.push(body),
			state: () => undefined
		});
		const send = (seq: number) => post(host, { action: 'send', messages: [message(guest, seq, `m${seq}`)] });
		const order = [3, 2, 1, 3, 2, 1, 3, 2, 3, 5, 4, 5];
		const answers: (string | number)[] = [];
		for (const seq of order) {
			const { status, code } = await send(seq);
			answers.push(code ?? status);
		}
		await until('all five', () => got.length === 5);
		reader.close();
		expect(got).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
		const [late, again] = ['out-of-order', 'duplicate'];
		expect(answers).toEqual([late, late, 200, late, 200, again, 200, again, again, late, 200, 200]);
	});
});

/** A short conversation over whatever is at `origin`. */
async function converse(origin: string): Promise<string[][]> {
	const [host, guest] = await tickets(origin);
	const got: string[][] = [[], []];
	const [one, other] = [host, guest].map(
		(ticket, i) =>
			new SignallingClient(optionsOf(origin), ticket, {
				message: (kind, body) => got[i]!.push(`${kind} ${body}`),
				state: () => undefined
			})
	) as [SignallingClient, SignallingClient];
	try {
		await until('both are there', () => one.state.peer?.connected === true && other.state.peer?.connected === true, 30_000);
		one.send('offer', 'the offer');
		await until('the offer', () => got[1]!.length === 1);
		other.send('answer', 'the answer');
		for (let i = 0; i < 20; i++) one.send('candidate', `${i}`);
		await until('all', () => got[0]!.length === 1 && got[1]!.length === 21);
		return got;
	} finally {
		await one.leave();
		other.close();
	}
}

const WHOLE = [['answer the answer'], ['offer the offer', ...Array.from({ length: 20 }, (_, i) => `candidate ${i}`)]];

describe('what lies between', () => {
	it('a conversation passes a proxy that keeps whole answers unless told not to, as nginx does', async () => {
		const proxy = await startHoldingProxy(app.url, true);
		try {
			expect(await converse(proxy.origin)).toEqual(WHOLE);
			expect(proxy.held()).toBeGreaterThan(0);
		} finally {
			await proxy.close();
		}
	});

	it('a conversation passes a proxy that keeps whole answers whatever it is told', async () => {
		const proxy = await startHoldingProxy(app.url, false);
		try {
			expect(await converse(proxy.origin)).toEqual(WHOLE);
		} finally {
			await proxy.close();
		}
	});

	it('a conversation passes the development server', async () => {
		const dev = await startDevServer();
		try {
			expect(await converse(dev.url)).toEqual(WHOLE);
		} finally {
			await dev.close();
		}
	});
});
