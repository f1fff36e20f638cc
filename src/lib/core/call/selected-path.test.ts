import { expect, test } from 'vitest';
import type { CandidateView, PairView } from '../recording/connection';
import { judgeSelectedPath } from './selected-path';

const candidate = (side: 'local' | 'remote', type: string, address: string | null) =>
	({
		id: side,
		side,
		type,
		address,
		port: 5000,
		protocol: 'udp',
		relayProtocol: null,
		url: null,
		priority: null
	}) as CandidateView;

/** The rules about a path between two candidates, where this end has another candidate that tells its public address. */
function rules(local: [string, string | null], remote: [string, string | null], own: string | null): string[] {
	const [a, b] = [candidate('local', ...local), candidate('remote', ...remote)];
	return judgeSelectedPath({ local: a, remote: b } as PairView, [a, candidate('local', 'srflx', own)]).map(({ rule }) => rule);
}

test('two ends behind one address are said to be', () => {
	expect(rules(['host', '192.168.1.2'], ['srflx', '203.0.113.7'], '203.0.113.7')).toEqual(['media-hairpinned']);
	expect(rules(['host', '192.168.1.2'], ['srflx', '203.0.113.9'], '203.0.113.7')).toEqual([]);
});

test('addresses that a recorder blotted out are not the same address', () => {
	expect(rules(['relay', 'x.x.x.x'], ['srflx', 'x.x.x.x'], 'x.x.x.x')).toEqual(['media-through-relay']);
	expect(rules(['relay', 'x.x.x.x'], ['relay', 'x.x.x.x'], null)).toEqual(['media-through-two-relays']);
	expect(rules(['host', 'x:x:x:x:x:x:x:x'], ['host', 'x:x:x:x:x:x:x:x'], null)).toEqual(['media-without-nat']);
});

test.each([
	[['host', '192.168.1.2'], ['host', '192.168.1.2'], ['media-on-one-machine']],
	[['host', '192.168.1.2'], ['host', '192.168.1.9'], ['media-in-one-network']],
	[['host', '192.168.1.2'], ['host', '198.51.100.9'], ['media-without-nat']],
	[['relay', '203.0.113.5'], ['relay', '203.0.113.5'], ['media-through-one-relay-server']],
	[
		['host', '127.0.0.1'],
		['prflx', '127.0.0.1'],
		['media-on-one-machine', 'media-from-peer-reflexive']
	],
	[['srflx', '203.0.113.5'], ['srflx', '203.0.113.5'], ['media-hairpinned']],
	[['prflx', '203.0.113.5'], ['host', '198.51.100.9'], ['media-from-peer-reflexive']],
	[['host', '2001:db8::1'], ['srflx', '2001:db8:1::2'], ['media-over-ipv6']]
] as [[string, string], [string, string], string[]][])('%s to %s: %s', (local, remote, said) => {
	expect(rules(local, remote, null)).toEqual(said);
});
