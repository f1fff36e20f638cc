/** What a page that may not see addresses tells of the families of its device, in the ways of real browsers behind NAT64. */
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import type { Network } from '../../../../../tests/golden/network';
import type { CandidateRecord, NatMapping, Observation, ServerGathering } from '../../observations/observation';
import { indexObservations } from '../../observations/observation-index';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../conclude';
import { deviceFamilies } from './device-shown';

/** IPv6 alone; names without AAAA, for which DNS64 makes one, so that the servers see the IPv4 address of the NAT64. */
const NAT64: Network = {
	devices: [{ address: '2001:db8:a::2', family: 'ipv6' }],
	nat: (_, port) => ({ address: '198.51.100.1', port }),
	servers: [
		{ url: 'stun:stun.one.example:3478', at: ['2001:db8:64::cb00:710a'] },
		{ url: 'stun:stun.two.example:3478', at: ['2001:db8:64::cb00:7114'] }
	]
};

const HEARD_OVER_IPV6: Observation = {
	probe: 'prober-mapping',
	step: 'prober-mapping ipv6',
	target: 'http://[2001:db8:10::10]/api/nat',
	startedMs: 0,
	tookMs: 200,
	outcome: {
		state: 'seen',
		data: {
			method: 'prober',
			family: 'ipv6',
			seen: [
				{ position: 'same', at: { address: '2001:db8:10::10', port: 3488 }, from: { address: '2001:db8:a::2', port: 40000 } }
			],
			sockets: 0
		}
	}
};

/** As Chromium shows it: no host candidate, related addresses hidden as IPv4, and never done. */
function inChromium(network: Network, ...more: Observation[]): Observation[] {
	const observations = structuredClone(makeObservations(network));
	for (const { probe, outcome } of observations) {
		if (outcome.state !== 'seen' || !('candidates' in outcome.data)) continue;
		const data = outcome.data as ServerGathering | NatMapping;
		data.candidates = hide(data.candidates.filter(({ type }) => type !== 'host'));
		data.completeMs = null;
		data.endedBy = probe === 'server-gathering' && data.candidates.length > 0 ? 'satisfied' : 'deadline';
	}
	return [...observations, ...more];
}

const hide = (candidates: CandidateRecord[]) =>
	candidates.map((each) => (each.type === 'srflx' ? { ...each, relatedAddress: '0.0.0.0', relatedPort: 0 } : each));

/** As Firefox shows it: one host candidate with a name. */
function inFirefox(...more: Observation[]): Observation[] {
	const observations = structuredClone(makeObservations({ ...NAT64, engine: 'firefox' }));
	for (const { outcome } of observations)
		if (outcome.state === 'seen' && 'candidates' in outcome.data)
			outcome.data.candidates = hide(outcome.data.candidates as CandidateRecord[]);
	return [...observations, ...more];
}

const families = (observations: readonly Observation[]) => {
	const { seen, missing } = deviceFamilies(indexObservations(observations));
	return { seen: [...seen], missing: [...missing] };
};

describe('behind NAT64', () => {
	test.each([
		['Chromium', inChromium(NAT64, HEARD_OVER_IPV6)],
		['Firefox', inFirefox(HEARD_OVER_IPV6)]
	])('in %s the device has no IPv4, and no IPv4 peer is promised', (_, observations) => {
		expect(families(observations)).toEqual({ seen: ['ipv6'], missing: ['ipv4'] });
		const { answers, peers, findings } = conclude(DEFAULT_LIMITS, observations);
		expect(peers.filter(({ direct, peer }) => direct === 'yes' && peer.families.includes('ipv4'))).toEqual([]);
		const need = answers.find(({ question }) => question === 'needs-turn')!;
		expect(need).toMatchObject({ says: 'unknown', because: [{ values: { because: { kind: 'ipv4-translated' } } }, {}] });
		expect(findings.map(({ rule }) => rule)).toContain('nat64-signs');
	});

	test('without a prober that heard it, nothing shows that IPv4 is translated', () => {
		expect(families(inChromium(NAT64)).missing).not.toContain('ipv4');
	});

	test('a server at a literal IPv4 address that answers shows IPv4', () => {
		const own = { ...NAT64, servers: [...NAT64.servers, { url: 'stun:203.0.113.20:3478' }] };
		const observations = inChromium({ ...own, devices: [{ address: '192.168.1.2', family: 'ipv4' }] }, HEARD_OVER_IPV6);
		expect(families(observations).missing).not.toContain('ipv4');
	});
});

describe('IPv6 alone in Chromium', () => {
	const ipv6: Network = {
		devices: NAT64.devices,
		nat: (_, port) => ({ address: '2001:db8:a::2', port }),
		servers: [{ url: 'stun:[2001:db8:10::10]:3478' }, { url: 'stun:[2001:db8:20::20]:3478' }]
	};

	test('gathering that is never done shows that IPv4 is missing', () => {
		expect(families(inChromium(ipv6))).toEqual({ seen: ['ipv6'], missing: ['ipv4'] });
	});

	test('gathering that is never done shows nothing where the browser tells of no failure', () => {
		const observations = inChromium(ipv6);
		for (const { outcome } of observations)
			if (outcome.state === 'seen' && 'candidates' in outcome.data) (outcome.data as ServerGathering).noErrorEvents = true;
		expect(families(observations).missing).toEqual([]);
	});

	test('silence of names is none where the browser told of no socket', () => {
		const silent = { ...NAT64, servers: NAT64.servers.map((each) => ({ ...each, does: 'silent' as const })) };
		const app = { url: 'http://[2001:db8:10::10]/api/echo', clientAddress: '2001:db8:a::2' };
		const { answers, servers } = conclude(DEFAULT_LIMITS, inChromium({ ...silent, app }));
		expect(answers[0]).toMatchObject({ question: 'udp-usable', says: 'unknown' });
		expect(servers.map(({ state, rule }) => [state, rule])).toEqual([
			['unknown', 'server-perhaps-not-asked'],
			['unknown', 'server-perhaps-not-asked']
		]);
	});
});
