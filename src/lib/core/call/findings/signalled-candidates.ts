/** Candidates as the log has them: those of the other end, in its descriptions and by trickling, and those that this end gathered. */
import { readCandidate, type CandidateValue } from '../../sdp/text/candidate-fields';
import { lastOf, text, tracksOf } from '../../recording/connection';
import type { HandshakeEvent } from '../../recording/handshake';
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

export interface RefusedCandidate {
	atMs: number | null;
	line: string;
	browserSaid: string | null;
	/** No description of the other end had been set. */
	beforeDescription: boolean;
}

/**
 * Candidates that `addIceCandidate()` refused. Calls end in their order (W3C webrtc §4.4.1.2, operations chain), where a recorder
 * writes down that they end well; webrtc-internals does not, and has a refusal behind its call.
 */
export function refusedCandidates({ events }: RecordedConnection): RefusedCandidate[] {
	const tellsSuccess = events.some(({ call, phase }) => call === 'add-candidate' && phase === 'done');
	const pending: HandshakeEvent[] = [];
	const refused: RefusedCandidate[] = [];
	let descriptions = 0;
	for (const event of events) {
		const { call, phase } = event;
		if (call === 'set-remote') descriptions += { called: 1, failed: -1, done: 0, event: 0 }[phase];
		if (call !== 'add-candidate') continue;
		if (phase === 'called') pending.push(event);
		if (phase === 'done') pending.shift();
		const asked = phase === 'failed' ? (tellsSuccess ? pending.shift() : pending.pop()) : undefined;
		// An empty one ends the candidates and is none.
		if (asked?.candidate)
			refused.push({
				atMs: event.atMs,
				line: asked.candidate,
				browserSaid: event.error || null,
				beforeDescription: descriptions === 0
			});
	}
	return refused;
}

/** Of those that the other end signalled, those that were not refused. */
export function takenCandidates(view: ConnectionView): SignalledCandidate[] {
	const refused = refusedCandidates(view.connection).flatMap(({ line }) => readLine(line));
	return signalledCandidates(view).filter(
		(one) => !refused.some(({ address, port }) => address === one.address && port === one.port)
	);
}

/**
 * Candidates of the other end whose ICE user name is of none of its descriptions, where all of them are such; null otherwise. The
 * extension `ufrag` of a line names it, as does `usernameFragment` of the statistics (W3C webrtc, RTCIceCandidate.usernameFragment).
 */
export function ofOtherSession(view: ConnectionView): number | null {
	const described = view.descriptions.filter(({ event, refused }) => event.call === 'set-remote' && !refused);
	const known = new Set(described.flatMap(({ event }) => userNamesOf(event.description!.sdp)));
	if (known.size === 0 || described.some(({ sdp }) => sdp.sections.some(({ candidates }) => candidates.length > 0))) return null;
	const lines = view.events('add-candidate').flatMap(({ candidate }) => readLine(candidate));
	const named = lines.map(({ extensions }) => extensions.find(({ name }) => name === 'ufrag')?.value ?? null);
	const counted = tracksOf(view.connection, 'remote-candidate').map((track) => text(lastOf(track, 'usernameFragment')));
	const all = named.length > 0 ? named : counted;
	return all.length > 0 && all.every((ufrag) => ufrag !== null && !known.has(ufrag)) ? all.length : null;
}

const userNamesOf = (sdp: string) => [...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, ufrag]) => ufrag!);

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

/** libwebrtc gives up a request over UDP after 9.5 s (RFC 8489 §6.2.1) and reports it: a wait that is longer than this is no delay. */
const LONG_GATHERING_MS = 15_000;

/** For how long gathering was still under way when the recording ended, without an error; null where it ended or began not long before. */
export function gatheringForMs({ connection, ...view }: ConnectionView): number | null {
	const last = view.events('gathering-state').at(-1);
	if (last?.state !== 'gathering' || last.atMs === null || connection.endMs === null) return null;
	const forMs = connection.endMs - last.atMs;
	return forMs >= LONG_GATHERING_MS && view.events('candidate-error').length === 0 ? forMs : null;
}
