import { expect, test } from 'vitest';
import { buffersOf, fromWire, toWire } from './wire-series';

test('a series crosses to the page whole, gaps included, and its memory is handed over', () => {
	const series = { tMs: [1, 2.5, 4], v: [0, null, -7.25] };
	const wire = toWire(series);
	const crossed = structuredClone(wire, { transfer: buffersOf([wire]) });
	expect(fromWire(crossed)).toEqual(series);
	expect(wire.v.length).toBe(0);
});
