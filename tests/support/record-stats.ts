/**
 * Records the fixtures of tests/fixtures/stats from real browsers: `npm run lab -- record-stats`. Calls run on the loopback
 * between two connections of one page, so that no address of anybody's network is in them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { findProgram, PROGRAMS } from './programs';
import { launchMarionette } from './marionette';

const FOLDER = fileURLToPath(new URL('../fixtures/stats/', import.meta.url));

/** Runs in the page: two connections call each other with audio, video and a data channel. */
export const CALL = `
	const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
	(window.calls ??= []).push(a, b);
	a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
	b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
	a.createDataChannel('messages');
	const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 180 } });
	for (const track of stream.getTracks()) a.addTrack(track, stream);
	await a.setLocalDescription();
	await b.setRemoteDescription(a.localDescription);
	await b.setLocalDescription();
	await a.setRemoteDescription(b.localDescription);
	await new Promise((resolve) => {
		a.onconnectionstatechange = () => a.connectionState === 'connected' && resolve();
	});
`;

/** Two connections of one page; `spoil` is what the answer has that is passed on with another first character. */
const between = (prepare: string, { configuration = '{}', spoil = '' } = {}) => `
	const [a, b] = [new RTCPeerConnection(${configuration}), new RTCPeerConnection(${configuration})];
	window.calls = [a, b];
	a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
	b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
	${prepare}
	await a.setLocalDescription();
	await b.setRemoteDescription(a.localDescription);
	await b.setLocalDescription();
	const other = (_, before, first) => before + (first === 'A' ? 'B' : 'A');
	const spoiled = ${JSON.stringify(spoil)};
	const { sdp } = b.localDescription;
	await a.setRemoteDescription({
		type: 'answer',
		sdp: spoiled === '' ? sdp : sdp.replace(new RegExp('(' + spoiled + ')(.)', 'g'), other)
	});
`;
const MEDIA = `
	const media = { audio: true, video: { width: 320, height: 180 } };
	for (const end of [a, b]) {
		const stream = await navigator.mediaDevices.getUserMedia(media);
		for (const track of stream.getTracks()) end.addTrack(track, stream);
	}
`;
const DATA = "a.createDataChannel('messages');";

/** Calls that are well, and calls that fail for a known cause; each with how long it is looked at. */
export const KINDS: Readonly<Record<string, { script: string; seconds: number }>> = {
	'one-way': { script: CALL, seconds: 12 },
	muted: { script: between(`${MEDIA} for (const { track } of a.getSenders()) track.enabled = false;`), seconds: 12 },
	'data-only': { script: between(DATA), seconds: 12 },
	simulcast: {
		script: between(`
			const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
			const sendEncodings = [{ rid: 'l', scaleResolutionDownBy: 2 }, { rid: 'h' }];
			a.addTransceiver(stream.getTracks()[0], { direction: 'sendonly', sendEncodings });
		`),
		seconds: 12
	},
	/** ICE is restarted after 4 s, and the encoder told to use another codec after 8 s. */
	'restart-and-codec': {
		script: `${between(MEDIA)}
			const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
			await wait(4000);
			await a.setLocalDescription(await a.createOffer({ iceRestart: true }));
			await b.setRemoteDescription(a.localDescription);
			await b.setLocalDescription();
			await a.setRemoteDescription(b.localDescription);
			await wait(4000);
			const sender = a.getSenders().find(({ track }) => track.kind === 'video');
			const parameters = sender.getParameters();
			const codec = RTCRtpSender.getCapabilities('video').codecs.find(({ mimeType }) => mimeType === 'video/VP9');
			parameters.encodings[0].codec = codec;
			await sender.setParameters(parameters);
		`,
		seconds: 5
	},
	'never-answered': {
		script: `const a = new RTCPeerConnection(); window.calls = [a]; ${DATA} await a.setLocalDescription();`,
		seconds: 3
	},
	'relay-only': { script: between(DATA, { configuration: "{ iceTransportPolicy: 'relay' }" }), seconds: 3 },
	'wrong-fingerprint': { script: between(DATA, { spoil: 'a=fingerprint:sha-256 ' }), seconds: 3 },
	'wrong-password': { script: between(DATA, { spoil: 'a=ice-pwd:' }), seconds: 18 }
};

export async function emptyPage(): Promise<{ url: string; server: Server }> {
	const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>call</title>'));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** What the button "Download the PeerConnection updates and stats data" saves. The page must be open before the call. */
export async function createDump(internals: Page): Promise<Buffer> {
	const waiting = internals.waitForEvent('download', { timeout: 15_000 });
	await internals.evaluate(() => {
		document.querySelectorAll('details').forEach((each) => (each.open = true));
		const buttons = [...document.querySelectorAll('button')];
		const button =
			buttons.find((each) => /stats data|Download the (webrtc|PeerConnection)/i.test(each.textContent ?? '')) ??
			buttons.find((each) => /download/i.test(each.textContent ?? ''));
		if (!button) throw new Error(`No button in ${document.body.innerText.slice(0, 500)}`);
		button.click();
	});
	const download = await waiting;
	const chunks: Buffer[] = [];
	for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

export async function launchInternals(args: string[] = [], executablePath = findProgram(...PROGRAMS.chromium)!) {
	const browser = await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--disable-background-networking',
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
			...args
		]
	});
	const context = await browser.newContext({ acceptDownloads: true });
	const internals = await context.newPage();
	await internals.goto('chrome://webrtc-internals');
	return { browser, context, internals };
}

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Where there is no other network both ends meet on the loopback. */
const LOOPBACK = ['--allow-loopback-in-peer-connection'];

async function recordChromium(): Promise<void> {
	const { url, server } = await emptyPage();
	const { browser, context, internals } = await launchInternals(LOOPBACK);
	try {
		const page = await context.newPage();
		await page.goto(url);
		await page.evaluate(`(async () => {${CALL}})()`);
		await seconds(5);
		save('chromium156-during-two-connections.json.gz', await createDump(internals));
		const raw = await page.evaluate('(async () => JSON.stringify([...(await window.calls[0].getStats()).values()]))()');
		save('chromium156-getstats.json', String(raw));
		await page.evaluate('window.calls.forEach((each) => each.close())');
		await seconds(2);
		save('chromium156-after.json.gz', await createDump(internals));
	} finally {
		await browser.close();
		server.close();
	}
}

/** One dump for each kind of call. */
export async function recordKinds(): Promise<void> {
	const { url, server } = await emptyPage();
	const { browser, context, internals } = await launchInternals(LOOPBACK);
	try {
		for (const [kind, { script, seconds: length }] of Object.entries(KINDS)) {
			const page = await context.newPage();
			await page.goto(url);
			await page.evaluate(`(async () => {${script}})()`);
			await seconds(length);
			save(`chromium156-${kind}.json.gz`, await createDump(internals));
			await page.evaluate('window.calls.forEach((each) => each.close())');
			await page.close();
		}
	} finally {
		await browser.close();
		server.close();
	}
}

async function recordFirefox(): Promise<void> {
	const { url, server } = await emptyPage();
	const firefox = await launchMarionette();
	try {
		await firefox.command('WebDriver:Navigate', { url });
		await firefox.run(
			'content',
			`const inPage = window.wrappedJSObject ?? window; await inPage.eval(${JSON.stringify(`(async () => {${CALL}})()`)});`
		);
		await seconds(4);
		const raw = await firefox.run<string>(
			'content',
			`const inPage = window.wrappedJSObject ?? window; return String(await inPage.eval("(async () => JSON.stringify([...(await window.calls[0].getStats()).values()]))()"));`
		);
		save('firefox-esr153-getstats.json', raw);
		// The page has no other way in than by the browser's own rights: it is privileged. Saved as "Save Page" does, in Latin-1.
		const html = await firefox.run<string>(
			'chrome',
			`
			const win = Services.wm.getMostRecentWindow('navigator:browser');
			const tab = win.gBrowser.addTrustedTab('about:webrtc');
			win.gBrowser.selectedTab = tab;
			await new Promise((resolve) => win.setTimeout(resolve, 4000));
			return tab.linkedBrowser.contentDocument.getElementById('content').outerHTML;
		`
		);
		save('firefox-esr153-about-webrtc.html', Buffer.from(html.replace(/<svg[\s\S]*?<\/svg>/g, '<svg></svg>'), 'latin1'));
		const report = await firefox.run<string>(
			'chrome',
			`
			return await new Promise((resolve) => WebrtcGlobalInformation.getAllStats(({ reports }) => resolve(JSON.stringify(reports[0]))));
		`
		);
		save('firefox-esr153-report.json', report);
	} finally {
		await firefox.close();
		server.close();
	}
}

function save(name: string, content: Buffer | string): void {
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(FOLDER + name, content);
	process.stdout.write(`${name}: ${content.length} bytes\n`);
}

export async function main(): Promise<number> {
	await recordChromium();
	await recordKinds();
	await recordFirefox();
	return 0;
}
