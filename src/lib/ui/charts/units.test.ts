import { expect, test } from 'vitest';
import { formatElapsed, formatTick, formatValue, scaleOf } from './units';

test.each([
	['ms', 0.84, '0.8 ms'],
	['ms', 23.4, '23 ms'],
	['bit/s', 812, '812 bit/s'],
	['bit/s', 1_234_000, '1.2 Mbit/s'],
	['bit/s', 45_600, '46 kbit/s'],
	['share', 0.004, '0.40 %'],
	['share', 0.25, '25 %'],
	['share', 0, '0 %'],
	['1/s', 29.97, '30 /s'],
	['count', 3, '3'],
	['px', 640, '640 px'],
	['furlong', 2.5, '2.5 furlong'],
	['ms', null, '–'],
	['ms', Number.NaN, '–']
])('in %s, %s is written %s', (unit, value, text) => {
	expect(formatValue(unit, value)).toBe(text);
});

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
