/**
 * What a device may ask of a room (docs/signalling.md). Whoever carries the messages reads this envelope and never the
 * body: what is in an offer is between the two ends (RFC 9429 §3.1 leaves the transport of descriptions to the application).
 */
import { isRecord } from '../base/record';
import { fail, ok, type Result } from '../base/result';

/** The two places of a room. The host made it, the guest came by its link. */
export type Seat = 'host' | 'guest';

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

export interface Envelope {
	/** Counts the sender's messages from 1 without gaps: what comes again is recognised, what is missing is noticed. */
	seq: number;
	/** Id of the member it is for. Nothing is ever sent to everybody. */
	to: string;
	kind: MessageKind;
	body: string;
}

/** The last message that a device has taken in: who sent it, and its number. */
export interface Mark {
	from: string;
	seq: number;
}

/** What both ends of a room know of a member. `key` is a digest of the member's token, which cannot be used as one. */
export interface MemberCard {
	id: string;
	name: string;
	key: string;
}

export type Action =
	| { action: 'join'; name: string }
	/** One or more, in order: on a slow path a request a message would take a round trip each. */
	| { action: 'send'; messages: Envelope[]; ack: Mark | null }
	| { action: 'ack'; ack: Mark }
	/** The host brings back a room that the server has lost, with what both members knew of each other. */
	| { action: 'restore'; host: MemberCard; guest: MemberCard | null }
	/** After `restore`: the number from which this device will send again. */
	| { action: 'resume'; confirmed: number }
	| { action: 'leave' };

export const NAME_AT_MOST = 40;
/** A burst of candidates, and then some. */
export const MESSAGES_AT_ONCE = 50;
const ID = /^[A-Za-z0-9_-]{8,64}$/;

/** Reads one request. Fault codes: `malformed`, `unknown-action`, `unknown-kind`, `too-large`; `where` is the field. */
export function parseAction(value: unknown): Result<Action> {
	if (!isRecord(value)) return fail('malformed', 'The request must be a JSON object with an "action".');
	switch (value.action) {
		case 'join': {
			const name = parseName(value.name);
			return name.ok ? ok({ action: 'join', name: name.value }) : name;
		}
		case 'send': {
			const messages = parseMessages(value.messages);
			if (!messages.ok) return messages;
			const ack = value.ack === undefined || value.ack === null ? ok(null) : parseMark(value.ack);
			return ack.ok ? ok({ action: 'send', messages: messages.value, ack: ack.value }) : ack;
		}
		case 'ack': {
			const ack = parseMark(value.ack);
			return ack.ok ? ok({ action: 'ack', ack: ack.value }) : ack;
		}
		case 'restore': {
			const host = parseCard(value.host, 'host');
			if (!host.ok) return host;
			const guest = value.guest === null || value.guest === undefined ? ok(null) : parseCard(value.guest, 'guest');
			return guest.ok ? ok({ action: 'restore', host: host.value, guest: guest.value }) : guest;
		}
		case 'resume':
			return isCount(value.confirmed)
				? ok({ action: 'resume', confirmed: value.confirmed })
				: fail('malformed', '"confirmed" must be a whole number from 0.', 'confirmed');
		case 'leave':
			return ok({ action: 'leave' });
		default:
			return fail('unknown-action', '"action" must be one of join, send, ack, restore, resume and leave.', 'action');
	}
}

export function parseName(value: unknown): Result<string> {
	if (typeof value !== 'string') return fail('malformed', 'The name must be a text.', 'name');
	const name = [...value.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()].slice(0, NAME_AT_MOST).join('');
	return name === '' ? fail('malformed', 'The name must not be empty.', 'name') : ok(name);
}

function parseMessages(value: unknown): Result<Envelope[]> {
	if (!Array.isArray(value) || value.length === 0 || value.length > MESSAGES_AT_ONCE)
		return fail('malformed', `"messages" must be a list of 1 to ${MESSAGES_AT_ONCE} messages.`, 'messages');
	const messages: Envelope[] = [];
	for (const [index, each] of value.entries()) {
		const message = parseEnvelope(each, `messages[${index}]`);
		if (!message.ok) return message;
		messages.push(message.value);
	}
	return ok(messages);
}

function parseEnvelope(value: unknown, where: string): Result<Envelope> {
	if (!isRecord(value)) return fail('malformed', 'A message must be an object with seq, to, kind and body.', where);
	const { seq, to, kind, body } = value;
	if (!isCount(seq) || seq === 0) return fail('malformed', '"seq" must be a whole number from 1.', `${where}.seq`);
	if (typeof to !== 'string' || !ID.test(to)) return fail('malformed', '"to" must be the id of the other member.', `${where}.to`);
	if (typeof kind !== 'string' || !Object.hasOwn(BODY_AT_MOST, kind))
		return fail('unknown-kind', `"kind" must be one of ${Object.keys(BODY_AT_MOST).join(', ')}.`, `${where}.kind`);
	if (typeof body !== 'string') return fail('malformed', '"body" must be a text.', `${where}.body`);
	const most = BODY_AT_MOST[kind as MessageKind];
	return body.length > most
		? fail('too-large', `The body of "${kind}" has ${body.length} characters; ${most} are the most.`, `${where}.body`)
		: ok({ seq, to, kind: kind as MessageKind, body });
}

function parseMark(value: unknown): Result<Mark> {
	return isRecord(value) && typeof value.from === 'string' && ID.test(value.from) && isCount(value.seq)
		? ok({ from: value.from, seq: value.seq })
		: fail('malformed', '"ack" must name a member in "from" and the number of a message in "seq".', 'ack');
}

function parseCard(value: unknown, where: string): Result<MemberCard> {
	if (
		!isRecord(value) ||
		typeof value.id !== 'string' ||
		!ID.test(value.id) ||
		typeof value.key !== 'string' ||
		!ID.test(value.key)
	)
		return fail('malformed', `"${where}" must have an id, a name and a key.`, where);
	const name = parseName(value.name);
	return name.ok ? ok({ id: value.id, name: name.value, key: value.key }) : name;
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
