import { expect, test } from 'vitest';
import { makePeerPolicy, type PeerPolicyOptions } from './peer-policy';

const OUTSIDE = ['203.0.113.1', '2001:db8::1'];
const LOOPBACK = ['127.0.0.1', '::1'];
const HOME = ['192.168.1.10'];

// [served addresses, options, peer, verdict]
const CASES: [string[], PeerPolicyOptions, string, string][] = [
	[OUTSIDE, {}, '8.8.8.8', 'allowed'],
	[OUTSIDE, {}, '198.51.100.1', 'allowed'],
	[OUTSIDE, {}, '2606:4700::1', 'allowed'],
	[OUTSIDE, {}, '2001:db8::9', 'allowed'],
	[OUTSIDE, {}, '64:ff9b::808:808', 'allowed'],
	[OUTSIDE, {}, '203.0.113.1', 'relays-only'],
	[OUTSIDE, {}, '2001:db8::1', 'relays-only'],
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
	[LOOPBACK, {}, '127.0.0.1', 'allowed'],
	[LOOPBACK, {}, '127.9.9.9', 'allowed'],
	[LOOPBACK, {}, '::1', 'allowed'],
	[LOOPBACK, {}, '::ffff:127.0.0.1', 'refused'],
	[LOOPBACK, {}, '192.168.1.1', 'refused'],
	[LOOPBACK, {}, '169.254.169.254', 'refused'],
	[HOME, {}, '192.168.1.10', 'relays-only'],
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

test.each(['', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0/8', 'fd00::/129', 'lan', '10.0.0.0/-1'])(
	'%j is no block',
	(block) => {
		expect(makePeerPolicy(OUTSIDE, { allow: [block] }).ok).toBe(false);
	}
);
