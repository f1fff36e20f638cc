import { describe, expect, test } from 'vitest';
import { baseOf, familyOf, familyOfError, iceUrl, isShown, networkIdOf, samePlace, spokenTransport } from './candidates';
import type { CandidateRecord, Gathered } from './observation';

const candidate = (more: Partial<CandidateRecord>): CandidateRecord => ({
	atMs: 0,
	candidate: '',
	type: 'srflx',
	protocol: 'udp',
	address: null,
	port: 1,
	foundation: '',
	component: 1,
	priority: 0,
	relatedAddress: null,
	relatedPort: null,
	tcpType: null,
	url: null,
	relayProtocol: null,
	...more
});

test.each<[Partial<CandidateRecord>, string]>([
	[{ address: '192.0.2.1' }, 'ipv4'],
	[{ address: '[2001:db8::1]' }, 'ipv6'],
	[{ address: '2001:db8::1', relatedAddress: '192.0.2.1' }, 'ipv6'],
	[{ address: '0f2c.local' }, 'unknown'],
	[{ address: '0f2c.local', relatedAddress: '192.0.2.1' }, 'ipv4'],
	[{ address: null, relatedAddress: '::' }, 'ipv6'],
	[{}, 'unknown']
])('the family of %j is %s', (more, family) => expect(familyOf(candidate(more))).toBe(family));

test.each<[string | null, string]>([
	['192.168.1.x', 'ipv4'],
	['0.0.0.x', 'ipv4'],
	['[0:0:0:x:x:x:x:x]', 'ipv6'],
	['2001:db8::1', 'ipv6'],
	['', 'unknown'],
	[null, 'unknown'],
	['lan.local', 'unknown']
])('the family of an error at %j is %s', (address, family) => {
	expect(familyOfError({ atMs: 0, url: '', errorCode: 701, errorText: '', address, port: null })).toBe(family);
});

describe('the local end', () => {
	test('is known where the browser shows it', () => {
		expect(baseOf(candidate({ relatedAddress: '192.168.1.2', relatedPort: 5000 }))).toEqual({
			address: '192.168.1.2',
			port: 5000
		});
	});

	test.each([
		{ relatedAddress: '0.0.0.0', relatedPort: 0 },
		{ relatedAddress: '0.0.0.0', relatedPort: 9 },
		{ relatedAddress: '::', relatedPort: 0 },
		{ relatedAddress: '192.168.1.2', relatedPort: 0 },
		{ relatedAddress: 'x.local', relatedPort: 5000 },
		{ relatedAddress: null, relatedPort: null }
	])('is hidden in %j', (more) => expect(baseOf(candidate(more))).toBeNull());
});

test('reads the network that Chromium names', () => {
	expect(networkIdOf(candidate({ candidate: 'candidate:1 1 udp 1 192.0.2.1 5 typ host network-id 3 network-cost 10' }))).toBe(
		'3'
	);
	expect(networkIdOf(candidate({ candidate: 'candidate:1 1 udp 1 192.0.2.1 5 typ host network-cost 999' }))).toBeNull();
});

test('an address is shown where it is one, and not a name', () => {
	expect([isShown('192.0.2.1'), isShown('x.local'), isShown(''), isShown(null)]).toEqual([true, false, false, false]);
});

test.each<[string, string, boolean]>([
	['stun:192.0.2.1', 'turn:192.0.2.1:3478?transport=udp', true],
	['stun:stun.example.org', 'stun:stun.example.org.:3478', true],
	['stun:192.0.2.1', 'stun:192.0.2.1:3479', false],
	['stun:192.0.2.1', 'stun:192.0.2.2', false]
])('%s and %s are one place: %s', (a, b, same) => expect(samePlace(iceUrl(a)!, iceUrl(b)!)).toBe(same));

test('stuns: is UDP in Chromium only', () => {
	const in_ = (engine: Gathered['engine']): Gathered => ({
		engine,
		candidates: [],
		errors: [],
		completeMs: null,
		endedBy: 'deadline'
	});
	const url = iceUrl('stuns:stun.example.org')!;
	expect([spokenTransport(url, in_('chromium')), spokenTransport(url, in_('firefox')), spokenTransport(url, null)]).toEqual([
		'udp',
		'tls',
		'tls'
	]);
});
