import { describe, expect, test } from 'vitest';
import { candidateFamily, extensionOf, formatCandidate, isMdnsName, parseCandidate, type CandidateLine } from './candidate';

/** Captured from Chromium 156 and Firefox 153; addresses of the test machine are documentation ones. */
const LINES = [
	'candidate:368361887 1 udp 2113937151 3b88ba09-cf53-4b01-a6d6-a7ceb9c8c3c6.local 56543 typ host generation 0 ufrag +Vjj network-cost 999',
	'candidate:2342064011 1 udp 1677729535 127.0.0.1 56543 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag +Vjj network-cost 999',
	'candidate:434521627 1 udp 50339839 127.0.0.1 61567 typ relay raddr 127.0.0.1 rport 37432 generation 0 ufrag +UUq network-cost 999',
	'candidate:0 1 UDP 2122187007 078b78ff-86f7-4214-a127-e35bc6b0a241.local 48057 typ host',
	'candidate:3 1 TCP 2105458943 078b78ff-86f7-4214-a127-e35bc6b0a241.local 9 typ host tcptype active',
	'candidate:2 1 UDP 92151807 192.0.2.2 58013 typ relay raddr 192.0.2.2 rport 58013'
];
/** By the grammar alone. */
const LAWFUL = [
	'candidate:1 1 UDP 2130706431 2001:db8::1 5000 typ host',
	'candidate:a+/B 256 udp 1 stun.example.org 65535 typ new-kind',
	'candidate:1 1 UDP 1 192.0.2.1 5000 typ srflx rport 77',
	'candidate:1 1 UDP 1 192.0.2.1 5000 typ srflx raddr 192.0.2.7',
	'candidate:1 1 UDP 1 192.0.2.1 5000 typ host x-empty ',
	'candidate:1 1 UDP 1 192.0.2.1 5000 typ host x-odd "ü={}"'
];

function read(line: string): CandidateLine {
	const result = parseCandidate(line);
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

describe('reading a candidate line', () => {
	test.each([...LINES, ...LAWFUL])('%s comes back unchanged', (line) => {
		expect(formatCandidate(read(line))).toBe(line);
		expect(formatCandidate(read(`a=${line}`))).toBe(line);
	});

	test('reads every field of a relay candidate', () => {
		expect(read(LINES[2]!)).toEqual({
			foundation: '434521627',
			component: 1,
			transport: 'udp',
			protocol: 'udp',
			priority: 50339839,
			address: '127.0.0.1',
			port: 61567,
			type: 'relay',
			relatedAddress: '127.0.0.1',
			relatedPort: 37432,
			tcpType: null,
			extensions: [
				{ name: 'generation', value: '0' },
				{ name: 'ufrag', value: '+UUq' },
				{ name: 'network-cost', value: '999' }
			]
		});
	});

	test('reads extensions by name, the TCP type and a protocol in capitals', () => {
		const tcp = read(LINES[4]!);
		expect([tcp.tcpType, tcp.protocol, tcp.transport]).toEqual(['active', 'tcp', 'TCP']);
		expect(extensionOf(read(LINES[0]!), 'network-cost')).toBe('999');
		expect(extensionOf(tcp, 'network-cost')).toBeNull();
	});

	test('a line break at the end does not matter', () => {
		expect(formatCandidate(read(`${LINES[3]}\r\n`))).toBe(LINES[3]);
	});

	test.each([
		['', 'end-of-candidates', undefined],
		['a=end-of-candidates', 'end-of-candidates', undefined],
		['1 1 UDP 1 192.0.2.1 5000 typ host', 'prefix', 'column 1'],
		['candidate:1 1 UDP 1 192.0.2.1', 'missing-field', 'column 30'],
		['candidate:é 1 UDP 1 192.0.2.1 5000 typ host', 'foundation', 'column 11'],
		['candidate: 1 UDP 1 192.0.2.1 5000 typ host', 'foundation', 'column 11'],
		['candidate:1 0 UDP 1 192.0.2.1 5000 typ host', 'component', 'column 13'],
		['candidate:1 257 UDP 1 192.0.2.1 5000 typ host', 'component', 'column 13'],
		['candidate:1 1  UDP 1 192.0.2.1 5000 typ host', 'transport', 'column 15'],
		['candidate:1 1 UDP 0 192.0.2.1 5000 typ host', 'priority', 'column 19'],
		['candidate:1 1 UDP 2147483648 192.0.2.1 5000 typ host', 'priority', 'column 19'],
		['candidate:1 1 UDP 1 [2001:db8::1] 5000 typ host', 'address', 'column 21'],
		['candidate:1 1 UDP 1 192.0.2.256 5000 typ host', 'address', 'column 21'],
		['candidate:1 1 UDP 1 192.0.2.1 65536 typ host', 'port', 'column 31'],
		['candidate:1 1 UDP 1 192.0.2.1 5000 type host', 'typ', 'column 36'],
		['candidate:1 1 UDP 1 192.0.2.1 5000 typ host raddr', 'raddr', 'column 45'],
		['candidate:1 1 UDP 1 192.0.2.1 5000 typ srflx raddr 192.0.2.7 rport x', 'rport', 'column 68'],
		['candidate:1 1 UDP 1 192.0.2.1 5000 typ host generation', 'extension', 'column 45']
	])('%j is refused as %s at %s', (line, code, where) => {
		const result = parseCandidate(line);
		expect(result.ok ? 'accepted' : [result.error.code, result.error.where]).toEqual([code, where]);
	});
});

test.each([
	['078b78ff-86f7-4214-a127-e35bc6b0a241.local', true],
	['Host.LOCAL', true],
	['local', false],
	['turn.example.org', false],
	['192.0.2.1', false],
	[null, false]
])('the name %j hides an address by mDNS: %s', (name, hidden) => {
	expect(isMdnsName(name)).toBe(hidden);
});

test.each([
	['192.0.2.1', null, 'ipv4'],
	['2001:db8::1', null, 'ipv6'],
	['x.local', null, 'unknown'],
	['2001:db8::1', '192.0.2.1', 'ipv6'],
	['x.local', '::', 'ipv6'],
	[null, '0.0.0.0', 'ipv4'],
	[null, null, 'unknown']
])('the family of %j with related address %j is %s', (address, relatedAddress, family) => {
	expect(candidateFamily({ address, relatedAddress })).toBe(family);
});
