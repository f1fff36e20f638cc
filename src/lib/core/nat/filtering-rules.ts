/**
 * Filtering behaviour (RFC 4787 §5): who may send to this device unasked. A table, first match wins. The evidence are knocks
 * of a relay on mapped addresses, each with a control that tells "filtered" from "lost" and from "the relay is broken".
 */
import { formatEndpoint, type Family } from '../base/ip';
import { prose } from '../base/said';
import { count, duration, list } from '../base/words';
import { iceUrl } from '../observations/candidates';
import type { FilterKnock, ProberCorner, ProberFiltering, TurnFiltering } from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Filtering, Mapping } from './conclusion';
import type { NextStepId } from './next-steps';
import { partnersSilence, partnerTrouble, strangerKeptOut, strangerLetIn, strangers, type Sent } from './prober-partner';

/** The knocks of one family, sorted by what had been written to before. */
export interface FilteringEvidence {
	/** Only a server at another address than the relay's had been written to. */
	far: Tally;
	/** The relay's address had been written to, at another port. */
	near: Tally;
	/** What kept knocks from telling anything. */
	why: NonNullable<FilterKnock['why']>[];
	servers: string[];
	/** True when the `near` knocks that were blocked came to the very mapping through which the relay's address was written to. */
	nearIsSure: boolean;
	/** What the prober beside the app found, the best of its runs. */
	prober: ProberFiltering | null;
	observations: number[];
}

interface Tally {
	passed: FilterKnock[];
	blocked: FilterKnock[];
}

export interface FilteringRule {
	id: string;
	cite: string;
	title: string;
	when(evidence: FilteringEvidence): boolean;
	then: Filtering;
	/** One sentence with the measured values. */
	text(evidence: FilteringEvidence): string;
	/** What would settle it; only where the filtering stays unknown. */
	missing?: NextStepId;
}

/** Two fresh sockets: a single one may stand at a port whose filter an earlier connection had opened. */
const CONFIRMED = 2;

const confirmed = (tally: Tally) => tally.passed.length >= CONFIRMED && tally.passed.length > tally.blocked.length;
const closed = (tally: Tally) => tally.blocked.length > 0 && tally.blocked.length > tally.passed.length;

/** What the relay's knocks say by themselves. */
function turnSays(e: FilteringEvidence): Filtering {
	if (confirmed(e.far)) return 'endpoint-independent';
	if (closed(e.far) && confirmed(e.near)) return 'address-dependent';
	return closed(e.near) && e.nearIsSure ? 'address-and-port-dependent' : 'unknown';
}

/**
 * What the prober's knocks say by themselves. An answer to a socket that was never written to is proof. No answer is, too,
 * once answers came to the socket that was written to, at the same time and at the same rate.
 */
function proberSays({ prober }: FilteringEvidence): Filtering {
	if (!prober || !prober.proven) return 'unknown';
	const at = (corner: ProberCorner) => prober.knocks.find((each) => each.corner === corner);
	if (strangers(prober).some(({ answered }) => answered > 0)) return 'endpoint-independent';
	/** Too many knocks in vain for chance, at the rate at which the control's came through. */
	const shutOut = (knocks: readonly Sent[], control: Sent | undefined) => {
		if (!control || control.answered < 2) return false;
		// The share of the control's packets that came there and back, taken a little too low.
		const arriving = control.answered / (control.sent + 1);
		return (1 - arriving) ** knocks.reduce((sum, { sent }) => sum + sent, 0) < CHANCE;
	};
	// Another server's packets have a way of their own, so its own control has to come through.
	const silence = prober.partner ? partnersSilence(prober) : { knocks: strangers(prober), control: at('same') };
	const otherPort = at('other-port');
	if (otherPort && otherPort.answered > 0)
		return silence && shutOut(silence.knocks, silence.control) ? 'address-dependent' : 'unknown';
	return shutOut(otherPort ? [otherPort] : [], at('same')) ? 'address-and-port-dependent' : 'unknown';
}

/** How probable it may be at most that a path which loses packets lost exactly those that were let in. */
const CHANCE = 0.002;

const proberCorner = (e: FilteringEvidence, corner: ProberCorner) => {
	const from = e.prober!.knocks.find((each) => each.corner === corner)?.from;
	return from ? formatEndpoint(from.address, from.port) : corner;
};

export const FILTERING_RULES: readonly FilteringRule[] = [
	{
		id: 'filtering-methods-disagree',
		cite: 'RFC 4787 §5',
		title: 'The relay of a TURN server and the prober beside the app found different filters.',
		when: (e) => turnSays(e) !== 'unknown' && proberSays(e) !== 'unknown' && turnSays(e) !== proberSays(e),
		then: 'unknown',
		text: (e) =>
			`By the relay of ${list(e.servers)} the filter is ${turnSays(e)}, by the prober at ${e.prober!.server} it is ${proberSays(e)}: a second network, a VPN, or a firewall that treats the two servers differently.`,
		missing: 'check-again-without-vpn'
	},
	{
		id: 'filtering-lets-strangers-in',
		cite: 'RFC 4787 §5',
		title: 'Packets from an address that was never written to come in.',
		when: (e) => confirmed(e.far),
		then: 'endpoint-independent',
		text: (e) =>
			`${fromStranger(e.far.passed)} and was let in${within(e.far.passed)}, ${times(e.far.passed)}: anybody may send to an open port.`
	},
	{
		id: 'filtering-goes-by-address',
		cite: 'RFC 4787 §5',
		title: 'Packets from an unknown address are dropped; from a known address they come in, whatever the port.',
		when: (e) => closed(e.far) && confirmed(e.near),
		then: 'address-dependent',
		text: (e) =>
			`${fromStranger(e.far.blocked)} for ${heldOff(e.far.blocked)} in vain; once its address had been written to at another port, it was let in${within(e.near.passed)}: known addresses may send from any port.`
	},
	{
		id: 'filtering-goes-by-address-and-port',
		cite: 'RFC 4787 §5',
		title: 'Even from a known address packets are dropped unless the port is known too.',
		when: (e) => closed(e.near) && e.nearIsSure && !confirmed(e.far),
		then: 'address-and-port-dependent',
		text: (e) =>
			`${endpointOf(e.near.blocked)} knocked for ${heldOff(e.near.blocked)} in vain although its address had been written to at another port; written to itself it got through in ${control(e.near.blocked)}: only known addresses and ports may send.`
	},
	{
		id: 'filtering-prober-let-in',
		cite: 'RFC 4787 §5',
		title: 'Packets of the prober from an address that was never written to come in.',
		when: (e) => proberSays(e) === 'endpoint-independent',
		then: 'endpoint-independent',
		text: (e) => `${strangerLetIn(e.prober!)}: anybody may send to an open port.`
	},
	{
		id: 'filtering-prober-by-address',
		cite: 'RFC 4787 §5',
		title: 'Packets of the prober from an unknown address are dropped; from a known address they come in, whatever the port.',
		when: (e) => proberSays(e) === 'address-dependent',
		then: 'address-dependent',
		text: (e) => `${strangerKeptOut(e.prober!, proberCorner(e, 'other-port'))}: known addresses may send from any port.`
	},
	{
		id: 'filtering-prober-by-address-and-port',
		cite: 'RFC 4787 §5',
		title: 'Packets of the prober come in from the address and port that was written to alone.',
		when: (e) => proberSays(e) === 'address-and-port-dependent',
		then: 'address-and-port-dependent',
		text: (e) =>
			`The prober was let in from ${e.prober!.server} alone and not from ${proberCorner(e, 'other-port')}: only known addresses and ports may send.`
	},
	{
		id: 'filtering-prober-partner-tells-nothing',
		cite: 'RFC 4787 §5',
		title: 'Known addresses may send from any port; the second server that was to try as a stranger could not tell.',
		when: (e) => e.prober?.partner !== undefined && proberOpenByPort(e),
		then: 'unknown',
		text: (e) =>
			`The prober was let in from ${proberCorner(e, 'other-port')} after its address had been written to at another port; whether a stranger would be is not known, for ${partnerTrouble(e.prober!)}.`,
		missing: 'add-stun-server-apart-from-turn'
	},
	{
		id: 'filtering-not-by-port',
		cite: 'RFC 4787 §5',
		title: 'Known addresses may send from any port; whether strangers may was not tested.',
		when: (e) => (confirmed(e.near) && e.far.passed.length + e.far.blocked.length === 0) || proberOpenByPort(e),
		then: 'unknown',
		text: (e) =>
			`${e.near.passed.length > 0 ? endpointOf(e.near.passed) : proberCorner(e, 'other-port')} was let in after its address had been written to at another port; whether a stranger would be was not tested, for lack of a second server address.`,
		missing: 'add-stun-server-apart-from-turn'
	},
	{
		id: 'filtering-contradicts-itself',
		cite: 'RFC 4787 §5',
		title: 'Equal knocks had different outcomes.',
		when: (e) => e.far.passed.length + e.near.passed.length > 0 && e.far.blocked.length + e.near.blocked.length > 0,
		then: 'unknown',
		text: (e) =>
			`Of ${count(knocks(e), 'knock')} ${e.far.passed.length + e.near.passed.length} came in and ${e.far.blocked.length + e.near.blocked.length} did not, which fits no rule: a port may have been in use a moment before.`,
		missing: 'check-again'
	},
	{
		id: 'filtering-strangers-kept-out',
		cite: 'RFC 4787 §5',
		title: 'Strangers are kept out; whether known addresses may send from other ports was not found out.',
		when: (e) => closed(e.far),
		then: 'unknown',
		text: (e) =>
			`${fromStranger(e.far.blocked)} for ${heldOff(e.far.blocked)} in vain; whether a known address may send from any port was not found out.`,
		missing: 'check-again'
	},
	{
		id: 'filtering-inconclusive',
		cite: 'RFC 4787 §5',
		title: 'The relay could not knock, or its control failed.',
		when: (e) => e.why.length > 0 || knocks(e) > 0 || e.prober !== null,
		then: 'unknown',
		text: (e) =>
			`${list([...e.servers, ...(e.prober ? [`the prober at ${e.prober.server}`] : [])])} was asked to send to this device, without a result: ${list(reasons(e)) || 'a single pass is not enough'}.`,
		missing: 'add-turn-server-that-reaches-here'
	},
	{
		id: 'filtering-not-measured',
		cite: 'RFC 4787 §5',
		title: 'Who may send to this device was not tested.',
		when: () => true,
		then: 'unknown',
		text: () =>
			'Not tested: who may send to this device unasked. Without it nobody can promise a direct call to peers whose own NAT depends on the destination, so a TURN server should be at hand.',
		missing: 'add-somebody-who-sends-unasked'
	}
];

const REASONS: Record<NonNullable<FilterKnock['why']>, string> = {
	'no-mapped-address': 'no server told the public address of the socket',
	'no-relay': 'the server gave no relay in time',
	'other-family': 'the relay and the public address are of different address families',
	'not-opened': 'the socket did not write to the relay’s address in time',
	'control-failed': 'even the control did not get through, so the relay cannot reach this device at all'
};

export function filteringEvidence(observed: ObservationIndex, family: Family, mapping: Mapping): FilteringEvidence {
	const ofFamily = observed.seen('nat-filtering').filter(({ data }) => data.family === family || data.family === 'unknown');
	const all = ofFamily.flatMap(({ data, index }) => (data.method === 'turn' ? [{ data, index }] : []));
	const probers = ofFamily.flatMap(({ data }) => (data.method === 'prober' && data.family === family ? [data] : []));
	const knocked = all.flatMap(({ data }) => data.knocks);
	const tally = (opened: FilterKnock['opened']): Tally => ({
		passed: knocked.filter((knock) => knock.opened === opened && knock.state === 'passed'),
		blocked: knocked.filter((knock) => knock.opened === opened && knock.state === 'blocked')
	});
	const near = tally('relay-address');
	return {
		far: tally('other-address'),
		near,
		nearIsSure:
			mapping === 'none' ||
			mapping === 'endpoint-independent' ||
			near.blocked.some((knock) => sameMapping(knock) || askedAtRelay(knock, all)),
		why: knocked.flatMap(({ why }) => (why === null ? [] : [why])),
		servers: all.map(({ data }) => data.server),
		prober: probers.find(({ proven }) => proven) ?? probers[0] ?? null,
		observations: ofFamily.map(({ index }) => index)
	};
}

/** The relay saw the port that was knocked on: the mapping is the same towards the STUN server and towards the relay. */
function sameMapping({ controlPort, mapped }: FilterKnock): boolean {
	return controlPort !== null && controlPort === mapped?.port;
}

/** The mapped address came from the relay's own address, so the filter that belongs to it knows that address. */
function askedAtRelay({ observer, relay }: FilterKnock, all: readonly { data: TurnFiltering }[]): boolean {
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
	const because = { ...prose(rule.id, rule.text(evidence)), observations: evidence.observations };
	return { filtering: rule.then, because, missing: rule.missing ?? null };
}

function knocks({ far, near }: FilteringEvidence): number {
	return far.passed.length + far.blocked.length + near.passed.length + near.blocked.length;
}

function reasons({ why, prober }: FilteringEvidence): string[] {
	const told = why.map((each) => REASONS[each]);
	if (!prober) return told;
	return [
		...told,
		prober.mapped === null ? 'no packet of this device reached the prober' : 'too few of the prober’s packets came through'
	];
}

/** One address only: known addresses may send from any port, and whether strangers may was not tried, or not by us alone. */
function proberOpenByPort({ prober }: FilteringEvidence): boolean {
	return (
		prober !== null &&
		(prober.partner !== undefined || !prober.knocks.some(({ corner }) => corner === 'other-both')) &&
		prober.knocks.some(({ corner, answered }) => corner === 'other-port' && answered > 0)
	);
}

function endpointOf([knock]: readonly FilterKnock[]): string {
	return knock?.relay ? formatEndpoint(knock.relay.address, knock.relay.port) : 'A relay';
}

function fromStranger(all: readonly FilterKnock[]): string {
	return `${endpointOf(all)}, whose address had not been written to, knocked`;
}

function within(all: readonly FilterKnock[]): string {
	return ` after ${duration(Math.max(0, ...all.map(({ knockMs }) => knockMs ?? 0)))}`;
}

function heldOff(all: readonly FilterKnock[]): string {
	return duration(Math.min(...all.map(({ knockMs }) => knockMs ?? 0)));
}

function control(all: readonly FilterKnock[]): string {
	return duration(Math.min(...all.map(({ controlMs }) => controlMs ?? 0)));
}

function times(all: readonly FilterKnock[]): string {
	return all.length === 2 ? 'twice' : count(all.length, 'time');
}
