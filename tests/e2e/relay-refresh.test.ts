/** A call over our relay outlives its allocation many times: the browser refreshes, and the server lets it. */
import { afterAll, beforeAll, expect } from 'vitest';
import { decodeMessage } from '../../src/lib/core/stun/message';
import { METHODS } from '../../src/lib/core/stun/methods-table';
import type { Clock } from '../../src/lib/server/clock';
import { startTurnServer, type TurnServer } from '../../src/lib/server/turn/turn-server';
import { nodeNet, type UdpNet } from '../../src/lib/server/udp';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { describeWith, testWith } from '../support/require';
import { until } from '../support/until';

/** Lifetimes that each browser refreshes after 2 s: Chromium after half, Firefox 10 s before the end. */
const LIFETIME_S: Record<BrowserName, number> = { chromium: 4, firefox: 12 };
const ROUNDS = 4;

interface EchoCall {
	/** Sends this many messages and resolves when all have come back. */
	echo(count: number): Promise<void>;
	/** Candidate types of the pair in use. */
	types(): Promise<string[]>;
}

/** Runs in the page. */
async function startCall(url: string): Promise<void> {
	const config: RTCConfiguration = {
		iceServers: [{ urls: url, username: 'alice', credential: 'secret' }],
		iceTransportPolicy: 'relay'
	};
	const [near, far] = [new RTCPeerConnection(config), new RTCPeerConnection(config)];
	// A candidate is of use only to an end that has its remote description.
	let farReady = () => {};
	const described = new Promise<void>((resolve) => (farReady = resolve));
	near.onicecandidate = ({ candidate }) => void described.then(() => far.addIceCandidate(candidate ?? undefined));
	far.onicecandidate = ({ candidate }) => void described.then(() => near.addIceCandidate(candidate ?? undefined));
	const [channel, echo] = [near, far].map((each) => each.createDataChannel('x', { negotiated: true, id: 0 }));
	echo!.onmessage = ({ data }) => echo!.send(data);
	await near.setLocalDescription();
	await far.setRemoteDescription(near.localDescription!);
	await far.setLocalDescription();
	await near.setRemoteDescription(far.localDescription!);
	farReady();
	await new Promise((resolve) => (channel!.onopen = resolve));
	const call: EchoCall = {
		echo: (count) =>
			new Promise((resolve) => {
				let back = 0;
				channel!.onmessage = () => ++back === count && resolve();
				for (let i = 0; i < count; i++) channel!.send(String(i));
			}),
		async types() {
			const stats = [...(await near.getStats()).values()];
			const pair = stats.find((entry) => entry.type === 'candidate-pair' && entry.nominated && entry.bytesSent > 0);
			return [pair?.localCandidateId, pair?.remoteCandidateId].map(
				(id) => stats.find((entry) => entry.id === id)?.candidateType ?? 'none'
			);
		}
	};
	Object.assign(window, { echoCall: call });
}

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([name], `a relayed call in ${name}`, () => {
		const lifetimeS = LIFETIME_S[name];
		let nowMs = 0;
		let timers: { atMs: number; action: () => void }[] = [];
		/** Time of the server alone: it passes when both ends have refreshed, however long they take. */
		const clock: Clock = {
			nowMs: () => nowMs,
			epochMs: () => Date.UTC(2026, 0, 1) + nowMs,
			setTimer(delayMs, action) {
				const timer = { atMs: nowMs + delayMs, action };
				timers.push(timer);
				return () => void (timers = timers.filter((each) => each !== timer));
			}
		};
		function pass(ms: number) {
			nowMs += ms;
			const due = timers.filter(({ atMs }) => atMs <= nowMs);
			timers = timers.filter(({ atMs }) => atMs > nowMs);
			for (const { action } of due) action();
		}

		/** Ports of clients whose Refresh was answered with success since it was last emptied. */
		const refreshed = new Set<number>();
		const net: UdpNet = {
			async bind(address, port) {
				const bound = await nodeNet.bind(address, port);
				if (!bound.ok) return bound;
				const { send } = bound.value;
				const watched: typeof send = (data, to) => {
					const read = decodeMessage(data);
					if (read.ok && read.value.method === METHODS.Refresh && read.value.class === 'success') refreshed.add(to.port);
					send(data, to);
				};
				return { ok: true, value: { ...bound.value, send: watched } };
			}
		};

		let server: TurnServer;
		let browser: TestBrowser;
		beforeAll(async () => {
			const started = await startTurnServer({
				...{ port: 0, tcp: false, users: { alice: 'secret' }, clock, net },
				lifetimes: { defaultS: lifetimeS, maxS: lifetimeS },
				// A nonce that runs out between two refreshes, so that they meet 438 as well.
				nonceLifetimeMs: 1000
			});
			if (!started.ok) throw new Error(started.error.message);
			server = started.value;
			browser = await launchBrowser(name);
		});
		afterAll(async () => {
			await browser?.close();
			await server?.close();
		});

		testWith([], `outlives its ${lifetimeS} s allocations by refreshing them ${ROUNDS} times over UDP`, async () => {
			const port = server.endpoints.find(({ protocol }) => protocol === 'udp')!.port;
			await browser.evaluate(startCall, `turn:127.0.0.1:${port}?transport=udp`);
			for (let round = 0; round < ROUNDS; round++) {
				await until('both ends refresh', () => refreshed.size === 2, 60_000);
				refreshed.clear();
				pass((lifetimeS - 1) * 1000);
				await browser.evaluate('echoCall.echo(10)');
			}
			expect(nowMs).toBeGreaterThan(2 * lifetimeS * 1000);
			expect(await browser.evaluate('echoCall.types()')).toEqual(['relay', 'relay']);
			const { allocationsMade, errors } = server.stats();
			// Two ends, each with the one allocation it began with: nobody had to start anew.
			expect(allocationsMade).toBe(2);
			expect(errors[438]).toBeGreaterThan(0);
		});
	});
}
