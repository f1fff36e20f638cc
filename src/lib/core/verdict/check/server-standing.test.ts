import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import type { Network } from '../../../../../tests/golden/network';
import type { CandidateRecord, Observation } from '../../observations/observation';
import { makeView } from '../view';

const OWN = '198.51.100.7';
const NEIGHBOUR = 'stun:198.51.100.9:3478';
const home: Network = {
	engine: 'firefox',
	devices: [{ address: OWN, family: 'ipv4' }],
	nat: (_, port) => ({ address: OWN, port }),
	servers: [{ url: NEIGHBOUR }]
};

const SEEN_OVER_IPV6: CandidateRecord = {
	atMs: 20,
	candidate: 'candidate:2 1 udp 1677729535 2001:db8:1::2 50000 typ srflx',
	type: 'srflx',
	protocol: 'udp',
	address: '2001:db8:1::2',
	port: 50_000,
	foundation: '2',
	component: 1,
	priority: 1_677_729_535,
	relatedAddress: '::',
	relatedPort: 0,
	tcpType: null,
	url: null,
	relayProtocol: null
};

const standings = (observations: readonly Observation[]) => makeView(observations).facts.map(({ stands }) => stands);

/** A browser that leaves all candidates out but relays, of which Firefox does not say what their server saw. */
function relaysAlone(network: Network): Observation[] {
	const observations = structuredClone(makeObservations(network));
	for (const { outcome } of observations)
		if (outcome.state === 'seen' && 'candidates' in outcome.data)
			outcome.data.candidates = outcome.data.candidates.filter(({ type }) => type === 'relay');
	return observations;
}

describe('a server at a public address', () => {
	test('may be of the network of a device that it saw at an address beside its own', () => {
		expect(standings(makeObservations(home))).toEqual(['near']);
	});

	test('is outside where others saw the device elsewhere', () => {
		const servers = [{ url: 'stun:203.0.113.10:3478' }, { url: 'stun:203.0.113.20:3478' }];
		expect(standings(makeObservations({ ...home, servers }))).toEqual(['outside', 'outside']);
	});

	test('that carried data from an address elsewhere is outside, in a browser that shows nothing else', () => {
		const observations = relaysAlone({ ...home, servers: [{ url: 'turn:203.0.113.10:3478?transport=udp' }] });
		for (const { outcome, probe } of observations)
			if (probe === 'relay' && outcome.state === 'seen' && 'runs' in outcome.data)
				outcome.data.runs = outcome.data.runs.map((run) => ({ ...run, farAddresses: [OWN] }));
		expect(standings(observations)).toEqual(['outside']);
	});

	test('that sees an inner address is not outside for its TURN that nobody asked either', () => {
		const servers = [
			{ url: 'turn:203.0.113.10:3478?transport=udp', does: 'not-asked' as const },
			{ url: 'stun:203.0.113.10:3478' }
		];
		const nat: Network['nat'] = (_, port) => ({ address: '172.17.0.1', port });
		expect(standings(makeObservations({ ...home, nat, servers }))).toEqual(['near', 'near']);
	});

	test('that sees an inner address is not outside because somebody saw the public IPv6 address', () => {
		const servers = [{ url: 'stun:203.0.113.10:3478' }, { url: 'stun:[2001:db8:f::10]:3478' }];
		const devices: Network['devices'] = [...home.devices, { address: '2001:db8:1::2', family: 'ipv6' }];
		const nat: Network['nat'] = (family, port) => ({ address: family === 'ipv4' ? '172.17.0.1' : '2001:db8:1::2', port });
		expect(standings(makeObservations({ ...home, devices, nat, servers }))).toEqual(['near', 'outside']);
	});

	test.each([
		['loopback', { url: 'http://localhost:8478/api/echo', clientAddress: '127.0.0.1' }, 'near'],
		['the same network', { url: 'https://icelens.example/api/echo', clientAddress: '203.0.113.12' }, 'near'],
		['another family', { url: 'https://icelens.example/api/echo', clientAddress: '2001:db8:1::2' }, 'near'],
		['elsewhere', { url: 'https://icelens.example/api/echo', clientAddress: OWN }, 'outside']
	])('that gave a relay to a browser that shows nothing else, of a device that the app saw on %s', (_, app, stands) => {
		const servers = [{ url: 'turn:203.0.113.10:3478?transport=udp' }];
		expect(standings(relaysAlone({ ...home, app, servers }))).toEqual([stands]);
	});
});

describe('an answer to all servers together', () => {
	const together = (network: Network) => makeView(makeObservations(network).filter(({ probe }) => probe === 'ice-gathering'));

	test('is not from outside where one of them stands beside the address that it names', () => {
		const servers = [{ url: NEIGHBOUR }, { url: 'stun:203.0.113.10:3478', does: 'silent' as const }];
		expect(together({ ...home, servers }).udpHeard).toMatchObject({ outside: false });
	});

	test('over IPv4 is from outside whatever is not known of a server at an IPv6 address', () => {
		const candidates = [{ ...SEEN_OVER_IPV6, address: OWN }];
		const observations = relaysAlone({
			...home,
			servers: [{ url: 'stun:203.0.113.10:3478' }, { url: 'stun:[2001:db8:f::10]:3478' }]
		});
		for (const { outcome, probe } of observations)
			if (probe === 'ice-gathering' && outcome.state === 'seen' && 'candidates' in outcome.data)
				outcome.data.candidates = candidates;
		expect(makeView(observations).udpHeard).toMatchObject({ outside: true, family: 'ipv4' });
	});

	test('over IPv6 is of none that was asked at an IPv4 address', () => {
		const observations = relaysAlone({
			...home,
			servers: [{ url: 'stun:203.0.113.10:3478' }, { url: 'stun:[2001:db8:f::10]:3478' }]
		});
		for (const { outcome, probe } of observations)
			if (probe === 'ice-gathering' && outcome.state === 'seen' && 'candidates' in outcome.data)
				outcome.data.candidates = [{ ...SEEN_OVER_IPV6 }];
		expect(makeView(observations).ipv6Heard?.urls).toEqual(['stun:[2001:db8:f::10]:3478']);
	});

	test('shows IPv6 also where one over IPv4 came before it', () => {
		const devices: Network['devices'] = [...home.devices, { address: '2001:db8:1::2', family: 'ipv6' }];
		const nat: Network['nat'] = (family, port) => ({ address: family === 'ipv4' ? OWN : '2001:db8:1::2', port });
		const servers = ['203.0.113.10', '[2001:db8:f::10]'].map((host) => ({ url: `stun:${host}:3478` }));
		const { udpHeard, ipv6Heard } = together({ ...home, devices, nat, servers });
		expect([udpHeard?.family, ipv6Heard?.family]).toEqual(['ipv4', 'ipv6']);
	});
});
