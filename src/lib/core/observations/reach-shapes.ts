/** What is seen when one URL of the user's own is asked. */
import * as v from 'valibot';
import { number, object, oneOf, text, whole, yesOrNo } from '../base/schema';

/** An open WebSocket on which this end sent nothing. */
export const heldWebSocket = object({
	/** From the start to the handshake's end. */
	openedMs: number,
	/** From then until it closed, or until this end closed it. */
	heldMs: number,
	/** How long nothing had come from the other end when it was over. Pings count where they are seen. */
	silentMs: number,
	/** Messages that the other end sent. */
	messages: whole,
	/** Pings of the other end, which were answered; null in a browser, which answers them and tells no page. */
	pings: v.nullable(whole),
	/**
	 * How the other end closed it; null where it was still open. 1005: a close frame without a code, 1006: no close frame came
	 * (RFC 6455 §7.1.5).
	 */
	closed: v.nullable(object({ code: whole, reason: text }))
});
export type HeldWebSocket = v.InferOutput<typeof heldWebSocket>;

/** A URL that a page asked: all that a browser tells of it. */
export const urlReach = object({
	/** Without its query and its fragment, in which credentials are given; `?…` where there was a query. */
	url: text,
	/** Where it leads; IPv6 without brackets. */
	host: text,
	port: whole,
	webSocket: yesOrNo,
	/** Whether the page itself came over https:, so that it may ask over TLS alone; and what it may ask in the local network. */
	page: object({ secure: yesOrNo, localNetwork: v.nullable(oneOf('granted', 'prompt', 'denied')) }),
	/** How long an answer was waited for. */
	deadlineMs: number,
	/** What became of the WebSocket until it opened; null where none was to be opened. */
	handshake: v.nullable(
		object({
			/** `not-asked`: the URL is not over TLS. `refused`: the browser threw. `ended`: an error, and no reason. */
			state: oneOf('opened', 'ended', 'silent', 'refused', 'not-asked'),
			afterMs: number,
			/** The browser's words where it threw. */
			browserSaid: v.nullable(text)
		})
	),
	/** The same place asked over HTTPS; null where it was not. Which answer came is hidden from a page of another origin. */
	http: v.nullable(
		object({
			/** `redirected-out`: an answer that sends to a URL which this page’s policy does not let it ask. */
			state: oneOf('answered', 'redirected-out', 'failed', 'silent', 'not-asked'),
			afterMs: number,
			status: v.nullable(whole)
		})
	),
	held: v.nullable(heldWebSocket)
});
export type UrlReach = v.InferOutput<typeof urlReach>;
