/** Two RTCPeerConnections in this page, the near one confined to a relay, and data sent to the far one and back. */
import { isShown, type Endpoint } from '../../core/observations/candidates';
import type { RelayRun } from '../../core/observations/observation';
import { spreadOf } from '../../core/recording/spread';
import { errorRecord } from '../candidate-records';

export interface RelayRunOptions {
	toward: RelayRun['toward'];
	/** The TURN URL that the far end relays by; null for its own sockets. */
	peerUrl: string | null;
	near: RTCConfiguration;
	far: RTCConfiguration;
	bytes: number;
	deadlineMs: number;
	/** This device as the TURN server saw it, which the far end may not learn itself: see FarObservers. */
	ownAddress: Endpoint | null;
}

export interface RunningRelay {
	/** Resolves when the bytes came back, when nothing can come any more, at the deadline, or by `finish`. */
	result: Promise<RelayRun>;
	/** Ends now, with what is known by now. */
	finish(): void;
	/** Closes both connections before it returns; `result` resolves with what is known. */
	cancel(): void;
}

/** Small enough for every path's MTU without fragments of the data channel's own. */
const MESSAGE_BYTES = 1024;
/** Kept in flight, so that a large transfer does not fill the memory. */
const BUFFERED_AT_MOST = 256 * 1024;
const PINGS = 5;
/** On a slow path fewer pings are sent, so that the result is not late. */
const PINGS_WITHIN_MS = 600;

/** Starts at once. Throws what the constructor throws; afterwards it never rejects, and both connections are closed in every case. */
export function startRelayRun(options: RelayRunOptions): RunningRelay {
	const near = new RTCPeerConnection(options.near);
	const far = openFar(options.far, near);
	const startedMs = performance.now();
	const now = () => Math.round((performance.now() - startedMs) * 100) / 100;
	const run: RelayRun = {
		toward: options.toward,
		peerUrl: options.peerUrl,
		state: 'not-allocated',
		connectMs: null,
		bytesOut: 0,
		bytesBack: 0,
		rttMs: null,
		relayAddress: null,
		relayPort: null,
		remote: null,
		farType: null,
		farAddresses: [],
		farCandidates: 0,
		errors: []
	};
	const farAddresses = new Set<string>();
	let farCandidates = 0;
	const roundTripsMs: number[] = [];
	let settle: (run: RelayRun) => void;
	const result = new Promise<RelayRun>((resolve) => (settle = resolve));
	let ended = false;

	const close = (remote: RelayRun['remote']) => {
		near.close();
		far.close();
		settle({ ...run, remote, farAddresses: [...farAddresses], farCandidates });
	};
	const finish = () => {
		if (ended) return;
		ended = true;
		clearTimeout(deadline);
		run.rttMs = median(roundTripsMs);
		if (run.bytesOut > 0 && run.bytesBack > 0) run.state = 'carried';
		else if (run.connectMs !== null) run.state = 'connected-without-data';
		else if (run.relayAddress !== null) run.state = 'not-connected';
		void Promise.all([remoteOf(near, run.connectMs !== null), ownTypeOf(far, options.peerUrl === null)]).then(
			([remote, farType]) => {
				run.farType = farType;
				close(remote);
			}
		);
	};
	const cancel = () => {
		ended = true;
		clearTimeout(deadline);
		close(null);
	};
	const deadline = setTimeout(finish, options.deadlineMs);

	const keepError = (event: RTCPeerConnectionIceErrorEvent) => void run.errors.push(errorRecord(event, now()));
	near.onicecandidateerror = keepError;
	// What another server says is not this one's.
	if (options.toward === 'self') far.onicecandidateerror = keepError;
	near.onicegatheringstatechange = () => {
		// Nothing was allocated and nothing will be.
		if (near.iceGatheringState === 'complete' && run.relayAddress === null) finish();
	};
	near.onconnectionstatechange = far.onconnectionstatechange = () => {
		if (near.connectionState === 'failed' || far.connectionState === 'failed') finish();
	};
	const toFar = trickle(far);
	const toNear = trickle(near);
	near.onicecandidate = ({ candidate }) => {
		if (candidate?.type === 'relay' && run.relayAddress === null) {
			run.relayAddress = candidate.address;
			run.relayPort = candidate.port;
		}
		if (candidate) toFar.add(candidate);
	};
	far.onicecandidate = ({ candidate }) => {
		// An empty one ends a generation (RFC 8838 §14).
		if (!candidate?.candidate) return;
		farCandidates++;
		if (isShown(candidate.address)) farAddresses.add(candidate.address);
		toNear.add(candidate);
	};

	if (options.ownAddress) {
		const { address, port } = options.ownAddress;
		farAddresses.add(address);
		toNear.add({ candidate: `candidate:1 1 udp 1 ${address} ${port} typ srflx raddr 0.0.0.0 rport 0`, sdpMLineIndex: 0 });
	}

	// Agreed beforehand (`negotiated`): Chromium loses a first message sent from the `datachannel` event now and then.
	const out = near.createDataChannel('', { negotiated: true, id: 0 });
	const echo = far.createDataChannel('', { negotiated: true, id: 0 });
	out.binaryType = echo.binaryType = 'arraybuffer';
	echo.onmessage = ({ data }) => {
		if (typeof data === 'string') return echo.send(data);
		run.bytesOut += (data as ArrayBuffer).byteLength;
		echo.send(data as ArrayBuffer);
	};
	let pingedMs = 0;
	const ping = () => {
		pingedMs = performance.now();
		out.send('ping');
	};
	out.onopen = () => {
		run.connectMs = now();
		ping();
	};
	out.onmessage = ({ data }) => {
		if (typeof data === 'string') {
			roundTripsMs.push(performance.now() - pingedMs);
			if (roundTripsMs.length < PINGS && now() - run.connectMs! < PINGS_WITHIN_MS) ping();
			else pump(out, options.bytes);
			return;
		}
		run.bytesBack += (data as ArrayBuffer).byteLength;
		if (run.bytesBack >= options.bytes) finish();
	};

	negotiate(near, far, toNear, toFar).catch((error: unknown) => {
		if (!ended) run.errors.push({ ...NO_SERVER, atMs: now(), errorText: error instanceof Error ? error.message : String(error) });
		finish();
	});
	return { result, finish, cancel };
}

/** An error of the page's own connection and not of a server: code 0 is no STUN error code (RFC 8489 §14.8). */
const NO_SERVER = { url: '', errorCode: 0, address: null, port: null };

/** The second connection; if the browser refuses it, the first must not stay behind. */
function openFar(configuration: RTCConfiguration, near: RTCPeerConnection): RTCPeerConnection {
	try {
		return new RTCPeerConnection(configuration);
	} catch (error) {
		near.close();
		throw error;
	}
}

interface Trickle {
	add(candidate: RTCIceCandidateInit): void;
	open(): void;
}

/** Candidates for a connection, kept until it has its remote description. */
function trickle(connection: RTCPeerConnection): Trickle {
	let waiting: RTCIceCandidateInit[] | null = [];
	// A connection that was closed meanwhile refuses candidates, which is expected.
	const give = (candidate: RTCIceCandidateInit) => void connection.addIceCandidate(candidate).catch(() => {});
	return {
		add: (candidate) => {
			if (waiting) waiting.push(candidate);
			else give(candidate);
		},
		open: () => {
			waiting?.forEach(give);
			waiting = null;
		}
	};
}

async function negotiate(near: RTCPeerConnection, far: RTCPeerConnection, toNear: Trickle, toFar: Trickle): Promise<void> {
	await near.setLocalDescription();
	await far.setRemoteDescription(near.localDescription!);
	toFar.open();
	await far.setLocalDescription();
	await near.setRemoteDescription(far.localDescription!);
	toNear.open();
}

/** Sends `bytes` in messages of a kilobyte, as fast as the channel takes them. */
function pump(channel: RTCDataChannel, bytes: number): void {
	const message = new Uint8Array(MESSAGE_BYTES);
	let left = bytes;
	channel.bufferedAmountLowThreshold = BUFFERED_AT_MOST / 2;
	const send = () => {
		while (left > 0 && channel.readyState === 'open' && channel.bufferedAmount < BUFFERED_AT_MOST) {
			channel.send(left >= MESSAGE_BYTES ? message : message.subarray(0, left));
			left -= MESSAGE_BYTES;
		}
	};
	channel.onbufferedamountlow = send;
	send();
}

/** The far end of the selected pair as the relay's side sees it. */
async function remoteOf(connection: RTCPeerConnection, connected: boolean): Promise<RelayRun['remote']> {
	if (!connected) return null;
	try {
		const stats = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
		let selected: unknown = null;
		stats.forEach((entry) => {
			if (entry.type === 'transport' && entry.selectedCandidatePairId) selected = entry.selectedCandidatePairId;
			// Firefox marks the pair itself.
			if (entry.type === 'candidate-pair' && entry.selected === true) selected = entry.id;
		});
		const pair = stats.get(selected as string);
		const remote = stats.get(pair?.remoteCandidateId as string);
		if (!remote) return null;
		return {
			address: (remote.address as string | undefined) || null,
			port: Number(remote.port ?? 0),
			type: String(remote.candidateType ?? '')
		};
	} catch {
		return null;
	}
}

/**
 * The candidate by which a connection was reached. Its type changes from `host` once an answer shows another address than
 * the own; Firefox makes a second pair of it and leaves the first one behind unfinished.
 */
async function ownTypeOf(connection: RTCPeerConnection, ownSockets: boolean): Promise<string | null> {
	if (!ownSockets) return null;
	try {
		const stats = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
		const types: string[] = [];
		stats.forEach((entry) => {
			if (entry.type !== 'candidate-pair' || entry.state !== 'succeeded' || entry.nominated !== true) return;
			types.push(String(stats.get(entry.localCandidateId as string)?.candidateType ?? ''));
		});
		return types.find((type) => type !== 'host') ?? types[0] ?? null;
	} catch {
		return null;
	}
}

function median(values: readonly number[]): number | null {
	const spread = spreadOf(values);
	return spread && Math.round(spread.median * 100) / 100;
}
