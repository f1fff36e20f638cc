/** The editor of the SDP workbench in both browsers, under the page's own policy: what is drawn, what folds, and that no byte is lost. */
import { describe, expect, test } from 'vitest';
import { sdpLink } from '../../src/lib/ui/sdp/link';
import { sharedApp } from '../support/app';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { describeWith } from '../support/require';

/** Line ends of three kinds, a tab and a NUL, a wrong port, and a line longer than the box. */
const TEXT = [
	'v=0\r\no=- 1 1 IN IP4 203.0.113.7\r\ns=a\0b\r\nt=0\t0\r\n',
	'm=audio 99999 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\na=rtpmap:111 opus/48000/2\r',
	`a=msid:- ${'0123456789'.repeat(20)}WMil\r\n`,
	'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n'
].join('');
const BOXED = TEXT.replace(/\r\n?/g, '\n');
/** Found only where the bytes are those that were given: the box has no such line end. */
const LONE_RETURN = 'A carriage return alone ends no line';
const WATCH = `addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
	(window.violations ??= []).push(violatedDirective + ' ' + sample));`;

const value = () => document.querySelector<HTMLTextAreaElement>('.editor textarea')!.value;
/** Without the blank that underlines what is missing at a line's end. */
const drawn = () => [...document.querySelectorAll('.editor .shades .code')].map((line) => line.textContent!.trimEnd());
/** As a person types over what they selected. */
const typeOver = ([taken, text]: [string, string]) => {
	const box = document.querySelector<HTMLTextAreaElement>('.editor textarea')!;
	const at = box.value.indexOf(taken);
	box.focus();
	box.setSelectionRange(at, at + taken.length);
	document.execCommand('insertText', false, text);
};

describe.each(['chromium', 'firefox'] as const)('the editor in %s', (name: BrowserName) => {
	describeWith([name], name, () => {
		async function withEditor(use: (browser: TestBrowser) => Promise<void>): Promise<void> {
			const [app, browser] = await Promise.all([sharedApp(), launchBrowser(name, { before: WATCH })]);
			try {
				// The link carries the text byte by byte.
				await browser.screen.open(await sdpLink(app.url, { profile: 'webrtc', texts: [{ text: TEXT, role: null, name: null }] }));
				await browser.screen.see(/problem/, { selector: '.counts' });
				await use(browser);
				expect(await browser.evaluate('window.violations ?? []')).toEqual([]);
			} finally {
				await browser.close();
			}
		}

		test('each letter is drawn where the box has it, and findings are underlined at their column', async () => {
			await withEditor(async ({ evaluate }) => {
				expect(await evaluate(value)).toBe(BOXED);
				expect(await evaluate(drawn)).toEqual(BOXED.split('\n'));
				const widths = await evaluate(() => {
					const box = document.querySelector<HTMLTextAreaElement>('.editor textarea')!;
					const lines = [...document.querySelectorAll<HTMLElement>('.editor .shades .code')];
					return [box.scrollWidth, Math.max(...lines.map((line) => line.getBoundingClientRect().width))];
				});
				// Both from the left edge of the box to the end of the longest line; the box rounds.
				expect(Math.abs(widths[0]! - widths[1]!)).toBeLessThanOrEqual(1);
				const tops = await evaluate(() => {
					const box = document.querySelector<HTMLTextAreaElement>('.editor textarea')!;
					box.scrollTop = 40;
					box.scrollLeft = 100;
					return new Promise<number[]>((resolve) =>
						requestAnimationFrame(() => {
							const { left, top } = box.getBoundingClientRect();
							const line = [...document.querySelectorAll('.editor .shades .code')].find((each) => each.textContent === 't=0\t0')!;
							const at = line.getBoundingClientRect();
							resolve([at.top - top, at.left - left, box.scrollTop, box.scrollLeft]);
						})
					);
				});
				// The fourth line, under a padding of 8 px.
				expect(tops[0]! + tops[2]!).toBeCloseTo(8 + 3 * 20, 0);
				expect(tops[1]! + tops[3]!).toBeCloseTo(0, 0);
				expect(tops[3]).toBe(100);
				const marked = await evaluate(() => [...document.querySelectorAll('.shades .marked')].map((each) => each.textContent));
				expect(marked).toContain('99999');
			});
		});

		test('what is folded stays in the text, and line ends outlive editing', async () => {
			await withEditor(async ({ evaluate, screen }) => {
				await screen.see(LONE_RETURN);
				await screen.press('button', 'Fold sections');
				await expect
					.poll(() => evaluate(value))
					.toBe('v=0\nm=audio 99999 UDP/TLS/RTP/SAVPF 111\nm=video 9 UDP/TLS/RTP/SAVPF 96\n');
				await evaluate(typeOver, ['99999', '9']);
				await expect.poll(() => evaluate(value)).toContain('m=audio 9 UDP');
				await screen.seeNothingOf('99999');
				// Seen only where the bytes are known to be those that were given.
				await screen.see(LONE_RETURN);
				await screen.press('button', 'Unfold sections');
				await expect.poll(() => evaluate(value)).toBe(BOXED.replace('99999', '9'));
				await evaluate(typeOver, ['a=mid:1', 'a=mid:x\na=extra']);
				await expect.poll(() => evaluate(value)).toBe(BOXED.replace('99999', '9').replace('a=mid:1', 'a=mid:x\na=extra'));
				await screen.see(LONE_RETURN);
				await evaluate("document.execCommand('undo')");
				await expect.poll(() => evaluate(value)).toBe(BOXED.replace('99999', '9'));
			});
		});

		test('a finding leads into a folded section, to its line and column', async () => {
			await withEditor(async ({ evaluate, screen }) => {
				await screen.press('button', 'Fold sections');
				await screen.press('button', /^Line 7, column 26/);
				await expect
					.poll(() =>
						evaluate(() => {
							const box = document.activeElement;
							return box instanceof HTMLTextAreaElement ? box.value.slice(box.selectionStart, box.selectionEnd) : null;
						})
					)
					.toBe('a=rtpmap:111 opus/48000/2');
				expect(await evaluate(value)).toContain('a=mid:0');
				expect(await evaluate(value)).not.toContain('a=rtpmap:96');
			});
		});
	});
});

describe('without its script', () => {
	test('the page has the box, to write and paste into', async () => {
		const { url } = await sharedApp();
		expect(await (await fetch(`${url}/sdp`)).text()).toMatch(/<textarea[^>]*aria-label="[^"]*, as text"/);
	});
});
