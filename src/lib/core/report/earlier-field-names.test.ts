import { expect, test } from 'vitest';
import { withPresentNames } from './earlier-field-names';

const seen = (probe: string, data: unknown) => ({ probe, outcome: { state: 'seen', data } });

const EARLIER = seen('nat-filtering', {
	method: 'prober',
	knocks: [{ corner: 'same', from: { address: '203.0.113.10', port: 3478 }, sent: 2, answered: 1 }],
	partner: { host: 'icelens.example', control: { knocked: { address: '198.51.100.1', port: 3489 } } }
});
const PRESENT = seen('nat-filtering', {
	method: 'prober',
	probes: [{ position: 'same', from: { address: '203.0.113.10', port: 3478 }, sent: 2, answered: 1 }],
	partner: { host: 'icelens.example', control: { probedFrom: { address: '198.51.100.1', port: 3489 } } }
});

test('renames the fields of this device and of the other one', () => {
	const report = { observations: [EARLIER, seen('peer-check', { observations: [EARLIER] })] };
	expect(withPresentNames(report)).toEqual({ observations: [PRESENT, seen('peer-check', { observations: [PRESENT] })] });
});

test('leaves other observations, failures and what is no report alone', () => {
	const other = seen('ice-gathering', { corner: 'kept', knocks: 1 });
	const failed = { probe: 'nat-filtering', outcome: { state: 'failed', code: 'aborted', message: '' } };
	expect(withPresentNames({ observations: [other, failed, 7] })).toEqual({ observations: [other, failed, 7] });
	expect(withPresentNames({ observations: 'none' })).toEqual({ observations: 'none' });
});
