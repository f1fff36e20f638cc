import { expect, test } from 'vitest';
import { sourceKey } from './limits';

test.each([
	['the same IPv4 address by a socket for both families', '192.0.2.1', '::ffff:192.0.2.1', true],
	['the same, written in hexadecimal', '192.0.2.1', '::ffff:c000:201', true],
	['two IPv4 addresses by a socket for both families', '::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
	['two addresses of one /64', '2001:db8::1', '2001:db8::ffff:1', true],
	['two /64', '2001:db8:0:1::1', '2001:db8:0:2::1', false]
])('%s: one source, %s and %s: %s', (_, one, other, same) => {
	expect(sourceKey(one) === sourceKey(other)).toBe(same);
});
