import { expect, test } from 'vitest';
import { isLoopbackUrl } from './loopback';

test.each([
	['stun:127.0.0.1:3478', true],
	['turn:127.9.9.9?transport=tcp', true],
	['turns:[::1]:5349', true],
	['stun:LocalHost', true],
	['stun:box.localhost', true],
	['stun:0.0.0.0', false],
	['stun:192.168.1.5', false],
	['stun:example.org', false],
	['127.0.0.1', false]
])('%s is on the loopback: %s', (url, expected) => {
	expect(isLoopbackUrl(url)).toBe(expected);
});
