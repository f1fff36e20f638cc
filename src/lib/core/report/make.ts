/** A report from a finished run. Conclusions are made here, so that they always belong to the observations beside them. */
import type { Observation } from '../observations/observation';
import { withoutSecrets, type CheckConfig } from '../plan/config';
import { recordedStep, type Step } from '../plan/plan';
import { conclude } from '../verdict/conclude';
import { SCHEMA, type Environment, type Report } from './report';

export interface ReportParts {
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
	observations: readonly Observation[];
}

export function makeReport({ version, id, createdAt, environment, config, plan, observations }: ReportParts): Report {
	return {
		schema: SCHEMA,
		tool: { name: 'icelens', version },
		id,
		createdAt,
		environment,
		config: { iceServers: withoutSecrets(config.iceServers), limits: config.limits, plan: plan.map(recordedStep) },
		observations: [...observations],
		conclusions: conclude(config.limits, observations)
	};
}

/** The report with conclusions made anew by this version; what the file said remains with the caller, to compare. */
export function judgeAgain(report: Report): Report {
	return { ...report, conclusions: conclude(report.config.limits, report.observations) };
}
