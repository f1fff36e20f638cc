/**
 * Hairpinning (RFC 4787 §6): does the NAT deliver packets that come from inside and go to its own external address? Two connections of
 * this page are each given only the other's public address. Silence counts only after the control: given the host addresses as well,
 * the same two must connect. Some firewalls take such packets for an attack, so it is tested only on request.
 */
import { familyOfText } from '../../core/observations/candidates';
import { failed } from '../../core/observations/failure-values';
import type { FilterEndpoint, HairpinTest, Outcome } from '../../core/observations/observation';
import { refusal } from '../refusal';
import { withoutCandidates } from './without-candidates';

/** Some twenty checks in Chromium and five in Firefox. */
const TRY_MS = 1200;
const CONTROL_MS = 1500;
const GATHER_MS = 1500;
const POLL_MS = 15;

export async function testHairpin(
	observer: string,
	{ deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal }
): Promise<Outcome<HairpinTest>> {
	const ends: End[] = [];
	const endsAt = performance.now() + deadlineMs;
	const wait = (done: () => boolean | Promise<boolean>, ms: number) =>
		until(done, Math.min(endsAt, performance.now() + ms), signal);
	const result: HairpinTest = {
		family: 'ipv4',
		observer,
		mapped: [null, null],
		state: 'inconclusive',
		why: null,
		triedMs: null,
		controlMs: null
	};
	try {
		const [one, two] = [openEnd(observer, ends), openEnd(observer, ends)];
		one.connection.createDataChannel('');
		await one.connection.setLocalDescription();
		await two.connection.setRemoteDescription(withoutCandidates(one.connection.localDescription!));
		await two.connection.setLocalDescription();
		await one.connection.setRemoteDescription(withoutCandidates(two.connection.localDescription!));
		await wait(() => mappedOf(one) !== null && mappedOf(two) !== null, GATHER_MS);
		const [first, second] = [mappedOf(one), mappedOf(two)];
		result.mapped = [endpoint(first), endpoint(second)];
		if (!first || !second) return { state: 'seen', data: { ...result, why: 'no-mapped-address' } };

		const triedAt = performance.now();
		await Promise.all([one.connection.addIceCandidate(second), two.connection.addIceCandidate(first)]);
		const returned = async () => (await hasAnswer(one, second)) || (await hasAnswer(two, first));
		const came = await wait(returned, TRY_MS);
		result.triedMs = elapsed(triedAt);
		if (came) return { state: 'seen', data: { ...result, state: 'returned' } };
		if ((await hasHeard(one)) || (await hasHeard(two))) return { state: 'seen', data: { ...result, state: 'arrived' } };

		const controlAt = performance.now();
		await Promise.all([introduce(one, two), introduce(two, one)]);
		const met = await wait(() => isConnected(one) || isConnected(two), CONTROL_MS);
		if (!met) return { state: 'seen', data: { ...result, why: 'control-failed' } };
		return { state: 'seen', data: { ...result, state: 'lost', controlMs: elapsed(controlAt) } };
	} catch (error) {
		if (signal.aborted) return failed('aborted', 'failed-cancelled', {});
		return refusal(error);
	} finally {
		// The browser would go on sending checks for 15 s.
		for (const { connection } of ends) connection.close();
	}
}

interface End {
	connection: RTCPeerConnection;
	candidates: RTCIceCandidate[];
}

function openEnd(observer: string, ends: End[]): End {
	const connection = new RTCPeerConnection({ iceServers: [{ urls: observer }] });
	const end: End = { connection, candidates: [] };
	connection.onicecandidate = ({ candidate }) => {
		if (candidate && candidate.candidate !== '') end.candidates.push(candidate);
	};
	ends.push(end);
	return end;
}

function mappedOf({ candidates }: End): RTCIceCandidate | null {
	return candidates.find(({ type, address }) => type === 'srflx' && familyOfText(address) === 'ipv4') ?? null;
}

const endpoint = (candidate: RTCIceCandidate | null): FilterEndpoint | null =>
	candidate && { address: candidate.address ?? '', port: candidate.port ?? 0 };

const elapsed = (since: number) => Math.round((performance.now() - since) * 10) / 10;

async function introduce(to: End, other: End): Promise<void> {
	const inside = other.candidates.filter(({ type, protocol }) => type === 'host' && protocol === 'udp');
	await Promise.all(inside.map((candidate) => to.connection.addIceCandidate(candidate)));
}

function isConnected({ connection }: End): boolean {
	return connection.iceConnectionState === 'connected' || connection.iceConnectionState === 'completed';
}

type Pair = RTCIceCandidatePairStats & { requestsReceived?: number; responsesReceived?: number };
type Candidate = { candidateType?: string; port?: number };

/**
 * An answer from the other's public port. A peer-reflexive address does not count: packets that the router hairpins without translating
 * their source come from an internal address, to which no peer outside would send.
 */
async function hasAnswer({ connection }: End, mapped: RTCIceCandidate): Promise<boolean> {
	return (await pairsOf(connection)).some(
		({ pair, remote }) =>
			remote.candidateType === 'srflx' &&
			remote.port === mapped.port &&
			((pair.responsesReceived ?? 0) > 0 || (pair.state as string) === 'succeeded')
	);
}

/** Firefox counts no requests; there an arrival shows as a pair with a peer-reflexive candidate. */
async function hasHeard({ connection }: End): Promise<boolean> {
	return (await pairsOf(connection)).some(
		({ pair, remote }) => (pair.requestsReceived ?? 0) > 0 || remote.candidateType === 'prflx'
	);
}

async function pairsOf(connection: RTCPeerConnection): Promise<{ pair: Pair; remote: Candidate }[]> {
	const stats = await connection.getStats();
	return [...stats.values()]
		.filter(({ type }) => type === 'candidate-pair')
		.map((pair: Pair) => ({ pair, remote: (stats.get(pair.remoteCandidateId) ?? {}) as Candidate }));
}

async function until(done: () => boolean | Promise<boolean>, endsAt: number, signal: AbortSignal): Promise<boolean> {
	for (;;) {
		signal.throwIfAborted();
		if (await done()) return true;
		if (performance.now() >= endsAt) return false;
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}
