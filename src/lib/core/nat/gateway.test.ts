import { expect, test } from 'vitest';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { GATEWAY_RULES, judgeGateway } from './gateway';
import type { GatewayAsked, UpnpAnswer } from './gateway-facts';

const silent = { tookMs: 7750, sent: 5, answer: null };
const SILENT: GatewayAsked = { gateway: '192.168.1.1', natPmp: silent, pcp: silent, upnp: silent };
const answered = { tookMs: 3, sent: 1 };
const LOCATION = 'http://192.168.1.1:5000/desc.xml';

const told = (externalAddress: string | null, resultCode = 0): Partial<GatewayAsked> => ({
	natPmp: { ...answered, answer: { protocol: 'nat-pmp', resultCode, externalAddress } }
});
const byUpnp = (externalAddress: string | null, errorCode: number | null = null): Partial<GatewayAsked> => ({
	upnp: { ...answered, answer: { state: 'told', location: LOCATION, service: 'x', externalAddress, errorCode } }
});
const upnp = (answer: UpnpAnswer): Partial<GatewayAsked> => ({ upnp: { ...answered, answer } });
const PCP: Partial<GatewayAsked> = { pcp: { ...answered, answer: { resultCode: 0 } } };
const PCP_ONLY: Partial<GatewayAsked> = { natPmp: { ...answered, answer: { protocol: 'pcp-only' } } };

const mapped = { address: '198.51.100.7', port: 5000 };

const CASES: [string, Partial<GatewayAsked>, typeof mapped | null, string, string][] = [
	['the address that a server sees', told('198.51.100.7'), mapped, 'gateway-is-last-nat', 'one'],
	['that address by UPnP', byUpnp('198.51.100.7'), mapped, 'gateway-is-last-nat', 'one'],
	['that address by both', { ...told('198.51.100.7'), ...byUpnp('198.51.100.7') }, mapped, 'gateway-is-last-nat', 'one'],
	[
		'that address by UPnP, and none by NAT-PMP',
		{ ...told(null, 3), ...byUpnp('198.51.100.7') },
		mapped,
		'gateway-is-last-nat',
		'one'
	],
	['a shared address', told('100.64.3.9'), mapped, 'gateway-behind-carrier-nat', 'two-or-more'],
	['a private address', told('10.20.0.5'), mapped, 'gateway-behind-another-nat', 'two-or-more'],
	['a private address by UPnP', byUpnp('10.20.0.5'), mapped, 'gateway-behind-another-nat', 'two-or-more'],
	['a private address, without a server', told('10.20.0.5'), null, 'gateway-behind-another-nat', 'two-or-more'],
	['another public address', told('203.0.113.9'), mapped, 'gateway-address-not-seen', 'unknown'],
	['two addresses', { ...told('198.51.100.7'), ...byUpnp('10.20.0.5') }, mapped, 'gateway-addresses-differ', 'unknown'],
	['a public address, without a server', told('203.0.113.9'), null, 'gateway-mapped-not-known', 'unknown'],
	['an error', told(null, 3), mapped, 'gateway-tells-no-address', 'unknown'],
	['0.0.0.0, as while its uplink is down', told('0.0.0.0'), mapped, 'gateway-tells-no-address', 'unknown'],
	['an error by UPnP', byUpnp(null, 501), mapped, 'gateway-tells-no-address', 'unknown'],
	['a word by UPnP', byUpnp('none'), mapped, 'gateway-tells-no-address', 'unknown'],
	[
		'a page of a login',
		upnp({ state: 'unreadable', location: LOCATION, because: 'http' }),
		mapped,
		'gateway-tells-no-address',
		'unknown'
	],
	[
		'a place elsewhere',
		upnp({ state: 'elsewhere', location: 'http://203.0.113.9/' }),
		mapped,
		'gateway-description-elsewhere',
		'unknown'
	],
	[
		'a place elsewhere, and its address by NAT-PMP',
		{ ...told('198.51.100.7'), ...upnp({ state: 'elsewhere', location: 'x' }) },
		mapped,
		'gateway-is-last-nat',
		'one'
	],
	['that it speaks PCP only', { ...PCP_ONLY, ...PCP }, mapped, 'gateway-speaks-pcp-only', 'unknown'],
	['PCP and nothing of NAT-PMP', PCP, mapped, 'gateway-speaks-pcp-only', 'unknown'],
	['nothing', {}, mapped, 'gateway-silent', 'unknown']
];

test.each(CASES)('a router that reports %s', (_, asked, seen, rule, layers) => {
	const judged = judgeGateway({ ...SILENT, ...asked }, seen);
	expect([judged.because.rule, judged.layers]).toEqual([rule, layers]);
	expect(sentence(judged.because)).toMatch(/192\.168\.1\.1.*\.$/);
});

test('every rule has a case', () => {
	expect(new Set(CASES.map(([, , , rule]) => rule))).toEqual(new Set(GATEWAY_RULES.map(({ id }) => id)));
});

test('what each protocol answered without an address is said', () => {
	const judged = judgeGateway({ ...SILENT, ...told(null, 3), ...byUpnp(null, 501) }, mapped);
	expect(sentence(judged.because)).toBe(
		'192.168.1.1 answers NAT-PMP without an external address (result code 3). It has no line, or, as miniupnpd answers, an external address that is not publicly routable, as behind another NAT. 192.168.1.1 answers UPnP without an external address (error 501).'
	);
});
