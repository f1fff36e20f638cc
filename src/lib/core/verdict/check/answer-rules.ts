/**
 * The answers to the questions about a network, as a table: for each question the rules in order, first match wins. A rule speaks only when the probes it
 * needs were seen. Later evidence may only make an answer more precise, so a rule that needs "all" or "none" of the
 * servers waits until every listed server was observed (`finished`).
 */
import { bare } from '../../base/said';
import type { NatConclusion } from '../../nat/conclusion';
import { FILTERING_RULES } from '../../nat/filtering-rules';
import { MAPPING_RULES } from '../../nat/mapping-rules';
import { isOutsideText } from '../../nat/evidence';
import { iceUrl, reachedOver, relayed, serverReflexive } from '../../observations/candidates';
import type { ProbeId } from '../../observations/observation';
import type { FailedTurn, NeedUnknown, SteadyMapping, WorkingTurn } from './answer-values';
import { CALL_RULES } from '../call/call-quality';
import type { ServerConclusion } from '../conclusion';
import type { ServerFacts } from './server-facts';
import type { MissingStep, VerdictRule } from '../verdict-rule';
import { answered, isAsked, isSilent, type UdpSilence, type View } from '../view';

export const ANSWER_RULES: readonly VerdictRule[] = [
	// udp-usable
	{
		id: 'udp-answered-from-outside',
		question: 'udp-usable',
		needs: ['server-gathering'],
		says: 'yes',
		when: (v) => v.udpOutside.length > 0,
		values: (v) => ({ urls: urlsOf(v.udpOutside), quickestMs: quickestMs(v.udpOutside) }),
		observations: (v) => indexes(v.udpOutside)
	},
	{
		id: 'udp-answered-when-all-were-asked',
		question: 'udp-usable',
		needs: [],
		says: 'yes',
		when: (v) => v.udpHeard?.outside === true,
		values: (v) => ({ urls: [...v.udpHeard!.urls], afterMs: v.udpHeard!.afterMs }),
		observations: (v) => [v.udpHeard!.observation]
	},
	{
		id: 'udp-carried-to-relay',
		question: 'udp-usable',
		needs: ['relay'],
		says: 'yes',
		when: (v) => carriedDirectly(v).length > 0,
		values: (v) => ({ urls: urlsOf(carriedDirectly(v)) }),
		observations: (v) => indexes(carriedDirectly(v))
	},
	{
		id: 'udp-silent-while-others-work',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		when: (v) => finished(v) && hosts(v.udpSilent).length >= 2 && allUdpSilent(v) && v.controls.length > 0,
		values: (v) => ({ ...silent(v.udpSilent), control: v.controls[0]!.by }),
		observations: (v) => [...indexes(v.udpSilent), ...v.controls.map((c) => c.observation)]
	},
	{
		id: 'udp-silent-so-far',
		question: 'udp-usable',
		needs: ['udp-first-answer'],
		says: 'no',
		when: (v) => silentSoFar(v) !== null,
		values: (v) => {
			const { silence, control } = silentSoFar(v)!;
			return { urls: [...silence.urls], silentForMs: silence.forMs, control: control.by };
		},
		observations: (v) => {
			const { silence, control } = silentSoFar(v)!;
			return [silence.observation, control.observation];
		}
	},
	{
		id: 'udp-answered-from-somewhere',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && (v.udpSomewhere.length > 0 || v.udpHeard !== null),
		values: (v) => ({
			urls: v.udpSomewhere.length > 0 ? urlsOf(v.udpSomewhere) : [...v.udpHeard!.urls],
			each: v.udpSomewhere.length > 0
		}),
		observations: (v) => [...indexes(v.udpSomewhere), ...(v.udpHeard ? [v.udpHeard.observation] : [])],
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-not-asked',
		question: 'udp-usable',
		needs: ['ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && udpTested(v).length === 0,
		values: () => ({}),
		observations: () => [],
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-only-local-servers',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && udpTested(v).every((f) => v.udpInside.includes(f)),
		values: (v) => ({ urls: urlsOf(v.udpInside) }),
		observations: (v) => indexes(v.udpInside),
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-one-silent-server',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && hosts(v.udpSilent).length === 1,
		values: (v) => silent(v.udpSilent),
		observations: (v) => indexes(v.udpSilent),
		missing: () => [{ probe: 'server-gathering', step: 'add-second-stun-server' }]
	},
	{
		id: 'udp-silent-without-control',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && hosts(v.udpSilent).length >= 2,
		values: (v) => ({ ...silent(v.udpSilent), outsideReached: v.controls.length > 0 }),
		observations: (v) => indexes(v.udpSilent),
		missing: () => [{ probe: 'relay', step: 'add-turn-server-as-control' }]
	},
	{
		id: 'udp-failed-otherwise',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v),
		values: (v) => ({ urls: urlsOf(udpTested(v)) }),
		observations: (v) => indexes(udpTested(v)),
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-not-decided-yet',
		question: 'udp-usable',
		needs: [],
		says: 'unknown',
		when: () => true,
		values: () => ({}),
		observations: () => []
	},

	// ipv6-usable
	{
		id: 'ipv6-answered',
		question: 'ipv6-usable',
		needs: ['server-gathering'],
		says: 'yes',
		when: (v) => ipv6Answers(v).length > 0,
		values: (v) => ({ urls: urlsOf(ipv6Answers(v)), quickestMs: quickestMs(ipv6Answers(v)) }),
		observations: (v) => indexes(ipv6Answers(v))
	},
	{
		id: 'ipv6-answered-when-all-were-asked',
		question: 'ipv6-usable',
		needs: [],
		says: 'yes',
		when: (v) => v.udpHeard?.outside === true && v.udpHeard.family === 'ipv6',
		values: (v) => ({ urls: [...v.udpHeard!.urls], afterMs: v.udpHeard!.afterMs }),
		observations: (v) => [v.udpHeard!.observation]
	},
	{
		id: 'ipv6-not-assigned',
		question: 'ipv6-usable',
		needs: ['ice-gathering'],
		says: 'no',
		when: (v) => finished(v) && v.hosts.all && !v.hosts.shown.some((h) => h.includes(':') && isOutsideText(h)),
		values: (v) => ({ deviceAddresses: [...v.hosts.shown] }),
		observations: (v) => indexesOf(v, 'ice-gathering')
	},
	{
		id: 'ipv6-silent',
		question: 'ipv6-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		when: (v) => finished(v) && ipv6Broken(v),
		values: (v) => ({ urls: urlsOf(ipv6Rows(v)) }),
		observations: (v) => indexes(ipv6Rows(v))
	},
	{
		id: 'ipv6-only-for-the-web',
		question: 'ipv6-usable',
		needs: ['app-reachability'],
		says: 'unknown',
		when: (v) => webOverIpv6(v) !== null,
		values: (v) => ({ webAddress: webOverIpv6(v)!.address }),
		observations: (v) => [webOverIpv6(v)!.index],
		missing: () => [IPV6_SERVER]
	},
	{
		id: 'ipv6-not-tested',
		question: 'ipv6-usable',
		needs: [],
		says: 'unknown',
		when: () => true,
		values: (v) => ({ urls: urlsOf(ipv6Rows(v)) }),
		observations: (v) => indexes(ipv6Rows(v)),
		missing: () => [IPV6_SERVER]
	},

	// turn-works
	{
		id: 'turn-some-work',
		question: 'turn-works',
		needs: ['server-gathering'],
		says: 'partly',
		when: (v) => turn(v).works.length > 0 && turn(v).failed.length > 0,
		values: (v) => ({ workingUrls: urlsOf(turn(v).works), failed: failedTurn(v) }),
		observations: (v) => rows(turn(v).works, turn(v).failed)
	},
	{
		id: 'turn-none-listed',
		question: 'turn-works',
		needs: ['ice-gathering'],
		says: 'no-turn-configured',
		when: (v) => v.listed && !v.urls.some(isTurn),
		values: () => ({}),
		observations: (v) => indexesOf(v, 'ice-gathering'),
		missing: () => [{ probe: 'relay', step: 'add-turn-server-to-see' }]
	},
	{
		id: 'turn-all-work',
		question: 'turn-works',
		needs: ['server-gathering', 'ice-gathering', 'relay'],
		says: 'yes',
		when: (v) => finished(v) && turn(v).works.length > 0 && turn(v).open.length === 0,
		values: (v) => working(turn(v).works),
		observations: (v) => rows(turn(v).works)
	},
	{
		id: 'turn-none-works',
		question: 'turn-works',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		when: (v) => finished(v) && turn(v).failed.length > 0 && turn(v).open.length === 0,
		values: (v) => ({ failed: failedTurn(v) }),
		observations: (v) => rows(turn(v).failed)
	},
	{
		id: 'turn-not-asked',
		question: 'turn-works',
		needs: ['ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && withoutLogin(v).length > 0 && withoutLogin(v).length === turnRows(v).length,
		values: (v) => ({ urls: urlsOf(withoutLogin(v)) }),
		observations: (v) => rows(withoutLogin(v)),
		missing: () => [ENTER_LOGINS]
	},
	{
		id: 'turn-not-decided-yet',
		question: 'turn-works',
		needs: [],
		says: 'unknown',
		when: () => true,
		values: (v) => {
			const { works, failed, open } = turn(v);
			return {
				workingUrls: urlsOf(works),
				openUrls: [...urlsOf(open), ...v.pending.filter(isTurn)],
				failedUrls: urlsOf(failed)
			};
		},
		observations: (v) => rows(turn(v).works, turn(v).open),
		missing: (v) => {
			const { open } = turn(v);
			if (open.length === 0) return [];
			const unrun = open.some((server) => server.proof === 'not-run');
			return [{ probe: 'relay', step: unrun ? 'finish-relay-test' : 'add-turn-server-that-can-be-tried' }];
		}
	},

	// needs-turn
	{
		id: 'turn-needed-without-udp',
		question: 'needs-turn',
		needs: [],
		says: 'always',
		when: (v) => v.says['udp-usable'] === 'no',
		values: () => ({}),
		observations: (v) => silenceIndexes(v)
	},
	{
		id: 'turn-needed-mapping-depends',
		question: 'needs-turn',
		needs: ['nat-mapping'],
		says: 'for-some-peers',
		when: (v) => dependentNat(v) !== null,
		values: (v) => ({ mapping: dependentNat(v)!.mapping }),
		observations: (v) => dependentNat(v)!.evidence.mapping!.observations,
		also: (v) => [dependentNat(v)!.evidence.mapping!]
	},
	{
		id: 'turn-not-needed',
		question: 'needs-turn',
		needs: ['nat-filtering'],
		says: 'never',
		when: (v) => welcoming(v.nat.ipv4),
		values: ({ nat: { ipv4 } }) => ({
			mapping: steadyMapping(ipv4!),
			filtering: ipv4!.filtering === 'endpoint-independent' ? 'endpoint-independent' : 'address-dependent'
		}),
		observations: (v) => natObservations(v.nat.ipv4!),
		also: (v) => [v.nat.ipv4!.evidence.mapping!, v.nat.ipv4!.evidence.filtering!]
	},
	{
		id: 'turn-needed-filtering-by-port',
		question: 'needs-turn',
		needs: ['nat-filtering'],
		says: 'for-some-peers',
		when: (v) => steady(v.nat.ipv4) && v.nat.ipv4!.filtering === 'address-and-port-dependent',
		values: (v) => ({ mapping: steadyMapping(v.nat.ipv4!) }),
		observations: (v) => natObservations(v.nat.ipv4!),
		also: (v) => [v.nat.ipv4!.evidence.mapping!, v.nat.ipv4!.evidence.filtering!]
	},
	{
		id: 'turn-needed-without-ipv4',
		question: 'needs-turn',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'for-some-peers',
		when: (v) => finished(v) && v.missing.has('ipv4') && steady(v.nat.ipv6),
		values: () => ({}),
		observations: (v) => natObservations(v.nat.ipv6!),
		also: (v) => [v.nat.ipv6!.evidence.mapping!, v.nat.ipv6!.evidence.filtering!]
	},
	{
		id: 'turn-need-unknown-filtering',
		question: 'needs-turn',
		needs: ['nat-mapping'],
		says: 'unknown',
		when: (v) => steadyNat(v) !== null,
		values: (v) => ({ mapping: steadyMapping(steadyNat(v)!) }),
		observations: (v) => steadyNat(v)!.evidence.mapping!.observations,
		also: (v) => [steadyNat(v)!.evidence.mapping!, steadyNat(v)!.evidence.filtering!],
		missing: (v) => [missingFiltering(steadyNat(v)!)]
	},
	{
		id: 'turn-need-unknown-mapping',
		question: 'needs-turn',
		needs: [],
		says: 'unknown',
		when: () => true,
		values: (v) => ({ because: needUnknown(v) }),
		observations: (v) => (v.nat.ipv4 ?? v.nat.ipv6)?.evidence.mapping!.observations ?? [],
		also: (v) => [v.nat.ipv4, v.nat.ipv6].flatMap((nat) => (nat ? [nat.evidence.mapping!] : [])),
		missing: (v) => missingMapping(v)
	},

	// calls-will-work
	{
		id: 'calls-go-directly',
		question: 'calls-will-work',
		needs: ['nat-filtering'],
		says: 'yes',
		when: (v) => v.says['needs-turn'] === 'never',
		values: () => ({}),
		observations: (v) => natObservations(v.nat.ipv4!)
	},
	{
		id: 'calls-work-with-turn',
		question: 'calls-will-work',
		needs: ['relay'],
		says: 'with-turn',
		when: (v) => relaysOutside(v).length > 0,
		values: (v) => ({ ...working(relaysOutside(v)), onlyThroughTurn: v.says['needs-turn'] === 'always' }),
		observations: (v) => rows(relaysOutside(v))
	},
	{
		id: 'calls-fail-without-udp-and-turn',
		question: 'calls-will-work',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		when: (v) =>
			finished(v) && v.says['udp-usable'] === 'no' && ['no', 'no-turn-configured'].includes(v.says['turn-works'] ?? 'unknown'),
		values: (v) => ({ turnListed: v.says['turn-works'] === 'no' }),
		observations: (v) => [...silenceIndexes(v), ...rows(turn(v).failed)]
	},
	{
		id: 'calls-depend-on-peer',
		question: 'calls-will-work',
		needs: ['nat-mapping'],
		says: 'unknown',
		when: (v) => v.says['needs-turn'] === 'for-some-peers',
		values: (v) => ({ mappingDepends: dependentNat(v) !== null }),
		observations: (v) => natObservations(dependentNat(v) ?? steadyNat(v)),
		missing: (v) => [workingTurn(v)]
	},
	{
		id: 'calls-mostly-direct',
		question: 'calls-will-work',
		needs: ['nat-mapping'],
		says: 'unknown',
		when: (v) => steadyNat(v) !== null,
		values: () => ({}),
		observations: (v) => steadyNat(v)!.evidence.mapping!.observations,
		missing: (v) => [workingTurn(v)]
	},
	{
		id: 'calls-no-server-asked',
		question: 'calls-will-work',
		needs: ['ice-gathering'],
		says: 'unknown',
		when: (v) => finished(v) && !v.facts.some(isAsked),
		values: (v) => ({ urlsWithoutLogin: urlsOf(withoutLogin(v)) }),
		observations: (v) => indexes(v.facts),
		missing: (v) => [withoutLogin(v).length > 0 ? ENTER_LOGINS : ADD_SERVER]
	},
	{
		id: 'calls-only-local-servers',
		question: 'calls-will-work',
		needs: ['ice-gathering'],
		says: 'unknown',
		when: (v) => onlyLocal(v),
		values: (v) => ({ urls: urlsOf(asked(v)) }),
		observations: (v) => indexes(asked(v)),
		missing: () => [ADD_SERVER]
	},
	{
		id: 'calls-nothing-answers',
		question: 'calls-will-work',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		when: (v) => nothingAnswers(v),
		values: (v) => ({ serverHosts: hosts(v.facts).length }),
		observations: (v) => indexes(v.facts),
		missing: (v) => [anotherServer(v)]
	},
	{
		id: 'calls-not-decided',
		question: 'calls-will-work',
		needs: [],
		says: 'unknown',
		when: () => true,
		values: (v) => ({
			known: v.says['udp-usable'] === 'yes' ? 'udp-works' : v.says['needs-turn'] === 'always' ? 'turn-needed' : 'nothing'
		}),
		observations: () => [],
		missing: (v) => [...(v.says['udp-usable'] === 'unknown' && v.listed ? [anotherServer(v)] : []), workingTurn(v)]
	},

	// call-quality
	...CALL_RULES,
	{
		id: 'quality-not-measured',
		question: 'call-quality',
		needs: [],
		says: 'unknown',
		when: () => true,
		values: () => ({}),
		observations: () => [],
		missing: () => [{ probe: 'loopback-call', step: 'make-a-call' }]
	}
];

const ENTER_LOGINS: MissingStep = { probe: 'server-gathering', step: 'enter-missing-logins' };
const ADD_SERVER: MissingStep = { probe: 'server-gathering', step: 'add-server-outside' };
const IPV6_SERVER: MissingStep = { probe: 'server-gathering', step: 'add-ipv6-server' };

function workingTurn(v: View): MissingStep {
	return { probe: 'relay', step: v.urls.some(isTurn) ? 'make-a-turn-server-work' : 'add-turn-server' };
}

function anotherServer(v: View): MissingStep {
	return v.udpSilent.length === 0 ? ADD_SERVER : { probe: 'server-gathering', step: 'add-server-of-another-operator' };
}

/** Every server of the list was observed, so "all" and "none" can be said. */
export function finished(v: View): boolean {
	return v.listed && v.pending.length === 0;
}

const UNREACHED: readonly ServerConclusion['state'][] = ['unreachable', 'tls-failed'];

/** Several servers, and not one of them, nor the app, showed that the outside can be reached. */
export function nothingAnswers(v: View): boolean {
	const asked = v.servers.filter((s) => !['not-asked', 'not-tested', 'misconfigured'].includes(s.state));
	// What the browser did not try, or did not say, is no sign of the network.
	return (
		!v.facts.some(answered) &&
		finished(v) &&
		v.controls.length === 0 &&
		v.udpHeard === null &&
		hosts(asked).length >= 2 &&
		asked.every((s) => UNREACHED.includes(s.state))
	);
}

/** A relay speaks UDP to its peers (RFC 8656 §3.3), so data between it and this page's own socket went over UDP. */
function carriedDirectly(v: View): ServerFacts[] {
	return v.facts.filter(
		({ stands, runs }) => stands === 'outside' && runs.some(({ toward, state }) => toward === 'direct' && state === 'carried')
	);
}

function udpTested(v: View): ServerFacts[] {
	return asked(v).filter((f) => f.transport === 'udp');
}

/** Servers that were asked to the end; what browsers refuse, and what a stopped run left out, says nothing of a network. */
export function asked(v: View): ServerFacts[] {
	return v.facts.filter((f) => f.gathered !== null && isAsked(f));
}

function turnRows(v: View): ServerConclusion[] {
	return v.servers.filter(({ kind }) => kind === 'turn');
}

/** TURN servers that nobody asked since user name or credential is missing. */
function withoutLogin(v: View): ServerConclusion[] {
	return turnRows(v).filter(({ rule }) => rule === 'server-login-missing');
}

/** Shorter than this, silence over UDP may be a few lost packets. */
const SILENCE_AT_LEAST_MS = 2300;
/** … and on a slow path it is no more than waiting: this many round trips, as the control shows them. */
const SILENCE_ROUND_TRIPS = 3;

/** Silence over UDP that lasted long enough to say so before the servers' own deadlines have passed. */
function silentSoFar(v: View): { silence: UdpSilence; control: View['controls'][number] } | null {
	const silence = v.udpSilence;
	if (!silence || silence.forMs < SILENCE_AT_LEAST_MS) return null;
	if (hosts(silence.urls.map((url) => ({ url }))).length < 2) return null;
	const control = v.controls.find(({ roundTripMs }) => SILENCE_ROUND_TRIPS * roundTripMs <= silence.forMs);
	return control ? { silence, control } : null;
}

/** How many hosts were silent over UDP: each by itself, or all asked at once, which is known earlier. */
export function silentHosts(v: View): number {
	const atOnce = (v.udpSilence?.urls ?? []).map((url) => ({ url }));
	return Math.max(hosts(v.udpSilent).length, hosts(atOnce).length);
}

export function silenceIndexes(v: View): number[] {
	return [...indexes(v.udpSilent), ...(v.udpSilence && v.udpSilent.length === 0 ? [v.udpSilence.observation] : [])];
}

/** Every server that could have shown UDP to the outside was silent; look-ups and refusals by the browser do not count. */
function allUdpSilent(v: View): boolean {
	return udpTested(v).every((f) => v.udpSilent.includes(f) || v.udpInside.includes(f) || !mayHaveAnswered(f));
}

/** It did, or the browser would not have told, or nobody listened. */
function mayHaveAnswered(f: ServerFacts): boolean {
	return answered(f) || f.witnesses.some(({ kind }) => kind === 'held-back' || kind === 'void');
}

/** True when everybody that was asked answered, from inside. */
export function onlyLocal(v: View): boolean {
	const outside = v.udpSilent.length + v.controls.length + (v.udpHeard ? 1 : 0);
	const those = asked(v);
	return (
		finished(v) &&
		outside === 0 &&
		those.length > 0 &&
		those.every((f) => answered(f) && f.stands === 'inside') &&
		!v.servers.some(hasOutsideRelay)
	);
}

function ipv6Rows(v: View): ServerFacts[] {
	return v.facts.filter((f) => f.family === 'ipv6' && f.gathered !== null);
}

/** What was seen outside over IPv6, or an answer of a server whose address is one; of a name either family may have answered. */
function ipv6Answers(v: View): ServerFacts[] {
	return v.facts.filter(({ gathered, place, stands, transport, ...f }) => {
		if (gathered === null || stands === 'inside') return false;
		if (transport === 'udp' && serverReflexive(gathered, 'ipv6').some(({ address }) => isOutsideText(address))) return true;
		const asked = relayed(gathered).filter((relay) => reachedOver(relay) === 'ipv6');
		if (asked.some(({ relatedAddress }) => isOutsideText(relatedAddress))) return true;
		return place?.hostKind === 'ipv6' && f.witnesses.some(({ kind }) => kind === 'heard');
	});
}

/** IPv6 servers silent, IPv4 ones not, and the device has IPv6 or several servers agree that it does not work. */
function ipv6Broken(v: View): boolean {
	const silent = ipv6Rows(v).filter(isSilent);
	if (silent.length === 0 || silent.length < ipv6Rows(v).length) return false;
	const heardOver = v.udpHeard?.outside ? v.udpHeard.family : 'ipv4';
	if (heardOver !== 'ipv4' || v.facts.some(mayHaveAnsweredOverIpv6)) return false;
	const ipv4Works = v.facts.some((f) => f.family === 'ipv4' && answered(f));
	const hasAddress = v.hosts.shown.some((h) => h.includes(':') && isOutsideText(h));
	return ipv4Works && (hasAddress || hosts(silent).length >= 2 || workOverIpv4Too(v, silent));
}

/** Of a name only Chromium tells which family answered. */
function mayHaveAnsweredOverIpv6(f: ServerFacts): boolean {
	const told = f.family !== 'unknown' && (f.place?.hostKind !== 'name' || f.gathered?.engine === 'chromium');
	return !told && mayHaveAnswered(f);
}

/** The same name answers over IPv4, so the server lives. */
function workOverIpv4Too(v: View, silent: readonly ServerFacts[]): boolean {
	return silent.some((s) => v.facts.some((f) => f.family === 'ipv4' && f.url === s.url && answered(f)));
}

function webOverIpv6(v: View): { address: string; index: number } | null {
	for (const { index, data } of v.observed.seen('app-reachability')) {
		const address = data.clientAddress;
		if (address?.includes(':') && isOutsideText(address)) return { address, index };
	}
	return null;
}

interface TurnRows {
	works: ServerConclusion[];
	failed: ServerConclusion[];
	/** Not tested to the end, so neither. */
	open: ServerConclusion[];
}

export function turn(v: View): TurnRows {
	const all = turnRows(v).filter((s) => !isOfAnotherFamily(s));
	// A relay would have been told, whatever else the browser keeps to itself.
	const isOpen = (s: ServerConclusion) =>
		s.error?.rule !== 'own-address-not-told' &&
		(s.proof === 'not-run' || ['not-asked', 'not-tested', 'unknown'].includes(s.state));
	return {
		works: all.filter((s) => s.state === 'works'),
		failed: all.filter((s) => s.state !== 'works' && (!isOpen(s) || s.state === 'misconfigured')),
		open: all.filter((s) => s.state !== 'works' && isOpen(s) && s.state !== 'misconfigured')
	};
}

/** At an address of a family that this device does not have, which says nothing for or against the server. */
function isOfAnotherFamily({ rule, error }: ServerConclusion): boolean {
	return rule === 'server-of-family-not-here' || error?.rule === 'family-missing';
}

/** TURN rows that work and whose relay address a peer elsewhere can send to. */
function relaysOutside(v: View): ServerConclusion[] {
	return turn(v).works.filter(hasOutsideRelay);
}

function hasOutsideRelay(s: ServerConclusion): boolean {
	return s.kind === 'turn' && isOutsideText(s.relayAddress);
}

export const DEPENDENT: readonly string[] = ['address-dependent', 'address-and-port-dependent', 'endpoint-dependent'];

function dependentNat(v: View): NatConclusion | null {
	return [v.nat.ipv4, v.nat.ipv6].find((nat) => nat && DEPENDENT.includes(nat.mapping)) ?? null;
}

/** A family whose mapping does not depend on the destination, IPv4 first: most peers have it. */
function steadyNat(v: View): NatConclusion | null {
	return [v.nat.ipv4, v.nat.ipv6].find((nat) => nat?.mapping === 'endpoint-independent' || nat?.mapping === 'none') ?? null;
}

const steady = (nat: NatConclusion | null) => nat?.mapping === 'endpoint-independent' || nat?.mapping === 'none';

/** The same address for all, and a filter that no peer with UDP fails at (nat/peer-matrix). */
function welcoming(nat: NatConclusion | null): boolean {
	return steady(nat) && (nat!.filtering === 'endpoint-independent' || nat!.filtering === 'address-dependent');
}

function steadyMapping({ mapping }: NatConclusion): SteadyMapping {
	return mapping === 'none' ? 'none' : 'endpoint-independent';
}

function needUnknown(v: View): NeedUnknown {
	if (v.says['udp-usable'] !== 'yes') return { kind: 'udp-not-known' };
	const nat = v.nat.ipv4 ?? v.nat.ipv6;
	return nat ? { kind: 'mapping', mapping: bare(nat.evidence.mapping!) } : { kind: 'nothing-known-of-nat' };
}

export function natObservations(nat: NatConclusion | null): number[] {
	if (!nat) return [];
	return [...new Set([...nat.evidence.mapping!.observations, ...nat.evidence.filtering!.observations])];
}

function missingFiltering({ evidence }: NatConclusion): MissingStep {
	const rule = FILTERING_RULES.find(({ id }) => id === evidence.filtering!.rule);
	return { probe: 'nat-filtering', step: rule?.missing ?? 'check-again' };
}

function missingMapping(v: View): MissingStep[] {
	const nat = v.nat.ipv4 ?? v.nat.ipv6;
	const rule = MAPPING_RULES.find((r) => r.id === nat?.evidence.mapping!.rule);
	return [{ probe: 'nat-mapping', step: rule?.missing ?? 'add-server-outside' }];
}

function isTurn(url: string): boolean {
	return /^\s*turns?:/i.test(url);
}

function hosts(servers: readonly { url: string }[]): string[] {
	return [...new Set(servers.map((s) => iceUrl(s.url)?.host ?? s.url))];
}

function urlsOf(servers: readonly { url: string }[]): string[] {
	return servers.map(({ url }) => url);
}

function failedTurn(v: View): FailedTurn[] {
	return turn(v).failed.map(({ url, username, state }) => ({ url, username, state }));
}

function working(servers: readonly ServerConclusion[]): WorkingTurn {
	const times = servers.map((s) => s.rttMs).filter((ms) => ms !== null);
	const roundTripMs = times.length === 0 ? null : { least: Math.min(...times), most: Math.max(...times) };
	return { workingUrls: urlsOf(servers), roundTripMs };
}

function quickestMs(facts: readonly ServerFacts[]): number | null {
	const times = facts.flatMap((f) => [...f.mapped, ...f.relays].map((c) => c.atMs));
	return times.length > 0 ? Math.min(...times) : null;
}

function silent(servers: readonly ServerFacts[]): { urls: string[]; silentForMs: number } {
	return { urls: urlsOf(servers), silentForMs: Math.min(...servers.map((f) => f.tookMs)) };
}

export function indexes(facts: readonly ServerFacts[]): number[] {
	return [...new Set(facts.flatMap((f) => f.observations))];
}

export function rows(...groups: readonly (readonly ServerConclusion[])[]): number[] {
	return [...new Set(groups.flat().flatMap((s) => s.observations))];
}

function indexesOf(v: View, probe: ProbeId): number[] {
	return v.observed.of(probe).map(({ index }) => index);
}
