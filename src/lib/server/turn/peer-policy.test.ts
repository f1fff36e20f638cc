import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { makePeerPolicy, type PeerPolicyOptions } from './peer-policy';

const OUTSIDE = ['203.0.113.1', '2001:db8::1'];
const LOOPBACK = ['127.0.0.1', '::1'];
const HOME = ['192.168.1.10'];
/** Addresses of this host that the server does not serve, as of a VPN, and those of its partner. */
const OTHERS: PeerPolicyOptions = {
	ownAddresses: () => ['127.0.0.1', '198.51.100.77', '10.8.0.1', '2001:db8:7::1'],
	partnerAddresses: () => ['198.51.100.88']
};

// [served addresses, options, peer, verdict]
const CASES: [string[], PeerPolicyOptions, string, string][] = [
	[OUTSIDE, {}, '8.8.8.8', 'allowed'],
	[OUTSIDE, {}, '198.51.100.1', 'allowed'],
	[OUTSIDE, {}, '2606:4700::1', 'allowed'],
	[OUTSIDE, {}, '2001:db8::9', 'allowed'],
	[OUTSIDE, {}, '64:ff9b::808:808', 'allowed'],
	[OUTSIDE, {}, '203.0.113.1', 'own-relays'],
	[OUTSIDE, {}, '2001:db8::1', 'own-relays'],
	[OUTSIDE, {}, '127.0.0.1', 'refused'],
	[OUTSIDE, {}, '::1', 'refused'],
	[OUTSIDE, {}, '10.0.0.1', 'refused'],
	[OUTSIDE, {}, '172.31.255.255', 'refused'],
	[OUTSIDE, {}, '192.168.0.1', 'refused'],
	[OUTSIDE, {}, '169.254.169.254', 'refused'],
	[OUTSIDE, {}, '100.100.100.200', 'refused'],
	[OUTSIDE, {}, '168.63.129.16', 'refused'],
	[OUTSIDE, {}, '192.0.0.192', 'refused'],
	[OUTSIDE, {}, '0.0.0.0', 'refused'],
	[OUTSIDE, {}, '0.1.2.3', 'refused'],
	[OUTSIDE, {}, '224.0.0.1', 'refused'],
	[OUTSIDE, {}, '255.255.255.255', 'refused'],
	[OUTSIDE, {}, 'fd00:ec2::254', 'refused'],
	[OUTSIDE, {}, 'fe80::1', 'refused'],
	[OUTSIDE, {}, 'ff02::1', 'refused'],
	[OUTSIDE, {}, '::', 'refused'],
	[OUTSIDE, {}, '::ffff:8.8.8.8', 'refused'],
	[OUTSIDE, {}, '::ffff:127.0.0.1', 'refused'],
	[OUTSIDE, {}, '::7f00:1', 'refused'],
	[OUTSIDE, {}, '::a00:1', 'refused'],
	[OUTSIDE, {}, '64:ff9b::a9fe:a9fe', 'refused'],
	[OUTSIDE, {}, '64:ff9b::a00:1', 'refused'],
	[OUTSIDE, {}, '64:ff9b:1::808:808', 'refused'],
	[OUTSIDE, {}, '2002:a00:1::1', 'refused'],
	[OUTSIDE, {}, '2002:7f00:1::1', 'refused'],
	[OUTSIDE, {}, '2002:808:808::1', 'allowed'],
	[OUTSIDE, {}, '2001:0:808:808::1', 'refused'],
	[OUTSIDE, {}, 'example.org', 'refused'],
	[OUTSIDE, {}, '', 'refused'],
	[OUTSIDE, { allow: ['10.0.0.0/8', 'fd00::/8'] }, '10.0.0.1', 'allowed'],
	[OUTSIDE, { allow: ['10.0.0.0/8', 'fd00::/8'] }, 'fd00::7', 'allowed'],
	[OUTSIDE, { allow: ['10.0.0.0/8'] }, '11.0.0.1', 'allowed'],
	[OUTSIDE, { allow: ['10.0.0.0/8'] }, '192.168.0.1', 'refused'],
	[OUTSIDE, { allow: ['0.0.0.0/0'] }, '0.0.0.0', 'refused'],
	[OUTSIDE, { allow: ['0.0.0.0/0'] }, '224.0.0.1', 'refused'],
	[OUTSIDE, { allow: ['203.0.113.1'] }, '203.0.113.1', 'allowed'],
	[OUTSIDE, { allow: ['127.0.0.1'] }, '127.0.0.1', 'allowed'],
	[OUTSIDE, {}, '::ffff:0:8.8.8.8', 'refused'],
	[OUTSIDE, {}, '::ffff:0:127.0.0.1', 'refused'],
	[OUTSIDE, {}, '192.88.99.1', 'refused'],
	[OUTSIDE, {}, '2002:c058:6301::1', 'refused'],
	[OUTSIDE, {}, '2001:db8::5efe:10.0.0.1', 'refused'],
	[OUTSIDE, {}, '2001:db8::5efe:127.0.0.1', 'refused'],
	[OUTSIDE, {}, '2001:db8::200:5efe:192.168.0.1', 'refused'],
	[OUTSIDE, {}, '2001:db8::200:5efe:8.8.8.8', 'allowed'],
	[OUTSIDE, {}, '2001:db8::5efe:203.0.113.1', 'refused'],
	[OUTSIDE, {}, '64:ff9b::203.0.113.1', 'refused'],
	[OUTSIDE, {}, '5f00::1', 'refused'],
	[OUTSIDE, {}, '2001:20::1', 'refused'],
	[OUTSIDE, OTHERS, '198.51.100.77', 'own-relays'],
	[OUTSIDE, OTHERS, '10.8.0.1', 'own-relays'],
	[OUTSIDE, OTHERS, '2001:db8:7::1', 'own-relays'],
	[OUTSIDE, OTHERS, '64:ff9b::198.51.100.77', 'refused'],
	[OUTSIDE, OTHERS, '2002:c633:644d::1', 'refused'],
	[OUTSIDE, OTHERS, '198.51.100.88', 'partner-relays'],
	[OUTSIDE, { ...OTHERS, allow: ['10.8.0.0/24'] }, '10.8.0.1', 'allowed'],
	[LOOPBACK, {}, '127.0.0.1', 'own-relays'],
	[LOOPBACK, {}, '127.9.9.9', 'own-relays'],
	[LOOPBACK, {}, '::1', 'own-relays'],
	[LOOPBACK, { allow: ['127.0.0.0/8'] }, '127.0.0.1', 'allowed'],
	[LOOPBACK, {}, '::ffff:127.0.0.1', 'refused'],
	[LOOPBACK, {}, '192.168.1.1', 'refused'],
	[LOOPBACK, {}, '169.254.169.254', 'refused'],
	[HOME, {}, '192.168.1.10', 'own-relays'],
	[HOME, {}, '192.168.1.11', 'refused'],
	[HOME, {}, '127.0.0.1', 'refused'],
	[HOME, { allow: ['192.168.1.0/24'] }, '192.168.1.11', 'allowed'],
	[[...HOME, '127.0.0.1'], {}, '127.0.0.2', 'refused']
];

test.each(CASES)('%j %j: %s is %s', (own, options, peer, verdict) => {
	const policy = makePeerPolicy(own, options);
	if (!policy.ok) throw new Error(policy.error.message);
	expect(policy.value(peer)).toBe(verdict);
});

test('an address that this host has got since is its own', () => {
	const own: string[] = [];
	const policy = makePeerPolicy(OUTSIDE, { ownAddresses: () => own });
	if (!policy.ok) throw new Error(policy.error.message);
	expect(policy.value('198.51.100.9')).toBe('allowed');
	own.push('198.51.100.9');
	expect(policy.value('198.51.100.9')).toBe('own-relays');
});

test("without being told, the addresses of this host's interfaces are its own", () => {
	const policy = makePeerPolicy(OUTSIDE);
	if (!policy.ok) throw new Error(policy.error.message);
	const here = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).filter(({ internal }) => !internal));
	for (const { address } of here.filter(({ address }) => !address.startsWith('fe80')))
		expect([address, policy.value(address)]).toEqual([address, 'own-relays']);
});

test.each(['', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0/8', 'fd00::/129', 'lan', '10.0.0.0/-1'])(
	'%j is no block',
	(block) => {
		expect(makePeerPolicy(OUTSIDE, { allow: [block] }).ok).toBe(false);
	}
);
