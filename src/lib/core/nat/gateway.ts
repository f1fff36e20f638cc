/**
 * What this network's router reports as its external address (NAT-PMP, RFC 6886 §3.2, and UPnP WANIPConnection), compared with what a STUN
 * server sees. Only where the two are equal is this router the last NAT; an address that is not publicly routable shows another NAT beyond it.
 */
import { formatIp, isOutside, parseIp, sameIp, scopeOfText } from '../base/ip';
import type { Because } from './conclusion';
import type { Endpoint } from './discovery-facts';
import type { GatewayValues } from './discovery-values';
import type { GatewayAsked } from './gateway-facts';
import type { NatRule } from './nat-rule';

export type Layers = 'one' | 'two-or-more' | 'unknown';

export interface GatewayEvidence {
	asked: GatewayAsked;
	mapped: Endpoint | null;
}

export type GatewayProtocol = 'nat-pmp' | 'upnp';

/** The addresses that were told, by protocol; 0.0.0.0, an empty one and anything that is none are not. */
function told({ asked: { natPmp, upnp } }: GatewayEvidence): { protocol: GatewayProtocol; address: string }[] {
	const byNatPmp = natPmp.answer?.protocol === 'nat-pmp' ? natPmp.answer.externalAddress : null;
	const byUpnp = upnp.answer?.state === 'told' ? upnp.answer.externalAddress : null;
	return [
		{ protocol: 'nat-pmp' as const, address: byNatPmp },
		{ protocol: 'upnp' as const, address: byUpnp }
	].flatMap(({ protocol, address }) => {
		const parsed = parseIp(address ?? '');
		return parsed?.family === 'ipv4' && scopeOfText(address) !== 'unspecified' ? [{ protocol, address: formatIp(parsed) }] : [];
	});
}

const external = (e: GatewayEvidence) => told(e)[0]?.address ?? null;
const said = (e: GatewayEvidence) => ({
	gateway: e.asked.gateway,
	externalAddress: external(e)!,
	protocols: told(e).map(({ protocol }) => protocol)
});

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
		when: ({ asked: { natPmp, pcp, upnp } }) => natPmp.answer === null && pcp.answer === null && upnp.answer === null,
		then: 'unknown',
		values: ({ asked: { gateway, natPmp, pcp, upnp } }) => ({
			gateway,
			waitedMs: Math.max(natPmp.tookMs, pcp.tookMs, upnp.tookMs),
			requests: natPmp.sent + pcp.sent + upnp.sent
		})
	},
	{
		id: 'gateway-addresses-differ',
		when: (e) => new Set(told(e).map(({ address }) => address)).size > 1,
		then: 'unknown',
		values: (e) => ({ gateway: e.asked.gateway, natPmpAddress: told(e)[0]!.address, upnpAddress: told(e)[1]!.address })
	},
	{
		id: 'gateway-description-elsewhere',
		when: (e) => external(e) === null && e.asked.upnp.answer?.state === 'elsewhere',
		then: 'unknown',
		values: ({ asked: { gateway, upnp } }) => ({
			gateway,
			location: upnp.answer!.state === 'elsewhere' ? upnp.answer!.location : ''
		})
	},
	{
		id: 'gateway-speaks-pcp-only',
		when: ({ asked: { natPmp, pcp, upnp } }) =>
			upnp.answer === null && (natPmp.answer?.protocol === 'pcp-only' || (natPmp.answer === null && pcp.answer !== null)),
		then: 'unknown',
		values: ({ asked: { gateway } }) => ({ gateway })
	},
	{
		id: 'gateway-tells-no-address',
		when: (e) => external(e) === null,
		then: 'unknown',
		values: ({ asked: { gateway, natPmp, upnp } }) => ({
			gateway,
			resultCode: natPmp.answer?.protocol === 'nat-pmp' ? natPmp.answer.resultCode : null,
			upnp:
				upnp.answer === null || upnp.answer.state === 'elsewhere'
					? null
					: upnp.answer.state === 'told'
						? { state: 'told', errorCode: upnp.answer.errorCode }
						: { state: upnp.answer.because }
		})
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
