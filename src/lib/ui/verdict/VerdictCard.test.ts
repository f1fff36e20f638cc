/** The verdict over every report that is kept for tests, and over networks that nobody described by hand. */
import { getByRole, queryByRole } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { answersOf, headlineOf, reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { press, sessionOf, show, textOf, textsOf } from '../../../../tests/support/components/show';
import type { Verdict } from '../../core/report/report';
import { Session } from '../session.svelte';
import VerdictCard from './VerdictCard.svelte';

/** What people read for each verdict about a network, word by word. */
const WORDS: Partial<Record<Verdict, string>> = {
	direct: 'Direct calls should work',
	'with-turn': 'Calls should work, with TURN for some peers',
	'turn-always': 'Nothing over UDP: calls need TURN',
	fails: 'Calls will most likely fail',
	unknown: 'Cannot tell'
};
const NONE_WORKS = 'Some calls need TURN, and none works yet';
const TONES: Partial<Record<Verdict, string>> = {
	direct: 'fine',
	'with-turn': 'normal',
	'turn-always': 'normal',
	fails: 'problem',
	unknown: 'unknown'
};

const DISTINCT = withNewParts(REPORTS, (report) => {
	const { rule, nextSteps } = headlineOf(report);
	return [
		`${rule} ${nextSteps.map((step) => step.rule).join()}`,
		...answersOf(report).flatMap(({ says, because }) => because.map((one) => `${rule} ${says} ${one.rule}`))
	];
});

test.each(DISTINCT)(
	'$name: the verdict in its words and tone, what to do, and each reason once with its evidence',
	async ({ report }) => {
		const headline = headlineOf(report);
		const page = show(VerdictCard, {}, await sessionOf(report));
		const card = page.querySelector<HTMLElement>('section')!;
		expect(textOf(card.querySelector('h2'))).toBe(
			headline.rule === 'headline-needs-working-turn' ? NONE_WORKS : WORDS[headline.verdict]
		);
		const turn = answersOf(report).find(({ question }) => question === 'turn-works')!.says;
		const needsTurn = headline.verdict === 'with-turn' || headline.verdict === 'turn-always';
		const proven = turn === 'yes' || turn === 'partly';
		expect([...card.classList].slice(0, 2)).toEqual(['verdict', needsTurn && !proven ? 'warning' : TONES[headline.verdict]]);
		expect(textOf(card.querySelector('.text')).startsWith(headline.text)).toBe(true);
		expect(textsOf(card, '.advice p')).toEqual(headline.nextSteps.map(({ text }) => text));

		const reasons = answersOf(report)
			.filter(({ question }) => question === 'calls-will-work' || question === 'needs-turn')
			.flatMap(({ because }) => because);
		const said = textsOf(page, 'li').map((text) => text.replace(/( \d+)+$/, ''));
		// The reason that is the headline itself is not said twice.
		expect(said).toEqual([...new Set(reasons.map(({ text }) => text))].filter((text) => text !== headline.text));
		const places = [...page.querySelectorAll('a')].map((link) =>
			Number(/^#evidence-(\d+)$/.exec(link.getAttribute('href')!)![1])
		);
		expect(new Set(places)).toEqual(new Set(reasons.flatMap(({ observations }) => observations.map((index) => index + 1))));
		for (const place of places) expect(report.observations[place - 1]).toBeDefined();
	}
);

test('every verdict and every tone is among these reports', () => {
	expect(new Set(DISTINCT.map(({ report }) => headlineOf(report).verdict))).toEqual(new Set(Object.keys(WORDS)));
	expect(DISTINCT.some(({ report }) => headlineOf(report).rule === 'headline-needs-working-turn')).toBe(true);
});

const UNDECIDED = 'no network: two silent servers, no control';

test('a saved report that cannot tell offers no servers to change: they are not this network’s', async () => {
	const page = show(VerdictCard, {}, await sessionOf(reportOf(UNDECIDED)));
	expect(queryByRole(page, 'button', { name: 'Change servers' })).toBeNull();
});

/** As after a check of this network. */
async function ownResult(name: string, state: Session['state']) {
	const session = await sessionOf(reportOf(name));
	session.opened = null;
	session.state = state;
	return session;
}

test('an own check that cannot tell leads to the servers, opens them and puts the keyboard there', async () => {
	const page = show(VerdictCard, {}, await ownResult(UNDECIDED, 'done'));
	const servers = document.createElement('details');
	servers.id = 'servers';
	servers.innerHTML = '<fieldset class="presets"><input type="checkbox"></fieldset>';
	page.append(servers);
	await press(getByRole(page, 'button', { name: 'Change servers' }));
	expect([servers.open, document.activeElement]).toEqual([true, servers.querySelector('input')]);
});

test('while it is measured nothing undecided is said', async () => {
	const page = show(VerdictCard, {}, await ownResult(UNDECIDED, 'running'));
	expect(textOf(page)).toBe('Verdict Measuring The answer appears here as soon as it is decided.');
});

test('while it is measured a decided verdict is said to be one so far', async () => {
	const page = show(VerdictCard, {}, await ownResult('full cone', 'running'));
	expect([textOf(page.querySelector('.kicker')), textOf(page.querySelector('h2'))]).toEqual([
		'So far, still measuring',
		'Direct calls should work'
	]);
});

test('before anything was measured it says so', () => {
	expect(textOf(show(VerdictCard, {}, new Session()).querySelector('h2'))).toBe('Measuring');
});
