/** One RTCPeerConnection, a data channel, and everything it gathers, until it is done, has enough, or its deadline passes. */
import type { IceServer } from '../../core/ice/server';
import type {
	CandidateErrorRecord,
	CandidateRecord,
	Gathered,
	IceGathering,
	Outcome,
	ServerGathering
} from '../../core/observations/observation';
import { expiredForMs } from '../../core/stun/rest-credentials';
import { parseIceUrl } from '../../core/stun/uri';
import { candidateRecord, errorRecord } from '../candidate-records';
import { detectEngine } from '../environment';
import { localNetworkPermission } from '../local-network';
import { refusal } from '../refusal';

export interface GatherOptions {
	deadlineMs: number;
	signal: AbortSignal;
	/** Of the time so far: in which nobody listened, ms. It is waited for in addition. */
	pausedMs?: () => number;
	/** Called on each candidate: how long to go on from now, ms; null for until complete or the deadline. The shortest counts. */
	enoughIn?: (candidates: readonly CandidateRecord[], last: CandidateRecord) => number | null;
	/** Every candidate as it comes. */
	onCandidate?: (candidate: CandidateRecord) => void;
	/** Every error as it comes. */
	onError?: (error: CandidateErrorRecord) => void;
	/** Adds what is negotiated; without it a data channel. */
	prepare?: (connection: RTCPeerConnection) => void;
}

/** The longest extension for pauses: less than the time after which the runner takes a probe for stuck. */
const MOST_ADDED_MS = 800;

/**
 * Gathers with any RTCConfiguration. Times are milliseconds after `setLocalDescription`. Rejects with the constructor's
 * exception, or with the signal's reason; the connection is closed in every case.
 */
export function gather(configuration: RTCConfiguration, options: GatherOptions): Promise<Gathered> {
	const { signal } = options;
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		// The browser is set to work first and everything else comes after, since its times are what is measured.
		const connection = new RTCPeerConnection(configuration);
		try {
			if (options.prepare) options.prepare(connection);
			else connection.createDataChannel('');
		} catch (error) {
			connection.close();
			throw error;
		}
		const startedMs = performance.now();
		connection.setLocalDescription().catch((error: unknown) => {
			// Closing the connection makes a pending call fail, which is expected.
			if (connection.signalingState === 'closed') return;
			stop();
			reject(error);
		});

		const gathered: Omit<Gathered, 'engine' | 'endedBy'> = { candidates: [], errors: [], completeMs: null };
		let enough: ReturnType<typeof setTimeout> | undefined;
		let enoughAtMs = Infinity;
		const now = () => Math.round((performance.now() - startedMs) * 100) / 100;
		const stop = () => {
			clearTimeout(deadline);
			clearTimeout(enough);
			signal.removeEventListener('abort', abort);
			connection.onicecandidate = connection.onicecandidateerror = connection.onicegatheringstatechange = null;
			connection.close();
		};
		const end = (endedBy: Gathered['endedBy']) => {
			stop();
			const told = 'onicecandidateerror' in RTCPeerConnection.prototype;
			resolve({ engine: detectEngine(), ...gathered, endedBy, ...(!told && { noErrorEvents: true }) });
		};
		const abort = () => {
			stop();
			reject(signal.reason);
		};
		let addedMs = 0;
		const expire = () => {
			const pausedMs = Math.min(MOST_ADDED_MS, options.pausedMs?.() ?? 0);
			if (pausedMs <= addedMs) return end('deadline');
			deadline = setTimeout(expire, pausedMs - addedMs);
			addedMs = pausedMs;
		};
		let deadline = setTimeout(expire, options.deadlineMs);
		signal.addEventListener('abort', abort);

		connection.onicecandidate = (event) => {
			const record = candidateRecord(event, now());
			if (record === null) return;
			gathered.candidates.push(record);
			options.onCandidate?.(record);
			const inMs = options.enoughIn?.(gathered.candidates, record) ?? null;
			if (inMs === null || record.atMs + inMs >= enoughAtMs) return;
			enoughAtMs = record.atMs + inMs;
			clearTimeout(enough);
			if (inMs === 0) end('satisfied');
			else enough = setTimeout(() => end('satisfied'), inMs);
		};
		connection.onicecandidateerror = (event) => {
			const record = errorRecord(event, now());
			gathered.errors.push(record);
			options.onError?.(record);
		};
		connection.onicegatheringstatechange = () => {
			if (connection.iceGatheringState !== 'complete') return;
			gathered.completeMs = now();
			end('complete');
		};
	});
}

/** How long one more candidate is waited for once the server has proven itself: twice the time it took, within bounds. */
const graceMs = (atMs: number) => Math.min(500, Math.max(100, 2 * atMs));

/**
 * When one server has answered completely. STUN: a server-reflexive candidate. TURN: a relay candidate, and over UDP the
 * server-reflexive one too. A host name may lead to both families, so the second one gets a moment; so does the host
 * candidate, which comes late where a name has to be made up to hide it and whose port tells of the NAT.
 */
export function serverHasAnswered(url: string): NonNullable<GatherOptions['enoughIn']> {
	const proof: CandidateRecord['type'] = /^turn/i.test(url) ? 'relay' : 'srflx';
	return (candidates, last) => {
		const has = (type: CandidateRecord['type']) => candidates.some((candidate) => candidate.type === type);
		if (!has(proof)) return null;
		const parsed = parseIceUrl(url);
		const severalFamilies = !parsed.ok || parsed.value.hostKind === 'name';
		const overUdp = parsed.ok && parsed.value.transport === 'udp';
		return has('host') && (has('srflx') || !overUdp) && !severalFamilies ? 0 : graceMs(last.atMs);
	};
}

/** One server URL alone, so that no other server can delay it or answer in its place. */
export async function gatherServer(
	url: string,
	server: IceServer,
	{ usesLoopback, ...options }: Omit<GatherOptions, 'enoughIn'> & { usesLoopback?: boolean }
): Promise<Outcome<ServerGathering>> {
	try {
		const gathered = await gather({ iceServers: [{ ...server, urls: url }] }, { ...options, enoughIn: serverHasAnswered(url) });
		const expiredMs = expiredForMs(server.username, Date.now());
		const credentialExpiredForMs = /^turns?:/i.test(url) ? expiredMs : null;
		const localNetwork = await localNetworkPermission();
		return {
			state: 'seen',
			data: { url, ...gathered, credentialExpiredForMs, localNetwork, ...(usesLoopback && { usesLoopback }) }
		};
	} catch (error) {
		return refusal(error);
	}
}

/**
 * All servers in one connection, as an application has them; with `microphone` after permission was asked for, which may
 * take `deadlineMs - gatherMs`.
 */
export async function gatherAll(
	iceServers: readonly IceServer[],
	microphone: boolean,
	options: { deadlineMs: number; gatherMs: number; signal: AbortSignal }
): Promise<Outcome<IceGathering>> {
	let stream: MediaStream | null = null;
	try {
		if (microphone) stream = await openMicrophone(options.deadlineMs - options.gatherMs, options.signal);
		const shown = stream !== null || (await showsHostAddresses());
		const usable = usableServers(iceServers);
		const gathered = await gather({ iceServers: usable }, { deadlineMs: options.gatherMs, signal: options.signal });
		const urls = usable.flatMap((server) => server.urls);
		return { state: 'seen', data: { mediaPermission: shown ? 'granted' : 'not-granted', policy: 'all', urls, ...gathered } };
	} catch (error) {
		return refusal(error);
	} finally {
		stream?.getTracks().forEach((track) => track.stop());
	}
}

/** Asks for the microphone; gives up after `withinMs` or with the signal, and then stops what comes late. */
function openMicrophone(withinMs: number, signal: AbortSignal): Promise<MediaStream> {
	return new Promise((resolve, reject) => {
		const asked = navigator.mediaDevices.getUserMedia({ audio: true });
		const giveUp = (reason: unknown) => {
			reject(reason);
			asked.then((stream) => stream.getTracks().forEach((track) => track.stop())).catch(() => {});
		};
		const onAbort = () => giveUp(signal.reason);
		const timer = setTimeout(
			() => giveUp(new DOMException('The question for the microphone was not answered.', 'TimeoutError')),
			withinMs
		);
		signal.addEventListener('abort', onAbort);
		const tidy = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
		};
		asked.then(resolve, reject).finally(tidy);
	});
}

/** Browsers show host addresses to a page that holds the permission for the microphone, also while none is open. */
async function showsHostAddresses(): Promise<boolean> {
	try {
		return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'granted';
	} catch {
		return false;
	}
}

/** The servers that this browser accepts: one invalid URL must not prevent the others from being tested. */
function usableServers(iceServers: readonly IceServer[]): IceServer[] {
	const accepts = (servers: IceServer[]) => {
		try {
			new RTCPeerConnection({ iceServers: servers }).close();
			return true;
		} catch {
			return false;
		}
	};
	if (accepts([...iceServers])) return [...iceServers];
	return iceServers
		.map((server) => ({ ...server, urls: server.urls.filter((url) => accepts([{ ...server, urls: [url] }])) }))
		.filter((server) => server.urls.length > 0);
}
