/** A second Icelens server as the first one's partner: what the two determine together, and attacks by way of the partner. */
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { describe, expect, it } from 'vitest';
import { filteringEvidence, judgeFiltering } from '../../../src/lib/core/nat/filtering-rules';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import { judgeProberMapping } from '../../../src/lib/core/nat/path-sources';
import type { Observation, ProberFiltering, ProberMapping } from '../../../src/lib/core/observations/observation';
import { makePartnerEndpoint, type PartnerEndpoint } from '../../../src/lib/server/nat-prober/partner-endpoint';
import { makeMessageSigner } from '../../../src/lib/server/nat-prober/message-signer';
import { router, type FilteringKind, type MappingKind } from '../profiles';
import type { Packet } from './network';
import { check, openPage, PAGE } from './page';
import { endpointKey, PARTNER, HOME, lineTo, OUTSIDE, SECRET, twoServers, visit, type Egress, type Setting } from './two-servers';

const observed = (probe: string, data: unknown) => ({ probe, outcome: { state: 'seen', data } }) as unknown as Observation;

function judged(data: ProberFiltering) {
	const { filtering, because } = judgeFiltering(
		filteringEvidence(indexObservations([observed('nat-filtering', data)]), 'ipv4', 'unknown')
	);
	expect(sentence(because)).not.toMatch(/undefined|NaN|null/);
	return { filtering, rule: because.rule, text: sentence(because) };
}

const MAPPINGS: MappingKind[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const FILTERINGS: FilteringKind[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const NINE = MAPPINGS.flatMap((mapping) => FILTERINGS.map((filtering) => ({ mapping, filtering })));

describe.each<{ name: string; setting: Setting; seeds: number[] }>([
	{ name: 'a clean link', setting: {}, seeds: [1] },
	{ name: '5 % loss', setting: { link: { lossRatio: 0.05 } }, seeds: [1, 2, 3, 4, 5, 6] },
	{ name: '150 ms each way', setting: { link: { delayMs: 150 } }, seeds: [1] },
	{ name: 'jitter that reorders', setting: { link: { delayMs: 40, jitterMs: 40 } }, seeds: [1, 2] },
	{ name: 'a partner far away', setting: { lineMs: 120 }, seeds: [1] },
	{ name: 'a partner with other ports', setting: { partnerPorts: [4000, 4001] }, seeds: [1] }
])('two servers determine the filtering over $name', ({ setting, seeds }) => {
	it.each(NINE)('$mapping mapping, $filtering filtering', async ({ mapping, filtering }) => {
		for (const seed of seeds) {
			const servers = await twoServers({ ...setting, seed });
			const data = await visit(servers, router({ mapping, filtering, ports: 'random' }), 'filtering');
			expect(judged(data).filtering).toBe(filtering);
		}
	});

	it.each(FILTERINGS)('no NAT, %s filtering', async (filtering) => {
		const data = await visit(await twoServers(setting), router({ mapping: 'none', filtering }), 'filtering');
		expect(judged(data).filtering).toBe(filtering);
	});
});

it('never reports a wrong class at 20 % loss each way', async () => {
	let unknown = 0;
	for (const filtering of FILTERINGS) {
		for (let seed = 1; seed <= 15; seed++) {
			const servers = await twoServers({ link: { lossRatio: 0.2 }, seed });
			const said = judged(await visit(servers, router({ filtering }), 'filtering')).filtering;
			if (said === 'unknown') unknown++;
			else expect([seed, said]).toEqual([seed, filtering]);
		}
	}
	expect(unknown).toBeLessThan(12);
});

it('does not ask the partner where one address shows address and port dependent filtering', async () => {
	const servers = await twoServers();
	const data = await visit(servers, router(), 'filtering');
	expect(data.partner).toBeUndefined();
	expect(servers.partner.stats()).toMatchObject({ packetsOut: 0, sessions: 0 });
});

it.each([
	['endpoint-independent', 'filtering-prober-let-in', 400],
	['address-dependent', 'filtering-prober-by-address', 2000]
] as const)('names the partner and its socket: %s, %s, within %i ms', async (filtering, rule, withinMs) => {
	const data = await visit(await twoServers(), router({ filtering }), 'filtering');
	const said = judged(data);
	expect(said.rule).toBe(rule);
	expect(said.text).toContain('partner.example.org');
	expect(said.text).toContain(`${PARTNER}:3489`);
	expect(data.tookMs).toBeLessThan(withinMs);
});

describe('the mapping with a partner', () => {
	it.each(MAPPINGS)('%s', async (mapping) => {
		const data: ProberMapping = await visit(await twoServers(), router({ mapping, ports: 'random' }), 'mapping');
		expect(data.seen.map(({ position }) => position)).toEqual(['same', 'other-port', 'other-address', 'other-both']);
		expect(data.partner).toEqual({ host: 'partner.example.org', why: null });
		const said = judgeProberMapping(indexObservations([observed('prober-mapping', data)]), 'ipv4');
		expect(said?.mapping).toBe(mapping);
		expect(sentence(said!.because)).toContain('the second Icelens server partner.example.org');
	});

	it('is determined without sending a byte', async () => {
		const servers = await twoServers();
		await visit(servers, router(), 'mapping');
		expect([servers.home.stats().bytesOut, servers.partner.stats().bytesOut]).toEqual([0, 0]);
	});

	it.each<[string, Setting]>([
		['is not there', { line: () => () => Promise.reject(new Error('refused')) }],
		[
			'never answers',
			{
				line:
					(_partnerEndpoint, { clock }) =>
					(_a, _b, ms) =>
						new Promise((_, no) => void clock.setTimer(ms, () => no(new Error())))
			}
		],
		['has another secret', { partnerSecret: 'another-secret-of-16' }]
	])('is determined by one server as quickly where the other %s', async (_what, setting) => {
		const servers = await twoServers(setting);
		const began = servers.network.clock.nowMs();
		const data = await visit(servers, router({ mapping: 'address-and-port-dependent', ports: 'random' }), 'mapping');
		expect(data.seen.map(({ position }) => position)).toEqual(['same', 'other-port']);
		expect(data.seen.every(({ from }) => from)).toBe(true);
		expect(servers.network.clock.nowMs() - began).toBeLessThan(400);
	});
});

describe('names the reason why the partner has no result, and never takes it for filtering', () => {
	const stateful: Egress = (to, heard) => heard.has(endpointKey(to));
	const cases: { what: string; setting: Setting; why: string | null; says: RegExp }[] = [
		{
			what: 'it is not there',
			setting: { line: () => () => Promise.reject(new Error('refused')) },
			why: 'unreachable',
			says: /gave no answer/
		},
		{
			what: 'it never answers',
			setting: {
				line:
					(_partnerEndpoint, { clock }) =>
					(_a, _b, ms) =>
						new Promise((_, no) => void clock.setTimer(ms, () => no(new Error())))
			},
			why: 'unreachable',
			says: /gave no answer/
		},
		{
			what: 'it answers at first and then no more',
			setting: {
				line: (partnerEndpoint, network) => {
					const real = lineTo(partnerEndpoint, network, 10);
					return (authorization, body, ms) =>
						body.includes('"hello"') ? real(authorization, body, ms) : Promise.reject(new Error('gone'));
				}
			},
			why: 'unreachable',
			says: /gave no answer/
		},
		{
			what: 'it goes away before the control',
			setting: {
				line: (partnerEndpoint, network) => {
					const real = lineTo(partnerEndpoint, network, 10);
					return (authorization, body, ms) =>
						body.includes('"control"') ? Promise.reject(new Error('gone')) : real(authorization, body, ms);
				}
			},
			why: 'unreachable',
			says: /gave no answer/
		},
		{ what: 'its secret is another', setting: { partnerSecret: 'another-secret-of-16' }, why: 'refused', says: /secrets/ },
		{ what: 'its clock is two minutes ahead', setting: { aheadMs: 120_000 }, why: 'clock', says: /minute apart/ },
		{ what: 'it has no IPv4', setting: { partnerAddress: '2001:db8:20::20' }, why: 'no-family', says: /no IPv4 address/ },
		{
			what: 'it is in an inner network',
			setting: { partnerAddress: '10.0.0.20' },
			why: 'no-family',
			says: /that the outside reaches/
		},
		{ what: 'its packets are all dropped', setting: { egress: () => false }, why: 'not-answered', says: /do not arrive here/ },
		{
			what: 'its firewall lets out only answers',
			setting: { egress: stateful },
			// The first socket's packets arrive, the second's do not: this looks like address and port dependent filtering, and is not.
			why: 'not-answered',
			says: /do not arrive here/
		},
		{
			what: 'its packets to this one network are dropped',
			setting: { egress: (to) => to.address !== OUTSIDE },
			why: 'not-answered',
			says: /do not arrive here/
		}
	];
	for (const filtering of ['endpoint-independent', 'address-dependent'] as const) {
		// An answered unsolicited probe needs no control.
		it.each(cases.filter(({ what }) => filtering === 'address-dependent' || !what.includes('before the control')))(
			`$what (${filtering})`,
			async ({ setting, why, says }) => {
				const servers = await twoServers(setting);
				const data = await visit(servers, router({ filtering }), 'filtering');
				const said = judged(data);
				expect({ filtering: said.filtering, rule: said.rule }).toEqual({
					filtering: 'unknown',
					rule: 'filtering-prober-partner-tells-nothing'
				});
				expect(said.text).toMatch(says);
				expect(data.partner!.why).toBe(why);
				// What the first server measured by itself is kept.
				expect(data.probes.find(({ position }) => position === 'other-port')!.answered).toBeGreaterThan(0);
			}
		);
	}

	it.each([
		['it is the server itself', 'refused', /refused/],
		['it is another server on the same address', 'same-address', /same address/]
	] as const)('%s', async (_what, why, says) => {
		let partnerEndpoint: PartnerEndpoint | null = null;
		const servers = await twoServers({
			line: (_partnerEndpoint, network) => (authorization, body, ms) =>
				lineTo(partnerEndpoint!, network, 10)(authorization, body, ms)
		});
		const { clock, random } = servers.network;
		const signer = why === 'refused' ? servers.signer : makeMessageSigner(SECRET, clock, random);
		partnerEndpoint = makePartnerEndpoint(servers.home, signer, clock, random);
		const data = await visit(servers, router({ filtering: 'endpoint-independent' }), 'filtering');
		const said = judged(data);
		expect({ filtering: said.filtering, why: data.partner!.why }).toEqual({ filtering: 'unknown', why });
		expect(said.text).toMatch(says);
	});

	it.each(['is unreachable', 'never answers'])('takes no longer with a partner that %s', async (what) => {
		const line: Setting['line'] =
			what === 'is unreachable'
				? () => () => Promise.reject(new Error('refused'))
				: (_partnerEndpoint, { clock }) =>
						(_a, _b, ms) =>
							new Promise((_, no) => void clock.setTimer(ms, () => no(new Error())));
		const data = await visit(await twoServers({ line }), router({ filtering: 'address-dependent' }), 'filtering');
		// As long as one server alone: its rounds and its wait for the last answer.
		expect(data.tookMs).toBeLessThan(1500);
	});
});

describe('attacks by way of the partner', () => {
	const VICTIM = '198.51.100.77';
	const OTHERS = { ufrag: 'oWnn', pwd: 'ownSecretownSecretownSec' };
	const PROBE = {
		kind: 'probe',
		family: 'ipv4',
		page: PAGE,
		own: OTHERS,
		to: { address: VICTIM, port: 5000 },
		packets: 2,
		waitMs: 600
	};

	/** Somebody who can send requests to the partner's endpoint, with the secret or without. */
	async function attacker(secret = SECRET) {
		const servers = await twoServers();
		const { clock, random, crossed } = servers.network;
		const signer = makeMessageSigner(secret, clock, random);
		const send = (authorization: string | null, body: string) => clock.run(servers.partnerEndpoint.answer(authorization, body));
		return {
			...servers,
			clock,
			signed: (body: unknown) => {
				const text = JSON.stringify(body);
				return { text, authorization: signer.request(text).authorization };
			},
			send,
			ask: (body: unknown) => {
				const text = JSON.stringify(body);
				return send(signer.request(text).authorization, text);
			},
			wait: (ms: number) => clock.run(new Promise<void>((resolve) => void clock.setTimer(ms, resolve))),
			at: (address: string) => crossed.filter(({ source, target }) => source.address === PARTNER && target.address === address)
		};
	}

	it('with the secret, probes a page once from each socket', async () => {
		const { ask, at } = await attacker();
		const { status, proof } = await ask(PROBE);
		expect([status, proof === null, at(VICTIM).length]).toEqual([200, false, 2]);
	});

	it.each<[string, (one: { text: string; authorization: string }) => [string | null, string]]>([
		['no secret at all', ({ text }) => [null, text]],
		['the secret as a password', ({ text }) => [`Bearer ${SECRET}`, text]],
		['another body', ({ text, authorization }) => [authorization, text.replace('5000', '5001')]],
		['another time', ({ text, authorization }) => [authorization.replace(/\d+\./, '1767225601.'), text]],
		['another nonce', ({ text, authorization }) => [authorization.replace(/\.[\w-]{24}\./, `.${'n'.repeat(24)}.`), text]],
		['a truncated HMAC', ({ text, authorization }) => [authorization.slice(0, -20), text]]
	])('with %s: answers 401 without a reason and sends nothing', async (_what, forged) => {
		const { signed, send, at } = await attacker();
		expect(await send(...forged(signed(PROBE)))).toEqual({ status: 401, body: '{}', proof: null });
		expect(at(VICTIM)).toHaveLength(0);
	});

	it('with a wrong secret, answers 401 any number of times, sends nothing and keeps nothing', async () => {
		const { ask, at, partner } = await attacker('a wrong secret of some length');
		for (let i = 0; i < 300; i++) expect((await ask(PROBE)).status).toBe(401);
		expect(at(VICTIM)).toHaveLength(0);
		expect(partner.stats()).toMatchObject({ sessions: 0, pending: 0, bytesOut: 0 });
	});

	it('accepts a request once, however much later it is replayed', async () => {
		const { signed, send, at, wait } = await attacker();
		const { authorization, text } = signed(PROBE);
		expect((await send(authorization, text)).status).toBe(200);
		for (const laterMs of [0, 30_000, 29_000, 2000, 60_000, 100_000, 400_000]) {
			await wait(laterMs);
			expect((await send(authorization, text)).status).toBe(401);
		}
		expect(at(VICTIM)).toHaveLength(2);
	});

	it('refuses a request of its own that is sent back to it', async () => {
		const servers = await twoServers();
		const { clock, random } = servers.network;
		const partnerEndpoint = makePartnerEndpoint(servers.home, servers.signer, clock, random);
		const text = JSON.stringify(PROBE);
		const { authorization } = servers.signer.request(text);
		expect((await clock.run(partnerEndpoint.answer(authorization, text))).status).toBe(401);
		expect(servers.home.stats().packetsOut).toBe(0);
	});

	it('does not accept an answer forged on the path', async () => {
		const letIn = JSON.stringify({
			probes: [{ from: { address: PARTNER, port: 3488 }, sent: 1, answered: 1, firstAnswerMs: 1 }]
		});
		const data = await visit(
			await twoServers({
				line: (partnerEndpoint, network) => async (authorization, body, ms) => {
					const real = await lineTo(partnerEndpoint, network, 10)(authorization, body, ms);
					// The signature of another body does not match.
					return body.includes('"probe"') ? { ...real, body: letIn } : real;
				}
			}),
			router({ filtering: 'address-dependent' }),
			'filtering'
		);
		expect([judged(data).filtering, data.partner!.why]).toEqual(['unknown', 'unreachable']);
	});

	it.each([
		['the loopback', '127.0.0.1', 5000],
		['its own address', PARTNER, 5000],
		['the unspecified address', '0.0.0.0', 5000],
		['a private address, from a public one', '192.168.1.2', 5000],
		['a shared address (RFC 6598)', '100.64.1.2', 5000],
		['a link-local address', '169.254.169.254', 5000],
		['a multicast address', '224.0.0.1', 5000],
		['the broadcast address', '255.255.255.255', 5000],
		['the DNS port', VICTIM, 53],
		['the HTTPS port', VICTIM, 443],
		['port 0', VICTIM, 0],
		['a host name', 'localhost', 5000],
		['another family', '2001:db8::1', 5000],
		['an IPv4-mapped IPv6 address', '::ffff:127.0.0.1', 5000]
	])('sends nothing to %s, even with the secret', async (_what, address, port) => {
		const { ask, partner } = await attacker();
		expect((await ask({ ...PROBE, to: { address, port } })).status).toBe(400);
		expect(partner.stats().packetsOut).toBe(0);
	});

	it.each<[string, object]>([
		['three packets', { packets: 3 }],
		['an hour of waiting', { waitMs: 3_600_000 }],
		['a short password', { page: { ufrag: 'abcd', pwd: 'short' } }],
		['no credentials of the asking server', { own: null }],
		['an unknown kind', { kind: 'flood' }]
	])('refuses a request with %s', async (_what, change) => {
		const { ask, partner } = await attacker();
		expect((await ask({ ...PROBE, ...change })).status).toBe(400);
		expect(partner.stats().packetsOut).toBe(0);
	});

	/** Many requests at once: how many were accepted, and what was sent within two seconds. */
	async function flood(count: number, request: (i: number) => object) {
		const { clock, partner, partnerEndpoint, network, at } = await attacker();
		const signer = makeMessageSigner(SECRET, clock, network.random);
		const all = Array.from({ length: count }, (_, i) => {
			const text = JSON.stringify(request(i));
			return partnerEndpoint.answer(signer.request(text).authorization, text);
		});
		const taken = (await clock.run(Promise.all(all))).filter(({ status }) => status === 200).length;
		return { taken, partner, at };
	}

	it('limits the probes to one target', async () => {
		const { taken, at } = await flood(90, () => PROBE);
		expect(taken).toBe(60);
		expect(at(VICTIM).length).toBeLessThanOrEqual(120);
	});

	it('limits the probes to all targets, so that the send budget of visitors is left', async () => {
		const { taken, partner } = await flood(1000, (i) => ({
			...PROBE,
			to: { address: `198.51.${100 + (i % 100)}.7`, port: 5000 }
		}));
		expect(taken).toBeLessThanOrEqual(100);
		expect(partner.stats().bytesOut).toBeLessThanOrEqual(50_000);
		expect(partner.stats().pending).toBe(0);
	});

	it('limits the sessions of the partner’s pages, so that visitors still get one, and ends them', async () => {
		const { home, partner, network } = await twoServers();
		const openForPartner = (i: number) => partner.forPartner.open('filtering', 'ipv4', PAGE, { ...OTHERS, ufrag: `own${i}` });
		const opened = Array.from({ length: 300 }, (_, i) => openForPartner(i)).filter(({ ok }) => ok).length;
		expect(opened).toBe(100);
		expect(partner.open('filtering', 'ipv4', PAGE, OUTSIDE).ok).toBe(true);
		await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(16_000, resolve)));
		expect([partner.stats().sessions, home.stats().sessions]).toEqual([0, 0]);
	});

	it('does not let the partner take over the session of a visitor', async () => {
		const { partner } = await twoServers();
		const visitor = partner.open('filtering', 'ipv4', PAGE, OUTSIDE);
		if (!visitor.ok) throw new Error(visitor.error);
		expect(partner.forPartner.open('filtering', 'ipv4', PAGE, visitor.value.own)).toMatchObject({ ok: false });
	});

	it('does not ask the partner to probe a forged source', async () => {
		const servers = await twoServers();
		const { clock } = servers.network;
		const victim = await clock.run(servers.network.host(VICTIM).bind(VICTIM, 5000));
		if (!victim.ok) throw new Error(victim.error.message);
		const opened = servers.home.open('filtering', 'ipv4', PAGE, OUTSIDE);
		if (!opened.ok) throw new Error(opened.error);
		for (let i = 0; i < 200; i++)
			victim.value.send(check(opened.value.own, servers.network.random.bytes(12)), { address: HOME, port: 3488 });
		await clock.run(servers.home.result(opened.value.id));
		expect(servers.partner.stats().packetsOut).toBe(0);
		expect(servers.home.stats().packetsOut).toBeLessThanOrEqual(12);
	});

	it('sends a forged source no more bytes than came from it in a session of the partner', async () => {
		const { partner, network } = await twoServers();
		const victim = await network.clock.run(network.host(VICTIM).bind(VICTIM, 5000));
		if (!victim.ok) throw new Error(victim.error.message);
		expect(partner.forPartner.open('filtering', 'ipv4', PAGE, OTHERS).ok).toBe(true);
		for (let i = 0; i < 200; i++) victim.value.send(check(OTHERS, network.random.bytes(12)), { address: PARTNER, port: 3488 });
		await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(5000, resolve)));
		const { out, in: into, packetsOut } = traffic(network.crossed, VICTIM);
		expect(packetsOut).toBeGreaterThan(0);
		expect(packetsOut).toBeLessThanOrEqual(12);
		expect(out).toBeLessThanOrEqual(into);
	});

	it.each(FILTERINGS)(
		'both servers together send a proven page fewer than twice its bytes with %s filtering',
		async (filtering) => {
			const servers = await twoServers();
			await visit(servers, router({ filtering }), 'filtering');
			const { out, in: into, packetsOut } = traffic(servers.network.crossed, OUTSIDE);
			expect(out).toBeGreaterThan(0);
			expect(out).toBeLessThan(2 * into);
			expect(packetsOut).toBeLessThanOrEqual(120);
		}
	);

	it('both servers together send fewer than twice its bytes to a page that falls silent once proven', async () => {
		const servers = await twoServers();
		const { network, home } = servers;
		const opened = home.open('filtering', 'ipv4', PAGE, OUTSIDE);
		if (!opened.ok) throw new Error(opened.error);
		const net = network.client('192.168.1.2', [{ profile: router({ filtering: 'address-dependent' }), outside: [OUTSIDE] }]);
		const page = await network.clock.run(openPage(network, net, '192.168.1.2', opened.value.own, opened.value.candidates));
		network.clock.setTimer(40, () => {
			page.stop();
			page.socket.close();
		});
		await network.clock.run(home.result(opened.value.id));
		const { out, in: into } = traffic(network.crossed, OUTSIDE);
		expect(servers.partner.stats().packetsOut).toBeGreaterThan(0);
		expect(out).toBeLessThan(2 * into);
	});
});

/** What both servers sent to an address, and what came from there. */
function traffic(crossed: readonly Packet[], address: string) {
	const servers = [HOME, PARTNER];
	const size = (packets: Packet[]) => packets.reduce((all, { data }) => all + data.length, 0);
	const out = crossed.filter(({ source, target }) => servers.includes(source.address) && target.address === address);
	const into = crossed.filter(({ source, target }) => servers.includes(target.address) && source.address === address);
	return { out: size(out), in: size(into), packetsOut: out.length };
}
