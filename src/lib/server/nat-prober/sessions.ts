/** Sessions: only pages of this app that opened one are probed. Few, short, each with keys of its own. */
import type { IceCredentials, SessionKind } from '../../core/nat/prober-messages';
import type { ProberFiltering, ProberMapping, ProberPartner, SocketPosition } from '../../core/observations/observation';
import { shortTermKey } from '../../core/stun/integrity';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import type { Endpoint } from '../udp';
import { makeRateLimiter, sourceKey } from '../turn/limits';

export const SOCKET_POSITIONS: readonly SocketPosition[] = ['same', 'other-port', 'other-address', 'other-both'];

/** What the partner measured for one session. */
export interface PartnerResult {
	name: string;
	why: ProberPartner['why'];
	probes: Omit<ProberFiltering['probes'][number], 'position'>[];
	waitedMs: number;
	control: NonNullable<ProberFiltering['partner']>['control'];
	/** Where the partner's sockets saw the page come from. */
	seen: Omit<ProberMapping['seen'][number], 'position'>[];
	/** The partner has given all its answers, or they are no longer waited for. */
	done: boolean;
}

export interface Session {
	id: string;
	kind: SessionKind;
	family: 'ipv4' | 'ipv6';
	/** The page's and our own ICE credentials (RFC 8839 §5.4), and the keys they make. */
	page: IceCredentials;
	own: IceCredentials;
	pageKey: Uint8Array;
	ownKey: Uint8Array;
	startedMs: number;
	/** The one address that is probed: it has answered a request of ours, so it is not forged. */
	source: Endpoint | null;
	/** Where the page's checks came from, as each socket saw it. */
	seen: Partial<Record<SocketPosition, Endpoint>>;
	/** Counted from and to the source, whether proven or not. */
	bytesIn: number;
	bytesOut: number;
	packetsOut: number;
	/** Requests to sources that have not proven themselves yet. */
	validations: number;
	roundTripMs: number | null;
	sent: Record<SocketPosition, number>;
	answered: Record<SocketPosition, number>;
	firstAnswerMs: Partial<Record<SocketPosition, number>>;
	ended: boolean;
	onEnd: (() => void)[];
	/** Opened for another Icelens server, whose page it is: rules 9 to 12. */
	forPartner: boolean;
	partner: PartnerResult | null;
	/** Endpoints that the page is to check next; `tell` wakes whoever waits for the result. */
	toCheck: Endpoint[] | null;
	tell: () => void;
	/** All our own sockets have seen the page. */
	complete: boolean;
	cancelTimers: (() => void)[];
	giveBack: () => void;
}

export interface SessionLimits {
	/** At a time, all together and for one HTTP client (IPv6: one /64). */
	sessions: number;
	perClient: number;
	/** New ones a second for one client; ten seconds' worth may come at once. */
	newPerS: number;
	lifetimeMs: number;
	/** How many of `sessions` the partner's pages may hold at a time. */
	forPartner: number;
}

export const DEFAULT_SESSION_LIMITS: SessionLimits = {
	sessions: 200,
	perClient: 12,
	newPerS: 1,
	lifetimeMs: 15_000,
	forPartner: 100
};

/** Counts all of the partner's sessions together; no address has this form. */
const PARTNER_CLIENT = 'the partner';

export interface Sessions {
	/** Null when there are too many. `client`: null for this machine itself. `partnersOwn`: our credentials in the session, as the asking partner has told them to its page. */
	open(
		kind: SessionKind,
		family: Session['family'],
		page: IceCredentials,
		client: string | null,
		partnersOwn?: IceCredentials
	): Session | null;
	byId(id: string): Session | undefined;
	byUfrag(ufrag: string): Session | undefined;
	end(session: Session): void;
	forget(session: Session): void;
	readonly size: number;
}

export function makeSessions(clock: Clock, random: Random, limits: SessionLimits): Sessions {
	const byId = new Map<string, Session>();
	const byUfrag = new Map<string, Session>();
	const perClient = new Map<string, number>();
	const mayOpen = makeRateLimiter(limits.newPerS, clock, random);
	const text = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('base64').replace(/=/g, '');
	const end = (session: Session) => {
		if (session.ended) return;
		session.ended = true;
		session.cancelTimers.forEach((cancel) => cancel());
		session.onEnd.forEach((tell) => tell());
		session.tell();
	};
	const forget = (session: Session) => {
		if (byId.get(session.id) !== session) return;
		end(session);
		byId.delete(session.id);
		byUfrag.delete(session.own.ufrag);
		session.giveBack();
	};
	return {
		open(kind, family, page, client, partnersOwn) {
			const key = partnersOwn ? PARTNER_CLIENT : sourceKey(client ?? 'this machine');
			const held = perClient.get(key) ?? 0;
			if (byId.size >= limits.sessions || held >= (partnersOwn ? limits.forPartner : limits.perClient)) return null;
			// The asking server has applied the same limit to each of its pages.
			if (partnersOwn ? byUfrag.has(partnersOwn.ufrag) : client !== null && !mayOpen(client)) return null;
			perClient.set(key, held + 1);
			const own = partnersOwn ?? { ufrag: text(6), pwd: text(18) };
			const session: Session = {
				id: text(18).replaceAll('+', '-').replaceAll('/', '_'),
				kind,
				family,
				page,
				own,
				pageKey: shortTermKey(page.pwd),
				ownKey: shortTermKey(own.pwd),
				startedMs: clock.nowMs(),
				source: null,
				seen: {},
				bytesIn: 0,
				bytesOut: 0,
				packetsOut: 0,
				validations: 0,
				roundTripMs: null,
				sent: { same: 0, 'other-port': 0, 'other-address': 0, 'other-both': 0 },
				answered: { same: 0, 'other-port': 0, 'other-address': 0, 'other-both': 0 },
				firstAnswerMs: {},
				ended: false,
				onEnd: [],
				forPartner: partnersOwn !== undefined,
				partner: null,
				toCheck: null,
				complete: false,
				tell: () => {},
				cancelTimers: [],
				giveBack: () => {
					const left = perClient.get(key)! - 1;
					if (left === 0) perClient.delete(key);
					else perClient.set(key, left);
				}
			};
			byId.set(session.id, session);
			byUfrag.set(own.ufrag, session);
			clock.setTimer(limits.lifetimeMs, () => forget(session));
			return session;
		},
		byId: (id) => byId.get(id),
		byUfrag: (ufrag) => byUfrag.get(ufrag),
		end,
		forget,
		get size() {
			return byId.size;
		}
	};
}
