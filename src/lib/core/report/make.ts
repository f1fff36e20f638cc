/** A report from a finished run. Conclusions are made here, so that they always belong to the observations beside them; `judge` is `conclude`, or `concludeOwn`. */
import type { Observation } from '../observations/observation';
import { withoutSecrets, type CheckConfig, type Limits } from '../plan/config';
import { recordedStep, type Step } from '../plan/plan';
import type { Conclusions } from '../verdict/conclusion';
import { SCHEMA, type Environment, type Report } from './report';

export interface ReportParts<O extends Observation> {
	/** Version of Icelens that made the observations. */
	version: string;
	/** Random, not derived from the network. */
	id: string;
	/** ISO 8601, UTC. */
	createdAt: string;
	environment: Environment;
	/** With its secrets; the report gets none of them. */
	config: CheckConfig;
	plan: readonly Step[];
	observations: readonly O[];
}

export function makeReport<O extends Observation>(
	{ version, id, createdAt, environment, config, plan, observations }: ReportParts<O>,
	judge: (limits: Limits, observations: readonly O[]) => Conclusions
): Report {
	return {
		schema: SCHEMA,
		tool: { name: 'icelens', version },
		id,
		createdAt,
		environment,
		config: { iceServers: withoutSecrets(config.iceServers), limits: config.limits, plan: plan.map(recordedStep) },
		observations: [...observations],
		conclusions: judge(config.limits, observations)
	};
}
