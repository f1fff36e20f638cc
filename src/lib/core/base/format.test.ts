import { describe, expect, it } from 'vitest';
import { age, bitrate, count, duration, formatBytes, formatUnit, ordinal, percent } from './format';

describe('durations', () => {
	it.each([
		[0, '0 ms'],
		[0.01, 'under 0.1 ms'],
		[0.3, '0.3 ms'],
		[9.94, '9.9 ms'],
		[9.96, '10 ms'],
		[35.4, '35 ms'],
		[999.4, '999 ms'],
		[999.6, '1.0 s'],
		[5003, '5.0 s'],
		[39_900, '39.9 s'],
		[599_960, '10:00 min'],
		[750_400, '12:30 min'],
		[-20, '−20 ms']
	])('%d ms is written %s', (ms, text) => expect(duration(ms)).toBe(text));

	it('is the same in a sentence, in a table and in a chart: 999.6 ms is never 1000 ms', () => {
		expect(formatUnit('ms', 999.6)).toBe(duration(999.6));
	});
});

it.each([
	[30_000, '30 s'],
	[60_000, '1 minute'],
	[720_000, '12 minutes'],
	[7_500_000, '2 hours'],
	[604_800_000, '7 days']
])('%d ms ago is written %s', (ms, text) => expect(age(ms)).toBe(text));

describe('decimal prefixes, in text and in CSV alike', () => {
	it.each([
		[0, '0 B'],
		[812, '812 B'],
		[65_536, '65.5 kB'],
		[200_000, '200 kB'],
		[999_600, '1 MB'],
		[1_240_000, '1.2 MB'],
		[3.2e9, '3.2 GB']
	])('%d bytes are written %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

	it.each([
		[0, '0 bit/s'],
		[0.2, 'under 1 bit/s'],
		[812, '812 bit/s'],
		[45_600, '45.6 kbit/s'],
		[640_000, '640 kbit/s'],
		[999_600, '1 Mbit/s'],
		[80_000_000, '80 Mbit/s']
	])('%d bit/s are written %s', (bps, text) => expect(bitrate(bps)).toBe(text));
});

it.each([
	[0, '0 %'],
	[0.00005, 'under 0.01 %'],
	[0.0005, '0.05 %'],
	[0.00996, '1.0 %'],
	[0.021, '2.1 %'],
	[0.9999, 'over 99.9 %'],
	[1, '100 %']
])('the share %d is written %s: all and nothing are said of nothing else', (ratio, text) => expect(percent(ratio)).toBe(text));

it.each([duration, formatBytes, bitrate, percent])('%o of something that is no number is not measured', (format) => {
	expect([format(Number.NaN), format(Number.POSITIVE_INFINITY)]).toEqual(['–', '–']);
});

describe('plurals', () => {
	it.each([
		[1, '1 error'],
		[0, '0 errors'],
		[2, '2 errors'],
		[12_000, '12,000 errors']
	])('%d: %s', (n, text) => expect(count(n, 'error')).toBe(text));

	it.each([
		[1, '1st'],
		[2, '2nd'],
		[3, '3rd'],
		[4, '4th'],
		[11, '11th'],
		[22, '22nd']
	])('%d: every %s sample', (n, text) => expect(ordinal(n)).toBe(text));
});

it.each([
	['ms', 23.4, '23 ms'],
	['share', 0.25, '25.0 %'],
	['1/s', 29.97, '30 /s'],
	['1/s', 0.25, '0.25 /s'],
	['count', 3, '3'],
	['px', 640, '640 px'],
	['level', 0.5, '0.50'],
	['furlong', 2.5, '2.5 furlong'],
	['ms', null, '–'],
	['ms', Number.NaN, '–']
])('in %s, %s is written %s', (unit, value, text) => expect(formatUnit(unit, value)).toBe(text));
