/** Candidate pairs as lanes. */
import { formatEndpoint } from '../../core/base/ip';
import { endLabel } from '../../core/messages/en/subject-names';
import type { CandidateView, PairView } from '../../core/recording/connection';
import type { Series } from '../../core/recording/series';
import type { Lane, LaneState } from './lanes';

/** RTCStatsIceCandidatePairState (W3C webrtc-stats), for people. */
export const PAIR_STATES: readonly LaneState[] = [
	{ state: 'frozen', label: 'frozen', color: '--line-7', pattern: 'dots' },
	{ state: 'waiting', label: 'waiting', color: '--line-7', pattern: 'dots' },
	{ state: 'in-progress', label: 'being checked', color: '--line-1', pattern: 'stripes' },
	{ state: 'succeeded', label: 'works', color: '--line-3', pattern: 'solid' },
	{ state: 'failed', label: 'failed', color: '--problem', pattern: 'cross' },
	{ state: 'cancelled', label: 'given up', color: '--line-7', pattern: 'cross' }
];

export function laneOfPair(pair: PairView, heat: Series | null): Lane {
	return {
		id: pair.id,
		label: `${endLabel(pair.local)} → ${endLabel(pair.remote)}`,
		detail: [pair.local, pair.remote].map(addressOf).join(' → '),
		bands: pair.states.map(({ fromMs, toMs, value }) => ({ fromMs, toMs, state: value })),
		marked: pair.selected,
		heat
	};
}

function addressOf(candidate: CandidateView | null): string {
	if (!candidate?.address) return candidate?.port ? `hidden:${candidate.port}` : 'hidden';
	return formatEndpoint(candidate.address, candidate.port);
}
