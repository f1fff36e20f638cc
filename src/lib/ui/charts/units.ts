/** Axes and times of charts. Units are those of the metric table; another one is shown as it is. */
import { entryOf } from '../../core/base/record';
import { PREFIXES } from '../../core/base/format';

export interface Scale {
	/** Stands at the axis. */
	suffix: string;
	/** From the stored value to the shown one. */
	factor: number;
}

const SCALES: Readonly<Record<string, Scale>> = {
	share: { suffix: '%', factor: 100 },
	'1/s': { suffix: '/s', factor: 1 },
	count: { suffix: '', factor: 1 },
	level: { suffix: '', factor: 1 }
};

/** How values of `unit` up to `largest` are written; the largest chooses the prefix, so that one axis has one unit. */
export function scaleOf(unit: string, largest: number): Scale {
	if (unit !== 'bit/s' && unit !== 'B') return entryOf(SCALES, unit) ?? { suffix: unit, factor: 1 };
	const { factor, prefix } = PREFIXES.find((each) => Math.abs(largest) >= each.factor) ?? PREFIXES.at(-1)!;
	return { suffix: prefix + unit, factor: 1 / factor };
}

/** A tick of an axis whose largest value is `largest`: the number alone, the unit stands at the axis. */
export function formatTick(scale: Scale, value: number): string {
	return String(Number((value * scale.factor).toPrecision(4)));
}

/** `0:07`, `12:30`, `1:02:09`: time since the start; with tenths where the view is so short that seconds repeat. */
export function formatElapsed(ms: number, tenths = false): string {
	const sign = ms < 0 ? '−' : '';
	const total = Math.abs(ms) / 1000;
	const seconds = tenths ? Math.floor(total * 10) / 10 : Math.floor(total + 1e-6);
	const h = Math.floor(seconds / 3600);
	const m = Math.floor((seconds % 3600) / 60);
	const s = seconds % 60;
	const tail = (tenths ? s.toFixed(1) : String(s)).padStart(tenths ? 4 : 2, '0');
	return `${sign}${h > 0 ? `${h}:${String(m).padStart(2, '0')}` : m}:${tail}`;
}
