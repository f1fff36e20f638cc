/** The engine: observations in, judgements out. Pure; the report's conclusions are only its cache. */
import type { Observation } from '../observations/observation';
import type { Limits } from '../plan/config';
import type { Conclusions } from './conclusion';
import { findings } from './findings';
import { judgePeers } from './peers';
import { settle } from './settle';

/** Works on any prefix of the observations: what is not known yet is `unknown` and names what is missing. */
export function conclude(limits: Limits, observations: readonly Observation[]): Conclusions {
	const { view, answers } = settle(limits, observations);
	return { answers, nat: view.nat, servers: [...view.servers], peers: judgePeers(view), findings: findings(view) };
}
