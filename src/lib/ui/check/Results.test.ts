/** Everything below the verdict of a report: the parts there are, the tests, and the evidence that each word leads to. */
import { getByText, queryByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { HEADLINE_CASES } from '../../../../tests/golden/headlines-table';
import { reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { press, sessionOf, show, textOf, textsOf, until } from '../../../../tests/support/components/show';
import { sentence } from '../../core/messages/en/sentence';
import { stepTitle } from '../../core/messages/en/steps';
import { areOwn } from '../../core/observations/observation';
import { skipSaid } from '../../core/plan/skip-values';
import { judgeAgain } from '../../core/report/judge-again';
import { withText } from '../../core/report/with-text';
import { Session } from '../session.svelte';
import Announcer from './Announcer.svelte';
import Hero from './Hero.svelte';
import Results from './Results.svelte';
import TestList from './TestList.svelte';

const REPORT = reportOf('udp-blocked-chromium.recorded');
/** One for each kind of test and outcome. */
const DISTINCT = withNewParts(REPORTS, (report) => report.observations.map(({ probe, outcome }) => `${probe} ${outcome.state}`));

test('each link to evidence leads to its observation, opens it and puts the keyboard there', async () => {
	const report = reportOf('wrong password');
	const page = show(Results, {}, await sessionOf(report));
	const links = [...page.querySelectorAll<HTMLAnchorElement>('a[href^="#evidence-"]')];
	expect(links.length).toBeGreaterThan(5);
	await press(links[0]!);
	await until(() => {
		const place = page.querySelector<HTMLDetailsElement>(links[0]!.hash);
		expect(place?.open).toBe(true);
		expect(document.activeElement).toBe(place!.querySelector('summary'));
	});
	for (const { hash } of links) expect(page.querySelector(hash), hash).not.toBeNull();
	expect(page.querySelectorAll('[id^="evidence-"]')).toHaveLength(report.observations.length);
	expect(textOf(getByText(page, /^Measured with/))).toContain(report.environment.userAgent);
	expect(JSON.parse(page.querySelector('pre')!.textContent!)).toEqual(withText(report));
});

test('a report of calls made elsewhere is judged with the rules for those', async () => {
	const imported = HEADLINE_CASES.filter(({ observations }) => !areOwn(observations));
	expect(imported.length).toBeGreaterThan(1);
	for (const { observations } of imported) {
		const report = judgeAgain({ ...REPORT, observations });
		expect((await sessionOf(report)).conclusions).toEqual(report.conclusions);
	}
});

describe('which parts there are', () => {
	const titles = (page: HTMLElement) => textsOf(page, 'h2');

	test('of a report: all, in reading order', async () => {
		const page = show(Results, {}, await sessionOf(REPORT));
		expect(titles(page).slice(2, 7)).toEqual([
			'Servers',
			'NAT behaviour',
			'Who can I call without TURN',
			'Questions and answers',
			'Worth knowing'
		]);
		expect(titles(page)).toContain('Save and share');
	});

	test('no peers where nothing is known of the network', async () => {
		const page = show(Results, {}, await sessionOf(reportOf('tcp-443-chromium.recorded')));
		expect(titles(page)).not.toContain('Who can I call without TURN');
	});

	test('while a check runs: verdict, tests and servers, nothing that is not settled', async () => {
		const session = await sessionOf(REPORT);
		session.opened = null;
		session.report = null;
		session.state = 'running';
		const page = show(Results, {}, session);
		for (const title of ['NAT behaviour', 'Questions and answers', 'Save and share']) expect(titles(page)).not.toContain(title);
		for (const title of ['Servers', 'Tests']) expect(titles(page)).toContain(title);
	});
});

describe('the list of tests', () => {
	test.each(DISTINCT)('$name: each test with its state and its result', async ({ report }) => {
		const page = show(TestList, {}, await sessionOf(report));
		const rows = [...page.querySelectorAll('li')];
		expect(rows.map((row) => textOf(row.querySelector('.title')))).toEqual(report.config.plan.map(stepTitle));
		for (const [i, { id }] of report.config.plan.entries()) {
			const observation = report.observations.find(({ step }) => step === id);
			const state = observation ? { seen: 'done', failed: 'failed', skipped: 'skipped' }[observation.outcome.state] : 'waiting';
			expect(textOf(rows[i]!.querySelector('.state'))).toBe(state);
			if (observation?.outcome.state === 'skipped')
				expect(textOf(rows[i]!.querySelector('.result'))).toBe(sentence(skipSaid(observation.outcome)));
			if (observation?.outcome.state === 'failed')
				expect(textOf(rows[i]!.querySelector('.result'))).toBe(observation.outcome.message);
		}
	});

	test('while it runs says how far it is, and until when each may take', async () => {
		const session = await sessionOf(REPORT);
		session.state = 'running';
		session.observations = REPORT.observations.slice(0, 1);
		const page = show(TestList, {}, session);
		getByText(page, `1 of ${REPORT.config.plan.length} tests done`);
		expect(page.querySelector('progress')).toMatchObject({ value: 1, max: REPORT.config.plan.length });
	});
});

describe('what is said to those who listen', () => {
	test('the verdict in one sentence once it is known', async () => {
		const session = await sessionOf(REPORT);
		expect(textOf(show(Announcer, {}, session).querySelector('[aria-live]'))).toMatch(
			/^Nothing over UDP: calls need TURN\. Calls should work through TURN/
		);
	});

	test('that the own check is finished, but not that a saved report is', async () => {
		const session = await sessionOf(REPORT);
		expect(textOf(show(Announcer, {}, session).querySelector('[role="status"]'))).toBe('');
		session.opened = null;
		expect(textOf(show(Announcer, {}, session).querySelector('[role="status"]'))).toBe('The check is finished.');
	});

	test('nothing before there is anything', () => {
		expect(textOf(show(Announcer, {}, new Session()))).toBe('');
	});
});

describe('above the results', () => {
	const hero = (session: Session) => show(Hero, { prepare: () => Promise.resolve() }, session);

	test('a saved report is called one, with its time and browser, and can be left', async () => {
		const session = await sessionOf(REPORT);
		const page = hero(session);
		getByText(page, /^A saved report from \d+ \w+ \d{4}, \d\d:\d\d, measured with Chromium/);
		await press(getByText(page, 'Back to this network'));
		expect([session.opened, session.state]).toEqual([null, 'idle']);
		getByText(page, 'Check this network');
	});

	test.each([
		[0, 'No server is switched on: only what this device shows by itself can be seen.'],
		[1, 'Contacts 1 server address and this page’s own.'],
		[2, 'Contacts 2 server addresses and this page’s own.']
	])('with %i addresses says whom a check contacts', (n, said) => {
		const session = new Session();
		session.useDefaults(Array.from({ length: n }, (_, i) => ({ urls: [`stun:${i}.example`] })));
		getByText(hero(session), said);
	});

	test('a browser without WebRTC cannot start, and says what helps', async () => {
		const session = new Session();
		await session.begin();
		const page = hero(session);
		getByText(page, /^This browser has no WebRTC/);
		expect(page.querySelector('button')!.disabled).toBe(true);
	});

	test.each([
		['cancelled', 'Cancelled. What was measured until then is shown.'],
		['failed', 'The check could not run: out of sockets']
	] as const)('%s: says so', (state, said) => {
		const session = new Session();
		Object.assign(session, { state, failure: 'out of sockets' });
		getByText(hero(session), said);
		expect(queryByText(show(Hero, { prepare: () => Promise.resolve() }, new Session()), said)).toBeNull();
	});
});
