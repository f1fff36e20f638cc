/** Two connections in one page, joined to each other with one configuration: what ICE does with every candidate pair. */
import { pairPriority } from '../core/ice/pair';
import { formatEndpoint } from '../core/base/ip';

/** One end of a pair as the browser's statistics name it (W3C RTCIceCandidateStats). */
export interface PairEnd {
	type: string;
	protocol: string;
	/** Null where the browser hides it. */
	address: string | null;
	port: number | null;
	priority: number | null;
}

export interface PairRecord {
	/** W3C RTCStatsIceCandidatePairState. */
	state: string;
	nominated: boolean;
	selected: boolean;
	local: PairEnd;
	remote: PairEnd;
	/** RFC 8445 §6.1.2.3, of the candidates' priorities as the controlling side has them; decimal, for it needs 63 bits. */
	priority: string | null;
	rttMs: number | null;
	requestsSent: number;
	responsesReceived: number;
	bytesSent: number;
	bytesReceived: number;
}

export interface Pairing {
	/** When the controlling side was connected, ms after the start; null when it was not in time. */
	connectedMs: number | null;
	tookMs: number;
	/** The controlling side's pairs, best first. */
	pairs: PairRecord[];
}

export interface PairingOptions {
	deadlineMs: number;
	signal: AbortSignal;
	/** Adds what is to be negotiated: a data channel, tracks. */
	prepare(connection: RTCPeerConnection): void;
	onPairs?: (pairs: PairRecord[]) => void;
}

/** After the first pair connected the others are still being checked; this is long enough to see them answered. */
const SETTLE_MS = 1200;
const POLL_MS = 250;

/** Rejects with the browser's exception, or with the signal's reason; both connections are closed in every case. */
export async function tryPairs(configuration: RTCConfiguration, options: PairingOptions): Promise<Pairing> {
	const { signal, deadlineMs } = options;
	signal.throwIfAborted();
	const controlling = new RTCPeerConnection(configuration);
	const controlled = new RTCPeerConnection(configuration);
	try {
		const startedMs = performance.now();
		const since = () => performance.now() - startedMs;
		let connectedMs: number | null = null;
		controlling.onconnectionstatechange = () => {
			if (controlling.connectionState === 'connected') connectedMs ??= since();
		};
		controlling.onicecandidate = ({ candidate }) => void controlled.addIceCandidate(candidate ?? undefined).catch(() => {});
		controlled.onicecandidate = ({ candidate }) => void controlling.addIceCandidate(candidate ?? undefined).catch(() => {});
		options.prepare(controlling);
		await controlling.setLocalDescription();
		await controlled.setRemoteDescription(controlling.localDescription!);
		await controlled.setLocalDescription();
		await controlling.setRemoteDescription(controlled.localDescription!);
		let pairs: PairRecord[] = [];
		while (since() < deadlineMs && (connectedMs === null || since() < connectedMs + SETTLE_MS)) {
			await pause(POLL_MS, signal);
			pairs = readPairs(await controlling.getStats());
			options.onPairs?.(pairs);
		}
		return { connectedMs, tookMs: since(), pairs };
	} finally {
		controlling.close();
		controlled.close();
	}
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const abort = () => (clearTimeout(timer), reject(signal.reason));
		const timer = setTimeout(() => (signal.removeEventListener('abort', abort), resolve()), ms);
		signal.addEventListener('abort', abort, { once: true });
	});
}

/** What the statistics hold and the DOM library does not name. */
type PairStats = RTCIceCandidatePairStats & { selected?: boolean };
interface CandidateStats {
	candidateType?: string;
	protocol?: string;
	address?: string | null;
	ip?: string;
	port?: number;
	priority?: number;
}

function readPairs(stats: RTCStatsReport): PairRecord[] {
	const entries = new Map<string, unknown>();
	stats.forEach((entry: { id: string }) => entries.set(entry.id, entry));
	let selectedId: string | undefined;
	stats.forEach((entry: { type: string; selectedCandidatePairId?: string }) => {
		if (entry.type === 'transport') selectedId = entry.selectedCandidatePairId ?? selectedId;
	});
	const pairs: PairRecord[] = [];
	stats.forEach((entry: { type: string }) => {
		if (entry.type !== 'candidate-pair') return;
		const pair = entry as unknown as PairStats;
		const local = readEnd(entries.get(pair.localCandidateId) as CandidateStats | undefined);
		const remote = readEnd(entries.get(pair.remoteCandidateId) as CandidateStats | undefined);
		pairs.push({
			state: pair.state,
			nominated: pair.nominated ?? false,
			selected: selectedId === undefined ? (pair.selected ?? false) : pair.id === selectedId,
			local,
			remote,
			priority:
				local.priority === null || remote.priority === null ? null : String(pairPriority(local.priority, remote.priority)),
			rttMs: pair.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
			requestsSent: pair.requestsSent ?? 0,
			responsesReceived: pair.responsesReceived ?? 0,
			bytesSent: pair.bytesSent ?? 0,
			bytesReceived: pair.bytesReceived ?? 0
		});
	});
	const value = ({ priority }: PairRecord) => BigInt(priority ?? 0);
	return pairs.sort(
		(a, b) => Number(b.selected) - Number(a.selected) || (value(a) < value(b) ? 1 : value(a) > value(b) ? -1 : 0)
	);
}

function readEnd(stats: CandidateStats | undefined): PairEnd {
	return {
		type: stats?.candidateType ?? 'unknown',
		protocol: stats?.protocol ?? 'unknown',
		address: stats?.address || stats?.ip || null,
		port: stats?.port ?? null,
		priority: stats?.priority ?? null
	};
}

/** `host udp 192.0.2.7:5000`, for people. */
export function describePairEnd({ type, protocol, address, port }: PairEnd): string {
	return `${type} ${protocol} ${address === null || port === null ? (port ?? '') : formatEndpoint(address, port)}`.trim();
}
