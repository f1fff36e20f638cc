/** What is told of user names and credentials before anybody is asked, and what is not. Times are those of `NOW` and after. */
import { expect, test } from 'vitest';
import { sentence } from '../messages/en/sentence';
import { CREDENTIAL_RULES } from './credential-rules';
import { lintServers } from './server-lint';
import { serverListFacts } from './server-list-facts';

const NOW = Date.UTC(2026, 10, 21);
const RUN_MS = 30_000;
const inSeconds = (seconds: number) => String(NOW / 1000 + seconds);
const DAY = `${inSeconds(86_400)}:bob`;

/** Twenty bytes, as a digest of SHA-1 has them: as digits, and as base64 of the bytes. */
const HEX = '2f1c9f0be1d0a1c5d3e7b9a8f6c4e2d0b8a69788';
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes as string).toString('base64');
const SHA1 = base64(Buffer.from(HEX, 'hex'));
const RULES = CREDENTIAL_RULES.map(({ id }) => id);

function said(username: string | undefined, credential: string | undefined, urls = ['turn:203.0.113.77:3478']): string[] {
	const server = { urls, ...(username === undefined ? {} : { username }), ...(credential === undefined ? {} : { credential }) };
	return lintServers([server], { nowMs: NOW, runMsAtMost: RUN_MS })
		.map(({ rule }) => rule)
		.filter((rule) => rule === 'address-placeholder' || RULES.some((id) => id === rule));
}

test.each<[string, string, string, string[]]>([
	['40 hexadecimal digits', DAY, HEX, ['credential-hex']],
	['the same in capitals', DAY, HEX.toUpperCase(), ['credential-hex']],
	['64 of them', DAY, HEX + HEX.slice(0, 24), ['credential-hex']],
	['base64 of 40', DAY, base64(HEX), ['credential-base64-of-hex']],
	['base64 of 64', DAY, base64(HEX + HEX.slice(0, 24)), ['credential-base64-of-hex']],
	['a digest cut short', DAY, SHA1.slice(0, 24), ['credential-not-hmac']],
	['a digest without its padding', DAY, SHA1.replace('=', ''), ['credential-not-hmac']],
	['a word', DAY, 'breeze', ['credential-not-hmac']],
	['a user name that is the time alone', inSeconds(86_400), HEX, ['credential-hex']],
	['the time behind the name', `bob:${inSeconds(86_400)}`, HEX, ['credential-hex']],
	['a time in milliseconds', `${NOW + 86_400_000}:bob`, SHA1, ['credential-time-in-milliseconds']],
	['both', `${NOW + 86_400_000}:bob`, HEX, ['credential-hex', 'credential-time-in-milliseconds']],
	['an hour too late', `${inSeconds(-3600)}:bob`, SHA1, ['turn-credential-expired']],
	['this very second', `${inSeconds(0)}:bob`, SHA1, ['turn-credential-expired']],
	['while the check runs', `${inSeconds(12)}:bob`, SHA1, ['credential-expires-during-run']],
	['as soon as it has run', `${inSeconds(30)}:bob`, SHA1, ['credential-expires-soon']],
	['in four minutes', `${inSeconds(240)}:bob`, SHA1, ['credential-expires-soon']],
	['variables of a shell', '$COTURN_USER', '${COTURN_PASSWORD}', ['login-placeholder']],
	['a variable of Windows', 'bob', '%TURN_PASSWORD%', ['login-placeholder']],
	['variables of a template', '{{ turn.user }}', '{{ turn.password }}', ['login-placeholder']],
	['names in angle brackets', '<user>', '<password>', ['login-placeholder']],
	['those of a manual', 'your-username', 'YOUR_TURN_SECRET', ['login-placeholder']],
	['one of the two', 'bob', 'yourpassword', ['login-placeholder']],
	['fillers', 'xxxx', 'changeme', ['login-filler']],
	['one of each', '<user>', 'changeme', ['login-placeholder', 'login-filler']],
	['a placeholder beside a time', DAY, '$TURN_PASSWORD', ['login-placeholder']]
])('tells %s', (_, username, credential, expected) => {
	expect(said(username, credential)).toEqual(expected);
});

test.each<[string, string | undefined, string | undefined]>([
	['a digest of SHA-1', DAY, SHA1],
	['one of SHA-256', DAY, base64(Buffer.from(HEX + HEX.slice(0, 24), 'hex'))],
	['one of SHA-512', DAY, base64(Buffer.alloc(64, 7))],
	['one that is good for ten minutes', `${inSeconds(600)}:bob`, SHA1],
	['a static user with hexadecimal digits', 'bob', HEX],
	['one whose name ends in digits', 'bob1921600000', HEX],
	['a static user with base64 of digits', 'bob', base64(HEX)],
	['a short number as a name', '4711', 'breeze'],
	['a telephone number', '+4915112345678:home', 'breeze'],
	['passwords with a dollar, a brace or a bracket', '$bob', '$ecret{1}<2>'],
	['a password that begins with your', 'bob', 'yours-truly'],
	['a real name', 'placeholder-bob', 'todo-list'],
	['no user name, which another rule tells', undefined, HEX],
	['an empty credential, likewise', DAY, '']
])('is silent about %s', (_, username, credential) => {
	expect(said(username, credential)).toEqual([]);
});

test('is silent about a login that no server will ask for', () => {
	expect(said(DAY, HEX, ['stun:203.0.113.77'])).toEqual([]);
});

test.each([
	['$TURN_URL', true],
	['${TURN_URL}', true],
	['turn:$host:3478', true],
	['turn:${TURN_HOST}:3478?transport=tcp', true],
	['turns:<your-server>:443', true],
	['turn:{{ host }}:3478', true],
	['turn:YOUR_TURN_SERVER', true],
	['turn:your-turn-server.example:3478', false],
	['turn:yourhost.example.org', false],
	['turn.example.org', false],
	['turn:[2001:db8::1]:3478', false]
])('the address %s is a placeholder: %s', (url, expected) => {
	const rules = lintServers([{ urls: [url], username: 'bob', credential: 'breeze' }]).map(({ rule }) => rule);
	expect(rules.includes('address-placeholder')).toBe(expected);
	// It is no misspelt address, and no address is offered in its place.
	if (expected) expect(rules.filter((rule) => /^(address|port|ipv6)-/.test(rule))).toEqual(['address-placeholder']);
});

test('a list of placeholders alone is told as such, the address first', () => {
	expect(said('$COTURN_USER', '$COTURN_PASSWORD', ['$COTURN_URL'])).toEqual(['address-placeholder', 'login-placeholder']);
});

test('without a clock nothing is said of expiry, and without a run nothing of its length', () => {
	const server = { urls: ['turn:203.0.113.77'], credential: SHA1 };
	const rules = (username: string, clock: Parameters<typeof lintServers>[1]) =>
		lintServers([{ ...server, username }], clock).map(({ rule }) => rule);
	expect(rules(`${inSeconds(-60)}:bob`, {})).toEqual(['turn-over-udp-only']);
	expect(rules(`${inSeconds(12)}:bob`, { nowMs: NOW })).toEqual(['turn-over-udp-only', 'credential-expires-soon']);
});

test('what can never work is said under its condition', () => {
	const findings = lintServers([{ urls: ['turn:203.0.113.77'], username: DAY, credential: HEX }], { nowMs: NOW });
	const text = sentence(findings.find(({ rule }) => rule === 'credential-hex')!);
	expect(text).toContain('40 hexadecimal digits');
	expect(text).toContain('If the server computes passwords from a shared secret, this can never work');
});

test('facts hold no credential, in whatever field it stands', () => {
	const secret = 'breeze-4711';
	const facts = serverListFacts([
		{ urls: [`turn:bob:${secret}@203.0.113.77:3478`, `turn://${secret}@203.0.113.77`], username: 'bob', credential: secret },
		{ urls: ['stun:203.0.113.77'], credential: base64(secret) }
	]);
	expect(JSON.stringify(facts)).not.toMatch(/breeze|YnJlZXpl/);
	expect(facts.servers[0]!.urls).toEqual(['turn:…@203.0.113.77:3478', 'turn://…@203.0.113.77']);
});
