/** What two ends said to each other: STUN transactions, DTLS, RTP. Which end is meant is known at the end alone, so both are counted. */
import type { StunMessage } from '../../stun/message';
import { readAttribute } from '../../stun/message';
import { methodName, type MethodName } from '../../stun/methods-table';
import { toHex } from '../../stun/bytes';
import { DtlsWatch } from './dtls-watch';
import { RtpWatch } from './rtp-watch';

/** From the end that was seen first to the other, or back. */
export type Direction = 0 | 1;
export const otherWay = (direction: Direction): Direction => (direction === 0 ? 1 : 0);

export interface End {
	address: string;
	port: number;
}

/** A refusal of a server, or of the other end. */
export interface StunError {
	atMs: number;
	/** Of the answer. */
	direction: Direction;
	method: MethodName | null;
	code: number;
	reason: string;
	username: string | null;
	/** The first request of a login, which everybody is refused (RFC 8489 §9.2.4). */
	isChallenge: boolean;
}

interface Asked {
	method: MethodName | null;
	atMs: number;
	/** Requests of one transaction: more than one are retransmissions. */
	times: number;
	username: string | null;
	nominates: boolean;
}

/** Counts of one direction, as they stood at a time. */
export interface Counts {
	/** Without STUN, as W3C webrtc-stats counts what a pair carries. */
	packets: number;
	bytes: number;
	stunPackets: number;
	requests: number;
	retransmissions: number;
	/** Successes that came back to requests of this direction. */
	answers: number;
	/** Of the last one answered; null before. */
	rttMs: number | null;
	totalRttMs: number;
	nominatedMs: number | null;
	firstRequestMs: number | null;
	lastRequestMs: number | null;
	/** The third one: checks of a new pair come far faster than those of consent (RFC 7675 §5.1). */
	thirdRequestMs: number | null;
	firstAnswerMs: number | null;
	/** Requests that ask a server: Allocate and the like, and bindings without a user name. */
	asksServer: number;
	/** User name fragments of its checks: the sender's own, then the other's (RFC 8445 §7.2.2). */
	fragments: { own: string; other: string } | null;
	/** Of its requests to a server. */
	username: string | null;
	unreachable: number;
}

/** Those that are charted. */
export type Sample = Pick<Counts, 'packets' | 'bytes' | 'requests' | 'answers' | 'rttMs' | 'totalRttMs'>;

export interface Row {
	atMs: number;
	counts: [Sample, Sample];
	rtp: { direction: Direction; ssrc: number; packets: number; bytes: number; lost: number; duplicates: number }[];
}

interface Passed {
	out: boolean;
	in: boolean;
}

const noCounts = (): Counts => ({
	packets: 0,
	bytes: 0,
	stunPackets: 0,
	requests: 0,
	retransmissions: 0,
	answers: 0,
	rttMs: null,
	totalRttMs: 0,
	nominatedMs: null,
	firstRequestMs: null,
	lastRequestMs: null,
	thirdRequestMs: null,
	firstAnswerMs: null,
	asksServer: 0,
	fragments: null,
	username: null,
	unreachable: 0
});

const sampleOf = ({ packets, bytes, requests, answers, rttMs, totalRttMs }: Counts): Sample => ({
	packets,
	bytes,
	requests,
	answers,
	rttMs,
	totalRttMs
});

/** Without an answer for so many requests the oldest are forgotten. */
const MOST_OPEN = 256;
const MOST_ERRORS = 200;
const MOST_STREAMS = 64;
/** Browsers poll as often, and charts show no more. */
const ROW_MS = 1000;

export class Flow {
	readonly protocol: 'udp' | 'tcp';
	readonly ends: readonly [End, End];
	/** What a TURN server carried for its client, who is then the first end: its allocation's address. */
	readonly relayed: { server: Flow; client: Direction } | null;
	readonly firstMs: number;
	lastMs: number;
	readonly counts: [Counts, Counts] = [noCounts(), noCounts()];
	readonly rows: Row[] = [];
	readonly dtls = new DtlsWatch();
	readonly rtp = new Map<string, { direction: Direction; watch: RtpWatch }>();
	readonly errors: StunError[] = [];
	/** Of successes of this server, for its client. */
	mapped: { atMs: number; end: End } | null = null;
	relay: { atMs: number; end: End; lifetimeSeconds: number | null } | null = null;
	software: string | null = null;
	readonly channels = new Map<number, End>();
	mediaBytes = 0;
	/** Of each end's packets: whether some were seen to leave this machine, and some to come to it. */
	readonly passed: readonly [Passed, Passed] = [
		{ out: false, in: false },
		{ out: false, in: false }
	];
	readonly #open = new Map<string, Asked & { direction: Direction }>();

	constructor(protocol: 'udp' | 'tcp', ends: readonly [End, End], atMs: number, relayed: Flow['relayed'] = null) {
		this.protocol = protocol;
		this.ends = ends;
		this.firstMs = atMs;
		this.lastMs = atMs;
		this.relayed = relayed;
	}

	/** True where this end asks the other one as a server. */
	isClient(direction: Direction): boolean {
		return this.counts[direction].asksServer > 0;
	}

	count(direction: Direction, bytes: number, isStun: boolean, atMs: number): void {
		const one = this.counts[direction];
		if (isStun) one.stunPackets++;
		else {
			one.packets++;
			one.bytes += bytes;
		}
		this.lastMs = Math.max(this.lastMs, atMs);
	}

	stun(message: StunMessage, direction: Direction, atMs: number): void {
		const method = methodName(message.method);
		const id = toHex(message.transactionId);
		if (message.class === 'request') this.#request(message, method, id, direction, atMs);
		else if (message.class === 'success' || message.class === 'error') {
			const asked = this.#open.get(id);
			// An answer goes the other way; one without its question began before the capture.
			if (!asked || asked.direction === direction) return;
			this.#open.delete(id);
			if (message.class === 'success') this.#success(message, asked, atMs);
			else this.#error(message, asked, direction, atMs);
		}
	}

	#request(message: StunMessage, method: MethodName | null, id: string, direction: Direction, atMs: number): void {
		const one = this.counts[direction];
		one.requests++;
		one.firstRequestMs ??= atMs;
		one.lastRequestMs = atMs;
		if (one.requests === 3) one.thirdRequestMs = atMs;
		const username = readAttribute(message, 'USERNAME') ?? null;
		// "other:own" in a check; a login has no such meaning, and TURN REST user names have a colon too.
		const isCheck = method === 'Binding' && username !== null && username.includes(':');
		if (isCheck) {
			const colon = username.indexOf(':');
			one.fragments = { other: username.slice(0, colon), own: username.slice(colon + 1) };
		} else {
			one.asksServer++;
			one.username = username ?? one.username;
		}
		const before = this.#open.get(id);
		if (before) {
			before.times++;
			one.retransmissions++;
			return;
		}
		if (this.#open.size >= MOST_OPEN) this.#open.delete(this.#open.keys().next().value!);
		const nominates = isCheck && readAttribute(message, 'USE-CANDIDATE') === true;
		this.#open.set(id, { method, atMs, times: 1, username, nominates, direction });
	}

	#success(message: StunMessage, asked: Asked & { direction: Direction }, atMs: number): void {
		const one = this.counts[asked.direction];
		one.answers++;
		one.firstAnswerMs ??= atMs;
		// Of a retransmitted request nobody knows which one was answered (Karn's algorithm).
		if (asked.times === 1) {
			one.rttMs = atMs - asked.atMs;
			one.totalRttMs += one.rttMs;
		}
		if (asked.nominates) one.nominatedMs ??= atMs;
		this.software ??= readAttribute(message, 'SOFTWARE') ?? null;
		const mapped = readAttribute(message, 'XOR-MAPPED-ADDRESS') ?? readAttribute(message, 'MAPPED-ADDRESS');
		if (mapped && one.asksServer > 0) this.mapped ??= { atMs, end: mapped };
		const relay = readAttribute(message, 'XOR-RELAYED-ADDRESS');
		if (relay) this.relay ??= { atMs, end: relay, lifetimeSeconds: readAttribute(message, 'LIFETIME') ?? null };
	}

	#error(message: StunMessage, asked: Asked, direction: Direction, atMs: number): void {
		const error = readAttribute(message, 'ERROR-CODE');
		if (!error || this.errors.length >= MOST_ERRORS) return;
		const isChallenge = (error.code === 401 && asked.username === null) || error.code === 438;
		const { method, username } = asked;
		this.errors.push({ atMs, direction, method, code: error.code, reason: error.reason, username, isChallenge });
	}

	media(bytes: number): void {
		this.mediaBytes += bytes;
	}

	stream(ssrc: number, direction: Direction): RtpWatch | null {
		const key = `${direction} ${ssrc}`;
		const found = this.rtp.get(key);
		if (found) return found.watch;
		if (this.rtp.size >= MOST_STREAMS) return null;
		const watch = new RtpWatch(ssrc);
		this.rtp.set(key, { direction, watch });
		return watch;
	}

	/** The state of all counters, where a second has passed since it was last written down. False where nothing was. */
	mark(atMs: number): boolean {
		const last = this.rows[this.rows.length - 1];
		if (last && atMs - last.atMs < ROW_MS) return false;
		this.rows.push(this.row(atMs));
		return true;
	}

	row(atMs: number): Row {
		return {
			atMs,
			counts: [sampleOf(this.counts[0]), sampleOf(this.counts[1])],
			rtp: [...this.rtp.values()].map(({ direction, watch: { ssrc, packets, bytes, lost, duplicates } }) => ({
				direction,
				ssrc,
				packets,
				bytes,
				lost,
				duplicates
			}))
		};
	}
}
