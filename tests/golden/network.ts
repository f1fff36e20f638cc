/** A network, its device and the servers asked, as make-observations takes them. */
import { parseIp, type Family } from '../../src/lib/core/base/ip';
import type { AppReachability, BrowserEngine, RelayRun } from '../../src/lib/core/observations/observation';
import { parseIceUrl } from '../../src/lib/core/stun/uri';

export interface Endpoint {
	address: string;
	port: number;
}

export interface Device {
	address: string;
	family: Family;
}

/** What a server does, seen from the network under test. */
export interface Server {
	url: string;
	/** Where its name leads; an IP literal needs none. */
	at?: string[];
	/** Default `answers`. `swallowed`: done, without a candidate and without an error. */
	does?:
		| 'answers'
		| 'silent'
		| 'refused'
		| 'swallowed'
		| 'not-asked'
		| { code: number; text: string; atMs?: number }
		| { fails: 'malformed' | 'unsupported' | 'internal' | 'no-webrtc'; message: string };
	answerMs?: number;
	/** Relay address; TURN only. */
	relay?: string;
	/** Which runs carry data; null: the relay test was not run. Default: direct. */
	carries?: readonly RelayRun['toward'][] | null;
	/** The address that the relay gets this device's packets from, where the browser tells it. */
	relaySees?: string;
	/** Families over which it is silent although it answers over the other. */
	silentOver?: Family;
}

/** What was answered in the place of the app. */
export type AppAnswer = Partial<Pick<AppReachability, 'status' | 'redirected' | 'mediaType'>>;

export interface Network {
	engine?: BrowserEngine;
	/** Host addresses are shown. */
	microphone?: boolean;
	devices: Device[];
	/** What the outside sees of a local port, depending on the destination; the family is the device's. */
	nat(family: Family, localPort: number, to: Endpoint, nth: number): Endpoint;
	servers: Server[];
	/** Default: an app on loopback. */
	app?: { url: string; clientAddress: string | null; answer?: AppAnswer } | 'fails';
	/** Default: done when two observers answered. */
	mapping?: 'not-run' | 'unfinished' | 'waited' | 'one-fails';
	/** Who may send to the device; `relay-is-deaf`: not even the control gets through. Default: the filtering test was not run. */
	filtering?: 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent' | 'relay-is-deaf';
	deadlineMs?: number;
	/** Share of every probe's time in which the page stood still. */
	stoodStill?: number;
}

export function familyOf(address: string): Family {
	return parseIp(address)!.family;
}

export function placesOf(server: Server): Endpoint[] {
	const parsed = parseIceUrl(server.url);
	if (!parsed.ok) return [];
	const { host, hostKind, port } = parsed.value;
	return (hostKind === 'name' ? (server.at ?? []) : [host]).map((address) => ({ address, port }));
}

export function answersUdp(server: Server): boolean {
	const parsed = parseIceUrl(server.url);
	return (server.does ?? 'answers') === 'answers' && parsed.ok && parsed.value.transport === 'udp' && placesOf(server).length > 0;
}

export function stunUrl(url: string): string {
	return url
		.replace(/^turn:/, 'stun:')
		.replace(/\?.*$/, '')
		.replace(/:3478$/, '');
}
