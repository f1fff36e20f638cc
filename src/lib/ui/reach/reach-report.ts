/** A report of one URL that was asked. Loaded when the first one has been. */
import type { Observation } from '../../core/observations/observation';
import { DEFAULT_LIMITS } from '../../core/plan/config';
import { stepSaid } from '../../core/plan/step-values';
import { makeReport } from '../../core/report/make';
import type { Environment, Report } from '../../core/report/report';
import { conclude } from '../../core/verdict/conclude';
import type { AskedUrl } from '../../probes/reach/asked-url';
import { randomId } from '../report-of';

type UrlObservation = Extract<Observation, { probe: 'url-reach' }>;

interface Run extends Pick<UrlObservation, 'outcome' | 'tookMs' | 'pausedMs'> {
	deadlineMs: number;
	holdMs: number;
}

/** TCP, TLS, a request and its answer. */
const BYTES = 8000;

export function reachReport({ kept }: AskedUrl, run: Run, environment: Environment): Report {
	const { outcome, tookMs, pausedMs, deadlineMs, holdMs } = run;
	const step = 'url-reach' as const;
	return makeReport(
		{
			version: __ICELENS_VERSION__,
			id: randomId(),
			createdAt: new Date().toISOString(),
			environment,
			config: { iceServers: [], profile: 'full', limits: { ...DEFAULT_LIMITS, deadlineMs }, mediaPermission: false },
			plan: [
				{
					id: step,
					probe: step,
					target: kept,
					server: null,
					does: stepSaid('step-ask-url', { url: kept }),
					delayMs: 0,
					deadlineMs: 2 * deadlineMs + holdMs,
					after: [],
					patienceMs: null,
					cost: { seconds: holdMs / 1000, bytes: BYTES }
				}
			],
			observations: [{ probe: step, step, target: kept, startedMs: 0, tookMs, pausedMs, outcome }]
		},
		conclude
	);
}
