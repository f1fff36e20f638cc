/** An installed browser, found and driven: Chromium and its kin by playwright-core, Firefox by puppeteer-core over WebDriver BiDi. */
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { CliError } from './errors';

export interface FoundBrowser {
	kind: 'chromium' | 'firefox';
	path: string;
}

/** A page in a browser that has no window. */
export interface DrivenPage {
	goto(url: string): Promise<void>;
	/** Evaluates an expression and waits for its promise; the value must be JSON. */
	evaluate<T>(expression: string): Promise<T>;
	/** Makes `window[name](text)` call back here. Before `goto`. */
	expose(name: string, listener: (text: string) => void): Promise<void>;
	close(): Promise<void>;
}

const CHROMIUM_NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge',
	'microsoft-edge-stable',
	'msedge',
	'brave-browser'
];
const FIREFOX_NAMES = ['firefox-esr', 'firefox'];

/** Where the installers of other systems put browsers without telling PATH. */
const USUAL_PLACES: Record<FoundBrowser['kind'], string[]> = {
	chromium: [
		'/snap/bin/chromium',
		'/opt/google/chrome/chrome',
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
		...windowsPlaces('Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe')
	],
	firefox: [
		'/snap/bin/firefox',
		'/Applications/Firefox.app/Contents/MacOS/firefox',
		...windowsPlaces('Mozilla Firefox/firefox.exe')
	]
};

function windowsPlaces(...programs: string[]): string[] {
	const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
	return folders.flatMap((folder) => programs.map((program) => join(folder, program)));
}

/** `chromium`, `firefox`, or the path of a program; undefined: what is installed, Chromium first. */
export function findBrowser(asked: string | undefined): FoundBrowser {
	if (asked !== undefined && asked !== 'chromium' && asked !== 'firefox') {
		const path = isAbsolute(asked) || /[/\\]/.test(asked) ? (existsSync(asked) ? asked : null) : inPath([asked]);
		if (path === null)
			throw new CliError(`--browser: there is no program "${asked}". Give chromium, firefox or the path of one.`);
		return { kind: /firefox/i.test(basename(path)) ? 'firefox' : 'chromium', path };
	}
	const kinds = asked === undefined ? (['chromium', 'firefox'] as const) : ([asked] as const);
	for (const kind of kinds) {
		const path =
			inPath(kind === 'chromium' ? CHROMIUM_NAMES : FIREFOX_NAMES) ?? USUAL_PLACES[kind].find((place) => existsSync(place));
		if (path) return { kind, path };
	}
	const missing =
		asked === undefined
			? 'No browser was found'
			: asked === 'firefox'
				? 'Firefox was not found'
				: 'No Chromium, Chrome or Edge was found';
	throw new CliError(
		`${missing} on this machine. Install one (on Debian: apt-get install chromium), or name it: --browser PATH.`
	);
}

function inPath(names: readonly string[]): string | null {
	const endings = process.platform === 'win32' ? ['.exe', ''] : [''];
	for (const name of names) {
		for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
			for (const ending of endings) {
				const path = join(folder, name + ending);
				try {
					accessSync(path, constants.X_OK);
					return path;
				} catch {
					// not here
				}
			}
		}
	}
	return null;
}

/** The browser measures; what it does on its own account would be in the way, or go to other people's servers. */
const CHROMIUM_ARGS = [
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

const FIREFOX_PREFS = {
	'app.update.disabledForTesting': true,
	'browser.safebrowsing.update.enabled': false,
	'datareporting.policy.dataSubmissionEnabled': false,
	'extensions.getAddons.cache.enabled': false,
	'media.gmp-manager.updateEnabled': false,
	'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false,
	'services.settings.server': 'data:,#remote-settings-dummy/v1',
	'toolkit.telemetry.enabled': false
};

export interface PageOptions {
	/** Servers on this machine itself are to be tried: Firefox leaves the loopback out unless told otherwise. */
	loopback: boolean;
	/** Says something to the person at the terminal. */
	note: (text: string) => void;
	/** The app of somebody else that is opened; null for one of this machine's own. */
	elsewhere: string | null;
}

export async function openPage(found: FoundBrowser, options: PageOptions): Promise<DrivenPage> {
	try {
		return found.kind === 'chromium' ? await openChromium(found.path, options) : await openFirefox(found.path, options);
	} catch (error) {
		const first = (error as Error).message.split('\n')[0];
		throw new CliError(`${found.path} could not be started: ${first}`);
	}
}

async function openChromium(path: string, { note, elsewhere }: PageOptions): Promise<DrivenPage> {
	const { chromium } = await import('playwright-core');
	const root = process.getuid?.() === 0;
	if (root)
		note(
			elsewhere === null
				? "Chromium's sandbox refuses to run as root: the browser runs without it, and opens nothing but the app's own page."
				: `Chromium's sandbox refuses to run as root: the page of ${elsewhere} runs without it. Run this command as another user to keep it.`
		);
	const browser = await chromium.launch({
		executablePath: path,
		chromiumSandbox: !root,
		args: CHROMIUM_ARGS,
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false
	});
	const page = await browser.newPage();
	return {
		goto: async (url) => void (await page.goto(url)),
		evaluate: (expression) => page.evaluate(expression),
		expose: async (name, listener) => void (await page.exposeFunction(name, listener)),
		close: () => browser.close()
	};
}

async function openFirefox(path: string, { loopback, note }: PageOptions): Promise<DrivenPage> {
	const { default: puppeteer } = await import('puppeteer-core');
	if (loopback)
		note('Servers on this machine are in the list: Firefox is told to use its loopback address, which it does not do by itself.');
	const profile = mkdtempSync(join(tmpdir(), 'icelens-firefox-'));
	const browser = await puppeteer.launch({
		browser: 'firefox',
		protocol: 'webDriverBiDi',
		executablePath: path,
		headless: true,
		userDataDir: profile,
		extraPrefsFirefox: { ...FIREFOX_PREFS, ...(loopback ? { 'media.peerconnection.ice.loopback': true } : {}) },
		// A run may take longer than puppeteer's own patience; the caller has its own.
		protocolTimeout: 0,
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false
	});
	const page = (await browser.pages())[0] ?? (await browser.newPage());
	return {
		goto: async (url) => void (await page.goto(url)),
		evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
		expose: (name, listener) => page.exposeFunction(name, listener),
		close: async () => {
			await browser.close();
			rmSync(profile, { recursive: true, force: true });
		}
	};
}
