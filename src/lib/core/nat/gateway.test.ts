import { expect, test } from 'vitest';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { GATEWAY_RULES, judgeGateway, type GatewayAsked } from './gateway';

const told = (externalAddress: string | null, resultCode = 0): GatewayAsked => ({
	gateway: '192.168.1.1',
	tookMs: 3,
	sent: 1,
	answer: { protocol: 'nat-pmp', resultCode, externalAddress }
});
const mapped = { address: '198.51.100.7', port: 5000 };

const CASES: [string, GatewayAsked, typeof mapped | null, string, string][] = [
	['the address that a server sees', told('198.51.100.7'), mapped, 'gateway-is-last-nat', 'one'],
	['a shared address', told('100.64.3.9'), mapped, 'gateway-behind-carrier-nat', 'two-or-more'],
	['a private address', told('10.20.0.5'), mapped, 'gateway-behind-another-nat', 'two-or-more'],
	['a private address, without a server', told('10.20.0.5'), null, 'gateway-behind-another-nat', 'two-or-more'],
	['another public address', told('203.0.113.9'), mapped, 'gateway-address-not-seen', 'unknown'],
	['a public address, without a server', told('203.0.113.9'), null, 'gateway-mapped-not-known', 'unknown'],
	['an error', told(null, 3), mapped, 'gateway-tells-no-address', 'unknown'],
	['0.0.0.0, as while its uplink is down', told('0.0.0.0'), mapped, 'gateway-tells-no-address', 'unknown'],
	['PCP only', { ...told(null), answer: { protocol: 'pcp-only' } }, mapped, 'gateway-speaks-pcp-only', 'unknown'],
	['nothing', { ...told(null), answer: null, tookMs: 7750, sent: 5 }, mapped, 'gateway-silent', 'unknown']
];

test.each(CASES)('a router that reports %s', (_, asked, seen, rule, layers) => {
	const judged = judgeGateway(asked, seen);
	expect([judged.because.rule, judged.layers]).toEqual([rule, layers]);
	expect(sentence(judged.because)).toContain('192.168.1.1');
});

test('every rule has a case', () => {
	expect(new Set(CASES.map(([, , , rule]) => rule))).toEqual(new Set(GATEWAY_RULES.map(({ id }) => id)));
});
