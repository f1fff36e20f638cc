/** One observation in a few words, for the list of tests while they run. The judgement of it is core's. */
import { formatEndpoint } from '../core/base/ip';
import type { CandidateRecord, Observation, ProbeData, ProbeId } from '../core/observations/observation';
import { duration, formatBytes } from '../core/base/format';
import { sentence } from '../core/messages/en/sentence';
import { failureSaid } from '../core/observations/failure-values';
import { skipSaid } from '../core/plan/skip-values';
import { words } from './screen-words';

const text = words.summary;

/** A probe without an entry is shown without words; its evidence is there all the same. */
const SUMMARIES: { [P in ProbeId]?: (data: ProbeData[P], tookMs: number) => string } = {
	'server-list': ({ servers }) => text.listed(servers.flatMap(({ urls }) => urls).length),
	'app-reachability': ({ rttMs }) => text.answered(duration(rttMs)),
	'server-gathering': ({ candidates, errors, endedBy }, tookMs) => {
		const found = candidates.filter(({ type }) => type !== 'host');
		if (found.length > 0) return found.slice(0, 2).map(describe).join('; ');
		const error = errors[0];
		if (error) return text.error(`${error.errorCode} ${error.errorText}`.trim(), duration(error.atMs));
		return endedBy === 'deadline' ? text.noAnswer(duration(tookMs)) : text.nothing(duration(tookMs));
	},
	'ice-gathering': ({ candidates }) => {
		const kinds = (['host', 'srflx', 'relay'] as const).map((type) => ({
			type,
			n: candidates.filter((candidate) => candidate.type === type).length
		}));
		const found = kinds.filter(({ n }) => n > 0).map(({ type, n }) => `${n} ${type}`);
		return found.length === 0 ? text.noCandidate : found.join(', ');
	},
	'udp-first-answer': ({ candidates, endedBy }, tookMs) => {
		const found = candidates.find(({ type }) => type === 'srflx');
		if (found) return describe(found);
		return endedBy === 'deadline' ? text.noAnswer(duration(tookMs)) : text.nothing(duration(tookMs));
	},
	'nat-mapping': ({ candidates, observers }) => {
		const outside = new Set(candidates.filter(({ type }) => type === 'srflx').map(endpoint));
		return text.mapping(observers.length, outside.size);
	},
	'nat-filtering': (data) => {
		if (data.method === 'prober') {
			const sent = data.probes.filter((probe) => probe.sent > 0);
			const passed = sent.filter(({ answered }) => answered > 0).length;
			return text.filtering(sent.length, passed, sent.length - passed);
		}
		const count = (state: string) => data.probes.filter((probe) => probe.state === state).length;
		return text.filtering(data.probes.length, count('passed'), count('blocked'));
	},
	'prober-mapping': ({ seen }) => {
		const from = seen.flatMap(({ from }) => (from ? [`${from.address} ${from.port}`] : []));
		return text.sources(new Set(from).size, from.length);
	},
	'url-reach': ({ handshake, http }) => {
		const first = handshake?.state === 'opened' || http === null ? handshake : http;
		return first === null ? '' : text.urlStates[first.state](duration(first.afterMs));
	},
	hairpin: ({ state }) => text.hairpin[state],
	relay: ({ runs }) => {
		const best = runs.find(({ state }) => state === 'carried');
		if (!best) return text.noData;
		return text.carried(formatBytes(best.bytesBack), best.rttMs === null ? null : duration(best.rttMs));
	}
};

export function summarise({ probe, outcome, tookMs }: Observation): string {
	if (outcome.state === 'failed') return sentence(failureSaid(outcome));
	if (outcome.state === 'skipped') return sentence(skipSaid(outcome));
	const summary = SUMMARIES[probe] as ((data: unknown, tookMs: number) => string) | undefined;
	return summary?.(outcome.data, tookMs) ?? '';
}

function describe(candidate: CandidateRecord): string {
	const place = candidate.type === 'relay' ? `relay ${endpoint(candidate)}` : endpoint(candidate);
	return text.foundIn(place, duration(candidate.atMs));
}

function endpoint({ address, port }: CandidateRecord): string {
	return address === null ? text.port(port) : formatEndpoint(address, port);
}
