import { describe, expect, test } from 'vitest';
import { embeddedIceServers, hostOf, isLoopback, withCredential, type EmbeddedServer } from './ice-servers';

const fresh = { username: '1:a', credential: 'pw' };
const LOCAL: EmbeddedServer = {
	addresses: [],
	boundTo: 'loopback',
	port: 3478,
	alternatePort: null,
	tlsPort: null,
	relays: true
};

describe('embeddedIceServers', () => {
	test.each([
		['a local visitor', LOCAL, '127.0.0.1:8478', '127.0.0.1'],
		['localhost by name', LOCAL, 'localhost:8478', '127.0.0.1'],
		['a local visitor by IPv6', LOCAL, '[::1]:8478', '[::1]'],
		['no host at all', LOCAL, null, '127.0.0.1'],
		['a tunnel to a server that only listens on the loopback', LOCAL, 'icelens.example.org', '127.0.0.1'],
		['every interface, by name', { ...LOCAL, boundTo: null }, 'Icelens.Example.org:80', 'icelens.example.org'],
		['every interface, by address', { ...LOCAL, boundTo: null }, '192.168.1.5:8478', '192.168.1.5'],
		['every interface, by IPv6 address', { ...LOCAL, boundTo: null }, '[2001:DB8:0::5]', '[2001:db8::5]'],
		['one address', { ...LOCAL, boundTo: '192.168.1.5' }, 'nas.lan:8478', '192.168.1.5'],
		['one IPv6 address', { ...LOCAL, boundTo: '2001:db8::5' }, 'nas.lan:8478', '[2001:db8::5]'],
		['the public address', { ...LOCAL, boundTo: null, addresses: ['203.0.113.7'] }, 'localhost', '203.0.113.7'],
		['a host header that is none', { ...LOCAL, boundTo: null }, 'a"b:c/d', '127.0.0.1']
	] as [string, EmbeddedServer, string | null, string][])('%s is sent to the right address', (_, embedded, host, expected) => {
		expect(embeddedIceServers(embedded, host, fresh)).toEqual([
			{ urls: [`stun:${expected}:3478`] },
			{ urls: [`turn:${expected}:3478?transport=udp`, `turn:${expected}:3478?transport=tcp`], ...fresh }
		]);
	});

	test('second address and second port are more observers; one address relays', () => {
		const two = { ...LOCAL, addresses: ['203.0.113.7', '203.0.113.8'], alternatePort: 3479, tlsPort: 443 };
		expect(embeddedIceServers(two, null, fresh)).toEqual([
			{ urls: ['stun:203.0.113.7:3478', 'stun:203.0.113.7:3479', 'stun:203.0.113.8:3478', 'stun:203.0.113.8:3479'] },
			{
				urls: [
					'turn:203.0.113.7:3478?transport=udp',
					'turn:203.0.113.7:3478?transport=tcp',
					'turns:203.0.113.7:443?transport=tcp'
				],
				...fresh
			}
		]);
	});

	test('without relaying there is STUN, and no credential in sight', () => {
		expect(embeddedIceServers({ ...LOCAL, relays: false }, null, fresh)).toEqual([{ urls: ['stun:127.0.0.1:3478'] }]);
	});
});

test('only TURN servers without a credential of their own get one', () => {
	const given = [
		{ urls: ['stun:stun.example.org'] },
		{ urls: ['turn:a.example.org'] },
		{ urls: ['TURNS:b.example.org'] },
		{ urls: ['turn:c.example.org'], username: 'me', credential: 'mine' }
	];
	expect(withCredential(given, fresh)).toEqual([
		given[0],
		{ urls: ['turn:a.example.org'], ...fresh },
		{ urls: ['TURNS:b.example.org'], ...fresh },
		given[3]
	]);
});

test.each([
	['example.org:80', 'example.org'],
	['127.0.0.1', '127.0.0.1'],
	['[::1]:8478', '[::1]'],
	['', null],
	['a b', null],
	['a/b', null],
	['a?transport=tcp', null],
	[null, null]
])('the host of %s is %s', (header, host) => {
	expect(hostOf(header)).toBe(host);
});

test.each([
	['127.0.0.1', true],
	['127.9.9.9', true],
	['::1', true],
	['LocalHost', true],
	['0.0.0.0', false],
	['192.168.1.5', false],
	['example.org', false]
])('%s is loopback: %s', (host, expected) => {
	expect(isLoopback(host)).toBe(expected);
});
