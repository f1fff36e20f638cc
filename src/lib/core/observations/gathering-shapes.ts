/** What a browser gathers of candidates, as the probes that gather write it down. */
import * as v from 'valibot';
import { listOf, number, object, oneOf, text, whole } from '../base/schema';

/** How a server is spoken to. `tls` is TLS over TCP (RFC 7065 `turns:`). */
export const serverTransport = oneOf('udp', 'tcp', 'tls');
export type ServerTransport = v.InferOutput<typeof serverTransport>;

/** One ICE candidate as the browser reported it (W3C RTCIceCandidate). Times are milliseconds after the probe's start. */
export const candidateRecord = object({
	atMs: number,
	/** The candidate-attribute line, `candidate:…` (RFC 8839 §5.1). */
	candidate: text,
	type: oneOf('host', 'srflx', 'prflx', 'relay'),
	protocol: oneOf('udp', 'tcp'),
	/** An IP address, or the mDNS name (`….local`) that hides it; null when the browser gave none. */
	address: v.nullable(text),
	port: whole,
	foundation: text,
	component: whole,
	priority: number,
	relatedAddress: v.nullable(text),
	relatedPort: v.nullable(whole),
	tcpType: v.nullable(text),
	/** The server it came from, as the browser names it; null for host candidates. */
	url: v.nullable(text),
	/** How the TURN server was reached; browsers leave it null for UDP, see the `url`. */
	relayProtocol: v.nullable(serverTransport)
});
export type CandidateRecord = v.InferOutput<typeof candidateRecord>;

/** One `icecandidateerror` event, raw (W3C RTCPeerConnectionIceErrorEvent). */
export const candidateErrorRecord = object({
	atMs: number,
	url: text,
	errorCode: number,
	/** Empty in Firefox. */
	errorText: text,
	address: v.nullable(text),
	port: v.nullable(number)
});
export type CandidateErrorRecord = v.InferOutput<typeof candidateErrorRecord>;

/** Which implementation measured: error texts and timings differ between them, so the explanations need it. */
const browserEngine = oneOf('chromium', 'firefox', 'safari', 'unknown');
export type BrowserEngine = v.InferOutput<typeof browserEngine>;

/** What one RTCPeerConnection gathered. */
const gathered = object({
	engine: browserEngine,
	candidates: listOf(candidateRecord),
	errors: listOf(candidateErrorRecord),
	/** When `iceGatheringState` became `complete`; null when the probe stopped before. */
	completeMs: v.nullable(number),
	/** Why the probe stopped: the browser was done, the probe had what it came for, or its deadline passed. */
	endedBy: oneOf('complete', 'satisfied', 'deadline'),
	/** The browser has no `icecandidateerror` event (W3C WebRTC §4.8.3): without errors nothing is known of any; left out where it has. */
	noErrorEvents: v.optional(v.literal(true))
});
export type Gathered = v.InferOutput<typeof gathered>;

export const iceGathering = object({
	...gathered.entries,
	/** `granted`: camera or microphone permission was given, so host addresses are not hidden. */
	mediaPermission: oneOf('granted', 'not-granted'),
	policy: oneOf('all', 'relay'),
	urls: listOf(text)
});
export type IceGathering = v.InferOutput<typeof iceGathering>;

/** One server URL in an RTCPeerConnection of its own. */
export const serverGathering = object({
	...gathered.entries,
	url: text,
	/**
	 * How long ago the credential used had expired when gathering began, ms, where its user name bears a time (TURN REST);
	 * null or absent when it had not, or bears none.
	 */
	credentialExpiredForMs: v.optional(v.nullable(number)),
	/** Firefox was told to use the loopback interface (media.peerconnection.ice.loopback); left out where that is not known. */
	usesLoopback: v.optional(v.literal(true)),
	/** The page's permission for devices of the local network; null where the browser has none, or the page comes from there itself. */
	localNetwork: v.optional(v.nullable(oneOf('granted', 'denied', 'prompt')))
});
export type ServerGathering = v.InferOutput<typeof serverGathering>;

/** All servers outside asked over UDP from one socket, until the first answer or not much longer than any answer would take. */
export const udpFirstAnswer = object({
	...gathered.entries,
	/** The `stun:` URLs asked; a TURN server over UDP is asked as `stun:` at the same host and port. */
	urls: listOf(text)
});
export type UdpFirstAnswer = v.InferOutput<typeof udpFirstAnswer>;

/** All observers asked from one local socket (RFC 5780 §4.3, as far as a browser can). */
export const natMapping = object({
	...gathered.entries,
	/**
	 * The `stun:` URLs asked, each of which had answered in its own connection before. A TURN server over UDP is an observer
	 * too and is asked as `stun:` at the same host and port, so that a refused allocation is no error here.
	 */
	observers: listOf(text)
});
export type NatMapping = v.InferOutput<typeof natMapping>;
