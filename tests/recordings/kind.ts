/** A kind of call to record: what its two ends do, what happens to what they tell each other, and to their packets. */
import type { Server } from './servers';

export type EndName = 'a' | 'b';

/** What happens to the packets of end `a` of one call, by its ports (faults.ts). */
export type Fault =
	| 'all'
	| 'to-a'
	| 'from-a'
	| 'dtls'
	| 'dtls-from-a'
	| 'media'
	| 'rtcp'
	| 'stun'
	| 'loss'
	| 'loss-from-a'
	| 'narrow'
	| 'large'
	| 'media-to-a';

export interface EndSpec {
	/** `servers` are looked up when the call is made, since their ports are known only then. */
	servers?: readonly Server[];
	config?: Record<string, unknown>;
	/** Runs in the page with `peer`, before the offer: media, channels, what is done otherwise. */
	code?: string;
}

export interface Description {
	type: string;
	sdp: string;
}

export interface Candidate {
	candidate: string;
	sdpMid?: string | null;
	sdpMLineIndex?: number | null;
}

/** So many seconds after the offer. */
export interface Step {
	afterS: number;
	a?: string;
	b?: string;
	fault?: Fault;
	/** Ends the faults. */
	heal?: true;
	/** Stops this server, or starts it anew with other secrets. */
	stop?: Server;
	restart?: Server;
	/** Starts this server anew as it was: what it gave is forgotten. */
	startAnew?: Server;
	/** Drops the packets of this server, on connections that exist too. */
	cut?: Server;
	/** Takes the address of this end away, until the call is over. Nothing else is recorded meanwhile. */
	addressOf?: EndName;
}

export interface Kind {
	name: string;
	/** What is so, in a sentence: the truth that the first sentence of the verdict is held against. */
	truth: string;
	a?: EndSpec;
	b?: EndSpec;
	/** What \`a\` runs makes the whole call, with a server; there is no other page. */
	alone?: boolean;
	/** Both ends are connections of one page, so that one recording has both. */
	onePage?: boolean;
	/** Whose recording is kept: `a` unless given. */
	recorded?: EndName;
	format?: 'internals' | 'rtcstats' | 'getstats';
	firefox?: EndName;
	/** What the other end is told instead; null: nothing. */
	describe?: (description: Description, from: EndName) => Description | null;
	trickle?: (candidate: Candidate, from: EndName) => Candidate | null;
	/** From before the first packet. */
	fault?: Fault;
	/** Ports that nothing is sent to or from, as long as the call lasts. */
	closedPorts?: readonly number[];
	then?: readonly Step[];
	/** The packets of end `a` are captured too, and what both getStats() and this server's log say at the end is written beside them. */
	captured?: { logOf?: Server };
	/** A connection of another page that gathers first, and keeps what it got. */
	holder?: readonly Server[];
	seconds: number;
}

export const AUDIO = "await addMedia(peer, ['audio']);";
export const VIDEO = "await addMedia(peer, ['video']);";
export const BOTH = "await addMedia(peer, ['audio', 'video']);";
export const DATA = "peer.createDataChannel('messages');";
