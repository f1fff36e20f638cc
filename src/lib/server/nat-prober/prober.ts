/**
 * A prober for pages: an ICE-lite agent (RFC 8445 §2.5) that never finishes a call. A page sends its checks to one of our
 * sockets; from the others, which the page has never written to, we send checks to where the page's came from. What the page
 * answers was let in by its NAT. For the mapping the page checks all our sockets, and we only look where from.
 *
 * What it may be abused for, and the rule against each, is in docs/security.md; the rules are marked with their numbers here.
 */
import { formatEndpoint } from '../../core/base/ip';
import { ok, type Result } from '../../core/base/result';
import type { ProberFiltering, ProberMapping } from '../../core/observations/observation';
import { checkFingerprint, sealMessage, verifyIntegrity, type StunCrypto } from '../../core/stun/integrity';
import { decodeMessage, looksLikeStun, readAttribute, type StunMessage } from '../../core/stun/message';
import { METHODS } from '../../core/stun/methods-table';
import { nodeClock, type Clock } from '../clock';
import { nodeCrypto, nodeRandom, type Random } from '../node-crypto';
import { familyOf } from '../turn/allocation';
import { openUdpSquare, type UdpSquare } from '../turn/udp-square';
import { nodeNet, type Endpoint, type UdpNet, type UdpSocket } from '../udp';
import { makeGovernor } from './governor';
import {
	areCredentials,
	CORNERS,
	DEFAULT_SESSION_LIMITS,
	makeSessions,
	type Corner,
	type Credentials,
	type Session,
	type SessionKind,
	type SessionLimits
} from './sessions';

export interface ProberOptions {
	/** Addresses of this machine, one or two of a family; two allow the full answer. */
	addresses: readonly string[];
	/** Two UDP ports, the same ones on each address. 0: any free one. */
	ports?: readonly [number, number];
	limits?: Partial<SessionLimits>;
	net?: UdpNet;
	clock?: Clock;
	random?: Random;
	crypto?: StunCrypto;
}

export interface OpenedSession {
	id: string;
	own: Credentials;
	/** Where the page's checks go. */
	candidates: Endpoint[];
}

export interface Prober {
	endpoints: readonly Endpoint[];
	/** Faults: `no-such-family`, `bad-credentials`, `busy`. */
	open(
		kind: SessionKind,
		family: 'ipv4' | 'ipv6',
		page: { ufrag: unknown; pwd: unknown },
		client: string
	): { ok: true; value: OpenedSession } | { ok: false; error: 'no-such-family' | 'bad-credentials' | 'busy' };
	/** Resolves when the session has its answer, or with what is known when it ends; null when there is no such session. */
	result(id: string): Promise<ProberFiltering | ProberMapping | null>;
	stats(): { sessions: number; bytesOut: number; packetsOut: number; pending: number };
	close(): void;
}

/** Rule 3: requests to a source that has not proven itself, in one session. */
const VALIDATIONS = 12;
/** Rule 5: bytes out to a proven source stay under this many times the bytes in. */
const AMPLIFICATION = 2;
/** Rule 6: packets to one session. */
const PACKETS = 60;
/** When each round of knocks begins after the source has proven itself, ms: spread so that no burst of loss takes them all. */
const ROUNDS_MS = [0, 60, 150, 260, 380, 500, 620, 740, 860];
/** More rounds where the control lost packets, ms after the last: there more silence is needed to tell a filter from loss. */
const MORE_ROUNDS_MS = [120, 230, 340, 450];
/** How long an answer to the last round may take: this, or four round trips. */
const LAST_ANSWER_MS = 600;
/** How long the first check and its proof are waited for, ms: browsers check four times in that time, and more. */
const SILENCE_MS = 3000;
/** How long the page's sockets have to show themselves on every corner, ms: the first checks go out within half a second. */
const MAPPING_MS = 2500;

interface Pending {
	session: Session;
	corner: Corner;
	to: Endpoint;
	sentMs: number;
	purpose: 'validation' | 'knock';
}

const key = (transactionId: Uint8Array) => Buffer.from(transactionId).toString('latin1');

export async function startProber(options: ProberOptions): Promise<Result<Prober>> {
	const { net = nodeNet, clock = nodeClock, random = nodeRandom, crypto = nodeCrypto } = options;
	const [first, second] = options.ports ?? [0, 0];
	const opened = await openUdpSquare(net, options.addresses, first, second);
	if (!opened.ok) return opened;
	const square = opened.value;
	const sessions = makeSessions(clock, random, { ...DEFAULT_SESSION_LIMITS, ...options.limits });
	const governor = makeGovernor(clock);
	const pending = new Map<string, Pending>();

	const send = (session: Session, corner: Corner, to: Endpoint, purpose: Pending['purpose'], roomFor: number): boolean => {
		const socket = socketAt(square, familyOf(to.address), corner);
		if (!socket || session.ended || session.packetsOut >= PACKETS) return false;
		const transactionId = random.bytes(12).slice();
		const bytes = sealMessage(
			{
				method: METHODS.Binding,
				class: 'request',
				transactionId,
				attributes: [
					['USERNAME', `${session.page.ufrag}:${session.own.ufrag}`],
					['PRIORITY', PEER_REFLEXIVE_PRIORITY]
				]
			},
			{ integrity: { kind: 'sha1', key: session.pageKey, crypto }, fingerprint: true }
		);
		if (bytes.length > roomFor || !governor.allows(bytes.length)) return false;
		pending.set(key(transactionId), { session, corner, to, sentMs: clock.nowMs(), purpose });
		session.onEnd.push(() => pending.delete(key(transactionId)));
		session.bytesOut += bytes.length;
		session.packetsOut++;
		session.sent[corner]++;
		socket.send(bytes, to);
		return true;
	};

	const knockFrom = (session: Session, corner: Corner) =>
		send(session, corner, session.source!, 'knock', AMPLIFICATION * session.bytesIn - session.bytesOut);

	const knock = (session: Session) => {
		// Where the bytes do not suffice for all, the corner that tells least goes without, and the others take turns: the two
		// that decide, and the control, whose answers bring bytes.
		const deciding = (['same', 'other-both', 'other-port'] as const).toSorted((a, b) => session.sent[a] - session.sent[b]);
		const enough = deciding.map((corner) => knockFrom(session, corner)).every(Boolean);
		if (enough || !socketAt(square, familyOf(session.source!.address), 'other-port')) knockFrom(session, 'other-address');
	};

	const begin = (session: Session, source: Endpoint, roundTripMs: number) => {
		session.source = source;
		session.roundTripMs = roundTripMs;
		const after = (ms: number, what: () => void) => session.cancelTimers.push(clock.setTimer(ms, what));
		const endIn = (ms: number) => after(ms + Math.max(LAST_ANSWER_MS, 4 * roundTripMs), () => sessions.end(session));
		for (const atMs of ROUNDS_MS) after(atMs, () => knock(session));
		after(ROUNDS_MS.at(-1)!, () => {
			// The one just sent is on its way, and on a long path a few before it.
			const underWay = 1 + Math.ceil(roundTripMs / (ROUNDS_MS.at(-1)! - ROUNDS_MS.at(-2)!));
			const lossy = session.answered.same < session.sent.same - underWay;
			if (lossy) for (const ms of MORE_ROUNDS_MS) after(ms, () => knock(session));
			endIn(lossy ? MORE_ROUNDS_MS.at(-1)! : 0);
		});
	};

	const onRequest = (socket: UdpSocket, message: StunMessage, size: number, from: Endpoint) => {
		// Rule 1: whoever does not know a live session's keys hears nothing, not even an error.
		const [own, page] = (readAttribute(message, 'USERNAME') ?? '').split(':');
		const session = sessions.byUfrag(own ?? '');
		if (!session || session.ended || page !== session.page.ufrag) return;
		if (checkFingerprint(message) !== 'right' || !verifyIntegrity(crypto, message, 'sha1', session.ownKey)) return;
		const corner = cornerOf(square, socket.local);
		if (session.kind === 'mapping') {
			// Nothing is sent at all.
			session.seen[corner] ??= { ...from };
			if (CORNERS.every((each) => session.seen[each] || !socketAt(square, familyOf(from.address), each))) sessions.end(session);
			return;
		}
		if (corner !== 'same') return;
		session.seen.same ??= { ...from };
		if (session.source) {
			// Rule 2: one source for a session.
			if (sameEndpoint(session.source, from)) session.bytesIn += size;
			return;
		}
		if (!sameEndpoint(session.seen.same, from) || session.validations >= VALIDATIONS) return;
		session.bytesIn += size;
		// Rule 3: before it has proven itself it gets one request for each of its own, and never a longer one.
		if (send(session, 'same', { ...from }, 'validation', size)) session.validations++;
	};

	const onResponse = (message: StunMessage, size: number, from: Endpoint) => {
		// Rule 4: the transaction id went to that address alone, so who knows it stands there (RFC 8489 §6.2.3.1).
		const asked = pending.get(key(message.transactionId));
		if (!asked || asked.session.ended) return;
		pending.delete(key(message.transactionId));
		const { session, corner, purpose } = asked;
		if (familyOf(from.address) !== familyOf(asked.to.address)) return;
		session.bytesIn += size;
		session.answered[corner]++;
		session.firstAnswerMs[corner] ??= clock.nowMs() - session.startedMs;
		if (purpose === 'validation' && !session.source) begin(session, asked.to, clock.nowMs() - asked.sentMs);
		// A stranger was let in: nothing more to learn.
		if (purpose === 'knock' && (corner === 'other-both' || corner === 'other-address')) sessions.end(session);
	};

	for (const socket of square.sockets) {
		socket.onMessage((data, from) => {
			if (!looksLikeStun(data)) return;
			const decoded = decodeMessage(data);
			if (!decoded.ok || decoded.value.method !== METHODS.Binding) return;
			if (decoded.value.class === 'request') onRequest(socket, decoded.value, data.length, from);
			else if (decoded.value.class !== 'indication') onResponse(decoded.value, data.length, from);
		});
	}

	return ok({
		endpoints: square.sockets.map(({ local }) => local),
		open(kind, family, page, client) {
			const here = square.sockets.filter(({ local }) => familyOf(local.address) === family);
			if (here.length === 0) return { ok: false, error: 'no-such-family' };
			if (!areCredentials(page)) return { ok: false, error: 'bad-credentials' };
			const session = sessions.open(kind, { ufrag: page.ufrag, pwd: page.pwd }, client);
			if (!session) return { ok: false, error: 'busy' };
			const patienceMs = kind === 'mapping' ? MAPPING_MS : SILENCE_MS;
			const lateTimer = clock.setTimer(patienceMs, () => {
				if (!session.source) sessions.end(session);
			});
			session.cancelTimers.push(lateTimer);
			const candidates = (kind === 'mapping' ? here : here.slice(0, 1)).map(({ local }) => ({ ...local }));
			return { ok: true, value: { id: session.id, own: session.own, candidates } };
		},
		async result(id) {
			const session = sessions.byId(id);
			if (!session) return null;
			if (!session.ended) await new Promise<void>((resolve) => session.onEnd.push(resolve));
			const answer = session.kind === 'mapping' ? mappingOf(session, square) : filteringOf(session, square, clock.nowMs());
			sessions.forget(session);
			return answer;
		},
		stats: () => ({
			sessions: sessions.size,
			bytesOut: governor.bytesOut,
			packetsOut: governor.packetsOut,
			pending: pending.size
		}),
		close: () => square.close()
	});
}

/** RFC 8445 §5.1.2.1: type preference 110 of a peer-reflexive candidate, local preference 65535, component 1. */
const PEER_REFLEXIVE_PRIORITY = 110 * 2 ** 24 + 65535 * 2 ** 8 + 255;

/** The first socket of a family is where pages send to; the others lie around it. */
function socketAt(square: UdpSquare, family: 'ipv4' | 'ipv6', corner: Corner): UdpSocket | undefined {
	const here = square.sockets.filter(({ local }) => familyOf(local.address) === family);
	const home = here[0]?.local;
	return here.find(({ local }) => {
		const address = local.address === home!.address;
		const port = local.port === home!.port;
		if (corner === 'same') return address && port;
		if (corner === 'other-port') return address && !port;
		return corner === 'other-address' ? !address && port : !address && !port;
	});
}

function cornerOf(square: UdpSquare, local: Endpoint): Corner {
	return CORNERS.find((corner) => socketAt(square, familyOf(local.address), corner)?.local === local)!;
}

function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
	return a.address === b.address && a.port === b.port;
}

function filteringOf(session: Session, square: UdpSquare, nowMs: number): ProberFiltering {
	const family = session.seen.same ? familyOf(session.seen.same.address) : 'unknown';
	const home = family === 'unknown' ? square.sockets[0]! : socketAt(square, family, 'same')!;
	return {
		method: 'prober',
		family,
		server: formatEndpoint(home.local.address, home.local.port),
		mapped: session.source ?? session.seen.same ?? null,
		proven: session.source !== null,
		roundTripMs: session.roundTripMs,
		knocks: CORNERS.filter((corner) => family !== 'unknown' && socketAt(square, family, corner)).map((corner) => {
			const { address, port } = socketAt(square, family as 'ipv4' | 'ipv6', corner)!.local;
			return {
				corner,
				from: { address, port },
				sent: session.sent[corner],
				answered: session.answered[corner],
				firstAnswerMs: session.firstAnswerMs[corner] ?? null
			};
		}),
		tookMs: nowMs - session.startedMs
	};
}

function mappingOf(session: Session, square: UdpSquare): ProberMapping {
	const found = Object.values(session.seen)[0];
	const family = found ? familyOf(found.address) : 'unknown';
	return {
		method: 'prober',
		family,
		seen: CORNERS.filter((corner) => family !== 'unknown' && socketAt(square, family, corner)).map((corner) => {
			const { address, port } = socketAt(square, family as 'ipv4' | 'ipv6', corner)!.local;
			return { corner, at: { address, port }, from: session.seen[corner] ?? null };
		})
	};
}
