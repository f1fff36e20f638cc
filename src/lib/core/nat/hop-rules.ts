/**
 * Where on the path the address belongs that servers see: to the first router, which then is the last NAT, or to a device beyond it. First
 * match wins. A hop limit of n brings a packet to the nth router, which must take what is addressed to itself and forward nothing (RFC 1812 §5.3.1).
 *
 * What silence shows comes last. Only an inside address and port that changes shows a NAT: state that was lost may be a firewall's.
 */
import { isOutside, mayBeNeighbours, scopeOfText } from '../base/ip';
import type { Because } from './conclusion';
import { same, type Endpoint } from './discovery-facts';
import type { HopValues } from './discovery-values';
import { ALL_HOPS, type HeldOpen, type HopCount, type HopFacts } from './hop-facts';
import type { NatRule } from './nat-rule';

export type NatPlace = 'none' | 'first-router' | 'farther' | 'unknown';

/** Fewer packets without effect than this may have been lost. */
const ENOUGH = 3;
/** A router that hairpins may count a packet twice, so one that returned with 3 hops may have been at the first router only. */
const HAIRPINNED_FARTHER = 4;

/** The fewest hops that had the effect, where all that was sent with all hops had it, and enough with fewer was sent in vain. */
function fewest(counts: readonly HopCount[]): number | null {
	const first = counts.find(({ came }) => came > 0);
	const all = counts.find(({ hops }) => hops === ALL_HOPS);
	if (!first || !all || all.came === 0) return null;
	const before = counts.filter(({ hops }) => hops < first.hops);
	return before.every(({ sent }) => sent >= ENOUGH) && all.sent === all.came ? first.hops : null;
}

const cameWith = (hops: number, counts: readonly HopCount[]) => counts.some((each) => each.hops === hops && each.came > 0);
const refusedBy = ({ refused }: HopFacts) => refused && fewest(refused.byHops);

/** Of the server's own network, or no address that it can have seen from elsewhere, or two of them in one answer. */
function isDoubtful({ server, mapped, plain }: HopFacts): boolean {
	const isPublic = ({ address }: Endpoint) => isOutside(scopeOfText(address));
	if (plain !== null && !same(mapped, plain)) return true;
	return isPublic(server) && (!isPublic(mapped!) || mayBeNeighbours(mapped!.address, server.address));
}

/** A router that refuses packets to others as well says nothing about whose address it is. */
const trustworthy = ({ refused }: HopFacts) => refused !== null && refused.control.came === 0 && refused.control.sent >= ENOUGH;

function heldWith(hops: number, { held }: HopFacts): HeldOpen | null {
	return held?.sockets.find((each) => each.hops === hops) ?? null;
}

/** Only a socket that was kept open all the way, and is still open and the same, makes a loss elsewhere mean something. */
function controlHeld(facts: HopFacts): boolean {
	const control = heldWith(ALL_HOPS, facts);
	return control !== null && control.alive !== false && same(control.before, control.after);
}

const changed = (socket: HeldOpen | null) =>
	socket !== null && socket.alive !== true && socket.after !== null && !same(socket.before, socket.after);
const isAlive = (hops: number, facts: HopFacts) => heldWith(hops, facts)?.alive ?? null;
const silenceS = ({ held }: HopFacts) => held!.silenceS;

export const HOP_RULES: readonly NatRule<HopValues, [HopFacts], NatPlace>[] = [
	{
		id: 'hops-no-mapped-address',
		when: ({ mapped }) => mapped === null,
		then: 'unknown',
		values: () => ({})
	},
	{
		id: 'hops-no-nat',
		when: ({ local, mapped }) => same(local, mapped),
		then: 'none',
		values: () => ({})
	},
	{
		id: 'hops-mapped-address-doubtful',
		when: (facts) => isDoubtful(facts),
		then: 'unknown',
		values: ({ server, mapped }) => ({ server, mapped: mapped! })
	},
	{
		id: 'hops-refused-by-first-router',
		when: (facts) => trustworthy(facts) && cameWith(1, facts.refused!.byHops),
		then: 'first-router',
		values: ({ mapped, refused }) => ({ address: mapped!.address, port: refused!.port })
	},
	{
		id: 'hops-returned-by-first-router',
		when: ({ returned }) => cameWith(2, returned),
		then: 'first-router',
		values: ({ mapped }) => ({ address: mapped!.address })
	},
	{
		id: 'hops-refused-farther',
		when: (facts) => trustworthy(facts) && (refusedBy(facts) ?? 0) > 1,
		then: 'farther',
		values: (facts) => ({ address: facts.mapped!.address, port: facts.refused!.port, hops: refusedBy(facts)! })
	},
	{
		id: 'hops-returned-farther',
		when: ({ returned }) => (fewest(returned) ?? 0) >= HAIRPINNED_FARTHER,
		then: 'farther',
		values: ({ mapped, returned }) => ({ address: mapped!.address, hops: fewest(returned)! })
	},
	{
		id: 'hops-mapping-lost-farther',
		when: (facts) => controlHeld(facts) && changed(heldWith(2, facts)),
		then: 'farther',
		values: (facts) => {
			const { before, after } = heldWith(2, facts)!;
			return { silenceS: silenceS(facts), before, after: after! };
		}
	},
	{
		id: 'hops-state-lost-farther',
		when: (facts) => controlHeld(facts) && isAlive(ALL_HOPS, facts) === true && isAlive(2, facts) === false,
		then: 'unknown',
		values: (facts) => ({ silenceS: silenceS(facts) })
	},
	{
		id: 'hops-state-lost-by-first-routers',
		when: (facts) => isAlive(0, facts) === false && isAlive(2, facts) === true,
		then: 'unknown',
		values: (facts) => ({ silenceS: silenceS(facts) })
	},
	{
		id: 'hops-nothing-forgotten',
		when: (facts) => isAlive(0, facts) === true,
		then: 'unknown',
		values: (facts) => ({ silenceS: silenceS(facts) })
	},
	{
		id: 'hops-another-way',
		when: ({ refused }) => refused === null,
		then: 'unknown',
		values: ({ mapped }) => ({ address: mapped!.address })
	},
	{
		id: 'hops-no-sign',
		when: () => true,
		then: 'unknown',
		values: ({ mapped, held }) => ({ address: mapped!.address, silenceAsked: held !== null })
	}
];

export function judgeHops(facts: HopFacts): { says: NatPlace; because: Because } {
	const rule = HOP_RULES.find((each) => each.when(facts))!;
	return { says: rule.then, because: { rule: rule.id, values: { ...rule.values(facts) }, observations: [] } };
}
