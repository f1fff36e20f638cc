import { describe, expect, test } from 'vitest';
import type { RawValue } from '../recording/recording';
import { firstOf, GrowingColumn, lastOf, lengthOf, pack, unpack, unpackTracks } from './packed';

const from = (length: number, value: (i: number) => RawValue) => Array.from({ length }, (_, i) => value(i));

const COLUMNS: [name: string, values: RawValue[], kind: string][] = [
	['nothing', [], 'none'],
	['one value', [7], 'same'],
	['a short list of numbers', [1, 2.5, null], 'plain'],
	['one text for all', from(500, () => 'video'), 'same'],
	['no value at all', from(500, () => null), 'same'],
	['small whole numbers', from(300, (i) => i % 256), 'Uint8Array'],
	['numbers below 0', from(300, (i) => 5 - i), 'Int16Array'],
	['counters', from(300, (i) => i * 70_000), 'Int32Array'],
	['counters past 31 bits', from(300, (i) => i * 70_000_000), 'Float64Array'],
	['fractions', from(300, (i) => i / 7), 'Float64Array'],
	['times', from(300, (i) => 1_767_225_600_000.25 + i * 1000), 'Float64Array'],
	['numbers with gaps', from(300, (i) => (i % 5 === 0 ? null : i)), 'Float64Array'],
	['a gap first', from(300, (i) => (i < 200 ? null : i)), 'Float64Array'],
	['a text last', from(300, (i) => (i < 299 ? 4 : 'x')), 'words'],
	['words and gaps', from(300, (i) => (i % 9 === 0 ? null : i % 2 === 0 ? 'frozen' : 'succeeded')), 'words'],
	['flags', from(300, (i) => i > 100), 'words'],
	['texts that all differ', from(300, (i) => `text ${i}`), 'plain']
];

describe('packed columns', () => {
	test.each(COLUMNS)('%s come back as they were', (_, values, kind) => {
		const packed = pack(values);
		expect(unpack(packed)).toEqual(values);
		expect(lengthOf(packed)).toBe(values.length);
		expect([firstOf(packed), lastOf(packed)]).toEqual([values[0] ?? null, values.at(-1) ?? null]);
		const [block] = packed;
		const kindOf = () => {
			if (!block) return 'none';
			if ('numbers' in block) return block.numbers.constructor.name;
			return 'same' in block ? 'same' : 'words' in block ? 'words' : 'plain';
		};
		expect(kindOf()).toBe(kind);
	});

	test.each([10, 1023, 1024, 1025, 5000])(
		'a column that grows by %s rows, with holes and second values for one row, comes back as it was',
		(rows) => {
			const column = new GrowingColumn();
			const plain: RawValue[] = [];
			for (let row = 0; row < rows; row++) {
				if (row % 7 === 3) continue;
				while (plain.length < row) plain.push(null);
				plain[row] = row * 3;
				column.set(row, -1);
				column.set(row, row * 3);
				expect(column.last).toBe(row * 3);
			}
			expect(column.length).toBe(plain.length);
			expect(unpack(column.packed())).toEqual(plain);
		}
	);

	test('columns with the same times share one list of them', () => {
		const times = pack([1, 2, 3]);
		const column = (field: string) => ({ field, tMs: times, v: pack([4, 5, 6]), alignment: 'exact' as const });
		const [track] = unpackTracks([{ id: 'a', type: 'transport', columns: [column('x'), column('y')] }]);
		expect(track!.columns[0]!.tMs).toBe(track!.columns[1]!.tMs);
		expect(track!.columns[0]!.v).toBe(track!.columns[0]!.v);
		expect(track!.columns[0]!.v).toEqual([4, 5, 6]);
	});
});
