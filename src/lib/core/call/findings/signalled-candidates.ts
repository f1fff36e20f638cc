/** What the other end said of its candidates: in its descriptions and by trickling. */
import { readCandidate, type CandidateValue } from '../../sdp/text/candidate-fields';
import type { ConnectionView } from './findings-view';

export type SignalledCandidate = Pick<CandidateValue, 'transport' | 'address' | 'port'>;

/** One that is named several times counts once. */
export function signalledCandidates(view: ConnectionView): SignalledCandidate[] {
	const trickled = view
		.events('add-candidate')
		.flatMap(({ candidate }) => (candidate ? (readCandidate(candidate.replace(/^a?=?candidate:/, '')).value ?? []) : []));
	const described = view.descriptions
		.filter(({ event }) => event.call === 'set-remote')
		.flatMap(({ sdp }) => sdp.sections.flatMap(({ candidates }) => candidates.map(({ value }) => value)));
	const all = [...trickled, ...described].map(({ transport, address, port }) => ({ transport, address, port }));
	return [...new Map(all.map((one) => [`${one.transport} ${one.address} ${one.port}`, one])).values()];
}

/** Whether the other end signalled a candidate at this transport address. */
export function isSignalled(known: readonly SignalledCandidate[], address: string, port: number): boolean {
	return known.some((one) => one.address === address && one.port === port);
}
