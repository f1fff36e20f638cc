/** A call over our relay outlives its allocation many times: the browser refreshes, and the server lets it. */
import { afterAll, beforeAll, expect } from 'vitest';
import { startTurnServer, type TurnServer } from '../../src/lib/server/turn/turn-server';
import { startApp, type TestApp } from '../support/app';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { describeWith, testWith } from '../support/require';

const LIFETIME_S = 12;
const CALL_S = 26;

interface Echoes {
	sent: number;
	back: number;
	localType: string;
	remoteType: string;
}

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([name], `a relayed call in ${name}`, () => {
		let server: TurnServer;
		let app: TestApp;
		let browser: TestBrowser;

		beforeAll(async () => {
			const started = await startTurnServer({
				port: 0,
				tcp: false,
				users: { alice: 'secret' },
				lifetimes: { defaultS: LIFETIME_S, maxS: LIFETIME_S },
				// A nonce that runs out during the call, so that refreshes meet 438 as well.
				nonceLifetimeMs: 3000
			});
			if (!started.ok) throw new Error(started.error.message);
			server = started.value;
			app = await startApp();
			browser = await launchBrowser(name);
			await browser.goto(app.url);
		});
		afterAll(async () => {
			await browser?.close();
			await app?.close();
			await server?.close();
		});

		testWith([], `outlives ${LIFETIME_S} s allocations for ${CALL_S} s, over UDP`, async () => {
			const port = server.endpoints.find(({ protocol }) => protocol === 'udp')!.port;
			const before = server.stats();
			const echoes = await browser.evaluate(
				async ({ url, seconds }: { url: string; seconds: number }): Promise<Echoes> => {
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
					let back = 0;
					channel!.onmessage = () => back++;
					const sent = seconds * 4;
					for (let i = 0; i < sent; i++) {
						channel!.send(String(i));
						await new Promise((resolve) => setTimeout(resolve, 250));
					}
					await new Promise((resolve) => setTimeout(resolve, 500));
					const stats = [...(await near.getStats()).values()];
					const pair = stats.find((entry) => entry.type === 'candidate-pair' && entry.nominated && entry.bytesSent > 0);
					const kindOf = (id: string) => stats.find((entry) => entry.id === id)?.candidateType ?? 'none';
					near.close();
					far.close();
					return { sent, back, localType: kindOf(pair?.localCandidateId), remoteType: kindOf(pair?.remoteCandidateId) };
				},
				{ url: `turn:127.0.0.1:${port}?transport=udp`, seconds: CALL_S }
			);
			expect(echoes).toMatchObject({ back: echoes.sent, localType: 'relay', remoteType: 'relay' });
			const { allocationsMade, bytesRelayed } = server.stats();
			// Two ends, each with the one allocation it began with: nobody had to start anew.
			expect(allocationsMade - before.allocationsMade).toBe(2);
			expect(bytesRelayed).toBeGreaterThan(0);
		});
	});
}
