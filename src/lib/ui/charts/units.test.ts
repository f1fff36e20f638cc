import { expect, test } from 'vitest';
import { formatElapsed, formatTick, scaleOf } from './units';

test('the ticks of an axis share the prefix of its largest value', () => {
	const scale = scaleOf('bit/s', 2_500_000);
	expect([0, 500_000, 2_500_000].map((value) => formatTick(scale, value))).toEqual(['0', '0.5', '2.5']);
	expect(scale.suffix).toBe('Mbit/s');
});

test.each([
	[0, false, '0:00'],
	[7000, false, '0:07'],
	[750_400, false, '12:30'],
	[3_729_000, false, '1:02:09'],
	[12_340, true, '0:12.3'],
	[-5000, false, '−0:05']
])('%d ms is written %s', (ms, tenths, text) => {
	expect(formatElapsed(ms, tenths)).toBe(text);
});
