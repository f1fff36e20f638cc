/** Messages between two pages in a room other than the negotiation, as JSON in `control` messages. The other page is not trusted. */
import * as v from 'valibot';
import { byField, listOf, number, object, oneOf, readJson, text, whole } from '../../core/base/schema';
import { iceServer } from '../../core/ice/server';
import { meetingPath } from '../../core/observations/call-shapes';
import { handshakeEvent } from '../../core/recording/handshake-event';
import { BODY_AT_MOST } from '../../core/signalling/messages';
import { plainStats } from '../../core/recording/plain-stats';

const endedBy = oneOf('stopped', 'not-connected', 'path-lost', 'failed');
export type EndedBy = v.InferOutput<typeof endedBy>;

export const control = byField('type', [
	/** Clock readings are ms since 1970 by the page's own clock. */
	object({ type: v.literal('clock'), sentMs: number }),
	object({ type: v.literal('clock-reply'), sentMs: number, atMs: number }),
	/** How far the sender's check is. */
	object({ type: v.literal('progress'), text }),
	/** The host begins to try a path. `servers`: what the guest is to use; null: its own. */
	object({
		type: v.literal('attempt'),
		attempt: number,
		path: meetingPath,
		startMs: number,
		servers: v.nullish(listOf(iceServer), null)
	}),
	object({ type: v.literal('events'), attempt: number, events: listOf(handshakeEvent) }),
	object({ type: v.literal('poll'), attempt: number, atMs: number, stats: listOf(plainStats) }),
	object({ type: v.literal('frame'), attempt: number, atMs: number }),
	object({ type: v.literal('end'), attempt: number, endedBy, error: v.nullish(text, null) })
]);
export type Control = v.InferOutput<typeof control>;

/** Room for the frame around a list. */
const UNITS_AT_MOST = BODY_AT_MOST.control - 500;

/** Null for anything that is not a valid message of this protocol. */
export function parseControl(body: string): Control | null {
	const message = readJson(control, body, 'The message');
	return message.ok ? message.value : null;
}

/** Lists that are too long for one message go in several; an element that is too long by itself is left out. */
export function controlBodies(control: Control): string[] {
	const whole = JSON.stringify(control);
	if (whole.length <= UNITS_AT_MOST) return [whole];
	const field = control.type === 'events' ? 'events' : control.type === 'poll' ? 'stats' : null;
	if (field === null) return [];
	const bodies: string[] = [];
	let part: unknown[] = [];
	let units = 0;
	const flush = () => {
		if (part.length > 0) bodies.push(JSON.stringify({ ...control, [field]: part }));
		part = [];
		units = 0;
	};
	for (const element of (control as unknown as Record<string, unknown[]>)[field]!) {
		const length = JSON.stringify(element).length + 1;
		if (length > UNITS_AT_MOST) continue;
		if (units + length > UNITS_AT_MOST) flush();
		part.push(element);
		units += length;
	}
	flush();
	return bodies;
}

/** RTCIceCandidateInit (W3C WebRTC §4.8.1.1). */
const candidateInit = object({
	candidate: v.optional(text),
	sdpMid: v.nullish(text),
	sdpMLineIndex: v.nullish(whole),
	usernameFragment: v.nullish(text)
});

/** The body of an `offer`, an `answer` or a `candidate`; the candidate null is the end of candidates. */
export const negotiation = object({
	attempt: number,
	sdp: v.optional(text),
	candidate: v.optional(v.nullable(candidateInit))
});
export type NegotiationBody = v.InferOutput<typeof negotiation>;

export function parseNegotiation(body: string): NegotiationBody | null {
	const message = readJson(negotiation, body, 'The message');
	return message.ok ? message.value : null;
}
