/** How tests find what people see, by one script that runs in the page: the same for every browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as TestingLibrary from '@testing-library/dom';

/** A string for roles and labels is the whole name, for text a part of it. */
export type Words = string | RegExp;

/** A part of the page: what the selector finds, with this text in it where one is given; the first that is visible. */
export interface Part {
	selector: string;
	text?: Words;
}

export type Wanted = ({ role: string; name: Words } | { label: Words } | { text: Words } | { selector: string }) & {
	within?: Part | undefined;
};

const file = createRequire(import.meta.url).resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js');

/** Gives the page the library that knows roles and names (WAI-ARIA, accname). A page's policy does not hold for what a debugger runs. */
export const INSTALL = `(() => { ${readFileSync(file, 'utf8')}
})()`;
export const IS_INSTALLED = `typeof TestingLibraryDom !== 'undefined'`;

/** An expression for the page: the array of the visible elements that are wanted. */
export const lookUpExpression = (wanted: Wanted) => `(${lookUp.toString()})(${sourceOf(wanted)})`;

/** JSON, with regular expressions as they are written. */
function sourceOf(value: unknown): string {
	if (value instanceof RegExp || typeof value !== 'object' || value === null) {
		return value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'undefined');
	}
	return `{${Object.entries(value)
		.map(([key, one]) => `${key}: ${sourceOf(one)}`)
		.join()}}`;
}

/** Runs in the page, so it uses nothing from around it. */
function lookUp(wanted: Wanted): Element[] {
	const { queryAllByRole, queryAllByLabelText } = (globalThis as unknown as { TestingLibraryDom: typeof TestingLibrary })
		.TestingLibraryDom;
	const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
	const textOf = (element: Element) => (element instanceof HTMLElement ? element.innerText : (element.textContent ?? ''));
	const says = (element: Element, words: Words) => {
		const text = textOf(element).replace(/\s+/g, ' ').trim();
		return typeof words === 'string' ? text.includes(words) : words.test(text);
	};
	/** The smallest elements that have all of it. One with `display: contents` has no box of its own. */
	const smallest = (element: Element, words: Words): Element[] => {
		const transparent = getComputedStyle(element).display === 'contents';
		if (!transparent && !isSeen(element)) return [];
		// What is not in the whole is in no part, which cannot be said of a pattern with `^` or `$`.
		if (!transparent && typeof words === 'string' && !says(element, words)) return [];
		const inside = [...element.children].flatMap((child) => smallest(child, words));
		if (inside.length > 0 || transparent) return inside;
		return says(element, words) ? [element] : [];
	};
	const { within } = wanted;
	const root = within
		? [...document.querySelectorAll(within.selector)].find(
				(part) => isSeen(part) && (within.text === undefined || says(part, within.text))
			)
		: document.body;
	if (!(root instanceof HTMLElement)) return [];
	if ('text' in wanted) return smallest(root, wanted.text);
	const found =
		'role' in wanted
			? queryAllByRole(root, wanted.role, { name: wanted.name, hidden: true })
			: 'label' in wanted
				? queryAllByLabelText(root, wanted.label)
				: [...root.querySelectorAll(wanted.selector)];
	return found.filter(isSeen);
}
