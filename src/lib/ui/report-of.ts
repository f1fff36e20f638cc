/** A report of this page's run: made now, with a random id. */
import type { Observation, OwnObservation } from '../core/observations/observation';
import type { CheckConfig, Limits } from '../core/plan/config';
import type { Step } from '../core/plan/plan';
import { makeReport } from '../core/report/make';
import type { Environment, Report } from '../core/report/report';
import type { Conclusions } from '../core/verdict/conclusion';
import { concludeOwn } from '../core/verdict/conclude-own';

export function reportOf(config: CheckConfig, plan: Step[], environment: Environment, observations: OwnObservation[]): Report {
	return reportBy(concludeOwn, config, plan, environment, observations);
}

export function reportBy<O extends Observation>(
	judge: (limits: Limits, observations: readonly O[]) => Conclusions,
	config: CheckConfig,
	plan: Step[],
	environment: Environment,
	observations: O[]
): Report {
	return makeReport(
		{
			version: __ICELENS_VERSION__,
			id: randomId(),
			createdAt: new Date().toISOString(),
			environment,
			config,
			plan,
			observations
		},
		judge
	);
}

export function randomId(): string {
	return crypto.getRandomValues(new Uint8Array(16)).reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '');
}
