/** A thousand rooms with two devices each in the built app: how long a message takes, and what the rooms cost. */
import { readFileSync } from 'node:fs';
import { joinRoom, makeRoom, SignallingClient } from '../../src/lib/probes/meet/signalling-client';
import { startApp } from '../support/app';

const MESSAGES = 5;
/** Rooms being made at once: a queue of a thousand would measure the queue. */
const AT_ONCE = 20;

export async function main([count = '1000']: string[]): Promise<number> {
	const rooms = Number(count);
	const app = await startApp();
	const options = { origin: app.url, headers: { origin: app.url } };
	const memoryMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8'))![1]) / 1024;
	const times: number[] = [];
	const clients: SignallingClient[] = [];
	try {
		const beforeMb = memoryMb();
		const pairs: [SignallingClient, SignallingClient][] = [];
		const began = performance.now();
		await inTurns(rooms, async () => {
			const made = await makeRoom(options, 'Desk');
			if (!made.ok) throw new Error(made.error.message);
			const joined = await joinRoom(options, made.value.room, 'Phone');
			if (!joined.ok) throw new Error(joined.error.message);
			const arrived = new Set<string>();
			const guest = new SignallingClient(options, joined.value, {
				state: () => undefined,
				message(_kind, body) {
					if (arrived.has(body)) throw new Error('A message came twice.');
					arrived.add(body);
					times.push(performance.now() - Number(body));
				}
			});
			const host = new SignallingClient(options, made.value, { state: () => undefined, message: () => undefined });
			clients.push(host, guest);
			pairs.push([host, guest]);
			await until(() => host.state.peer?.connected === true && guest.state.peer?.connected === true);
		});
		const openMs = performance.now() - began;
		const openMb = memoryMb();
		for (let i = 0; i < MESSAGES; i++) {
			await inTurns(rooms, async (index) => {
				const [host] = pairs[index]!;
				host.send('control', `${performance.now()}`);
				await until(() => host.state.unconfirmed === 0);
			});
		}
		const lost = rooms * MESSAGES - times.length;
		times.sort((a, b) => a - b);
		const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1);
		console.log(
			`${rooms} rooms, ${clients.length} devices: opened in ${(openMs / 1000).toFixed(1)} s; ${times.length} messages, ${lost} lost; ` +
				`device to device median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms; ` +
				`the app's memory ${beforeMb.toFixed(0)} MB before, ${openMb.toFixed(0)} MB with all rooms open, ${memoryMb().toFixed(0)} MB after the messages ` +
				`(${(((openMb - beforeMb) * 1024) / rooms).toFixed(0)} kB a room)`
		);
		return lost === 0 ? 0 : 1;
	} finally {
		for (const client of clients) client.close();
		await app.close();
	}
}

async function inTurns(count: number, run: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (next < count) await run(next++);
		})
	);
}

async function until(done: () => boolean): Promise<void> {
	const end = Date.now() + 20_000;
	while (!done()) {
		if (Date.now() > end) throw new Error('Waited 20 s in vain.');
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}
