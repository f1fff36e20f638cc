/**
 * Rooms for two devices (docs/signalling.md): who may enter, what is carried between them, and when a room ends. The rules are in
 * core/signalling/room; here are tokens, time, streams and limits.
 */
import { createHash } from 'node:crypto';
import { fail, ok, type Fault, type Result } from '../../core/base/result';
import type { Accepted, Action, Envelope, Mark, MemberCard, Seat, Ticket } from '../../core/signalling/messages';
import * as rules from '../../core/signalling/room';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import { makeBuckets } from '../token-bucket';
import { sourceKey } from '../turn/limits';
import { ROOMS_LIMITS, type RoomsLimits } from './limits';
import { makeReader, type Reader } from './reader';

export { ROOMS_LIMITS, type RoomsLimits };

/** `source`: what limits count by; null for this machine itself, which has none. */
export interface Rooms {
	/** Fault codes `busy`, `full`. */
	create(name: string, source: string | null): Result<Ticket>;
	/** Fault codes `busy`, `no-room`, `room-full`. */
	join(room: string, name: string, source: string | null): Result<Ticket>;
	/** What a member asks. Fault codes `no-room`, `forbidden`, `busy`, `not-restorable`, and those of core's `post`. */
	act(room: string, token: string, action: Exclude<Action, { action: 'join' }>, source: string | null): Result<Accepted>;
	/**
	 * The member's events from after `seen`; another stream of the same member ends. With `waitMs` the stream ends at the first
	 * news, or after that time. Fault codes `no-room`, `forbidden`, `busy`.
	 */
	listen(
		room: string,
		token: string,
		seen: Mark | null,
		source: string | null,
		waitMs?: number | null
	): Result<ReadableStream<Uint8Array>>;
	readonly count: number;
	close(): void;
}

interface Entry {
	id: string;
	/** Who made it, as limits count. */
	source: string | null;
	/** Whether there has been a second device. */
	joined: boolean;
	/** Changes when a room is restored after the server lost it: unconfirmed messages have to be sent again. */
	epoch: string;
	room: rules.Room;
	readers: Record<Seat, Reader | null>;
	/** The state of the room that each member was sent last. */
	told: Record<Seat, { view: string }>;
	/** Until when a member that polls counts as present between two requests, ms. */
	backByMs: Record<Seat, number>;
	endsMs: number;
	/** When the last reader left; null while there is one. */
	quietMs: number | null;
}

const SEATS = ['host', 'guest'] as const;

export function makeRooms(clock: Clock, random: Random, limits: RoomsLimits = ROOMS_LIMITS): Rooms {
	const entries = new Map<string, Entry>();
	const mayEnter = makeBuckets(clock, limits.entries);
	const mayAsk = makeBuckets(clock, limits.requests);
	const allowed = (source: string | null) => source === null || mayEnter(sourceKey(source));
	const token = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('base64url');

	const busy = () => fail('busy', 'Too many requests from here. Wait a moment and try again.');
	const noRoom = () => fail('no-room', 'There is no such room: it has ended, or the link was cut off. Ask for a new link.');

	function open(id: string, room: rules.Room, source: string | null): Entry {
		const nowMs = clock.nowMs();
		const entry: Entry = {
			id,
			source: source === null ? null : sourceKey(source),
			joined: room.seats.guest !== null,
			epoch: token(8),
			room,
			readers: { host: null, guest: null },
			told: { host: { view: '' }, guest: { view: '' } },
			backByMs: { host: 0, guest: 0 },
			endsMs: nowMs + limits.lifetimeMs,
			quietMs: nowMs
		};
		entries.set(id, entry);
		return entry;
	}

	function end(entry: Entry, code: string, message: string): void {
		entries.delete(entry.id);
		for (const seat of SEATS) entry.readers[seat]?.end(code, message);
	}

	function announce(entry: Entry): void {
		for (const seat of SEATS) entry.readers[seat]?.roomChanged();
	}

	function ticket(entry: Entry, seat: Seat, own: string): Ticket {
		const endsInMs = Math.max(0, Math.round(entry.endsMs - clock.nowMs()));
		return { room: entry.id, member: entry.room.seats[seat]!.id, token: own, seat, endsInMs };
	}

	/** The seat that a token belongs to. A wrong token leaves no state, and its refusal tells nothing about the room. */
	function enter(id: string, own: string, source: string | null): Result<{ entry: Entry; seat: Seat }> {
		const entry = entries.get(id);
		const key = keyOf(own);
		const seat = entry && SEATS.find((one) => entry.room.seats[one]?.key === key);
		if (entry && seat) return mayAsk(key) ? ok({ entry, seat }) : busy();
		if (!allowed(source)) return busy();
		return entry ? fail('forbidden', 'This device is not in the room.') : noRoom();
	}

	function restore(id: string, own: string, action: Action & { action: 'restore' }, source: string | null): Result<Accepted> {
		// The room's name is a digest of its host's token: nobody else can restore it.
		if (roomIdOf(own) !== id || action.host.key !== keyOf(own))
			return allowed(source) ? fail('not-restorable', 'Only the device that made the room can bring it back.') : busy();
		if (entries.has(id)) return ok({ accepted: entries.get(id)!.room.seats.host?.accepted ?? 0, refused: null });
		if (!allowed(source)) return busy();
		const refused = makeRoomFor(source);
		if (refused) return refused;
		open(id, rules.restoreRoom(action.host, action.guest), source);
		return ok({ accepted: 0, refused: null });
	}

	/** Null where there is room for one more, if need be in place of one that nobody has come to. */
	function makeRoomFor(source: string | null): Result<never> | null {
		const key = source === null ? null : sourceKey(source);
		const held = new Map<string | null, Entry[]>();
		for (const entry of entries.values()) {
			const rooms = held.get(entry.source);
			if (rooms) rooms.push(entry);
			else held.set(entry.source, [entry]);
		}
		if (key !== null && (held.get(key)?.length ?? 0) >= limits.roomsPerSource)
			return fail('busy', 'Too many rooms are open from here. Close one, or wait until one ends.');
		if (entries.size < limits.rooms) return null;
		// Whoever holds most gives way first: a flood must not take the rooms of those who have one.
		const most = [...held.values()].sort((a, b) => b.length - a.length);
		const waiting = most.filter(({ length }) => length > 1).flatMap((rooms) => rooms.find(({ joined }) => !joined) ?? [])[0];
		if (!waiting) return full();
		end(waiting, 'crowded-out', 'The server is full, and nobody had joined this room. Make a new one.');
		return null;
	}

	const full = () => fail('full', 'This server has as many rooms as it can hold. Try again later.');
	const waiting = () => {
		let units = 0;
		for (const { room } of entries.values()) for (const seat of SEATS) units += room.seats[seat]?.outboxUnits ?? 0;
		return units;
	};

	function act(entry: Entry, seat: Seat, action: Action): Result<Accepted> {
		const { room } = entry;
		const other = rules.otherSeat(seat);
		const accepted = () => ok({ accepted: room.seats[seat]?.accepted ?? 0, refused: null });
		const confirm = (mark: Mark | null) => {
			if (mark && rules.confirm(room, seat, mark)) entry.readers[other]?.roomChanged();
		};
		switch (action.action) {
			case 'send': {
				confirm(action.ack);
				// Adding up all outboxes is expensive, so it is done only for large messages.
				if ((room.seats[other]?.outboxUnits ?? 0) > 100_000 && waiting() > limits.waitingUnits)
					return fail('receiver-slow', 'This server holds as much as it can. Send this again in a moment.');
				return sendAll(entry, seat, action.messages);
			}
			case 'ack':
				confirm(action.ack);
				return accepted();
			case 'resume':
				rules.resume(room, seat, action.confirmed);
				return accepted();
			case 'leave':
				if (seat === 'host') end(entry, 'host-left', 'The other device has closed the room.');
				else {
					rules.leave(room, seat);
					entry.readers.guest?.end('left', 'This device has left the room.');
					announce(entry);
				}
				return ok({ accepted: 0, refused: null });
			default:
				return fail('forbidden', 'This device is in the room already.');
		}
	}

	/** Messages accepted before are skipped; a request with nothing else is refused as a replay. */
	function sendAll({ room, readers }: Entry, seat: Seat, messages: readonly Envelope[]): Result<Accepted> {
		let taken = 0;
		let fault: Fault | null = null;
		for (const message of messages) {
			const posted = rules.post(room, seat, message);
			if (posted.ok) taken++;
			else fault = posted.error;
			if (fault && fault.code !== 'duplicate') break;
		}
		if (taken > 0) readers[rules.otherSeat(seat)]?.outboxChanged();
		if (taken === 0 && fault) return { ok: false, error: fault };
		return ok({ accepted: room.seats[seat]!.accepted, refused: fault?.code === 'duplicate' ? null : fault });
	}

	function sweep(): void {
		const nowMs = clock.nowMs();
		for (const entry of entries.values()) {
			for (const seat of SEATS) {
				const reader = entry.readers[seat];
				if (!reader && entry.backByMs[seat] > 0 && !isHere(entry, seat)) {
					entry.backByMs[seat] = 0;
					announce(entry);
				}
				if (!reader) continue;
				if (nowMs - reader.tookMs <= limits.deadMs) reader.beat();
				else {
					reader.end('stalled', 'Nothing was read from this stream.');
					closed(entry, seat, reader);
				}
			}
			if (nowMs > entry.endsMs) end(entry, 'expired', 'The room has reached its age limit. Make a new one.');
			else if (entry.quietMs !== null && nowMs - entry.quietMs > limits.abandonedMs) end(entry, 'abandoned', 'Nobody was here.');
		}
		stopTimer = clock.setTimer(limits.beatMs, sweep);
	}

	function closed(entry: Entry, seat: Seat, reader: Reader): void {
		if (entry.readers[seat] !== reader) return;
		entry.readers[seat] = null;
		if (!entry.readers.host && !entry.readers.guest) entry.quietMs = clock.nowMs();
		if (!isHere(entry, seat)) announce(entry);
	}

	function isHere({ readers, backByMs }: Entry, seat: Seat): boolean {
		return readers[seat] !== null || clock.nowMs() < backByMs[seat];
	}

	let stopTimer = clock.setTimer(limits.beatMs, sweep);

	return {
		create(name, source) {
			if (!allowed(source)) return busy();
			const refused = makeRoomFor(source);
			if (refused) return refused;
			const own = token(32);
			const entry = open(roomIdOf(own), rules.makeRoom({ id: token(12), name, key: keyOf(own) }), source);
			return ok(ticket(entry, 'host', own));
		},
		join(id, name, source) {
			if (!allowed(source)) return busy();
			const entry = entries.get(id);
			if (!entry) return noRoom();
			const own = token(32);
			const card: MemberCard = { id: token(12), name, key: keyOf(own) };
			const joined = rules.join(entry.room, card);
			if (!joined.ok) return joined;
			entry.joined = true;
			announce(entry);
			return ok(ticket(entry, 'guest', own));
		},
		act(id, own, action, source) {
			if (action.action === 'restore') return restore(id, own, action, source);
			const entered = enter(id, own, source);
			return entered.ok ? act(entered.value.entry, entered.value.seat, action) : entered;
		},
		listen(id, own, seen, source, waitMs = null) {
			const entered = enter(id, own, source);
			if (!entered.ok) return entered;
			const { entry, seat } = entered.value;
			if (seen && rules.confirm(entry.room, seat, seen)) entry.readers[rules.otherSeat(seat)]?.roomChanged();
			const before = entry.readers[seat];
			const reader: Reader = makeReader(
				{
					view: () => ({
						...rules.viewOf(entry.room, seat),
						connected: { host: isHere(entry, 'host'), guest: isHere(entry, 'guest') },
						epoch: entry.epoch
					}),
					member: () => entry.room.seats[seat],
					told: entry.told[seat]
				},
				() => clock.nowMs(),
				() => closed(entry, seat, reader),
				waitMs !== null
			);
			const wasHere = isHere(entry, seat);
			entry.readers[seat] = reader;
			entry.quietMs = null;
			entry.backByMs[seat] = waitMs === null ? 0 : clock.nowMs() + waitMs + limits.backMs;
			before?.end('replaced', 'This device listens on another stream now.');
			// Polling is not reported to the other device: its own response would end with each request.
			if (wasHere) reader.roomChanged();
			else announce(entry);
			if (waitMs === 0) reader.finish();
			else if (waitMs !== null) clock.setTimer(waitMs, () => reader.finish());
			return ok(reader.stream);
		},
		get count() {
			return entries.size;
		},
		close() {
			stopTimer();
			for (const entry of entries.values()) end(entry, 'stopped', 'The server is being stopped.');
		}
	};
}

/** What the server keeps of a token: a digest, which is of no use to whoever reads the memory. */
export function keyOf(token: string): string {
	return digest(`icelens member ${token}`);
}

/** A room is named by a digest of its host's token. */
export function roomIdOf(token: string): string {
	return digest(`icelens room ${token}`).slice(0, 22);
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
