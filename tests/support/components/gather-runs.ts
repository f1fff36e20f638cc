/** Runs of the ICE screen as a browser on a described network would have them; nothing is asked. */
import { makeObservations } from '../../golden/make-observations';
import type { Network } from '../../golden/network';
import type { IceServer } from '../../../src/lib/core/ice/server';
import { DEFAULT_LIMITS } from '../../../src/lib/core/plan/config';
import { makePlan } from '../../../src/lib/core/plan/plan';
import { missingCandidates } from '../../../src/lib/core/verdict/check/missing-candidates';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import type { GatherRun } from '../../../src/lib/ui/ice/ice-session.svelte';
import { serverAnswers } from '../../../src/lib/ui/ice/server-answers';

/** `iceServers` name the URLs of the network's servers in the same order, and who asks them. */
export function gatherRun(network: Network, iceServers: IceServer[]): GatherRun {
	const observations = makeObservations(network);
	const config = { iceServers, profile: 'full', limits: DEFAULT_LIMITS, mediaPermission: false } as const;
	const plan = makePlan(config, { engine: 'chromium', mediaPermission: 'denied', appOrigin: null, secureContext: false });
	const shared = observations.flatMap(({ probe, outcome }) =>
		probe === 'ice-gathering' && outcome.state === 'seen' ? [outcome.data] : []
	)[0]!;
	return {
		permission: shared.mediaPermission,
		state: 'ended',
		configuration: { iceServers },
		candidates: shared.candidates,
		errors: shared.errors,
		gathered: shared,
		tookMs: 5000,
		refusal: '',
		servers: serverAnswers(conclude(DEFAULT_LIMITS, observations).servers, { plan, observations, iceServers }),
		pending: [],
		missing: missingCandidates(observations)
	};
}
