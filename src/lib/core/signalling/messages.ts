/**
 * What a device may ask of a room, and what it is told (docs/signalling.md). Whoever carries the messages reads this envelope and
 * never the body: what is in an offer is between the two ends (RFC 9429 §3.1 leaves the transport of descriptions to the
 * application).
 */
import * as v from 'valibot';
import { count } from '../base/format';
import type { Result } from '../base/result';
import { byField, fault, number, object, oneOf, openWord, read, text, whole, yesOrNo } from '../base/schema';

/** The two places of a room. The host made it, the guest came by its link. */
const seat = oneOf('host', 'guest');
export type Seat = v.InferOutput<typeof seat>;

/** How long each kind's body may be, in UTF-16 units: it is the list of kinds, too. */
export const BODY_AT_MOST = {
	/** 35 media sections with their candidates take 90,000. */
	offer: 131_072,
	answer: 131_072,
	/** A candidate line with its mid; the longest seen has 300. */
	candidate: 2048,
	/** Why the sender leaves. */
	bye: 256,
	/** A report, compressed, as text. */
	report: 393_216,
	/** What the two pages agree upon beside the negotiation: which path to try, clock readings, how far a check is. */
	control: 16_384
} as const;

export type MessageKind = keyof typeof BODY_AT_MOST;

export const NAME_AT_MOST = 40;
/** A burst of candidates, and then some. */
export const MESSAGES_AT_ONCE = 50;

const id = v.pipe(text, v.regex(/^[A-Za-z0-9_-]{8,64}$/, 'an id of 8 to 64 letters, digits, “-” and “_”'));

/** What cannot be seen is left out, and what is too long is cut off. */
const memberName = v.pipe(
	text,
	v.transform((name) => [...name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()].slice(0, NAME_AT_MOST).join('')),
	v.nonEmpty('a name of at least one character that can be seen')
);

function envelopeOf<K extends MessageKind>(kind: K) {
	const most = BODY_AT_MOST[kind];
	return object({
		/** Counts the sender's messages from 1 without gaps: what comes again is recognised, what is missing is noticed. */
		seq: v.pipe(whole, v.minValue(1, 'a whole number from 1 up')),
		/** Id of the member it is for. Nothing is ever sent to everybody. */
		to: id,
		kind: v.literal(kind),
		body: v.pipe(text, v.maxLength(most, `a text of at most ${count(most, 'character')}`))
	});
}
const envelope = byField('kind', [
	envelopeOf('offer'),
	envelopeOf('answer'),
	envelopeOf('candidate'),
	envelopeOf('bye'),
	envelopeOf('report'),
	envelopeOf('control')
]);
export type Envelope = v.InferOutput<typeof envelope>;

/** The last message that a device has taken in: who sent it, and its number. */
const mark = object({ from: id, seq: whole });
export type Mark = v.InferOutput<typeof mark>;

/** What both ends of a room know of a member. `key` is a digest of the member's token, which cannot be used as one. */
const memberCard = object({ id, name: memberName, key: id });
export type MemberCard = v.InferOutput<typeof memberCard>;

const SOME = `a list of 1 to ${MESSAGES_AT_ONCE} messages`;

export const action = byField('action', [
	object({ action: v.literal('join'), name: memberName }),
	/** One or more, in order: on a slow path a request a message would take a round trip each. */
	object({
		action: v.literal('send'),
		messages: v.pipe(v.array(envelope, SOME), v.minLength(1, SOME), v.maxLength(MESSAGES_AT_ONCE, SOME)),
		ack: v.nullish(mark, null)
	}),
	object({ action: v.literal('ack'), ack: mark }),
	/** The host brings back a room that the server has lost, with what both members knew of each other. */
	object({ action: v.literal('restore'), host: memberCard, guest: v.nullish(memberCard, null) }),
	/** After `restore`: the number from which this device will send again. */
	object({ action: v.literal('resume'), confirmed: whole }),
	object({ action: v.literal('leave') })
]);
export type Action = v.InferOutput<typeof action>;

/** Makes a room. */
export const newRoom = object({ name: memberName });

/** What the server gives when a room is made or joined. Whoever holds it is that device. */
export const ticket = object({
	room: text,
	/** The device's own id in the room. */
	member: text,
	/** What it proves itself with; shown once, to it alone. */
	token: text,
	seat,
	/** The room ends this many ms from now at the latest. */
	endsInMs: number
});
export type Ticket = v.InferOutput<typeof ticket>;

/** `refused`: why the rest of a list of messages was not taken; null where all of it was. */
export const accepted = object({ accepted: whole, refused: v.nullable(fault) });
export type Accepted = v.InferOutput<typeof accepted>;

const seats = <S extends v.GenericSchema>(each: S) => object({ host: each, guest: each });

/** What a member is told of its room whenever that changes: the whole of it, so that one lost in between does no harm. */
const roomView = object({
	you: seat,
	members: seats(v.nullable(memberCard)),
	/** Of your own messages: the last one taken, and the last one that the other device has confirmed. */
	accepted: whole,
	delivered: whole
});
export type RoomView = v.InferOutput<typeof roomView>;

/** The events of a member's stream, by name. */
export const roomEvents = {
	/** `connected`: who listens. `epoch` changes when a room is made anew after the server lost it. */
	room: object({ ...roomView.entries, connected: seats(yesOrNo), epoch: text }),
	/** A message on its way: `from` is the id of the member that sent it. */
	message: object({ from: text, seq: whole, kind: openWord<MessageKind>(), body: text }),
	/** The stream ends after it. */
	closed: object({ code: text, message: text })
};
export type RoomEvent = v.InferOutput<typeof roomEvents.room>;
export type Delivery = v.InferOutput<typeof roomEvents.message>;

/** Reads one request. Fault codes: `malformed`, `unknown-action`, `unknown-kind`, `too-large`; `where` is the field. */
export function parseAction(value: unknown): Result<Action> {
	const request = read(action, value, 'The request');
	if (request.ok) return request;
	const { code, where = '', message } = request.error;
	const unknown = where === 'action' ? 'unknown-action' : /^messages\[\d+\]\.kind$/.test(where) ? 'unknown-kind' : code;
	return { ok: false, error: { code: unknown, message, where } };
}
