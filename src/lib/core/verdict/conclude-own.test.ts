import { expect, test } from 'vitest';
import { areOwn, type MeetingObservation } from '../observations/observation';
import { DEFAULT_LIMITS } from '../plan/config';
import { conclude } from './conclude';
import { concludeMeeting } from './conclude-meeting';
import { concludeOwn } from './conclude-own';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { generateReport } from '../../../../tests/golden/generate-report';
import { HEADLINE_CASES } from '../../../../tests/golden/headlines-table';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CASES } from '../../../../tests/golden/networks-table';
import { PAIR_CASES, pairObservations } from '../../../../tests/golden/pairs-table';
import { PATH_CASES } from '../../../../tests/golden/paths-table';

const RUNS = [
	...CASES.map(({ name, network }) => ({ name, observations: makeObservations(network) })),
	...[PATH_CASES, CALL_CASES, HEADLINE_CASES].flat().map(({ name, observations }) => ({ name, observations })),
	...PAIR_CASES.map((one) => ({ name: one.name, observations: pairObservations(one) })),
	...Array.from({ length: 20 }, (_, i) => ({ name: `generated ${i}`, observations: generateReport(i + 1).observations }))
];
const OWN = RUNS.flatMap(({ name, observations }) => (areOwn(observations) ? [{ name, observations }] : []));
const MEETINGS = PAIR_CASES.map((one) => ({ name: one.name, observations: pairObservations(one) as MeetingObservation[] }));

test('observations with and without calls made elsewhere are compared', () => {
	expect(OWN.length).toBeGreaterThan(100);
	expect(OWN.length).toBeLessThan(RUNS.length);
});

test.each(OWN)('$name: the same conclusions', ({ observations }) => {
	expect(concludeOwn(DEFAULT_LIMITS, observations)).toEqual(conclude(DEFAULT_LIMITS, observations));
});

test.each(MEETINGS)('$name: the same conclusions with another device', ({ observations }) => {
	expect(concludeMeeting(DEFAULT_LIMITS, observations)).toEqual(conclude(DEFAULT_LIMITS, observations));
});
