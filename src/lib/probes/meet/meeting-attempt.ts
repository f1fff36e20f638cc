/** One path tried between two devices: this end's link and recording, and what the other end tells of its own. */
import type { IceServer } from '../../core/ice/server';
import type { MeetingPath, MeetingSeat, PairCall } from '../../core/observations/observation';
import { observersOf } from '../../core/plan/observers';
import type { HandshakeEvent } from '../../core/recording/handshake';
import { appendPoll } from '../../core/recording/append';
import { isKeptField } from '../../core/recording/kept-fields';
import { normaliseStats, type PlainStats } from '../../core/recording/normalise';
import type { OwnFormatName, RecordedConnection, Recording } from '../../core/recording/recording';
import { emptyConnection } from '../../core/recording/report-recording';
import { MeetingLink, type LinkMessage } from './meeting-link';
import type { EndedBy } from './meeting-messages';
import { StatsPoller } from '../call/stats-poller';

export interface AttemptOptions {
	number: number;
	own: MeetingSeat;
	names: Record<MeetingSeat, string>;
	path: MeetingPath;
	servers: readonly IceServer[];
	stream: MediaStream;
	/** Start of the attempt on this page's clock, ms since 1970. */
	startMs: number;
	clock: PairCall['clock'];
	send(message: LinkMessage): void;
	/** This end's events and polls, for the other end. */
	tell(what: { events: HandshakeEvent[] } | { stats: PlainStats[]; atMs: number } | { frameMs: number }): void;
	changed(): void;
	/** This end has come to an end by itself. */
	ended(endedBy: EndedBy, error: string | null): void;
}

const PEERS: Record<MeetingSeat, string> = { host: 'caller', guest: 'callee' };
const POLL_MS = 1000;
/** Pairs change quickly before one is chosen. */
const POLL_EARLY_MS = 250;
/** A connection over a satellite takes 5 s; browsers themselves wait for 15 to 30 s. */
export const CONNECT_MS = 10_000;
/** ICE may recover a broken path by itself within seconds (RFC 7675: consent expires after 30 s). */
const LOST_MS = 8000;
/** Older than this and the time is by another clock than the page's. */
const LATE_MS = 3000;
/** Events are sent to the other end in batches. */
const TELL_MS = 250;

/** ms since 1970, without the jumps of a wall clock that is set. */
export function pageClockMs(): number {
	return performance.timeOrigin + performance.now();
}

export class MeetingAttempt {
	readonly options: AttemptOptions;
	readonly recording: Recording;
	readonly firstFrameMs: Record<MeetingSeat, number | null> = { host: null, guest: null };
	state: RTCPeerConnectionState = 'new';
	endedBy: PairCall['endedBy'] = 'running';
	error: string | null = null;
	/** What the other end sends, for a preview. */
	remote: MediaStream | null = null;
	#link: MeetingLink | null = null;
	#poller: StatsPoller | null = null;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#tellTimer: ReturnType<typeof setTimeout> | null = null;
	#untold: HandshakeEvent[] = [];
	#video: HTMLVideoElement | null = null;

	constructor(options: AttemptOptions) {
		this.options = options;
		this.recording = {
			format: 'call',
			formatName: 'pair-call' satisfies OwnFormatName,
			clock: 'start',
			userAgent: navigator.userAgent,
			connections: (['host', 'guest'] as const).map((seat) => emptyConnection(PEERS[seat], options.names[seat], null)),
			media: [],
			notes: []
		};
		this.#expire(CONNECT_MS, 'not-connected');
		// The host offers. The guest has its link when the offer is there, so that the two do not cross at once.
		if (options.own === 'host') this.#open();
	}

	/** ms since the start. */
	get nowMs(): number {
		return pageClockMs() - this.options.startMs;
	}

	get link(): MeetingLink | null {
		return this.#link;
	}

	receive(message: LinkMessage): void {
		if (this.endedBy !== 'running') return;
		if (!this.#link) this.#open();
		this.#link?.receive(message);
	}

	/** What the other end recorded; its times are on its own clock, ms since 1970. */
	hear(what: { events: HandshakeEvent[] } | { stats: PlainStats[]; atMs: number } | { frameMs: number }): void {
		const other: MeetingSeat = this.options.own === 'host' ? 'guest' : 'host';
		const offset = this.options.startMs + (this.options.clock?.offsetMs ?? 0);
		const connection = this.#connection(other);
		if ('events' in what) {
			for (const event of what.events) {
				const atMs = typeof event.atMs === 'number' ? event.atMs - offset : null;
				connection.events.push({ ...event, atMs, peer: PEERS[other] });
			}
		} else if ('stats' in what) {
			appendPoll(connection, what.stats, { atMs: what.atMs - offset, epochOffsetMs: null });
		} else this.firstFrameMs[other] = what.frameMs - offset;
		this.options.changed();
	}

	end(endedBy: PairCall['endedBy'], error: string | null = null): void {
		if (this.endedBy !== 'running') return;
		this.endedBy = endedBy;
		this.error = error;
		this.#poller?.stop();
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#link?.close();
		this.#tellEvents();
		if (this.#video) this.#video.srcObject = null;
		this.options.changed();
	}

	toPairCall(): PairCall {
		const { own, names, path, clock } = this.options;
		const { endedBy, error, firstFrameMs, recording } = this;
		return { own, names, path, endedBy, error, clock, firstFrameMs, recording, keptEvery: 1 };
	}

	#open(): void {
		const { own, path, servers, stream } = this.options;
		try {
			this.#link = new MeetingLink({
				polite: own === 'guest',
				peer: PEERS[own],
				configuration: configurationOf(path, servers, own),
				stream,
				now: () => this.nowMs,
				send: this.options.send,
				onEvent: (event) => this.#record(event),
				onTrack: (event) => this.#watch(event),
				onState: (state) => this.#stateChanged(state)
			});
		} catch (error) {
			this.#finish('failed', error instanceof Error ? error.message : String(error));
			return;
		}
		this.#poller = new StatsPoller({ intervalMs: POLL_EARLY_MS, poll: () => this.#poll(), onPause: () => undefined });
		this.#poller.start();
	}

	#record(event: HandshakeEvent): void {
		this.#connection(this.options.own).events.push(event);
		this.#untold.push({ ...event, atMs: (event.atMs ?? 0) + this.options.startMs });
		this.#tellTimer ??= setTimeout(() => this.#tellEvents(), TELL_MS);
		this.options.changed();
	}

	#tellEvents(): void {
		if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
		this.#tellTimer = null;
		const events = this.#untold;
		this.#untold = [];
		if (events.length > 0) this.options.tell({ events });
	}

	async #poll(): Promise<void> {
		const connection = this.#link?.connection;
		if (!connection) return;
		const report = await connection.getStats();
		if (this.endedBy !== 'running') return;
		const all = [...report.values()] as PlainStats[];
		const stats = keptOf(all);
		const atMs = collectedMs(all, pageClockMs()) - this.options.startMs;
		appendPoll(this.#connection(this.options.own), stats, { atMs, epochOffsetMs: null });
		this.options.tell({ stats, atMs: atMs + this.options.startMs });
		this.options.changed();
	}

	#stateChanged(state: RTCPeerConnectionState): void {
		this.state = state;
		if (state === 'connected') {
			if (this.#timer !== null) clearTimeout(this.#timer);
			this.#timer = null;
			if (this.#poller) this.#poller.intervalMs = POLL_MS;
		} else if (state === 'disconnected') this.#expire(LOST_MS, 'path-lost');
		else if (state === 'failed') this.#finish(this.#everConnected() ? 'path-lost' : 'not-connected');
		this.options.changed();
	}

	#everConnected(): boolean {
		return this.#connection(this.options.own).events.some(
			({ call, state }) => call === 'connection-state' && state === 'connected'
		);
	}

	#watch({ track }: RTCTrackEvent): void {
		this.remote ??= new MediaStream();
		this.remote.addTrack(track);
		if (track.kind === 'video' && !this.#video) {
			this.#video = document.createElement('video');
			this.#video.muted = true;
			this.#video.playsInline = true;
			this.#video.srcObject = new MediaStream([track]);
			this.#video.onloadeddata = () => {
				const { own } = this.options;
				if (this.endedBy !== 'running' || this.firstFrameMs[own] !== null) return;
				this.firstFrameMs[own] = this.nowMs;
				this.options.tell({ frameMs: pageClockMs() });
				this.options.changed();
			};
			void this.#video.play().catch(() => undefined);
		}
		this.options.changed();
	}

	#expire(ms: number, endedBy: EndedBy): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#finish(endedBy), ms);
	}

	#finish(endedBy: EndedBy, error: string | null = null): void {
		if (this.endedBy !== 'running') return;
		this.end(endedBy, error);
		this.options.ended(endedBy, error);
	}

	#connection(seat: MeetingSeat): RecordedConnection {
		return this.recording.connections[seat === 'host' ? 0 : 1]!;
	}
}

/** Only the servers that the path needs, so that no other candidates are gathered. */
export function configurationOf(path: MeetingPath, servers: readonly IceServer[], own: MeetingSeat): RTCConfiguration {
	if (path.kind === 'any') return { iceServers: [...servers] };
	// The end opposite a relay at one end only is as in a direct call.
	if (path.kind === 'direct' || (path.relayAt && path.relayAt !== own)) {
		const urls = observersOf(servers.flatMap((server) => server.urls)).slice(0, 2);
		return { iceServers: urls.map((url) => ({ urls: url })) };
	}
	const server = servers.find(({ urls }) => urls.includes(path.url!));
	if (!server) throw new Error(`The ${own} has no credentials for ${path.url}.`);
	return { iceServers: [{ ...server, urls: path.url! }], iceTransportPolicy: 'relay' };
}

/** A busy page gets the result late: the browser's own timestamp says how old the counters are. */
function collectedMs(stats: readonly PlainStats[], nowMs: number): number {
	const times = stats.flatMap(({ type, timestamp }) =>
		(type === 'candidate-pair' || type === 'outbound-rtp') && typeof timestamp === 'number' ? [timestamp] : []
	);
	const latest = Math.max(...times);
	return latest <= nowMs && nowMs - latest < LATE_MS ? latest : nowMs;
}

/** What the metric table uses, of objects that have any of it. */
function keptOf(stats: readonly PlainStats[]): PlainStats[] {
	return normaliseStats(stats).flatMap((object) => {
		const kept = Object.entries(object).filter(([field]) => isKeptField(object.type, field));
		return kept.length === 0 ? [] : [{ id: object.id, type: object.type, ...Object.fromEntries(kept) }];
	});
}
