/** What is seen of a NAT's filtering, mapping and hairpinning (RFC 4787), as the probes write it down. */
import * as v from 'valibot';
import { byField, listOf, number, object, oneOf, openWord, text, whole, yesOrNo } from '../base/schema';

export const filterEndpoint = object({ address: text, port: whole });
export type FilterEndpoint = v.InferOutput<typeof filterEndpoint>;

export const hairpinTest = object({
	family: oneOf('ipv4', 'ipv6'),
	/** The `stun:` URL of the server that told both public addresses. */
	observer: text,
	/** Where the two sockets of this page are seen from outside; each is given nothing but the other's. */
	mapped: v.tuple([v.nullable(filterEndpoint), v.nullable(filterEndpoint)], 'a list'),
	/**
	 * `returned`: answers came back by the other's public address. `arrived`: packets came round and their answers did not.
	 * `lost`: nothing came, and by their inside addresses the same two sockets met at once (the control). Else inconclusive.
	 */
	state: oneOf('returned', 'arrived', 'lost', 'inconclusive'),
	why: v.nullable(openWord<'no-mapped-address' | 'control-failed'>()),
	/** From the first packet until the first answer, or how long was tried without one. */
	triedMs: v.nullable(number),
	/** How long the two took to meet by their inside addresses. */
	controlMs: v.nullable(number)
});
export type HairpinTest = v.InferOutput<typeof hairpinTest>;

/** One test of whether unsolicited probes from the relay of a TURN server reach a socket, with its own positive control. */
const filterProbe = object({
	/**
	 * What the probed socket had written to before: only a STUN server at another address than the relay's, or also the
	 * relay's own address at another port.
	 */
	opened: oneOf('other-address', 'relay-address'),
	/** The `stun:` URL of the server that told the mapped address. */
	observer: text,
	/** The address that was probed. */
	mapped: v.nullable(filterEndpoint),
	/** The address that the probes came from. */
	relay: v.nullable(filterEndpoint),
	/** `blocked` only where the control passed; everything else that did not pass is inconclusive. */
	state: oneOf('passed', 'blocked', 'inconclusive'),
	why: v.nullable(openWord<'no-mapped-address' | 'no-relay' | 'other-family' | 'not-opened' | 'control-failed'>()),
	/** From the first probe until one passed, or how long probes were sent of which none passed. */
	probingMs: v.nullable(number),
	/** From writing to the relay until it answered: the filter is open then, so anything else would be the relay's fault. */
	controlMs: v.nullable(number),
	/** The port that the relay saw in the control: another one than that of `mapped` means that the mapping depends on the destination. */
	controlPort: v.nullable(whole)
});
export type FilterProbe = v.InferOutput<typeof filterProbe>;

const familyOrUnknown = oneOf('ipv4', 'ipv6', 'unknown');

/** NAT filtering (RFC 4787 §5), found with any TURN server. */
const turnFiltering = object({
	method: v.literal('turn'),
	family: familyOrUnknown,
	/** The TURN URL. */
	server: text,
	probes: listOf(filterProbe)
});
export type TurnFiltering = v.InferOutput<typeof turnFiltering>;

/** Which of a prober's sockets, relative to the one that the page writes to (RFC 5780 §7.2). */
const socketPosition = oneOf('same', 'other-port', 'other-address', 'other-both');
export type SocketPosition = v.InferOutput<typeof socketPosition>;

/** A second Icelens server, at another address, that the operator of the first named. */
const proberPartner = object({
	/** Name or address, without port and brackets. */
	host: text,
	/**
	 * What kept it from telling: not reached in time; it does not know our secret; its clock is off; no address of this family;
	 * the same address as ours; too much to do, or it may not send there; none of this device's packets reached it; none of its
	 * packets reached this device.
	 */
	why: v.nullable(oneOf('unreachable', 'refused', 'clock', 'no-family', 'same-address', 'busy', 'not-heard', 'not-answered'))
});
export type ProberPartner = v.InferOutput<typeof proberPartner>;

/** The same, tested by the app's prober: it sent checks to the page from sockets that the page had never written to. */
export const proberFiltering = object({
	method: v.literal('prober'),
	family: familyOrUnknown,
	/** Address and port that the page wrote to. */
	server: text,
	/** Where the page's checks came from; null when none came. */
	mapped: v.nullable(filterEndpoint),
	/** Whether that address answered a request, so that it is no forgery and packets get back to it. */
	proven: yesOrNo,
	roundTripMs: v.nullable(number),
	/** For each socket that the prober has: how many requests it sent to `mapped` and how many were answered. */
	probes: listOf(
		object({ position: socketPosition, from: filterEndpoint, sent: whole, answered: whole, firstAnswerMs: v.nullable(number) })
	),
	/** The second Icelens server that was asked for probes: those from other addresses are its own. Absent where none was needed. */
	partner: v.optional(
		object({
			...proberPartner.entries,
			/** How long an answer to each of its probes was waited for. */
			waitedMs: number,
			/**
			 * After unanswered probes the page wrote to one of its sockets, `at`, and another one, `probedFrom`, probed the address that this
			 * came from. Null without this control.
			 */
			control: v.nullable(
				object({
					at: filterEndpoint,
					from: filterEndpoint,
					probedFrom: filterEndpoint,
					sent: whole,
					answered: whole,
					roundTripMs: number
				})
			)
		})
	),
	tookMs: number
});
export type ProberFiltering = v.InferOutput<typeof proberFiltering>;

export const natFiltering = byField('method', [turnFiltering, proberFiltering]);
export type NatFiltering = v.InferOutput<typeof natFiltering>;

/** Where the checks of one socket came from, as each of the prober's sockets saw them. */
export const proberMapping = object({
	method: oneOf('prober'),
	family: familyOrUnknown,
	seen: listOf(object({ position: socketPosition, at: filterEndpoint, from: v.nullable(filterEndpoint) })),
	/** Absent where no second server was asked; those at other addresses are its sockets. */
	partner: v.optional(proberPartner),
	/** How many UDP sockets the page used, as its host candidates show; more than one of a family cannot be told apart. */
	sockets: v.optional(whole)
});
export type ProberMapping = v.InferOutput<typeof proberMapping>;
