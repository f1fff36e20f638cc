/**
 * One device's end of a room (docs/signalling.md). Sends in order, tries again until the other device has confirmed, goes on
 * where it stopped after a break, and restores the room if the server lost it. Runs in a page and in Node.
 */
import type { Fault, Result } from '../../core/base/result';
import { read } from '../../core/base/schema';
import {
	accepted,
	MESSAGES_AT_ONCE,
	roomEvents,
	ticket,
	type Accepted,
	type Action,
	type Delivery,
	type MemberCard,
	type MessageKind,
	type RoomEvent,
	type Seat,
	type Ticket
} from '../../core/signalling/messages';
import { readEvents } from './event-stream';
import { ask, pause, refusalOf, REQUEST_MS, roomPath, type SignallingOptions } from './signalling-request';

export interface RoomState {
	/** `open` while events arrive; `lost` while the connection is being made again; `ended` for good. */
	connection: 'connecting' | 'open' | 'lost' | 'ended';
	/** Why it ended; null until then. */
	ended: { code: string; message: string } | null;
	/** The other device; null while there is none. `connected` says whether it listens at this moment. */
	peer: { id: string; name: string; connected: boolean } | null;
	/** Own messages that the other device has not confirmed. */
	unconfirmed: number;
}

export interface SignallingEvents {
	message(kind: MessageKind, body: string): void;
	/** Called on every change. */
	state(state: RoomState): void;
	/** A message that the server will not carry, and why: a mistake of the caller, or of the moment. */
	refused?(kind: MessageKind, fault: Fault): void;
}

/** A phone that changes networks, or a server that restarts, is back well before this. */
const PATIENCE_MS = 60_000;
const RETRY_MS = { first: 200, most: 3000 };
/** The server writes every 15 s: after two and a half times that the connection counts as broken. */
const SILENT_MS = 40_000;
/** When not even the first comment of a stream has arrived by then, a proxy on the path buffers whole responses. */
const HELD_MS = 4000;
/** Then the client polls: each response ends at the first event, or after this. The first one ends at once. */
const PIECE_S = 8;
/** Pause between two polls, where something ends them too early. */
const PIECE_PAUSE_MS = 50;
/** Confirmations of a burst go out as one. */
const CONFIRM_AFTER_MS = 50;
/** What one request may carry besides its first message, in UTF-16 units. */
const REQUEST_UNITS = 60_000;

/** Refusals after which the same message may be taken. */
const PASSING = new Set(['receiver-slow', 'busy', 'alone', 'full', 'unreachable', 'out-of-order', 'no-room']);

/** The server stops, or the stream stalled or was replaced by another one of this device: no end of the room. */
const PASSING_ENDS = new Set(['stopped', 'replaced', 'stalled']);

interface Outgoing {
	seq: number;
	kind: MessageKind;
	body: string;
}

export function makeRoom(options: SignallingOptions, name: string): Promise<Result<Ticket>> {
	return ask(options, ticket, '/api/signal', null, { name });
}

export function joinRoom(options: SignallingOptions, room: string, name: string): Promise<Result<Ticket>> {
	return ask(options, ticket, roomPath(room), null, { action: 'join', name });
}

export class SignallingClient {
	#options: SignallingOptions;
	#ticket: Ticket;
	#events: SignallingEvents;
	#ender = new AbortController();
	#state: RoomState = { connection: 'connecting', ended: null, peer: null, unconfirmed: 0 };
	#members: Record<Seat, MemberCard | null> = { host: null, guest: null };
	#epoch: string | null = null;
	/** Not confirmed by the other device, in order. */
	#outgoing: Outgoing[] = [];
	#accepted = 0;
	#delivered = 0;
	#nextSeq = 1;
	/** The last message taken in. */
	#seen: { from: string; seq: number } | null = null;
	#confirmed = 0;
	#confirmTimer: ReturnType<typeof setTimeout> | null = null;
	#sending = false;
	#wake: (() => void) | null = null;
	#lostSinceMs: number | null = null;
	/** How events are received: by a lasting stream, or by polling. */
	#way: 'stream' | 'pieces' = 'stream';

	constructor(options: SignallingOptions, ticket: Ticket, events: SignallingEvents) {
		this.#options = options;
		this.#ticket = ticket;
		this.#events = events;
		void this.#listen();
	}

	get state(): RoomState {
		return this.#state;
	}

	/** Never blocks and never fails: what cannot be carried now is carried when it can, in the order of the calls. */
	send(kind: MessageKind, body: string): void {
		if (this.#state.connection === 'ended') return;
		this.#outgoing.push({ seq: this.#nextSeq++, kind, body });
		this.#changed({});
		void this.#sendAll();
	}

	/** Leaves the room: a guest frees its seat, a host ends the room. */
	async leave(): Promise<void> {
		if (this.#state.connection === 'ended') return;
		this.close();
		await this.#ask({ action: 'leave' });
	}

	/** Stops listening and sending; the seat stays this device's. */
	close(): void {
		this.#end('closed', 'This device has closed its connection.');
	}

	async #listen(): Promise<void> {
		const { signal } = this.#ender;
		for (let waitMs = RETRY_MS.first; !signal.aborted; waitMs = Math.min(RETRY_MS.most, waitMs * 2)) {
			const began = Date.now();
			const fault = await this.#listenOnce();
			if (signal.aborted) return;
			if (fault === 'go-on') {
				waitMs = RETRY_MS.first;
				await pause(PIECE_PAUSE_MS, signal);
				continue;
			}
			if (fault && (await this.#handleFault(fault))) continue;
			if (signal.aborted) return;
			this.#lostSinceMs ??= Date.now();
			if (Date.now() - this.#lostSinceMs > (this.#options.patienceMs ?? PATIENCE_MS)) {
				this.#end(fault?.code ?? 'unreachable', fault?.message ?? 'The server could not be reached any more.');
				return;
			}
			this.#changed({ connection: this.#state.connection === 'connecting' ? 'connecting' : 'lost' });
			// A stream that held for a while is made again at once.
			if (Date.now() - began > 1000) waitMs = RETRY_MS.first;
			await pause(waitMs * (0.75 + Math.random() / 2), signal);
		}
	}

	/** Reads one stream to its end. Returns why there was none; null when it just broke; `go-on` where the next is to follow. */
	async #listenOnce(): Promise<Fault | 'go-on' | null> {
		const one = new AbortController();
		const stop = () => one.abort();
		this.#ender.signal.addEventListener('abort', stop);
		const pieces = this.#way === 'pieces';
		let heard = false;
		let watchdog = setTimeout(stop, pieces ? PIECE_S * 1000 + REQUEST_MS : HELD_MS);
		try {
			const seen = this.#seen;
			const query = pieces ? `?wait=${this.#epoch === null || this.#state.connection !== 'open' ? 0 : PIECE_S}` : '';
			const response = await fetch(this.#options.origin + roomPath(this.#ticket.room) + query, {
				headers: {
					...this.#options.headers,
					accept: 'text/event-stream',
					authorization: `Bearer ${this.#ticket.token}`,
					...(seen ? { 'last-event-id': `${seen.from}:${seen.seq}` } : {})
				},
				cache: 'no-store',
				signal: one.signal
			});
			if (!response.ok) return await refusalOf(response);
			for await (const { event, data } of readEvents(response.body!, () => {
				heard = true;
				clearTimeout(watchdog);
				watchdog = setTimeout(stop, SILENT_MS);
			})) {
				this.#take(event, data);
				if (this.#ender.signal.aborted) return null;
			}
			return pieces && heard ? 'go-on' : null;
		} catch {
			// Broken off, or silent for too long: both mean trying again. What says nothing at all may do so the other way.
			if (!heard && one.signal.aborted) this.#way = pieces ? 'stream' : 'pieces';
			return null;
		} finally {
			clearTimeout(watchdog);
			this.#ender.signal.removeEventListener('abort', stop);
			one.abort();
		}
	}

	/** Returns true where the next try may follow at once. */
	async #handleFault(fault: Fault): Promise<boolean> {
		if (fault.code === 'forbidden' || fault.code === 'not-restorable') {
			this.#end(fault.code, fault.message);
			return true;
		}
		if (fault.code !== 'no-room' || this.#ticket.seat !== 'host' || !this.#members.host) return false;
		// The server was restarted, and only this device can restore the room.
		return (await this.#ask({ action: 'restore', host: this.#members.host, guest: this.#members.guest })).ok;
	}

	#ask(action: Action): Promise<Result<Accepted>> {
		return ask(this.#options, accepted, roomPath(this.#ticket.room), this.#ticket.token, action);
	}

	#take(event: string, data: unknown): void {
		if (event === 'room') {
			const view = read(roomEvents.room, data, event);
			if (view.ok) void this.#takeView(view.value);
		} else if (event === 'message') {
			const message = read(roomEvents.message, data, event);
			if (message.ok) this.#takeMessage(message.value);
		} else if (event === 'closed') {
			const closed = read(roomEvents.closed, data, event);
			if (closed.ok && !PASSING_ENDS.has(closed.value.code)) this.#end(closed.value.code, closed.value.message);
		}
	}

	async #takeView(view: RoomEvent): Promise<void> {
		const seat: Seat = this.#ticket.seat === 'host' ? 'guest' : 'host';
		const peer = view.members[seat];
		const restored = this.#epoch !== null && this.#epoch !== view.epoch;
		this.#epoch = view.epoch;
		this.#lostSinceMs = null;
		if (this.#members[seat] && peer?.id !== this.#members[seat].id) this.#forgetPeer(view);
		this.#members = view.members;
		if (restored) {
			// The server knows nothing of this device's messages any more; what was not confirmed is sent again.
			this.#accepted = this.#delivered;
			await this.#ask({ action: 'resume', confirmed: this.#delivered });
		} else {
			this.#accepted = Math.max(this.#accepted, view.accepted);
			this.#delivered = Math.max(this.#delivered, view.delivered);
			this.#outgoing = this.#outgoing.filter(({ seq }) => seq > this.#delivered);
		}
		this.#changed({
			connection: 'open',
			peer: peer && { id: peer.id, name: peer.name, connected: view.connected[seat] }
		});
		this.#wake?.();
		void this.#sendAll();
	}

	/** What was under way to a device that has left is of no use to the next one. */
	#forgetPeer(view: RoomEvent): void {
		this.#accepted = Math.max(this.#accepted, view.accepted);
		this.#delivered = this.#accepted;
		this.#nextSeq = this.#accepted + 1;
		this.#outgoing = [];
		this.#seen = null;
	}

	#takeMessage({ from, seq, kind, body }: Delivery): void {
		// Sent again because its confirmation was lost.
		if (this.#seen?.from === from && seq <= this.#seen.seq) return;
		this.#seen = { from, seq };
		this.#confirmTimer ??= setTimeout(() => void this.#confirm(), CONFIRM_AFTER_MS);
		this.#events.message(kind, body);
	}

	async #confirm(): Promise<void> {
		this.#confirmTimer = null;
		const seen = this.#seen;
		// One that is lost is made up for by the next, or by the mark in the next stream's request.
		if (seen && seen.seq !== this.#confirmed && this.#state.connection !== 'ended') {
			this.#confirmed = seen.seq;
			await this.#ask({ action: 'ack', ack: seen });
		}
	}

	/** One request at a time, with all there is to send: the order of messages is the order of requests. */
	async #sendAll(): Promise<void> {
		if (this.#sending) return;
		this.#sending = true;
		const { signal } = this.#ender;
		let waitMs = RETRY_MS.first;
		try {
			while (!signal.aborted) {
				const batch = this.#nextBatch();
				const to = this.#members[this.#ticket.seat === 'host' ? 'guest' : 'host'];
				// With nobody there, or no connection, the next view of the room comes first.
				if (batch.length === 0 || !to || this.#state.connection !== 'open') return;
				const result = await this.#ask({
					action: 'send',
					messages: batch.map((each) => ({ ...each, to: to.id })),
					ack: this.#seen
				});
				const last = batch.at(-1)!.seq;
				let fault = result.ok ? result.value.refused : result.error;
				if (fault?.code === 'duplicate') fault = null;
				const taken = result.ok ? result.value.accepted : fault ? this.#accepted : last;
				if (taken > this.#accepted) waitMs = RETRY_MS.first;
				this.#accepted = Math.max(this.#accepted, Math.min(taken, last));
				if (!fault) continue;
				const refused = batch.find(({ seq }) => seq > this.#accepted);
				if (PASSING.has(fault.code)) {
					await this.#wait(waitMs);
					waitMs = Math.min(RETRY_MS.most, waitMs * 2);
				} else if (refused && this.#outgoing.includes(refused)) this.#drop(refused, fault);
			}
		} finally {
			this.#sending = false;
		}
	}

	/** The next messages, as many as one request may hold. */
	#nextBatch(): Outgoing[] {
		const batch: Outgoing[] = [];
		let units = 0;
		for (const each of this.#outgoing) {
			if (each.seq <= this.#accepted) continue;
			units += each.body.length;
			if (batch.length > 0 && (units > REQUEST_UNITS || batch.length === MESSAGES_AT_ONCE)) break;
			batch.push(each);
		}
		return batch;
	}

	/** Until the time is over or the room has something new to say. */
	async #wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#wake = resolve;
			void pause(ms, this.#ender.signal).then(resolve);
		});
		this.#wake = null;
	}

	/** The server has not counted it, so those behind it move up. */
	#drop(refused: Outgoing, fault: Fault): void {
		this.#outgoing = this.#outgoing.filter((each) => each !== refused);
		for (const each of this.#outgoing) if (each.seq > refused.seq) each.seq--;
		this.#nextSeq--;
		this.#changed({});
		this.#events.refused?.(refused.kind, fault);
	}

	#changed(change: Partial<RoomState>): void {
		this.#state = { ...this.#state, ...change, unconfirmed: this.#outgoing.length };
		this.#events.state(this.#state);
	}

	#end(code: string, message: string): void {
		if (this.#state.connection === 'ended') return;
		this.#ender.abort();
		if (this.#confirmTimer !== null) clearTimeout(this.#confirmTimer);
		this.#outgoing = [];
		this.#changed({ connection: 'ended', ended: { code, message }, peer: null });
	}
}
