/**
 * Filtering by any TURN server, nothing of ours. An ICE agent answers a check with the right credentials from any address as
 * soon as it has its remote description, so: a second connection in this page knocks from its relay on the mapped address
 * of the first, which knows nothing of it. What arrives was let in. What does not is only believed after the control: the
 * first connection writes to the relay itself, which opens any filter, and then the two must meet.
 */
import { isOutside, scopeOfText, type Family } from '../../core/base/ip';
import type { IceServer } from '../../core/ice/server';
import { observerAt, isAtAnotherAddress } from '../../core/plan/filtering';
import { familyOfText } from '../../core/observations/candidates';
import type { FilterEndpoint, FilterKnock, Outcome, TurnFiltering } from '../../core/observations/observation';
import { refusal } from '../refusal';

export interface TurnFilteringTask {
	/** One TURN URL and its credentials. */
	server: IceServer;
	url: string;
	/** STUN servers that answered. */
	observers: readonly string[];
}

/** Chromium sends a check about every 50 ms, Firefox five in this time: many more than loss could take. */
const KNOCK_MS = 1100;
/** … and on a slow path every one of them is late by a round trip. */
const KNOCK_ROUND_TRIPS = 3;
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
	const ask = (opened: FilterKnock['opened']) => knock({ ...task, opened, endsAt, signal });
	try {
		// Every pass has to happen on two fresh sockets: one alone may be a port that was used a moment ago.
		const first = await Promise.all([ask('other-address'), ask('other-address'), ask('relay-address')]);
		const knocks = first.filter((one) => one !== null);
		const passed = (opened: FilterKnock['opened']) =>
			knocks.filter((one) => one.opened === opened && one.state === 'passed').length;
		const blocked = (opened: FilterKnock['opened']) =>
			knocks.filter((one) => one.opened === opened && one.state === 'blocked').length;
		const again = async (opened: FilterKnock['opened']) => void knocks.push(...[await ask(opened)].filter((one) => one !== null));
		if (passed('other-address') === 1 && blocked('other-address') === 1) await again('other-address');
		const strangersPass = passed('other-address') > blocked('other-address');
		if (passed('relay-address') === 1 && !strangersPass) {
			await again('relay-address');
			if (blocked('relay-address') === 1) await again('relay-address');
		}
		const relay = knocks.find((one) => one.relay !== null)?.relay ?? null;
		return { state: 'seen', data: { method: 'turn', family: familyOfText(relay?.address), server: task.url, knocks } };
	} catch (error) {
		if (signal.aborted) return { state: 'failed', code: 'aborted', message: 'Cancelled.' };
		return refusal(error);
	}
}

interface KnockTask extends TurnFilteringTask {
	opened: FilterKnock['opened'];
	/** The observer to take for a knock that goes by the relay's address; else the one that stands there. */
	near?: string;
	endsAt: number;
	signal: AbortSignal;
}

/** Null when it cannot be asked: no server is known to stand at another address than this relay. */
async function knock(task: KnockTask): Promise<FilterKnock | null> {
	const knocker = new RTCPeerConnection({ iceServers: [{ ...task.server, urls: task.url }], iceTransportPolicy: 'relay' });
	try {
		const startedMs = performance.now();
		const relays = candidatesOf(knocker, (candidate) => candidate.type === 'relay');
		knocker.createDataChannel('');
		await knocker.setLocalDescription();
		const relay = await first(relays, () => true, task);
		// An allocation takes two round trips (the first is refused with a nonce), and often name resolution and TLS as well.
		const roundTripMs = (performance.now() - startedMs) / 2;
		if (!relay?.address) return { ...nothing(task.opened, task.observers[0]!), why: 'no-relay' };
		if (task.opened === 'other-address') {
			const far = task.observers.find((observer) => isAtAnotherAddress(observer, task.url, relay.address!));
			return far === undefined ? null : await knockOn(far, { ...task, knocker, relay, roundTripMs });
		}
		const near = task.near ?? observerAt(task.observers, task.url, relay.address);
		const result = await knockOn(near, { ...task, knocker, relay, roundTripMs });
		// Nobody answers there: the mapped address has to come from elsewhere, and a made-up candidate alone opens the filter.
		if (result.why !== 'no-mapped-address' || near === task.observers[0]) return result;
		knocker.close();
		return await knock({ ...task, near: task.observers[0]! });
	} finally {
		knocker.close();
	}
}

function nothing(opened: FilterKnock['opened'], observer: string): FilterKnock {
	return {
		opened,
		observer,
		mapped: null,
		relay: null,
		state: 'inconclusive',
		why: null,
		knockMs: null,
		controlMs: null,
		controlPort: null
	};
}

interface KnockSetting extends KnockTask {
	knocker: RTCPeerConnection;
	relay: RTCIceCandidate;
	roundTripMs: number;
}

async function knockOn(observer: string, task: KnockSetting): Promise<FilterKnock> {
	const { knocker, relay, roundTripMs } = task;
	const result: FilterKnock = { ...nothing(task.opened, observer), relay: endpoint(relay) };
	const within = (ms: number) => Math.min(task.endsAt, performance.now() + ms);
	const probed = new RTCPeerConnection({ iceServers: [{ urls: observer }] });
	try {
		const mappeds = candidatesOf(probed, isMapped);
		await introduce(knocker, probed);
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

		const knockedAt = performance.now();
		await knocker.addIceCandidate(mapped);
		const passed = await until(() => hasMet(probed, knocker, relay), within(KNOCK_MS + KNOCK_ROUND_TRIPS * roundTripMs), task);
		result.knockMs = elapsed(knockedAt);
		if (passed) return { ...result, state: 'passed' };

		const controlAt = performance.now();
		await probed.addIceCandidate(relay);
		const met = await until(() => hasMet(probed, knocker, relay), within(CONTROL_MS + CONTROL_ROUND_TRIPS * roundTripMs), task);
		if (!met) return { ...result, why: 'control-failed' };
		return { ...result, state: 'blocked', controlMs: elapsed(controlAt), controlPort: await portSeenBy(knocker) };
	} finally {
		probed.close();
	}
}

const elapsed = (since: number) => Math.round((performance.now() - since) * 10) / 10;
const endpoint = ({ address, port }: RTCIceCandidate): FilterEndpoint => ({ address: address ?? '', port: port ?? 0 });

/** A host candidate that shows its address may be knocked on too: without NAT some browsers give no other. */
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

/** Each gets the other's description without a single candidate: one that leaked would make everything pass. */
async function introduce(knocker: RTCPeerConnection, probed: RTCPeerConnection): Promise<void> {
	await probed.setRemoteDescription(withoutCandidates(knocker.localDescription!));
	await probed.setLocalDescription();
	await knocker.setRemoteDescription(withoutCandidates(probed.localDescription!));
}

function withoutCandidates({ type, sdp }: RTCSessionDescription): RTCSessionDescriptionInit {
	return { type, sdp: sdp.replace(/^a=(candidate:|end-of-candidates).*\r?\n/gm, '') };
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
async function open(probed: RTCPeerConnection, relay: RTCIceCandidate, task: KnockTask, endsAt: number): Promise<boolean> {
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
 * True when a check from the relay reached the probed side. Chromium shows it first as a pair with a received request,
 * Firefox as the knocker's connection; the port tells the relay from anything else, since learnt addresses are hidden.
 */
async function hasMet(probed: RTCPeerConnection, knocker: RTCPeerConnection, relay: RTCIceCandidate): Promise<boolean> {
	if (knocker.iceConnectionState === 'connected' || knocker.iceConnectionState === 'completed') return true;
	const stats = await probed.getStats();
	return pairs(stats).some((pair) => remotePort(stats, pair) === relay.port && (pair.requestsReceived ?? 0) > 0);
}

/** The port of the probed side as the relay sees it, from the knocker's selected or only answered pair. */
async function portSeenBy(knocker: RTCPeerConnection): Promise<number | null> {
	const stats = await knocker.getStats();
	const answered = pairs(stats).filter((pair) => pair.nominated || (pair.requestsReceived ?? 0) > 0);
	const best = answered.find((pair) => pair.nominated) ?? answered[0];
	return best ? remotePort(stats, best) : null;
}

/** Firefox counts no requests: there the state is the sign, spelt in its own way. */
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
