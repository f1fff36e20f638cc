/** Damaged lists of servers, in every form that is accepted. */
import { expect, test } from 'vitest';
import { formatServers, parseServers } from '../../src/lib/core/ice/server-config';
import { lintServers } from '../../src/lib/core/ice/server-lint';

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

test('whatever is pasted, the answer is servers or a fault with a sentence, and the linter reads what was read', () => {
	const seeds = [
		"const config = { iceServers: [{ urls: ['stun:a', \"turn:b?transport=tcp\"], username: 'u', credential: `p` }], iceTransportPolicy: 'relay' };",
		'{"v":{"iceServers":[{"url":"turns:[2001:db8::1]:443","username":"1790000000:u","credential":"\\u00e9"}]}}',
		'listening-port=3478\nexternal-ip=203.0.113.7/10.0.0.1\nrealm=t.example.org\nuser=u:p\ncert=a\npkey=b',
		'turn:t.example.org:3478?transport=udp [u:p]\n# x\nstun:[::1]',
		'turnutils_uclient -t -u u -w p -p 443 192.0.2.1'
	];
	const next = random(20261121);
	const pieces = [
		'{',
		'}',
		'[',
		']',
		'"',
		"'",
		'`',
		':',
		',',
		'\\',
		'\n',
		'\0',
		'=',
		'//',
		'/*',
		'@',
		'?',
		'😀',
		'null',
		'${',
		'[:',
		'0x',
		' '
	];
	let read = 0;
	for (let i = 0; i < 4000; i++) {
		let text = seeds[next(seeds.length)]!;
		for (let n = 1 + next(3); n > 0; n--) {
			const at = next(text.length);
			text = text.slice(0, at) + pieces[next(pieces.length)]! + text.slice(at + next(4));
		}
		const result = parseServers(text);
		if (!result.ok) {
			expect(result.error.message, text).toMatch(/\.$/);
			continue;
		}
		read++;
		for (const { fix } of lintServers(result.value.servers, { nowMs: 1.8e12 })) if (fix) lintServers(fix.servers);
		if (result.value.servers.length > 0) expect(parseServers(formatServers(result.value.servers)).ok, text).toBe(true);
	}
	expect(read).toBeGreaterThan(1000);
});
