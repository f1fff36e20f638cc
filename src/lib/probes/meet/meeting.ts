/** A room of two devices: each tells the other about its check, and the host tries paths between them. */
import type { Result } from '../../core/base/result';
import type { IceServer } from '../../core/ice/server';
import type { MeetingPath, MeetingSeat, PairCall } from '../../core/observations/observation';
import type { MessageKind, Ticket } from '../../core/signalling/messages';
import { MeetingAttempt, pageClockMs } from './meeting-attempt';
import type { LinkMessage } from './meeting-link';
import { controlBodies, parseControl, parseNegotiation, type Control } from './meeting-messages';
import { SignallingClient, type RoomState } from './signalling-client';
import type { SignallingOptions } from './signalling-request';

export interface MeetingOptions {
	signalling: SignallingOptions;
	ticket: Ticket;
	name: string;
	/** Servers with fresh credentials, asked for at each attempt. */
	iceServers(): Promise<IceServer[]>;
	/** What is sent to the other end; kept by the caller, who stops it. */
	stream(): Promise<MediaStream>;
	/** The other device's report, as text: not validated. */
	onReport(text: string): void;
	/** Something of what the getters give has changed. */
	changed(): void;
	pack(text: string): Promise<string>;
	unpack(packed: string): Promise<Result<string>>;
}

/** Readings of the other clock: at the start, and from time to time later. */
const CLOCK_READINGS = 5;
const CLOCK_PAUSE_MS = { early: 150, late: 15_000 };

export class Meeting {
	#options: MeetingOptions;
	#client: SignallingClient;
	#attempts: MeetingAttempt[] = [];
	#clock: PairCall['clock'] = null;
	#clockTimer: ReturnType<typeof setTimeout> | null = null;
	#readings = 0;
	#peerProgress = '';
	#peerName = '';
	/** Attempts that the guest is getting ready for, with what is to be done with them when they are there. */
	#early = new Map<number, ((attempt: MeetingAttempt) => void)[]>();
	#report: string | null = null;
	#reportSentTo: string | null = null;

	constructor(options: MeetingOptions) {
		this.#options = options;
		this.#client = new SignallingClient(options.signalling, options.ticket, {
			message: (kind, body) => void this.#take(kind, body),
			state: (state) => this.#roomChanged(state)
		});
	}

	get room(): RoomState {
		return this.#client.state;
	}

	get seat(): MeetingSeat {
		return this.#options.ticket.seat;
	}

	/** The other device's name; kept after it has left. */
	get peerName(): string {
		return this.#peerName;
	}

	get peerProgress(): string {
		return this.#peerProgress;
	}

	get clock(): PairCall['clock'] {
		return this.#clock;
	}

	get attempts(): readonly MeetingAttempt[] {
		return this.#attempts;
	}

	get current(): MeetingAttempt | null {
		const last = this.#attempts.at(-1);
		return last?.endedBy === 'running' ? last : null;
	}

	progress(text: string): void {
		this.#tell({ type: 'progress', text });
	}

	/** Gives the other device this one's report, now and to whoever takes the other seat later. */
	async share(report: string): Promise<void> {
		this.#report = await this.#options.pack(report);
		this.#reportSentTo = null;
		this.#sendReport();
	}

	/** The host tries a path; the attempt that was running ends. `servers` are given to the guest, credentials and all. */
	async attempt(path: MeetingPath, servers: IceServer[] | null = null): Promise<MeetingAttempt> {
		this.current?.end('stopped');
		const number = this.#attempts.length + 1;
		const own = servers ?? (await this.#options.iceServers());
		const stream = await this.#options.stream();
		const startMs = pageClockMs();
		this.#tell({ type: 'attempt', attempt: number, path, startMs, servers });
		return this.#begin(number, path, own, stream, startMs);
	}

	/** Ends the attempt that is running, at both ends. */
	stop(): void {
		const { current } = this;
		if (!current) return;
		current.end('stopped');
		this.#tell({ type: 'end', attempt: current.options.number, endedBy: 'stopped', error: null });
	}

	async leave(): Promise<void> {
		this.current?.end('stopped');
		this.#client.send('bye', 'left');
		this.#stopClock();
		await this.#client.leave();
	}

	/** Ends what runs here without telling the other device: the page is closed. The seat stays this device's. */
	close(): void {
		this.current?.end('stopped');
		this.#stopClock();
		this.#client.close();
	}

	#begin(number: number, path: MeetingPath, servers: IceServer[], stream: MediaStream, startMs: number): MeetingAttempt {
		const own = this.seat;
		const { name } = this.#options;
		const attempt = new MeetingAttempt({
			number,
			own,
			names: own === 'host' ? { host: name, guest: this.#peerName } : { host: this.#peerName, guest: name },
			path,
			servers,
			stream,
			startMs,
			clock: this.#clock,
			send: (message) => this.#negotiate(number, message),
			tell: (what) => {
				if ('events' in what) this.#tell({ type: 'events', attempt: number, events: what.events });
				else if ('stats' in what) this.#tell({ type: 'poll', attempt: number, atMs: what.atMs, stats: what.stats });
				else this.#tell({ type: 'frame', attempt: number, atMs: what.frameMs });
			},
			changed: () => this.#options.changed(),
			ended: (endedBy, error) => this.#tell({ type: 'end', attempt: number, endedBy, error })
		});
		this.#attempts.push(attempt);
		this.#options.changed();
		return attempt;
	}

	#tell(control: Control): void {
		for (const body of controlBodies(control)) this.#client.send('control', body);
	}

	#negotiate(attempt: number, message: LinkMessage): void {
		const body = message.kind === 'candidate' ? { attempt, candidate: message.candidate } : { attempt, sdp: message.sdp };
		this.#client.send(message.kind, JSON.stringify(body));
	}

	async #take(kind: MessageKind, body: string): Promise<void> {
		if (kind === 'control') {
			const control = parseControl(body);
			if (control) await this.#takeControl(control);
		} else if (kind === 'report') {
			const report = await this.#options.unpack(body);
			if (report.ok) this.#options.onReport(report.value);
		} else if (kind === 'bye') this.current?.end('peer-left');
		else {
			const negotiation = parseNegotiation(body);
			if (!negotiation) return;
			const { attempt: number, sdp, candidate } = negotiation;
			const message: LinkMessage | null =
				kind === 'candidate' ? { kind, candidate: candidate ?? null } : sdp === undefined ? null : { kind, sdp };
			if (!message) return;
			this.#withAttempt(number, (attempt) => attempt.receive(message));
		}
	}

	/** A guest that still opens its camera has an attempt a moment later. */
	#withAttempt(number: number, use: (attempt: MeetingAttempt) => void): void {
		const early = this.#early.get(number);
		const attempt = this.#attempts.find(({ options }) => options.number === number);
		if (early) early.push(use);
		else if (attempt) use(attempt);
	}

	async #takeControl(control: Control): Promise<void> {
		switch (control.type) {
			case 'clock':
				this.#tell({ type: 'clock-reply', sentMs: control.sentMs, atMs: pageClockMs() });
				break;
			case 'clock-reply':
				this.#readClock(control.sentMs, control.atMs);
				break;
			case 'progress':
				this.#peerProgress = control.text.slice(0, 200);
				this.#options.changed();
				break;
			case 'attempt':
				if (this.seat === 'guest') await this.#follow(control);
				break;
			case 'events':
				this.#withAttempt(control.attempt, (attempt) => attempt.hear({ events: control.events }));
				break;
			case 'poll':
				this.#withAttempt(control.attempt, (attempt) => attempt.hear({ stats: control.stats, atMs: control.atMs }));
				break;
			case 'frame':
				this.#withAttempt(control.attempt, (attempt) => attempt.hear({ frameMs: control.atMs }));
				break;
			case 'end':
				this.#withAttempt(control.attempt, (attempt) => attempt.end(control.endedBy, control.error));
		}
	}

	async #follow({ attempt: number, path, startMs, servers }: Control & { type: 'attempt' }): Promise<void> {
		this.current?.end('stopped');
		const early: ((attempt: MeetingAttempt) => void)[] = [];
		this.#early.set(number, early);
		try {
			const own = servers ?? (await this.#options.iceServers());
			const stream = await this.#options.stream();
			// The host's start on this page's clock.
			const begun = this.#begin(number, path, own, stream, startMs - (this.#clock?.offsetMs ?? 0));
			for (const use of early) use(begun);
		} catch (error) {
			this.#tell({
				type: 'end',
				attempt: number,
				endedBy: 'failed',
				error: error instanceof Error ? error.message : String(error)
			});
		} finally {
			this.#early.delete(number);
		}
	}

	#roomChanged(state: RoomState): void {
		if (state.peer) {
			this.#peerName = state.peer.name;
			this.#sendReport();
			if (state.peer.connected && this.#clockTimer === null) this.#askClock();
		} else {
			this.#reportSentTo = null;
			this.#clock = null;
			this.#readings = 0;
			this.#stopClock();
			if (state.connection === 'open' || state.connection === 'ended') this.current?.end('peer-left');
		}
		this.#options.changed();
	}

	#sendReport(): void {
		const peer = this.#client?.state.peer?.id;
		if (!this.#report || !peer || this.#reportSentTo === peer) return;
		this.#reportSentTo = peer;
		this.#client.send('report', this.#report);
	}

	#askClock(): void {
		const pauseMs = this.#readings < CLOCK_READINGS ? CLOCK_PAUSE_MS.early : CLOCK_PAUSE_MS.late;
		// Before anything is sent: sending changes the room's state, which asks whether the clock is being read.
		this.#clockTimer = setTimeout(() => this.#askClock(), pauseMs);
		this.#tell({ type: 'clock', sentMs: pageClockMs() });
	}

	/** Half of the round trip is the most that the reading can be wrong by, so the quickest reading is the best (RFC 5905 §8). */
	#readClock(sentMs: number, atMs: number): void {
		const nowMs = pageClockMs();
		if (sentMs > nowMs) return;
		this.#readings++;
		const uncertaintyMs = (nowMs - sentMs) / 2;
		if (this.#clock && this.#clock.uncertaintyMs <= uncertaintyMs) return;
		this.#clock = { offsetMs: atMs - (sentMs + nowMs) / 2, uncertaintyMs };
		this.#options.changed();
	}

	#stopClock(): void {
		if (this.#clockTimer !== null) clearTimeout(this.#clockTimer);
		this.#clockTimer = null;
	}
}
