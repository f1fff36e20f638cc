import { describe, expect, test } from 'vitest';
import { recordingOf } from '../../../../tests/golden/calls-table';
import { mosInputs, mosTerms } from '../messages/en/mos';
import { summariseCall } from './call-summary';
import { eModel, mosOf } from './mos';

/** Worked out by hand from the formulas of G.107 §7.4, §7.5 and Annex B, with Ie 0 and Bpl 25.1. */
test.each<[number, number, number, number, string]>([
	[0, 0, 93.2, 4.41, 'none'],
	[100, 0, 93.2, 4.41, 'none'],
	[200, 0, 90.18, 4.34, 'none'],
	[400, 0, 69.13, 3.56, 'none'],
	[0, 0.01, 89.56, 4.33, 'none'],
	[0, 0.05, 77.42, 3.93, 'none'],
	[150, 0.2, 50.91, 2.62, 'none'],
	[0, 0.57, 27.24, 1.5, 'none'],
	[2000, 0.5, -18.13, 1, 'low']
])('%i ms and a loss of %f give R %f, MOS %f, clamp %s', (delayMs, lossRatio, r, mos, clamp) => {
	const made = eModel(delayMs, lossRatio);
	expect(made.r).toBeCloseTo(r, 1);
	expect(made.mos).toBeCloseTo(mos, 1);
	expect(made.clamp).toBe(clamp);
});

test('MOS never leaves its scale, and never rises with delay or loss', () => {
	for (let delayMs = 0; delayMs < 3000; delayMs += 50) {
		let before = Infinity;
		for (let loss = 0; loss <= 1; loss += 0.02) {
			const { mos } = eModel(delayMs, loss);
			expect(mos).toBeGreaterThanOrEqual(1);
			expect(mos).toBeLessThanOrEqual(4.5);
			expect(mos).toBeLessThanOrEqual(before + 1e-9);
			expect(mos).toBeLessThanOrEqual(eModel(Math.max(0, delayMs - 50), loss).mos + 1e-9);
			before = mos;
		}
	}
});

describe('of a call', () => {
	test('is high and lists all its inputs and terms where nothing is missing', () => {
		const summary = summariseCall(recordingOf({ rttMs: 100, forth: { lossRatio: 0.01, delayMs: 50 } }))!;
		const mos = mosOf(summary, summary.directions[0]!);
		expect(mosInputs(mos).map(({ symbol, value }) => [symbol, value])).toEqual([
			['Tn', '50 ms'],
			['Tj', '40 ms'],
			['Tc', '27 ms'],
			['Ppl', '1.0 %']
		]);
		expect(mosTerms(mos).map(({ symbol }) => symbol)).toEqual(['Idd', 'Ie,eff', 'R', 'MOS']);
		expect(mos.mos).toBeGreaterThan(4.2);
	});

	test.each([
		['rttMs', 'network-delay'],
		['jitterBufferMs', 'jitter-buffer-delay'],
		['lossRatio', 'packet-loss']
	] as const)('is not given without %s', (field, missing) => {
		const summary = summariseCall(recordingOf({}))!;
		const direction = { ...summary.directions[0]!, oneWayDelayMs: null, ...(field === 'rttMs' ? {} : { [field]: null }) };
		const mos = mosOf(field === 'rttMs' ? { ...summary, rttMs: null } : summary, direction);
		expect(mos).toMatchObject({ mos: null, r: null, missing: [missing] });
		expect(mosTerms(mos)).toEqual([]);
	});
});
