/** Values of statistics with their units (stats/metric.ts), for documents. */
import type { Unit } from '../../stats/metric';

/** `23 ms`, `1.2 Mbit/s`, `0.50 %`, `30 /s`; an en dash for what was not measured. */
export function formatUnit(unit: Unit, value: number | null): string {
	if (value === null || !Number.isFinite(value)) return '–';
	if (unit === 'ms') return `${digits(value)} ms`;
	if (unit === 'share') return `${(value * 100).toFixed(value > 0 && value < 0.1 ? 2 : 1)} %`;
	if (unit === 'bit/s') {
		const [scaled, prefix] = value >= 1e6 ? [value / 1e6, 'M'] : value >= 1e3 ? [value / 1e3, 'k'] : [value, ''];
		return `${digits(scaled)} ${prefix}bit/s`;
	}
	if (unit === '1/s') return `${digits(value)} /s`;
	if (unit === 'px') return `${Math.round(value)} px`;
	return unit === 'level' ? value.toFixed(2) : digits(value);
}

function digits(value: number): string {
	return Math.abs(value) < 9.95 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
}
