import { describe, expect, test } from 'vitest';
import { describeIceUrl, formatIceUrl, parseIceUrl, type IceUrl } from './uri';
import { urlFaultText } from './uri-fault';

type Short = Partial<IceUrl> & { same?: false };

// [text, the fields that matter]; every text but those with `same: false` comes back unchanged from formatIceUrl.
const ACCEPTED: [string, Short][] = [
	[
		'stun:stun.example.org',
		{ scheme: 'stun', host: 'stun.example.org', hostKind: 'name', port: 3478, transport: 'udp', explicitPort: false }
	],
	['stun:192.0.2.1:19302', { hostKind: 'ipv4', port: 19302, explicitPort: true, explicitTransport: null }],
	['stun:[2001:db8::1]', { host: '2001:db8::1', hostKind: 'ipv6', port: 3478 }],
	['stun:[2001:db8::1]:3478', { host: '2001:db8::1', port: 3478, explicitPort: true }],
	['stuns:example.org', { port: 5349, transport: 'tls' }],
	['turn:example.org', { port: 3478, transport: 'udp', explicitTransport: null }],
	['turn:example.org?transport=udp', { transport: 'udp', explicitTransport: 'udp' }],
	['turn:example.org:443?transport=tcp', { port: 443, transport: 'tcp', explicitTransport: 'tcp' }],
	['turns:example.org', { port: 5349, transport: 'tls' }],
	['turns:example.org:443?transport=tcp', { transport: 'tls', explicitTransport: 'tcp' }],
	['turns:example.org?transport=udp', { transport: 'tls', explicitTransport: 'udp' }],
	['turn:localhost:1', { host: 'localhost', port: 1 }],
	['turn:a_b.example:65535', { host: 'a_b.example', port: 65535 }],
	['turn:example.org.', { host: 'example.org.' }],
	['turn:xn--bcher-kva.example', { hostKind: 'name' }],
	['STUN:Stun.Example.ORG', { scheme: 'stun', host: 'stun.example.org', same: false }],
	['turn:example.org?TRANSPORT=TCP', { transport: 'tcp', same: false }],
	['turn:[2001:DB8:0:0::1]', { host: '2001:db8::1', same: false }],
	['turn:example.org:0443', { port: 443, same: false }]
];

// [text, code, what the sentence must say]
const REFUSED: [string, string, string][] = [
	['', 'empty', 'stun:'],
	['   ', 'empty', 'empty'],
	[' stun:example.org', 'character', 'space'],
	['stun:example.org\n', 'character', 'line break'],
	['stun:exa\0mple.org', 'character', 'control'],
	['stun:example.org?transport=udp', 'stun-transport', 'Write stun:example.org.'],
	['stuns:example.org?transport=tcp', 'stun-transport', 'Write stuns:example.org.'],
	['turn:example.org?transport=tls', 'transport', 'turns:example.org?transport=tcp'],
	['turn:example.org?transport=sctp', 'transport', 'transport=sctp'],
	['turn:example.org?transport=', 'transport', '?transport=udp'],
	['turn:example.org?proto=udp', 'query', 'proto=udp'],
	['turn:example.org?', 'query', '?transport=udp'],
	['turn:alice@example.org', 'user-info', 'Write turn:example.org and give username'],
	['turn:alice:secret@example.org:3478', 'user-info', 'turn:example.org:3478'],
	['stun:2001:db8::1', 'ipv6-brackets', '[2001:db8::1]'],
	['stun:::1', 'ipv6-brackets', 'brackets'],
	['stun:stun:example.org:3478', 'host', 'more than one colon'],
	['stun:[fe80::1%eth0]', 'zone', '%'],
	['stun:[2001:db8::1', 'host', 'bracket'],
	['stun:[2001:db8::1]3478', 'host', 'colon'],
	['stun:[192.0.2.1]', 'ipv6', '192.0.2.1'],
	['stun:example.org:0', 'port', 'Port 0'],
	['stun:example.org:65536', 'port', '65536'],
	['stun:example.org:99999999999999999999', 'port', '1 to 65535'],
	['stun:example.org:', 'port', '3478'],
	['turns:example.org:abc', 'port', '5349'],
	['stun:', 'host-missing', 'no host'],
	['turn::3478', 'host-missing', 'no host'],
	['turn:?transport=udp', 'host-missing', 'no host'],
	['http://example.org', 'scheme', 'web address'],
	['https://example.org:3478', 'scheme', 'stun:'],
	['sip:example.org', 'scheme', 'sip:'],
	['turn://example.org:3478', 'slashes', 'Write turn:example.org:3478.'],
	['turn:example.org/', 'path', 'Write turn:example.org.'],
	['turn:example.org#top', 'fragment', '#top'],
	['stun.example.org', 'no-scheme', 'stun:stun.example.org'],
	['stun.example.org:3478', 'no-scheme', 'stun:stun.example.org:3478'],
	['localhost:3478', 'no-scheme', 'turn:localhost:3478'],
	['192.0.2.1:3478', 'no-scheme', 'stun:192.0.2.1:3478'],
	['stun:256.0.0.1', 'ipv4', '256.0.0.1'],
	['stun:1.2.3', 'ipv4', '0 to 255'],
	['stun:192.0.2.01', 'ipv4', '192.0.2.01'],
	['stun:exa mple.org', 'character', 'space'],
	['stun:-bad.example', 'host', 'hyphens'],
	['stun:a..b', 'host', 'two dots'],
	['stun:bücher.example', 'host', 'punycode'],
	[`stun:${'a'.repeat(64)}.example`, 'host', 'host name'],
	[`stun:${'a.'.repeat(130)}a`, 'host', 'host name']
];

describe('parseIceUrl', () => {
	test.each(ACCEPTED)('reads %j', (text, { same, ...expected }) => {
		const parsed = parseIceUrl(text);
		if (!parsed.ok) throw new Error(urlFaultText(parsed.error));
		expect(parsed.value).toMatchObject(expected);
		if (same !== false) expect(formatIceUrl(parsed.value)).toBe(text);
		expect(parseIceUrl(formatIceUrl(parsed.value))).toEqual(parsed);
	});

	test.each(REFUSED)('refuses %j (%s)', (text, code, says) => {
		const parsed = parseIceUrl(text);
		if (parsed.ok) throw new Error(`accepted as ${JSON.stringify(parsed.value)}`);
		expect(parsed.error.code).toBe(code);
		expect(urlFaultText(parsed.error)).toContain(says);
		expect(urlFaultText(parsed.error)).toMatch(/\.$/);
		expect(urlFaultText(parsed.error)).not.toContain('secret');
	});
});

test('describeIceUrl names the transport and puts IPv6 into brackets', () => {
	const parsed = parseIceUrl('turns:[2001:db8::1]');
	expect(parsed.ok && describeIceUrl(parsed.value)).toBe('tls [2001:db8::1]:5349');
});

test('formatIceUrl writes the transport of a URL that was put together from parts', () => {
	const parsed = parseIceUrl('turn:example.org');
	expect(parsed.ok && formatIceUrl({ ...parsed.value, transport: 'tcp' })).toBe('turn:example.org?transport=tcp');
});
