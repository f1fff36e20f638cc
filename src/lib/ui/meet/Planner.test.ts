/** How many people a line carries: from what is typed, assumed or measured, and it says which. */
import { getByLabelText, getByRole, getByText, queryByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { throughputObservation } from '../../../../tests/golden/calls-table';
import { show, textOf, textsOf, write } from '../../../../tests/support/components/show';
import type { Observation } from '../../core/observations/observation';
import { DEFAULT_LIMITS } from '../../core/plan/config';
import { conclude } from '../../core/verdict/conclude';
import Planner from './Planner.svelte';

const MEASURED = throughputObservation(20e6, 15, 40);

function planner(observations: Observation[] = []) {
	const page = show(Planner, { lines: conclude(DEFAULT_LIMITS, observations).lines });
	const field = (label: string) => getByLabelText<HTMLInputElement>(page, label);
	const row = (name: RegExp) => [...page.querySelectorAll('tbody tr')].find((one) => name.test(textOf(one)))!;
	const fits = (name: RegExp) => textOf(row(name).querySelectorAll('td')[0]);
	const origins = () => textsOf(page, '.origin');
	return { page, field, fits, origins };
}

test('before anything is typed nothing is known to fit', () => {
	const { fits, origins, page } = planner();
	for (const name of [/^Mesh/, /^SFU As?/, /^MCU/]) expect(fits(name)).toBe('Not known');
	expect(origins()).toEqual([...Array<string>(4).fill('not known'), ...Array<string>(4).fill('assumed')]);
	getByText(page, /^Type what this line carries, or measure it with the load test/);
});

describe('two numbers are enough', () => {
	test.each([
		['2', '50', /^Mesh/, 'No too much up'],
		['2', '50', /^SFU A server/, 'Yes'],
		['50', '2', /^SFU A server/, 'No too much down'],
		['100', '100', /^Mesh/, 'Yes']
	])('%s Mbit/s up and %s down, %s: %s', async (up, down, name, said) => {
		const { field, fits } = planner();
		await write(field('Up, Mbit/s'), up);
		await write(field('Down, Mbit/s'), down);
		expect(fits(name)).toBe(said);
	});
});

test.each([
	['1', null],
	['5', /^Between 2 and 10 % loss senders stop raising their rate/],
	['15', /^Above 10 % loss senders lower their rate again and again/]
])('%s %% loss: says what it does to senders', async (loss, said) => {
	const { field, page } = planner();
	await write(field('Loss, %'), loss);
	expect(textOf(page.querySelector('.warning'))).toMatch(said ?? /^$/);
});

describe('a measurement of this page', () => {
	test('is offered, fills the fields when chosen, and says which one it was', async () => {
		const { page, field, origins } = planner([MEASURED]);
		getByText(page, 'One measurement of this device can be used: choose it above.');
		const run = field('Numbers of the line from') as unknown as HTMLSelectElement;
		await write(run, run.options[1]!.value);
		expect(textOf(page.querySelector('.notes'))).toMatch(/^Measured: Load test, .*, now\./);
		expect([field('Up, Mbit/s').value, field('Down, Mbit/s').value]).toEqual(['20', '20']);
		const measured = origins().filter((one) => one === 'measured').length;
		expect(measured).toBeGreaterThanOrEqual(3);
		await write(field('Up, Mbit/s'), '2');
		expect(origins().filter((one) => one === 'measured')).toHaveLength(measured - 1);
		expect(origins()[0]).toBe('typed');
		await write(run, '');
		expect(origins().filter((one) => one === 'measured')).toHaveLength(0);
		expect(queryByText(page, /^Measured:/)).toBeNull();
	});
});

test('every assumption and every formula is in sight, with where it comes from', () => {
	const { page } = planner();
	getByText(page, /^Assumed: small copies of .*58 bytes of headers on every packet/);
	expect(textsOf(page, 'details dt').slice(0, 4)).toEqual(['Mesh', 'SFU', 'SFU with simulcast', 'MCU']);
	getByRole(page, 'link', { name: 'RFC 7667 (topologies)' });
});
