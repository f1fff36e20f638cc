/**
 * Filtering behaviour (RFC 4787 §5): which unsolicited packets reach this device. A table, first match wins. The evidence are
 * unsolicited probes of a relay to mapped addresses, each with a control that tells "filtered" from "lost" and from "the
 * relay is broken".
 */
import type { Family } from '../base/ip';
import { iceUrl, type Endpoint } from '../observations/candidates';
import {
	wasListened,
	type FilterProbe,
	type ProberFiltering,
	type SocketPosition,
	type TurnFiltering
} from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Filtering, Mapping } from './conclusion';
import type { FilteringTrouble, FilteringValues } from './filtering-values';
import type { NatRule } from './nat-rule';
import type { NextStepId } from '../plan/next-steps';
import { partnersSilence, partnerTrouble, strangerKeptOut, strangerLetIn, strangers, type Sent } from './prober-partner';

/** The probes of one family, grouped by what had been written to before. */
export interface FilteringEvidence {
	/** Only a server at another address than the relay's had been contacted. */
	far: Tally;
	/** The relay's address had been contacted, at another port. */
	near: Tally;
	/** Why tests were inconclusive. */
	why: (NonNullable<FilterProbe['why']> | 'not-listened')[];
	servers: string[];
	/** True when the blocked `near` probes went to the same mapping through which the relay's address had been written to. */
	nearIsSure: boolean;
	/** What the prober beside the app found, the best of its runs. */
	prober: ProberFiltering | null;
	observations: number[];
}

interface Tally {
	passed: FilterProbe[];
	blocked: FilterProbe[];
}

type FilteringRule = NatRule<FilteringValues, [evidence: FilteringEvidence], Filtering>;

/** Two fresh sockets: a single one may stand at a port whose filter an earlier connection had opened. */
const CONFIRMED = 2;

const confirmed = (tally: Tally) => tally.passed.length >= CONFIRMED && tally.passed.length > tally.blocked.length;
const closed = (tally: Tally) => tally.blocked.length > 0 && tally.blocked.length > tally.passed.length;

/** What the relay's probes prove by themselves. */
function turnSays(e: FilteringEvidence): Filtering {
	if (confirmed(e.far)) return 'endpoint-independent';
	if (closed(e.far) && confirmed(e.near)) return 'address-dependent';
	return closed(e.near) && e.nearIsSure ? 'address-and-port-dependent' : 'unknown';
}

/**
 * What the prober's probes prove by themselves. An answer to a socket that was never written to is proof. No answer is, too,
 * once answers came to the socket that was written to, at the same time and at the same rate.
 */
function proberSays({ prober }: FilteringEvidence): Filtering {
	if (!prober || !prober.proven) return 'unknown';
	const at = (position: SocketPosition) => prober.probes.find((each) => each.position === position);
	if (strangers(prober).some(({ answered }) => answered > 0)) return 'endpoint-independent';
	/** More unanswered probes than chance explains, at the rate at which the control's were answered. */
	const shutOut = (probes: readonly Sent[], control: Sent | undefined) => {
		if (!control || control.answered < 2) return false;
		// The share of the control's packets that came there and back, taken a little too low.
		const arriving = control.answered / (control.sent + 1);
		return (1 - arriving) ** probes.reduce((sum, { sent }) => sum + sent, 0) < CHANCE;
	};
	// Another server's packets have a way of their own, so its own control has to come through.
	const silence = prober.partner ? partnersSilence(prober) : { probes: strangers(prober), control: at('same') };
	const otherPort = at('other-port');
	if (otherPort && otherPort.answered > 0)
		return silence && shutOut(silence.probes, silence.control) ? 'address-dependent' : 'unknown';
	return shutOut(otherPort ? [otherPort] : [], at('same')) ? 'address-and-port-dependent' : 'unknown';
}

/** Below this probability, loss on the path is no explanation for the unanswered probes. */
const CHANCE = 0.002;

/** The prober's socket at another port of the address that was written to; rules that name it have seen its probes. */
const otherPortOf = ({ prober }: FilteringEvidence) => prober!.probes.find(({ position }) => position === 'other-port')!.from;

export const FILTERING_RULES: readonly FilteringRule[] = [
	{
		id: 'filtering-methods-disagree',
		when: (e) => turnSays(e) !== 'unknown' && proberSays(e) !== 'unknown' && turnSays(e) !== proberSays(e),
		then: 'unknown',
		values: (e) => ({
			relayUrls: e.servers,
			byRelay: turnSays(e),
			proberAt: e.prober!.server,
			byProber: proberSays(e)
		}),
		missing: 'check-again-without-vpn'
	},
	{
		id: 'filtering-lets-strangers-in',
		when: (e) => confirmed(e.far),
		then: 'endpoint-independent',
		values: ({ far }) => ({
			relay: relayOf(far.passed),
			receivedAfterMs: slowestMs(far.passed),
			received: far.passed.length
		})
	},
	{
		id: 'filtering-goes-by-address',
		when: (e) => closed(e.far) && confirmed(e.near),
		then: 'address-dependent',
		values: ({ far, near }) => ({
			relay: relayOf(far.blocked),
			blockedForMs: shortestMs(far.blocked),
			receivedAfterMs: slowestMs(near.passed)
		})
	},
	{
		id: 'filtering-goes-by-address-and-port',
		when: (e) => closed(e.near) && e.nearIsSure && !confirmed(e.far),
		then: 'address-and-port-dependent',
		values: ({ near }) => ({
			relay: relayOf(near.blocked),
			blockedForMs: shortestMs(near.blocked),
			controlMs: Math.min(...near.blocked.map(({ controlMs }) => controlMs ?? 0))
		})
	},
	{
		id: 'filtering-prober-let-in',
		when: (e) => proberSays(e) === 'endpoint-independent',
		then: 'endpoint-independent',
		values: (e) => strangerLetIn(e.prober!)
	},
	{
		id: 'filtering-prober-by-address',
		when: (e) => proberSays(e) === 'address-dependent',
		then: 'address-dependent',
		values: (e) => ({ otherPort: otherPortOf(e), stranger: strangerKeptOut(e.prober!) })
	},
	{
		id: 'filtering-prober-by-address-and-port',
		when: (e) => proberSays(e) === 'address-and-port-dependent',
		then: 'address-and-port-dependent',
		values: (e) => ({ proberAt: e.prober!.server, otherPort: otherPortOf(e) })
	},
	{
		id: 'filtering-prober-partner-tells-nothing',
		when: (e) => e.prober?.partner !== undefined && proberOpenByPort(e),
		then: 'unknown',
		values: (e) => ({
			otherPort: otherPortOf(e),
			partnerHost: e.prober!.partner!.host,
			trouble: partnerTrouble(e.prober!)
		}),
		missing: 'add-stun-server-apart-from-turn'
	},
	{
		id: 'filtering-not-by-port',
		when: (e) => (confirmed(e.near) && e.far.passed.length + e.far.blocked.length === 0) || proberOpenByPort(e),
		then: 'unknown',
		values: (e) => ({ letIn: e.near.passed.length > 0 ? relayOf(e.near.passed) : otherPortOf(e) }),
		missing: 'add-stun-server-apart-from-turn'
	},
	{
		id: 'filtering-contradicts-itself',
		when: (e) => e.far.passed.length + e.near.passed.length > 0 && e.far.blocked.length + e.near.blocked.length > 0,
		then: 'unknown',
		values: ({ far, near }) => ({
			passed: far.passed.length + near.passed.length,
			blocked: far.blocked.length + near.blocked.length
		}),
		missing: 'check-again'
	},
	{
		id: 'filtering-strangers-kept-out',
		when: (e) => closed(e.far),
		then: 'unknown',
		values: ({ far }) => ({ relay: relayOf(far.blocked), blockedForMs: shortestMs(far.blocked) }),
		missing: 'check-again'
	},
	{
		id: 'filtering-inconclusive',
		when: (e) => e.why.length > 0 || probeCount(e) > 0 || e.prober !== null,
		then: 'unknown',
		values: (e) => ({ relayUrls: e.servers, proberAt: e.prober && e.prober.server, troubles: troubles(e) }),
		missing: 'add-turn-server-that-reaches-here'
	},
	{
		id: 'filtering-not-measured',
		when: () => true,
		then: 'unknown',
		values: () => ({}),
		missing: 'add-somebody-who-sends-unasked'
	}
];

export function filteringEvidence(observed: ObservationIndex, family: Family, mapping: Mapping): FilteringEvidence {
	const ofFamily = observed.of('nat-filtering').flatMap(({ observation, index }) => {
		if (observation.outcome.state !== 'seen') return [];
		const { data } = observation.outcome;
		const ours = data.family === family || data.family === 'unknown';
		return ours ? [{ data, index, listened: wasListened(observation) }] : [];
	});
	const all = ofFamily.flatMap(({ data, index, listened }) => (data.method === 'turn' ? [{ data, index, listened }] : []));
	const probers = ofFamily.flatMap(({ data }) => (data.method === 'prober' && data.family === family ? [data] : []));
	// What was blocked while nobody listened may as well have been let in and not been told.
	const untold = all.filter(({ listened }) => !listened).flatMap(({ data }) => data.probes.filter(isBlocked));
	const probes = all.flatMap(({ data }) => data.probes).filter((probe) => !untold.includes(probe));
	const tally = (opened: FilterProbe['opened']): Tally => ({
		passed: probes.filter((probe) => probe.opened === opened && probe.state === 'passed'),
		blocked: probes.filter((probe) => probe.opened === opened && probe.state === 'blocked')
	});
	const near = tally('relay-address');
	return {
		far: tally('other-address'),
		near,
		nearIsSure:
			mapping === 'none' ||
			mapping === 'endpoint-independent' ||
			near.blocked.some((probe) => sameMapping(probe) || askedAtRelay(probe, all)),
		why: [...probes.flatMap(({ why }) => (why === null ? [] : [why])), ...untold.map(() => 'not-listened' as const)],
		servers: all.map(({ data }) => data.server),
		prober: probers.find(({ proven }) => proven) ?? probers[0] ?? null,
		observations: ofFamily.map(({ index }) => index)
	};
}

const isBlocked = ({ state }: FilterProbe) => state === 'blocked';

/** The relay saw the port that was probed: the mapping is the same towards the STUN server and towards the relay. */
function sameMapping({ controlPort, mapped }: FilterProbe): boolean {
	return controlPort !== null && controlPort === mapped?.port;
}

/** The mapped address came from the relay's own address, so the filter that belongs to it knows that address. */
function askedAtRelay({ observer, relay }: FilterProbe, all: readonly { data: TurnFiltering }[]): boolean {
	const host = iceUrl(observer)?.host;
	if (host === undefined) return false;
	return (
		host === relay?.address || all.some(({ data }) => iceUrl(data.server)?.host === host && iceUrl(observer)?.hostKind === 'name')
	);
}

export interface JudgedFiltering {
	filtering: Filtering;
	because: Because;
	/** What would settle it; null where it is settled. */
	missing: NextStepId | null;
}

/** The first rule that matches, with the reason as the report holds it. */
export function judgeFiltering(evidence: FilteringEvidence): JudgedFiltering {
	const rule = FILTERING_RULES.find((each) => each.when(evidence))!;
	const because = { rule: rule.id, values: { ...rule.values(evidence) }, observations: evidence.observations };
	return { filtering: rule.then, because, missing: rule.missing ?? null };
}

function probeCount({ far, near }: FilteringEvidence): number {
	return far.passed.length + far.blocked.length + near.passed.length + near.blocked.length;
}

function troubles({ why, prober }: FilteringEvidence): FilteringTrouble[] {
	const ofProber: FilteringTrouble = prober?.mapped === null ? 'prober-not-reached' : 'prober-too-few-packets';
	return [...new Set([...why, ...(prober ? [ofProber] : [])])];
}

/** One address only: a contacted address may send from any port, and whether one never contacted may was not tried, or not by us alone. */
function proberOpenByPort({ prober }: FilteringEvidence): boolean {
	return (
		prober !== null &&
		(prober.partner !== undefined || !prober.probes.some(({ position }) => position === 'other-both')) &&
		prober.probes.some(({ position, answered }) => position === 'other-port' && answered > 0)
	);
}

function relayOf([probe]: readonly FilterProbe[]): Endpoint | null {
	return probe?.relay ?? null;
}

function slowestMs(all: readonly FilterProbe[]): number {
	return Math.max(0, ...all.map(({ probingMs }) => probingMs ?? 0));
}

function shortestMs(all: readonly FilterProbe[]): number {
	return Math.min(...all.map(({ probingMs }) => probingMs ?? 0));
}
