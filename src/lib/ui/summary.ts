/** One observation in a few words, for the list of tests while they run. The judgement of it is core's. */
import type { CandidateRecord, Observation } from '../core/observations/observation';
import { formatBytes, formatMs } from './format';

export function summarise(observation: Observation): string {
	const { outcome } = observation;
	if (outcome.state === 'failed') return outcome.message;
	if (outcome.state === 'skipped') return outcome.why;
	switch (observation.probe) {
		case 'app-reachability':
			return observation.outcome.state === 'seen' ? `answered in ${formatMs(observation.outcome.data.rttMs)}` : '';
		case 'server-gathering': {
			if (observation.outcome.state !== 'seen') return '';
			const { candidates, errors, endedBy } = observation.outcome.data;
			const found = candidates.filter(({ type }) => type !== 'host');
			if (found.length > 0) return found.slice(0, 2).map(describeCandidate).join('; ');
			const error = errors[0];
			if (error) return `${error.errorCode}${error.errorText === '' ? '' : ` ${error.errorText}`} after ${formatMs(error.atMs)}`;
			return `${endedBy === 'deadline' ? 'no answer' : 'nothing found'} in ${formatMs(observation.tookMs)}`;
		}
		case 'ice-gathering': {
			if (observation.outcome.state !== 'seen') return '';
			const { candidates } = observation.outcome.data;
			const kinds = (['host', 'srflx', 'relay'] as const)
				.map((type) => [candidates.filter((candidate) => candidate.type === type).length, type] as const)
				.filter(([n]) => n > 0);
			return kinds.length === 0 ? 'no candidate' : kinds.map(([n, type]) => `${n} ${type}`).join(', ');
		}
		case 'nat-mapping': {
			if (observation.outcome.state !== 'seen') return '';
			const { candidates, observers } = observation.outcome.data;
			const seen = new Set(candidates.filter(({ type }) => type === 'srflx').map(endpoint));
			return `${observers.length} observers, ${seen.size} outside ${seen.size === 1 ? 'address' : 'addresses'}`;
		}
		case 'relay': {
			if (observation.outcome.state !== 'seen') return '';
			const carried = observation.outcome.data.runs.filter(({ state }) => state === 'carried');
			const best = carried[0];
			if (!best) return 'no data came through';
			const rtt = best.rttMs === null ? '' : `, ${formatMs(best.rttMs)}`;
			return `${formatBytes(best.bytesBack)} there and back${rtt}`;
		}
	}
}

function describeCandidate(candidate: CandidateRecord): string {
	const type = candidate.type === 'relay' ? 'relay ' : '';
	return `${type}${endpoint(candidate)} in ${formatMs(candidate.atMs)}`;
}

function endpoint({ address, port }: CandidateRecord): string {
	if (address === null) return `port ${port}`;
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
