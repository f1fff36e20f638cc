/** Where the probes run: which browser, what it may do. */
import type { BrowserEngine } from '../core/observations/observation';
import type { Abilities } from '../core/plan/plan';
import type { Environment } from '../core/report/report';

/** User-Agent Client Hints (WICG), not in the DOM library: Chromium has them on secure pages, others do not. */
interface UserAgentData {
	brands: { brand: string; version: string }[];
	platform: string;
}

function userAgentData(): UserAgentData | undefined {
	return (navigator as Navigator & { userAgentData?: UserAgentData }).userAgentData;
}

/** The engine is what decides error texts and timings; every browser on iOS is Safari underneath. */
export function detectEngine(): BrowserEngine {
	return engineOf(navigator.userAgent);
}

export function engineOf(userAgent: string): BrowserEngine {
	if (/\b(iPhone|iPad|iPod)\b/.test(userAgent)) return 'safari';
	if (/\bFirefox\//.test(userAgent)) return 'firefox';
	if (/\b(Chrome|Chromium|HeadlessChrome)\//.test(userAgent)) return 'chromium';
	if (/\bVersion\/[\d.]+.*\bSafari\//.test(userAgent)) return 'safari';
	return 'unknown';
}

/** In this order: a browser built on Chromium names itself before `Chrome`. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
	[/\bEdg(?:A|iOS)?\/(\d+)/, 'Edge'],
	[/\bOPR\/(\d+)/, 'Opera'],
	[/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
	[/\bFxiOS\/(\d+)/, 'Firefox (iOS)'],
	[/\bCriOS\/(\d+)/, 'Chrome (iOS)'],
	[/\bFirefox\/(\d+)/, 'Firefox'],
	[/\bHeadlessChrome\/(\d+)/, 'Chromium (headless)'],
	[/\bChrome\/(\d+)/, 'Chromium'],
	[/\bVersion\/(\d+).*\bSafari\//, 'Safari']
];

/** `Firefox 153`: for people. */
export function browserName(userAgent: string, brands: readonly { brand: string; version: string }[] = []): string {
	// Brands hold a made-up entry against sniffing, the engine, and where it is another product its name.
	const product = brands.find(({ brand }) => !/not.?a.?brand|^chromium$|headless|[^\w .()]/i.test(brand));
	if (product) return `${product.brand.replace(/^(Google|Microsoft) /, '')} ${product.version}`;
	for (const [pattern, name] of PRODUCTS) {
		const found = pattern.exec(userAgent);
		if (found) return `${name} ${found[1]}`;
	}
	return 'unknown browser';
}

export async function readEnvironment(): Promise<Environment> {
	const data = userAgentData();
	return {
		browser: browserName(navigator.userAgent, data?.brands),
		userAgent: navigator.userAgent,
		platform: data?.platform || navigator.platform || 'unknown',
		engine: 'browser'
	};
}

/** What `makePlan` needs to know about this page. */
export async function readAbilities(): Promise<Abilities> {
	return {
		engine: detectEngine(),
		mediaPermission: await microphonePermission(),
		appOrigin: /^https?:$/.test(location.protocol) ? location.origin : null,
		secureContext: window.isSecureContext
	};
}

async function microphonePermission(): Promise<Abilities['mediaPermission']> {
	if (!navigator.mediaDevices) return 'denied';
	try {
		return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
	} catch {
		// Not every browser can tell; asking is then the way to know.
		return 'prompt';
	}
}
