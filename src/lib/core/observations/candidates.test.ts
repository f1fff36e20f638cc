import { describe, expect, test } from 'vitest';
import { iceUrl } from './candidates';

describe('iceUrl', () => {
	test.each([
		['stun:2001:db8::1:3478', 'stun', '2001:db8::1', 3478],
		['turn:fd00::2:32786?transport=udp', 'turn', 'fd00::2', 32786],
		['turn:[fd00::2]:32786?transport=udp', 'turn', 'fd00::2', 32786],
		['stun:203.0.113.1:3479', 'stun', '203.0.113.1', 3479],
		['stun:stun.example.org', 'stun', 'stun.example.org', 3478]
	])('%s, as browsers write it in events', (text, scheme, host, port) => {
		expect(iceUrl(text)).toMatchObject({ scheme, host, port });
	});

	test.each([[null], [''], ['stun:'], ['2001:db8::1'], ['stun:2001:db8::zz:1']])('%j is nobody', (text) => {
		expect(iceUrl(text)).toBeNull();
	});
});
