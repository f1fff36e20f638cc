/** The two connections of a call, joined in this page over one route, every step of it told as a handshake event. */
import type { CandidateErrorRecord } from '../../core/observations/observation';
import type { HandshakeCall, HandshakeEvent } from '../../core/recording/handshake';
import { errorRecord } from '../candidate-records';
import { admits, configurationOf, type CallRoute, type End } from './loopback-call-route';

export interface PeersListeners {
	onEvent(event: HandshakeEvent): void;
	onCandidateError(record: CandidateErrorRecord, end: End): void;
	/** After any change of `connectionState` of either end. */
	onConnectionState(): void;
	onTrack(end: End, event: RTCTrackEvent): void;
}

const ENDS: readonly End[] = ['caller', 'callee'];

/** Throws what the constructor of RTCPeerConnection throws; nothing is left open then. */
export class CallPeers {
	readonly caller: RTCPeerConnection;
	readonly callee: RTCPeerConnection;
	#route: CallRoute;
	#now: () => number;
	#listeners: PeersListeners;
	#closed = false;
	/** Candidates for an end that has no description of the other yet. */
	#waiting: Record<End, RTCIceCandidateInit[] | null> = { caller: [], callee: [] };

	constructor(route: CallRoute, now: () => number, listeners: PeersListeners) {
		this.#route = route;
		this.#now = now;
		this.#listeners = listeners;
		this.caller = new RTCPeerConnection(configurationOf(route, 'caller'));
		try {
			this.callee = new RTCPeerConnection(configurationOf(route, 'callee'));
		} catch (error) {
			this.caller.close();
			throw error;
		}
		for (const end of ENDS) this.#listen(end);
	}

	get route(): CallRoute {
		return this.#route;
	}

	get connected(): boolean {
		return ENDS.every((end) => this[end].connectionState === 'connected');
	}

	get failed(): boolean {
		return ENDS.some((end) => this[end].connectionState === 'failed');
	}

	/** One round of offer and answer. Rejects with the browser's exception. */
	async negotiate(options: RTCOfferOptions = {}): Promise<void> {
		this.#waiting = { caller: [], callee: [] };
		const offer = await this.#call('caller', 'create-offer', () => this.caller.createOffer(options));
		await this.#call('caller', 'set-local', () => this.caller.setLocalDescription(offer), offer);
		await this.#call('callee', 'set-remote', () => this.callee.setRemoteDescription(offer), offer);
		this.#open('callee');
		const answer = await this.#call('callee', 'create-answer', () => this.callee.createAnswer());
		await this.#call('callee', 'set-local', () => this.callee.setLocalDescription(answer), answer);
		await this.#call('caller', 'set-remote', () => this.caller.setRemoteDescription(answer), answer);
		this.#open('caller');
	}

	/** New candidates over the same route, or over another one. */
	async restart(route: CallRoute = this.#route): Promise<void> {
		this.#route = route;
		for (const end of ENDS) {
			// What the new list lacks has to be said, or the old policy stays.
			const policy = { iceTransportPolicy: 'all' as RTCIceTransportPolicy, ...configurationOf(route, end) };
			this[end].setConfiguration(policy);
		}
		await this.negotiate({ iceRestart: true });
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		for (const end of ENDS) {
			this[end].close();
			this.#tell(end, 'close', 'called');
		}
	}

	#listen(end: End): void {
		const connection = this[end];
		const other: End = end === 'caller' ? 'callee' : 'caller';
		connection.onicecandidate = ({ candidate }) => {
			if (!candidate) return;
			if (candidate.candidate !== '') this.#tell(end, 'candidate', 'event', { candidate: candidate.candidate });
			if (candidate.candidate !== '' && admits(this.#route, end, candidate.type)) this.#give(other, candidate);
		};
		connection.onicecandidateerror = (event) => {
			const record = errorRecord(event, this.#now());
			this.#tell(end, 'candidate-error', 'event', { error: `${record.errorCode} ${record.errorText}`.trim(), name: record.url });
			this.#listeners.onCandidateError(record, end);
		};
		const state = (call: HandshakeCall, read: () => string) => () => this.#tell(end, call, 'event', { state: read() });
		connection.onsignalingstatechange = state('signaling-state', () => connection.signalingState);
		connection.onicegatheringstatechange = state('gathering-state', () => connection.iceGatheringState);
		connection.oniceconnectionstatechange = state('ice-state', () => connection.iceConnectionState);
		connection.onconnectionstatechange = () => {
			this.#tell(end, 'connection-state', 'event', { state: connection.connectionState });
			if (!this.#closed) this.#listeners.onConnectionState();
		};
		connection.ontrack = (event) => {
			this.#tell(end, 'track', 'event', { name: event.track.kind });
			this.#listeners.onTrack(end, event);
		};
	}

	/** A candidate that a browser refuses, or that comes after the end, is no news for the call: another one may do. */
	#give(end: End, candidate: RTCIceCandidateInit): void {
		const waiting = this.#waiting[end];
		if (waiting) return void waiting.push(candidate);
		if (this.#closed) return;
		this.#tell(end, 'add-candidate', 'called', { candidate: candidate.candidate ?? '' });
		this[end].addIceCandidate(candidate).catch((error: unknown) => {
			if (!this.#closed)
				this.#tell(end, 'add-candidate', 'failed', { candidate: candidate.candidate ?? '', error: words(error) });
		});
	}

	#open(end: End): void {
		const waiting = this.#waiting[end];
		this.#waiting[end] = null;
		waiting?.forEach((candidate) => this.#give(end, candidate));
	}

	/** A method call with its beginning and its end told. */
	async #call<T>(end: End, call: HandshakeCall, perform: () => Promise<T>, description?: RTCSessionDescriptionInit): Promise<T> {
		const given = description ? { description: { type: description.type, sdp: description.sdp ?? '' } } : {};
		this.#tell(end, call, 'called', given);
		try {
			const result = await perform();
			const made = result as RTCSessionDescriptionInit | undefined;
			this.#tell(end, call, 'done', made?.sdp ? { description: { type: made.type, sdp: made.sdp } } : {});
			return result;
		} catch (error) {
			this.#tell(end, call, 'failed', { error: words(error) });
			throw error;
		}
	}

	#tell(end: End, call: HandshakeCall, phase: HandshakeEvent['phase'], more: Partial<HandshakeEvent> = {}): void {
		this.#listeners.onEvent({ atMs: this.#now(), peer: end, call, phase, ...more });
	}
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
