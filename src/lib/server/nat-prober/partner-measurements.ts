/**
 * What a server with one address asks its partner for, and only where its own probes leave the filtering undecided: a probe from our
 * other port passed, so that the filtering is not address and port dependent, and it takes another address to tell endpoint-independent
 * from address-dependent (RFC 4787 §5).
 *
 * Silence after the partner's probes proves nothing by itself: its packets may be dropped on its side. So after unanswered probes
 * the page writes to the partner's first socket, and then a probe from the second, which was not answered before and was still not
 * written to, has to arrive. Only the filter of the page's network has changed in between: a firewall on the partner's side that
 * lets out answers only would let out packets of the first socket alone.
 */
import { isOutside, scopeOfText } from '../../core/base/ip';
import type { Clock } from '../clock';
import { familyOf } from '../turn/allocation';
import type { Endpoint } from '../udp';
import { sameEndpoint } from './probe-sockets';
import { probeBytes } from './probe-request';
import type { Heard, Partner, PartnerAnswers, Trouble } from './partner';
import type { PartnerResult, Session } from './sessions';

/** When each round of its probes begins, ms after the first. */
const ROUNDS_MS = [0, 60, 150, 260, 380, 500, 620];
/** How long an answer to a probe is waited for: this, or four round trips. */
const ANSWER_MS = 600;
/** How much longer than its own wait the partner's answer may take, ms: two servers are hardly half a second apart. */
const LEEWAY_MS = 500;
const HELLO_MS = 1000;
/** The page is told to check the partner, does, and its address is proven: four round trips and more. */
const CONTROL_MS = 2000;
/** Nothing new is begun later than this after the session's start, ms: the page waits no longer than 6.5 s. */
const LATEST_MS = 4200;
/** How long the partner's answer is waited for once all our own sockets have seen the page, ms. */
const MAPPING_LATE_MS = 700;
const MAPPING_MS = 2500;
/** How long the partner's endpoints are kept, ms, and how long it is not asked again after a failure, ms. */
const KNOWN_MS = 60_000;
const FAILED_MS = 5000;

export interface PartnerMeasurements {
	/** The partner's endpoints of this family, as far as they are known; where they are not, it is asked in the background. */
	knownEndpoints(family: 'ipv4' | 'ipv6'): Endpoint[];
	/** Every address that it has told so far; where there is none, it is asked in the background. */
	knownAddresses(): string[];
	/** Resolves as soon as the partner's endpoints are known, or after `patienceMs`. */
	prepare(patienceMs: number): Promise<void>;
	/** The page has answered a probe from our other port: let the partner send probes, and end the session when they tell enough. */
	measureFiltering(session: Session, tools: FilteringTools): void;
	/** The page checks the partner's sockets too: ask the partner where those checks came from. */
	observeMapping(session: Session, end: () => void): void;
	/** All our own sockets have seen the page: end the session now, or once the partner has answered or its time is up. */
	endMapping(session: Session, end: () => void): void;
}

export interface FilteringTools {
	/** A probe of our own from the socket that the page writes to: its answer adds to what may be sent. */
	control(): void;
	/** Spends bytes and a packet of what may be sent to this page (rules 5 and 6); false where they do not suffice. */
	take(bytes: number): boolean;
	end(): void;
}

export function makePartnerMeasurements(partner: Partner, own: readonly Endpoint[], clock: Clock): PartnerMeasurements {
	let hello: Promise<Heard<PartnerAnswers['hello']>> | null = null;
	let known: Endpoint[] = [];
	const told = new Set<string>();
	const ask = () => {
		if (hello) return hello;
		hello = partner.ask('hello', {}, HELLO_MS);
		void hello.then((heard) => {
			known = heard.ok ? heard.value.endpoints : [];
			for (const { address } of known) told.add(address);
			clock.setTimer(heard.ok ? KNOWN_MS : FAILED_MS, () => (hello = null));
		});
		return hello;
	};
	const outside = ({ address }: Endpoint) => isOutside(scopeOfText(address));
	/** A page is never told to check private addresses where this server has a public one. */
	const ofFamily = (all: readonly Endpoint[], family: string) => {
		const here = (each: Endpoint) => familyOf(each.address) === family;
		return all.filter((each) => here(each) && (outside(each) || !own.filter(here).some(outside)));
	};
	const isOurs = ({ address }: Endpoint) => own.some((each) => each.address === address);

	async function measureFiltering(session: Session, { control, take, end }: FilteringTools): Promise<void> {
		const to = session.source!;
		const family = familyOf(to.address);
		const waitMs = Math.ceil(Math.max(ANSWER_MS, 4 * session.roundTripMs!));
		const work: PartnerResult = (session.partner = { ...newWork(partner.name), waitedMs: waitMs });
		const stop = (why: Trouble | null) => {
			work.why ??= why;
			work.done = true;
			end();
		};
		const heard = await ask();
		if (session.ended) return;
		if (!heard.ok) return stop(heard.why);
		const there = ofFamily(heard.value.endpoints, family).slice(0, 2);
		if (there.length < 2) return stop('no-family');
		if (there.some(isOurs)) return stop('same-address');

		let underWay = ROUNDS_MS.length;
		const named = { family, page: session.page, own: session.own };
		const bytes = probeBytes(session);
		const probe = async (atMs: number) => {
			control();
			const packets = there.filter(() => take(bytes)).length;
			if (packets === 0 || work.why !== null) return;
			const answer = await partner.ask('probe', { ...named, to, packets, waitMs }, waitMs + LEEWAY_MS);
			if (session.ended) return;
			if (!answer.ok) work.why ??= answer.why;
			else if (merge(work, answer.value.probes, there, atMs)) stop(null);
		};
		const afterRounds = () => {
			if (session.ended || work.done) return;
			const sent = work.probes.some((each) => each.sent > 0);
			if (!sent || work.why !== null || clock.nowMs() - session.startedMs > LATEST_MS) return stop(work.why);
			void prove().then(stop);
		};
		const prove = async (): Promise<Trouble | null> => {
			session.toCheck = [there[0]!];
			const answer = partner.ask('control', named, CONTROL_MS + LEEWAY_MS);
			session.tell();
			const proof = await answer;
			if (!proof.ok) return proof.why;
			const { from, proven, sent, answered, roundTripMs } = proof.value;
			if (!from) return 'not-heard';
			if (!proven || answered === 0) return 'not-answered';
			work.control = { at: there[0]!, from, probedFrom: there[1]!, sent, answered, roundTripMs: roundTripMs! };
			return null;
		};
		for (const atMs of ROUNDS_MS) {
			session.cancelTimers.push(
				clock.setTimer(atMs, () => {
					const sinceMs = clock.nowMs() - session.startedMs;
					void probe(sinceMs).then(() => {
						if (--underWay === 0) afterRounds();
					});
				})
			);
		}
		// A partner that does not answer must not delay our answer.
		session.cancelTimers.push(
			clock.setTimer(ROUNDS_MS.at(-1)! + waitMs + 2 * LEEWAY_MS, () => underWay > 0 && stop('unreachable'))
		);
	}

	return {
		knownEndpoints(family) {
			void ask();
			const here = ofFamily(known, family).slice(0, 2);
			return here.some(isOurs) ? [] : here;
		},
		knownAddresses() {
			if (told.size === 0) void ask();
			return [...told];
		},
		prepare: (patienceMs) => new Promise((resolve) => void (clock.setTimer(patienceMs, resolve), ask().then(() => resolve()))),
		measureFiltering: (session, tools) => void measureFiltering(session, tools),
		observeMapping(session, end) {
			const work: PartnerResult = (session.partner = newWork(partner.name));
			const { page, own } = session;
			void partner.ask('mapping', { family: session.family, page, own }, MAPPING_MS + LEEWAY_MS).then((heard) => {
				work.done = true;
				if (!heard.ok) work.why = heard.why;
				else {
					work.seen = heard.value.seen;
					if (work.seen.every(({ from }) => from === null)) work.why = 'not-heard';
				}
				if (session.complete) end();
			});
		},
		endMapping(session, end) {
			session.complete = true;
			if (!session.partner || session.partner.done) return end();
			session.cancelTimers.push(
				clock.setTimer(MAPPING_LATE_MS, () => {
					session.partner!.why ??= 'unreachable';
					end();
				})
			);
		}
	};
}

function newWork(name: string): PartnerResult {
	return { name, why: null, probes: [], waitedMs: 0, control: null, seen: [], done: false };
}

/** Adds the answer to the counts; true when a probe was answered. Endpoints that the partner has not named as its own are ignored. */
function merge(
	work: PartnerResult,
	probes: PartnerAnswers['probe']['probes'],
	there: readonly Endpoint[],
	atMs: number
): boolean {
	for (const { from, sent, answered, firstAnswerMs } of probes) {
		if (!there.some((each) => sameEndpoint(each, from))) continue;
		let sum = work.probes.find((each) => sameEndpoint(each.from, from));
		if (!sum) work.probes.push((sum = { from, sent: 0, answered: 0, firstAnswerMs: null }));
		sum.sent += sent;
		sum.answered += answered;
		if (firstAnswerMs !== null) sum.firstAnswerMs ??= atMs + firstAnswerMs;
	}
	return work.probes.some(({ answered }) => answered > 0);
}
