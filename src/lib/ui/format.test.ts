import { describe, expect, it } from 'vitest';
import { formatAbout, formatTime } from './format';

describe('numbers for people', () => {
	it('rounds an estimate, and never promises zero seconds', () => {
		expect(formatAbout(5.7, 203_411)).toBe('6 s, 200 kB');
		expect(formatAbout(0.2, 900)).toBe('1 s, 900 B');
	});

	it('leaves a time it cannot read as it is', () => expect(formatTime('yesterday')).toBe('yesterday'));
});
