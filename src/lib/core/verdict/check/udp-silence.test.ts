/** "UDP is blocked" before the servers' own deadlines have passed: what it takes, and what takes it back. */
import { sentence } from '../../messages/en/sentence';
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import type { Network, Server } from '../../../../../tests/golden/network';
import type { Observation } from '../../observations/observation';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../conclude';

const STUN_A = 'stun:203.0.113.10:3478';
const STUN_B = 'stun:203.0.113.20:3478';
const SILENT: Server[] = [
	{ url: STUN_A, does: 'silent' },
	{ url: STUN_B, does: 'silent' }
];
const TCP: Server = { url: 'turn:203.0.113.10:3478?transport=tcp', answerMs: 60, carries: ['self'] };
const APP = { url: 'https://icelens.example.org/api/echo', clientAddress: '198.51.100.1' };

function network(changes: Partial<Network>): Network {
	return {
		devices: [{ address: '192.168.1.2', family: 'ipv4' }],
		nat: (_, port) => ({ address: '198.51.100.1', port }),
		servers: [...SILENT, TCP],
		...changes
	};
}

/** What is known `ms` after the start. */
function by(ms: number, observations: readonly Observation[]) {
	const { answers } = conclude(
		DEFAULT_LIMITS,
		observations.filter(({ startedMs, tookMs }) => startedMs + tookMs <= ms)
	);
	const { says, because } = answers.find(({ question }) => question === 'udp-usable')!;
	const turn = answers.find(({ question }) => question === 'needs-turn')!.says;
	return { says, rule: because[0]!.rule, because: because[0]!, turn };
}

const silent = { says: 'no', rule: 'udp-silent-so-far', turn: 'always' };
const open = { says: 'unknown', rule: 'udp-not-decided-yet', turn: 'unknown' };

describe('silence over UDP', () => {
	const all = makeObservations(network({}));

	test('counts after several retransmissions, while TCP answers; the deadline confirms it', () => {
		expect(by(2500, all)).toMatchObject(open);
		expect(by(3000, all)).toMatchObject(silent);
		expect(by(9000, all)).toMatchObject({ says: 'no', rule: 'udp-silent-while-others-work' });
	});

	test('names how long, who, and the control, each an observation', () => {
		const { because } = by(3000, all);
		const { observations } = because;
		expect(sentence(because)).toBe(
			'Nothing came back over UDP from outside: stun:203.0.113.10 and stun:203.0.113.20 have been silent for 2.4 s, while turn:203.0.113.10:3478?transport=tcp answered over TCP. Either UDP (or these ports) is blocked on the path, or none of these servers answers over UDP.'
		);
		const early = all.filter(({ startedMs, tookMs }) => startedMs + tookMs <= 3000);
		expect(observations.map((i) => early[i]!.probe)).toEqual(['udp-first-answer', 'server-gathering']);
	});

	test('the app on the web is a control too', () => {
		const servers: Server[] = [...SILENT];
		expect(by(3000, makeObservations(network({ servers, app: APP })))).toMatchObject(silent);
	});

	const undecided: [string, Partial<Network>][] = [
		['nothing else answers either', { servers: [...SILENT, { ...TCP, does: 'silent' }] }],
		['only one server was asked', { servers: [SILENT[0]!, TCP] }],
		['both URLs are of one host', { servers: [SILENT[0]!, { url: 'stun:203.0.113.10:3479', does: 'silent' }, TCP] }],
		// 1.7 s for two round trips or more: a UDP answer would hardly be there.
		['the control is slow itself', { servers: [...SILENT, { ...TCP, answerMs: 1700 }] }],
		['the other server is of this machine', { servers: [SILENT[0]!, { url: 'stun:127.0.0.1:3478' }, TCP] }]
	];
	test.each(undecided)('does not count where %s', (_, changes) => {
		expect(by(3000, makeObservations(network(changes)))).toMatchObject(open);
	});

	test('a satellite link, 600 ms there and back, is not silent', () => {
		const servers = [STUN_A, STUN_B].map((url): Server => ({ url, answerMs: 610 }));
		const slow = makeObservations(network({ servers: [...servers, { ...TCP, answerMs: 1900 }] }));
		for (let ms = 0; ms < 8000; ms += 100) expect(by(ms, slow).says).not.toBe('no');
		expect(by(3000, slow).says).toBe('yes');
	});

	describe('while the page stood still or was hidden', () => {
		const held = (share: number, what: 'hidden' | 'stalled') =>
			makeObservations(network({})).map((one): Observation => {
				const ms = Math.round(share * one.tookMs);
				return { ...one, pausedMs: { hidden: 0, stalled: 0, [what]: ms } };
			});

		test.each(['hidden', 'stalled'] as const)('is no silence: %s for most of it', (what) => {
			const observations = held(0.8, what);
			expect(by(3000, observations)).toMatchObject(open);
			const { servers, findings, answers } = conclude(DEFAULT_LIMITS, observations);
			const server = servers.find(({ url }) => url === STUN_A)!;
			const { state, rule } = server;
			expect({ state, rule }).toEqual({ state: 'unknown', rule: 'server-silence-not-heard' });
			expect(sentence(server)).toMatch(/^Not known: for [\d.]+ m?s of the [\d.]+ m?s in which an answer was waited for/);
			expect(answers.find(({ question }) => question === 'udp-usable')!.says).toBe('unknown');
			const blamed = ['udp-blocked', 'server-silent', 'server-unreachable', 'silent-server-delays', 'nothing-outside-answers'];
			expect(findings.map(({ rule: id }) => id).filter((id) => blamed.includes(id))).toEqual([]);
		});

		test('a moment of it takes nothing back', () => {
			expect(
				conclude(DEFAULT_LIMITS, held(0.02, 'stalled')).answers.find(({ question }) => question === 'udp-usable')!.says
			).toBe('no');
		});
	});

	describe('over one address family of two', () => {
		const BOTH: Network['devices'] = [
			{ address: '192.168.1.2', family: 'ipv4' },
			{ address: '2001:db8:1::2', family: 'ipv6' }
		];
		const SILENT_6 = ['[2001:db8:a::10]', '[2001:db8:b::20]'].map((host): Server => ({
			url: `stun:${host}:3478`,
			does: 'silent'
		}));
		const with6 = (more: Partial<Network>) => makeObservations(network({ devices: BOTH, servers: SILENT_6, ...more }));
		const byProber = (proven: boolean): Observation => ({
			probe: 'nat-filtering',
			step: 'nat-filtering:ipv4:prober',
			target: null,
			startedMs: 2000,
			tookMs: 3000,
			outcome: {
				state: 'seen',
				data: {
					method: 'prober',
					family: 'ipv4',
					server: '203.0.113.10:8488',
					mapped: proven ? { address: '198.51.100.1', port: 50_137 } : null,
					proven,
					roundTripMs: proven ? 20 : null,
					probes: [],
					tookMs: 3000
				}
			}
		});

		test('says nothing of the other, over which the app was reached', () => {
			const observations = with6({ app: APP });
			expect(by(3000, observations)).toMatchObject({ says: 'unknown', turn: 'unknown' });
			const late = by(20_000, observations);
			expect(late).toMatchObject({ says: 'unknown', rule: 'udp-silent-without-control' });
			expect(sentence(late.because)).toMatch(
				/nothing else is known to get out over the address family over which they were asked/
			);
		});

		test('counts beside an app that was reached over the same', () => {
			expect(by(20_000, with6({ app: { ...APP, clientAddress: '2001:db8:1::2' } }))).toMatchObject({ says: 'no' });
		});

		test('is not blocked UDP where packets went to the prober and back over the other', () => {
			const { says, rule, because } = by(20_000, [...with6({ app: APP }), byProber(true)]);
			expect({ says, rule }).toEqual({ says: 'yes', rule: 'udp-to-prober-and-back' });
			expect(sentence(because)).toBe(
				"UDP works: the app's prober at 203.0.113.10:8488 received packets from 198.51.100.1:50137, and its own were answered from there."
			);
		});

		test('is blocked UDP where the prober heard nothing over the other', () => {
			expect(by(20_000, [...with6({ app: APP }), byProber(false)])).toMatchObject({ says: 'no' });
		});
	});

	test('an answer that comes after all takes it back', () => {
		const late = makeObservations(network({ servers: [{ url: STUN_A, answerMs: 3500 }, SILENT[1]!, TCP] }));
		expect(by(3000, late)).toMatchObject(silent);
		expect(by(4000, late)).toMatchObject({ says: 'yes', rule: 'udp-answered-from-outside', turn: 'unknown' });
	});

	test('an answer of somebody who was not asked alone, and may stand anywhere, takes it back', () => {
		const [answering] = makeObservations(
			network({ servers: [{ url: 'stun:stun.example:19302', at: ['203.0.113.30'] }] })
		).flatMap(({ outcome }) =>
			outcome.state === 'seen' && 'candidates' in outcome.data
				? outcome.data.candidates.filter(({ type }) => type === 'srflx')
				: []
		);
		const heard = structuredClone(all);
		for (const { outcome, probe } of heard)
			if (probe === 'ice-gathering' && outcome.state === 'seen' && 'candidates' in outcome.data)
				outcome.data.candidates.push({ ...answering!, address: '172.17.0.1' });
		expect(by(9000, heard)).toMatchObject({ says: 'unknown', rule: 'udp-answered-from-somewhere' });
	});
});
