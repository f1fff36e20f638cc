import { describe, expect, test } from 'vitest';
import { SERVER_LIST_EXAMPLES } from '../../../../tests/golden/server-lists-table';
import { sentence } from '../messages/en/sentence';
import { STUN_PRESETS, presetNotice } from './presets';
import type { IceServer } from './server';
import { lintServers } from './server-lint';
import { SERVER_LINT_RULES } from './server-rules';

const NOW = Date.UTC(2026, 10, 21);
const LOGIN = { username: 'user', credential: 'secret' };
const lint = (servers: IceServer[]) => lintServers(servers, { nowMs: NOW, runMsAtMost: 30_000 });
const rulesOf = (servers: IceServer[]) => lint(servers).map(({ rule }) => rule);
const stun = (url: string): IceServer[] => [{ urls: [url] }];
const turn = (url: string): IceServer[] => [{ urls: [url], ...LOGIN }];
/** What the list as a whole lacks is said of nearly every example; here it only distracts. */
const WHOLE = ['no-turn-server', 'turn-over-udp-only', 'no-server'];
const specific = (servers: IceServer[]) => rulesOf(servers).filter((rule) => !WHOLE.includes(rule));

describe.each(SERVER_LINT_RULES.map(({ id }) => [id, SERVER_LIST_EXAMPLES[id]] as const))('%s', (id, { bad, good }) => {
	test('finds its bad example and accepts its good one', () => {
		expect(rulesOf(bad)).toContain(id);
		expect(rulesOf(good)).not.toContain(id);
	});

	test('its fix mends it and raises no new problem', () => {
		const problems = (servers: IceServer[]) => lint(servers).filter(({ severity }) => severity === 'problem').length;
		for (const { rule, fix } of lint(bad)) {
			if (rule !== id || fix === null) continue;
			expect(lint(fix.servers).filter((finding) => finding.rule === id).length).toBeLessThan(
				lint(bad).filter((finding) => finding.rule === id).length
			);
			expect(problems(fix.servers)).toBeLessThanOrEqual(problems(bad));
		}
	});

	test('its words hold no secret', () => {
		// The word itself stands in what is said of shared secrets.
		const secrets = bad.flatMap(({ credential = '' }) => (credential === '' ? [] : [credential]));
		if (JSON.stringify(bad).includes(':secret@')) secrets.push(':secret');
		for (const finding of lint(bad)) {
			const { rule, values, fix } = finding;
			const said = `${JSON.stringify([rule, values, fix?.label])} ${sentence(finding)} ${fix ? sentence(fix.label) : ''}`;
			expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
			expect(said).not.toMatch(/undefined|NaN/);
		}
	});
});

test('ids are kebab-case and used once', () => {
	const ids = SERVER_LINT_RULES.map(({ id }) => id);
	expect(ids.filter((id, i) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || ids.indexOf(id) !== i)).toEqual([]);
});

test.each<[string, IceServer[], string[]]>([
	[
		'a sound list',
		[{ urls: ['stun:stun.example.org'] }, { urls: ['turn:t.example.org', 'turns:t.example.org:443?transport=tcp'], ...LOGIN }],
		[]
	],
	['the port that Firefox lets through', turn('turn:t.example.org:53'), []],
	['a port that both refuse, said once', turn('turn:t.example.org:25'), ['port-blocked-by-firefox']],
	['a low port for STUN', stun('stun:s.example.org:444'), []],
	['33 STUN addresses', Array.from({ length: 33 }, (_, i) => ({ urls: [`stun:s${i}.example.org`] })), ['many-servers']],
	['the same host over two transports', [{ urls: ['turn:t.example.org', 'turn:t.example.org?transport=tcp'], ...LOGIN }], []],
	[
		'transport=udp said or not',
		[{ urls: ['turn:t.example.org', 'turn:T.example.org:3478?transport=udp'], ...LOGIN }],
		['address-twice']
	],
	[
		'the same TURN server with two logins',
		[...turn('turn:t.example.org'), { urls: ['turn:t.example.org'], username: 'b', credential: 'c' }],
		[]
	],
	['an empty user name', [{ urls: ['turn:t.example.org'], username: '', credential: 'x' }], ['turn-login-missing']],
	['a login for TURN beside STUN', [{ urls: ['stun:s.example.org', 'turn:t.example.org'], ...LOGIN }], []],
	[
		'509 characters of two bytes',
		[{ urls: ['turn:t.example.org'], username: 'ü'.repeat(509), credential: 'x' }],
		['username-too-long']
	],
	[
		'a credential good for another ten minutes',
		[{ urls: ['turn:t.example.org'], username: `${NOW / 1000 + 600}:u`, credential: 'QArDp18zdKr4CT8tvpVplSgsreQ=' }],
		[]
	],
	['carrier-grade NAT', stun('stun:100.64.0.1'), ['address-local']],
	['IPv6 loopback', stun('stun:[::1]:3478'), ['address-local']],
	['localhost', stun('stun:localhost:3478'), ['address-local']],
	['multicast', stun('stun:224.0.0.1'), ['address-unusable']],
	['a path', stun('stun:s.example.org/x'), ['address-malformed']],
	['a query that is none', turn('turn:t.example.org?x=1'), ['transport-unknown']],
	['a name with letters outside ASCII', stun('stun:bücher.example'), ['address-malformed']],
	['no port behind the colon', stun('stun:s.example.org:'), ['port-invalid']],
	['port 0', stun('stun:s.example.org:0'), ['port-invalid']],
	['stuns with a query', stun('stuns:s.example.org?transport=tcp'), ['stun-with-transport']]
])('says what is expected of: %s', (_, servers, expected) => {
	expect(specific(servers)).toEqual(expected);
});

test.each<[string, IceServer[], string, IceServer[]]>([
	['http', stun('s.example.org'), 'address-without-scheme', stun('stun:s.example.org')],
	['a bare TURN host', turn('t.example.org:3478'), 'address-without-scheme', turn('turn:t.example.org:3478')],
	[
		'user and password',
		stun('turn:u:p:q@t.example.org:3478?transport=tcp'),
		'address-with-user',
		[{ urls: ['turn:t.example.org:3478?transport=tcp'], username: 'u', credential: 'p:q' }]
	],
	['a user beside a login', turn('turn:u@t.example.org'), 'address-with-user', turn('turn:t.example.org')],
	['IPv6', turn('turn:2001:db8::1?transport=tcp'), 'ipv6-without-brackets', turn('turn:[2001:db8::1]?transport=tcp')],
	[
		'a port out of range',
		turn('turn:t.example.org:70000?transport=tcp'),
		'port-invalid',
		turn('turn:t.example.org?transport=tcp')
	],
	['a port behind IPv6', stun('stun:[2001:db8::1]:0'), 'port-invalid', stun('stun:[2001:db8::1]')],
	[
		'tls as a transport',
		turn('turn:t.example.org:443?transport=tls'),
		'transport-unknown',
		turn('turns:t.example.org:443?transport=tcp')
	],
	['stuns', stun('stuns:s.example.org:3479'), 'stuns-scheme', stun('stun:s.example.org:3479')],
	[
		'spaces',
		[{ urls: ['turn:t.example.org'], username: ' u', credential: 'p\n' }],
		'login-with-spaces',
		[{ urls: ['turn:t.example.org'], username: 'u', credential: 'p' }]
	],
	[
		'UDP only',
		turn('turn:t.example.org:3479'),
		'turn-over-udp-only',
		[{ urls: ['turn:t.example.org:3479', 'turn:t.example.org:3479?transport=tcp'], ...LOGIN }]
	],
	['twice', [...stun('stun:s.example.org'), ...stun('stun:s.example.org')], 'address-twice', stun('stun:s.example.org')]
])('the fix mends %s', (_, servers, rule, mended) => {
	expect(lint(servers).find((finding) => finding.rule === rule)?.fix?.servers).toEqual(mended);
});

test('the cut list keeps exactly what Chromium uses', () => {
	const servers = SERVER_LIST_EXAMPLES['turn-list-cut'].bad;
	const fix = lint([...stun('stun:s.example.org'), ...servers]).find(({ rule }) => rule === 'turn-list-cut')!.fix!;
	expect(fix.servers.flatMap(({ urls }) => urls).filter((url) => url.startsWith('turn:')).length).toBe(32);
	expect(fix.servers[0]).toEqual({ urls: ['stun:s.example.org'] });
});

test('without a clock nothing is said of expiry; worst comes first; places are named', () => {
	const servers = [{ urls: ['turn:t.example.org'], username: '1600000000:u', credential: 'x' }];
	expect(lintServers(servers).map(({ rule }) => rule)).not.toContain('turn-credential-expired');
	const findings = lint([{ urls: ['stun:s.example.org', 'stun:127.0.0.1'] }, { urls: ['stun:a b'] }]);
	expect(findings.map(({ rule, server, url }) => [rule, server, url])).toEqual([
		['address-malformed', 1, 0],
		['address-local', 0, 1],
		['no-turn-server', null, null]
	]);
});

test('the presets are sound, and named as third parties', () => {
	for (const preset of STUN_PRESETS) {
		expect(specific([{ urls: preset.urls }])).toEqual([]);
		expect(presetNotice(preset)).toContain(`third party: ${preset.operator}`);
	}
	expect(new Set(STUN_PRESETS.map(({ id }) => id)).size).toBe(STUN_PRESETS.length);
});
