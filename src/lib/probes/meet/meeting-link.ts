/**
 * One device's connection to the other one: both ends may negotiate at any time, and colliding offers are resolved
 * (perfect negotiation, W3C WebRTC §10.7). Every step is recorded as a handshake event.
 */
import type { HandshakeCall, HandshakeEvent } from '../../core/recording/handshake';
import { errorRecord } from '../candidate-records';

/** What the two links say to each other; a description, a candidate, or (null) the end of candidates. */
export type LinkMessage =
	{ kind: 'offer' | 'answer'; sdp: string } | { kind: 'candidate'; candidate: RTCIceCandidateInit | null };

export interface LinkOptions {
	/** Whether this end is the polite one: it gives way when offers collide. */
	polite: boolean;
	/** How it is named in the recording. */
	peer: string;
	configuration: RTCConfiguration;
	/** Sent to the other end. */
	stream: MediaStream;
	/** On the recording's clock, ms. */
	now(): number;
	send(message: LinkMessage): void;
	onEvent(event: HandshakeEvent): void;
	onTrack(event: RTCTrackEvent): void;
	onState(state: RTCPeerConnectionState): void;
}

export class MeetingLink {
	readonly connection: RTCPeerConnection;
	#options: LinkOptions;
	#makingOffer = false;
	#ignoring = false;
	#settingAnswer = false;
	#closed = false;
	/** Messages are taken one after another: a candidate must not overtake its description. */
	#queue: Promise<void> = Promise.resolve();

	constructor(options: LinkOptions) {
		this.#options = options;
		this.connection = new RTCPeerConnection(options.configuration);
		this.#listen();
		for (const track of options.stream.getTracks()) this.connection.addTrack(track, options.stream);
	}

	receive(message: LinkMessage): void {
		this.#queue = this.#queue.then(() => this.#take(message)).catch(() => undefined);
	}

	/** Asks for a new round of candidates. The negotiation follows by itself. */
	restartIce(): void {
		this.connection.restartIce();
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.connection.close();
		this.#tell('close', 'called');
	}

	async #take(message: LinkMessage): Promise<void> {
		if (this.#closed) return;
		if (message.kind === 'candidate') return this.#takeCandidate(message.candidate);
		const { connection } = this;
		const description = { type: message.kind, sdp: message.sdp };
		const ready = !this.#makingOffer && (connection.signalingState === 'stable' || this.#settingAnswer);
		const crossed = message.kind === 'offer' && !ready;
		this.#ignoring = crossed && !this.#options.polite;
		if (this.#ignoring) {
			this.#tell('other', 'event', { name: 'offer ignored', detail: 'It crossed with an offer of this end, which goes first.' });
			return;
		}
		this.#settingAnswer = message.kind === 'answer';
		try {
			// An offer of our own that crossed is taken back by the browser itself (RFC 9429 §4.1.10.2).
			await this.#call('set-remote', () => connection.setRemoteDescription(description), description);
		} finally {
			this.#settingAnswer = false;
		}
		if (message.kind === 'answer') return;
		await this.#call('set-local', () => connection.setLocalDescription());
		this.#sendLocal();
	}

	async #takeCandidate(candidate: RTCIceCandidateInit | null): Promise<void> {
		const line = candidate?.candidate ?? '';
		this.#tell('add-candidate', 'called', { candidate: line });
		try {
			await this.connection.addIceCandidate(candidate ?? undefined);
		} catch (error) {
			// Those of an offer that was ignored belong to nothing.
			if (!this.#ignoring) this.#tell('add-candidate', 'failed', { candidate: line, error: words(error) });
		}
	}

	#sendLocal(): void {
		const local = this.connection.localDescription;
		if (this.#closed || !local || (local.type !== 'offer' && local.type !== 'answer')) return;
		this.#options.send({ kind: local.type, sdp: local.sdp });
	}

	#listen(): void {
		const { connection } = this;
		connection.onnegotiationneeded = async () => {
			this.#makingOffer = true;
			try {
				this.#tell('negotiation-needed', 'event');
				await this.#call('set-local', () => connection.setLocalDescription());
				// An offer of the other end may have come meanwhile; then this is its answer, and already sent.
				if (connection.signalingState === 'have-local-offer') this.#sendLocal();
			} catch {
				// Told as an event. The browser asks again when there is a reason to.
			} finally {
				this.#makingOffer = false;
			}
		};
		connection.onicecandidate = ({ candidate }) => {
			if (candidate?.candidate) this.#tell('candidate', 'event', { candidate: candidate.candidate });
			if (!this.#closed) this.#options.send({ kind: 'candidate', candidate: candidate?.toJSON() ?? null });
		};
		connection.onicecandidateerror = (event) => {
			const { errorCode, errorText, url } = errorRecord(event, 0);
			this.#tell('candidate-error', 'event', { error: `${errorCode} ${errorText}`.trim(), name: url });
		};
		const state = (call: HandshakeCall, read: () => string) => () => this.#tell(call, 'event', { state: read() });
		connection.onsignalingstatechange = state('signaling-state', () => connection.signalingState);
		connection.onicegatheringstatechange = state('gathering-state', () => connection.iceGatheringState);
		connection.oniceconnectionstatechange = state('ice-state', () => connection.iceConnectionState);
		connection.onconnectionstatechange = () => {
			this.#tell('connection-state', 'event', { state: connection.connectionState });
			this.#options.onState(connection.connectionState);
		};
		connection.ontrack = (event) => {
			this.#tell('track', 'event', { name: event.track.kind });
			this.#options.onTrack(event);
		};
	}

	async #call(
		call: HandshakeCall,
		perform: () => Promise<void>,
		description?: { type: 'offer' | 'answer'; sdp: string }
	): Promise<void> {
		this.#tell(call, 'called', description ? { description } : {});
		try {
			await perform();
			const local = call === 'set-local' ? this.connection.localDescription : null;
			this.#tell(call, 'done', local ? { description: { type: local.type, sdp: local.sdp } } : {});
		} catch (error) {
			this.#tell(call, 'failed', { error: words(error) });
			throw error;
		}
	}

	#tell(call: HandshakeCall, phase: HandshakeEvent['phase'], more: Partial<HandshakeEvent> = {}): void {
		this.#options.onEvent({ atMs: this.#options.now(), peer: this.#options.peer, call, phase, ...more });
	}
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
