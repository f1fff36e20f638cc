/** Calls of both browsers with a real Janus: what it writes is no problem and no warning but what is judged. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, type BrowserName, type TestBrowser } from '../../support/browsers';
import { freePort } from '../../support/coturn';
import { startJanus, type Janus } from '../../support/janus';
import { openSession, type PluginHandle } from '../../support/janus-client';
import { startProbePage, type ProbePage } from '../../support/probe-page';
import { describeWith } from '../../support/require';
import type { Exchange } from '../../support/sdp-captures';
import { endOf, keepProgramCall, unjudgedOf, type BrowserEnd } from '../../support/sdp-programs';
import type { Wanted } from '../../e2e/harness/wanted';

describeWith(['chromium', 'firefox', 'janus'], 'calls with Janus', () => {
	let page: ProbePage;
	let janus: Janus;
	let browsers: Record<BrowserName, TestBrowser>;

	beforeAll(async () => {
		const host = '127.0.0.1';
		[page, janus] = await Promise.all([
			startProbePage('sdp-entry.ts'),
			freePort(host).then((port) => startJanus({ host, port }))
		]);
		const [chromium, firefox] = await Promise.all([launchBrowser('chromium'), launchBrowser('firefox')]);
		browsers = { chromium, firefox };
		await Promise.all([chromium.goto(page.url), firefox.goto(page.url)]);
	});

	afterAll(async () => {
		await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
		await Promise.all([page?.close(), janus?.close()]);
	});

	/** The browser offers, the plugin answers. */
	async function offers(end: BrowserEnd, name: string, handle: PluginHandle, body: object, restart = false): Promise<Exchange> {
		const offer = await end.call<string>('offer', name, restart);
		const { jsep } = await handle.send(body, { type: 'offer', sdp: offer });
		await end.call('accept', name, jsep!.sdp);
		return { from: 'a', offer, answer: jsep!.sdp };
	}

	/** The plugin offers, the browser answers. */
	async function answers(end: BrowserEnd, name: string, handle: PluginHandle, body: object): Promise<Exchange> {
		const { jsep } = await handle.send(body);
		const answer = await end.call<string>('answer', name, jsep!.sdp);
		await handle.send({ request: 'start' }, { type: 'answer', sdp: answer });
		return { from: 'a', offer: jsep!.sdp, answer };
	}

	describe.each(['chromium', 'firefox'] as const)('%s', (browser) => {
		let end: BrowserEnd;
		let attach: (plugin: string) => Promise<PluginHandle>;
		beforeAll(async () => {
			end = endOf(browsers[browser]);
			attach = (await openSession(janus.url)).attach;
		});

		function judge(call: string, exchanges: Exchange[]): void {
			const made = { name: call, profile: 'webrtc' as const, versions: [browsers[browser].version, janus.version], exchanges };
			keepProgramCall(made);
			expect(unjudgedOf(made)).toEqual([]);
		}

		const ECHOES: Record<string, Wanted> = {
			'echo of audio': { audio: true },
			'echo of audio and video': { audio: true, video: true },
			'echo of audio, video and data': { audio: true, video: true, data: true },
			'echo of data': { data: true },
			'echo of layers': { audio: true, simulcast: true }
		};
		test.each(Object.entries(ECHOES))('%s', async (name, wanted) => {
			const echo = await attach('echotest');
			await end.call('make', 'a', wanted);
			const exchanges = [await offers(end, 'a', echo, ECHO)];
			await Promise.all([end.call('connected', 'a'), echo.connected()]);
			judge(`${browser}-janus ${name}`, exchanges);
		});

		test('an echo whose ICE is restarted', async () => {
			const echo = await attach('echotest');
			await end.call('make', 'a', { audio: true, video: true });
			const exchanges = [await offers(end, 'a', echo, ECHO)];
			await Promise.all([end.call('connected', 'a'), echo.connected()]);
			exchanges.push(await offers(end, 'a', echo, ECHO, true));
			judge(`${browser}-janus echo restarted`, exchanges);
		});

		test('an echo that gets video later, and loses it again', async () => {
			const echo = await attach('echotest');
			await end.call('make', 'a', { audio: true });
			const exchanges = [await offers(end, 'a', echo, ECHO)];
			await Promise.all([end.call('connected', 'a'), echo.connected()]);
			await end.call('add', 'a', { video: true });
			exchanges.push(await offers(end, 'a', echo, ECHO));
			await end.call('stop', 'a', 1);
			exchanges.push(await offers(end, 'a', echo, ECHO));
			judge(`${browser}-janus echo of more and less`, exchanges);
		});

		/** Somebody publishes in a room of their own, and is connected. */
		async function publish(wanted: Wanted) {
			const publisher = await attach('videoroom');
			const room = (await publisher.send({ request: 'create', publishers: 6 })).data.room;
			const feed = (await publisher.send({ request: 'join', ptype: 'publisher', room })).data.id;
			await end.call('make', 'a', wanted);
			const exchange = await offers(end, 'a', publisher, { request: 'publish' });
			await Promise.all([end.call('connected', 'a'), publisher.connected()]);
			return { publisher, room, feed, exchange };
		}

		/** Somebody receives what is published there. */
		async function subscribe({ room, feed }: { room: unknown; feed: unknown }) {
			const subscriber = await attach('videoroom');
			await end.call('make', 'b', {});
			const exchange = await answers(end, 'b', subscriber, { request: 'join', ptype: 'subscriber', room, streams: [{ feed }] });
			await Promise.all([end.call('connected', 'b'), subscriber.connected()]);
			return { subscriber, exchange };
		}

		const ROOMS: Record<string, Wanted> = {
			'room with audio': { audio: true },
			'room with audio and video': { audio: true, video: true },
			'room with audio, video and data': { audio: true, video: true, data: true },
			'room with layers': { audio: true, simulcast: true }
		};
		test.each(Object.entries(ROOMS))('%s', async (name, wanted) => {
			const published = await publish(wanted);
			const subscribed = await subscribe(published);
			judge(`${browser}-janus ${name}`, [published.exchange]);
			judge(`janus-${browser} ${name}`, [subscribed.exchange]);
		});

		test('a room whose subscriber takes less, takes it again, and restarts ICE', async () => {
			const published = await publish({ audio: true, video: true });
			const { subscriber, exchange } = await subscribe(published);
			const { feed } = published;
			const later = async (body: object) => answers(end, 'b', subscriber, body);
			const exchanges = [
				exchange,
				await later({ request: 'unsubscribe', streams: [{ feed, mid: '1' }] }),
				await later({ request: 'subscribe', streams: [{ feed, mid: '1' }] }),
				await later({ request: 'configure', restart: true })
			];
			judge(`janus-${browser} room with less and more`, exchanges);
		});
	});
});

const ECHO = { audio: true, video: true };
