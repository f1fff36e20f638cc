/** What is known of the end of one server's gathering, and the shape of a rule that explains it. */
import type { Said } from '../base/said';
import type { IceScheme } from '../stun/uri';
import type { ErrorStepId, ErrorValues, OneFamily } from './error-values';

/** The words of `servers[].state` in the report. */
export type ExplainedState =
	| 'works'
	| 'allocates-only'
	| 'unauthorized'
	| 'quota-reached'
	| 'unreachable'
	| 'tls-failed'
	| 'misconfigured'
	| 'not-tested'
	| 'unknown';

/** What was seen of one server URL in a connection of its own. */
export interface ErrorFacts {
	scheme: IceScheme;
	/** How the browser speaks to it; `stuns:` is UDP in Chromium. */
	transport: 'udp' | 'tcp' | 'tls';
	/** Name, or address without brackets. */
	host: string;
	hostKind: 'ipv4' | 'ipv6' | 'name';
	port: number;
	engine: 'chromium' | 'firefox' | 'safari' | 'unknown';
	/** Error code of the event; null when there was no event. */
	code: number | null;
	/** Error text of the event; empty in Firefox. */
	text: string;
	/** How many events the browser raised about this server; 1 when left out. */
	events?: number;
	/** From the start of gathering to the event, or without one to the end of waiting, ms; null for an event whose time nobody wrote down. */
	elapsedMs: number | null;
	/** From the start of gathering to the end of waiting, ms; elapsedMs when left out. */
	waitedMs?: number | null;
	/** Why waiting ended: gathering was complete, the probe had what it wanted, or its deadline passed. */
	endedBy: 'complete' | 'satisfied' | 'deadline';
	/** Types of the candidates that this connection gathered. */
	candidates: readonly ('host' | 'srflx' | 'prflx' | 'relay')[];
	/** Local address that the event names, as the browser writes it (Chromium: `192.0.2.x`, `[0:0:0:x:x:x:x:x]`); null without. */
	address: string | null;
	/** Whether this device has the family of an address that was asked; not known when left out. */
	familyHere?: 'yes' | 'no' | 'unknown';
	/** The family in which alone the name was not found; left out where it was both, or is not known. */
	notFoundIn?: OneFamily | null;
	/** The browser has no event for errors. */
	noErrorEvents?: boolean;
	/** It may never be done either, so that its waiting shows nothing. */
	endsUntold?: boolean;
	/** Firefox is known to ask servers on the loopback; not known when left out. */
	usesLoopback?: boolean;
	/** An answer with the device's own address would not have been told. */
	agreementUntold?: boolean;
	/** How long ago the credential expired, ms; null when it has not, or bears no expiry (see restExpiryMs). */
	expiredForMs: number | null;
}

/** What happened, with the measured values; the rule is one of ERROR_RULES. */
export interface Explanation extends Said {
	state: ExplainedState;
	/** What the reader can do about it. */
	nextStep: Said;
}

export type ErrorRule = {
	[Id in keyof ErrorValues]: {
		id: Id;
		state: ExplainedState;
		when(facts: ErrorFacts): boolean;
		values(facts: ErrorFacts): ErrorValues[Id];
		nextStep: ErrorStepId;
	};
}[keyof ErrorValues];

/** How long gathering waits for a silent server over UDP before it is complete, measured in Chromium 156 and Firefox 153. */
export const UDP_WAITS = { chromiumMs: 39_900, firefoxMs: 11_200 };

/** The wildcard IPv6 socket of a page without media permission, as Chromium writes it. */
export function isUnspecifiedIpv6(address: string | null): boolean {
	return address !== null && /^\[?(0:0:0:x|::)/.test(address);
}
