import { describe, expect, it } from 'vitest';
import { formatAbout, formatBytes, formatMs, formatTime } from './format';

describe('numbers for people', () => {
	it.each([
		[0, '0.0 ms'],
		[9.94, '9.9 ms'],
		[35.4, '35 ms'],
		[994, '994 ms'],
		[996, '1.0 s'],
		[5003, '5.0 s'],
		[39_900, '40 s']
	])('%d ms is written %s', (ms, text) => expect(formatMs(ms)).toBe(text));

	it.each([
		[812, '812 B'],
		[65_536, '65.5 kB'],
		[200_000, '200 kB'],
		[999_600, '1 MB'],
		[1_240_000, '1.2 MB']
	])('%d bytes are written %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

	it('rounds an estimate, and never promises zero seconds', () => {
		expect(formatAbout(5.7, 203_411)).toBe('6 s, 200 kB');
		expect(formatAbout(0.2, 900)).toBe('1 s, 900 B');
	});

	it('leaves a time it cannot read as it is', () => expect(formatTime('yesterday')).toBe('yesterday'));
});
