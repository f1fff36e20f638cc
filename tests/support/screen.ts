/**
 * A screen as people use it: what they read, press and fill in. One driver for every browser: things are found by one script in
 * the page, and mouse and keyboard are the browser's own. It waits for conditions, never for a fixed time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { INSTALL, IS_INSTALLED, lookUpExpression, type Part, type Wanted, type Words } from './lookup';
import { patience } from './patience';

export interface SavedFile {
	name: string;
	content: Buffer;
}

/** What a browser's own library does for the driver. `find` is an expression for one element or null; false where it is null. */
export interface ScreenPort {
	goto(url: string): Promise<void>;
	evaluate<R>(expression: string): Promise<R>;
	click(find: string): Promise<boolean>;
	fill(find: string, text: string): Promise<boolean>;
	download(press: () => Promise<void>): Promise<SavedFile>;
}

export interface Screen {
	/** Goes there, and waits until the page's script runs: a press before that does nothing. */
	open(url: string): Promise<void>;
	press(role: string, name: Words, within?: Part): Promise<void>;
	/** Opens a collapsed part by its summary. */
	unfold(summary: string): Promise<void>;
	fill(label: Words, text: string, within?: Part): Promise<void>;
	/** Selects the option with this text. */
	choose(label: Words, option: string, within?: Part): Promise<void>;
	check(label: Words, checked?: boolean, within?: Part): Promise<void>;
	/** Waits until something visible has this text, and returns the text of the smallest such element. */
	see(text: Words, within?: Part, ms?: number): Promise<string>;
	/** Waits until nothing visible has this text. */
	seeNothingOf(text: Words, within?: Part): Promise<void>;
	/** How many visible elements have this text, now. */
	count(text: Words, within?: Part): Promise<number>;
	/** The text of each visible element of this selector, now. */
	read(selector: string, within?: Part): Promise<string[]>;
	/** Presses a button that saves a file. */
	download(button: Words, within?: Part): Promise<SavedFile>;
}

/** Longer than anything here takes: after this a condition will not become true. */
const HANGING_MS = 60_000;

export function makeScreen(port: ScreenPort): Screen {
	const install = async () => {
		if (!(await port.evaluate<boolean>(IS_INSTALLED))) await port.evaluate(INSTALL);
	};
	const all = (wanted: Wanted) => lookUpExpression(wanted);
	const enabled = (wanted: Wanted) => `(${all(wanted)}.find((element) => !element.matches(':disabled')) ?? null)`;
	const texts = async (wanted: Wanted) => {
		await install();
		return port.evaluate<string[]>(`${all(wanted)}.map((element) => element.innerText ?? element.textContent)`);
	};

	/** Polls; when the page is reloaded during a poll, it polls again. */
	async function until<T>(what: string, look: () => Promise<T | false>, ms = HANGING_MS): Promise<T> {
		const end = performance.now() + patience(ms);
		for (;;) {
			const begunMs = performance.now();
			let fault: unknown;
			try {
				await install();
				const found = await look();
				if (found !== false) return found;
			} catch (error) {
				fault = error;
			}
			const now = performance.now();
			if (now > end) {
				const shown = await port.evaluate<string>('document.body.innerText').catch(String);
				const why = fault instanceof Error ? ` (${fault.message.split('\n', 1)[0]})` : '';
				throw new Error(`Waited in vain for ${what}${why}. The screen:\n${shown}`, { cause: fault });
			}
			// A pause, so that polling does not load a busy page further.
			await pause(Math.max(50, 2 * (now - begunMs)));
		}
	}

	const press = (role: string, name: Words, within?: Part) =>
		until(`the ${role} ${name}`, async () => (await port.click(enabled({ role, name, within }))) || false);

	return {
		open: async (url) => {
			await port.goto(url);
			await until('the page’s script', () => port.evaluate<boolean>('window.icelens !== undefined'));
		},
		press: async (...what) => void (await press(...what)),
		unfold: async (text) => {
			const summary = enabled({ text, within: { selector: 'summary', text } });
			await until(`the summary ${text}`, async () => (await port.click(summary)) || false);
		},
		fill: async (label, text, within) =>
			void (await until(`the field ${label}`, () => port.fill(enabled({ label, within }), text))),
		choose: async (label, option, within) => {
			const take = `((menu) => {
				const value = [...(menu?.options ?? [])].find(({ text }) => text.trim() === ${JSON.stringify(option)})?.value;
				if (value === undefined) return false;
				menu.value = value;
				for (const type of ['input', 'change']) menu.dispatchEvent(new Event(type, { bubbles: true }));
				return true;
			})(${enabled({ label, within })})`;
			await until(`the option ${option} of ${label}`, () => port.evaluate<boolean>(take));
		},
		check: async (label, checked = true, within) => {
			const box = enabled({ label, within });
			const isSo = `((box) => box !== null && box.checked === ${checked})(${box})`;
			await until(`the box ${label}, ${checked ? 'checked' : 'not checked'}`, async () => {
				if (!(await port.evaluate<boolean>(isSo))) await port.click(box);
				return port.evaluate<boolean>(isSo);
			});
		},
		see: (text, within, ms) => until(`"${text}"`, async () => (await texts({ text, within }))[0] ?? false, ms),
		seeNothingOf: async (text, within) =>
			void (await until(`the end of "${text}"`, async () => (await texts({ text, within })).length === 0)),
		count: async (text, within) => (await texts({ text, within })).length,
		read: (selector, within) => texts({ selector, within }),
		download: (button, within) => port.download(() => press('button', button, within).then(() => undefined))
	};
}
