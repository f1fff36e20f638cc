import { expect, test } from 'vitest';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import type { Network } from '../../../../../tests/golden/network';
import type { ServerGathering } from '../../observations/observation';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../conclude';

const NAME = 'stun:stun.example.org:443';
const OWN = '2001:db8:1::2';
const network: Network = {
	microphone: true,
	devices: [
		{ address: '192.168.1.2', family: 'ipv4' },
		{ address: OWN, family: 'ipv6' }
	],
	nat: (family, port) => ({ address: family === 'ipv4' ? '198.51.100.1' : OWN, port }),
	servers: [
		{ url: NAME, at: ['203.0.113.10'] },
		{ url: 'stun:[2001:db8:f::20]:3478', does: 'silent' }
	]
};

const notFound = {
	atMs: 5,
	url: NAME,
	errorCode: 701,
	errorText: 'STUN host lookup received error.',
	address: '[0:0:0:x:x:x:x:x]',
	port: null
};

// Chromium does not repeat an address that it shows (RFC 8445 §5.1.3), so the name may have answered over IPv6 too.
test.each([
	['ended with the first answer, over IPv4', { endedBy: 'satisfied' }, 'unknown'],
	['waited in vain for something else', { endedBy: 'deadline' }, 'no'],
	['has no IPv6 address', { endedBy: 'satisfied', errors: [notFound] }, 'no']
] as const)('silence over IPv6 beside a name whose test %s', (_, change, says) => {
	const observations = structuredClone(makeObservations(network));
	for (const { outcome, target } of observations)
		if (target === NAME && outcome.state === 'seen')
			Object.assign(outcome.data as ServerGathering, { completeMs: null, ...change });
	const { answers } = conclude(DEFAULT_LIMITS, observations);
	expect(answers.find(({ question }) => question === 'ipv6-usable')?.says).toBe(says);
});
