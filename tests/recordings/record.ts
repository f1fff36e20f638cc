/**
 * Records calls whose truth is known, between real browsers in a network of namespaces: `npm run lab -- record-calls [part of a
 * name, ...]`. Needs root. Writes tests/fixtures/calls, to be looked at in review.
 */
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browsers';
import { createDump } from '../support/record-stats';
import { inBatches } from './batches';
import { chromiumPage, firefoxPage, makeCall, type CallPage } from './call';
import { startCapture } from './capture';
import { CAPTURED } from './captured';
import { EVERYDAY_FAILURES } from './everyday-failures';
import { FAILURES } from './failures';
import { FIELD_FAILURES } from './field-failures';
import { FIELD_MEDIA_FAILURES } from './field-media-failures';
import { FURTHER_FIELD_FAILURES } from './further-field-failures';
import { HEALTHY } from './healthy';
import { partOf, reportsOf, save, saveCapture } from './kept-files';
import type { EndName, Kind } from './kind';
import { LAST_FIELD_FAILURES } from './last-field-failures';
import { LATER_FAILURES } from './later-failures';
import { CALL_PAGE, RTCSTATS_RECORDER } from './page';
import { openStudio, ORIGIN, type End, type Studio } from './studio';
import { SUPPORT_FAILURES } from './support-failures';
import { UNFORESEEN_AGAIN, UNFORESEEN_FAILURES } from './unforeseen-failures';

/** What the page of end `a` may not do, that of `b` may. */
const urlOf = (kind: Kind, end: EndName) => `${ORIGIN}/${kind.name}${end === 'b' ? '?b' : ''}`;

async function openPage({ context }: End, url: string, kind: Kind): Promise<{ page: Page; call: CallPage }> {
	const page = await context.newPage();
	// A page of its own process each: the dump tells them apart by address, and one that works hard holds up no other.
	await page.addInitScript(`${kind.format && kind.format !== 'internals' ? RTCSTATS_RECORDER : ''}${CALL_PAGE}`);
	return { page, call: await chromiumPage(page, url) };
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
			pages[end] = await firefoxPage(firefox, urlOf(kind, end), closing as (() => void)[]);
		} else {
			const { page, call } = await openPage(ends[end], urlOf(kind, end), kind);
			closing.push(() => page.close());
			pages[end] = call;
			if (end === recorded) kept = page;
		}
	}
	const logged = kind.captured?.logOf ? studio.servers.log(kind.captured.logOf).length : 0;
	const capture = kind.captured ? await startCapture(studio.lab) : null;
	closing.push(await makeCall(kind, pages, studio));
	if (capture) await saveCapture(studio.servers, kind, await capture(), pages.a, logged);
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
		save(kind, partOf(dumps.get(end)!, urlOf(kind, end)), 'json');
	}
	for (const each of made) await each.close();
}

export async function main(args: string[]): Promise<number> {
	const failures = [
		...FAILURES,
		...LATER_FAILURES,
		...UNFORESEEN_FAILURES,
		...UNFORESEEN_AGAIN,
		...EVERYDAY_FAILURES,
		...FIELD_FAILURES,
		...FIELD_MEDIA_FAILURES,
		...FURTHER_FIELD_FAILURES,
		...LAST_FIELD_FAILURES,
		...SUPPORT_FAILURES
	];
	const all = [...failures, ...HEALTHY, ...CAPTURED];
	const kinds = args.length === 0 ? all : all.filter(({ name }) => args.some((part) => new RegExp(`^(?:${part})$`).test(name)));
	const studio = await openStudio(kinds);
	try {
		for (const batch of inBatches(kinds)) await record(studio, batch);
	} finally {
		await studio.close();
	}
	return 0;
}
