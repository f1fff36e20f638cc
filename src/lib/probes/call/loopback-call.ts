/**
 * A call between two connections of this page, over one path and no other, recorded until its end. However it ends (stopped, time
 * over, path lost, page left), both connections and every track are closed, and what was measured stays.
 */
import type { CallMarkValues } from '../../core/observations/call-mark-values';
import type { CallMark, CallPath, CandidateErrorRecord, LoopbackCall } from '../../core/observations/observation';
import { appendGap } from '../../core/recording/append';
import type { Recording } from '../../core/recording/recording';
import { reportable } from '../../core/recording/report-recording';
import { closeLink, ENDS, negotiateLink, openLink, type CallLink } from './loopback-call-link';
import { openMedia, type CallMedia, type MediaChoices } from './loopback-call-media';
import { recordedEnd, recordMessages, recordPicture, recordStats, startRecording } from './loopback-call-record';
import type { CallRoute, End } from './loopback-call-route';
import { PageWatch } from '../page-watch';
import { StatsPoller } from './stats-poller';
import { PictureReader, startSyntheticMedia, type SyntheticMedia } from './synthetic-media';

export interface CallChoices {
	route: CallRoute;
	media: MediaChoices;
	purpose: LoopbackCall['purpose'];
	/** Ends by itself after this long, counted from both ends connected; null: endless. */
	durationMs: number | null;
	/** 200 to 5000. */
	pollMs: number;
	/** How long to wait for both ends to connect. */
	deadlineMs: number;
}

export type CallState = 'idle' | 'connecting' | 'connected' | 'interrupted' | 'ended';

export interface CallListeners {
	onState?(state: CallState): void;
	/** Whenever something was added to the recording: a poll, a handshake event, a mark. */
	onRecord?(what: 'poll' | 'event' | 'mark'): void;
	/** When a stream for a preview came or went. */
	onStreams?(): void;
	onEnd?(call: LoopbackCall): void;
}

export const DEFAULT_DEADLINE_MS = 15_000;
/** No message for this long, of ten a second: the path is interrupted. Browsers say so after five seconds and more. */
const INTERRUPTED_AFTER_MS = 3000;
/** And lost after this; consent to send expires after 30 s without an answer (RFC 7675 §5.1). */
const LOST_AFTER_MS = 30_000;
/** How long the last poll of the statistics may delay the end. */
const LAST_LOOK_MS = 500;

export class LoopbackCallRun {
	readonly recording: Recording;
	readonly marks: CallMark[] = [];
	/** What is sent, for a preview; null before it is there and after the end. */
	local: MediaStream | null = null;
	/** What each end receives; null before and after. */
	readonly remote: Record<End, MediaStream | null> = { caller: null, callee: null };
	/** Resolves with the whole call when it has ended, however it ended. Never rejects. */
	readonly ended: Promise<LoopbackCall>;

	#choices: CallChoices;
	#listeners: CallListeners;
	#state: CallState = 'idle';
	#startedMs = performance.now();
	#connectMs: number | null = null;
	#mediaMs: number | null = null;
	#endedBy: LoopbackCall['endedBy'] = 'running';
	#error: string | null = null;
	#errors: CandidateErrorRecord[] = [];
	#paths: LoopbackCall['paths'];
	#media: CallMedia | null = null;
	/** Synthetic sources that replace lost devices. */
	#substitutes: SyntheticMedia[] = [];
	#link: CallLink | null = null;
	/** The next one, while a path is being switched. */
	#pending: CallLink | null = null;
	#poller: StatsPoller;
	/** From connected on: opening devices and joining two ends keep a page busy in every call. */
	#watchPage: PageWatch | null = null;
	#readers = new Map<End, PictureReader>();
	#timers: ReturnType<typeof setTimeout>[] = [];
	#settle!: (call: LoopbackCall) => void;
	#busy: Promise<void> = Promise.resolve();

	constructor(choices: CallChoices, listeners: CallListeners = {}) {
		this.#choices = choices;
		this.#listeners = listeners;
		this.#paths = [{ atMs: 0, path: choices.route.path }];
		this.ended = new Promise((resolve) => (this.#settle = resolve));
		this.recording = startRecording();
		this.#poller = new StatsPoller({
			intervalMs: choices.pollMs,
			poll: () => this.#poll(),
			onPause: (fromMs, toMs) => this.#pause(fromMs, toMs)
		});
	}

	get state(): CallState {
		return this.#state;
	}

	/** What it began with. */
	get path(): CallPath {
		return this.#choices.route.path;
	}

	set pollMs(ms: number) {
		this.#poller.intervalMs = ms;
	}

	/** Begins. Resolves when both ends are connected or the call has ended; `ended` tells the rest. Never rejects. */
	async start(): Promise<void> {
		if (this.#state !== 'idle') return;
		this.#startedMs = performance.now();
		this.#become('connecting');
		addEventListener('pagehide', this.#leave);
		try {
			// Evens out what older browsers call or do differently; where nothing differs it changes nothing.
			await import('webrtc-adapter');
			const media = await openMedia(this.#choices.media, this.#now());
			// Stopped while somebody was asked for the camera.
			if (this.#over) return media.stop();
			this.#useMedia(media);
			await this.#connect(media);
		} catch (error) {
			this.#error = error instanceof Error ? error.message : String(error);
			this.#end('failed');
		}
	}

	/** Ends the call after a last poll of its statistics. */
	async stop(endedBy: 'stopped' | 'duration' | 'path-lost' | 'not-connected' = 'stopped'): Promise<LoopbackCall> {
		if (this.#state !== 'idle' && !this.#over) {
			this.#poller.stop();
			await Promise.race([this.#poll().catch(() => {}), pause(LAST_LOOK_MS)]);
		}
		this.#end(endedBy);
		return this.ended;
	}

	/** New candidates, new credentials of the ICE layer, the same path. */
	restartIce(): Promise<void> {
		return this.#next(async () => {
			this.#mark('ice-restart', {});
			await this.#link!.peers.restart();
		});
	}

	/**
	 * The same call over another path. By two new connections, which take over when they are connected: within a connection a
	 * browser keeps the old pair for as long as it works, and even prefers it where the new one has the lower priority.
	 */
	switchPath(route: CallRoute): Promise<void> {
		return this.#next(async () => {
			this.#mark('path-switch', { path: route.path });
			const [old, fresh] = [this.#link!, this.#open(route, this.#media!)];
			this.#pending = fresh;
			try {
				await negotiateLink(fresh, this.#choices.media);
				await Promise.race([fresh.settled, pause(this.#choices.deadlineMs)]);
				if (this.#over) return;
				if (!fresh.peers.connected) return this.#mark('refused', { path: route.path });
				this.#link = fresh;
				this.#paths.push({ atMs: this.#now(), path: route.path });
				for (const end of ENDS) this.#forget(end);
				fresh.tracks.forEach(({ end, track }) => this.#receive(end, track));
				closeLink(old);
				this.#look();
			} finally {
				this.#pending = null;
				if (this.#link !== fresh) closeLink(fresh);
			}
		});
	}

	/** Takes a device away as if it had been unplugged. */
	loseDevice(kind: 'audio' | 'video'): void {
		const track = this.local?.getTracks().find((one) => one.kind === kind && one.readyState === 'live');
		if (!track) return;
		track.stop();
		// A page that stops a track itself gets no event, as it would of a device that goes away.
		this.#replace(track);
	}

	/** What is known by now; at any time, also before the end. */
	snapshot(): LoopbackCall {
		const { recording, keptEvery } = reportable(this.recording);
		return {
			purpose: this.#choices.purpose,
			path: this.#choices.route.path,
			paths: [...this.#paths],
			media: { ...this.#choices.media, source: this.#media?.source ?? this.#choices.media.source },
			connectMs: this.#connectMs,
			mediaMs: this.#mediaMs,
			endedBy: this.#endedBy,
			error: this.#error,
			errors: [...this.#errors],
			marks: [...this.marks],
			recording,
			keptEvery
		};
	}

	get #over(): boolean {
		return this.#state === 'ended';
	}

	#now(): number {
		return Math.round((performance.now() - this.#startedMs) * 100) / 100;
	}

	#useMedia(media: CallMedia): void {
		this.#media = media;
		this.local = media.stream;
		if (media.request) this.recording.media.push(media.request);
		media.stream.getTracks().forEach((track) => track.addEventListener('ended', () => this.#replace(track), { once: true }));
		this.#tell('onStreams');
	}

	async #connect(media: CallMedia): Promise<void> {
		const link = this.#open(this.#choices.route, media);
		this.#link = link;
		const { deadlineMs, media: choices } = this.#choices;
		this.#timers.push(setTimeout(() => this.#connectMs === null && void this.stop('not-connected'), deadlineMs));
		await negotiateLink(link, choices);
		if (!this.#over) this.#poller.start();
		await Promise.race([this.#connected, this.ended]);
	}

	#open(route: CallRoute, media: CallMedia): CallLink {
		return openLink(route, this.local ?? media.stream, () => this.#now(), {
			onEvent: (event) => {
				recordedEnd(this.recording, event.peer as End).events.push(event);
				this.#tell('onRecord', 'event');
			},
			onCandidateError: (record) => void this.#errors.push(record),
			// A link that has not taken over yet is watched by the code that opened it.
			onConnectionState: (link) => link === this.#link && this.#look(),
			onTrack: (link, end, track) => link === this.#link && this.#receive(end, track)
		});
	}

	#nowConnected!: () => void;
	#connected = new Promise<void>((resolve) => (this.#nowConnected = resolve));

	/** What the states of both connections mean for the call. */
	#look(): void {
		const peers = this.#link?.peers;
		if (!peers || this.#over) return;
		if (peers.failed) return void this.stop(this.#connectMs === null ? 'not-connected' : 'path-lost');
		if (!peers.connected) return;
		if (this.#connectMs === null) {
			this.#connectMs = this.#now();
			this.#mark('connected', {});
			this.#watchPage = new PageWatch();
			const { durationMs } = this.#choices;
			if (durationMs !== null) this.#timers.push(setTimeout(() => void this.stop('duration'), durationMs));
			this.#nowConnected();
		} else if (this.#state === 'interrupted') this.#mark('resumed', {});
		this.#become('connected');
	}

	#receive(end: End, track: MediaStreamTrack): void {
		const stream = this.remote[end] ?? new MediaStream();
		this.remote[end] = stream;
		stream.addTrack(track);
		const first = () => {
			if (end === 'callee') this.#mediaMs ??= this.#now();
		};
		// Audio and video: a browser decodes audio, and counts concealed samples, only while something plays it.
		const reader = this.#readers.get(end) ?? new PictureReader(stream);
		this.#readers.set(end, reader);
		if (track.kind === 'video') reader.video.addEventListener('loadeddata', first, { once: true });
		else if (this.#choices.media.audioOnly) track.addEventListener('unmute', first, { once: true });
		this.#tell('onStreams');
	}

	/** A lost device: the call goes on with a synthetic source, so that the measurement continues. */
	#replace(track: MediaStreamTrack): void {
		if (this.#over || !this.#link || !this.local?.getTracks().includes(track)) return;
		const { width, height, frameRate } = this.#choices.media;
		const video = track.kind === 'video';
		const substitute = startSyntheticMedia({ audio: !video, video: video ? { width, height, frameRate } : null });
		this.#substitutes.push(substitute);
		const fresh = substitute.stream.getTracks()[0]!;
		this.local.removeTrack(track);
		this.local.addTrack(fresh);
		for (const end of ENDS) {
			const sender = this.#link.peers[end].getSenders().find((one) => one.track === track);
			void sender?.replaceTrack(fresh).catch(() => {});
		}
		this.#mark('device-lost', { device: video ? 'camera' : 'microphone' });
		this.#tell('onStreams');
	}

	/** One after the other: two rounds of offer and answer at once would collide. A refusal is recorded, and the call goes on. */
	#next(round: () => Promise<void>): Promise<void> {
		this.#busy = this.#busy.then(async () => {
			if (!this.#link || this.#over) return;
			try {
				await round();
			} catch (error) {
				if (!this.#over) this.#mark('refused', { browserSaid: error instanceof Error ? error.message : String(error) });
			}
		});
		return this.#busy;
	}

	#forget(end: End): void {
		this.#readers.get(end)?.close();
		this.#readers.delete(end);
		this.remote[end]?.getTracks().forEach((track) => track.stop());
		this.remote[end] = null;
	}

	async #poll(): Promise<void> {
		const link = this.#link;
		if (!link || this.#over) return;
		const reports = await Promise.all(ENDS.map((end) => link.peers[end].getStats()));
		if (this.#over) return;
		const atMs = this.#now();
		const sources = [...this.#substitutes, this.#media?.synthetic ?? []].flat();
		ENDS.forEach((end, i) => {
			const connection = recordedEnd(this.recording, end);
			recordStats(connection, reports[i]!, atMs, this.#startedMs);
			recordMessages(connection, link, end, atMs);
			const reader = this.#readers.get(end);
			if (reader && sources.length > 0) recordPicture(connection, reader, sources, atMs);
		});
		this.#recordPage();
		this.#watch();
		this.#tell('onRecord', 'poll');
	}

	/** Both ends run in this page. */
	#recordPage(): void {
		const page = this.#watchPage?.read();
		if (page) for (const end of ENDS) recordedEnd(this.recording, end).page = page;
	}

	/** With ten messages a second in each direction an interruption is noticed sooner than by the browser. */
	#watch(): void {
		if (this.#connectMs === null) return;
		const arrivals = ENDS.map((end) => this.#link?.receivers[end]?.lastArrivalMs ?? null).filter((ms) => ms !== null);
		if (arrivals.length < ENDS.length) return;
		const silentMs = performance.now() - Math.min(...arrivals);
		if (silentMs > LOST_AFTER_MS) void this.stop('path-lost');
		else if (silentMs > INTERRUPTED_AFTER_MS && this.#state === 'connected') {
			this.#mark('interrupted', { silentMs: Math.round(silentMs) });
			this.#become('interrupted');
		} else if (silentMs < INTERRUPTED_AFTER_MS && this.#state === 'interrupted' && this.#link?.peers.connected) {
			this.#mark('resumed', {});
			this.#become('connected');
		}
	}

	#pause(fromMs: number, toMs: number): void {
		const atMs = fromMs - this.#startedMs + this.#poller.intervalMs;
		for (const end of ENDS) appendGap(recordedEnd(this.recording, end), Math.round(atMs));
		this.#mark('pause', { heldMs: Math.round(toMs - fromMs) });
		// Messages that were waiting are delivered now: this page was suspended, not the path.
		for (const end of ENDS) {
			const receiver = this.#link?.receivers[end];
			if (receiver && receiver.lastArrivalMs !== null) receiver.lastArrivalMs = toMs;
		}
	}

	#mark<Kind extends keyof CallMarkValues>(kind: Kind, values: CallMarkValues[Kind]): void {
		this.marks.push({ atMs: this.#now(), kind, values: { ...values } });
		this.#tell('onRecord', 'mark');
	}

	#become(state: CallState): void {
		if (this.#state === state || this.#over) return;
		this.#state = state;
		this.#tell('onState', state);
	}

	#leave = () => this.#end('page-left');

	/** Closes everything before it returns. Once. */
	#end(endedBy: LoopbackCall['endedBy']): void {
		if (this.#over) return;
		this.#endedBy = endedBy;
		this.#mark('ended', { endedBy });
		this.#recordPage();
		this.#watchPage?.stop();
		removeEventListener('pagehide', this.#leave);
		this.#poller.stop();
		this.#timers.forEach(clearTimeout);
		this.#readers.forEach((reader) => reader.close());
		this.#become('ended');
		for (const link of [this.#link, this.#pending]) if (link) closeLink(link);
		this.#media?.stop();
		this.#substitutes.forEach((substitute) => substitute.stop());
		// Closing a connection leaves the tracks that came by it alive in some browsers.
		for (const stream of [this.local, this.remote.caller, this.remote.callee])
			stream?.getTracks().forEach((track) => track.stop());
		this.local = this.remote.caller = this.remote.callee = null;
		this.#tell('onStreams');
		const call = this.snapshot();
		this.#tell('onEnd', call);
		this.#settle(call);
	}

	/** An exception in one of the page's listeners must not end the call. */
	#tell<K extends keyof CallListeners>(name: K, ...args: Parameters<NonNullable<CallListeners[K]>>): void {
		try {
			(this.#listeners[name] as ((...args: unknown[]) => void) | undefined)?.(...args);
		} catch (error) {
			reportError(error);
		}
	}
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
