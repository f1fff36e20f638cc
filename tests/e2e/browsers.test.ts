/** The browsers themselves: everything else in this folder rests on these few methods. */
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { describeWith, testWith } from '../support/require';

const SCREEN = `<!doctype html><title>screen</title>
<button hidden>Go on</button><button disabled>Go on</button><div style="visibility: hidden">Hello, nobody: it took 1 ms</div>
<label for="name">Name</label><input id="name"><button id="go" disabled>Go <b>on</b></button>
<div style="display: contents"><p></p></div>
<details><summary>More</summary><section><label>Colour <select><option>red<option>blue</select></label>
<label><input type="checkbox">Really</label><output></output></section></details><button id="save">Save it</button>
<script>
	const [name, go, p, select, box, output, save] = ['#name', '#go', 'p', 'select', '[type=checkbox]', 'output', '#save'].map((one) => document.querySelector(one));
	name.oninput = () => setTimeout(() => (go.disabled = false), 300);
	go.onclick = ({ isTrusted }) => isTrusted && (p.innerHTML = 'Hello, <b>' + name.value + '</b>: it took <i>12 ms</i>');
	document.onchange = () => (output.textContent = select.value + ' ' + box.checked);
	save.onclick = () => {
		const link = document.createElement('a');
		link.href = URL.createObjectURL(new Blob(['of ' + name.value]));
		link.download = 'ada.txt';
		link.click();
	};
	window.icelens = {};
</script>`;

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([name], `launchBrowser: ${name}`, () => {
		testWith([], 'shows a page, runs code in it, takes a picture of the asked size', async () => {
			const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<h1>here</h1>'));
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			const folder = mkdtempSync(join(tmpdir(), 'icelens-browser-test-'));
			const browser = await launchBrowser(name);
			try {
				await browser.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
				expect(await browser.evaluate('document.querySelector("h1").textContent')).toBe('here');
				expect(await browser.evaluate(async ({ a }) => ({ sum: a + 1, secure: isSecureContext }), { a: 1 })).toEqual({
					sum: 2,
					secure: true
				});
				await expect(browser.evaluate(() => Promise.reject(new Error('thrown in the page')))).rejects.toThrow(
					'thrown in the page'
				);
				const picture = join(folder, 'page.png');
				await browser.screenshot(picture, { width: 390, height: 844 });
				const png = readFileSync(picture);
				expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([390, 844]);
				expect(browser.version).toMatch(name === 'chromium' ? /^Chromium \d+/ : /^Firefox \d+/);
			} finally {
				await browser.close();
				server.close();
				rmSync(folder, { recursive: true });
			}
		});

		testWith(['namespaces'], 'runs inside a network namespace, where only its loopback exists', async () => {
			// Named as the lab names its own, which sweeps away those of processes that are gone.
			const namespace = `icelens-${process.pid}-test`;
			execFileSync('ip', ['netns', 'add', namespace]);
			try {
				execFileSync('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
				const server = createServer((_request, response) => response.end('outside'));
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				const browser = await launchBrowser(name, { namespace: ['ip', 'netns', 'exec', namespace] });
				try {
					await browser.goto('data:text/html,<h1>in</h1>');
					expect(await browser.evaluate('document.body.textContent')).toBe('in');
					const { port } = server.address() as AddressInfo;
					// A server outside is not reachable from in there, on the very address that works out here.
					await expect(browser.goto(`http://127.0.0.1:${port}/`)).rejects.toThrow();
					expect((await fetch(`http://127.0.0.1:${port}/`)).ok).toBe(true);
				} finally {
					await browser.close();
					server.close();
				}
			} finally {
				execFileSync('ip', ['netns', 'del', namespace]);
			}
		});

		testWith([], 'finds what can be seen and used, by role, label and text, and hands over what is saved', async () => {
			const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(SCREEN));
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			const { close, screen } = await launchBrowser(name);
			try {
				await screen.open(`http://localhost:${(server.address() as AddressInfo).port}/`);
				// Hidden ones of the same name come first in the page; the one that counts can be used once there is a name.
				await screen.fill('Name', 'Ada');
				await screen.press('button', 'Go on');
				expect(await screen.see(/^Hello, .* took \d+ ms$/)).toBe('Hello, Ada: it took 12 ms');
				expect(await screen.count('Hello')).toBe(1);
				await screen.unfold('More');
				await screen.choose('Colour', 'blue');
				await screen.check('Really');
				await screen.check('Really');
				expect(await screen.read('output', { selector: 'section', text: 'Really' })).toEqual(['blue true']);
				await screen.check('Really', false);
				await screen.see('blue false');
				await screen.seeNothingOf('blue true');
				const { name: file, content } = await screen.download(/^Save/);
				expect([file, content.toString()]).toEqual(['ada.txt', 'of Ada']);
			} finally {
				await close();
				server.close();
			}
		});

		testWith([], 'gives a fake microphone without asking', async () => {
			const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>'));
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			const browser = await launchBrowser(name, { fakeMedia: true });
			try {
				await browser.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
				const kinds = await browser.evaluate(async () => {
					const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
					const seen = stream.getTracks().map((track) => track.kind);
					stream.getTracks().forEach((track) => track.stop());
					return seen;
				});
				expect(kinds).toEqual(['audio']);
			} finally {
				await browser.close();
				server.close();
			}
		});
	});
}
