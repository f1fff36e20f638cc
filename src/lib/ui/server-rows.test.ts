import { describe, expect, it } from 'vitest';
import { applyFix, expiryOf, makeRow, rowName, toIceServers } from './server-rows';

const turn = { urls: ['turn:turn.example.org:3478'], username: 'ann', credential: 'secret' };

describe('the list of servers', () => {
	it('gives a check the rows that are on and name an address', () => {
		const rows = [
			makeRow(turn, 'user'),
			makeRow({ urls: ['stun:stun.example.org'] }, 'preset', false, 'Example'),
			makeRow({ urls: [' '] }, 'user')
		];
		expect(toIceServers(rows)).toEqual([turn]);
	});

	it('leaves empty credentials out instead of sending empty ones', () => {
		expect(toIceServers([makeRow({ urls: ['stun:a.example'] }, 'user')])[0]).toEqual({ urls: ['stun:a.example'] });
	});

	it('names a row by its preset or its first address', () => {
		expect(rowName(makeRow(turn, 'user'))).toBe('turn:turn.example.org:3478');
		expect(rowName(makeRow(turn, 'preset', true, 'Example'))).toBe('Example');
	});
});

describe('a fix', () => {
	it('changes a server in its place and keeps where it came from', () => {
		const rows = [makeRow({ urls: ['stuns:a.example'] }, 'default'), makeRow(turn, 'user', false)];
		const fixed = applyFix(rows, [{ urls: ['stun:a.example'] }]);
		expect(fixed.map(({ urls, origin, enabled }) => [urls[0], origin, enabled])).toEqual([
			['stun:a.example', 'default', true],
			['turn:turn.example.org:3478', 'user', false]
		]);
		expect(fixed[0]!.key).toBe(rows[0]!.key);
	});

	it('can take servers out and add others', () => {
		const rows = [makeRow({ urls: ['stun:a.example'] }, 'user'), makeRow(turn, 'user')];
		expect(applyFix(rows, [turn]).map(({ key }) => key)).toEqual([rows[1]!.key]);
		const three = applyFix(rows, [{ urls: ['stun:a.example'] }, turn, { urls: ['stun:b.example'] }]);
		expect(three.map(({ urls }) => urls[0])).toEqual(['stun:a.example', 'turn:turn.example.org:3478', 'stun:b.example']);
	});
});

it('reads the end of a TURN REST credential from its user name', () => {
	expect(expiryOf('1795000000:ann')?.toISOString()).toBe('2026-11-18T11:06:40.000Z');
	expect(expiryOf('ann')).toBeNull();
});
