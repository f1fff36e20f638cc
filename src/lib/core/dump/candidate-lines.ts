/** Candidates that a text names: as events, and as objects of the statistics where their fields can be read. */
import { readCandidate } from '../sdp/text/candidate-fields';
import { isRecord, parseJson } from '../base/record';
import type { ConnectionBuilder } from './builder';

export type Side = 'local' | 'remote';

/** A candidate attribute within any text, up to what cannot be part of one. */
export const CANDIDATE_LINE =
	/candidate:([A-Za-z0-9+/]{1,32} \d{1,5} (?:udp|tcp|ssltcp) \d{1,10} \S{1,255} \d{1,5} typ [a-z]{3,8}(?: [A-Za-z0-9-]{1,30} [^\s"'`,;\\}\])>]{1,255})*)/i;

/** Adds the candidate once; a copy of a console often has it twice. */
export function addCandidate(builder: ConnectionBuilder, side: Side, line: string, atMs: number | null, url?: string): void {
	const candidate = `candidate:${line}`;
	const call = side === 'local' ? 'candidate' : 'add-candidate';
	const { value } = readCandidate(line);
	const id = value ? `${side} ${value.address} ${value.port} ${value.transport} ${value.type}` : candidate;
	if (builder.tracks.has(id)) return;
	builder.events.push({
		atMs,
		peer: builder.id,
		call,
		phase: side === 'local' ? 'event' : 'called',
		candidate,
		...(url ? { detail: JSON.stringify({ url }) } : {})
	});
	if (!value || value.address === '') return;
	const { foundation, transport, priority, address, port, type, relatedAddress, relatedPort, tcpType } = value;
	builder.addReport(atMs ?? 0, id, {
		type: `${side}-candidate`,
		candidateType: type.toLowerCase(),
		foundation,
		protocol: transport,
		priority,
		address,
		port,
		...(relatedAddress === null ? {} : { relatedAddress }),
		...(relatedPort === null ? {} : { relatedPort }),
		...(tcpType === null ? {} : { tcpType }),
		...(url ? { url } : {})
	});
}

/** What a server said to a request, or that it said nothing (701), as browsers put it into `icecandidateerror`. */
export interface ServerError {
	/** Null where the text does not name the server. */
	url: string | null;
	errorCode: number;
	errorText: string;
	/** The user that was refused. */
	username?: string;
	address?: string;
	port?: number;
	/** Of a server that refused to prolong what it had allocated (RFC 8656 §3.9). */
	request?: 'refresh';
}

/** A server was asked from now on: what its answers are counted from, and the user that they are for. */
export function addServer(builder: ConnectionBuilder, url: string | null, username: string | null, atMs: number | null): void {
	if (!builder.events.some(({ call }) => call === 'gathering-state'))
		builder.events.push({ atMs, peer: builder.id, call: 'gathering-state', phase: 'event', state: 'gathering' });
	if (url === null) return;
	const value = parseJson(builder.configuration ?? '{}');
	const listed = isRecord(value) && Array.isArray(value.iceServers) ? value.iceServers : [];
	if (listed.some((each) => isRecord(each) && each.urls === url && (username === null || each.username === username))) return;
	const others = listed.filter((each) => !isRecord(each) || each.urls !== url || each.username !== undefined);
	builder.setConfiguration({ iceServers: [...others, { urls: url, ...(username === null ? {} : { username }) }] });
}

/** The event as dumps of webrtc-internals have it, so that all of them are judged by the same rules. */
export function addServerError(builder: ConnectionBuilder, error: ServerError, atMs: number | null): void {
	const { url, errorCode, errorText, username = null, address = null, port = null, request } = error;
	addServer(builder, url, username, atMs);
	const text = JSON.stringify({ url: url ?? '', errorCode, errorText, address, port, request });
	builder.events.push({ atMs, peer: builder.id, call: 'candidate-error', phase: 'event', error: text });
}
