/** What rules of several questions, and of findings, read out of the facts about servers and NATs. */
import type { NatConclusion } from '../../nat/conclusion';
import { isOutsideText } from '../../nat/evidence';
import { iceUrl } from '../../observations/candidates';
import type { CandidateFamily } from '../../observations/observation';
import type { MissingStep } from '../answer-rule';
import type { ServerConclusion } from '../conclusion';
import type { Reads } from '../reading';
import { answered, isAsked, type ReachedOtherwise, type UdpSilence } from '../view';
import type { WorkingTurn } from './answer-values';
import type { ServerFacts } from './server-facts';

export const OTHER_BROWSER: MissingStep = { probe: 'ice-gathering', step: 'check-in-another-browser' };
export const ENTER_LOGINS: MissingStep = { probe: 'server-gathering', step: 'enter-missing-logins' };
export const ADD_SERVER: MissingStep = { probe: 'server-gathering', step: 'add-server-outside' };

const FAMILIES = ['ipv4', 'ipv6'] as const;
const UNREACHED: readonly ServerConclusion['state'][] = ['unreachable', 'tls-failed'];

/** Several servers, and not one of them, nor the app, showed that the outside can be reached. */
export function nothingAnswers(v: Reads<'facts' | 'servers' | 'finished' | 'controls' | 'udpHeard'>): boolean {
	const asked = v.servers.filter((s) => !['not-asked', 'not-tested', 'misconfigured'].includes(s.state));
	// What the browser did not try, or did not say, is no sign of the network.
	return (
		!v.facts.some(answered) &&
		v.finished &&
		v.controls.length === 0 &&
		v.udpHeard === null &&
		hosts(asked).length >= 2 &&
		asked.every((s) => UNREACHED.includes(s.state))
	);
}

/** Servers that were asked to the end; what browsers refuse, and what a stopped run left out, says nothing of a network. */
export function asked({ facts }: Reads<'facts'>): ServerFacts[] {
	return facts.filter((f) => f.gathered !== null && isAsked(f));
}

/** True when everybody that was asked stands inside, and somebody answered. */
export function onlyLocal(v: Reads<'facts' | 'servers' | 'finished' | 'controls' | 'udpHeard' | 'udpSilent'>): boolean {
	const outside = v.udpSilent.length + v.controls.length + (v.udpHeard ? 1 : 0);
	const those = asked(v);
	return (
		v.finished &&
		outside === 0 &&
		those.some(answered) &&
		those.every((f) => f.stands === 'inside') &&
		!v.servers.some(hasOutsideRelay)
	);
}

/** How many hosts were silent over UDP: each by itself, or all asked at once, which is known earlier. */
export function silentHosts({ udpSilent, udpSilence }: Reads<'udpSilent' | 'udpSilence'>): number {
	return Math.max(hosts(udpSilent).length, hosts(udpSilence?.asked ?? []).length);
}

export function silenceIndexes({ udpSilent, udpSilence }: Reads<'udpSilent' | 'udpSilence'>): number[] {
	return [...indexes(udpSilent), ...(udpSilence && udpSilent.length === 0 ? [udpSilence.observation] : [])];
}

/** Somebody who was asked over UDP and silent; the family is known for addresses, and where the browser told what a name has. */
export interface SilentPlace {
	host: string;
	family: CandidateFamily;
}

export function silentAlone(silent: readonly ServerFacts[]): SilentPlace[] {
	return silent.map(({ url, family }) => ({ host: hostOf(url), family }));
}

export function silentTogether(silence: UdpSilence | null): SilentPlace[] {
	return silence?.asked.flatMap(({ url, over }) => over.map((family) => ({ host: hostOf(url), family }))) ?? [];
}

/** The app's prober, to which nothing came although it told the page where to write to. */
export function silentProbers(v: Reads<'nat-filtering'>): SilentPlace[] {
	return v['nat-filtering'].seen.flatMap(({ data }) =>
		data.method === 'prober' && data.mapped === null ? [{ host: hostOf(`stun:${data.server}`), family: data.family }] : []
	);
}

/**
 * Who was reached otherwise, over a family over which somebody was silent: what one family carries says nothing of the other. A name
 * that was reached and silent went over the same. NAT64 makes the family that a device lacks the one that it has.
 */
export function controlsBeside(
	{ controls, missing }: Reads<'controls' | 'missing'>,
	silent: readonly SilentPlace[]
): ReachedOtherwise[] {
	const here = FAMILIES.filter((family) => !missing.has(family));
	const over = (family: CandidateFamily) =>
		here.some((one) => one === family) ? family : here.length === 1 ? here[0]! : 'unknown';
	const asked = new Set(silent.map(({ family }) => over(family)));
	return controls.filter(({ by, family }) => {
		const reached = over(family);
		if (silent.some(({ host }) => host === hostOf(by.url))) return true;
		return reached === 'unknown' ? here.every((one) => asked.has(one)) : asked.has(reached);
	});
}

/** It answered, or the browser would not have told, or nobody listened. */
export function mayHaveAnswered(f: ServerFacts): boolean {
	return answered(f) || f.witnesses.some(({ kind }) => kind === 'held-back' || kind === 'void');
}

interface TurnRows {
	works: ServerConclusion[];
	failed: ServerConclusion[];
	/** Not tested to the end, so neither. */
	open: ServerConclusion[];
}

export function turn(v: Reads<'servers'>): TurnRows {
	const all = turnRows(v).filter((s) => !isOfAnotherFamily(s));
	// A relay would have been told, whatever else the browser keeps to itself.
	const isOpen = (s: ServerConclusion) =>
		s.error?.rule !== 'own-address-not-told' &&
		(s.proof === 'not-run' ||
			s.rule === 'relay-second-allocation-refused' ||
			['not-asked', 'not-tested', 'unknown'].includes(s.state));
	return {
		works: all.filter((s) => s.state === 'works'),
		failed: all.filter((s) => s.state !== 'works' && (!isOpen(s) || s.state === 'misconfigured')),
		open: all.filter((s) => s.state !== 'works' && isOpen(s) && s.state !== 'misconfigured')
	};
}

export function turnRows({ servers }: Reads<'servers'>): ServerConclusion[] {
	return servers.filter(({ kind }) => kind === 'turn');
}

/** At an address of a family that this device does not have, which says nothing for or against the server. */
function isOfAnotherFamily({ rule, error }: ServerConclusion): boolean {
	return rule === 'server-of-family-not-here' || error?.rule === 'family-missing';
}

/** TURN servers that nobody asked since user name or credential is missing. */
export function withoutLogin(v: Reads<'servers'>): ServerConclusion[] {
	return turnRows(v).filter(({ rule }) => rule === 'server-login-missing');
}

export function hasOutsideRelay(s: ServerConclusion): boolean {
	return s.kind === 'turn' && isOutsideText(s.relayAddress);
}

export function working(servers: readonly ServerConclusion[]): WorkingTurn {
	const times = servers.map((s) => s.rttMs).filter((ms) => ms !== null);
	const roundTripMs = times.length === 0 ? null : { least: Math.min(...times), most: Math.max(...times) };
	return { workingUrls: urlsOf(servers), roundTripMs };
}

export const DEPENDENT: readonly string[] = ['address-dependent', 'address-and-port-dependent', 'endpoint-dependent'];

export function dependentNat({ nat }: Reads<'nat'>): NatConclusion | null {
	return [nat.ipv4, nat.ipv6].find((one) => one && DEPENDENT.includes(one.mapping)) ?? null;
}

/** IPv4, which most peers have, where its mapping does not depend on the destination: IPv6 alone says nothing of most peers. */
export function steadyIpv4(v: Reads<'nat' | 'missing'>): NatConclusion | null {
	const own = ownIpv4(v);
	return steady(own) ? own : null;
}

/** Null also where IPv4 is NAT64's: from there nothing can be sent to an IPv4 peer's address. */
export function ownIpv4({ nat, missing }: Reads<'nat' | 'missing'>): NatConclusion | null {
	return missing.has('ipv4') ? null : nat.ipv4;
}

export function steady(nat: NatConclusion | null): boolean {
	return nat?.mapping === 'endpoint-independent' || nat?.mapping === 'none';
}

export function natObservations(nat: NatConclusion | null): number[] {
	if (!nat) return [];
	return [...new Set([...nat.evidence.mapping!.observations, ...nat.evidence.filtering!.observations])];
}

export function isTurn(url: string): boolean {
	return /^\s*turns?:/i.test(url);
}

export function hosts(servers: readonly { url: string }[]): string[] {
	return [...new Set(servers.map(({ url }) => hostOf(url)))];
}

function hostOf(url: string): string {
	return iceUrl(url)?.host ?? url;
}

export function urlsOf(servers: readonly { url: string }[]): string[] {
	return servers.map(({ url }) => url);
}

export function quickestMs(facts: readonly ServerFacts[]): number | null {
	const times = facts.flatMap((f) => [...f.mapped, ...f.relays].map((c) => c.atMs));
	return times.length > 0 ? Math.min(...times) : null;
}

export function indexes(facts: readonly ServerFacts[]): number[] {
	return [...new Set(facts.flatMap((f) => f.observations))];
}

export function rows(...groups: readonly (readonly ServerConclusion[])[]): number[] {
	return [...new Set(groups.flat().flatMap((s) => s.observations))];
}
