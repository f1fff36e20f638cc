import { describe, expect, test } from 'vitest';
import { scopeOfText } from './ip';
import { makePseudonyms } from './pseudonyms';

describe('addresses', () => {
	test('share networks as the originals do, and keep family and scope', () => {
		const { address } = makePseudonyms();
		const of = [
			['8.8.8.8', '203.0.113.1'],
			['8.8.8.9', '203.0.113.2'],
			// Another /27 of the same /24.
			['8.8.8.77', '203.0.113.33'],
			['1.1.1.1', '198.51.100.1'],
			['8.8.8.8', '203.0.113.1'],
			['9.9.9.9', '192.0.2.1'],
			// Only three documentation networks exist: the fourth shares the last one.
			['5.5.5.5', '192.0.2.33'],
			['192.168.1.7', '10.0.0.1'],
			['192.168.1.8', '10.0.0.2'],
			['10.4.4.4', '10.0.1.1'],
			['100.64.9.9', '100.64.0.1'],
			['169.254.7.7', '169.254.0.1'],
			['2606:4700::1111', '2001:db8::1'],
			['2606:4700:0:5::1111', '2001:db8:0:1::1'],
			['2a00:1450::5', '2001:db8:1::1'],
			['fdaa:bbcc:dd::7', 'fd00::1'],
			['fe80::1234:5678', 'fe80::1'],
			['fe80::1234:5678%enp3s0', 'fe80::1%zone1'],
			['::ffff:8.8.8.8', '::ffff:cb00:7101'],
			['64:ff9b::808:808', '64:ff9b::cb00:7101'],
			['[2606:4700::1111]', '[2001:db8::1]']
		] as const;
		for (const [original, expected] of of) expect([original, address(original)]).toEqual([original, expected]);
	});

	test.each(['127.0.0.1', '0.0.0.0', '::', '::1', '255.255.255.255', '224.0.0.251', 'ff02::fb', 'not an address', ''])(
		'%s stays',
		(text) => expect(makePseudonyms().address(text)).toBe(text)
	);

	test('what a browser masked goes with its network', () => {
		const { address, endpoint, host } = makePseudonyms();
		expect(address('192.168.7.9')).toBe('10.0.0.1');
		expect(address('192.168.7.x')).toBe('10.0.0.x');
		expect(endpoint('[2606:4700:0:x:x:x:x:x]:4000')).toBe('[2001:db8:0:x:x:x:x:x]:4000');
		// The wildcard socket of a page without permission: it is no host's name.
		expect(host('[0:0:0:x:x:x:x:x]')).toBe('[0:0:0:x:x:x:x:x]');
		expect(address('2606:4700::9')).toBe('2001:db8::1');
	});

	test('many addresses of many networks stay apart, and so do their scopes', () => {
		const { address } = makePseudonyms();
		const originals = Array.from({ length: 3000 }, (_, i) => [
			`8.${i >> 8}.${i & 255}.5`,
			`192.168.${i % 250}.${i >> 4}`,
			`2a0${i % 10}:${(i >> 4).toString(16)}::${i.toString(16)}`
		]).flat();
		const distinct = [...new Set(originals)];
		const made = distinct.map(address);
		expect(new Set(made).size).toBe(distinct.length);
		distinct.slice(0, 300).forEach((original, i) => {
			expect(made[i]!.includes(':')).toBe(original.includes(':'));
			const scope = scopeOfText(original);
			expect(scopeOfText(made[i]!)).toBe(scope === 'global' ? 'documentation' : scope);
		});
	});
});

test('a full network overflows without two addresses becoming one', () => {
	const { address } = makePseudonyms();
	const originals = Array.from({ length: 1200 }, (_, i) => `8.8.${i % 5}.${i % 256}`);
	const distinct = [...new Set(originals)];
	expect(new Set(distinct.map(address)).size).toBe(distinct.length);
	expect(address('8.8.8.8')).not.toBe(address('::ffff:8.8.8.8'));
});

test('names and endpoints are replaced, the same one by the same', () => {
	const { host, endpoint } = makePseudonyms();
	expect(host('turn.corp.test')).toBe('host-1.example');
	expect(host('TURN.corp.test.')).toBe('host-1.example');
	expect(host('stun.corp.test')).toBe('host-2.example');
	expect(host('localhost')).toBe('localhost');
	expect(host('7b0f3e4c-9e5a-4f7e-8f5b-0a1b2c3d4e5f.local')).toBe('00000000-0000-4000-8000-000000000001.local');
	expect(host('printer.local')).toBe('host-2.local');
	expect(endpoint('turn.corp.test:3478')).toBe('host-1.example:3478');
	expect(endpoint('[2a00::1]:5')).toBe('[2001:db8::1]:5');
	expect(endpoint('8.8.8.8:99')).toBe('203.0.113.1:99');
});

describe('credentials keep their shape', () => {
	test('user fragments and passwords keep their length', () => {
		const { ufrag, password, username } = makePseudonyms();
		expect(ufrag('4ZcD')).toBe('u001');
		expect(ufrag('9b36')).toBe('u002');
		expect(ufrag('4ZcD')).toBe('u001');
		expect(ufrag('abc_d-ef')).toBe('u00_0-03');
		expect(ufrag('a')).toBe('4');
		expect(password('2/1muCWoOi3uLifh0NuRHlgk')).toBe(`p${'0'.repeat(22)}1`);
		expect(username('1789000000:alice')).toBe('1789000000:user-1');
		expect(username('alice')).toBe('user-1');
		expect(username('')).toBe('');
	});

	test('short ones stay apart all the same', () => {
		const { ufrag } = makePseudonyms();
		const inputs = Array.from({ length: 900 }, (_, i) => (i + 4000).toString(36).slice(-2));
		const distinct = [...new Set([...inputs, 'a', 'b', '', '-'])];
		expect(new Set(distinct.map(ufrag)).size).toBe(distinct.length);
	});

	test('fingerprints keep length and case', () => {
		const { fingerprint } = makePseudonyms();
		expect(fingerprint('12:DF:3E:5D')).toBe('A0:00:00:01');
		expect(fingerprint('12:df:3e:5d')).toBe('a0:00:00:02');
		expect(fingerprint('')).toBe('A3');
	});
});

test('counts what was replaced', () => {
	const pseudonyms = makePseudonyms();
	for (const text of ['8.8.8.8', '8.8.8.8', '1.1.1.1', 'a.test', '127.0.0.1']) pseudonyms.host(text);
	expect(pseudonyms.named('page', 'https://x.test/')).toBe('page-1');
	expect(pseudonyms.counts()).toEqual({ address: 2, host: 1, page: 1 });
});
