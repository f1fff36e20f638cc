/** What every component test begins and ends with. */
import { configure } from '@testing-library/dom';
import { afterEach, beforeAll } from 'vitest';
import { takeAway, WAIT_AT_MOST_MS } from './show';

// Whether something is in sight is a matter of style sheets and layout, which a DOM without a browser does not have.
configure({ defaultHidden: true, asyncUtilTimeout: WAIT_AT_MOST_MS });

beforeAll(() => {
	// Nor are there pixels: charts draw into nothing. What they draw is looked at in browsers.
	HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement) {
		return penOf(this);
	} as unknown as typeof HTMLCanvasElement.prototype.getContext;
	// happy-dom knows `:checked` of boxes alone; Svelte asks a list for its chosen option by it (Selectors 4 §12.3.1).
	const find = Element.prototype.querySelector;
	HTMLSelectElement.prototype.querySelector = function (this: HTMLSelectElement, selector: string) {
		return selector === ':checked' ? (this.options[this.selectedIndex] ?? null) : find.call(this, selector);
	};
});

afterEach(async () => {
	await takeAway();
	localStorage.clear();
	location.hash = '';
});

function penOf(canvas: HTMLCanvasElement): unknown {
	const pen: unknown = new Proxy(
		{},
		{
			get(_, name) {
				if (name === 'canvas') return canvas;
				return name === 'measureText' ? () => ({ width: 0 }) : () => pen;
			},
			set: () => true
		}
	);
	return pen;
}
