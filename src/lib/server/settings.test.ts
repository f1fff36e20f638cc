import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeCertificate } from './certificate';
import { readSettings, SETTINGS } from './settings';

const folder = mkdtempSync(join(tmpdir(), 'icelens-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function valueOf(env: Record<string, string>) {
	const read = readSettings(env);
	if (!read.ok) throw new Error(read.error.message);
	return read.value;
}

describe('readSettings', () => {
	test('gives the defaults for an empty environment: loopback only, no secret, the embedded server', () => {
		expect(valueOf({})).toEqual({
			host: '127.0.0.1',
			port: 8478,
			stunPort: 3478,
			tlsPort: 5349,
			tlsCert: null,
			tlsKey: null,
			addresses: [],
			iceServers: null,
			turnSecret: null,
			turn: true,
			relayMbit: 20,
			relayTotalMbit: 500,
			hosts: [],
			origin: null,
			addressHeader: null,
			proxies: 1,
			partner: null,
			partnerSecret: null
		});
	});

	test('takes an empty variable for one that is not set', () => {
		expect(valueOf({ PORT: '', ICELENS_TURN: ' ' })).toEqual(valueOf({}));
	});

	test.each([
		['HOST', '0.0.0.0', { host: '0.0.0.0' }],
		['HOST', '::1', { host: '::1' }],
		['HOST', 'localhost', { host: 'localhost' }],
		['PORT', '0', { port: 0 }],
		['PORT', ' 65535 ', { port: 65535 }],
		['ICELENS_STUN_PORT', '3479', { stunPort: 3479 }],
		['ICELENS_TLS_PORT', '443', { tlsPort: 443 }],
		['ICELENS_ADDRESSES', '203.0.113.7', { addresses: ['203.0.113.7'] }],
		['ICELENS_ADDRESSES', '203.0.113.7, 203.0.113.8', { addresses: ['203.0.113.7', '203.0.113.8'] }],
		['ICELENS_ADDRESSES', '203.0.113.7 2001:DB8::7', { addresses: ['203.0.113.7', '2001:db8::7'] }],
		['ICELENS_ICE_SERVERS', '[{"urls":"stun:stun.example.org"}]', { iceServers: [{ urls: ['stun:stun.example.org'] }] }],
		['ICELENS_TURN_SECRET', 'sixteen-letters!', { turnSecret: 'sixteen-letters!' }],
		['ICELENS_TURN', 'off', { turn: false }],
		['ICELENS_TURN', 'on', { turn: true }],
		['ICELENS_HOSTS', 'Icelens.lan, *.example.org', { hosts: ['icelens.lan', '*.example.org'] }],
		['ORIGIN', 'https://Icelens.example.org/', { origin: 'https://icelens.example.org' }],
		['ADDRESS_HEADER', 'X-Forwarded-For', { addressHeader: 'x-forwarded-for' }],
		['XFF_DEPTH', '2', { proxies: 2 }],
		['ICELENS_RELAY_MBIT', '5', { relayMbit: 5 }],
		['ICELENS_RELAY_TOTAL_MBIT', '100000', { relayTotalMbit: 100_000 }]
	])('reads %s=%s', (name, text, expected) => {
		expect(valueOf({ [name]: text })).toMatchObject(expected);
	});

	test.each([
		['HOST', 'my host', /"my host" is not an IP address, or a host name/],
		['HOST', '1.2.3', /"1\.2\.3"/],
		['PORT', 'http', /"http" is not a port number from 0 to 65535/],
		['PORT', '65536', /"65536"/],
		['PORT', '-1', /"-1"/],
		['PORT', '80.5', /"80\.5"/],
		['ICELENS_STUN_PORT', '3478x', /"3478x"/],
		['ICELENS_TLS_PORT', 'off', /"off"/],
		['ICELENS_TLS_CERT', '/nowhere/cert.pem', /"\/nowhere\/cert\.pem" .*could not be read \(ENOENT\)/],
		['ICELENS_ADDRESSES', 'example.org', /"example\.org" is not an IP address/],
		['ICELENS_ADDRESSES', '0.0.0.0', /no address of a host/],
		['ICELENS_ADDRESSES', '192.0.2.1,192.0.2.1', /one or two IPv4/],
		['ICELENS_ADDRESSES', '192.0.2.1,192.0.2.2,192.0.2.3', /one or two IPv4/],
		['ICELENS_ADDRESSES', ',', /one or two IPv4/],
		['ICELENS_TURN', 'yes', /"yes" is not on or off/],
		['ICELENS_HOSTS', 'https://icelens.lan', /"https:\/\/icelens.lan" is not a host name/],
		['ICELENS_HOSTS', 'icelens.lan:8478', /is not a host name/],
		['ORIGIN', 'icelens.example.org', /is not the origin of the app/],
		['ORIGIN', 'https://icelens.example.org/app', /without a path/],
		['ADDRESS_HEADER', 'x forwarded', /is not the name of a header/],
		['XFF_DEPTH', '0', /is not a number from 1 to 20/],
		['ICELENS_RELAY_MBIT', '0', /"0" is not a number of Mbit\/s from 1/],
		['ICELENS_RELAY_TOTAL_MBIT', '100001', /"100001" is not a number of Mbit\/s/],
		['ICELENS_PARTNER', 'icelens.example.org', /"icelens\.example\.org" is not the URL/],
		['ICELENS_PARTNER', 'ftp://icelens.example.org', /"ftp:/],
		['ICELENS_PARTNER', 'https://user@icelens.example.org', /without user name/],
		['ICELENS_PARTNER', 'https://icelens.example.org/?a=b', /without user name/]
	])('refuses %s=%s, naming the variable, the value and what is accepted', (name, text, sentence) => {
		const read = readSettings({ [name]: text });
		expect(read).toMatchObject({ ok: false, error: { code: 'bad-setting', where: name } });
		if (read.ok) return;
		expect(read.error.message.startsWith(`${name}: `)).toBe(true);
		expect(read.error.message).toMatch(sentence);
		expect(read.error.message).toContain(SETTINGS.find(({ variable }) => variable === name)!.accepts);
	});

	test.each([
		['ICELENS_TURN_SECRET', 'short-secret'],
		['ICELENS_PARTNER_SECRET', 'short-secret'],
		['ICELENS_ICE_SERVERS', '[{"urls":"turn:turn.example.org:99999","username":"u","credential":"hush-hush"}]']
	])('refuses a wrong %s without repeating its value', (name, text) => {
		const read = readSettings({ [name]: text });
		expect(read.ok).toBe(false);
		expect(JSON.stringify(read)).not.toMatch(/short-secret|hush-hush/);
	});

	test('requires a secret with a partner, and a partner with a secret', () => {
		const [partner, secret] = ['https://icelens.example.org/', 'sixteen-letters!'];
		expect(valueOf({ ICELENS_PARTNER: partner, ICELENS_PARTNER_SECRET: secret })).toMatchObject({
			partner: 'https://icelens.example.org',
			partnerSecret: secret
		});
		expect(readSettings({ ICELENS_PARTNER: partner })).toMatchObject({ error: { where: 'ICELENS_PARTNER_SECRET' } });
		expect(readSettings({ ICELENS_PARTNER_SECRET: secret })).toMatchObject({ error: { where: 'ICELENS_PARTNER' } });
	});

	test('requires the key with a certificate, and reads both', async () => {
		const { cert, key } = await makeCertificate(['turn.example.org']);
		const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
		writeFileSync(certFile, cert);
		writeFileSync(keyFile, key);
		expect(valueOf({ ICELENS_TLS_CERT: certFile, ICELENS_TLS_KEY: keyFile })).toMatchObject({ tlsCert: cert, tlsKey: key });
		expect(readSettings({ ICELENS_TLS_CERT: certFile })).toMatchObject({ ok: false, error: { where: 'ICELENS_TLS_KEY' } });
		expect(readSettings({ ICELENS_TLS_KEY: keyFile })).toMatchObject({ ok: false, error: { where: 'ICELENS_TLS_CERT' } });
		expect(readSettings({ ICELENS_TLS_CERT: keyFile, ICELENS_TLS_KEY: keyFile })).toMatchObject({ ok: false });
	});
});

test("the README's table lists the same settings", () => {
	const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
	for (const { variable, otherwise, meaning } of SETTINGS) {
		expect(readme).toContain(`| \`${variable}\` | ${otherwise} | ${meaning} |`);
	}
	const named = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map((match) => match[1]);
	expect(named.sort()).toEqual(SETTINGS.map(({ variable }) => variable).sort());
});
