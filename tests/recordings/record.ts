/**
 * Records calls whose truth is known, between real browsers in a network of namespaces: `npm run lab -- record-calls [part of a
 * name, ...]`. Needs root. Writes tests/fixtures/calls, to be looked at in review.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createHash, X509Certificate } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browsers';
import { makeLab, WEB, type Lab } from '../support/namespace';
import { findProgram, PROGRAMS } from '../support/programs';
import { createDump, launchInternals } from '../support/record-stats';
import { chromiumPage, firefoxPage, makeCall, type CallPage, type Surroundings } from './call';
import { layFaults, type Faults } from './faults';
import { FAILURES } from './failures';
import { LATER_FAILURES } from './later-failures';
import { HEALTHY } from './healthy';
import type { EndName, Kind } from './kind';
import { CALL_PAGE, RTCSTATS_RECORDER } from './page';
import { CAPTURED } from './captured';
import { startCapture } from './capture';
import { startJanus } from './janus';
import { startServers, type Servers } from './servers';
import { UNFORESEEN_AGAIN, UNFORESEEN_FAILURES } from './unforeseen-failures';

const FOLDER = fileURLToPath(new URL('../fixtures/calls/', import.meta.url));
const CAPTURES = fileURLToPath(new URL('../fixtures/captures/', import.meta.url));
const ORIGIN = `http://${WEB.ipv4[0]}`;
/** Calls at a time: media is encoded in software. */
const AT_ONCE = { data: 10, media: 4 };

const PAGE_SERVER = `require('node:http').createServer((_, response) =>
	response.setHeader('content-type', 'text/html').end('<title>call</title>')).listen(80, '${WEB.ipv4[0]}', () => console.log('listening'));`;

interface End {
	context: BrowserContext;
	internals: Page;
}

interface Studio {
	lab: Lab;
	servers: Servers;
	faults: Faults;
	ends: Record<EndName, End>;
	takeAddress: Surroundings['takeAddress'];
	close(): Promise<void>;
}

const takeAddressIn = (lab: Lab) => async (end: EndName) => {
	const host = end.toUpperCase();
	const ip = async (...args: string[]) => {
		const { status, stdout, stderr } = await lab.exec(host, ['ip', ...args]);
		if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
		return stdout;
	};
	const [, device, address] = /^\d+: (\S+)\s+inet (\S+)/m.exec(await ip('-4', '-o', 'address', 'show', 'scope', 'global'))!;
	const routes = (await ip('-4', 'route', 'show')).trim().split('\n');
	await ip('address', 'delete', address!, 'dev', device!);
	return async () => {
		await ip('address', 'add', address!, 'dev', device!);
		for (const route of routes) await ip('route', 'replace', ...route.trim().split(/\s+/));
	};
};

async function openStudio(): Promise<Studio> {
	const closing: (() => unknown)[] = [];
	const close = async () => {
		for (const each of closing.splice(0).reverse()) await each();
	};
	try {
		const lab = await makeLab('open', 'open');
		closing.push(() => lab.close());
		const web = lab.spawn('web', [process.execPath, '-e', PAGE_SERVER]);
		await web.printed(/listening/);
		const servers = await startServers(lab);
		closing.push(() => servers.close());
		const janus = await startJanus(lab);
		closing.push(() => janus.close());
		const key = new X509Certificate(servers.trusted.cert).publicKey.export({ type: 'spki', format: 'der' });
		const args = [
			`--unsafely-treat-insecure-origin-as-secure=${ORIGIN}`,
			`--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
			'--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks',
			// Sound that a page makes itself needs a click otherwise.
			'--autoplay-policy=no-user-gesture-required',
			'--mute-audio'
		];
		const launch = async (host: string): Promise<End> => {
			const program = lab.executable(host, findProgram(...PROGRAMS.chromium)!);
			const { browser, context, internals } = await launchInternals(args, program);
			closing.push(() => browser.close());
			return { context, internals };
		};
		const ends = { a: await launch('A'), b: await launch('B') };
		return { lab, servers, faults: await layFaults(lab), ends, takeAddress: takeAddressIn(lab), close };
	} catch (error) {
		await close();
		throw error;
	}
}

const urlOf = (kind: Kind) => `${ORIGIN}/${kind.name}`;

async function openPage({ context }: End, kind: Kind): Promise<{ page: Page; call: CallPage }> {
	const page = await context.newPage();
	// A page of its own process each: the dump tells them apart by address, and one that works hard holds up no other.
	await page.addInitScript(`${kind.format && kind.format !== 'internals' ? RTCSTATS_RECORDER : ''}${CALL_PAGE}`);
	return { page, call: await chromiumPage(page, urlOf(kind)) };
}

interface Made {
	kind: Kind;
	/** The page whose recording is kept. */
	page: Page | null;
	lines: string | null;
	close(): Promise<void>;
}

async function make(studio: Studio, kind: Kind): Promise<Made> {
	const { ends } = studio;
	const recorded = kind.recorded ?? 'a';
	const closing: (() => unknown)[] = [];
	let holder: Page | null = null;
	if (kind.holder) {
		holder = await ends.b.context.newPage();
		closing.push(() => holder!.close());
		await holder.goto(`${ORIGIN}/holder`);
		const iceServers = kind.holder.map((name) => studio.servers.entry(name));
		await holder.evaluate(`(async () => {
			window.peer = new RTCPeerConnection(${JSON.stringify({ iceServers, iceTransportPolicy: 'relay' })});
			peer.createDataChannel('x');
			const found = new Promise((resolve) => (peer.onicecandidate = ({ candidate }) => candidate && resolve()));
			await peer.setLocalDescription();
			await found;
		})()`);
	}
	const pages = {} as Record<EndName, CallPage>;
	let kept: Page | null = null;
	for (const end of ['a', 'b'] as const) {
		if ((kind.alone || kind.onePage) && end === 'b') {
			pages.b = pages.a;
		} else if (kind.firefox === end) {
			const firefox = await launchBrowser('firefox', {
				namespace: studio.lab.namespace(end.toUpperCase()),
				fakeMedia: true,
				firefoxPrefs: {
					'media.devices.insecure.enabled': true,
					'media.getusermedia.insecure.enabled': true,
					// A page without TLS is asked about each time, whatever was allowed before.
					'media.navigator.permission.disabled': true
				},
				before: `${RTCSTATS_RECORDER}${CALL_PAGE}`
			});
			closing.push(() => firefox.close());
			pages[end] = await firefoxPage(firefox, urlOf(kind), closing as (() => void)[]);
		} else {
			const { page, call } = await openPage(ends[end], kind);
			closing.push(() => page.close());
			pages[end] = call;
			if (end === recorded) kept = page;
		}
	}
	const logged = kind.captured?.logOf ? studio.servers.log(kind.captured.logOf).length : 0;
	const capture = kind.captured ? await startCapture(studio.lab) : null;
	closing.push(await makeCall(kind, pages, studio));
	if (capture) await saveCapture(studio, kind, await capture(), pages.a, logged);
	const failures = await pages[recorded].evaluate('window.failures').catch(() => []);
	if ((failures as string[]).length > 0) process.stdout.write(`  ${kind.name}: ${String(failures)}\n`);
	const inPage = kind.format === 'rtcstats' || kind.format === 'getstats' || kind.firefox === recorded;
	const lines = inPage
		? String(await pages[recorded].evaluate('window.lines.map((line) => JSON.stringify(line)).join("\\n")'))
		: null;
	return {
		kind,
		page: kept,
		lines,
		close: async () => {
			for (const each of closing.reverse()) await each();
		}
	};
}

/** The connections of one page out of a dump of all of them. */
function partOf(dump: Buffer, kind: Kind): string {
	const text = (dump[0] === 0x1f ? gunzipSync(dump) : dump).toString('utf8');
	const whole = JSON.parse(text) as {
		PeerConnections: Record<string, { url: string }>;
		getUserMedia: { origin?: string; pid: number }[];
	};
	const own = Object.entries(whole.PeerConnections).filter(([, { url }]) => url === urlOf(kind));
	const pids = new Set(own.map(([id]) => Number(id.split('-')[0])));
	return JSON.stringify({
		...whole,
		PeerConnections: Object.fromEntries(own),
		getUserMedia: (whole.getUserMedia ?? []).filter(({ pid }) => pids.has(pid))
	});
}

/** The reports alone, as a page that calls getStats() each second would keep them. */
function reportsOf(lines: string): string {
	const reports = lines
		.split('\n')
		.map((line) => JSON.parse(line) as unknown[])
		.filter(([method]) => method === 'getstats')
		.map(([, , value]) => Object.values(value as object));
	return JSON.stringify(reports);
}

function save(kind: Kind, text: string, extension: string): void {
	mkdirSync(FOLDER, { recursive: true });
	const bytes = gzipSync(text, { level: 9 });
	writeFileSync(`${FOLDER}${kind.name}.${extension}.gz`, bytes);
	process.stdout.write(`${kind.name}: ${bytes.length} bytes\n`);
}

/** What a capture shows too. */
const TRUTH_TYPES = new Set([
	'candidate-pair',
	'local-candidate',
	'remote-candidate',
	'transport',
	'inbound-rtp',
	'outbound-rtp'
]);

/** The packets, and beside them what the end itself counted, and what the server says of it. */
async function saveCapture(
	{ servers }: Studio,
	{ name, captured }: Kind,
	packets: Buffer,
	page: CallPage,
	logged: number
): Promise<void> {
	mkdirSync(CAPTURES, { recursive: true });
	const bytes = gzipSync(packets, { level: 9 });
	writeFileSync(`${CAPTURES}${name}.pcap.gz`, bytes);
	const reports = (await page.evaluate(`reportsOf('a')`)) as { type: string }[];
	const stats = reports.filter(({ type }) => TRUTH_TYPES.has(type));
	const log = captured!.logOf ? servers.log(captured!.logOf).slice(logged) : '';
	const serverSaid = log.split('\n').filter((line) => / user /.test(line));
	writeFileSync(`${CAPTURES}${name}.truth.json`, `${JSON.stringify({ stats, serverSaid }, null, '\t')}\n`);
	process.stdout.write(`${name}: ${bytes.length} bytes of packets\n`);
}

async function record(studio: Studio, kinds: readonly Kind[]): Promise<void> {
	const results = await Promise.allSettled(kinds.map((kind) => make(studio, kind)));
	const made = results.flatMap((result, i) => {
		if (result.status === 'fulfilled') return [result.value];
		process.stdout.write(`  ${kinds[i]!.name}: ${String(result.reason)}\n`);
		return [];
	});
	const dumps = new Map<EndName, Buffer>();
	for (const { kind, lines } of made) {
		if (kind.captured) continue;
		if (lines !== null) {
			if (kind.format === 'getstats') save(kind, reportsOf(lines), 'json');
			else save(kind, lines, 'jsonl');
			continue;
		}
		const end = kind.recorded ?? 'a';
		if (!dumps.has(end)) dumps.set(end, await createDump(studio.ends[end].internals));
		save(kind, partOf(dumps.get(end)!, kind), 'json');
	}
	for (const each of made) await each.close();
}

const isMedia = ({ a, b }: Kind) => /addMedia|capture|addTrack/.test(`${a?.code ?? ''}${b?.code ?? ''}`);

function inBatches(kinds: readonly Kind[]): Kind[][] {
	const batches: Kind[][] = [];
	const cut = (some: Kind[], most: number) => {
		for (let i = 0; i < some.length; i += most) batches.push(some.slice(i, i + most));
	};
	const isAlone = ({ then = [], captured }: Kind) =>
		captured !== undefined || then.some(({ addressOf }) => addressOf !== undefined);
	cut(kinds.filter(isAlone), 1);
	// Those that take alike long together.
	const sorted = kinds.filter((kind) => !isAlone(kind)).sort((a, b) => a.seconds - b.seconds);
	cut(
		sorted.filter((kind) => !isMedia(kind) && !kind.firefox),
		AT_ONCE.data
	);
	cut(
		sorted.filter((kind) => isMedia(kind) && !kind.firefox),
		AT_ONCE.media
	);
	cut(
		sorted.filter((kind) => kind.firefox),
		1
	);
	return batches;
}

export async function main(args: string[]): Promise<number> {
	const all = [...FAILURES, ...LATER_FAILURES, ...UNFORESEEN_FAILURES, ...UNFORESEEN_AGAIN, ...HEALTHY, ...CAPTURED];
	const kinds = args.length === 0 ? all : all.filter(({ name }) => args.some((part) => new RegExp(`^(?:${part})$`).test(name)));
	const studio = await openStudio();
	try {
		for (const batch of inBatches(kinds)) await record(studio, batch);
	} finally {
		await studio.close();
	}
	return 0;
}
