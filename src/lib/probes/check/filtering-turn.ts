/**
 * NAT filtering tested with any TURN server. An ICE agent answers a check with the right credentials from any address as soon as it
 * has its remote description. So a second connection in this page, `relayed`, sends unsolicited probes (checks) from its relay to the
 * mapped address of the first, `probed`, which was given no candidate. A probe that arrives has passed the filter. Silence counts only
 * after the control: `probed` writes to the relay itself, which opens any filter, and then the two must connect.
 */
import { isOutside, scopeOfText, type Family } from '../../core/base/ip';
import type { IceServer } from '../../core/ice/server';
import { observerAt, isAtAnotherAddress } from '../../core/plan/filtering';
import { familyOfText } from '../../core/observations/candidates';
import { failed } from '../../core/observations/failure-values';
import type { FilterEndpoint, FilterProbe, Outcome, TurnFiltering } from '../../core/observations/observation';
import { refusal } from '../refusal';
import { withoutCandidates } from './without-candidates';

export interface TurnFilteringTask {
	/** One TURN URL and its credentials. */
	server: IceServer;
	url: string;
	/** STUN servers that answered. */
	observers: readonly string[];
}

/** Chromium sends a check about every 50 ms, Firefox five in this time: too many to be all lost by chance. */
const PROBE_MS = 1100;
/** Added because on a slow path each probe and its answer take longer. */
const PROBE_ROUND_TRIPS = 3;
const CONTROL_MS = 700;
const CONTROL_ROUND_TRIPS = 6;
const POLL_MS = 15;
/** How long the probed side may take to send its first packet to the relay's address. */
const OPENING_MS = 600;
/** Browsers refuse to send to some ports; to this one they do. Nothing there needs to answer. */
const OPENING_PORT = 3478;

export async function filterByTurn(
	task: TurnFilteringTask,
	{ deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal }
): Promise<Outcome<TurnFiltering>> {
	const endsAt = performance.now() + deadlineMs;
	const ask = (opened: FilterProbe['opened']) => probeFilter({ ...task, opened, endsAt, signal });
	try {
		// A pass counts only on two new sockets: one alone may have got a port whose mapping of a moment ago is still open.
		const first = await Promise.all([ask('other-address'), ask('other-address'), ask('relay-address')]);
		const results = first.filter((one) => one !== null);
		const passed = (opened: FilterProbe['opened']) =>
			results.filter((one) => one.opened === opened && one.state === 'passed').length;
		const blocked = (opened: FilterProbe['opened']) =>
			results.filter((one) => one.opened === opened && one.state === 'blocked').length;
		const again = async (opened: FilterProbe['opened']) =>
			void results.push(...[await ask(opened)].filter((one) => one !== null));
		if (passed('other-address') === 1 && blocked('other-address') === 1) await again('other-address');
		const unsolicitedPass = passed('other-address') > blocked('other-address');
		if (passed('relay-address') === 1 && !unsolicitedPass) {
			await again('relay-address');
			if (blocked('relay-address') === 1) await again('relay-address');
		}
		const relay = results.find((one) => one.relay !== null)?.relay ?? null;
		return { state: 'seen', data: { method: 'turn', family: familyOfText(relay?.address), server: task.url, probes: results } };
	} catch (error) {
		if (signal.aborted) return failed('aborted', 'failed-cancelled', {});
		return refusal(error);
	}
}

interface ProbeTask extends TurnFilteringTask {
	opened: FilterProbe['opened'];
	/** The observer for a test in which `probed` writes to the relay's address; else the one at that address. */
	near?: string;
	endsAt: number;
	signal: AbortSignal;
}

/** Null when it cannot be tested: no server is known to be at another address than this relay. */
async function probeFilter(task: ProbeTask): Promise<FilterProbe | null> {
	const relayed = new RTCPeerConnection({ iceServers: [{ ...task.server, urls: task.url }], iceTransportPolicy: 'relay' });
	try {
		const startedMs = performance.now();
		const relays = candidatesOf(relayed, (candidate) => candidate.type === 'relay');
		relayed.createDataChannel('');
		await relayed.setLocalDescription();
		const relay = await first(relays, () => true, task);
		// An allocation takes two round trips (the first is refused with a nonce), and often name resolution and TLS as well.
		const roundTripMs = (performance.now() - startedMs) / 2;
		if (!relay?.address) return { ...nothing(task.opened, task.observers[0]!), why: 'no-relay' };
		if (task.opened === 'other-address') {
			const far = task.observers.find((observer) => isAtAnotherAddress(observer, task.url, relay.address!));
			return far === undefined ? null : await probeMapped(far, { ...task, relayed, relay, roundTripMs });
		}
		const near = task.near ?? observerAt(task.observers, task.url, relay.address);
		const result = await probeMapped(near, { ...task, relayed, relay, roundTripMs });
		// No STUN server answers there: another one tells the mapped address, and only the check to a made-up candidate opens the filter.
		if (result.why !== 'no-mapped-address' || near === task.observers[0]) return result;
		relayed.close();
		return await probeFilter({ ...task, near: task.observers[0]! });
	} finally {
		relayed.close();
	}
}

function nothing(opened: FilterProbe['opened'], observer: string): FilterProbe {
	return {
		opened,
		observer,
		mapped: null,
		relay: null,
		state: 'inconclusive',
		why: null,
		probingMs: null,
		controlMs: null,
		controlPort: null
	};
}

interface ProbeSetting extends ProbeTask {
	relayed: RTCPeerConnection;
	relay: RTCIceCandidate;
	roundTripMs: number;
}

async function probeMapped(observer: string, task: ProbeSetting): Promise<FilterProbe> {
	const { relayed, relay, roundTripMs } = task;
	const result: FilterProbe = { ...nothing(task.opened, observer), relay: endpoint(relay) };
	const within = (ms: number) => Math.min(task.endsAt, performance.now() + ms);
	const probed = new RTCPeerConnection({ iceServers: [{ urls: observer }] });
	try {
		const mappeds = candidatesOf(probed, isMapped);
		await introduce(relayed, probed);
		const family = familyOfText(relay.address) as Family;
		const mapped = await first(mappeds, (candidate) => familyOfText(candidate.address) === family, {
			...task,
			endsAt: within(OPENING_MS + 2 * roundTripMs)
		});
		if (!mapped) return { ...result, why: mappeds.length > 0 ? 'other-family' : 'no-mapped-address' };
		result.mapped = endpoint(mapped);
		if (task.opened === 'relay-address' && !(await open(probed, relay, task, within(OPENING_MS)))) {
			return { ...result, why: 'not-opened' };
		}

		const probedAt = performance.now();
		await relayed.addIceCandidate(mapped);
		const passed = await until(() => hasMet(probed, relayed, relay), within(PROBE_MS + PROBE_ROUND_TRIPS * roundTripMs), task);
		result.probingMs = elapsed(probedAt);
		if (passed) return { ...result, state: 'passed' };

		const controlAt = performance.now();
		await probed.addIceCandidate(relay);
		const met = await until(() => hasMet(probed, relayed, relay), within(CONTROL_MS + CONTROL_ROUND_TRIPS * roundTripMs), task);
		if (!met) return { ...result, why: 'control-failed' };
		return { ...result, state: 'blocked', controlMs: elapsed(controlAt), controlPort: await portSeenBy(relayed) };
	} finally {
		probed.close();
	}
}

const elapsed = (since: number) => Math.round((performance.now() - since) * 10) / 10;
const endpoint = ({ address, port }: RTCIceCandidate): FilterEndpoint => ({ address: address ?? '', port: port ?? 0 });

/** A host candidate with a public address may be probed too: without a NAT some browsers give no other. */
function isMapped({ type, protocol, address }: RTCIceCandidate): boolean {
	return (
		protocol === 'udp' && familyOfText(address) !== 'unknown' && (type === 'srflx' || (type === 'host' && !isPrivate(address!)))
	);
}

function isPrivate(address: string): boolean {
	return !isOutside(scopeOfText(address));
}

function candidatesOf(connection: RTCPeerConnection, wanted: (candidate: RTCIceCandidate) => boolean): RTCIceCandidate[] {
	const found: RTCIceCandidate[] = [];
	connection.addEventListener('icecandidate', ({ candidate }) => {
		if (candidate && candidate.candidate !== '' && wanted(candidate)) found.push(candidate);
	});
	return found;
}

/** Each gets the other's description without any candidate: with one, everything would pass. */
async function introduce(relayed: RTCPeerConnection, probed: RTCPeerConnection): Promise<void> {
	await probed.setRemoteDescription(withoutCandidates(relayed.localDescription!));
	await probed.setLocalDescription();
	await relayed.setRemoteDescription(withoutCandidates(probed.localDescription!));
}

async function first(
	found: readonly RTCIceCandidate[],
	wanted: (candidate: RTCIceCandidate) => boolean,
	task: { endsAt: number; signal: AbortSignal }
): Promise<RTCIceCandidate | null> {
	await until(async () => found.some(wanted), task.endsAt, task);
	return found.find(wanted) ?? null;
}

/** Makes the probed side write to the relay's address at a port that is not the relay's; true once it has. */
async function open(probed: RTCPeerConnection, relay: RTCIceCandidate, task: ProbeTask, endsAt: number): Promise<boolean> {
	const line = `candidate:1 1 udp 1 ${relay.address} ${OPENING_PORT} typ host`;
	await probed.addIceCandidate({ candidate: line, sdpMid: relay.sdpMid, sdpMLineIndex: relay.sdpMLineIndex });
	return until(
		async () => {
			const stats = await probed.getStats();
			return pairs(stats).some((pair) => remotePort(stats, pair) === OPENING_PORT && hasSent(pair));
		},
		endsAt,
		task
	);
}

/**
 * True when a check from the relay reached the probed side. Chromium shows it first as a pair with a received request, Firefox as the
 * connection of the other side; the relay is recognised by its port, since addresses of peer-reflexive candidates are hidden.
 */
async function hasMet(probed: RTCPeerConnection, relayed: RTCPeerConnection, relay: RTCIceCandidate): Promise<boolean> {
	if (relayed.iceConnectionState === 'connected' || relayed.iceConnectionState === 'completed') return true;
	const stats = await probed.getStats();
	return pairs(stats).some((pair) => remotePort(stats, pair) === relay.port && (pair.requestsReceived ?? 0) > 0);
}

/** The port of the probed side as the relay sees it, from the selected or only answered pair of `relayed`. */
async function portSeenBy(relayed: RTCPeerConnection): Promise<number | null> {
	const stats = await relayed.getStats();
	const answered = pairs(stats).filter((pair) => pair.nominated || (pair.requestsReceived ?? 0) > 0);
	const best = answered.find((pair) => pair.nominated) ?? answered[0];
	return best ? remotePort(stats, best) : null;
}

/** Firefox counts no requests: there the pair's state shows it, which Firefox spells its own way. */
function hasSent(pair: Pair): boolean {
	const state = String(pair.state).replace('-', '');
	return (pair.requestsSent ?? 0) > 0 || (pair.requestsSent === undefined && (state === 'inprogress' || state === 'failed'));
}

type Pair = RTCIceCandidatePairStats & { requestsReceived?: number; requestsSent?: number };

function pairs(stats: RTCStatsReport): Pair[] {
	return [...stats.values()].filter((entry) => entry.type === 'candidate-pair');
}

function remotePort(stats: RTCStatsReport, pair: Pair): number | null {
	return (stats.get(pair.remoteCandidateId) as { port?: number } | undefined)?.port ?? null;
}

/** Polls; stops at `endsAt` with false. */
async function until(done: () => Promise<boolean>, endsAt: number, { signal }: { signal: AbortSignal }): Promise<boolean> {
	for (;;) {
		signal.throwIfAborted();
		if (await done()) return true;
		if (performance.now() >= endsAt) return false;
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}
