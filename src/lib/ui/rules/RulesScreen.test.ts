/** The rules screen: every rule to be found, with its link, its source and its examples. */
import { getByLabelText, getByRole, getByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { show, textOf, textsOf, until, write } from '../../../../tests/support/components/show';
import { shownSections } from './entries';
import RulesScreen from './RulesScreen.svelte';

const SECTIONS = shownSections();
const RULES = SECTIONS.flatMap(({ rules }) => rules);
const found = (page: HTMLElement) => textOf(page.querySelector('.count'));

/** Hundreds of rules take their time to be put up: one screen for what a reader does one after the other. */
describe('the rules', () => {
	const listed = (page: HTMLElement) => [...page.querySelectorAll('section > ul > li')];

	test('are all there, a link leads to one, and they are found by a code, by words or not at all', async () => {
		location.hash = '#headline-fails';
		const page = show(RulesScreen, {});
		await until(() => expect(document.activeElement?.id).toBe('headline-fails'));
		expect([...page.querySelectorAll('li.marked')].map(({ id }) => id)).toEqual(['headline-fails']);
		expect(found(page)).toBe(`${RULES.length} entries.`);
		const ids = listed(page).map(({ id }) => id);
		expect(ids).toEqual(RULES.map(({ anchor }) => anchor));
		expect(new Set(ids).size).toBe(ids.length);
		expect(textsOf(page, 'nav a')).toEqual(SECTIONS.map(({ title, rules }) => `${title} ${rules.length}`));

		const search = getByLabelText<HTMLInputElement>(page, 'Search');
		await write(search, 'ice rfc 8839');
		const items = listed(page);
		expect([items.length > 1, items.length < RULES.length]).toEqual([true, true]);
		for (const item of items) expect(textOf(item)).toContain('8839');

		await write(search, 'BND-01');
		expect(found(page)).toBe(`1 of ${RULES.length} entries.`);
		expectWhole(page.querySelector<HTMLElement>('#bundle-unknown-mid')!);

		await write(search, 'no rule has these words');
		expect(found(page)).toBe(`0 of ${RULES.length} entries.`);
		getByText(page, 'No entry holds all these words.');
	});

	/** Its link, source, and both examples, each within reach of the keyboard. */
	function expectWhole(item: HTMLElement): void {
		expect(getByRole(item, 'link', { name: 'bundle-unknown-mid' }).getAttribute('href')).toBe('#bundle-unknown-mid');
		expect(textOf(item.querySelector('.meta'))).toMatch(/^problem BND-01 .*RFC \d+/);
		expect(textsOf(item, 'figcaption')).toEqual(['Is reported', 'Passes']);
		for (const example of item.querySelectorAll('pre')) {
			expect(example.textContent).toMatch(/^a=group:BUNDLE /);
			expect(example.tabIndex).toBe(0);
		}
		getByRole(item, 'button', { name: 'Open in the SDP workbench' });
	}
});
