/** The environment of the probes: the browser and its permissions. */
import { browserName, engineOf } from '../core/base/user-agent';
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
		// Not every browser can tell; then only the prompt itself shows it.
		return 'prompt';
	}
}
