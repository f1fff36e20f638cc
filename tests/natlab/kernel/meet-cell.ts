/** One meeting of two browsers in the lab, by the screen and the app's own signalling, and what has to come of it. */
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { expect } from 'vitest';
import { pairWords } from '../../../src/lib/core/messages/en/pair';
import type { PairConclusion, PairOutcome, Report } from '../../../src/lib/core/report/report';
import { launchBrowser, type BrowserOptions, type TestBrowser } from '../../support/browsers';
import { meet, NEWEST_ATTEMPT, pairReport, untilBothPairsAreKnown } from '../../support/meet-screen';
import { patience } from '../../support/patience';
import { PROFILES, type ProfileName, type Truth } from '../profiles';
import { COMMAND, type LabBrowser } from './browser-check';
import type { Lab } from './lab';
import { PROV, WEB } from './topology';

/** The port that every network lets through. With two addresses of its own the app can tell how a mapping depends on the destination. */
export const APP = `http://${PROV.ipv4[0]}:443`;
/** The one address that is reached where only the web is. */
export const WEB_APP = `http://${WEB.ipv4[0]}:443`;

export async function serve(lab: Lab, server: 'prov' | 'web'): Promise<void> {
	const addresses = { prov: PROV, web: WEB }[server].ipv4.join(',');
	const app = lab.spawn(server, [process.execPath, COMMAND, 'serve', '--host', '::', '--port', '443'], {
		env: { ICELENS_ADDRESSES: addresses }
	});
	await app.printed(/:443/, patience(60_000));
}

/** As with camera or microphone allowed, which takes a page with a certificate. */
const SHOWN: Record<LabBrowser, BrowserOptions> = {
	chromium: { args: ['--disable-features=WebRtcHideLocalIpsWithMdns'] },
	firefox: { firefoxPrefs: { 'media.peerconnection.ice.obfuscate_host_addresses': false } }
};

/** Two browsers in two hosts of the lab, closed again whatever happens. */
export async function withBrowsers<T>(
	lab: Lab,
	hosts: [string, string],
	{ guestBrowser = 'chromium', addresses }: { guestBrowser?: LabBrowser; addresses?: 'shown' | undefined },
	use: (host: TestBrowser, guest: TestBrowser) => Promise<T>
): Promise<T> {
	const launch = async (name: LabBrowser, where: string) =>
		launchBrowser(name, { ...(addresses ? SHOWN[name] : {}), namespace: lab.namespace(where) });
	const host = await launch('chromium', hosts[0]);
	try {
		const guest = await launch(guestBrowser, hosts[1]);
		try {
			return await use(host, guest);
		} finally {
			await guest.close();
		}
	} finally {
		await host.close();
	}
}

/** What each of the two saves. */
export interface Met {
	report: Report;
	pair: PairConclusion;
	/** What its screen says. */
	screen: string;
}

/** Both are checked, then the paths are tried one by one until one connects. */
export async function callEachOther(host: TestBrowser, guest: TestBrowser): Promise<Met[]> {
	await meet(APP, host, guest);
	// An attempt that fails takes ten seconds, and the next one is a new panel in front of it.
	await host.screen.see(/^Connected$/, NEWEST_ATTEMPT, 180_000);
	return Promise.all([host, guest].map(finished));
}

async function finished(browser: TestBrowser): Promise<Met> {
	await untilBothPairsAreKnown(browser);
	const met = await saved(browser);
	// The screen shows news a moment later than the report has them.
	await browser.screen.see(sentence(met.pair.outcomes.at(-1)!), NEWEST_ATTEMPT);
	return met;
}

export async function saved(browser: TestBrowser): Promise<Met> {
	const report = await pairReport(browser);
	const screen = (await browser.screen.read('main')).join('\n');
	return { report, pair: report.conclusions.pair!, screen };
}

/** What is true of a meeting, from how the kernel's NATs are built. */
export interface MeetingTruth {
	direct: boolean;
	/** What the two checks alone can know. */
	predicted: 'yes' | 'no' | 'unknown';
	rule: string;
	/** Why there is no direct path: in the sentence that both screens show. */
	why: RegExp | null;
	/** The reasons that pairs may have; one of them at least has the first, unless nobody had anything to try. */
	reasons: readonly string[];
	nothingToTry?: boolean;
	/** What each end may see of the other, host first, where they connect directly. */
	remoteTypes: readonly [readonly string[], readonly string[]];
	/** How the relay is reached where there is no direct path. */
	relay: 'udp' | 'tcp';
}

const udpTruth = (name: ProfileName) => PROFILES[name].ipv4 as Truth;
const isDependent = ({ mapping }: Truth) => mapping === 'address-dependent' || mapping === 'address-and-port-dependent';

/** Two networks that have nothing in common (RFC 4787 §4, §5). */
export function truthOf(host: ProfileName, guest: ProfileName, names: { host: RegExp; guest: RegExp }): MeetingTruth {
	const [a, b] = [udpTruth(host), udpTruth(guest)];
	const seenAs = (other: Truth) => (isDependent(other) ? ['prflx'] : ['srflx', 'prflx', 'host']);
	const base = { relay: 'udp', remoteTypes: [seenAs(b), seenAs(a)], reasons: ['filtered', 'name-hidden', 'under-way'] } as const;
	const blocked = [...(a.mapping === 'blocked' ? [names.host] : []), ...(b.mapping === 'blocked' ? [names.guest] : [])];
	if (blocked.length > 0) {
		const who = blocked.map(({ source }) => source).join(' and ');
		const why = new RegExp(`${who} had no address to offer that is reachable from outside`);
		return {
			...base,
			direct: false,
			predicted: 'no',
			rule: 'path-needs-udp',
			why,
			relay: 'tcp',
			nothingToTry: blocked.length === 2,
			// Nobody asks for a name that only the other's network knows, and what is in the queue for it waits.
			reasons: [...base.reasons, 'not-tried']
		};
	}
	if (!isDependent(a) && !isDependent(b))
		return { ...base, direct: true, predicted: 'yes', rule: 'path-both-predictable', why: null };
	const steady = [a, b].find((side) => !isDependent(side));
	if (steady && steady.filtering !== 'address-and-port-dependent')
		return { ...base, direct: true, predicted: 'yes', rule: 'path-receiver-lets-in', why: null };
	const because = steady ? 'One side’s public port towards the other' : 'Neither side’s public port towards the other';
	return {
		...base,
		direct: false,
		predicted: 'no',
		rule: steady ? 'path-unknown-port-filtered' : 'path-both-unpredictable',
		why: new RegExp(`No check was answered.*${because} can`)
	};
}

/** Every line of the truth, in what both ends say. */
export function expectTruth([host, guest]: Met[], truth: MeetingTruth): void {
	for (const { pair, report } of [host!, guest!]) {
		const direct = pair.outcomes[0]!;
		const last = pair.outcomes.at(-1)!;
		expect(direct.path.kind).toBe('direct');
		expect(direct.connected).toBe(truth.direct);
		expect({ works: direct.prediction!.works, rule: direct.prediction!.rule }).toEqual({
			works: truth.predicted,
			rule: truth.rule
		});
		// Prediction and outcome agree, or it is a finding that they do not; that it is one here would be wrong.
		expect(direct.agrees).toBe(truth.predicted === 'unknown' ? null : true);
		expect(report.conclusions.findings.filter(({ rule }) => rule === 'pair-prediction-differs')).toEqual([]);
		expect(last.connected).toBe(true);
		if (truth.direct) {
			expect(pair.outcomes).toHaveLength(1);
			expectDirect(direct, truth);
		} else {
			expectReasons(direct, truth);
			expectRelay(last, truth.relay);
			expect(report.conclusions.findings.filter(({ rule }) => rule === 'pair-not-connected')).toEqual([]);
		}
	}
	expect(guest!.pair.outcomes.map(({ connected }) => connected)).toEqual(host!.pair.outcomes.map(({ connected }) => connected));
}

function expectDirect({ ends }: PairOutcome, { remoteTypes }: MeetingTruth): void {
	for (const [end, types] of [
		[ends.host, remoteTypes[0]],
		[ends.guest, remoteTypes[1]]
	] as const) {
		expect(end.chosen!.local!.type).not.toBe('relay');
		expect(types).toContain(end.chosen!.remote!.type);
		expect(end.pairs.filter(({ reason }) => reason === 'chosen')).toHaveLength(1);
	}
}

function expectReasons(outcome: PairOutcome, { why, reasons, nothingToTry }: MeetingTruth): void {
	expect(sentence(outcome)).toMatch(why!);
	const given = [outcome.ends.host, outcome.ends.guest].flatMap(({ pairs }) => pairs.map(({ reason }) => reason));
	expect([...new Set(given)].filter((reason) => !reasons.includes(reason))).toEqual([]);
	if (!nothingToTry) expect(given).toContain(reasons[0]);
}

function expectRelay({ path, ends, prediction, agrees }: PairOutcome, transport: 'udp' | 'tcp'): void {
	expect(path).toMatchObject({ kind: 'relay', transport });
	expect([prediction!.works, agrees]).toEqual(['yes', true]);
	for (const { chosen } of [ends.host, ends.guest])
		expect([chosen!.local!.type, chosen!.local!.relayProtocol, chosen!.remote!.type]).toEqual(['relay', transport, 'relay']);
}

export const MATRIX_HEAD =
	'| host | guest | the checks said | direct | why not | then over | both ends |\n|---|---|---|---|---|---|---|';

/** A line of the matrix. */
export function matrixRow(host: string, guest: string, [met]: Met[]): string {
	const direct = met!.pair.outcomes[0]!;
	const last = met!.pair.outcomes.at(-1)!;
	const { host: one, guest: other } = met!.pair.sides;
	const reason = direct.connected
		? '–'
		: sentence(direct)
				.replace(/^Over .*? did not connect\. /, '')
				.replaceAll(one.name, 'the host')
				.replaceAll(other.name, 'the guest');
	const ends = [last.ends.host, last.ends.guest].map(({ chosen }) => pairWords(chosen!)).join('; ');
	const { works, rule } = direct.prediction!;
	return `| ${host} | ${guest} | ${works} (${rule}) | ${direct.connected ? 'connects' : 'no path'} | ${reason} | ${direct.connected ? 'direct' : last.path.url} | ${ends} |`;
}
