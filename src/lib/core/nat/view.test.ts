/** Traps of real browsers that the described networks do not have; the rest of the tables is tried in verdict/conclude.test.ts. */
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../tests/golden/make-observations';
import type { Network } from '../../../../tests/golden/network';
import type { CandidateErrorRecord, NatMapping, Observation, ServerGathering } from '../observations/observation';
import { indexObservations } from '../observations/observation-index';
import { natViews } from './view';

const STUN_A = { url: 'stun:203.0.113.10:3478' };
const STUN_B = { url: 'stun:203.0.113.20:3478' };
const steady: Network = {
	devices: [{ address: '192.168.1.2', family: 'ipv4' }],
	nat: (_, port) => ({ address: '198.51.100.1', port }),
	servers: [STUN_A, STUN_B]
};

/** A copy of the run with the data of one probe changed. */
function changed<T>(network: Network, probe: Observation['probe'], change: (data: T) => void): Observation[] {
	const observations = structuredClone(makeObservations(network));
	for (const o of observations) if (o.probe === probe && o.outcome.state === 'seen') change(o.outcome.data as T);
	return observations;
}

const mappingOf = (observations: readonly Observation[], family: 'ipv4' | 'ipv6' = 'ipv4') => {
	const nat = natViews(indexObservations(observations))[family];
	return nat && [nat.mapping, nat.evidence.mapping!.rule];
};

const error = (more: Partial<CandidateErrorRecord>): CandidateErrorRecord => ({
	atMs: 20,
	url: 'stun:203.0.113.20:3478',
	errorCode: 701,
	errorText: 'STUN binding request timed out.',
	address: '0.0.0.x',
	port: null,
	...more
});

describe('errors in the shared connection', () => {
	test.each<[string, Partial<CandidateErrorRecord>, string]>([
		['an error of an observer takes it out', {}, 'mapping-observer-fell-silent'],
		['without an address it may be about this family', { address: null }, 'mapping-observer-fell-silent'],
		['with a URL that cannot be read it may be about any', { url: 'garbage' }, 'mapping-observer-fell-silent'],
		['Firefox names the same server another way', { url: 'stun:203.0.113.20', errorText: '' }, 'mapping-observer-fell-silent'],
		[
			'one about the IPv6 socket, which Chromium raises on every IPv4 host, says nothing of IPv4',
			{ address: '[0:0:0:x:x:x:x:x]' },
			'mapping-agrees-host-hidden'
		],
		['one about another server says nothing of these', { url: 'stun:203.0.113.99:3478' }, 'mapping-agrees-host-hidden']
	])('%s', (_, more, rule) => {
		const observations = changed<NatMapping>(steady, 'nat-mapping', (data) => data.errors.push(error(more)));
		expect(mappingOf(observations)?.[1]).toBe(rule);
	});
});

describe('in Firefox, which gives an error for each socket without an answer, of names without AAAA', () => {
	const names = {
		...steady,
		servers: [10, 20].map((end) => ({ url: `stun:operator-${end}.example`, at: [`203.0.113.${end}`] }))
	};
	const ofName = (url: string) => error({ url, errorText: '', address: null, atMs: 1 });

	test.each([
		['one as when it answered alone is of the other family', 1, 1, 'mapping-agrees-host-hidden'],
		['one more is silence', 1, 2, 'mapping-observer-fell-silent'],
		['one that was not there alone is silence', 0, 1, 'mapping-observer-fell-silent']
	])('%s', (_, alone, together, rule) => {
		const observations = structuredClone(makeObservations({ ...names, engine: 'firefox' }));
		for (const { probe, outcome } of observations) {
			if (outcome.state !== 'seen') continue;
			if (probe === 'server-gathering') {
				const data = outcome.data as ServerGathering;
				for (let i = 0; i < alone; i++) data.errors.push(ofName(data.url));
			}
			if (probe === 'nat-mapping') {
				const data = outcome.data as NatMapping;
				for (let i = 0; i < together; i++) data.errors.push(ofName(names.servers[1]!.url));
			}
		}
		expect(mappingOf(observations)?.[1]).toBe(rule);
	});
});

test.each([
	['another one, so of the IPv6 socket behind NAT64', 'another', 'mapping-agrees-host-hidden'],
	['the same one, so of the same socket', 'same', 'mapping-differs']
])('a second mapped port of hidden sockets in Chromium whose foundation is %s', (_, which, rule) => {
	const servers = [10, 20].map((end) => ({ url: `stun:operator-${end}.example`, at: [`203.0.113.${end}`] }));
	const named = { ...steady, servers };
	const observations = changed<NatMapping>(named, 'nat-mapping', (data) => {
		const first = data.candidates.find(({ type }) => type === 'srflx')!;
		data.candidates.push({ ...first, port: 4321, foundation: which === 'same' ? first.foundation : `${first.foundation}1` });
	});
	expect(mappingOf(observations)?.[1]).toBe(rule);
});

test('two mappings seen by an address and by a name that answered alone over IPv6 only are no two ports of one address', () => {
	const name = { url: 'stun:stun.example', at: ['203.0.113.30'] };
	const perAddress: Network['nat'] = (_, port, to) => ({
		address: '198.51.100.1',
		port: port + Number(to.address.split('.')[3])
	});
	const observations = changed<ServerGathering>(
		{ ...steady, nat: perAddress, servers: [STUN_A, name] },
		'server-gathering',
		(data) => {
			if (data.url === name.url) data.candidates = data.candidates.filter(({ type }) => type === 'host');
		}
	);
	expect(mappingOf(observations)?.[1]).toBe('mapping-differs');
});

describe('who counts as an observer', () => {
	test('a server that was silent alone does not, although the shared connection asked it', () => {
		const observations = changed<NatMapping>(
			{ ...steady, servers: [STUN_A, { ...STUN_B, does: 'silent' }] },
			'nat-mapping',
			() => {}
		);
		const shared = changed<NatMapping>(steady, 'nat-mapping', () => {}).find((o) => o.probe === 'nat-mapping')!;
		expect(mappingOf([...observations, shared])).toEqual(['unknown', 'mapping-one-observer']);
	});

	test('STUN and TURN on one port are one', () => {
		const network = { ...steady, servers: [STUN_A, { url: 'turn:203.0.113.10:3478?transport=udp' }] };
		expect(mappingOf(makeObservations(network))).toEqual(['unknown', 'mapping-one-observer']);
	});

	test('TURN over TCP is none: it says nothing about UDP', () => {
		const network = { ...steady, servers: [STUN_A, { url: 'turn:203.0.113.20:3478?transport=tcp' }] };
		expect(mappingOf(makeObservations(network))).toEqual(['unknown', 'mapping-one-observer']);
	});

	test('stuns: is one in Chromium, which speaks plain UDP to it', () => {
		const servers = [STUN_A, { url: 'stuns:203.0.113.20:5349' }];
		const rule = (observations: Observation[]) => natViews(indexObservations(observations)).ipv4!.evidence.mapping!.rule;
		expect(rule(makeObservations({ ...steady, servers, mapping: 'not-run' }))).toBe('mapping-not-asked-together');
		const refused = { ...servers[1]!, does: { fails: 'unsupported', message: 'no' } } as const;
		expect(rule(makeObservations({ ...steady, engine: 'firefox', servers: [STUN_A, refused] }))).toBe('mapping-one-observer');
	});

	test('a relay without a reflexive address proves that the server answers, not what it sees', () => {
		const network = { ...steady, servers: [STUN_A, { url: 'turn:203.0.113.20:3478?transport=udp' }] };
		const observations = changed<ServerGathering>(network, 'server-gathering', (data) => {
			if (data.url.startsWith('turn')) data.candidates = data.candidates.filter((c) => c.type !== 'srflx');
		});
		expect(mappingOf(observations)).toEqual(['endpoint-independent', 'mapping-agrees-host-hidden']);
	});

	test('a name and an address may be one machine', () => {
		const network = { ...steady, servers: [STUN_A, { url: 'stun:stun.example.org', at: ['203.0.113.20'] }] };
		expect(mappingOf(makeObservations(network))).toEqual(['unknown', 'mapping-observers-may-be-one']);
	});
});

describe('what the browser shows of itself', () => {
	test('Chromium writes IPv6 addresses in brackets; the report does not', () => {
		const network: Network = {
			devices: [{ address: '2001:db8:1::2', family: 'ipv6' }],
			nat: (_, port) => ({ address: '[2001:db8:1::2]', port }),
			servers: [{ url: 'stun:[2001:db8:f::10]:3478' }, { url: 'stun:[2001:db8:f::20]:3478' }]
		};
		expect(natViews(indexObservations(makeObservations(network))).ipv6!.publicAddresses).toEqual(['2001:db8:1::2']);
		expect(natViews(indexObservations(makeObservations(network))).ipv4).toBeNull();
	});

	test('an address shown later settles that there is no NAT', () => {
		const network: Network = { ...steady, nat: (_, port) => ({ address: '192.0.2.7', port }) };
		expect(mappingOf(makeObservations(network))?.[0]).toBe('endpoint-independent');
		const shown = makeObservations({ ...network, devices: [{ address: '192.0.2.7', family: 'ipv4' }], microphone: true });
		const withPermission = shown.find((o) => o.probe === 'ice-gathering')!;
		const { ipv4 } = natViews(indexObservations([...makeObservations(network), withPermission]));
		expect(ipv4).toMatchObject({ mapping: 'none', layers: 'none', portPattern: 'preserved' });
	});

	test('the same private address inside and outside says nothing, even if the server has an outside address', () => {
		const network: Network = { ...steady, microphone: true, nat: (_, port) => ({ address: '192.168.1.2', port }) };
		expect(mappingOf(makeObservations(network))?.[0]).toBe('unknown');
	});
});

describe('two shared connections', () => {
	const early = makeObservations({
		...steady,
		nat: (_, port, to) => ({ address: '198.51.100.1', port: port + to.address.length + Number(to.address.at(-2)) })
	});
	const late = (mapping: Network['mapping']) => makeObservations({ ...steady, mapping }).find((o) => o.probe === 'nat-mapping')!;

	test('a later one that shows less takes nothing back', () => {
		expect(mappingOf(early)?.[0]).toBe('endpoint-dependent');
		expect(mappingOf([...early, late('unfinished')])?.[0]).toBe('endpoint-dependent');
	});

	test('one that differs weighs more than one that agrees', () => {
		expect(mappingOf([...early, late(undefined)])?.[0]).toBe('endpoint-dependent');
	});

	test('a later one that shows more counts', () => {
		const unfinished = makeObservations({ ...steady, mapping: 'unfinished' });
		expect(mappingOf(unfinished)?.[0]).toBe('unknown');
		expect(mappingOf([...unfinished, late(undefined)])?.[0]).toBe('endpoint-independent');
	});
});

describe('waiting instead of completion', () => {
	test.each<[number, number, string]>([
		[4000, 34, 'endpoint-independent'],
		[3500, 34, 'unknown'],
		[4000, 900, 'unknown']
	])('%i ms waited, observers need %i ms: %s', (tookMs, answerMs, mapping) => {
		const observations = makeObservations({ ...steady, servers: [STUN_A, { ...STUN_B, answerMs }], mapping: 'waited' });
		for (const o of observations) if (o.probe === 'nat-mapping') o.tookMs = tookMs;
		expect(mappingOf(observations)?.[0]).toBe(mapping);
	});
});

test('without observations nothing is said', () => {
	expect(natViews(indexObservations([]))).toEqual({ ipv4: null, ipv6: null });
});
