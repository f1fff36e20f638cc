import { describe, expect, test } from 'vitest';
import { sentence as inEnglish } from '../messages/en/sentence';
import { ERROR_RULES, explainError, mostTelling, type ErrorFacts, type ExplainedState } from './candidate-errors';

const UDP: ErrorFacts = {
	scheme: 'turn',
	transport: 'udp',
	host: '203.0.113.7',
	hostKind: 'ipv4',
	port: 3478,
	engine: 'chromium',
	code: null,
	text: '',
	elapsedMs: 5000,
	waitedMs: 5000,
	endedBy: 'deadline',
	candidates: ['host'],
	address: null,
	familyHere: 'yes',
	expiredForMs: null
};
const NAME = { host: 'turn.example.org', hostKind: 'name' } as const;
const STUN = { scheme: 'stun' } as const;
const TCP = { transport: 'tcp' } as const;
const TLS = { scheme: 'turns', transport: 'tls', port: 5349 } as const;
const FIREFOX = { engine: 'firefox' } as const;
const COMPLETE = { endedBy: 'complete' } as const;
const FAILED = { code: 701, text: 'Failed to establish connection', elapsedMs: 90, ...COMPLETE } as const;
const FIREFOX_701 = { ...FIREFOX, code: 701, elapsedMs: 40, ...COMPLETE } as const;
const LOOKUP = { code: 701, text: 'STUN host lookup received error.', elapsedMs: 50 } as const;

const answer = (code: number, more: Partial<ErrorFacts> = {}): Partial<ErrorFacts> => ({
	code,
	text: 'TURN allocate error.',
	elapsedMs: 110,
	address: '0.0.0.x',
	...COMPLETE,
	...more
});

/** What the browsers were seen to report (or, where marked, can report by their source), and what it has to be called. */
const CASES: readonly (readonly [string, Partial<ErrorFacts>, string, ExplainedState, string | RegExp])[] = [
	// The server's own answers.
	[
		'wrong password',
		answer(401, { text: 'Unauthorized.' }),
		'credential-refused',
		'unauthorized',
		'110 ms with error 401 (“Unauthorized.”)'
	],
	[
		'wrong password, Firefox',
		answer(401, { ...FIREFOX, text: '', elapsedMs: 26 }),
		'credential-refused',
		'unauthorized',
		'with error 401: it'
	],
	['expired', answer(401, { expiredForMs: 7_500_000 }), 'credential-expired', 'unauthorized', 'passed 2 hours ago'],
	['expired a moment ago', answer(401, { expiredForMs: 30_000 }), 'credential-expired', 'unauthorized', '30 s ago'],
	['expired last week', answer(401, { expiredForMs: 604_800_000 }), 'credential-expired', 'unauthorized', '7 days ago'],
	[
		'no credential',
		answer(401, { text: 'Missing TURN server credentials.' }),
		'credential-not-given',
		'misconfigured',
		'was not asked'
	],
	[
		'STUN requires authentication',
		answer(401, { ...STUN, ...FIREFOX, text: '' }),
		'stun-asks-credential',
		'unauthorized',
		'requires authentication'
	],
	['STUN requires authentication, cut to 1', answer(1, STUN), 'stun-asks-credential', 'unauthorized', 'requires authentication'],
	['438', answer(438), 'stale-nonce', 'misconfigured', 'error 438'],
	['437', answer(437, { ...FIREFOX, text: '' }), 'allocation-mismatch', 'misconfigured', 'another allocation.'],
	[
		'437 retried',
		answer(437, { text: 'Maximum retries reached for allocation mismatch.', elapsedMs: 633 }),
		'allocation-mismatch',
		'misconfigured',
		'three sockets'
	],
	['441', answer(441), 'credential-of-another', 'unauthorized', 'another user name'],
	['442', answer(442), 'transport-unsupported', 'misconfigured', 'does not relay over UDP'],
	['440', answer(440), 'family-unsupported', 'misconfigured', 'family'],
	['443', answer(443), 'peer-family-mismatch', 'misconfigured', 'same family'],
	['486', answer(486), 'quota-reached', 'quota-reached', 'the allocation quota of this user'],
	['508', answer(508), 'relay-capacity-reached', 'quota-reached', 'no relay port'],
	['403', answer(403), 'request-forbidden', 'unauthorized', 'error 403'],
	['300', answer(300, { text: 'Missing alternate server attribute.' }), 'redirect-failed', 'misconfigured', 'another server'],
	[
		'300 to port 25',
		answer(500, { text: 'Attempt to start allocation to a disallowed port' }),
		'redirect-to-disallowed-port',
		'misconfigured',
		'never uses for TURN'
	],
	['420', answer(420), 'attribute-unknown', 'misconfigured', 'attribute'],
	['400', answer(400), 'request-malformed', 'misconfigured', 'error 400'],
	['65535', answer(65535, { ...FIREFOX, text: '' }), 'server-failed-unnamed', 'misconfigured', '500 (server error) and 508'],
	['500', answer(500), 'server-failed', 'misconfigured', 'error 500'],
	[
		'STUN 420 cut to 20',
		answer(20, { ...STUN, text: 'Unknown attribute' }),
		'stun-refuses',
		'misconfigured',
		'320, 420, 520, 620'
	],
	['606', answer(606), 'server-refuses', 'misconfigured', 'error 606'],
	[
		'no event for errors',
		{ ...TCP, ...COMPLETE, elapsedMs: 120, noErrorEvents: true },
		'errors-not-told',
		'unknown',
		'gave no relay within 120 ms'
	],
	[
		'no event for errors, STUN answers',
		{ elapsedMs: 5000, candidates: ['host', 'srflx'], noErrorEvents: true },
		'errors-not-told',
		'unknown',
		'has no icecandidateerror event'
	],
	// On the way.
	[
		'own machine, Firefox',
		{ ...FIREFOX_701, ...STUN, host: '127.0.0.1' },
		'loopback-not-used',
		'not-tested',
		'gave up after 40 ms.'
	],
	[
		'own machine by name and TCP',
		{ ...FIREFOX_701, ...TCP, host: 'localhost', hostKind: 'name' },
		'loopback-not-used',
		'not-tested',
		'the connection was refused'
	],
	[
		'no AAAA',
		{ ...LOOKUP, ...STUN, ...NAME, address: '[0:0:0:x:x:x:x:x]', candidates: ['host', 'srflx'] },
		'family-not-here',
		'not-tested',
		'over IPv4'
	],
	[
		'no such name',
		{ ...LOOKUP, ...STUN, ...NAME, ...COMPLETE, address: '0.0.0.x' },
		'name-not-found',
		'unreachable',
		'turn.example.org after 50 ms'
	],
	[
		'no such name over IPv6, of a device without IPv4',
		{ ...LOOKUP, ...STUN, ...NAME, ...COMPLETE, notFoundIn: { family: 'ipv6', otherMissing: true } },
		'name-not-found',
		'unreachable',
		'No IPv6 address was found for the name turn.example.org after 50 ms (“STUN host lookup received error.”), and this device seems to have no IPv4'
	],
	[
		'no such TURN name',
		{ ...LOOKUP, ...NAME, ...COMPLETE, text: 'TURN host lookup received error.' },
		'name-not-found',
		'unreachable',
		'No address'
	],
	[
		'VPN',
		{ ...FAILED, ...TCP, text: 'Address not associated with the desired network interface.' },
		'wrong-interface',
		'unknown',
		'another network interface'
	],
	[
		'no socket',
		{ ...FAILED, ...TCP, text: 'Failed to create TURN client socket.' },
		'socket-not-made',
		'unknown',
		'Nothing was sent'
	],
	[
		'TCP without TURN',
		{ ...FAILED, ...TCP, text: 'TURN allocate request timed out.', elapsedMs: 39_976, address: '192.0.2.x' },
		'tcp-accepted-then-silent',
		'unreachable',
		'in 40.0 s'
	],
	[
		'TCP closed',
		{ ...FAILED, ...TCP, address: '192.0.2.x' },
		'tcp-closed-by-server',
		'unreachable',
		'which was closed after 90 ms'
	],
	[
		'TCP refused',
		{ ...FAILED, ...TCP },
		'tcp-refused',
		'unreachable',
		/after 90 ms, too soon for .* it was refused, there is no way to it, or it was closed/
	],
	['TCP refused by name', { ...FAILED, ...TCP, ...NAME }, 'tcp-refused', 'unreachable', 'or the name was not found'],
	['TCP refused, Firefox', { ...FIREFOX_701, ...TCP }, 'tcp-refused', 'unreachable', 'closed before an answer'],
	[
		'bad certificate',
		{ ...FAILED, ...TLS, ...NAME, elapsedMs: 143 },
		'tls-refused-or-certificate',
		'tls-failed',
		'browsers do not say which'
	],
	['bad certificate, Firefox', { ...FIREFOX_701, ...TLS, ...NAME }, 'tls-refused-or-certificate', 'tls-failed', 'certificate'],
	['TLS accepted, 30 s', { ...FAILED, ...TLS, elapsedMs: 30_094 }, 'tls-handshake-unanswered', 'tls-failed', '30.1 s'],
	['TLS silent, Firefox', { ...FIREFOX_701, ...TLS, ...NAME, elapsedMs: 12_838 }, 'tls-silent', 'unreachable', '12.8 s'],
	['TCP silent, Firefox', { ...FIREFOX_701, ...TCP, elapsedMs: 12_851 }, 'tcp-silent', 'unreachable', '12.9 s'],
	['UDP silent, Firefox', { ...FIREFOX_701, elapsedMs: 11_130 }, 'udp-silent', 'unreachable', /in 11\.1 s\. A blocked/],
	[
		'UDP silent, Chromium',
		{ ...FAILED, text: 'STUN binding request timed out.', elapsedMs: 39_915 },
		'udp-silent',
		'unreachable',
		'in 39.9 s, 9 requests in all'
	],
	[
		'no such name, Firefox',
		{ ...FIREFOX_701, ...NAME },
		'udp-failed-at-once',
		'unreachable',
		'no address was found for the name'
	],
	[
		'no route, Firefox',
		{ ...FIREFOX_701, host: '2001:db8::1', hostKind: 'ipv6' },
		'udp-failed-at-once',
		'unreachable',
		'UDP [2001:db8::1]:3478'
	],
	['something new', { ...FAILED, text: 'Something new', elapsedMs: 9000 }, 'not-reached', 'unreachable', '“Something new”'],
	['a code of no known kind', { ...FAILED, code: 150 }, 'not-reached', 'unreachable', '90 ms'],
	// Silence.
	[
		'relay',
		{ endedBy: 'satisfied', candidates: ['host', 'srflx', 'relay'] },
		'relay-allocated',
		'allocates-only',
		'allocated a relay'
	],
	['stuns', { scheme: 'stuns', endedBy: 'satisfied', candidates: ['srflx'] }, 'stuns-without-tls', 'works', 'plain UDP'],
	['STUN', { ...STUN, endedBy: 'satisfied', candidates: ['srflx'] }, 'stun-answered', 'works', 'answered'],
	['TURN on 25', { port: 25 }, 'turn-port-not-allowed', 'misconfigured', 'port 25'],
	[
		'TURN on 25 over TCP, complete',
		{ ...TCP, ...COMPLETE, port: 25, elapsedMs: 170 },
		'turn-port-not-allowed',
		'misconfigured',
		'53, 80 and 443'
	],
	[
		'turns: and an address, Firefox',
		{ ...TLS, ...FIREFOX, ...COMPLETE, elapsedMs: 40 },
		'tls-address-not-tried',
		'misconfigured',
		'203.0.113.7'
	],
	['STUN-only server as TURN', { candidates: ['host', 'srflx'] }, 'turn-silent-stun-answers', 'misconfigured', 'within 5.0 s'],
	[
		'IPv6 missing',
		{ host: '2001:db8::1', hostKind: 'ipv6', familyHere: 'unknown', ...COMPLETE, elapsedMs: 120 },
		'family-missing',
		'not-tested',
		'no IPv6'
	],
	['TURN not tried', { ...COMPLETE, elapsedMs: 120 }, 'turn-not-tried', 'unknown', 'neither a relay'],
	['STUN without a word', { ...STUN, ...COMPLETE, elapsedMs: 120 }, 'stun-no-candidate', 'unknown', 'this device has itself'],
	['too short', { ...TLS, ...NAME, elapsedMs: 3000 }, 'stopped-early', 'unknown', 'may take 3.5 s'],
	['stopped', { endedBy: 'satisfied' }, 'stopped-early', 'unknown', 'too short'],
	['UDP black hole', {}, 'udp-no-answer', 'unreachable', '5 requests in all; the browser itself would wait 39.9 s'],
	['UDP black hole, Firefox', { ...FIREFOX, ...STUN }, 'udp-no-answer', 'unreachable', 'Firefox itself would wait 11.2 s'],
	[
		'UDP black hole, of a family that was not seen here',
		{ familyHere: 'unknown' },
		'udp-no-answer',
		'unreachable',
		'A blocked port, a dead server, a device without IPv4 and nothing listening'
	],
	['TCP black hole', TCP, 'tcp-no-answer', 'unreachable', /accepts them and sends nothing\.$/],
	['TLS black hole', { ...TLS, ...NAME }, 'tls-no-answer', 'unreachable', 'at one address of this name at least'],
	[
		'an answer with the own address would not be told',
		{ ...STUN, agreementUntold: true },
		'own-address-not-told',
		'unknown',
		'which browsers do not report before gathering ends'
	],
	// A name with addresses of one family only: the other family's attempt fails at once and says nothing of the server.
	[
		'TLS black hole by name, Firefox',
		{ ...TLS, ...NAME, ...FIREFOX, code: 701, elapsedMs: 53 },
		'tls-no-answer',
		'unreachable',
		'within 5.0 s'
	],
	[
		'TCP black hole by name',
		{ ...TCP, ...NAME, code: 701, text: 'Failed to establish connection', elapsedMs: 98 },
		'tcp-no-answer',
		'unreachable',
		'5.0 s'
	],
	[
		'TCP refused late, so the event is of the last attempt',
		{ ...TCP, ...NAME, code: 701, text: 'Failed to establish connection', elapsedMs: 3000 },
		'tcp-refused',
		'unreachable',
		'3.0 s'
	]
];

describe('explainError', () => {
	test.each(CASES)('explains: %s', (_, facts, rule, state, sentence) => {
		const explained = explainError({
			...UDP,
			waitedMs: facts.elapsedMs && facts.endedBy ? facts.elapsedMs : UDP.waitedMs,
			...facts
		});
		expect([explained.rule, explained.state]).toEqual([rule, state]);
		const text = inEnglish(explained);
		if (typeof sentence === 'string') expect(text).toContain(sentence);
		else expect(text).toMatch(sentence);
		expect(text).not.toMatch(/undefined|null|NaN/);
		expect(inEnglish(explained.nextStep)).toMatch(/\.$|PORT$/);
	});

	test('every rule is hit by a case', () => {
		expect(ERROR_RULES.map(({ id }) => id).filter((id) => !CASES.some(([, , rule]) => rule === id))).toEqual([]);
	});

	test('ids are kebab-case and used once', () => {
		const ids = ERROR_RULES.map(({ id }) => id);
		expect(ids.filter((id, i) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || ids.indexOf(id) !== i)).toEqual([]);
	});
});

describe('mostTelling', () => {
	const event = (url: string, errorCode: number, errorText = '', address: string | null = '0.0.0.x') => ({
		url,
		errorCode,
		errorText,
		address
	});
	const stunTimeout = event('stun:203.0.113.7:3478', 701, 'STUN binding request timed out.');
	const stunCut = event('stun:203.0.113.7:3478', 3, 'Forbidden');
	const refused = event('turn:203.0.113.7:3478?transport=udp', 401, 'Unauthorized.');
	const lookupV6 = event('stun:a.example:3478', 701, 'STUN host lookup received error.', '[0:0:0:x:x:x:x:x]');
	const timeoutV4 = event('stun:a.example:3478', 701, 'STUN binding request timed out.');

	test.each([
		['nothing', 'turn:203.0.113.7:3478', [], null],
		['the login failure, not the implied STUN server', 'turn:203.0.113.7:3478', [stunCut, stunTimeout, refused], refused],
		['the only one there is', 'turn:203.0.113.7:3478', [stunTimeout], stunTimeout],
		['the family that this device has', 'stun:a.example', [lookupV6, timeoutV4], timeoutV4]
	])('picks %s', (_, url, events, expected) => {
		expect(mostTelling(url, events)).toBe(expected);
	});
});
