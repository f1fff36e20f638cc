/**
 * A prober for pages: an ICE-lite agent (RFC 8445 §2.5) that never finishes a call. A page sends its checks to one of our
 * sockets; from the others, which the page has never written to, we send unsolicited probes, checks too, to the mapped address. Those
 * that the page answers passed the filter of its NAT. For the mapping the page checks all our sockets, and we record the source
 * address that each sees. Where we have one address, a partner may send from its sockets (partner-measurements.ts).
 *
 * docs/security.md lists how it could be abused and the rule against each; the rules are marked with their numbers here.
 */
import { ok, type Result } from '../../core/base/result';
import { read } from '../../core/base/schema';
import {
	iceCredentials,
	type IceCredentials,
	type MoreToCheck,
	type OpenedSession,
	type SessionKind
} from '../../core/nat/prober-messages';
import type { ProberFiltering, ProberMapping, SocketPosition } from '../../core/observations/observation';
import { checkFingerprint, verifyIntegrity, type StunCrypto } from '../../core/stun/integrity';
import { decodeMessage, looksLikeStun, readAttribute, type StunMessage } from '../../core/stun/message';
import { METHODS } from '../../core/stun/methods-table';
import { nodeClock, type Clock } from '../clock';
import { nodeCrypto, nodeRandom, type Random } from '../node-crypto';
import { familyOf } from '../turn/allocation';
import { openDiscoverySockets } from '../turn/discovery-sockets';
import { nodeNet, type Endpoint, type UdpNet, type UdpSocket } from '../udp';
import { positionOf, positionsFor, sameEndpoint, socketAt, type Family } from './probe-sockets';
import { filteringOf, mappingOf } from './session-observations';
import { makeSendBudget } from './send-budget';
import { keyOf, sendProbe, type Pending } from './probe-request';
import { makePartnerProbes, type PartnerProbes } from './partner-probes';
import type { Partner } from './partner';
import { DEFAULT_SESSION_LIMITS, makeSessions, type Session, type SessionLimits } from './sessions';
import { makePartnerMeasurements } from './partner-measurements';

export interface ProberOptions {
	/** Addresses of this machine, one or two of a family; two allow the full answer. */
	addresses: readonly string[];
	/** Two UDP ports, the same ones on each address. 0: any free one. */
	ports?: readonly [number, number];
	/** Asked for probes where this machine has one address of a family. */
	partner?: Partner | null;
	limits?: Partial<SessionLimits>;
	net?: UdpNet;
	clock?: Clock;
	random?: Random;
	crypto?: StunCrypto;
}

type Opened = { ok: true; value: OpenedSession } | { ok: false; error: 'no-such-family' | 'bad-credentials' | 'busy' };

export interface Prober {
	endpoints: readonly Endpoint[];
	open(kind: SessionKind, family: Family, page: { ufrag: unknown; pwd: unknown }, client: string | null): Opened;
	/**
	 * Resolves when the session has its result, or with what is known when it ends; null when there is no such session.
	 * `check`: the page is to check these too, and then to ask again.
	 */
	result(id: string): Promise<ProberFiltering | ProberMapping | MoreToCheck | null>;
	/** Before a mapping session: asks the partner for its endpoints unless they are known, for a short time. */
	prepare(): Promise<void>;
	/** The partner's addresses, as far as it has told them: the relay gives no way to its services. */
	partnerAddresses(): string[];
	/** For the partner endpoint only: this server's own visitors cannot reach these. */
	forPartner: {
		endpoints(family: Family): Endpoint[];
		probe: PartnerProbes;
		open(kind: SessionKind, family: Family, page: IceCredentials, own: IceCredentials): Opened;
	};
	stats(): { sessions: number; bytesOut: number; packetsOut: number; pending: number };
	close(): void;
}

/** Rule 3: requests to a source that has not proven itself, in one session. */
const VALIDATIONS = 12;
/** Rule 5: bytes out to a proven source stay under this many times the bytes in. */
const AMPLIFICATION = 2;
/** Rule 6: packets to one session. */
const PACKETS = 60;
/** When each round of probes begins, ms after the source has proven itself: spread so that one burst of loss does not take them all. */
const ROUNDS_MS = [0, 60, 150, 260, 380, 500, 620, 740, 860];
/** More rounds where the control lost packets, ms after the last: there more silence is needed to tell a filter from loss. */
const MORE_ROUNDS_MS = [120, 230, 340, 450];
/** How long an answer to the last round may take: this, or four round trips. */
const LAST_ANSWER_MS = 600;
/** How long the first check and its proof are waited for, ms: browsers check four times in that time, and more. */
const SILENCE_MS = 3000;
/** The same for a page of the partner: it is sending already. */
const PARTNER_SILENCE_MS = 1500;
/** How long the page's sockets have to reach every socket of ours, ms: the first checks go out within half a second. */
const MAPPING_MS = 2500;
/** How long a page waits at most until the partner has told its endpoints, ms. */
const PREPARE_MS = 300;
/** Answers that prove the partner's path to the page: as many make five lost probes implausible. */
const ENOUGH_ANSWERS = 3;

export async function startProber(options: ProberOptions): Promise<Result<Prober>> {
	const { net = nodeNet, clock = nodeClock, random = nodeRandom, crypto = nodeCrypto } = options;
	const [first, second] = options.ports ?? [0, 0];
	const opened = await openDiscoverySockets(net, options.addresses, first, second);
	if (!opened.ok) return opened;
	const discovery = opened.value;
	const endpoints = discovery.sockets.map(({ local }) => local);
	const sessions = makeSessions(clock, random, { ...DEFAULT_SESSION_LIMITS, ...options.limits });
	const sendBudget = makeSendBudget(clock);
	const pending: Pending = new Map();
	const tools = { pending, random, crypto };
	const partnerMeasurements = options.partner ? makePartnerMeasurements(options.partner, endpoints, clock) : null;
	const needsPartner = (session: Session) => !session.forPartner && !socketAt(discovery, session.family, 'other-both');

	/** What may be sent to a session's page, by us or by the partner, is spent here. */
	const take = (session: Session, bytes: number, roomFor: number): boolean => {
		if (session.ended || session.packetsOut >= PACKETS || bytes > roomFor) return false;
		session.bytesOut += bytes;
		session.packetsOut++;
		return true;
	};
	const room = (session: Session) => AMPLIFICATION * session.bytesIn - session.bytesOut;

	const send = (
		session: Session,
		position: SocketPosition,
		to: Endpoint,
		purpose: 'validation' | 'filtering',
		roomFor: number
	): boolean => {
		const socket = socketAt(discovery, familyOf(to.address), position);
		if (!socket) return false;
		const sentMs = clock.nowMs();
		const forget = sendProbe(
			socket,
			to,
			session,
			tools,
			(bytes) => bytes <= roomFor && sendBudget.allows(bytes) && take(session, bytes, roomFor),
			(size) => {
				if (session.ended) return;
				session.bytesIn += size;
				session.answered[position]++;
				session.firstAnswerMs[position] ??= clock.nowMs() - session.startedMs;
				if (purpose === 'validation' && !session.source) begin(session, to, clock.nowMs() - sentMs);
				if (purpose === 'filtering') onProbeAnswered(session, position);
			}
		);
		if (!forget) return false;
		session.onEnd.push(forget);
		session.sent[position]++;
		return true;
	};

	const onProbeAnswered = (session: Session, position: SocketPosition) => {
		// A probe from another address was answered: nothing more to learn.
		if (position === 'other-both' || position === 'other-address') sessions.end(session);
		if (position !== 'other-port') return;
		if (session.forPartner && session.answered[position] >= ENOUGH_ANSWERS) {
			session.cancelTimers.splice(0).forEach((cancel) => cancel());
			// Wait for answers that are still on their way: they would count as lost.
			const lateMs = session.sent[position] === session.answered[position] ? 0 : 1.5 * session.roundTripMs!;
			session.cancelTimers.push(clock.setTimer(lateMs, () => sessions.end(session)));
		}
		if (!partnerMeasurements || session.partner || !needsPartner(session)) return;
		session.cancelTimers.splice(0).forEach((cancel) => cancel());
		partnerMeasurements.measureFiltering(session, {
			control: () => void probeFrom(session, 'same'),
			take: (bytes) => take(session, bytes, room(session)),
			end: () => sessions.end(session)
		});
	};

	const probeFrom = (session: Session, position: SocketPosition) =>
		send(session, position, session.source!, 'filtering', room(session));

	const probe = (session: Session) => {
		const positions = positionsFor(session, discovery, session.family);
		// Where the bytes do not suffice for all, the socket that tells least goes without, and the others take turns: the two
		// that decide, and the control, whose answers bring bytes.
		const deciding = (['same', 'other-both', 'other-port'] as const).filter((position) => positions.includes(position));
		const inTurn = deciding.toSorted((a, b) => session.sent[a] - session.sent[b]);
		const enough = inTurn.map((position) => probeFrom(session, position)).every(Boolean);
		if (enough && positions.includes('other-address')) probeFrom(session, 'other-address');
	};

	const begin = (session: Session, source: Endpoint, roundTripMs: number) => {
		session.source = source;
		session.roundTripMs = roundTripMs;
		const after = (ms: number, what: () => void) => session.cancelTimers.push(clock.setTimer(ms, what));
		const endIn = (ms: number) => after(ms + Math.max(LAST_ANSWER_MS, 4 * roundTripMs), () => sessions.end(session));
		for (const atMs of ROUNDS_MS) after(atMs, () => probe(session));
		after(ROUNDS_MS.at(-1)!, () => {
			// The last probe, and on a long path a few before it, cannot have been answered yet.
			const underWay = 1 + Math.ceil(roundTripMs / (ROUNDS_MS.at(-1)! - ROUNDS_MS.at(-2)!));
			const lossy = session.answered.same < session.sent.same - underWay;
			if (lossy) for (const ms of MORE_ROUNDS_MS) after(ms, () => probe(session));
			endIn(lossy ? MORE_ROUNDS_MS.at(-1)! : 0);
		});
	};

	const onRequest = (socket: UdpSocket, message: StunMessage, size: number, from: Endpoint) => {
		// Rule 1: no answer, not even an error, without the keys of a live session.
		const [own, page] = (readAttribute(message, 'USERNAME') ?? '').split(':');
		const session = sessions.byUfrag(own ?? '');
		if (!session || session.ended || page !== session.page.ufrag || familyOf(from.address) !== session.family) return;
		if (checkFingerprint(message) !== 'right' || !verifyIntegrity(crypto, message, 'sha1', session.ownKey)) return;
		const position = positionOf(discovery, socket.local);
		if (session.kind === 'mapping') {
			// Nothing is sent at all.
			session.seen[position] ??= { ...from };
			if (session.complete || !positionsFor(session, discovery, session.family).every((each) => session.seen[each])) return;
			const end = () => sessions.end(session);
			if (partnerMeasurements) partnerMeasurements.endMapping(session, end);
			else end();
			return;
		}
		if (position !== 'same') return;
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
		// Rule 4: the transaction id went to that address alone, so whoever returns it receives packets there (RFC 8489 §6.2.3.1).
		const key = keyOf(message.transactionId);
		const asked = pending.get(key);
		if (!asked) return;
		pending.delete(key);
		if (familyOf(from.address) === familyOf(asked.to.address)) asked.answered(size);
	};

	for (const socket of discovery.sockets) {
		socket.onMessage((data, from) => {
			if (!looksLikeStun(data)) return;
			const decoded = decodeMessage(data);
			if (!decoded.ok || decoded.value.method !== METHODS.Binding) return;
			if (decoded.value.class === 'request') onRequest(socket, decoded.value, data.length, from);
			else if (decoded.value.class !== 'indication') onResponse(decoded.value, data.length, from);
		});
	}

	const open = (
		kind: SessionKind,
		family: Family,
		page: { ufrag: unknown; pwd: unknown },
		client: string | null,
		partnersOwn?: IceCredentials
	): Opened => {
		const here = discovery.sockets.filter(({ local }) => familyOf(local.address) === family);
		if (here.length === 0) return { ok: false, error: 'no-such-family' };
		const credentials = read(iceCredentials, page, 'The page');
		if (!credentials.ok) return { ok: false, error: 'bad-credentials' };
		const session = sessions.open(kind, family, credentials.value, client, partnersOwn);
		if (!session) return { ok: false, error: 'busy' };
		const patienceMs = kind === 'mapping' ? MAPPING_MS : partnersOwn ? PARTNER_SILENCE_MS : SILENCE_MS;
		session.cancelTimers.push(
			clock.setTimer(patienceMs, () => {
				if (!session.source) sessions.end(session);
			})
		);
		const candidates = (kind === 'mapping' ? here : here.slice(0, 1)).map(({ local }) => ({ ...local }));
		if (partnerMeasurements && needsPartner(session)) {
			const theirs = partnerMeasurements.knownEndpoints(family);
			if (kind === 'mapping' && theirs.length > 0) {
				candidates.push(...theirs);
				partnerMeasurements.observeMapping(session, () => sessions.end(session));
			}
		}
		return { ok: true, value: { id: session.id, own: session.own, candidates } };
	};

	return ok({
		endpoints,
		open: (kind, family, page, client) => open(kind, family, page, client),
		async result(id) {
			const session = sessions.byId(id);
			if (!session) return null;
			if (!session.ended && !session.toCheck) {
				const others = session.tell;
				await new Promise<void>((resolve) => (session.tell = () => (others(), resolve())));
			}
			const check = session.toCheck;
			session.toCheck = null;
			if (!session.ended && check) return { check };
			const answer = session.kind === 'mapping' ? mappingOf(session, discovery) : filteringOf(session, discovery, clock.nowMs());
			sessions.forget(session);
			return answer;
		},
		prepare: async () => partnerMeasurements?.prepare(PREPARE_MS),
		partnerAddresses: () => partnerMeasurements?.knownAddresses() ?? [],
		forPartner: {
			endpoints: (family) => endpoints.filter(({ address }) => familyOf(address) === family).slice(0, 2),
			probe: makePartnerProbes(discovery, sendBudget, clock, tools),
			open: (kind, family, page, own) => open(kind, family, page, '', own)
		},
		stats: () => ({
			sessions: sessions.size,
			bytesOut: sendBudget.bytesOut,
			packetsOut: sendBudget.packetsOut,
			pending: pending.size
		}),
		close: () => discovery.close()
	});
}
