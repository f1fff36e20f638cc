/**
 * What is proven of one server URL, over one family and with one user name: facts about packets, each with what shows it. A
 * sentence about a server is written from the fact that proves it; one server may have several.
 */
import type { Said } from '../../base/said';
import type { OneFamily } from '../../ice/error-values';
import type { MissingLogin } from '../../ice/server-list-facts';
import { isLookupError } from '../../observations/candidates';
import type {
	CandidateErrorRecord,
	CandidateRecord,
	Gathered,
	Outcome,
	RelayRun,
	ServerGathering,
	ServerTransport
} from '../../observations/observation';
import { failureSaid, type Failed } from '../../observations/failure-values';
import { skipped, skipSaid } from '../../plan/skip-values';
import type { CandidateLimit, CandidateLimitKind } from './candidate-limit';

/** What was written down about the server. */
export interface AskedServer {
	transport: ServerTransport;
	/** How the own connection of this server ended. */
	outcome: Outcome<ServerGathering>;
	gathered: ServerGathering | null;
	tookMs: number;
	/** Of that time, in which this page could hear an answer. */
	listenedMs: number;
	/** Whether that was enough for a silence to count. */
	listened: boolean;
	/** The addresses that this server saw, of this family. */
	mapped: CandidateRecord[];
	/** Answered without a candidate: with addresses shown, Chromium leaves out the one that equals the host. */
	agreed: boolean;
	/** Whether this device has the family over which it was asked. */
	familyHere: 'yes' | 'no' | 'unknown';
	/** The family in which alone its name was not found. */
	notFoundIn: OneFamily | null;
	/** An answer with the device's own address would not have been told. */
	agreementUntold: boolean;
	/** Servers on the loopback are asked: Firefox asks them only where it is told to. */
	usesLoopback: boolean;
	/** The browser tells no errors, and may never be done, so that its waiting shows nothing. */
	endsUntold: boolean;
	/** The permission that the page lacks for a server of the local network; null: it needs none, or has it, or that is not known. */
	localNetworkLacking: 'denied' | 'prompt' | null;
	/** What this browser leaves out for every page, where nothing may have been sent to this server because of it. */
	unsentBy: CandidateLimit | null;
	relays: CandidateRecord[];
	errors: CandidateErrorRecord[];
	runs: RelayRun[];
	/** What it lacked to be asked at all, by the list as it was written down; null for nothing. */
	loginMissing: MissingLogin | null;
}

export type ServerWitness =
	/** A STUN message of the server itself, success or error: an error proves that it was reached as well. */
	| { kind: 'heard'; what: 'mapped-address'; address: string; port: number; afterMs: number }
	/** It answered with an address that the device has itself, which browsers do not repeat as a candidate. */
	| { kind: 'heard'; what: 'own-address'; afterMs: number }
	/** `afterMs` is null where only a test of the relay shows it. */
	| { kind: 'heard'; what: 'relay'; afterMs: number | null }
	| { kind: 'heard'; what: 'error'; code: number; afterMs: number }
	/** Somebody on the path ended the connection: the server, or a box before it. */
	| { kind: 'closed'; at: 'tcp' | 'tls' | 'unknown'; afterMs: number }
	/** The name was not found in this family; no packet was sent. */
	| { kind: 'unresolved'; afterMs: number }
	/** `requests` is null in a browser, which does not tell how often it asked. */
	| { kind: 'silent'; forMs: number; requests: number | null }
	/** The browser tells neither an answer nor a reason. */
	| { kind: 'held-back'; by: 'browser' }
	/** It gathered no candidate from which this server would be asked, in any test or in that of this server, and may have sent nothing. */
	| { kind: 'held-back'; by: 'candidate-limit'; gathered: CandidateLimitKind; inAnyTest: boolean }
	/** It stands on the local network, which the page has no permission for: Chromium then asks it nothing, and says so nowhere. */
	| { kind: 'held-back'; by: 'local-network'; permission: 'denied' | 'prompt' }
	/** The time does not count: somebody stopped the run. */
	| { kind: 'void'; why: 'aborted' }
	/** The time does not count: for so much of it the page was hidden or stood still, and an answer may have come and not been told. */
	| { kind: 'void'; why: 'not-listened'; pausedMs: number; ofMs: number }
	/** It was asked, and the test came to no end of its own. */
	| { kind: 'unfinished'; because: Said }
	/** TURN without user name or credential, for which browsers refuse the connection (W3C WebRTC §4.4.1.6). */
	| { kind: 'not-asked'; why: 'login-missing'; missing: MissingLogin }
	| { kind: 'not-asked'; why: 'skipped'; said: Said }
	| { kind: 'not-asked'; why: 'refused-by-browser'; said: string }
	/** The browser has no RTCPeerConnection. */
	| { kind: 'not-asked'; why: 'no-webrtc' };

/** Quicker than this an error without a text is not silence; Firefox, whose texts are empty, gives up at 11.2 s. */
const SILENCE_MS = 4000;

export function serverWitnesses(facts: AskedServer): ServerWitness[] {
	const { loginMissing } = facts;
	const witnesses = witnessesOf(facts);
	if (loginMissing === null || witnesses.some(({ kind }) => kind === 'heard')) return witnesses;
	return [{ kind: 'not-asked', why: 'login-missing', missing: loginMissing }];
}

function witnessesOf(facts: AskedServer): ServerWitness[] {
	const { outcome, gathered, tookMs, listenedMs: listened, listened: enough } = facts;
	if (outcome.state === 'failed') return [withoutGathering(outcome), ...relaysHeard(facts)];
	if (gathered === null) {
		const said = skipSaid(outcome.state === 'skipped' ? outcome : skipped('skip-server-not-asked-alone', {}));
		return [{ kind: 'not-asked', why: 'skipped', said }, ...relaysHeard(facts)];
	}
	const heard: ServerWitness[] = facts.mapped.flatMap(({ address, port, atMs }) =>
		address === null ? [] : [{ kind: 'heard', what: 'mapped-address', address, port, afterMs: atMs }]
	);
	if (facts.agreed) heard.push({ kind: 'heard', what: 'own-address', afterMs: gathered.completeMs ?? tookMs });
	const all = [...heard, ...relaysHeard(facts), ...facts.errors.map((error) => ofError(error, facts))];
	const untold = facts.errors.length === 0 && gathered.endedBy === 'deadline';
	if (untold && !enough) return [...all, { kind: 'void', why: 'not-listened', pausedMs: tookMs - listened, ofMs: tookMs }];
	if (facts.unsentBy !== null && all.every(({ kind }) => kind === 'silent' || kind === 'held-back'))
		return [{ kind: 'held-back', by: 'candidate-limit', gathered: facts.unsentBy.kind, inAnyTest: true }];
	if (all.length > 0) return all;
	if (facts.transport === 'udp' && untold && withoutSocket(gathered))
		return [{ kind: 'held-back', by: 'candidate-limit', gathered: 'nothing', inAnyTest: false }];
	if (facts.localNetworkLacking !== null && gathered.endedBy === 'complete')
		return [{ kind: 'held-back', by: 'local-network', permission: facts.localNetworkLacking }];
	return [
		untold && !facts.agreementUntold && !facts.endsUntold
			? { kind: 'silent', forMs: listened, requests: null }
			: { kind: 'held-back', by: 'browser' }
	];
}

/** Chromium told of nothing to ask from: on a device without IPv4, and under policies that forbid UDP, a name may not have been asked. */
export function withoutSocket({ engine, candidates }: Gathered): boolean {
	return engine === 'chromium' && candidates.length === 0;
}

function withoutGathering(failure: Failed): ServerWitness {
	const { code, message = '' } = failure;
	if (code === 'aborted') return { kind: 'void', why: 'aborted' };
	if (code === 'no-webrtc') return { kind: 'not-asked', why: 'no-webrtc' };
	if (code === 'malformed' || code === 'unsupported') return { kind: 'not-asked', why: 'refused-by-browser', said: message };
	return { kind: 'unfinished', because: failureSaid(failure) };
}

function relaysHeard({ relays, runs }: AskedServer): ServerWitness[] {
	if (relays.length > 0) return relays.map(({ atMs }) => ({ kind: 'heard', what: 'relay', afterMs: atMs }));
	return runs.some(({ state }) => state !== 'not-allocated') ? [{ kind: 'heard', what: 'relay', afterMs: null }] : [];
}

function ofError(error: CandidateErrorRecord, { transport }: AskedServer): ServerWitness {
	const { errorCode, errorText, atMs } = error;
	if (isServersAnswer(error)) return { kind: 'heard', what: 'error', code: errorCode, afterMs: atMs };
	if (OWN_REFUSAL.test(errorText)) return { kind: 'not-asked', why: 'refused-by-browser', said: errorText };
	if (/timed out/i.test(errorText) || (errorText === '' && atMs >= SILENCE_MS))
		return { kind: 'silent', forMs: atMs, requests: null };
	if (isLookupError(error)) return { kind: 'unresolved', afterMs: atMs };
	return transport === 'udp' ? { kind: 'held-back', by: 'browser' } : { kind: 'closed', at: 'unknown', afterMs: atMs };
}

/** A credential that is missing is told as 401 by Chromium, which did not ask. */
const OWN_REFUSAL = /Missing TURN server credentials|disallowed port/;

/** Whether an error is the server's own answer; 701 is the browser's (W3C WebRTC §4.8.3). */
export function isServersAnswer({ errorCode, errorText }: CandidateErrorRecord): boolean {
	return errorCode > 0 && errorCode !== 701 && !OWN_REFUSAL.test(errorText);
}
