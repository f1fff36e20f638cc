import { expect, test } from 'vitest';
import type { CandidateView, PairView } from '../recording/connection';
import { pathHints } from './path-words';

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

/** What is said of a path between two candidates, where this end has another candidate that tells its public address. */
function hints(local: [string, string | null], remote: [string, string | null], own: string | null): string {
	const [a, b] = [candidate('local', ...local), candidate('remote', ...remote)];
	return pathHints({ local: a, remote: b } as PairView, [a, candidate('local', 'srflx', own)]).join(' ');
}

test('two ends behind one address are said to be', () => {
	expect(hints(['host', '192.168.1.2'], ['srflx', '203.0.113.7'], '203.0.113.7')).toMatch(/same public address.*hairpin/);
	expect(hints(['host', '192.168.1.2'], ['srflx', '203.0.113.9'], '203.0.113.7')).not.toMatch(/hairpin/);
});

test('addresses that a recorder blotted out are not the same address', () => {
	expect(hints(['relay', 'x.x.x.x'], ['srflx', 'x.x.x.x'], 'x.x.x.x')).toBe('Media go through the relay of this end.');
	expect(hints(['relay', 'x.x.x.x'], ['relay', 'x.x.x.x'], null)).not.toMatch(/one server/);
	expect(hints(['host', 'x:x:x:x:x:x:x:x'], ['host', 'x:x:x:x:x:x:x:x'], null)).not.toMatch(/this machine|IPv6/);
});
