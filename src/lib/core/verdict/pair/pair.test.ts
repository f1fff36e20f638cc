import { sentence } from '../../messages/en/sentence';
import { describe, expect, it } from 'vitest';
import { PAIR_CASES, pairObservations } from '../../../../../tests/golden/pairs-table';
import { DEFAULT_LIMITS } from '../../plan/config';
import { parseReport } from '../../report/parse';
import { toJson } from '../../report/export/json';
import { makeReport } from '../../report/make';
import { conclude } from '../conclude';
import type { PairEndpoint } from './pair-conclusion';
import { meetingPlace } from './pair-offer';

describe.each(PAIR_CASES)('$name', (one) => {
	const observations = pairObservations(one);
	const pair = conclude(DEFAULT_LIMITS, observations).pair!;

	it('predicts and names the outcome expected', () => {
		expect(pair.outcomes.map(({ prediction }) => prediction?.works)).toEqual(one.expect.works);
		expect(pair.outcomes.map(({ agrees }) => agrees)).toEqual(one.expect.agrees);
		expect(pair.outcomes.map(({ connected }) => connected)).toEqual(one.calls.map(({ connects }) => connects));
		if (one.expect.rule) expect(pair.predictions[0]!.rule).toBe(one.expect.rule);
		if (one.expect.says) expect(sentence(pair.outcomes[0]!)).toMatch(one.expect.says);
		for (const said of [...pair.predictions, ...pair.outcomes]) expect(sentence(said)).toMatch(/^\S.*\S$/);
	});

	it('finds what is expected and nothing else', () => {
		const found = conclude(DEFAULT_LIMITS, observations).findings.filter(({ rule }) => rule.startsWith('pair-'));
		expect(found.map(({ rule }) => rule)).toEqual(one.expect.findings);
		const { losesFrom } = one.expect;
		if (losesFrom)
			expect(found.map(sentence)).toEqual([expect.stringMatching(new RegExp(`^From ${losesFrom} to .* 3(\\.0)? ?% of`))]);
	});

	it('gives each pair its reason', () => {
		if (!one.expect.reasons) return;
		for (const seat of ['host', 'guest'] as const) {
			expect(pair.outcomes[0]!.ends[seat].pairs.map(({ reason }) => reason)).toEqual(one.expect.reasons);
		}
	});

	it('is a report like any other', () => {
		const report = makeReport(
			{
				version: '0.0.0',
				id: '0'.repeat(32),
				createdAt: '2026-11-21T00:00:00.000Z',
				environment: { browser: 'Chromium 156', userAgent: 'x', platform: 'Linux', engine: 'browser' },
				config: { iceServers: [], profile: 'full', limits: DEFAULT_LIMITS, mediaPermission: false },
				plan: [],
				observations
			},
			conclude
		);
		const parsed = parseReport(toJson(report));
		expect(parsed.ok ? parsed.value.observations : parsed.error).toEqual(observations);
	});
});

describe('the steps of a connection', () => {
	it('each from where the one before it ended', () => {
		const pair = conclude(DEFAULT_LIMITS, pairObservations(PAIR_CASES[0]!)).pair!;
		const steps = pair.outcomes[0]!.ends.guest.steps;
		expect(steps.find(({ id }) => id === 'checks')).toMatchObject({ fromMs: 120, toMs: 180 });
		expect(steps.find(({ id }) => id === 'dtls')).toMatchObject({ fromMs: 180, toMs: 240 });
		expect(steps.find(({ id }) => id === 'first-frame')).toMatchObject({ fromMs: 240, toMs: 310 });
		expect(pair.outcomes[0]!.connectMs).toBe(240);
	});

	it('holds what was measured as values', () => {
		const { outcomes } = conclude(DEFAULT_LIMITS, pairObservations(PAIR_CASES.at(-1)!)).pair!;
		const { rule, values } = outcomes[0]!;
		expect([rule, values]).toEqual([
			'pair-connected',
			{
				path: { kind: 'direct', url: null, transport: null },
				connectMs: 240,
				pair: { local: { type: 'srflx', relayProtocol: null }, remote: { type: 'srflx', relayProtocol: null } },
				place: null,
				losses: [
					{
						fromDevice: 'Desk',
						toDevice: 'Phone',
						lossRatio: expect.closeTo(0.03, 3) as number,
						packetsSent: expect.any(Number) as number,
						otherLossRatio: 0
					}
				]
			}
		]);
	});

	it('nothing is concluded about a check of one device', () => {
		expect(conclude(DEFAULT_LIMITS, []).pair).toBeNull();
	});
});

describe('where two devices with one public address met', () => {
	const offer = { outside: ['198.51.100.1'], inner: [], gathered: true };
	const end = (type: string, address: string): PairEndpoint => ({ type, address, port: 5000, relayProtocol: null });
	const connected = (local: PairEndpoint, remote: PairEndpoint) => {
		const place = meetingPlace({ local, remote }, { host: offer, guest: offer });
		const path = { kind: 'direct', url: null, transport: null };
		return sentence({ rule: 'pair-connected', values: { path, connectMs: 240, pair: { local, remote }, place, losses: [] } });
	};

	it.each([
		['srflx', '198.51.100.1', 'server-reflexive to server-reflexive, hairpinned by the shared NAT.'],
		['host', '192.168.1.3', 'host to host, inside one network.'],
		['relay', '203.0.113.10', 'relay to relay.']
	])('%s at %s', (type, address, says) => {
		expect(connected(end(type, '192.168.1.2'), end(type, address))).toBe(`Connected over the direct path in 240 ms: ${says}`);
	});
});
