/** One step of a recorded offer/answer procedure: what a page called on a connection, what came of it, or what happened by itself. */
import * as v from 'valibot';
import { number, object, oneOf, openWord, text } from '../base/schema';
import type { Role } from '../sdp/text/description';

export type HandshakeCall =
	| 'create-offer'
	| 'create-answer'
	| 'set-local'
	| 'set-remote'
	| 'add-candidate'
	| 'candidate'
	| 'candidate-error'
	| 'track'
	| 'data-channel'
	| 'negotiation-needed'
	| 'signaling-state'
	| 'gathering-state'
	| 'ice-state'
	| 'connection-state'
	| 'dtls-state'
	| 'restart-ice'
	| 'close'
	/** Anything else a recorder wrote down: `name` is its own word, `detail` what it gave with it. */
	| 'other';

export const handshakeEvent = object({
	/** Milliseconds on the clock of the recording, in a session of its own since it began; null without a usable clock. */
	atMs: v.nullable(number),
	/** Id of the connection it happened on. */
	peer: text,
	call: openWord<HandshakeCall>(),
	/** A method called, its promise fulfilled or rejected, or an event that came by itself. */
	phase: oneOf('called', 'done', 'failed', 'event'),
	description: v.optional(object({ type: openWord<Role | 'pranswer' | 'rollback'>(), sdp: text })),
	/** The candidate line; an empty text is the end of candidates. */
	candidate: v.optional(text),
	/** The new state, for the state calls. */
	state: v.optional(text),
	/** The browser's message, for a failure. */
	error: v.optional(text),
	/** Kind of the track or label of the data channel; for `other` the recorder's word. */
	name: v.optional(text),
	/** For `other` and for candidates: what the recorder gave with it, as text. */
	detail: v.optional(text)
});
export type HandshakeEvent = v.InferOutput<typeof handshakeEvent>;
