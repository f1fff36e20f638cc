/** Calls of both browsers with werift, an implementation of WebRTC in TypeScript, which offers and answers. */
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import packages from '../../../package.json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Wanted } from '../../e2e/harness/wanted';
import { launchBrowser, type BrowserName, type TestBrowser } from '../../support/browsers';
import { startProbePage, type ProbePage } from '../../support/probe-page';
import { describeWith } from '../../support/require';
import type { Exchange } from '../../support/sdp-captures';
import { endOf, keepProgramCall, unjudgedOf, type BrowserEnd } from '../../support/sdp-programs';

/** What both browsers have too. */
const CODECS = {
	audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48000, channels: 2 })],
	video: [
		new RTCRtpCodecParameters({
			mimeType: 'video/VP8',
			clockRate: 90000,
			rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }]
		})
	]
};

const CALLS: Record<string, Wanted> = {
	audio: { audio: true },
	'audio and video': { audio: true, video: true },
	data: { data: true },
	'audio, video and data': { audio: true, video: true, data: true }
};

describeWith(['chromium', 'firefox'], 'calls with werift', () => {
	let page: ProbePage;
	let browsers: Record<BrowserName, TestBrowser>;

	beforeAll(async () => {
		page = await startProbePage('sdp-entry.ts');
		// Before the first check arrives werift gives up on an end whose names it cannot resolve.
		const [chromium, firefox] = await Promise.all([
			launchBrowser('chromium', { args: ['--disable-features=WebRtcHideLocalIpsWithMdns'] }),
			launchBrowser('firefox', { firefoxPrefs: { 'media.peerconnection.ice.obfuscate_host_addresses': false } })
		]);
		browsers = { chromium, firefox };
		await Promise.all([chromium.goto(page.url), firefox.goto(page.url)]);
	});

	afterAll(async () => {
		await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
		await page?.close();
	});

	const make = () => new RTCPeerConnection({ codecs: CODECS, iceServers: [], iceUseIpv6: false });

	function add(connection: RTCPeerConnection, { audio, video, data }: Wanted): void {
		if (audio) connection.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' });
		if (video) connection.addTransceiver(new MediaStreamTrack({ kind: 'video' }), { direction: 'sendrecv' });
		if (data) connection.createDataChannel('data');
	}

	/** Gathers before it resolves. */
	async function offered(connection: RTCPeerConnection): Promise<string> {
		await connection.setLocalDescription(await connection.createOffer());
		return connection.localDescription!.sdp;
	}

	async function answered(connection: RTCPeerConnection, sdp: string): Promise<string> {
		await connection.setRemoteDescription({ type: 'offer', sdp });
		await connection.setLocalDescription(await connection.createAnswer());
		return connection.localDescription!.sdp;
	}

	async function connected(connection: RTCPeerConnection): Promise<void> {
		if (connection.connectionState !== 'connected')
			await connection.connectionStateChange.watch((state) => state === 'connected');
	}

	describe.each(['chromium', 'firefox'] as const)('%s', (browser) => {
		let end: BrowserEnd;
		beforeAll(() => {
			end = endOf(browsers[browser]);
		});

		function judge(name: string, exchanges: Exchange[]): void {
			const call = {
				name,
				profile: 'webrtc' as const,
				versions: [browsers[browser].version, `werift ${packages.devDependencies.werift}`],
				exchanges
			};
			keepProgramCall(call);
			expect(unjudgedOf(call)).toEqual([]);
		}

		test.each(Object.entries(CALLS))('%s: werift answers', async (name, wanted) => {
			const connection = make();
			try {
				await end.call('make', 'a', wanted);
				const { data: _, ...media } = wanted;
				add(connection, media);
				const offer = await end.call<string>('offer', 'a');
				const answer = await answered(connection, offer);
				await end.call('accept', 'a', answer);
				await Promise.all([end.call('connected', 'a'), connected(connection)]);
				judge(`${browser}-werift ${name}`, [{ from: 'a', offer, answer }]);
			} finally {
				await connection.close();
			}
		});

		test.each(Object.entries(CALLS))('%s: werift offers', async (name, wanted) => {
			const connection = make();
			try {
				add(connection, wanted);
				const offer = await offered(connection);
				await end.call('make', 'a', {});
				const { data: _, ...media } = wanted;
				const answer = await end.call<string>('answer', 'a', offer, media);
				await connection.setRemoteDescription({ type: 'answer', sdp: answer });
				await Promise.all([end.call('connected', 'a'), connected(connection)]);
				judge(`werift-${browser} ${name}`, [{ from: 'a', offer, answer }]);
			} finally {
				await connection.close();
			}
		});
	});
});
