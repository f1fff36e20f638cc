import { expect, test } from 'vitest';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { ALL_HOPS, type HeldOpen, type HopCount, type HopFacts } from './hop-facts';
import { HOP_RULES, judgeHops, type NatPlace } from './hop-rules';

const MAPPED = { address: '198.51.100.7', port: 5000 };
const OTHER_PORT = { ...MAPPED, port: 6000 };
const SERVER = { address: '203.0.113.10', port: 3478 };
const BASE: HopFacts = {
	server: SERVER,
	plain: null,
	local: { address: '192.168.1.2', port: 4000 },
	mapped: MAPPED,
	refused: null,
	returned: [],
	held: null
};

/** Hops, sent, came; the last with all hops. */
const counts = (...rows: [number, number, number][]): HopCount[] => rows.map(([hops, sent, came]) => ({ hops, sent, came }));
const refused = (control: number, ...rows: [number, number, number][]): Partial<HopFacts> => ({
	refused: { port: 9, byHops: counts(...rows), control: { hops: 1, sent: 3, came: control } }
});
const SILENT = refused(0, [1, 3, 0], [ALL_HOPS, 3, 0]);
const returned = (...rows: [number, number, number][]): Partial<HopFacts> => ({ returned: counts(...rows) });

/** What was alive after the silence, by hops; `changed` those whose mapping is another. */
function held(alive: Record<number, boolean | null>, ...changed: number[]): Partial<HopFacts> {
	const sockets = Object.entries(alive).map(([hops, came]): HeldOpen => {
		return { hops: Number(hops), before: MAPPED, alive: came, after: changed.includes(Number(hops)) ? OTHER_PORT : MAPPED };
	});
	return { ...SILENT, held: { silenceS: 60, sockets } };
}

const CASES: [string, Partial<HopFacts>, string, NatPlace][] = [
	['no answer', { mapped: null }, 'hops-no-mapped-address', 'unknown'],
	['the own address', { mapped: BASE.local }, 'hops-no-nat', 'none'],
	[
		'two addresses in one answer',
		{ plain: OTHER_PORT, ...refused(0, [1, 3, 1], [ALL_HOPS, 3, 3]) },
		'hops-mapped-address-doubtful',
		'unknown'
	],
	[
		'an address of the server’s own network',
		{ mapped: { address: '203.0.113.30', port: 5000 } },
		'hops-mapped-address-doubtful',
		'unknown'
	],
	[
		'an address that no server elsewhere sees',
		{ mapped: { address: '100.64.1.9', port: 5000 } },
		'hops-mapped-address-doubtful',
		'unknown'
	],
	['a refusal by the first router', refused(0, [1, 3, 1], [ALL_HOPS, 3, 3]), 'hops-refused-by-first-router', 'first-router'],
	['a refusal by a router that refuses others too', refused(1, [1, 3, 3], [ALL_HOPS, 3, 3]), 'hops-no-sign', 'unknown'],
	['a return by the first router', returned([2, 3, 2], [ALL_HOPS, 3, 3]), 'hops-returned-by-first-router', 'first-router'],
	[
		'a refusal by the third router',
		refused(0, [1, 3, 0], [2, 3, 0], [3, 1, 1], [ALL_HOPS, 3, 3]),
		'hops-refused-farther',
		'farther'
	],
	['refusals of which one was lost', refused(0, [1, 3, 0], [ALL_HOPS, 3, 2]), 'hops-no-sign', 'unknown'],
	['no refusal', SILENT, 'hops-no-sign', 'unknown'],
	[
		'a return by the second router',
		returned([2, 3, 0], [3, 3, 0], [4, 1, 1], [ALL_HOPS, 3, 3]),
		'hops-returned-farther',
		'farther'
	],
	[
		'a return that the first router may have counted twice',
		{ ...SILENT, ...returned([2, 3, 0], [3, 1, 1], [ALL_HOPS, 3, 3]) },
		'hops-no-sign',
		'unknown'
	],
	[
		'another mapping where two routers heard',
		held({ 0: false, 2: false, [ALL_HOPS]: true }, 0, 2),
		'hops-mapping-lost-farther',
		'farther'
	],
	[
		'the same, of a server that does not send elsewhere',
		held({ 0: null, 2: null, [ALL_HOPS]: null }, 0, 2),
		'hops-mapping-lost-farther',
		'farther'
	],
	[
		'another mapping wherever packets passed',
		held({ 0: false, 2: false, [ALL_HOPS]: true }, 0, 2, ALL_HOPS),
		'hops-no-sign',
		'unknown'
	],
	[
		'another mapping where one router heard',
		held({ 0: false, 1: false, 2: true, [ALL_HOPS]: true }, 0, 1),
		'hops-state-lost-by-first-routers',
		'unknown'
	],
	['a loss beyond two routers', held({ 0: false, 2: false, [ALL_HOPS]: true }), 'hops-state-lost-farther', 'unknown'],
	['a loss everywhere', held({ 0: false, 2: false, [ALL_HOPS]: false }), 'hops-no-sign', 'unknown'],
	['no loss', held({ 0: true, 2: true, [ALL_HOPS]: true }), 'hops-nothing-forgotten', 'unknown'],
	['another way to the mapped address', {}, 'hops-another-way', 'unknown'],
	['neither a refusal nor a return', { ...SILENT, ...returned([2, 3, 0], [ALL_HOPS, 3, 0]) }, 'hops-no-sign', 'unknown']
];

test.each(CASES)('%s', (_, facts, rule, says) => {
	const judged = judgeHops({ ...BASE, ...facts });
	expect([judged.because.rule, judged.says]).toEqual([rule, says]);
	expect(sentence(judged.because)).toMatch(/^[A-Z].*\.$/);
});

test('every rule has a case', () => {
	expect(new Set(CASES.map(([, , rule]) => rule))).toEqual(new Set(HOP_RULES.map(({ id }) => id)));
});

test('what proves the place comes before what a silence shows', () => {
	const both = { ...BASE, ...held({ 0: false, 2: false, [ALL_HOPS]: true }), ...refused(0, [1, 3, 3], [ALL_HOPS, 3, 3]) };
	expect(judgeHops(both).says).toBe('first-router');
});
