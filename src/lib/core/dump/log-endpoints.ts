/** Addresses and pairs as logs write them. */
import { formatEndpoint } from '../base/ip';
import type { ConnectionBuilder } from './builder';
import type { Side } from './candidate-lines';

export interface LogEndpoint {
	address: string;
	port: number;
}

/** `192.0.2.1:5000`, `[2001:db8::1]:5000`; null for what is neither. */
export function endpointIn(text: string): LogEndpoint | null {
	const match = /^\[?([0-9A-Fa-f:.]+|[\w.-]+)\]?:(\d{1,5})$/.exec(text.trim());
	return match ? { address: match[1]!, port: Number(match[2]) } : null;
}

/** `turn:192.0.2.1:3478?transport=tcp`, with brackets where the address has colons. */
export function turnUrl({ address, port }: LogEndpoint, transport: 'udp' | 'tcp' | null): string {
	return `turn:${formatEndpoint(address, port)}${transport ? `?transport=${transport}` : ''}`;
}

export interface LogCandidate extends LogEndpoint {
	type: string;
	protocol: string;
}

/** A candidate that a log names without its attribute line. */
export function addEndpoint(builder: ConnectionBuilder, side: Side, candidate: LogCandidate, atMs: number | null): string {
	const { address, port, type, protocol } = candidate;
	const id = `${side} ${address} ${port} ${protocol} ${type}`;
	builder.addReport(atMs ?? 0, id, { type: `${side}-candidate`, candidateType: type, protocol, address, port });
	return id;
}

export function addPair(
	builder: ConnectionBuilder,
	local: LogCandidate,
	remote: LogCandidate,
	fields: { state?: string; selected?: boolean; nominated?: boolean },
	atMs: number | null
): void {
	const [localCandidateId, remoteCandidateId] = [
		addEndpoint(builder, 'local', local, atMs),
		addEndpoint(builder, 'remote', remote, atMs)
	];
	builder.addReport(atMs ?? 0, `${localCandidateId} to ${remoteCandidateId}`, {
		type: 'candidate-pair',
		localCandidateId,
		remoteCandidateId,
		...fields
	});
}
