/** Changes something somewhere in a value, as a damaged file or a stranger might. */
import type { Choose } from './generate-report';

const STRANGE = [
	null,
	'',
	'x',
	'::',
	'0.0.0.0',
	'255.255.255.255',
	'fe80::1',
	'::ffff:1.2.3.4',
	'stun:',
	'turn:[',
	'turns:a:443',
	'stun:\u0000',
	'constructor',
	'__proto__',
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	'=HYPERLINK("http://a.example")',
	']]>\uD800',
	'\uE0000\uE001',
	'| ` \\ @a #1',
	'a'.repeat(10_000),
	0,
	-1,
	1e308,
	65_536,
	true,
	[],
	{},
	[null],
	{ state: 'seen', data: {} },
	{ state: 'failed', code: 'timeout', message: '' },
	{ state: 'skipped', why: '' }
];

/** Changes, removes or repeats something somewhere below `value`. */
export function disturb(value: unknown, choose: Choose): unknown {
	if (typeof value !== 'object' || value === null || choose(12) === 0) return STRANGE[choose(STRANGE.length)];
	if (Array.isArray(value)) {
		const at = choose(value.length || 1);
		const kind = choose(5);
		if (kind === 0) return value.filter((_, i) => i !== at);
		if (kind === 1) return [...value, ...value.slice(at)];
		return value.map((item, i) => (i === at ? disturb(item, choose) : item));
	}
	const keys = Object.keys(value);
	const key = keys[choose(keys.length)];
	if (key === undefined) return value;
	const record = value as Record<string, unknown>;
	if (choose(10) === 0) return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
	return { ...record, [key]: disturb(record[key], choose) };
}

const TEXTS = STRANGE.filter((one) => typeof one === 'string');
const NUMBERS = [0, 1, 65_536, 1e9, 2_147_483_648];

/** Changes one text or number into another one, so that the shape stays and the reading does not refuse it for that. */
export function disturbKindly(value: unknown, choose: Choose): unknown {
	if (typeof value === 'string') return TEXTS[choose(TEXTS.length)];
	if (typeof value === 'number') return NUMBERS[choose(NUMBERS.length)];
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		const at = choose(value.length || 1);
		if (choose(8) === 0) return value.filter((_, i) => i !== at);
		return value.map((item, i) => (i === at ? disturbKindly(item, choose) : item));
	}
	const keys = Object.keys(value);
	const key = keys[choose(keys.length)];
	if (key === undefined) return value;
	return { ...value, [key]: disturbKindly((value as Record<string, unknown>)[key], choose) };
}
