/** A browser's ICE events as plain JSON, without interpretation. */
import type { CandidateErrorRecord, CandidateRecord, ServerTransport } from '../core/observations/observation';

/** Newer than the DOM library: the server a candidate came from, and how a relay was reached (W3C WebRTC §4.8.1). */
interface NewerCandidate {
	url?: string | null;
	relayProtocol?: string | null;
}

export function candidateRecord(event: RTCPeerConnectionIceEvent, atMs: number): CandidateRecord | null {
	const candidate = event.candidate;
	// An empty line marks the end of one generation of candidates (RFC 8838 §8.2); it is not a candidate.
	if (candidate === null || candidate.candidate === '') return null;
	const newer = candidate as RTCIceCandidate & NewerCandidate;
	const older = event as RTCPeerConnectionIceEvent & { url?: string | null };
	return {
		atMs,
		candidate: candidate.candidate,
		type: candidate.type ?? 'host',
		protocol: candidate.protocol ?? 'udp',
		address: candidate.address || null,
		port: candidate.port ?? 0,
		foundation: candidate.foundation ?? '',
		component: candidate.component === 'rtcp' ? 2 : 1,
		priority: candidate.priority ?? 0,
		relatedAddress: candidate.relatedAddress || null,
		relatedPort: candidate.relatedPort ?? null,
		tcpType: candidate.tcpType || null,
		url: newer.url || older.url || null,
		relayProtocol: (newer.relayProtocol as ServerTransport | null | undefined) || null
	};
}

export function errorRecord(event: RTCPeerConnectionIceErrorEvent, atMs: number): CandidateErrorRecord {
	return {
		atMs,
		url: event.url,
		errorCode: event.errorCode,
		errorText: event.errorText,
		address: event.address || null,
		port: event.port ?? null
	};
}
