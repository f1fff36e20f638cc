/** One end of a capture, written as the connection that its own browser would have recorded. */
import { formatEndpoint } from '../../base/ip';
import type { ConnectionBuilder, RecordingBuilder } from '../builder';
import { addServer, addServerError } from '../candidate-lines';
import type { EndHere, KindOfEnd, Seen } from './ends-here';
import { otherWay, type Counts, type End } from './flow';

/** A server that answered nothing for so long was silent; before that it was late, or the capture ended. */
const SILENT_MS = 1500;
const LEAST_ASKED = 3;

interface Seeing {
	/** TCP connections that were refused. */
	refused: ReadonlyMap<string, { from: End; to: End; atMs: number }>;
	kindOf: KindOfEnd;
}

export function writeEnd(recording: RecordingBuilder, id: string, end: EndHere, { refused, kindOf }: Seeing): void {
	const builder = recording.connection(id);
	const first = end.peers[0];
	const others = new Set(end.peers.map(({ flow, out }) => flow.ends[otherWay(out)].address));
	const towards = first ? ` to ${others.size === 1 ? [...others][0]! : `${others.size} addresses`}` : ', servers asked';
	builder.label = `${end.address}${towards}`;
	for (const seen of end.servers) writeServer(builder, seen);
	for (const { from, to, atMs } of refused.values())
		if (from.address === end.address && (to.port === 3478 || to.port === 5349))
			addServerError(
				builder,
				{ url: urlOf('turn', to, 'tcp'), errorCode: 701, errorText: 'The TCP connection was refused.' },
				atMs
			);
	writePeers(builder, end, kindOf);
}

const urlOf = (scheme: 'stun' | 'turn', { address, port }: End, protocol: 'udp' | 'tcp') =>
	`${scheme}:${formatEndpoint(address, port)}${scheme === 'turn' ? `?transport=${protocol}` : ''}`;

function writeServer(builder: ConnectionBuilder, { flow, out }: Seen): void {
	const [own, server] = [flow.ends[out], flow.ends[otherWay(out)]];
	const counts = flow.counts[out];
	const isTurn =
		counts.username !== null || flow.relay !== null || flow.errors.some(({ method }) => method !== 'Binding' && method !== null);
	const url = urlOf(isTurn ? 'turn' : 'stun', server, flow.protocol);
	addServer(builder, url, counts.username, counts.firstRequestMs);
	const told = new Set<string>();
	for (const { atMs, direction, code, reason, method, username, isChallenge } of flow.errors) {
		const key = `${method} ${code} ${username}`;
		if (direction === out || isChallenge || told.has(key)) continue;
		told.add(key);
		const errorText = method === 'Allocate' || method === 'Binding' ? reason : `${method ?? 'Request'}: ${reason}`;
		const request = method === 'Refresh' ? { request: 'refresh' as const } : {};
		const user = username === null ? {} : { username };
		addServerError(builder, { url, errorCode: code, errorText, ...user, ...own, ...request }, atMs);
	}
	const waited = flow.lastMs - (counts.firstRequestMs ?? flow.lastMs);
	const silent = (counts.requests >= LEAST_ASKED && waited >= SILENT_MS) || counts.unreachable > 0;
	if (counts.answers === 0 && flow.errors.length === 0 && silent) {
		const what =
			counts.unreachable > 0
				? 'The port is unreachable, as ICMP says.'
				: `${isTurn ? 'TURN allocate' : 'STUN binding'} request timed out.`;
		addServerError(builder, { url, errorCode: 701, errorText: what, ...own }, counts.lastRequestMs);
	}
	const base = { type: 'local-candidate', url };
	const { mapped, relay } = flow;
	if (mapped && (mapped.end.address !== own.address || mapped.end.port !== own.port))
		builder.addReport(mapped.atMs, candidateId('local', 'srflx', mapped.end), {
			...base,
			candidateType: 'srflx',
			protocol: flow.protocol,
			...mapped.end,
			relatedAddress: own.address,
			relatedPort: own.port
		});
	if (relay)
		builder.addReport(relay.atMs, candidateId('local', 'relay', relay.end), {
			...base,
			candidateType: 'relay',
			protocol: 'udp',
			relayProtocol: flow.protocol,
			...relay.end
		});
}

const candidateId = (side: 'local' | 'remote', type: string, { address, port }: End) => `${side} ${type} ${address} ${port}`;

function writePeers(builder: ConnectionBuilder, { peers }: EndHere, kindOf: KindOfEnd): void {
	if (peers.length === 0) return;
	const event = (atMs: number, call: 'ice-state' | 'dtls-state', state: string) =>
		builder.events.push({ atMs, peer: builder.id, call, phase: 'event', state });
	const firstOf = (values: readonly (number | null)[]) =>
		values.reduce<number | null>((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
	const checking = firstOf(peers.map(({ flow, out }) => flow.counts[out].firstRequestMs));
	const connected = firstOf(peers.map(({ flow, out }) => flow.counts[out].firstAnswerMs));
	if (checking !== null) event(checking, 'ice-state', 'checking');
	if (connected !== null) event(connected, 'ice-state', 'connected');
	const used = peers.reduce((best, each) => (each.flow.mediaBytes > best.flow.mediaBytes ? each : best));
	for (const seen of peers) writePair(builder, seen, seen === used && used.flow.mediaBytes > 0, kindOf);
	const withDtls = peers.find(({ flow }) => flow.dtls.changes.length > 0);
	const transport: Record<string, unknown> = { type: 'transport' };
	// Checks alone, from the beginning of the pair on: DTLS had not been before the capture.
	if (connected !== null && !withDtls && used.flow.mediaBytes === 0 && peers.some(({ flow, out }) => isNew(flow.counts[out]))) {
		event(connected, 'dtls-state', 'new');
		transport.dtlsState = 'new';
	}
	if (used.flow.mediaBytes > 0) transport.selectedCandidatePairId = pairId(used, kindOf);
	for (const { atMs, state } of withDtls?.flow.dtls.changes ?? []) {
		event(atMs, 'dtls-state', state);
		builder.addReport(atMs, 'transport', { ...transport, dtlsState: state });
	}
	for (const { atMs, direction, name, fatal } of withDtls?.flow.dtls.alerts ?? [])
		builder.events.push({
			atMs,
			peer: builder.id,
			call: 'other',
			phase: 'event',
			name: `DTLS alert ${direction === withDtls!.out ? 'sent' : 'received'}`,
			detail: `${fatal ? 'fatal' : 'warning'}: ${name}`
		});
	const [sent, received] = [used.out, otherWay(used.out)];
	for (const { atMs, counts } of used.flow.rows)
		builder.addReport(atMs, 'transport', {
			...transport,
			bytesSent: counts[sent].bytes,
			bytesReceived: counts[received].bytes,
			packetsSent: counts[sent].packets,
			packetsReceived: counts[received].packets
		});
	for (const seen of peers) writeStreams(builder, seen);
}

/** Consent is asked for every 5 s, and by libwebrtc every 2.5 s (RFC 7675 §5.1); a pair that is new at once and again. */
const NEW_WITHIN_MS = 2000;
const isNew = ({ firstRequestMs, thirdRequestMs }: Counts) =>
	firstRequestMs !== null && thirdRequestMs !== null && thirdRequestMs - firstRequestMs < NEW_WITHIN_MS;

const typeOf = ({ flow, out }: Seen, side: 'local' | 'remote', kindOf: KindOfEnd) =>
	side === 'local' && flow.relayed ? 'relay' : kindOf(flow.ends[side === 'local' ? out : otherWay(out)]);
const endIds = (seen: Seen, kindOf: KindOfEnd) => ({
	local: candidateId('local', typeOf(seen, 'local', kindOf), seen.flow.ends[seen.out]),
	remote: candidateId('remote', typeOf(seen, 'remote', kindOf), seen.flow.ends[otherWay(seen.out)])
});

function pairId(seen: Seen, kindOf: KindOfEnd): string {
	const { local, remote } = endIds(seen, kindOf);
	return `${local} to ${remote}`;
}

function writePair(builder: ConnectionBuilder, seen: Seen, selected: boolean, kindOf: KindOfEnd): void {
	const { flow, out } = seen;
	const ids = endIds(seen, kindOf);
	const back = otherWay(out);
	for (const side of ['local', 'remote'] as const) {
		const end = flow.ends[side === 'local' ? out : back];
		// What a relay's client could not be told of, the allocation having begun before the capture.
		if (end.address === '') continue;
		builder.addReport(flow.firstMs, ids[side], {
			type: `${side}-candidate`,
			candidateType: typeOf(seen, side, kindOf),
			protocol: flow.protocol,
			...end
		});
	}
	const total = flow.counts[out];
	for (const { atMs, counts } of flow.rows) {
		const [sent, received] = [counts[out], counts[back]];
		const answered = sent.answers > 0;
		builder.addReport(atMs, `${ids.local} to ${ids.remote}`, {
			type: 'candidate-pair',
			localCandidateId: ids.local,
			remoteCandidateId: ids.remote,
			state: answered ? 'succeeded' : sent.requests > 0 ? 'in-progress' : 'waiting',
			nominated: total.nominatedMs !== null && atMs >= total.nominatedMs,
			selected,
			requestsSent: sent.requests,
			responsesReceived: sent.answers,
			requestsReceived: received.requests,
			responsesSent: received.answers,
			bytesSent: sent.bytes,
			bytesReceived: received.bytes,
			packetsSent: sent.packets,
			packetsReceived: received.packets,
			...(sent.rttMs === null ? {} : { currentRoundTripTime: sent.rttMs / 1000, totalRoundTripTime: sent.totalRttMs / 1000 })
		});
	}
}

function writeStreams(builder: ConnectionBuilder, { flow, out }: Seen): void {
	for (const { atMs, rtp } of flow.rows)
		for (const { direction, ssrc, packets, bytes, lost, duplicates } of rtp) {
			const isOut = direction === out;
			builder.addReport(atMs, `${isOut ? 'sent' : 'received'} ${ssrc}`, {
				type: isOut ? 'outbound-rtp' : 'inbound-rtp',
				ssrc,
				...(isOut
					? { packetsSent: packets, bytesSent: bytes, packetsMissingInCapture: lost }
					: { packetsReceived: packets - duplicates, bytesReceived: bytes, packetsLost: lost, packetsDuplicated: duplicates })
			});
		}
}
