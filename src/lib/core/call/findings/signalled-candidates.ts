/** Candidates as the log has them: those of the other end, in its descriptions and by trickling, and those that this end gathered. */
import { readCandidate, type CandidateValue } from '../../sdp/text/candidate-fields';
import type { RecordedConnection } from '../../recording/recording';
import type { ConnectionView } from './findings-view';

export type SignalledCandidate = Pick<CandidateValue, 'transport' | 'address' | 'port' | 'type'>;

/** One that is named several times counts once. */
export function signalledCandidates(view: ConnectionView): SignalledCandidate[] {
	const trickled = view.events('add-candidate').flatMap(({ candidate }) => readLine(candidate));
	const described = view.descriptions
		.filter(({ event }) => event.call === 'set-remote')
		.flatMap(({ sdp }) => sdp.sections.flatMap(({ candidates }) => candidates.map(({ value }) => value)));
	const all = [...trickled, ...described].map(({ transport, address, port, type }) => ({ transport, address, port, type }));
	return [...new Map(all.map((one) => [`${one.transport} ${one.address} ${one.port}`, one])).values()];
}

export function gatheredCandidates({ events }: RecordedConnection): SignalledCandidate[] {
	return events
		.filter(({ call }) => call === 'candidate')
		.flatMap(({ candidate }) => readLine(candidate))
		.map(({ transport, address, port, type }) => ({ transport, address, port, type }));
}

function readLine(candidate: string | undefined): CandidateValue[] {
	const { value } = candidate ? readCandidate(candidate.replace(/^a?=?candidate:/, '')) : { value: null };
	return value ? [value] : [];
}

/** Whether the other end signalled a candidate at this transport address. */
export function isSignalled(known: readonly SignalledCandidate[], address: string, port: number): boolean {
	return known.some((one) => one.address === address && one.port === port);
}
