import { describe, expect, test } from 'vitest';
import type { ParsedServers } from './parsed-servers';
import { formatServers, parseServers } from './server-config';

function read(text: string): ParsedServers {
	const result = parseServers(text);
	if (!result.ok) throw new Error(`${result.error.where}: ${result.error.message}`);
	return result.value;
}

const TURN = { urls: ['turn:turn.example.org'], username: 'u', credential: 'p' };
const STUN = { urls: ['stun:stun.example.org:3478'] };

describe('JSON and JavaScript', () => {
	test.each([
		['{"iceServers":[{"urls":["turn:turn.example.org"],"username":"u","credential":"p"}]}', 'rtc-configuration', [TURN]],
		[
			"const config = {\n  iceServers: [\n    { urls: 'stun:stun.example.org:3478' }, // public\n  ],\n};",
			'rtc-configuration',
			[STUN]
		],
		['let pc = new RTCPeerConnection({ iceServers: [{ urls: `stun:stun.example.org:3478` }] });', 'rtc-configuration', [STUN]],
		['this.config = { iceServers: [] }', 'rtc-configuration', []],
		["const c: RTCConfiguration = { iceServers: [{ url: 'stun:stun.example.org:3478' }] }", 'rtc-configuration', [STUN]],
		["export default { iceServers: [{ urls: 'stun:stun.example.org:3478' }] }", 'rtc-configuration', [STUN]],
		["iceServers: [{ urls: 'stun:stun.example.org:3478' }],", 'rtc-configuration', [STUN]],
		['"iceServers": [\n{ urls: \'stun:stun.example.org:3478\' }]\n}', 'rtc-configuration', [STUN]],
		[
			'{"v":{"iceServers":{"urls":["turn:turn.example.org"],"username":"u","credential":"p"}},"s":"ok"}',
			'rtc-configuration',
			[TURN]
		],
		[
			'{"username":"u","password":"p","ice_servers":[{"url":"turn:turn.example.org","urls":"turn:turn.example.org","username":"u","credential":"p"}]}',
			'rtc-configuration',
			[TURN]
		],
		["[{ urls: 'turn:turn.example.org', username: 'u', credential: 'p', credentialType: 'password' }]", 'ice-servers', [TURN]],
		["['stun:stun.example.org:3478']", 'ice-servers', [STUN]],
		["{ urls: ['turn:turn.example.org'], username: 'u', credential: 'p' }", 'ice-server', [TURN]],
		["urls: 'turn:turn.example.org', username: 'u', credential: 'p'", 'ice-server', [TURN]],
		['{"username":"u","password":"p","ttl":86400,"uris":["turn:turn.example.org"]}', 'turn-rest-answer', [TURN]],
		['\uFEFF[{"urls":"stun:stun.example.org:3478"}]\r\n', 'ice-servers', [STUN]]
	])('reads %s', (text, recognised, servers) => {
		expect(read(text)).toMatchObject({ recognised, servers, sharedSecret: null });
	});

	test('what is not a server is kept as an option or said to be left out', () => {
		const { options, notes } = read(
			"{ iceServers: [{ urls: 'stun:a', url: 'stun:b', region: 'eu', credentialType: 'oauth' }], iceTransportPolicy: 'relay', iceCandidatePoolSize: 4, bundlePolicy: 'max-bundle', sdpSemantics: 'plan-b' }\nstart(config);"
		);
		expect(options).toEqual({ iceTransportPolicy: 'relay', iceCandidatePoolSize: 4, bundlePolicy: 'max-bundle' });
		expect(notes).toEqual([
			'iceTransportPolicy: relay.',
			'iceCandidatePoolSize: 4.',
			'bundlePolicy: max-bundle.',
			'sdpSemantics was left out: it changes nothing in this check.',
			'iceServers[0].url was left out, since iceServers[0].urls stands beside it.',
			'iceServers[0].region was left out: servers have no such field.',
			'iceServers[0].credentialType “oauth” was left out: browsers know passwords only.',
			'The text from line 2, column 1 on was not read: it stands behind the servers.'
		]);
	});

	test('aliases, wrappers and lifetimes are said', () => {
		expect(read('{"username":"u","password":"p","ttl":60,"uris":["turn:a"]}').notes).toEqual([
			'uris was read as urls, its name in browsers.',
			'password was read as credential, its name in browsers.',
			'The credential is good for 60 s after it was made (ttl).'
		]);
		expect(read('{"v":{"iceServers":{"urls":"stun:a"}}}').notes).toEqual([
			'The servers were found under v; what stands around them was left out.',
			'v.iceServers is one object here; browsers want an array, so it was put into one.'
		]);
		expect(read("['stun:a']").notes).toEqual([
			'iceServers[0] is a bare address; browsers want { urls: … }, so it was put into one.'
		]);
	});

	test.each([
		['{"iceServers":[{"urls":[1]}]}', 'kind', 'iceServers[0].urls[0] (line 1, column 25)'],
		['{"iceServers":[{"urls":{}}]}', 'kind', 'iceServers[0].urls (line 1, column 24)'],
		['{"iceServers":[{"urls":[]}]}', 'no-urls', 'iceServers[0].urls (line 1, column 24)'],
		['{"iceServers":[{"username":"u"}]}', 'no-urls', 'iceServers[0] (line 1, column 16)'],
		['{"iceServers":[7]}', 'kind', 'iceServers[0] (line 1, column 16)'],
		['{"iceServers":"stun:a"}', 'kind', 'iceServers (line 1, column 15)'],
		["[{ urls: 'turn:a', username: 5 }]", 'kind', 'iceServers[0].username (line 1, column 30)'],
		["{ iceServers: [], iceTransportPolicy: 'public' }", 'option', 'iceTransportPolicy (line 1, column 39)'],
		['{ iceServers: [], iceCandidatePoolSize: -1 }', 'option', 'iceCandidatePoolSize (line 1, column 41)'],
		['{ "ice": [] }', 'no-servers', 'line 1, column 1'],
		["{ iceServers: [{ urls: 'turn:a',\n  credential: secret }] }", 'expression', 'line 2, column 15'],
		["{ iceServers: [{ urls: 'stun:a' }", 'unfinished', 'line 1, column 34']
	])('%s is refused as %s at %s', (text, code, where) => {
		const result = parseServers(text);
		expect(result.ok ? 'read' : [result.error.code, result.error.where]).toEqual([code, where]);
	});
});

describe('lines', () => {
	test.each([
		['stun:stun.example.org:3478', [STUN]],
		['# ours\n\nstun:stun.example.org:3478\n// theirs\nturn:turn.example.org [u:p]\n', [STUN, TURN]],
		['turn:turn.example.org u p', [TURN]],
		['turn:turn.example.org u:p', [TURN]],
		['- "turn:turn.example.org" [u:p]', [TURN]],
		['stun:stun.example.org:3478 [:]', [STUN]],
		[
			'turn:turn.example.org [1790000000:u:p:q]',
			[{ urls: ['turn:turn.example.org'], username: '1790000000:u', credential: 'p:q' }]
		],
		["'stun:a', 'stun:b',", [{ urls: ['stun:a', 'stun:b'] }]],
		// Kept as it is: the linter says what is wrong and mends it.
		['turn:u:p@turn.example.org:99999', [{ urls: ['turn:u:p@turn.example.org:99999'] }]]
	])('reads %j', (text, servers) => {
		expect(read(text)).toMatchObject({ recognised: 'url-lines', servers });
	});

	test.each([
		['stun:a\nturn.example.org:3478', 'no-scheme', 'line 2'],
		['https://example.org/turn', 'scheme', 'line 1'],
		['turn:a b c d', 'login', 'line 1'],
		['turn:a justuser', 'login', 'line 1'],
		['function () { return 1 }', 'unrecognised', 'line 1'],
		['TURN_SECRET=north', 'unrecognised', 'line 1'],
		['# only this', 'empty', undefined],
		[' \n ', 'empty', undefined],
		['stun:a '.repeat(40_000), 'too-long', undefined]
	])('%.40j is refused as %s at %s', (text, code, where) => {
		const result = parseServers(text);
		expect(result.ok ? 'read' : [result.error.code, result.error.where]).toEqual([code, where]);
		expect(JSON.stringify(result)).not.toContain('north');
	});
});

describe('turnutils_uclient', () => {
	test.each([
		['turnutils_uclient -u u -w p turn.example.org', [TURN], null],
		[
			'$ /usr/bin/turnutils_uclient -t -p 443 -y -n 100 -u u -w p \\\n  192.0.2.1',
			[{ urls: ['turn:192.0.2.1:443?transport=tcp'], username: 'u', credential: 'p' }],
			null
		],
		['turnutils_uclient -t -S -W "sec ret" -u u 2001:db8::1', [{ urls: ['turns:[2001:db8::1]?transport=tcp'] }], 'sec ret']
	])('reads %s', (text, servers, sharedSecret) => {
		expect(read(text)).toMatchObject({ recognised: 'turnutils-command', servers, sharedSecret });
	});

	test('fields that browsers do not know are named', () => {
		expect(read('turnutils_uclient -y -e 192.0.2.9 -y turn.example.org').notes[1]).toBe(
			'Left out, since browsers have nothing like it: -y -e.'
		);
		expect(read('turnutils_uclient -S turn.example.org').notes[1]).toContain('DTLS');
		expect(parseServers('turnutils_uclient -u u')).toMatchObject({ ok: false, error: { code: 'no-host' } });
	});
});

describe('coturn', () => {
	test('a usual configuration with a shared secret gives servers, the secret and notes without it', () => {
		const { servers, sharedSecret, notes } = read(
			[
				'# ours',
				'listening-port=3480',
				'tls-listening-port=443',
				'external-ip=203.0.113.7/192.168.1.7',
				'realm=turn.example.org',
				'use-auth-secret',
				'static-auth-secret="north"',
				'cert=/etc/cert.pem',
				'pkey=/etc/key.pem',
				'min-port=49152',
				'fingerprint',
				'no-such-option'
			].join('\n')
		);
		expect(servers).toEqual([
			{ urls: ['stun:203.0.113.7:3480'] },
			{
				urls: [
					'turn:203.0.113.7:3480?transport=udp',
					'turn:203.0.113.7:3480?transport=tcp',
					'turns:turn.example.org:443?transport=tcp'
				]
			}
		]);
		expect(sharedSecret).toBe('north');
		expect(notes).toEqual([
			'For TLS the name in realm (line 5) was taken: turn.example.org. It has to be the one in the certificate.',
			'Without meaning for browsers and left out: min-port and fingerprint.',
			'Not known as options of coturn and left out: no-such-option (line 12).'
		]);
		expect(notes.join()).not.toContain('north');
	});

	test.each([
		['listening-ip=192.0.2.1\nuser=u:p\nno-tcp\nno-tls', ['stun:192.0.2.1:3478', 'turn:192.0.2.1:3478?transport=udp'], 'u', null],
		[
			'listening-ip=0.0.0.0\nlistening-ip=2001:db8::1\nuser=u:p\nno-udp\nno-tls',
			['turn:[2001:db8::1]:3478?transport=tcp'],
			'u',
			null
		],
		[
			'listening-ip 192.0.2.1\nno-stun\nno-tls\nno-auth',
			['turn:192.0.2.1:3478?transport=udp', 'turn:192.0.2.1:3478?transport=tcp'],
			'any',
			'no-auth'
		],
		['listening-ip=192.0.2.1\nstun-only', ['stun:192.0.2.1:3478'], undefined, 'switches TURN off'],
		['listening-ip=192.0.2.1\nno-tcp\nno-udp\ncert=c\npkey=k', ['turns:192.0.2.1:5349?transport=tcp'], undefined, 'Firefox'],
		['listening-ip=192.0.2.1\nno-tcp\nsecure-stun', ['turn:192.0.2.1:3478?transport=udp'], undefined, 'secure-stun'],
		[
			'listening-ip=192.0.2.1\nno-tcp\nno-stun\nuser=u:0xabc\nuser=v:p',
			['turn:192.0.2.1:3478?transport=udp'],
			'v',
			'the first with a password'
		],
		[
			'listening-ip=192.0.2.1\nno-tcp\nno-stun\nuser=u:0xabc',
			['turn:192.0.2.1:3478?transport=udp'],
			undefined,
			'Line 4 holds a key'
		],
		[
			'listening-ip=192.0.2.1\nno-tcp\nno-stun\nuserdb=/var/db/turndb',
			['turn:192.0.2.1:3478?transport=udp'],
			undefined,
			'in a database'
		],
		[
			'listening-ip=192.0.2.1\nno-tcp\nno-stun\nuse-auth-secret',
			['turn:192.0.2.1:3478?transport=udp'],
			undefined,
			'without static-auth-secret'
		],
		['listening-ip=192.0.2.1\nno-tcp\nno-stun\nno-udp-relay', ['turn:192.0.2.1:3478?transport=udp'], undefined, '442'],
		['realm=turn.example.org\nno-tcp\nno-stun', ['turn:turn.example.org:3478?transport=udp'], undefined, 'No address is given']
	])('%j gives its servers', (text, urls, username, note) => {
		const { servers, notes } = read(text);
		expect(servers.flatMap((server) => server.urls)).toEqual(urls);
		expect(servers.at(-1)!.username).toBe(username);
		if (note) expect(notes.join('\n')).toContain(note);
	});

	test.each([
		['use-auth-secret\nstatic-auth-secret=x', 'no-address', undefined],
		['listening-ip=192.0.2.1\nlistening-port=99999', 'port', 'line 2'],
		['external-ip=turn.example.org', 'external-ip', 'line 1'],
		['listening-ip=eth0', 'listening-ip', 'line 1'],
		['listening-ip=192.0.2.1\nno-udp\nno-tcp\nno-tls', 'serves-nothing', undefined]
	])('%j is refused as %s at %s', (text, code, where) => {
		const result = parseServers(text);
		expect(result.ok ? 'read' : [result.error.code, result.error.where]).toEqual([code, where]);
	});
});

test('servers written out are read back', () => {
	const servers = [STUN, { urls: ['turn:a', 'turns:b'], username: 'ü "q"', credential: '\\' }];
	expect(read(formatServers(servers)).servers).toEqual(servers);
	expect(formatServers([STUN])).toBe('[\n  {\n    "urls": [\n      "stun:stun.example.org:3478"\n    ]\n  }\n]');
});
