import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { makeHostList } from './hosts';

const isOurs = makeHostList(['icelens.example.org', '*.lan.example']);

test.each([
	['localhost', true],
	['localhost:8478', true],
	['app.localhost:8478', true],
	['127.0.0.1:8478', true],
	['[::1]:8478', true],
	['203.0.113.7', true],
	[hostname(), true],
	[`${hostname()}.local:8478`, true],
	['icelens.example.org', true],
	['ICELENS.example.org:443', true],
	['a.lan.example', true],
	['a.b.lan.example', true],
	['lan.example', false],
	['.lan.example', false],
	['evil.example', false],
	['icelens.example.org.evil.example', false],
	['xicelens.example.org', false],
	['localhost.evil.example', false],
	['127.0.0.1.evil.example', false],
	['icelens.example.org@evil.example', false],
	['localhost evil', false],
	['', false],
	[undefined, false]
])('%s: %s', (host, expected) => {
	expect(isOurs(host)).toBe(expected);
});
