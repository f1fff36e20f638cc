/**
 * What the browsers really do with ICE servers, good and bad: the facts that the linter (core/ice/server-rules) and the
 * explanations of errors (core/ice/error-rules) rest on. When a browser changes, this is where it shows.
 */
import { resolve4 } from 'node:dns/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIp, scopeOf } from '../../src/lib/core/base/ip';
import { explainError, mostTelling, type ErrorFacts, type ExplainedState } from '../../src/lib/core/ice/candidate-errors';
import { parseCandidate } from '../../src/lib/core/ice/candidate';
import { explainPriority } from '../../src/lib/core/ice/priority';
import type { IceServer } from '../../src/lib/core/ice/server';
import { FIREFOX_BLOCKED_PORTS, REFUSED_BY_BROWSERS, SERVER_LINT_RULES } from '../../src/lib/core/ice/server-rules';
import { SERVER_LIST_EXAMPLES } from '../golden/server-lists-table';
import { parseIceUrl } from '../../src/lib/core/stun/uri';
import { urlFaultText } from '../../src/lib/core/stun/uri-fault';
import { mintTurnRest } from '../../src/lib/probes/turn-rest';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { startCoturn, type Coturn } from '../support/coturn';
import { patience } from '../support/patience';
import { describeWith, missing } from '../support/require';
import { closedPort, ownAddress, tcpServer, udpServer, type ScriptedServer, type UdpScript } from '../support/scripted-servers';
import { until } from '../support/until';

/** Own deadline of every gathering here: shorter than both browsers' patience, longer than the table's. */
const DEADLINE_MS = 5000;
/** Where the servers are: not the loopback, which Firefox leaves alone (see the last test). */
const HOST = ownAddress() ?? '';
/** Leads to HOST in both browsers. */
const NAME = 'facts.test';
/** Leads nowhere in Chromium; Firefox cannot be told so without leaving it to the machine's name server. */
const MISSING = 'missing.test';
const LOGIN = { username: 'alice', credential: 'secret' };

const page = createServer((_, response) =>
	response.setHeader('content-type', 'text/html').end('<!doctype html><title>facts</title>')
);

async function open(name: BrowserName, firefoxPrefs: Record<string, boolean | string>): Promise<TestBrowser> {
	const args = name === 'chromium' ? [`--host-resolver-rules=MAP ${NAME} ${HOST}, MAP ${MISSING} ~NOTFOUND`] : [];
	const browser = await launchBrowser(name, { args, firefoxPrefs });
	await browser.goto(`http://localhost:${(page.address() as AddressInfo).port}/`);
	return browser;
}

const isPrivate = (address: string) => scopeOf(parseIp(address)!) === 'private';
/** Chromium asks the machine's name server even for a name it is told: where that one is silent, it never comes to the TLS. */
const namesResolve = await Promise.race([
	resolve4(NAME).then(
		() => true,
		({ code }: NodeJS.ErrnoException) => code !== 'ETIMEOUT'
	),
	new Promise<boolean>((resolve) => setTimeout(resolve, patience(2000), false))
]);

beforeAll(() => new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve)));
afterAll(() => void page.close());

/** `accepted`, or the name of the exception, for each list. Runs in the page. */
const construct = (lists: IceServer[][]) =>
	lists.map((iceServers) => {
		try {
			new RTCPeerConnection({ iceServers }).close();
			return 'accepted';
		} catch (error) {
			return (error as Error).name;
		}
	});

/** The same with one connection for all: Chromium makes no more than 500 in a row. Runs in the page. */
const configure = (lists: IceServer[][]) => {
	const connection = new RTCPeerConnection();
	const outcomes = lists.map((iceServers) => {
		try {
			connection.setConfiguration({ iceServers });
			return 'accepted';
		} catch (error) {
			return (error as Error).name;
		}
	});
	connection.close();
	return outcomes;
};

interface GatheredFacts {
	events: { url: string; errorCode: number; errorText: string; address: string | null; atMs: number }[];
	candidates: { candidate: string; type: ErrorFacts['candidates'][number]; url: string | null }[];
	completeMs: number | null;
}

/** Gathers with each list in a connection of its own, all at once. Runs in the page. */
const gatherAll = ({ lists, deadlineMs }: { lists: IceServer[][]; deadlineMs: number }) =>
	Promise.all(
		lists.map(async (iceServers) => {
			const gathered: GatheredFacts = { events: [], candidates: [], completeMs: null };
			const connection = new RTCPeerConnection({ iceServers });
			const startedMs = performance.now();
			const now = () => performance.now() - startedMs;
			connection.onicecandidate = ({ candidate }) => {
				if (!candidate?.candidate) return;
				const { type, url } = candidate as RTCIceCandidate & { url?: string };
				gathered.candidates.push({ candidate: candidate.candidate, type: type!, url: url ?? null });
			};
			connection.onicecandidateerror = ({ url, errorCode, errorText, address }) =>
				gathered.events.push({ url, errorCode, errorText, address, atMs: now() });
			connection.createDataChannel('');
			await connection.setLocalDescription();
			await new Promise<void>((resolve) => {
				setTimeout(resolve, deadlineMs);
				connection.onicegatheringstatechange = () => {
					if (connection.iceGatheringState !== 'complete') return;
					gathered.completeMs = now();
					resolve();
				};
			});
			connection.close();
			return gathered;
		})
	);

/** Gathers until somebody closes `window.gathering`. Runs in the page. */
const startGathering = async (iceServers: IceServer[]) => {
	const gathering = new RTCPeerConnection({ iceServers });
	Object.assign(window, { gathering });
	gathering.createDataChannel('');
	await gathering.setLocalDescription();
};

function explain(
	url: string,
	engine: 'chromium' | 'firefox',
	{ events, candidates, completeMs }: GatheredFacts,
	expiredForMs: number | null
) {
	const read = parseIceUrl(url);
	if (!read.ok) throw new Error(urlFaultText(read.error));
	const { scheme, host, hostKind, port } = read.value;
	const event = mostTelling(url, events);
	const waitedMs = completeMs ?? DEADLINE_MS;
	return explainError({
		scheme,
		host,
		hostKind,
		familyHere: hostKind === 'ipv4' ? 'yes' : 'unknown',
		port,
		// Chromium speaks UDP to stuns:.
		transport: scheme === 'stuns' ? 'udp' : read.value.transport,
		engine,
		code: event?.errorCode ?? null,
		text: event?.errorText ?? '',
		elapsedMs: event?.atMs ?? waitedMs,
		waitedMs,
		endedBy: completeMs === null ? 'deadline' : 'complete',
		candidates: candidates.map(({ type }) => type),
		address: event?.address ?? null,
		expiredForMs
	});
}

interface Case {
	name: string;
	url: string;
	login?: { username: string; credential: string };
	expiredForMs?: number;
	/** Rule that explains it; null where the browser does not accept the address, or cannot be brought into the case. */
	chromium: readonly [rule: string, state: ExplainedState] | null;
	firefox: readonly [rule: string, state: ExplainedState] | null;
}

const both = (rule: string, state: ExplainedState) => ({ chromium: [rule, state], firefox: [rule, state] }) as const;

describe.skipIf(HOST === '')(
	`ICE servers in real browsers${HOST === '' ? ' [skipped: needs an address besides the loopback]' : ''}`,
	() => {
		const scripted: ScriptedServer[] = [];
		const cases: Case[] = [];
		let crowd: ScriptedServer[] = [];
		let tlsOverUdp: ScriptedServer;
		let coturn: Coturn | null = null;

		beforeAll(async () => {
			const udp = async (script: UdpScript) => keep(await udpServer(HOST, script));
			const keep = (server: ScriptedServer) => (scripted.push(server), server);
			const silent = await udp({});
			const stunOnly = await udp({ binding: 'success' });
			const [silentTcp, closing, tls] = [
				keep(await tcpServer(HOST, 'silent')),
				keep(await tcpServer(HOST, 'closing')),
				keep(await tcpServer(HOST, 'tls'))
			];
			tlsOverUdp = keep(await tcpServer(HOST, 'tls'));
			const closed = await closedPort(HOST);
			crowd = await Promise.all(Array.from({ length: 33 }, () => udp({})));

			cases.push(
				{ name: 'UDP, silent', url: `turn:${HOST}:${silent.port}`, ...both('udp-no-answer', 'unreachable') },
				{ name: 'STUN, silent', url: `stun:${HOST}:${silent.port}`, ...both('udp-no-answer', 'unreachable') },
				{ name: 'UDP, nothing listens', url: `turn:${HOST}:${closed}`, ...both('udp-no-answer', 'unreachable') },
				{ name: 'TCP, refused', url: `turn:${HOST}:${closed}?transport=tcp`, ...both('tcp-refused', 'unreachable') },
				{
					name: 'TCP, accepted then silent',
					url: `turn:${HOST}:${silentTcp.port}?transport=tcp`,
					...both('tcp-no-answer', 'unreachable')
				},
				{
					name: 'TCP, accepted then closed',
					url: `turn:${HOST}:${closing.port}?transport=tcp`,
					// libwebrtc keeps its own address to itself where the server's is private: then nothing tells closed from refused.
					chromium: [isPrivate(HOST) ? 'tcp-refused' : 'tcp-closed-by-server', 'unreachable'],
					firefox: ['tcp-refused', 'unreachable']
				},
				{
					name: 'TLS, certificate not trusted',
					url: `turns:${NAME}:${tls.port}`,
					...both('tls-refused-or-certificate', 'tls-failed')
				},
				{ name: 'TLS, refused', url: `turns:${NAME}:${closed}`, ...both('tls-refused-or-certificate', 'tls-failed') },
				{ name: 'TLS, accepted then silent', url: `turns:${NAME}:${silentTcp.port}`, ...both('tls-no-answer', 'unreachable') },
				{
					name: 'TLS, IP address, certificate not trusted',
					url: `turns:${HOST}:${tls.port}`,
					chromium: ['tls-refused-or-certificate', 'tls-failed'],
					firefox: ['tls-address-not-tried', 'misconfigured']
				},
				{
					name: 'turns: with transport=udp',
					url: `turns:${NAME}:${tlsOverUdp.port}?transport=udp`,
					...both('tls-refused-or-certificate', 'tls-failed')
				},
				{
					name: 'STUN answers, TURN does not',
					url: `turn:${HOST}:${stunOnly.port}`,
					chromium: ['turn-silent-stun-answers', 'misconfigured'],
					firefox: ['udp-no-answer', 'unreachable']
				},
				{ name: 'stuns:', url: `stuns:${HOST}:${stunOnly.port}`, chromium: ['stuns-without-tls', 'works'], firefox: null },
				{ name: 'STUN works', url: `stun:${HOST}:${stunOnly.port}`, ...both('stun-answered', 'works') },
				{
					name: 'TURN on a port below 1024',
					url: `turn:${HOST}:444?transport=tcp`,
					chromium: ['turn-port-not-allowed', 'misconfigured'],
					firefox: ['tcp-refused', 'unreachable']
				},
				{
					name: 'TURN on port 25',
					url: `turn:${HOST}:25?transport=tcp`,
					chromium: ['turn-port-not-allowed', 'misconfigured'],
					firefox: null
				}
			);

			// Firefox names no error from 500 to 599; Chromium names STUN's errors by their last two digits, and not at all when these are 00.
			const answers: [number, string, ExplainedState][] = [
				[300, 'redirect-failed', 'misconfigured'],
				[400, 'request-malformed', 'misconfigured'],
				[401, 'credential-refused', 'unauthorized'],
				[403, 'request-forbidden', 'unauthorized'],
				[420, 'attribute-unknown', 'misconfigured'],
				[437, 'allocation-mismatch', 'misconfigured'],
				[438, 'stale-nonce', 'misconfigured'],
				[440, 'family-unsupported', 'misconfigured'],
				[441, 'credential-of-another', 'unauthorized'],
				[442, 'transport-unsupported', 'misconfigured'],
				[443, 'peer-family-mismatch', 'misconfigured'],
				[486, 'quota-reached', 'quota-reached'],
				[500, 'server-failed', 'misconfigured'],
				[508, 'relay-capacity-reached', 'quota-reached'],
				[606, 'server-refuses', 'misconfigured']
			];
			for (const [code, rule, state] of answers) {
				const { port } = await udp({ binding: code, allocate: code });
				const unnamed = ['server-failed-unnamed', 'misconfigured'] as const;
				cases.push({
					name: `TURN error ${code}`,
					url: `turn:${HOST}:${port}`,
					chromium: [rule, state],
					firefox: code >= 500 && code < 600 ? unnamed : [rule, state]
				});
				if (code === 401)
					cases.push({ name: 'STUN error 401', url: `stun:${HOST}:${port}`, ...both('stun-asks-credential', 'unauthorized') });
				if (code === 420)
					cases.push({
						name: 'STUN error 420',
						url: `stun:${HOST}:${port}`,
						chromium: ['stun-refuses', 'misconfigured'],
						firefox: [rule, state]
					});
				if (code === 500)
					cases.push({
						name: 'STUN error 500',
						url: `stun:${HOST}:${port}`,
						chromium: ['stun-no-candidate', 'unknown'],
						firefox: unnamed
					});
			}

			if (missing('coturn') === null) {
				coturn = await startCoturn({ addresses: [HOST], secret: 'north' });
				const good = await mintTurnRest('north');
				const old = await mintTurnRest('north', { lifetimeMs: -3_600_000 });
				if (!good.ok || !old.ok) throw new Error('no credential could be made');
				const { urls } = coturn;
				cases.push(
					{ name: 'coturn, STUN', url: urls.stun, ...both('stun-answered', 'works') },
					{ name: 'coturn, UDP', url: urls.udp, login: good.value, ...both('relay-allocated', 'allocates-only') },
					{ name: 'coturn, TCP', url: urls.tcp, login: good.value, ...both('relay-allocated', 'allocates-only') },
					{
						name: 'coturn, wrong credential',
						url: urls.udp,
						login: { ...good.value, credential: 'wrong' },
						...both('credential-refused', 'unauthorized')
					},
					{
						name: 'coturn, wrong credential over TCP',
						url: urls.tcp,
						login: { ...good.value, credential: 'wrong' },
						...both('credential-refused', 'unauthorized')
					},
					{
						name: 'coturn, expired credential',
						url: urls.udp,
						login: old.value,
						expiredForMs: 3_600_000,
						...both('credential-expired', 'unauthorized')
					},
					{
						name: 'coturn, expired credential of another secret',
						url: urls.tcp,
						login: { username: String(Math.floor(Date.now() / 1000) - 60), credential: 'south' },
						expiredForMs: 60_000,
						...both('credential-expired', 'unauthorized')
					}
				);
			}
		});
		afterAll(async () => {
			scripted.forEach((server) => server.close());
			await coturn?.close();
		});

		for (const name of ['chromium', 'firefox'] as const) {
			describeWith([name], name, () => {
				let browser: TestBrowser;

				beforeAll(async () => {
					browser = await open(name, { 'network.dns.forceResolve': HOST });
				});
				afterAll(() => browser?.close());

				test('every case is explained by its rule, turns: is TLS over TCP whatever transport= says, and candidates are read back', async () => {
					const asked = cases.filter((each) => each[name] !== null && (namesResolve || !each.url.includes(NAME)));
					const lists = asked.map(({ url, login = LOGIN }): IceServer[] => [
						{ urls: [url], ...(/^turn/.test(url) ? login : {}) }
					]);
					const gathered = await browser.evaluate(gatherAll, { lists, deadlineMs: DEADLINE_MS });
					const wrong = asked.flatMap((each, i) => {
						const { rule, state } = explain(each.url, name, gathered[i]!, each.expiredForMs ?? null);
						const wanted = each[name]!.join(', ');
						return `${rule}, ${state}` === wanted
							? []
							: [`${each.name}: ${rule}, ${state} ${JSON.stringify(gathered[i]!.events)} ${gathered[i]!.completeMs}`];
					});
					expect(wrong).toEqual([]);
					if (namesResolve) expect(tlsOverUdp.connections()).toBeGreaterThan(0);

					// Candidates are read back unchanged, and their priorities mean what they are.
					const meanings: Record<string, RegExp> = {
						host: /^host/,
						srflx: /^server reflexive/,
						relay: /^relay, TURN server reached over/
					};
					const seen = new Set<string>();
					for (const [i, { candidates }] of gathered.entries()) {
						const transport = asked[i]!.url.endsWith('tcp') ? 'TCP' : 'UDP';
						for (const { candidate, type } of candidates) {
							const read = parseCandidate(candidate);
							if (!read.ok) throw new Error(`${candidate}: ${read.error.message}`);
							expect(read.value.type).toBe(type);
							const { typeMeaning } = explainPriority(read.value.priority, name)!;
							expect(typeMeaning).toMatch(meanings[type]!);
							if (type === 'relay') expect(typeMeaning).toContain(`over ${transport}`);
							seen.add(type);
						}
					}
					expect([...seen].sort()).toEqual(coturn ? ['host', 'relay', 'srflx'] : ['host', 'srflx']);
				});

				test('a list that the linter calls sound is accepted, one that it calls a problem is refused somewhere', async () => {
					const accepted = await browser.evaluate(
						construct,
						SERVER_LINT_RULES.map(({ id }) => SERVER_LIST_EXAMPLES[id].good)
					);
					expect(SERVER_LINT_RULES.filter((_, i) => accepted[i] !== 'accepted').map(({ id }) => id)).toEqual([]);
					const outcomes = await browser.evaluate(
						construct,
						SERVER_LINT_RULES.map(({ id }) => SERVER_LIST_EXAMPLES[id].bad)
					);
					const refusals = Object.fromEntries(
						SERVER_LINT_RULES.map(({ id }, i) => [id, outcomes[i]]).filter(([, o]) => o !== 'accepted')
					);
					const all = Object.fromEntries(REFUSED_BY_BROWSERS.map(({ id }) => [id, 'SyntaxError']));
					const login = { 'turn-login-missing': 'InvalidAccessError', 'username-too-long': 'InvalidAccessError' };
					const {
						'transport-in-capitals': _t,
						'port-blocked-by-firefox': _p,
						'stuns-scheme': _s,
						'address-malformed': _m,
						...shared
					} = all;
					expect(refusals).toEqual(
						name === 'chromium'
							? { ...shared, ...login, 'address-with-user': 'InvalidAccessError' }
							: { ...all, ...login, 'stuns-scheme': 'NotSupportedError' }
					);
				});

				test(`refuses ${name === 'firefox' ? 'the ports of its list and no other' : 'no port'} in a TURN URL`, async () => {
					const ports = [...Array.from({ length: 1100 }, (_, i) => i + 1), ...FIREFOX_BLOCKED_PORTS, 3478, 5349, 8080, 19302];
					const outcomes = await browser.evaluate(
						configure,
						ports.map((port) => [{ urls: [`turn:192.0.2.1:${port}`], ...LOGIN }])
					);
					const refused = new Set(ports.filter((_, i) => outcomes[i] !== 'accepted'));
					expect(refused).toEqual(name === 'firefox' ? FIREFOX_BLOCKED_PORTS : new Set());
				});

				test(`of 33 TURN servers ${name === 'chromium' ? '32' : 'all'} are asked`, async () => {
					const before = crowd.map((server) => server.allocates());
					const urls = crowd.map(({ port }) => `turn:${HOST}:${port}`);
					const wanted = name === 'chromium' ? 32 : 33;
					const times = (i: number) => crowd[i]!.allocates() - before[i]!;
					await browser.evaluate(startGathering, [{ urls, ...LOGIN }]);
					// Nobody answers, so each is asked again: whoever has not been asked once by then is not asked at all.
					await until('each is asked twice', () => urls.slice(0, wanted).every((_, i) => times(i) > 1));
					await browser.evaluate('window.gathering.close()');
					if (name === 'chromium') expect(times(32)).toBe(0);
				});
			});
		}

		describeWith(['firefox'], 'firefox as it comes', () => {
			test('does not speak to its own machine', async () => {
				const browser = await open('firefox', { 'media.peerconnection.ice.loopback': false });
				try {
					const answering = await udpServer('127.0.0.1', { binding: 'success' });
					const url = `stun:127.0.0.1:${answering.port}`;
					const [facts] = await browser.evaluate(gatherAll, { lists: [[{ urls: [url] }]], deadlineMs: DEADLINE_MS });
					answering.close();
					expect(explain(url, 'firefox', facts!, null)).toMatchObject({ rule: 'loopback-not-used', state: 'not-tested' });
				} finally {
					await browser.close();
				}
			});
		});
	}
);
