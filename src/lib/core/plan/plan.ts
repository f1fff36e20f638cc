/** A run as data: which probes against which servers, each with its earliest start, its deadline and its cost. */
import type { Family } from '../base/ip';
import { namedServers, serverListFacts } from '../ice/server-list-facts';
import type { BrowserEngine } from '../observations/observation';
import { parseIceUrl } from '../stun/uri';
import type { CheckConfig } from './config';
import { observersOf, udpServersOutside } from './observers';
import type { Cost, Step } from './plan-shapes';
import { stepSaid } from './step-values';

export type { Cost, Step } from './plan-shapes';

/** The parameters of each probe, besides the fields that every step has: nothing is parsed out of an id. */
interface Asks {
	'server-list': object;
	'app-reachability': { target: string };
	'server-gathering': { target: string; server: number };
	/** A browser shows more of its addresses to a page that may use the microphone. */
	'ice-gathering': { withPermission: boolean };
	'udp-first-answer': object;
	'nat-mapping': object;
	'nat-filtering': { by: 'relay' } | { by: 'prober'; target: string; family: Family };
	'prober-mapping': { target: string; family: Family };
	relay: { target: string; server: number };
	hairpin: object;
}

/** Calls and what belongs to them have screens of their own: somebody starts, changes and stops them while they run. */
export type PlannedProbe = keyof Asks;
export type StepOf<P extends PlannedProbe> = Step & { probe: P } & Asks[P];
export type PlannedStep = { [P in PlannedProbe]: StepOf<P> }[PlannedProbe];

/** A step without the fields that have the same default in most steps. */
type NewStep<P extends PlannedProbe> = Pick<Step, 'id' | 'does' | 'cost'> &
	Partial<Pick<Step, 'delayMs' | 'deadlineMs' | 'after' | 'patienceMs'>> & { probe: P } & Asks[P];
type Add = (step: { [P in PlannedProbe]: NewStep<P> }[PlannedProbe]) => void;

/** What the place where the plan runs can do. */
export interface Abilities {
	engine: BrowserEngine;
	/** The permission for the microphone as it stands before the run. */
	mediaPermission: 'granted' | 'prompt' | 'denied';
	/** Where the app answers `/api/echo`, for example `https://icelens.example.org`; null when opened from a file. */
	appOrigin: string | null;
	/** Browsers hide the microphone from pages that are neither HTTPS nor localhost. */
	secureContext: boolean;
}

/** Whatever the number of servers, the last one starts no later than this: waiting must not become the longest part. */
const SPREAD_AT_MOST_MS = 2000;
/** How long the mapping question waits for more observers after the first: two typical answers are closer than this. */
const MAPPING_PATIENCE_MS = 400;
/** Only servers that answered are asked, so silence means loss: by then a browser has sent five times (0, 0.25, … 3.75 s). */
const MAPPING_DEADLINE_MS = 4000;
/**
 * How long the first answer over UDP is waited for. By then Chromium has sent four times to each server (0, 0.25, 0.75,
 * 1.75 s) and Firefox five times: at 5 % loss the probability that all packets to two servers are lost is below 10^-8. A path with
 * a round trip of 600 ms has had time for three answers; a longer one is recognised by its control.
 */
const UDP_SILENCE_MS = 2400;
/** Begins a moment after the servers were asked one by one, so that where UDP works nothing more is sent. */
const UDP_SILENCE_AFTER_MS = { least: 200, most: 1000 };
/** Added to the gathering's own deadline: a person has to answer the prompt, and opening a microphone takes time. */
const MICROPHONE_MS = { prompt: 30_000, granted: 3000 };

/** How long a STUN server is waited for once a relay is allocated: it is hardly ever this much slower. */
const FILTERING_PATIENCE_MS = 300;
/** Unanswered probes take 1.1 s and three round trips, a control six, and a pass is repeated: enough for a satellite's 600 ms. */
const FILTERING_DEADLINE_MS = 8000;
/** The prober is done 1.5 s after the first packet, 2 s where packets get lost, and waits 3 s for a first one; a satellite adds 4 s. */
const PROBER_DEADLINE_MS = 6500;
/** Two public addresses, probes for 1.2 s, and a control that takes as long at most. */
const HAIRPIN_DEADLINE_MS = 5000;

/** Bytes on the wire: a STUN request and its response; a TURN allocation with its 401; ICE, DTLS and SCTP set-up; a filtering test. */
const BYTES = { fetch: 2000, binding: 200, allocation: 1200, connection: 9000, filtering: 8000 };

interface ServerUrl {
	url: string;
	server: number;
	kind: 'stun' | 'turn';
	/** `tls` here means TLS over TCP; `udp` for anything that cannot be read, which the browser will refuse. */
	transport: 'udp' | 'tcp' | 'tls';
	id: string;
}

/** The steps of one check. Pure; the same configuration and abilities give the same plan. */
export function makePlan(config: CheckConfig, abilities: Abilities): PlannedStep[] {
	const { limits } = config;
	const urls = serverUrls(config);
	const staggerMs = Math.min(limits.staggerMs, urls.length > 1 ? SPREAD_AT_MOST_MS / (urls.length - 1) : limits.staggerMs);
	const steps: PlannedStep[] = [];
	const frame = { target: null, server: null, delayMs: 0, deadlineMs: limits.deadlineMs, after: [], patienceMs: null };
	const add: Add = (step) => steps.push({ ...frame, ...step });

	add({
		id: 'server-list',
		probe: 'server-list',
		does: stepSaid('step-read-server-list', {}),
		cost: { seconds: 0, bytes: 0 }
	});
	if (abilities.appOrigin !== null) {
		add({
			id: 'app-reachability',
			probe: 'app-reachability',
			target: `${abilities.appOrigin}/api/echo`,
			does: stepSaid('step-reach-app', {}),
			cost: { seconds: 0.1, bytes: BYTES.fetch }
		});
	}
	urls.forEach(({ url, server, id, kind }, index) =>
		add({
			id: `server-gathering ${id}`,
			probe: 'server-gathering',
			target: url,
			server,
			does: stepSaid('step-ask-server', { url }),
			delayMs: Math.round(index * staggerMs),
			cost: { seconds: 0.3, bytes: kind === 'turn' ? BYTES.allocation + BYTES.binding : BYTES.binding }
		})
	);
	addIceGathering(config, abilities, urls, add, Math.round(urls.length * staggerMs));
	addUdpFirstAnswer(config, urls, add, Math.round(urls.length * staggerMs));
	addMapping(config, urls, add);
	addProber(abilities, add);
	addFiltering(config, urls, add);
	addRelays(config, urls, add);
	addHairpin(config, urls, steps, add);
	return steps;
}

function addIceGathering(config: CheckConfig, abilities: Abilities, urls: ServerUrl[], add: Add, delayMs: number): void {
	const cost = { seconds: 0.5, bytes: urls.length * BYTES.binding + turns(urls).length * BYTES.allocation };
	// After the single servers, whose times it would disturb; it asks them all at once, as an application does.
	add({
		id: 'ice-gathering',
		probe: 'ice-gathering',
		withPermission: false,
		does: stepSaid('step-gather-from-all', {}),
		delayMs,
		cost
	});
	const possible = config.mediaPermission && abilities.secureContext && abilities.mediaPermission !== 'denied';
	if (!possible) return;
	const microphoneMs = abilities.mediaPermission === 'prompt' ? MICROPHONE_MS.prompt : MICROPHONE_MS.granted;
	add({
		id: 'ice-gathering with-permission',
		probe: 'ice-gathering',
		withPermission: true,
		does: stepSaid('step-gather-with-microphone', {}),
		// Last: while a microphone is open, Firefox shows its host addresses to every connection of the page.
		after: ['ice-gathering', ...urls.map(({ id }) => `server-gathering ${id}`)],
		deadlineMs: config.limits.deadlineMs + microphoneMs,
		cost
	});
}

/** One server alone may be dead, so it takes two to say something about the network. */
function addUdpFirstAnswer(config: CheckConfig, urls: ServerUrl[], add: Add, askedMs: number): void {
	if (udpServersOutside(urls.map(({ url }) => url)).length < 2) return;
	add({
		id: 'udp-first-answer',
		probe: 'udp-first-answer',
		does: stepSaid('step-udp-first-answer', {}),
		delayMs: Math.min(askedMs + UDP_SILENCE_AFTER_MS.least, UDP_SILENCE_AFTER_MS.most),
		deadlineMs: Math.min(config.limits.deadlineMs, UDP_SILENCE_MS),
		cost: { seconds: 0, bytes: 0 }
	});
}

function addMapping(config: CheckConfig, urls: ServerUrl[], add: Add): void {
	// One observer alone shows where it sees this host, and nothing about how the mapping depends on the destination.
	if (observersOf(urls.map(({ url }) => url)).length < 2) return;
	const sources = urls.filter(({ transport }) => transport === 'udp').map(({ id }) => `server-gathering ${id}`);
	const deadlineMs = Math.min(config.limits.deadlineMs, MAPPING_DEADLINE_MS);
	const common = { probe: 'nat-mapping' as const, deadlineMs, cost: { seconds: 0.3, bytes: 5 * BYTES.binding } };
	add({
		...common,
		id: 'nat-mapping early',
		does: stepSaid('step-nat-mapping', { servers: 'first' }),
		after: sources,
		patienceMs: MAPPING_PATIENCE_MS
	});
	if (config.profile === 'quick') return;
	add({
		...common,
		id: 'nat-mapping late',
		does: stepSaid('step-nat-mapping', { servers: 'slow-too' }),
		after: [...sources, 'nat-mapping early'],
		cost: { seconds: 0, bytes: 0 }
	});
}

/** The app may have a prober, which is found out by asking. No NAT lies between this device and an app on its own loopback. */
function addProber({ appOrigin }: Abilities, add: Add): void {
	if (appOrigin === null || /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/i.test(appOrigin)) return;
	for (const family of ['ipv4', 'ipv6'] as const) {
		add({
			id: `nat-filtering prober ${family}`,
			probe: 'nat-filtering',
			by: 'prober',
			family,
			target: `${appOrigin}/api/nat`,
			does: stepSaid('step-prober-filtering', { family }),
			after: ['app-reachability'],
			deadlineMs: PROBER_DEADLINE_MS,
			cost: { seconds: family === 'ipv4' ? 1.5 : 0, bytes: BYTES.filtering }
		});
		add({
			id: `prober-mapping ${family}`,
			probe: 'prober-mapping',
			family,
			target: `${appOrigin}/api/nat`,
			does: stepSaid('step-prober-mapping', { family }),
			after: ['app-reachability'],
			deadlineMs: PROBER_DEADLINE_MS,
			cost: { seconds: family === 'ipv4' ? 0.3 : 0, bytes: 2000 }
		});
	}
}

function addFiltering(config: CheckConfig, urls: ServerUrl[], add: Add): void {
	// A relay to send from, and a server that reports the public address to send to.
	const relays = turns(urls).map(({ id }) => `server-gathering ${id}`);
	if (relays.length === 0 || observersOf(urls.map(({ url }) => url)).length === 0) return;
	const common = { probe: 'nat-filtering', by: 'relay', deadlineMs: FILTERING_DEADLINE_MS } as const;
	add({
		...common,
		id: 'nat-filtering early',
		does: stepSaid('step-nat-filtering', { servers: 'first' }),
		after: relays,
		patienceMs: FILTERING_PATIENCE_MS,
		cost: { seconds: 1.5, bytes: 3 * (BYTES.allocation + BYTES.binding + BYTES.filtering) }
	});
	if (config.profile === 'quick') return;
	add({
		...common,
		id: 'nat-filtering late',
		does: stepSaid('step-nat-filtering', { servers: 'slow-too' }),
		after: [...urls.map(({ id }) => `server-gathering ${id}`), 'nat-filtering early'],
		cost: { seconds: 0, bytes: 0 }
	});
}

function addRelays(config: CheckConfig, urls: ServerUrl[], add: Add): void {
	const relays = turns(urls);
	const { relayBytes } = config.limits;
	// Each byte passes the relay once and this host's own line twice, out and in, and comes back the same way.
	const perRun = 4 * relayBytes + 2 * BYTES.connection + BYTES.allocation;
	const runs = config.profile === 'full' && relays.length > 1 ? 2 : 1;
	relays.forEach(({ url, server, id }) =>
		add({
			id: `relay ${id}`,
			probe: 'relay',
			target: url,
			server,
			does: stepSaid('step-send-through-relay', { url }),
			after: [`server-gathering ${id}`],
			cost: { seconds: 0.5 * runs, bytes: perRun * runs }
		})
	);
}

/** Last: a firewall may take these packets for an attack and block the device, which must not affect the other steps. */
function addHairpin(config: CheckConfig, urls: ServerUrl[], steps: readonly Step[], add: Add): void {
	if (!config.hairpin || observersOf(urls.map(({ url }) => url)).length === 0) return;
	add({
		id: 'hairpin',
		probe: 'hairpin',
		does: stepSaid('step-hairpin', {}),
		after: steps.map(({ id }) => id),
		deadlineMs: HAIRPIN_DEADLINE_MS,
		cost: { seconds: 1.5, bytes: BYTES.filtering + 2 * BYTES.binding }
	});
}

const turns = (urls: ServerUrl[]) => urls.filter(({ kind }) => kind === 'turn');

/** A URL that cannot be read stays in: the browser's refusal is a fact. */
function serverUrls({ iceServers }: CheckConfig): ServerUrl[] {
	return namedServers(serverListFacts(iceServers).servers).map(({ id, url, entry }) => {
		const parsed = parseIceUrl(url);
		const kind = /^\s*turn/i.test(url) ? 'turn' : 'stun';
		return { id, url, server: entry, kind, transport: parsed.ok ? parsed.value.transport : 'udp' };
	});
}

/** What a plan costs where all is well: the bytes of all steps, and the seconds of its longest chain of steps. */
export function planCost(steps: readonly Step[]): Cost {
	const bytes = steps.reduce((sum, { cost }) => sum + cost.bytes, 0);
	const seconds = longestChain(steps, (step) => step.cost.seconds);
	return { seconds: Math.round(seconds * 10) / 10, bytes };
}

/**
 * Seconds after which the run has ended whatever the servers do, from the deadlines of its longest chain of steps. In
 * practice one dead server costs one deadline, since what would follow on it is left out.
 */
export function planSecondsAtMost(steps: readonly Step[]): number {
	return Math.ceil(longestChain(steps, (step) => step.deadlineMs / 1000));
}

function longestChain(steps: readonly Step[], secondsOf: (step: Step) => number): number {
	const ends = new Map<string, number>();
	// A step comes after those it waits for, so one pass is enough.
	for (const step of steps) {
		const ready = Math.max(0, ...step.after.map((id) => ends.get(id) ?? 0));
		ends.set(step.id, ready + step.delayMs / 1000 + secondsOf(step));
	}
	return Math.max(0, ...ends.values());
}

/** A step as a report keeps it. What its probe was told is seen in what it observed. */
export function recordedStep(step: Step): Step {
	const { id, probe, target, server, does, delayMs, deadlineMs, after, patienceMs, cost } = step;
	return { id, probe, target, server, does, delayMs, deadlineMs, after, patienceMs, cost };
}
