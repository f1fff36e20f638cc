import { describe, expect, test } from 'vitest';
import { formatEndpoint, formatIp, isOutside, parseIp, sameIp, scopeOf, scopeOfText, unmapIpv4 } from './ip';

describe('parseIp and formatIp', () => {
	test.each([
		['203.0.113.7', '203.0.113.7'],
		['0.0.0.0', '0.0.0.0'],
		['::', '::'],
		['::1', '::1'],
		['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
		['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
		['[2001:db8::7]', '2001:db8::7'],
		['::ffff:192.0.2.1', '::ffff:c000:201'],
		['1:0:0:0:0:0:0:0', '1::']
	])('%s is written %s', (text, canonical) => {
		const address = parseIp(text);
		expect(address && formatIp(address)).toBe(canonical);
	});

	test.each([
		'',
		'1.2.3',
		'1.2.3.256',
		'01.2.3.4',
		'1.2.3.4.5',
		'[1.2.3.4]',
		':',
		':::',
		'1::2::3',
		'12345::',
		'1:2:3:4:5:6:7',
		'1:2:3:4:5:6:7:8::',
		'fe80::1%eth0',
		'host.example',
		'1.2.3.4::'
	])('%s is not an address', (text) => expect(parseIp(text)).toBeNull());
});

test.each([
	['0.0.0.0', 'unspecified'],
	['10.1.2.3', 'private'],
	['100.64.0.1', 'carrier-grade'],
	['100.128.0.1', 'global'],
	['127.9.9.9', 'loopback'],
	['169.254.169.254', 'link-local'],
	['172.31.255.255', 'private'],
	['172.32.0.0', 'global'],
	['192.0.2.1', 'documentation'],
	['224.0.0.1', 'multicast'],
	['255.255.255.255', 'broadcast'],
	['250.0.0.1', 'reserved'],
	['8.8.8.8', 'global'],
	['::', 'unspecified'],
	['::1', 'loopback'],
	['::ffff:127.0.0.1', 'loopback'],
	['64:ff9b::808:808', 'nat64'],
	['2001:db8::1', 'documentation'],
	['fd00::1', 'private'],
	['fe80::1', 'link-local'],
	['ff02::1', 'multicast'],
	['2606:4700::1111', 'global']
])('the scope of %s is %s', (text, scope) => {
	expect(scopeOf(parseIp(text)!)).toBe(scope);
	expect(scopeOfText(text)).toBe(scope);
});

test('documentation addresses stand for global ones, private ones never do', () => {
	expect(isOutside('documentation')).toBe(true);
	expect(isOutside('carrier-grade')).toBe(false);
	expect(isOutside(scopeOfText('a-name.local'))).toBe(false);
});

test('endpoints put IPv6 in brackets once', () => {
	expect(formatEndpoint('192.0.2.1', 3478)).toBe('192.0.2.1:3478');
	expect(formatEndpoint('2001:db8::1', 3478)).toBe('[2001:db8::1]:3478');
	expect(formatEndpoint('[2001:db8::1]', 3478)).toBe('[2001:db8::1]:3478');
});

test('an IPv4-mapped address is the IPv4 address', () => {
	expect(sameIp(unmapIpv4(parseIp('::ffff:192.0.2.1')!), parseIp('192.0.2.1')!)).toBe(true);
});
