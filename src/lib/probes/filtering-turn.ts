/**
 * Filtering by any TURN server, nothing of ours. An ICE agent answers a check with the right credentials from any address as
 * soon as it has its remote description, so: a second connection in this page knocks from its relay on the mapped address
 * of the first, which knows nothing of it. What arrives was let in. What does not is only believed after the control: the
 * first connection writes to the relay itself, which opens any filter, and then the two must meet.
 */
import { isOutside, scopeOfText, type Family } from '../core/base/ip';
import type { IceServer } from '../core/ice/server';
import { familyOfText } from '../core/observations/candidates';
import type { FilterEndpoint, FilterKnock, Outcome, TurnFiltering } from '../core/observations/observation';
import { refusal } from './refusal';

export interface TurnFilteringTask {
	/** One TURN URL and its credentials. */
	server: IceServer;
	url: string;
	/** A STUN server that answered and stands at another address than the relay; null when there is none. */
	far: string | null;
	/** A STUN server that answered, best the TURN server itself. */
	near: string;
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
	const ask = (opened: FilterKnock['opened'], observer: string) => knock({ ...task, opened, observer, endsAt, signal });
	const nearTwice = async () => {
		const first = await ask('relay-address', task.near);
		return { first, again: () => ask('relay-address', task.near) };
	};
	try {
		// Every pass has to happen on two fresh sockets: one alone may be a port that was used a moment ago.
		const { far } = task;
		const [farKnocks, near] = await Promise.all([
			far === null ? [] : Promise.all([ask('other-address', far), ask('other-address', far)]),
			nearTwice()
		]);
		const knocks = [...farKnocks, near.first];
		const states = farKnocks.map(({ state }) => state);
		if (far !== null && states.includes('passed') && !states.every((state) => state === 'passed'))
			knocks.push(await ask('other-address', far));
		const strangersPass = states.length > 0 && states.every((state) => state === 'passed');
		if (near.first.state === 'passed' && !strangersPass) {
			const again = await near.again();
			knocks.push(again);
			if (again.state !== 'passed') knocks.push(await near.again());
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
	observer: string;
	endsAt: number;
	signal: AbortSignal;
}

async function knock(task: KnockTask): Promise<FilterKnock> {
	const probed = new RTCPeerConnection({ iceServers: [{ urls: task.observer }] });
	const knocker = new RTCPeerConnection({ iceServers: [{ ...task.server, urls: task.url }], iceTransportPolicy: 'relay' });
	const result: FilterKnock = {
		opened: task.opened,
		observer: task.observer,
		mapped: null,
		relay: null,
		state: 'inconclusive',
		why: null,
		knockMs: null,
		controlMs: null,
		controlPort: null
	};
	const within = (ms: number) => Math.min(task.endsAt, performance.now() + ms);
	try {
		const startedMs = performance.now();
		const relays = candidatesOf(knocker, (candidate) => candidate.type === 'relay');
		const mappeds = candidatesOf(probed, (candidate) => isMapped(candidate));
		await introduce(probed, knocker);
		const relay = await first(relays, () => true, task);
		if (!relay) return { ...result, why: 'no-relay' };
		const relayMs = performance.now() - startedMs;
		result.relay = endpoint(relay);
		const family = familyOfText(relay.address) as Family;
		const mapped = await first(mappeds, (candidate) => familyOfText(candidate.address) === family, {
			...task,
			endsAt: within(OPENING_MS + 2 * relayMs)
		});
		if (!mapped) return { ...result, why: mappeds.length > 0 ? 'other-family' : 'no-mapped-address' };
		result.mapped = endpoint(mapped);
		if (task.opened === 'relay-address' && !(await open(probed, relay, task, within(OPENING_MS))))
			return { ...result, why: 'not-opened' };

		// An allocation takes two round trips (the first is refused with a nonce), and often name resolution and TLS as well.
		const roundTripMs = relayMs / 2;
		const knockedAt = performance.now();
		await knocker.addIceCandidate(mapped);
		const passed = await until(() => hasMet(probed, knocker, relay), within(KNOCK_MS + KNOCK_ROUND_TRIPS * roundTripMs), task);
		result.knockMs = elapsed(knockedAt);
		if (passed) return { ...result, state: 'passed', controlPort: null };

		const controlAt = performance.now();
		await probed.addIceCandidate(relay);
		const met = await until(() => hasMet(probed, knocker, relay), within(CONTROL_MS + CONTROL_ROUND_TRIPS * roundTripMs), task);
		if (!met) return { ...result, why: 'control-failed' };
		return { ...result, state: 'blocked', controlMs: elapsed(controlAt), controlPort: await portSeenBy(knocker) };
	} finally {
		probed.close();
		knocker.close();
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
async function introduce(probed: RTCPeerConnection, knocker: RTCPeerConnection): Promise<void> {
	probed.createDataChannel('');
	await probed.setLocalDescription();
	await knocker.setRemoteDescription(withoutCandidates(probed.localDescription!));
	await knocker.setLocalDescription();
	await probed.setRemoteDescription(withoutCandidates(knocker.localDescription!));
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
