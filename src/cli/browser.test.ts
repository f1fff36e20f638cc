import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findBrowser } from './browser';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'icelens-path-'));
	vi.stubEnv('PATH', folder);
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true });
});

function install(...names: string[]): void {
	for (const name of names) {
		writeFileSync(join(folder, name), '#!/bin/sh\n');
		chmodSync(join(folder, name), 0o755);
	}
}

test.each([
	[['chromium', 'firefox'], undefined, 'chromium', 'chromium'],
	[['google-chrome-stable'], 'chromium', 'chromium', 'google-chrome-stable'],
	[['microsoft-edge', 'firefox'], 'chromium', 'chromium', 'microsoft-edge'],
	[['chromium', 'firefox-esr'], 'firefox', 'firefox', 'firefox-esr'],
	[['chromium', 'my-firefox-nightly'], 'my-firefox-nightly', 'firefox', 'my-firefox-nightly'],
	[['vivaldi'], 'vivaldi', 'chromium', 'vivaldi']
] as const)('with %j installed, asked for %s: %s at %s', (installed, asked, kind, name) => {
	install(...installed);
	expect(findBrowser(asked)).toEqual({ kind, path: join(folder, name) });
});

test('a path is taken as it is given', () => {
	install('my-browser');
	expect(findBrowser(join(folder, 'my-browser'))).toEqual({ kind: 'chromium', path: join(folder, 'my-browser') });
});

test('what is not there is refused with the remedy', () => {
	writeFileSync(join(folder, 'opera'), 'not a program');
	expect(() => findBrowser('opera')).toThrow('there is no program "opera"');
	expect(() => findBrowser('/nowhere/chrome')).toThrow('Give chromium, firefox or the path of one');
});
