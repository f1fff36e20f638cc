/**
 * Real browsers for tests, both with the same few methods: Chromium by playwright-core, Firefox ESR by puppeteer-core over
 * WebDriver BiDi (Playwright speaks that too, but asks for commands that this Firefox does not have). Each launch has a profile
 * of its own, removed at the end.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import puppeteer, { type Browser as FirefoxBrowser, type Page as FirefoxTab } from 'puppeteer-core';
import { writeExecutable, type NamespaceCommand } from './namespace-command';
import { forwardPort } from './namespace-forwarder';
import { onceAWorker } from './once-a-worker';
import { patience } from './patience';
import { findProgram, PROGRAMS } from './programs';
import type { Screen } from './screen';
import { chromiumScreen, firefoxScreen } from './screen-ports';

export type BrowserName = 'chromium' | 'firefox';

export interface BrowserOptions {
	/** More command line arguments. */
	args?: string[];
	/** More preferences (Firefox only). */
	firefoxPrefs?: Record<string, boolean | number | string>;
	/** Accept self-made certificates, for pages and for TURN over TLS (Chromium) or pages only (Firefox). */
	ignoreCertificateErrors?: boolean;
	/** Certificates (PEM) to trust as if a known authority vouched for them, also for TURN over TLS. Firefox needs `certutil`. */
	trustedCertificates?: { cert: string }[];
	/** A fake camera and microphone, with the permission to use them given. */
	fakeMedia?: boolean;
	/** The network namespace to run in; needs root. */
	namespace?: NamespaceCommand;
	/** The language the page sees. */
	locale?: string;
	/** `prefers-color-scheme`. */
	colorScheme?: 'light' | 'dark';
	/** The size of the page in CSS pixels. */
	viewport?: { width: number; height: number };
	/** A script that runs in every page before its own. */
	before?: string;
}

export interface TestBrowser {
	name: BrowserName;
	/** `Chromium 156.0.1`, `Firefox 153.0`: for people. */
	version: string;
	goto(url: string): Promise<void>;
	/**
	 * Runs a function (sent as source: it sees nothing of the test's scope) or an expression in the page, waits for its
	 * promise, and brings the result back as JSON.
	 */
	evaluate<R, A = undefined>(source: string | ((arg: A) => R | Promise<R>), arg?: A): Promise<R>;
	screenshot(path: string, options?: { width?: number; height?: number; fullPage?: boolean }): Promise<void>;
	close(): Promise<void>;
	/** What people do: find by role, label or text, press, fill in, read. The same in both browsers. */
	screen: Screen;
	/** Playwright's page, for what no test does in both browsers; null in Firefox. */
	page: Page | null;
}

const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--mute-audio'
];

/** Nothing leaves the machine on Firefox's own account: no updates, no captive portal check, no telemetry, no add-on lists. */
const FIREFOX_PREFS = {
	'app.update.disabledForTesting': true,
	'browser.newtabpage.enabled': false,
	'browser.safebrowsing.update.enabled': false,
	'datareporting.policy.dataSubmissionEnabled': false,
	'extensions.getAddons.cache.enabled': false,
	'media.gmp-manager.updateEnabled': false,
	// Firefox asks no ICE server on a loopback address unless it may use the loopback interface itself.
	'media.peerconnection.ice.loopback': true,
	'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false,
	'services.settings.server': 'data:,#remote-settings-dummy/v1',
	'toolkit.telemetry.enabled': false
};

const FAKE_MEDIA_PREFS = {
	'media.navigator.streams.fake': true,
	'permissions.default.microphone': 1,
	'permissions.default.camera': 1
};

export function launchBrowser(name: BrowserName, options: BrowserOptions = {}): Promise<TestBrowser> {
	return name === 'chromium' ? launchChromium(options) : launchFirefox(options);
}

/** The program, or a script that starts it inside a namespace. */
function executable(name: BrowserName, folder: string, namespace?: NamespaceCommand): string {
	const program = findProgram(...PROGRAMS[name]);
	if (!program) throw new Error(`${PROGRAMS[name][0]} is not installed: guard the test with describeWith(['${name}'], …)`);
	if (!namespace) return program;
	const script = join(folder, name);
	writeExecutable(script, [...namespace, program]);
	return script;
}

/** One expression whose value is the JSON of the result, so that both browsers hand back the same thing. */
function expressionOf(source: unknown, arg: unknown): string {
	const call = typeof source === 'function' ? `(${source.toString()})(${JSON.stringify(arg) ?? 'undefined'})` : String(source);
	return `(async () => JSON.stringify(await (${call})))()`;
}

const parse = <R>(json: unknown) => (typeof json === 'string' ? JSON.parse(json) : undefined) as R;

/** The Chromium that all tests of this worker share: each makes contexts of its own, which know nothing of each other. */
export const sharedChromium = onceAWorker(
	() => chromium.launch({ executablePath: findProgram(...PROGRAMS.chromium)!, args: CHROMIUM_ARGS }),
	(browser) => browser.close()
);

/** The same for Firefox, whose contexts differ in storage and cookies but not in preferences. */
const sharedFirefox = onceAWorker(
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'icelens-firefox-'));
		return { browser: await startFirefox({}, folder), folder };
	},
	async ({ browser, folder }) => {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	}
);

/** Whether these wishes are met by a context of the shared browser, or by a process of its own alone. */
function needsItsOwn(name: BrowserName, options: BrowserOptions): boolean {
	const { args, ignoreCertificateErrors, trustedCertificates, fakeMedia, namespace, firefoxPrefs, locale, colorScheme } = options;
	if (args?.length || ignoreCertificateErrors || trustedCertificates || fakeMedia || namespace) return true;
	return name === 'firefox' && Boolean(firefoxPrefs || locale || colorScheme);
}

async function launchChromium(options: BrowserOptions): Promise<TestBrowser> {
	const own = needsItsOwn('chromium', options);
	const folder = mkdtempSync(join(tmpdir(), 'icelens-chromium-'));
	try {
		const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
		const browser = own
			? await chromium.launch({
					executablePath: executable('chromium', folder, options.namespace),
					args: [
						...CHROMIUM_ARGS,
						...(options.fakeMedia ? media : []),
						...(options.ignoreCertificateErrors ? ['--ignore-certificate-errors'] : []),
						...trustInChromium(options.trustedCertificates ?? []),
						...(options.args ?? [])
					]
				})
			: await sharedChromium();
		const context = await browser.newContext({
			ignoreHTTPSErrors: options.ignoreCertificateErrors ?? false,
			viewport: options.viewport ?? { width: 1280, height: 800 },
			...(options.locale ? { locale: options.locale } : {}),
			...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
			...(options.fakeMedia ? { permissions: ['microphone', 'camera'] } : {})
		});
		context.setDefaultTimeout(patience(60_000));
		const page = await context.newPage();
		if (options.before) await page.addInitScript(options.before);
		return {
			name: 'chromium',
			version: `Chromium ${browser.version()}`,
			page,
			screen: chromiumScreen(page),
			goto: async (url) => void (await page.goto(url)),
			evaluate: async (source, arg) => parse(await page.evaluate(expressionOf(source, arg))),
			screenshot: async (path, { width, height, fullPage } = {}) => {
				const size = page.viewportSize() ?? { width: 1280, height: 800 };
				if (width || height) await page.setViewportSize({ width: width ?? size.width, height: height ?? size.height });
				await page.screenshot({ path, fullPage: fullPage ?? false });
			},
			close: async () => {
				await (own ? browser : context).close();
				rmSync(folder, { recursive: true, force: true });
			}
		};
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
}

/** Chromium takes a list of public keys whose certificates it does not question. */
function trustInChromium(certificates: readonly { cert: string }[]): string[] {
	if (certificates.length === 0) return [];
	const hashes = certificates.map(({ cert }) => {
		const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
		return createHash('sha256').update(key).digest('base64');
	});
	return [`--ignore-certificate-errors-spki-list=${hashes.join()}`];
}

/** A Firefox profile whose certificate store trusts these. */
function trustInFirefox(profile: string, certificates: readonly { cert: string }[]): void {
	mkdirSync(profile);
	const certutil = findProgram(...PROGRAMS.certutil);
	if (!certutil) throw new Error("certutil is not installed: guard the test with describeWith(['certutil'], …)");
	execFileSync(certutil, ['-N', '-d', `sql:${profile}`, '--empty-password']);
	certificates.forEach(({ cert }, i) =>
		execFileSync(certutil, ['-A', '-d', `sql:${profile}`, '-n', `test-${i}`, '-t', 'CP,,', '-a'], { input: cert })
	);
}

async function startFirefox(options: BrowserOptions, folder: string, debuggingPort?: number): Promise<FirefoxBrowser> {
	const schemes = { dark: 0, light: 1 };
	const profile = options.trustedCertificates ? join(folder, 'profile') : null;
	if (profile) trustInFirefox(profile, options.trustedCertificates!);
	mkdirSync(downloadsIn(folder));
	return puppeteer.launch({
		browser: 'firefox',
		executablePath: executable('firefox', folder, options.namespace),
		headless: true,
		protocol: 'webDriverBiDi',
		acceptInsecureCerts: options.ignoreCertificateErrors ?? false,
		...(debuggingPort === undefined ? {} : { debuggingPort }),
		...(profile ? { userDataDir: profile } : {}),
		extraPrefsFirefox: {
			...FIREFOX_PREFS,
			// 2: the folder named here.
			'browser.download.folderList': 2,
			'browser.download.dir': downloadsIn(folder),
			...(options.fakeMedia ? FAKE_MEDIA_PREFS : {}),
			...(options.locale ? { 'intl.accept_languages': options.locale } : {}),
			...(options.colorScheme ? { 'layout.css.prefers-color-scheme.content-override': schemes[options.colorScheme] } : {}),
			...options.firefoxPrefs
		},
		args: options.args ?? [],
		defaultViewport: null,
		// A run may take longer than puppeteer's own patience; the test has its own.
		protocolTimeout: patience(600_000)
	});
}

async function launchFirefox(options: BrowserOptions): Promise<TestBrowser> {
	const viewport = options.viewport ?? { width: 1280, height: 800 };
	const { browser, page, folder, close } = await (needsItsOwn('firefox', options) ? ownFirefox(options) : firefoxContext());
	try {
		await page.setViewport(viewport);
		page.setDefaultTimeout(patience(60_000));
		if (options.before) await page.evaluateOnNewDocument(options.before);
		return {
			name: 'firefox',
			version: (await browser.version()).replace(/^firefox\//i, 'Firefox '),
			page: null,
			screen: firefoxScreen(page, downloadsIn(folder)),
			goto: async (url) => void (await page.goto(url)),
			evaluate: async (source, arg) => parse(await page.evaluate(expressionOf(source, arg))),
			screenshot: async (path, { width, height, fullPage } = {}) => {
				if (width || height) await page.setViewport({ width: width ?? viewport.width, height: height ?? viewport.height });
				await page.screenshot({ path: path as `${string}.png`, fullPage: fullPage ?? false });
			},
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}

interface FirefoxPage {
	browser: FirefoxBrowser;
	page: FirefoxTab;
	/** Where its profile and what it saves are. */
	folder: string;
	close(): Promise<void>;
}

const downloadsIn = (folder: string) => join(folder, 'downloads');

/** A window with a memory of its own in the Firefox of this worker. */
async function firefoxContext(): Promise<FirefoxPage> {
	const { browser, folder } = await sharedFirefox();
	const context = await browser.createBrowserContext();
	return { browser, folder, page: await context.newPage(), close: () => context.close() };
}

async function ownFirefox(options: BrowserOptions): Promise<FirefoxPage> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-firefox-'));
	// BiDi listens on the loopback of the namespace, so the test needs a port forwarded into it. Chromium is driven over a pipe.
	const forwarder = options.namespace ? await forwardPort(options.namespace, folder) : null;
	const clean = () => {
		forwarder?.close();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const browser = await startFirefox(options, folder, forwarder?.port);
		const page = (await browser.pages())[0] ?? (await browser.newPage());
		const close = async () => {
			await browser.close();
			clean();
		};
		return { browser, page, folder, close };
	} catch (error) {
		clean();
		throw error;
	}
}
