/**
 * The rules of a room for two: who is in, who may send what to whom, and what is kept until it has arrived. Plain data and
 * functions that change it; sockets, time and tokens belong to whoever runs them (server/rooms).
 */
import { fail, ok, type Fault, type Result } from '../base/result';
import type { Delivery, Envelope, Mark, MemberCard, RoomView, Seat } from './messages';

export interface Member extends MemberCard {
	/** Number of the last message taken from this member. */
	accepted: number;
	/** Number of this member's last message that the other one has confirmed. */
	delivered: number;
	/** What is for this member and not confirmed yet, in order. */
	outbox: Delivery[];
	outboxUnits: number;
	/** An offer of this member that the other one has not answered (RFC 3264 §4: an answer needs its offer). */
	offerOpen: boolean;
	/** Whether it has sent any description: candidates belong to one (RFC 9429 §3.5.2). */
	described: boolean;
}

export interface Room {
	seats: Record<Seat, Member | null>;
}

/** Beyond this a reader is too slow, and the sender is told to wait: nothing is dropped. */
export const OUTBOX_MESSAGES_AT_MOST = 200;
export const OUTBOX_UNITS_AT_MOST = 1_000_000;

export function makeRoom(host: MemberCard): Room {
	return { seats: { host: newMember(host), guest: null } };
}

/** A room that the server had lost. What was said before is not known any more, so it is not held against what comes now. */
export function restoreRoom(host: MemberCard, guest: MemberCard | null): Room {
	const known = { offerOpen: true, described: true };
	return { seats: { host: { ...newMember(host), ...known }, guest: guest && { ...newMember(guest), ...known } } };
}

export function otherSeat(seat: Seat): Seat {
	return seat === 'host' ? 'guest' : 'host';
}

/** Fault code `room-full`. */
export function join(room: Room, guest: MemberCard): Result<Member> {
	if (room.seats.guest) return fail('room-full', 'Two devices are in this room already. Ask for a link of your own.');
	const member = newMember(guest);
	room.seats.guest = member;
	return ok(member);
}

/** The guest's seat becomes free; the host's leaving ends the room, which the caller does. */
export function leave(room: Room, seat: Seat): void {
	room.seats[seat] = null;
	const other = room.seats[otherSeat(seat)];
	if (!other) return;
	// Another guest counts its messages from 1 and knows nothing of what was under way.
	other.outbox = [];
	other.outboxUnits = 0;
	other.offerOpen = false;
	other.described = false;
}

/**
 * Takes a message for the other member. Fault codes: `alone`, `not-a-member`, `duplicate` (taken before: not an error for
 * one who tries again), `out-of-order`, `no-offer`, `no-description`, `receiver-slow` (try the same again later).
 */
export function post(room: Room, from: Seat, message: Envelope): Result<Delivery> {
	const sender = room.seats[from];
	const receiver = room.seats[otherSeat(from)];
	if (!sender) return fail('not-a-member', 'The sender is not in this room.');
	if (!receiver) return fail('alone', 'Nobody else is in this room yet. Wait for the other device.');
	if (message.to !== receiver.id) return fail('not-a-member', 'The receiver is not in this room.', 'message.to');
	const order = checkOrder(sender, receiver, message);
	if (order) return { ok: false, error: order };
	if (receiver.outbox.length >= OUTBOX_MESSAGES_AT_MOST || receiver.outboxUnits + message.body.length > OUTBOX_UNITS_AT_MOST) {
		return fail('receiver-slow', 'The other device has not taken in what it was sent. Send this again in a moment.');
	}
	sender.accepted = message.seq;
	if (message.kind === 'offer') sender.offerOpen = true;
	if (message.kind === 'answer') receiver.offerOpen = false;
	if (message.kind === 'offer' || message.kind === 'answer') sender.described = true;
	const delivery: Delivery = { from: sender.id, seq: message.seq, kind: message.kind, body: message.body };
	receiver.outbox.push(delivery);
	receiver.outboxUnits += message.body.length;
	return ok(delivery);
}

function checkOrder(sender: Member, receiver: Member, message: Envelope): Fault | null {
	const fault = (code: string, text: string): Fault => ({ code, message: text, where: 'message' });
	if (message.seq <= sender.accepted) return fault('duplicate', `Message ${message.seq} was taken before.`);
	if (message.seq > sender.accepted + 1)
		return fault('out-of-order', `Message ${message.seq} came before message ${sender.accepted + 1}.`);
	if (message.kind === 'answer' && !receiver.offerOpen)
		return fault('no-offer', 'There is no offer of the other device that this could be the answer to.');
	if (message.kind === 'candidate' && !sender.described)
		return fault('no-description', 'A candidate belongs to an offer or an answer, and none was sent before it.');
	return null;
}

/** Forgets what the member has confirmed. Returns whether that was news to the sender. */
export function confirm(room: Room, seat: Seat, mark: Mark): boolean {
	const receiver = room.seats[seat];
	const sender = room.seats[otherSeat(seat)];
	if (!receiver || !sender || mark.from !== sender.id) return false;
	// Only what was sent can have arrived: a mark beyond it confirms what there is.
	const upTo = Math.min(mark.seq, sender.accepted);
	if (upTo <= sender.delivered) return false;
	sender.delivered = upTo;
	receiver.outbox = receiver.outbox.filter(({ seq }) => seq > upTo);
	receiver.outboxUnits = receiver.outbox.reduce((sum, { body }) => sum + body.length, 0);
	return true;
}

/** After the room was restored: where this member's numbering goes on. Only a member that has sent nothing yet may say so. */
export function resume(room: Room, seat: Seat, confirmed: number): void {
	const member = room.seats[seat];
	if (!member || member.accepted > 0) return;
	member.accepted = confirmed;
	member.delivered = confirmed;
}

export function viewOf(room: Room, seat: Seat): RoomView {
	const { host, guest } = room.seats;
	const own = room.seats[seat];
	return {
		you: seat,
		members: { host: host && cardOf(host), guest: guest && cardOf(guest) },
		accepted: own?.accepted ?? 0,
		delivered: own?.delivered ?? 0
	};
}

function cardOf({ id, name, key }: Member): MemberCard {
	return { id, name, key };
}

function newMember(card: MemberCard): Member {
	return { ...card, accepted: 0, delivered: 0, outbox: [], outboxUnits: 0, offerOpen: false, described: false };
}
