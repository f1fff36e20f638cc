import { expect, test } from 'vitest';
import { candidateRows } from '../../core/inspection/candidate-rows';
import { recognise } from '../../core/dump/recognise';
import { orderOf } from './candidate-order';

const rows = candidateRows(
	[],
	[
		recognise(
			[
				'candidate:1 1 udp 2122194687 10.0.0.10 9000 typ host',
				'candidate:2 1 udp 1686052607 203.0.113.9 1000 typ srflx raddr 10.0.0.10 rport 9000',
				'candidate:10 1 udp 2122194431 10.0.0.9 10000 typ host'
			].join('\n')
		)
	]
);

test.each([
	['order', false, [0, 1, 2]],
	['order', true, [2, 1, 0]],
	['priority', true, [0, 2, 1]],
	['port', false, [1, 0, 2]],
	['address', false, [2, 0, 1]],
	['foundation', false, [0, 1, 2]],
	['type', false, [0, 2, 1]],
	['type', true, [1, 0, 2]]
] as const)('by %s, descending %s', (column, descending, order) => {
	expect(orderOf(rows, column, descending)).toEqual(order);
});

test('what has no related address comes last either way', () => {
	expect(orderOf(rows, 'related', false)).toEqual([1, 0, 2]);
	expect(orderOf(rows, 'related', true)).toEqual([1, 0, 2]);
});
