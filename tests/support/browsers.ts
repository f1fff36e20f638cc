/**
 * Real browsers for tests, both with the same few methods: Chromium by playwright-core, Firefox ESR by puppeteer-core over
 * WebDriver BiDi. Each launch has a profile of its own, removed at the end.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { openDoor } from './namespace-door';
import { findProgram, PROGRAMS } from './programs';

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
	/** The network namespace to run in (`ip netns` name); needs root. */
	namespace?: string;
	/** The language the page sees. */
	locale?: string;
	/** `prefers-color-scheme`. */
	colorScheme?: 'light' | 'dark';
	/** The size of the page in CSS pixels. */
	viewport?: { width: number; height: number };
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
	/** Playwright's page, for what the methods above cannot do; null in Firefox. */
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
function executable(name: BrowserName, folder: string, namespace?: string): string {
	const program = findProgram(...PROGRAMS[name]);
	if (!program) throw new Error(`${PROGRAMS[name][0]} is not installed: guard the test with describeWith(['${name}'], …)`);
	if (!namespace) return program;
	const script = join(folder, name);
	writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${namespace} ${program} "$@"\n`);
	chmodSync(script, 0o755);
	return script;
}

/** One expression whose value is the JSON of the result, so that both browsers hand back the same thing. */
function expressionOf(source: unknown, arg: unknown): string {
	const call = typeof source === 'function' ? `(${source.toString()})(${JSON.stringify(arg) ?? 'undefined'})` : String(source);
	return `(async () => JSON.stringify(await (${call})))()`;
}

const parse = <R>(json: unknown) => (typeof json === 'string' ? JSON.parse(json) : undefined) as R;

/** Chromium alone, for tests that make contexts and pages of their own. */
export function chromiumAlone(): Promise<Browser> {
	return chromium.launch({ executablePath: findProgram(...PROGRAMS.chromium)!, args: CHROMIUM_ARGS });
}

async function launchChromium(options: BrowserOptions): Promise<TestBrowser> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-chromium-'));
	try {
		const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
		const browser = await chromium.launch({
			executablePath: executable('chromium', folder, options.namespace),
			args: [
				...CHROMIUM_ARGS,
				...(options.fakeMedia ? media : []),
				...(options.ignoreCertificateErrors ? ['--ignore-certificate-errors'] : []),
				...trustInChromium(options.trustedCertificates ?? []),
				...(options.args ?? [])
			]
		});
		const context = await browser.newContext({
			ignoreHTTPSErrors: options.ignoreCertificateErrors ?? false,
			viewport: options.viewport ?? { width: 1280, height: 800 },
			...(options.locale ? { locale: options.locale } : {}),
			...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
			...(options.fakeMedia ? { permissions: ['microphone', 'camera'] } : {})
		});
		const page = await context.newPage();
		return {
			name: 'chromium',
			version: `Chromium ${browser.version()}`,
			page,
			goto: async (url) => void (await page.goto(url)),
			evaluate: async (source, arg) => parse(await page.evaluate(expressionOf(source, arg))),
			screenshot: async (path, { width, height, fullPage } = {}) => {
				const size = page.viewportSize() ?? { width: 1280, height: 800 };
				if (width || height) await page.setViewportSize({ width: width ?? size.width, height: height ?? size.height });
				await page.screenshot({ path, fullPage: fullPage ?? false });
			},
			close: async () => {
				await browser.close();
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

async function launchFirefox(options: BrowserOptions): Promise<TestBrowser> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-firefox-'));
	// BiDi listens on the loopback of the namespace, so the test needs a door into it. Chromium is spoken to by a pipe.
	const door = options.namespace ? await openDoor(options.namespace, folder) : null;
	try {
		const viewport = options.viewport ?? { width: 1280, height: 800 };
		const schemes = { dark: 0, light: 1 };
		const profile = options.trustedCertificates ? join(folder, 'profile') : null;
		if (profile) trustInFirefox(profile, options.trustedCertificates!);
		const browser = await puppeteer.launch({
			browser: 'firefox',
			executablePath: executable('firefox', folder, options.namespace),
			headless: true,
			protocol: 'webDriverBiDi',
			acceptInsecureCerts: options.ignoreCertificateErrors ?? false,
			...(door ? { debuggingPort: door.port } : {}),
			...(profile ? { userDataDir: profile } : {}),
			extraPrefsFirefox: {
				...FIREFOX_PREFS,
				...(options.fakeMedia ? FAKE_MEDIA_PREFS : {}),
				...(options.locale ? { 'intl.accept_languages': options.locale } : {}),
				...(options.colorScheme ? { 'layout.css.prefers-color-scheme.content-override': schemes[options.colorScheme] } : {}),
				...options.firefoxPrefs
			},
			args: options.args ?? [],
			defaultViewport: viewport,
			// A run may take longer than puppeteer's own patience; the test has its own.
			protocolTimeout: 600_000
		});
		const page = (await browser.pages())[0] ?? (await browser.newPage());
		return {
			name: 'firefox',
			version: (await browser.version()).replace(/^firefox\//i, 'Firefox '),
			page: null,
			goto: async (url) => void (await page.goto(url)),
			evaluate: async (source, arg) => parse(await page.evaluate(expressionOf(source, arg))),
			screenshot: async (path, { width, height, fullPage } = {}) => {
				if (width || height) await page.setViewport({ width: width ?? viewport.width, height: height ?? viewport.height });
				await page.screenshot({ path: path as `${string}.png`, fullPage: fullPage ?? false });
			},
			close: async () => {
				await browser.close();
				door?.close();
				rmSync(folder, { recursive: true, force: true });
			}
		};
	} catch (error) {
		door?.close();
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
}
