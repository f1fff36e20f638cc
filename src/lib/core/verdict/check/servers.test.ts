/** Rows of the servers table that need more than a described network: families, repeated relay tests, expired credentials. */
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import type { Network } from '../../../../../tests/golden/network';
import type { IceGathering, Observation, RelayProof, RelayRun, ServerGathering } from '../../observations/observation';
import { makeView } from '../view';

const TURN = { url: 'turn:203.0.113.10:3478?transport=udp' };
const home: Network = {
	devices: [{ address: '192.168.1.2', family: 'ipv4' }],
	nat: (family, port) => ({ address: family === 'ipv4' ? '198.51.100.1' : '2001:db8:1::2', port }),
	servers: [TURN]
};
const both: Network['devices'] = [...home.devices, { address: '2001:db8:1::2', family: 'ipv6' }];

const serversOf = (observations: readonly Observation[]) => makeView(observations).servers;
const rows = (observations: readonly Observation[]) => serversOf(observations).map((s) => [s.family, s.state, s.rule]);

function changed<T>(network: Network, probe: Observation['probe'], change: (data: T) => void): Observation[] {
	const observations = structuredClone(makeObservations(network));
	for (const o of observations) if (o.probe === probe && o.outcome.state === 'seen') change(o.outcome.data as T);
	return observations;
}

describe('families', () => {
	test('a name that answers over both has a row for each', () => {
		const servers = [{ url: 'stun:stun.example.org', at: ['203.0.113.10', '2001:db8:f::10'] }];
		expect(rows(makeObservations({ ...home, devices: both, servers }))).toEqual([
			['ipv4', 'works', 'stun-answers'],
			['ipv6', 'works', 'stun-answers']
		]);
	});

	test.each([
		['no server saw this device over IPv4', [], 'relay-carries-between-relays'],
		['one did', [{ url: 'stun:203.0.113.20:3478' }], 'relay-carries-only-to-itself']
	])(
		'an IPv4 relay of an IPv6 server that only another relay reached is at fault only where it was told of this device: %s',
		(_, more, rule) => {
			const relay = { url: 'turn:[2001:db8:f::10]:3478?transport=udp', relay: '203.0.113.10', carries: ['self'] as const };
			const found = serversOf(makeObservations({ ...home, devices: both, servers: [relay, ...more] }));
			expect(found[0]).toMatchObject({ rule, state: rule === 'relay-carries-between-relays' ? 'works' : 'allocates-only' });
		}
	);

	test('one that times out over IPv6 on a device that has it has a row that says so', () => {
		const network = {
			...home,
			devices: both,
			servers: [{ url: 'stun:[2001:db8:f::20]:3478' }, { url: 'stun:stun.example.org', at: ['203.0.113.10'] }]
		};
		const observations = changed<ServerGathering>(network, 'server-gathering', (data) => {
			if (data.url !== 'stun:stun.example.org') return;
			data.errors.push({
				atMs: 4500,
				url: data.url,
				errorCode: 701,
				errorText: 'STUN binding request timed out.',
				address: '[2001:db8:1:x:x:x:x:x]',
				port: null
			});
		});
		expect(rows(observations).slice(1)).toEqual([
			['ipv4', 'works', 'stun-answers'],
			['ipv6', 'unreachable', 'server-error-explained']
		]);
	});

	test.each([
		['a name without an IPv6 address', both, 'STUN host lookup received error.'],
		['a device without IPv6', home.devices, 'STUN binding request timed out.']
	])('%s makes no row', (_, devices, errorText) => {
		const network = { ...home, devices, servers: [{ url: 'stun:stun.example.org', at: ['203.0.113.10'] }] };
		const observations = changed<ServerGathering>(network, 'server-gathering', (data) =>
			data.errors.push({ atMs: 20, url: data.url, errorCode: 701, errorText, address: '[0:0:0:x:x:x:x:x]', port: null })
		);
		expect(rows(observations)).toEqual([['ipv4', 'works', 'stun-answers']]);
	});
});

describe('Firefox', () => {
	const failed = (atMs: number, address: string | null, url: string) => ({
		...{ atMs, address, url, port: null },
		errorCode: 701,
		errorText: ''
	});
	const firefox = (servers: Network['servers'], change: (data: ServerGathering) => void) =>
		rows(
			changed<ServerGathering>({ ...home, servers }, 'server-gathering', (data) => {
				data.engine = 'firefox';
				change(data);
			})
		);
	const refusing = { url: 'turn:127.0.0.1:9?transport=tcp', does: 'silent' as const };
	const refuse = (data: ServerGathering) => {
		if (data.url !== refusing.url) return;
		data.errors = [failed(16, null, data.url)];
		data.endedBy = 'complete';
		data.completeMs = 20;
	};

	test.each<[string, Network['servers'], true | undefined, string]>([
		['may have asked nobody on the loopback', [refusing], undefined, 'not-tested'],
		['was told to ask there, and was refused', [refusing], true, 'unreachable'],
		['heard another one there', [refusing, { url: 'stun:127.0.0.1:3478' }], undefined, 'unreachable']
	])('%s', (_, servers, usesLoopback, state) => {
		const found = firefox(servers, (data) => {
			refuse(data);
			if (usesLoopback) data.usesLoopback = usesLoopback;
		});
		expect(found[0]).toEqual(['ipv4', state, 'server-error-explained']);
	});

	test('tries its loopback toward servers elsewhere, which says nothing of them', () => {
		const servers = [{ url: 'stun:203.0.113.10:3478', does: 'silent' as const }];
		const observations = changed<ServerGathering>({ ...home, servers }, 'server-gathering', (data) => {
			data.engine = 'firefox';
			data.errors = [failed(8, '127.0.0.1', data.url)];
		});
		expect(serversOf(observations)[0]!.error!.rule).toBe('udp-no-answer');
	});

	test('raises an error for each local address where a name is not found: one row', () => {
		const servers = [{ url: 'turn:turn.misspelt.example:3478?transport=udp', does: 'silent' as const }];
		const found = firefox(servers, (data) => {
			data.errors = [failed(22, '192.168.1.2', data.url), failed(26, '2001:db8:1::2', data.url)];
			data.endedBy = 'complete';
			data.completeMs = 30;
		});
		expect(found).toEqual([['unknown', 'unreachable', 'server-error-explained']]);
	});
});

test('a name that was not found on a device of one family, in Chromium, is that and no row of the other family', () => {
	const servers = [{ url: 'turn:turn.misspelt.example:3478?transport=udp', does: 'silent' as const }];
	const observations = changed<ServerGathering>({ ...home, microphone: true, servers }, 'server-gathering', (data) => {
		const lost = { atMs: 21, errorCode: 701, address: '192.168.1.x', port: 42498 };
		data.errors = [{ ...lost, url: data.url, errorText: 'TURN host lookup received error.' }];
		data.endedBy = 'complete';
		data.completeMs = 120;
	});
	const rows = serversOf(observations);
	expect(rows.map(({ family, error }) => [family, error!.rule])).toEqual([['unknown', 'name-not-found']]);
	expect(rows[0]!.error!.explanation.values).toMatchObject({ onlyIn: { family: 'ipv4', otherMissing: true } });
});

describe('the proof of a relay', () => {
	const withRuns = (runs: Partial<RelayRun>[]) =>
		changed<RelayProof>(home, 'relay', (data) => {
			const first = data.runs[0]!;
			data.runs = runs.map((run) => ({ ...first, ...run }));
		});
	const self = { toward: 'self', peerUrl: TURN.url } as const;
	const lost = { state: 'not-connected', bytesOut: 0, bytesBack: 0, rttMs: null } as const;

	test.each<[string, Partial<RelayRun>[], string, string]>([
		['to the page', [{}], 'works', 'carried'],
		['only to itself', [lost, self], 'allocates-only', 'carried'],
		[
			'only to another transport of the same server',
			[lost, self, { toward: 'cross', peerUrl: 'turn:203.0.113.10:3478?transport=tcp' }],
			'allocates-only',
			'carried'
		],
		['to another server', [lost, self, { toward: 'cross', peerUrl: 'turn:203.0.113.20:3478' }], 'works', 'carried'],
		[
			'connected, without data',
			[
				{ ...lost, state: 'connected-without-data' },
				{ ...lost, ...self }
			],
			'allocates-only',
			'not-carried'
		],
		[
			'no second allocation',
			[
				{ ...lost, state: 'not-allocated', relayAddress: null },
				{ ...lost, ...self, state: 'not-allocated' }
			],
			'unknown',
			'not-carried'
		]
	])('the state of the relay follows from its runs: %s', (_, runs, state, proof) => {
		expect(serversOf(withRuns(runs))[0]).toMatchObject({ state, proof });
	});

	const OWN = '198.51.100.1';
	const told: Partial<RelayRun> = { ...lost, farAddresses: [OWN], farCandidates: 2 };
	/** As Chromium shows what the TURN server saw. */
	const seenByTurn = (observations: Observation[], address: string) => {
		for (const { outcome, probe } of observations)
			if (probe === 'server-gathering' && outcome.state === 'seen')
				for (const candidate of (outcome.data as ServerGathering).candidates)
					if (candidate.type === 'relay') Object.assign(candidate, { relatedAddress: address, relatedPort: 50_000 });
		return observations;
	};

	test.each<[string, Partial<RelayRun>, string]>([
		['was told where this page is', told, 'relay-carries-nothing'],
		['was told another family', { ...told, farAddresses: ['2001:db8::1'] }, 'relay-not-tried-from-outside'],
		['was told an inner address', { ...told, farAddresses: ['192.168.1.2'], farCandidates: 1 }, 'relay-not-tried-from-outside'],
		[
			'was told by the TURN server alone, and the page had no socket',
			{ ...told, farCandidates: 0 },
			'relay-not-tried-from-outside'
		],
		['let somebody in', { ...lost, state: 'connected-without-data', farAddresses: [], farCandidates: 0 }, 'relay-carries-nothing']
	])('a relay that %s is blamed by that alone', (_, run, rule) => {
		expect(serversOf(seenByTurn(withRuns([run]), OWN))[0]!.rule).toBe(rule);
	});

	// Firefox does not show what the TURN server saw, and what STUN servers say may be rewritten on the way.
	const refused = { atMs: 100, url: '', errorCode: 486, errorText: '', address: null, port: null };
	test.each<[string, Partial<RelayRun>[], string]>([
		['nothing else', [told], 'relay-not-tried-from-outside'],
		[
			'a second allocation that was refused',
			[told, { ...lost, ...self, state: 'not-allocated', errors: [refused] }],
			'relay-second-allocation-refused'
		],
		['a second relay that it did not reach either', [told, { ...lost, ...self }], 'relay-carries-nothing']
	])('a relay that was told what STUN servers say is judged by %s', (_, runs, rule) => {
		expect(serversOf(withRuns(runs))[0]!.rule).toBe(rule);
	});

	test('a relay is not blamed in a network that leaves by several addresses', () => {
		const nat: Network['nat'] = (_, port, to) => ({ address: to.address === '203.0.113.20' ? '198.51.100.9' : OWN, port });
		const servers = [TURN, { url: 'stun:203.0.113.20' }];
		const pooled = changed<RelayProof>({ ...home, nat, servers }, 'relay', (data) => {
			data.runs = [{ ...data.runs[0]!, ...told }];
		});
		expect(serversOf(seenByTurn(pooled, OWN))[0]!.rule).toBe('relay-not-tried-from-outside');
	});

	test('nor where only the connection of all servers left by another one', () => {
		const pooled = seenByTurn(withRuns([told]), OWN);
		for (const { outcome, probe } of pooled)
			if (probe === 'ice-gathering' && outcome.state === 'seen')
				for (const candidate of (outcome.data as IceGathering).candidates)
					if (candidate.type === 'srflx') candidate.address = '198.51.100.9';
		expect(serversOf(pooled)[0]!.rule).toBe('relay-not-tried-from-outside');
	});

	test('says what was carried in bytes, round trip and relay address', () => {
		expect(serversOf(makeObservations(home))[0]).toMatchObject({
			relayedBytes: 65_536,
			rttMs: 12.4,
			relayAddress: '203.0.113.10',
			error: null
		});
	});
});

test('an expired credential is told from a wrong one by the age that the probe noted', () => {
	const network: Network = { ...home, servers: [{ ...TURN, does: { code: 401, text: 'Unauthorized.' } }] };
	const rule = (observations: Observation[]) => serversOf(observations)[0]!.error!.rule;
	expect(rule(makeObservations(network))).toBe('credential-refused');
	const expired = changed<ServerGathering>(network, 'server-gathering', (data) => (data.credentialExpiredForMs = 3_600_000));
	expect(rule(expired)).toBe('credential-expired');
});

test('rows stand in the order of the list, whichever answered first', () => {
	const servers = [
		{ url: 'stun:203.0.113.10', does: 'silent' as const },
		{ url: 'stun:203.0.113.20', answerMs: 900 },
		{ url: 'stun:203.0.113.30' }
	];
	expect(serversOf(makeObservations({ ...home, servers })).map((s) => s.url)).toEqual(servers.map((s) => s.url));
});

test('on one machine a private relay address is as it should be', () => {
	const servers = [
		{ url: 'turn:127.0.0.1:3478', relay: '127.0.0.1' },
		{ url: 'turn:192.168.1.10:3478', relay: '192.168.1.10' },
		{ url: 'turn:localhost:3478', at: ['127.0.0.1'], relay: '127.0.0.1' }
	];
	const nat: Network['nat'] = (_, port, to) => ({ address: to.address === '127.0.0.1' ? '127.0.0.1' : '192.168.1.2', port });
	expect(rows(makeObservations({ ...home, nat, servers })).map(([, state]) => state)).toEqual(['works', 'works', 'works']);
});
