import { describe, expect, test } from 'vitest';
import type { CandidateRecord, Gathered, Observation } from '../../observations/observation';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../conclude';

const STUN = ['stun:203.0.113.10:3478', 'stun:203.0.113.20:3478'];
const TURN = ['turn:203.0.113.10:3478?transport=udp', 'turn:203.0.113.10:3478?transport=tcp'];

interface Browser {
	engine: Gathered['engine'];
	/** Which candidates each URL brings. */
	gives: (url: string) => CandidateRecord['type'][];
	complete: boolean;
	localNetwork?: 'denied' | 'granted';
}

const candidate = (type: CandidateRecord['type'], host?: string): CandidateRecord => ({
	atMs: 20,
	candidate: `candidate:1 1 udp 1 198.51.100.7 50000 typ ${type}`,
	type,
	protocol: 'udp',
	address: type === 'host' ? (host ?? 'a1.local') : type === 'srflx' ? '198.51.100.7' : '203.0.113.10',
	port: 50_000,
	foundation: '1',
	component: 1,
	priority: 1,
	relatedAddress: type === 'srflx' ? '0.0.0.0' : null,
	relatedPort: 0,
	tcpType: null,
	url: null,
	relayProtocol: null
});

function observed({ engine, gives, complete, localNetwork }: Browser, urls = [...STUN, ...TURN], host?: string): Observation[] {
	const frame = { target: null, startedMs: 0, tookMs: complete ? 120 : 5000 };
	const gathered = (types: CandidateRecord['type'][]): Gathered => ({
		engine,
		candidates: types.map((type) => candidate(type, host)),
		errors: [],
		completeMs: complete ? 119 : null,
		endedBy: complete ? 'complete' : 'deadline'
	});
	const all = {
		...gathered(urls.flatMap(gives)),
		mediaPermission: 'not-granted' as const,
		policy: 'all' as const,
		urls
	};
	const alone = urls.map((url): Observation => {
		const data = { url, ...gathered(gives(url)), localNetwork: localNetwork ?? null };
		return { probe: 'server-gathering', step: `server-gathering ${url}`, ...frame, outcome: { state: 'seen', data } };
	});
	return [...alone, { probe: 'ice-gathering', step: 'ice-gathering', ...frame, outcome: { state: 'seen', data: all } }];
}

const isTurn = (url: string) => url.startsWith('turn');

describe('a browser that leaves candidates out', () => {
	test.each<[string, Browser, string | null, string[]]>([
		[
			'gathers all',
			{ engine: 'chromium', gives: (url) => (isTurn(url) ? ['host', 'relay'] : ['host', 'srflx']), complete: true },
			null,
			[]
		],
		['gathers nothing', { engine: 'firefox', gives: () => [], complete: false }, 'nothing', [...STUN, ...TURN]],
		[
			'gathers relays over TCP alone',
			{ engine: 'chromium', gives: (url) => (url.endsWith('tcp') ? ['relay'] : []), complete: true },
			'only-relays',
			[...STUN, TURN[0]!]
		],
		[
			'gathers relays alone',
			{ engine: 'firefox', gives: (url) => (isTurn(url) ? ['relay'] : []), complete: true },
			'only-relays',
			STUN
		],
		[
			'gathers no host',
			{ engine: 'firefox', gives: (url) => (isTurn(url) ? ['relay'] : ['srflx']), complete: true },
			'no-host',
			[]
		]
	])('that %s', (_, browser, gathered, unasked) => {
		const { findings, servers, answers } = conclude(DEFAULT_LIMITS, observed(browser));
		expect(findings.find(({ rule }) => rule === 'browser-leaves-candidates-out')?.values['gathered'] ?? null).toBe(gathered);
		expect(servers.filter(({ rule }) => rule === 'server-perhaps-not-asked').map(({ url }) => url)).toEqual(unasked);
		expect(answers.find(({ question }) => question === 'udp-usable')?.says).not.toBe('no');
		expect(findings.filter(({ rule }) => rule === 'server-silent')).toEqual([]);
	});
});

test('a Chromium that told of no candidate in the test of one server may not have asked that one', () => {
	const gives = (url: string): CandidateRecord['type'][] => (url === STUN[0] ? [] : ['host']);
	const { servers, answers } = conclude(DEFAULT_LIMITS, observed({ engine: 'chromium', gives, complete: false }, STUN));
	expect(servers.map(({ rule, error }) => error?.rule ?? rule)).toEqual(['server-perhaps-not-asked', 'udp-no-answer']);
	expect(servers[0]!.values).toEqual({ gathered: 'nothing', inAnyTest: false });
	expect(answers.find(({ question }) => question === 'udp-usable')?.says).toBe('unknown');
});

test('a server of the local network that saw the own address would not be told where host candidates are left out', () => {
	const near = 'turn:192.168.1.9:3478?transport=udp';
	const gives = (url: string): CandidateRecord['type'][] => (url === near ? [] : isTurn(url) ? ['relay'] : ['srflx']);
	const { servers } = conclude(DEFAULT_LIMITS, observed({ engine: 'firefox', gives, complete: false }, [...STUN, ...TURN, near]));
	expect(servers.find(({ url }) => url === near)!.error!.rule).toBe('own-address-not-told');
});

test.each([
	['denied', 'server-local-network-not-allowed'],
	['granted', 'stun-answers']
] as const)('a server of the local network, with the permission %s, that raises no error', (localNetwork, rule) => {
	const browser: Browser = { engine: 'chromium', gives: () => ['host'], complete: true, localNetwork };
	const { servers, findings } = conclude(DEFAULT_LIMITS, observed(browser, ['stun:192.168.1.1:3478'], '192.168.1.2'));
	expect(servers.map((server) => server.rule)).toEqual([rule]);
	expect(findings.some((finding) => finding.rule === 'local-network-not-allowed')).toBe(localNetwork === 'denied');
});
