/**
 * `window.icelens`: the check without the screen, for the command line and for people's own scripts (Playwright, WebDriver,
 * the console). The report is the same as the one that the page saves.
 */
import type { Observation } from '../core/observations/observation';
import { DEFAULT_LIMITS, type CheckConfig } from '../core/plan/config';
import { makePlan } from '../core/plan/plan';
import type { WrittenReport } from '../core/report/with-text';
import { readAbilities, readEnvironment } from '../probes/environment';
import type { Session } from './session.svelte';

export interface Automation {
	version: string;
	/** Runs one check. What the configuration leaves out has the same defaults as in the page; no servers means none. */
	check(config: PartialConfig, onObservation?: (observation: Observation) => void): Promise<WrittenReport>;
	/** The report that the page shows: of its last finished run, or the saved one that is open; null while there is none. */
	report(): WrittenReport | null;
}

export type PartialConfig = Partial<Omit<CheckConfig, 'limits'>> & { limits?: Partial<CheckConfig['limits']> };

declare global {
	interface Window {
		icelens?: Automation;
	}
}

export function automationOf(session: Session): Automation {
	return { version: __ICELENS_VERSION__, check, report: () => session.written };
}

async function check(partial: PartialConfig, onObservation?: (observation: Observation) => void): Promise<WrittenReport> {
	const config: CheckConfig = {
		iceServers: partial.iceServers ?? [],
		profile: partial.profile ?? 'full',
		limits: { ...DEFAULT_LIMITS, ...partial.limits },
		mediaPermission: partial.mediaPermission ?? false,
		hairpin: partial.hairpin ?? false,
		usesLoopback: partial.usesLoopback ?? false
	};
	const { run, reportOf, withText } = await import('./engine');
	const plan = makePlan(config, await readAbilities());
	const observations = await run(plan, config, {
		signal: new AbortController().signal,
		...(onObservation ? { onObservation } : {})
	});
	return withText(reportOf(config, plan, await readEnvironment(), observations));
}
