import { expect, test } from 'vitest';
import { DISCOVERY_CASES } from '../../../../tests/golden/discoveries-table';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { judgeDiscovery } from './discovery';
import { INTERFACE_FINDING_RULES, judgeInterfaces, type SeenFrom } from './interface-findings';

const discovery = (name: string) => DISCOVERY_CASES.find((one) => one.name === name)!.seen;

/** What one case of the table shows, from an address; `publicAddress` instead of the one that was seen. */
function from(name: string, address: string, shows: string, publicAddress?: string): SeenFrom {
	const observed = discovery(shows);
	const concluded = judgeDiscovery(observed);
	const conclusion = publicAddress ? { ...concluded, mappedAddress: publicAddress } : concluded;
	return { family: 'ipv4', from: { name, address, family: 'ipv4' }, observed, conclusion };
}

const ETH = from('eth0', '192.168.1.2', 'a filter by port');
const SAME = from('wlan0', '192.168.1.3', 'a filter by port');
const VPN = from('tun0', '10.8.0.2', 'a filter by port', '203.0.113.99');
const SILENT = from('docker0', '172.17.0.1', 'no answer');

const CASES: [string, SeenFrom[], string[], string[][]][] = [
	['one address', [ETH], [], [[]]],
	['two behind one NAT', [ETH, SAME], [], [[], []]],
	['two public addresses', [ETH, VPN], ['interfaces-differ'], [[], []]],
	['one without an answer', [ETH, SILENT], ['interface-without-answer'], [[], []]],
	['all without an answer', [SILENT, SILENT], [], [['discovery-no-answer'], ['discovery-no-answer']]],
	['one without an answer in another family', [ETH, { ...SILENT, family: 'ipv6' }], [], [[], ['discovery-no-answer']]],
	['no address chosen', [{ ...SILENT, from: null }], [], [['discovery-no-answer']]]
];

test.each(CASES)('%s', (_, seen, between, own) => {
	const judged = judgeInterfaces(seen);
	expect(judged.between.map(({ rule }) => rule)).toEqual(between);
	expect(judged.own.map((findings) => findings.map(({ rule }) => rule))).toEqual(own);
});

test('what is not known is no difference', () => {
	const unknown = { ...SAME, conclusion: { ...SAME.conclusion, mapping: 'unknown' as const, filtering: 'unknown' as const } };
	expect(judgeInterfaces([ETH, unknown]).between).toEqual([]);
	const open = { ...SAME, conclusion: { ...SAME.conclusion, filtering: 'endpoint-independent' as const } };
	expect(judgeInterfaces([ETH, open]).between).toHaveLength(1);
});

test('every rule has a case', () => {
	expect(new Set(CASES.flatMap(([, , rules]) => rules))).toEqual(new Set(INTERFACE_FINDING_RULES.map(({ id }) => id)));
});

test('the sentences name the addresses', () => {
	expect(judgeInterfaces([ETH, VPN, SILENT]).between.map(sentence)).toEqual([
		'203.0.113.10:3478 gave no answer to 172.17.0.1 (docker0), and it answers another address of this machine: packets from 172.17.0.1 do not reach it, or its answers do not come back.',
		'Over IPv4 the network does not treat the addresses of this machine alike: 192.168.1.2 (eth0) is seen as 198.51.100.1, mapping endpoint-independent, filtering address-and-port-dependent; 10.8.0.2 (tun0) is seen as 203.0.113.99, mapping endpoint-independent, filtering address-and-port-dependent. A call fares as the address that it is made from.'
	]);
});
