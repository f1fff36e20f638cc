import { describe, expect, test } from 'vitest';
import type { Observation } from '../observations/observation';
import { DEFAULT_LIMITS, type CheckConfig, type IceServer } from './config';
import { answeredObservers, observersOf, observersToAsk, udpServersToTry } from './observers';
import { makePlan, planCost, planSecondsAtMost, recordedStep, type Abilities, type PlannedStep, type StepOf } from './plan';
import { crossPeer, farObservers } from './relays';

const abilities: Abilities = {
	engine: 'chromium',
	mediaPermission: 'prompt',
	appOrigin: 'https://icelens.example.org',
	secureContext: true
};
const config = (iceServers: IceServer[], more: Partial<CheckConfig> = {}): CheckConfig => ({
	iceServers,
	profile: 'full',
	limits: DEFAULT_LIMITS,
	mediaPermission: false,
	...more
});
const relayOf = (plan: readonly PlannedStep[], url: string) =>
	plan.find((step): step is StepOf<'relay'> => step.probe === 'relay' && step.target === url)!;
const ids = (checked: CheckConfig, able = abilities) => makePlan(checked, able).map(({ id }) => id);

const stun = 'stun:stun.example.org';
const udp = 'turn:turn.example.org:3478?transport=udp';
const tcp = 'turn:turn.example.org:3478?transport=tcp';
const tls = 'turns:turn.example.org:443?transport=tcp';
const account = { username: 'u', credential: 'secret' };

describe('makePlan', () => {
	test('gathers from a STUN server and three TURN transports alone and together, and tests each relay', () => {
		expect(ids(config([{ urls: [stun] }, { urls: [udp, tcp, tls], ...account }]))).toEqual([
			'server-list',
			'app-reachability',
			`server-gathering ${stun}`,
			`server-gathering ${udp}`,
			`server-gathering ${tcp}`,
			`server-gathering ${tls}`,
			'ice-gathering',
			'udp-first-answer',
			'nat-mapping early',
			'nat-mapping late',
			'nat-filtering prober ipv4',
			'prober-mapping ipv4',
			'nat-filtering prober ipv6',
			'prober-mapping ipv6',
			'nat-filtering early',
			'nat-filtering late',
			`relay ${udp}`,
			`relay ${tcp}`,
			`relay ${tls}`
		]);
	});

	test('without servers it reaches the app as control, gathers host candidates and uses the prober unless it is on the loopback', () => {
		const probers = ['nat-filtering prober ipv4', 'prober-mapping ipv4', 'nat-filtering prober ipv6', 'prober-mapping ipv6'];
		expect(ids(config([]))).toEqual(['server-list', 'app-reachability', 'ice-gathering', ...probers]);
		for (const appOrigin of ['http://localhost:8478', 'http://127.0.0.1:8478', 'http://[::1]:8478']) {
			expect(ids(config([]), { ...abilities, appOrigin })).toEqual(['server-list', 'app-reachability', 'ice-gathering']);
		}
		expect(ids(config([]), { ...abilities, appOrigin: 'http://localhost.example.org' })).toContain(probers[0]);
		expect(ids(config([]), { ...abilities, appOrigin: null })).toEqual(['server-list', 'ice-gathering']);
	});

	test.each([
		['STUN alone', [stun], []],
		['not with TURN over TCP alone, which tells no mapped address', [tcp], []],
		['TURN over UDP alone', [udp], [`server-gathering ${udp}`]],
		['STUN and TURN over TLS', [stun, tls], [`server-gathering ${tls}`]]
	])('tests filtering only with a relay and a server that tells the mapped address: %s', (_name, urls, after) => {
		const steps = makePlan(config([{ urls, ...account }]), abilities).filter(({ id }) => /^nat-filtering (early|late)/.test(id));
		expect(steps[0]?.after ?? []).toEqual(after);
		expect(steps.length).toBe(after.length === 0 ? 0 : 2);
	});

	test.each([
		['one STUN server', [stun], false],
		['two names', [stun, 'stun:other.example.org'], true],
		['two ports of one host', ['stun:203.0.113.1:3478', 'stun:203.0.113.1:3479'], true],
		['STUN and TURN over UDP at one host and port', ['stun:203.0.113.1', 'turn:203.0.113.1'], false],
		['STUN and TURN over TCP', [stun, tcp], false],
		['STUN and TURN over UDP at another host', [stun, udp], true],
		['stuns, on which browsers disagree', [stun, 'stuns:other.example.org'], false],
		['an invalid URL', [stun, 'stun:other.example.org:99999'], false]
	])('tests mapping only with two observers at different addresses or ports: %s', (_name, urls, expected) => {
		const plan = makePlan(config([{ urls, ...account }]), abilities);
		expect(plan.some(({ probe }) => probe === 'nat-mapping')).toBe(expected);
	});

	test('the quick profile tests the mapping once', () => {
		const urls = [stun, 'stun:other.example.org'];
		expect(
			ids(config([{ urls }], { profile: 'quick' })).filter((id) => /^nat-(mapping|filtering (early|late))/.test(id))
		).toEqual(['nat-mapping early']);
	});

	test('the early mapping test waits for the first answer, the late one for all', () => {
		const plan = makePlan(config([{ urls: [stun, udp, tcp], ...account }]), abilities);
		const step = (id: string) => plan.find((candidate) => candidate.id === id)!;
		const sources = [`server-gathering ${stun}`, `server-gathering ${udp}`];
		expect(step('nat-mapping early')).toMatchObject({ after: sources, patienceMs: 400 });
		expect(step('nat-mapping late')).toMatchObject({ after: [...sources, 'nat-mapping early'], patienceMs: null });
		expect(step(`relay ${tcp}`)).toMatchObject({ after: [`server-gathering ${tcp}`], target: tcp, server: 0 });
	});

	test('staggers the starts of servers, and starts any number of them within two seconds', () => {
		const delays = (count: number) =>
			makePlan(config([{ urls: Array.from({ length: count }, (_, i) => `stun:s${i}.example.org`) }]), abilities)
				.filter(({ probe }) => probe === 'server-gathering')
				.map(({ delayMs }) => delayMs);
		expect(delays(3)).toEqual([0, 40, 80]);
		expect(delays(33).at(-1)).toBe(1280);
		expect(delays(200).at(-1)).toBe(2000);
		expect(delays(1)).toEqual([0]);
	});

	test('asks a URL once for each pair of credentials', () => {
		const other = { username: 'v', credential: 'secret' };
		const plan = makePlan(
			config([
				{ urls: [udp, udp], ...account },
				{ urls: [udp], ...account },
				{ urls: [udp], ...other }
			]),
			abilities
		);
		const gatherings = plan.filter(({ probe }) => probe === 'server-gathering');
		expect(gatherings.map(({ id, server }) => [id, server])).toEqual([
			[`server-gathering ${udp}`, 0],
			[`server-gathering ${udp} #2`, 2]
		]);
	});

	test('gives unique ids and puts every step after those it waits for', () => {
		const servers = [
			{ urls: [stun, stun, udp] },
			{ urls: [udp, tcp, tls], ...account },
			{ urls: ['nonsense', 'turn:', 'http://x'] }
		];
		const plan = makePlan(config(servers, { mediaPermission: true }), abilities);
		expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length);
		plan.forEach((step, index) => {
			const before = plan.slice(0, index).map(({ id }) => id);
			expect(before).toEqual(expect.arrayContaining(step.after));
		});
	});

	test.each([
		['not if it was not asked for', false, 'prompt', true, 0],
		['with time to answer the prompt', true, 'prompt', true, 35_000],
		['with less time where permission was granted before', true, 'granted', true, 8000],
		['not if permission was denied', true, 'denied', true, 0],
		['not on an insecure page', true, 'prompt', false, 0]
	] as const)('gathers with the microphone: %s', (_name, mediaPermission, permission, secureContext, deadlineMs) => {
		const plan = makePlan(config([], { mediaPermission }), { ...abilities, mediaPermission: permission, secureContext });
		expect(plan.find(({ id }) => id === 'ice-gathering with-permission')?.deadlineMs ?? 0).toBe(deadlineMs);
	});

	test('keeps secrets out of the plan', () => {
		expect(JSON.stringify(makePlan(config([{ urls: [udp], ...account }]), abilities))).not.toContain('secret');
	});
});

describe('planCost', () => {
	test('adds up bytes and follows the longest chain of seconds', () => {
		const base = { probe: 'relay' as const, target: null, server: null, title: '', deadlineMs: 5000, patienceMs: null };
		const steps = [
			{ ...base, id: 'a', delayMs: 100, after: [], cost: { seconds: 0.3, bytes: 10 } },
			{ ...base, id: 'b', delayMs: 0, after: ['a'], cost: { seconds: 0.5, bytes: 20 } },
			{ ...base, id: 'c', delayMs: 0, after: [], cost: { seconds: 0.6, bytes: 5 } }
		];
		expect(planCost(steps)).toEqual({ seconds: 0.9, bytes: 35 });
		expect(planSecondsAtMost(steps)).toBe(11);
		expect(planCost([])).toEqual({ seconds: 0, bytes: 0 });
	});

	test('counts each byte through a relay four times', () => {
		const cost = (relayBytes: number) =>
			planCost(makePlan(config([{ urls: [udp], ...account }], { limits: { ...DEFAULT_LIMITS, relayBytes } }), abilities)).bytes;
		expect(cost(20_000) - cost(10_000)).toBe(40_000);
	});
});

describe('observers', () => {
	test('puts hosts not named before first, removes duplicates and writes all as stun: URLs', () => {
		expect(
			observersOf([
				'stun:a.example.org:3478',
				'turn:a.example.org?transport=udp',
				'stun:a.example.org:3479',
				'turn:b.example.org:80?transport=udp',
				'turn:c.example.org?transport=tcp',
				'stun:[2001:DB8::1]:3479'
			])
		).toEqual(['stun:a.example.org', 'stun:b.example.org:80', 'stun:[2001:db8::1]:3479', 'stun:a.example.org:3479']);
	});

	const gathered = (url: string, types: string[], more: object = {}) =>
		({
			probe: 'server-gathering',
			step: `server-gathering ${url}`,
			target: url,
			startedMs: 0,
			tookMs: 20,
			outcome: {
				state: 'seen',
				data: {
					url,
					engine: 'chromium',
					candidates: types.map((type) => ({ type, protocol: 'udp', address: '198.51.100.7' })),
					errors: [],
					completeMs: null,
					endedBy: 'deadline',
					...more
				}
			}
		}) as unknown as Observation;

	test.each([
		['a server-reflexive candidate', ['host', 'srflx'], {}, true],
		['a relay candidate', ['host', 'relay'], {}, true],
		['not host candidates until the deadline', ['host'], {}, false],
		['Chromium done without an error', ['host'], { completeMs: 130 }, true],
		['not Chromium done with an error', ['host'], { completeMs: 130, errors: [{}] }, false],
		['Firefox done without an error', ['host'], { completeMs: 80, engine: 'firefox' }, true],
		['not a browser that is not known to tell failures', ['host'], { completeMs: 80, engine: 'safari' }, false]
	])('takes only proof of an answer for one: %s', (_name, types, more, expected) => {
		expect(answeredObservers([gathered(stun, types, more)])).toEqual(expected ? [stun] : []);
	});

	test('tests the mapping once two answered, and again only when another one has answered since', () => {
		const second = 'stun:second.example.org';
		const third = 'stun:third.example.org';
		const first = [gathered(stun, ['srflx'])];
		expect(observersToAsk(first)).toBeNull();
		const both = [...first, gathered(second, ['srflx'])];
		expect(observersToAsk(both)).toEqual([stun, second]);
		const asked = [
			...both,
			{ probe: 'nat-mapping', outcome: { state: 'seen', data: { observers: [second, stun] } } } as unknown as Observation
		];
		expect(observersToAsk(asked)).toBeNull();
		expect(observersToAsk([...asked, gathered(third, ['srflx'])])).toEqual([stun, second, third]);
	});

	test('does not compare a server on this side of the NAT with one outside', () => {
		const local = gathered('stun:127.0.0.1:3478', ['srflx']);
		const lan = gathered('stun:192.168.1.10:3478', ['srflx']);
		const outside = gathered('stun:203.0.113.10:3478', ['srflx']);
		expect(observersToAsk([local, lan])).toEqual(['stun:127.0.0.1', 'stun:192.168.1.10']);
		expect(observersToAsk([local, outside])).toBeNull();
		expect(observersToAsk([local, outside, gathered(stun, ['srflx'])])).toEqual(['stun:203.0.113.10', stun]);
	});

	test('asks all servers outside over UDP at once while none of them has answered', () => {
		const [one, two] = ['stun:203.0.113.10:3478', 'turn:203.0.113.20:3478?transport=udp'];
		const inside = 'stun:192.168.1.10:3478';
		const urls = [one, two, inside, 'turn:203.0.113.30:3478?transport=tcp'];
		const asked = ['stun:203.0.113.10', 'stun:203.0.113.20'];
		expect(udpServersToTry(urls, [])).toEqual(asked);
		expect(udpServersToTry(urls, [gathered(one, []), gathered(inside, ['srflx'])])).toEqual(asked);
		expect(udpServersToTry(urls, [gathered(two, ['relay'])])).toBeNull();
	});

	test('waits for the first answer over UDP only with two servers outside, shortly after each was asked, and not for long', () => {
		const step = (list: string[], more: Partial<CheckConfig> = {}) =>
			makePlan(config([{ urls: list }], more), abilities).find(({ id }) => id === 'udp-first-answer');
		const outside = Array.from({ length: 60 }, (_, i) => `stun:203.0.113.${i + 1}`);
		expect(step(outside.slice(0, 2))).toMatchObject({ after: [], delayMs: 280, deadlineMs: 2400, cost: { bytes: 0 } });
		expect(step(outside)!.delayMs).toBe(1000);
		expect(step(outside.slice(0, 2), { limits: { ...DEFAULT_LIMITS, deadlineMs: 1500 } })!.deadlineMs).toBe(1500);
		expect(step([outside[0]!, 'stun:127.0.0.1', 'turn:203.0.113.9?transport=tcp'])).toBeUndefined();
	});

	test('puts the parameters of a probe into its step, and keeps them out of the report', () => {
		const plan = makePlan(config([{ urls: [udp], ...account }], { mediaPermission: true }), abilities);
		const told = plan.map(({ id, ...step }) => [
			id,
			'family' in step ? step.family : 'withPermission' in step ? step.withPermission : null
		]);
		expect(told.filter(([, what]) => what !== null)).toEqual([
			['ice-gathering', false],
			['ice-gathering with-permission', true],
			['nat-filtering prober ipv4', 'ipv4'],
			['prober-mapping ipv4', 'ipv4'],
			['nat-filtering prober ipv6', 'ipv6'],
			['prober-mapping ipv6', 'ipv6']
		]);
		expect(plan.map(recordedStep).some((step) => 'family' in step || 'withPermission' in step || 'by' in step)).toBe(false);
	});

	test('takes a relay on another host, else of another transport, for the far end of a run from relay to relay', () => {
		const far = 'turn:far.example.org?transport=tcp';
		const plan = makePlan(config([{ urls: [udp, tcp, far], ...account }]), abilities);
		const relay = relayOf(plan, udp);
		const target = (...urls: string[]) =>
			crossPeer(
				plan,
				urls.map((url) => gathered(url, ['relay'])),
				relay
			)?.target ?? null;
		expect(target(udp)).toBeNull();
		expect(target(udp, tcp)).toBe(tcp);
		expect(target(udp, tcp, far)).toBe(far);
	});

	test('asks STUN servers of the relay’s family for the far end of a direct run', () => {
		const relay = relayOf(makePlan(config([{ urls: [udp], ...account }]), abilities), udp);
		const address = (url: string, type: string, at: string) => gathered(url, [], { candidates: [{ type, address: at }] });
		const six = ['stun:[2001:db8::1]', 'stun:[2001:db8::2]'];
		const four = 'stun:192.0.2.1';
		const observations = [
			...six.map((url) => address(url, 'srflx', '2001:db8:f::7')),
			address(four, 'srflx', '203.0.113.7'),
			address(udp, 'relay', '192.0.2.9')
		];
		expect(farObservers(observations, relay)).toEqual({ urls: [four, six[0]], ownAddress: null });
		expect(farObservers([...observations.slice(0, 3), address(udp, 'relay', '2001:db8::9')], relay)).toEqual({
			urls: six,
			ownAddress: null
		});
	});

	test.each([
		[tcp, ['stun:turn.example.org']],
		[tls, ['stun:turn.example.org:443', 'stun:turn.example.org']],
		['turns:[2001:db8::1]:443', ['stun:[2001:db8::1]:443', 'stun:[2001:db8::1]']]
	])('tries the TURN server as STUN server where none answered: %s', (url, urls) => {
		const relay = relayOf(makePlan(config([{ urls: [url], ...account }]), abilities), url);
		expect(farObservers([], relay)).toEqual({ urls, ownAddress: null });
		const candidate = { type: 'relay', address: '192.0.2.9', port: 50000 };
		const seenAs = (relatedAddress: string, relatedPort: number) =>
			farObservers([gathered(url, [], { candidates: [{ ...candidate, relatedAddress, relatedPort }] })], relay).ownAddress;
		// What the TURN server saw, and where a browser gives the relay's own address or nothing instead.
		expect(seenAs('203.0.113.7', 40000)).toEqual({ address: '203.0.113.7', port: 40000 });
		expect(seenAs('[2001:db8::7]', 40000)).toEqual({ address: '2001:db8::7', port: 40000 });
		expect(seenAs('192.0.2.9', 50000)).toBeNull();
		expect(seenAs('0.0.0.0', 0)).toBeNull();
	});
});

describe('hairpin', () => {
	const config: CheckConfig = {
		iceServers: [{ urls: ['stun:203.0.113.10', 'stun:203.0.113.20'] }],
		profile: 'full',
		limits: DEFAULT_LIMITS,
		mediaPermission: false
	};
	const abilities: Abilities = { engine: 'chromium', mediaPermission: 'prompt', appOrigin: null, secureContext: true };
	const ids = (more: Partial<CheckConfig>) => makePlan({ ...config, ...more }, abilities).map(({ id }) => id);

	test('tests hairpinning only when asked to, and last', () => {
		expect(ids({})).not.toContain('hairpin');
		expect(ids({ hairpin: true }).at(-1)).toBe('hairpin');
		expect(makePlan({ ...config, hairpin: true }, abilities).at(-1)!.after).toEqual(ids({}));
		expect(ids({ hairpin: true, iceServers: [] })).not.toContain('hairpin');
	});
});
