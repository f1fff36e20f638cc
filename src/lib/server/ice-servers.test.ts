import { describe, expect, test } from 'vitest';
import { certifiedName, embeddedIceServers, hostOf, withCredential, type EmbeddedServer } from './ice-servers';

const fresh = { username: '1:a', credential: 'pw' };
const LOCAL: EmbeddedServer = {
	addresses: ['127.0.0.1', '::1'],
	named: false,
	port: 3478,
	alternatePort: null,
	tls: null,
	relays: true
};
const LAN = { ...LOCAL, addresses: ['192.168.1.5', '2001:db8::5'] };

describe('embeddedIceServers', () => {
	test.each([
		['a local visitor', LOCAL, '127.0.0.1:8478', '127.0.0.1'],
		['localhost by name', LOCAL, 'localhost:8478', '127.0.0.1'],
		['a local visitor by IPv6', LOCAL, '[::1]:8478', '[::1]'],
		['a local visitor by IPv6 where there is none', { ...LOCAL, addresses: ['127.0.0.1'] }, '[::1]:8478', '127.0.0.1'],
		['no host at all', LOCAL, null, '127.0.0.1'],
		['a tunnel to a server that only listens on the loopback', LOCAL, 'icelens.example.org', '127.0.0.1'],
		['a visitor by name', LAN, 'nas.lan:8478', '192.168.1.5'],
		['a visitor by IPv6', LAN, '[2001:DB8:0::5]:8478', '[2001:db8::5]'],
		['an address of IPv6 alone', { ...LAN, addresses: ['2001:db8::5'] }, 'nas.lan', '[2001:db8::5]'],
		['the public address', { ...LAN, named: true, addresses: ['203.0.113.7'] }, 'localhost', '203.0.113.7']
	] as [string, EmbeddedServer, string | null, string][])('%s is sent to the right address', (_, embedded, host, expected) => {
		expect(embeddedIceServers(embedded, host, fresh)).toEqual([
			{ urls: [`stun:${expected}:3478`] },
			{ urls: [`turn:${expected}:3478?transport=udp`, `turn:${expected}:3478?transport=tcp`], ...fresh }
		]);
	});

	test('offers all addresses that the operator named: each port for STUN, one of each family for TURN', () => {
		const named: EmbeddedServer = {
			addresses: ['203.0.113.7', '203.0.113.8', '2001:db8::7'],
			named: true,
			port: 3478,
			alternatePort: 3479,
			tls: { port: 443, names: ['turn.example.org'] },
			relays: true
		};
		const [stun, turn] = embeddedIceServers(named, null, fresh);
		expect(stun!.urls).toHaveLength(6);
		expect(stun!.urls).toContain('stun:203.0.113.8:3479');
		expect(turn).toEqual({
			urls: [
				'turn:203.0.113.7:3478?transport=udp',
				'turn:203.0.113.7:3478?transport=tcp',
				'turn:[2001:db8::7]:3478?transport=udp',
				'turn:[2001:db8::7]:3478?transport=tcp',
				'turns:turn.example.org:443?transport=tcp'
			],
			...fresh
		});
	});

	test('offers STUN without a credential where it does not relay', () => {
		expect(embeddedIceServers({ ...LOCAL, relays: false }, null, fresh)).toEqual([{ urls: ['stun:127.0.0.1:3478'] }]);
	});
});

test.each([
	[['turn.example.org', 'icelens.example.org'], 'icelens.example.org', 'icelens.example.org'],
	[['turn.example.org'], 'icelens.example.org', 'turn.example.org'],
	[['*.example.org'], 'icelens.example.org', 'icelens.example.org'],
	[['*.example.org'], 'a.b.example.org', null],
	[['*.example.org', 'example.org'], 'elsewhere.test', 'example.org'],
	[['turn.example.org'], null, 'turn.example.org'],
	[[], 'icelens.example.org', null]
])('for a certificate of %s and the request host %s, offers TLS under %s', (names, asked, expected) => {
	expect(certifiedName(names, asked)).toBe(expected);
});

test('adds a credential only to TURN servers without one', () => {
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
])('reads the host of %s as %s', (header, host) => {
	expect(hostOf(header)).toBe(host);
});
