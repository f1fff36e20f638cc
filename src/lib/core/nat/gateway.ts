/**
 * What this network's router reports as its external address (NAT-PMP, RFC 6886 §3.2), compared with what a STUN server sees. Only where the two
 * are equal is this router the last NAT; an address that is not publicly routable shows another NAT beyond it.
 */
import { formatIp, isOutside, parseIp, sameIp, scopeOfText } from '../base/ip';
import type { Because } from './conclusion';
import type { Endpoint } from './discovery-facts';
import type { GatewayValues } from './discovery-values';
import type { NatRule } from './nat-rule';

/** `answer` is null where nothing came; `resultCode` 0 is success (RFC 6886 §3.5). */
export interface GatewayAsked {
	gateway: string;
	tookMs: number;
	sent: number;
	answer: { protocol: 'nat-pmp'; resultCode: number; externalAddress: string | null } | { protocol: 'pcp-only' } | null;
}

export type Layers = 'one' | 'two-or-more' | 'unknown';

export interface GatewayEvidence {
	asked: GatewayAsked;
	mapped: Endpoint | null;
}

const external = ({ asked: { answer } }: GatewayEvidence) => (answer?.protocol === 'nat-pmp' ? answer.externalAddress : null);
const said = (e: GatewayEvidence) => ({ gateway: e.asked.gateway, externalAddress: external(e)! });

/** RFC 6598. */
function isShared(address: string): boolean {
	return scopeOfText(address) === 'carrier-grade';
}

function isSame(a: string, b: string): boolean {
	const [one, two] = [parseIp(a), parseIp(b)];
	return one !== null && two !== null && sameIp(one, two);
}

export const GATEWAY_RULES: readonly NatRule<GatewayValues, [GatewayEvidence], Layers>[] = [
	{
		id: 'gateway-silent',
		when: ({ asked }) => asked.answer === null,
		then: 'unknown',
		values: ({ asked: { gateway, tookMs, sent } }) => ({ gateway, waitedMs: tookMs, requests: sent })
	},
	{
		id: 'gateway-speaks-pcp-only',
		when: ({ asked }) => asked.answer!.protocol === 'pcp-only',
		then: 'unknown',
		values: ({ asked: { gateway } }) => ({ gateway })
	},
	{
		id: 'gateway-tells-no-address',
		when: (e) => external(e) === null || scopeOfText(external(e)) === 'unspecified',
		then: 'unknown',
		values: ({ asked: { gateway, answer } }) => ({ gateway, resultCode: answer?.protocol === 'nat-pmp' ? answer.resultCode : 0 })
	},
	{
		id: 'gateway-behind-carrier-nat',
		when: (e) => isShared(external(e)!),
		then: 'two-or-more',
		values: said
	},
	{
		id: 'gateway-behind-another-nat',
		when: (e) => !isOutside(scopeOfText(external(e))),
		then: 'two-or-more',
		values: said
	},
	{
		id: 'gateway-mapped-not-known',
		when: ({ mapped }) => mapped === null,
		then: 'unknown',
		values: said
	},
	{
		id: 'gateway-is-last-nat',
		when: (e) => isSame(external(e)!, e.mapped!.address),
		then: 'one',
		values: said
	},
	{
		id: 'gateway-address-not-seen',
		when: () => true,
		then: 'unknown',
		values: (e) => ({ ...said(e), seenAddress: formatIp(parseIp(e.mapped!.address)!) })
	}
];

export function judgeGateway(asked: GatewayAsked, mapped: Endpoint | null): { layers: Layers; because: Because } {
	const evidence = { asked, mapped };
	const rule = GATEWAY_RULES.find((each) => each.when(evidence))!;
	return { layers: rule.then, because: { rule: rule.id, values: { ...rule.values(evidence) }, observations: [] } };
}
