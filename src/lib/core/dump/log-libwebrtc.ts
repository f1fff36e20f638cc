/**
 * What libwebrtc logs of its ports, pairs and DTLS: of Chrome started with logging, of native applications, on every platform alike.
 * It names sockets, not connections of a page, so that all of one log are shown as one.
 */
import { entryOf } from '../base/record';
import { addServer, addServerError } from './candidate-lines';
import type { ConnectionBuilder } from './builder';
import { addPair, endpointIn, turnUrl, type LogCandidate } from './log-endpoints';
import type { LogLine, LogProgram } from './log-reader';

const PORT = 'Port\\[(\\w+):';
/** `Conn[id:content:Net[…]:name:component:priority:type:protocol:address:port->name:…|CRWS|…`: what it is, and its state in four letters. */
const CONN =
	/Conn\[(\w+):[^|]*?:(\w+):(udp|tcp|ssltcp|tls):(\S+?:\d+)->[^|]*?:(\w+):(udp|tcp|ssltcp|tls):(\S+?:\d+)\|([C-][R-][Ww-][WISF-])\|/;
const PAIR_STATES: Record<string, string> = { W: 'waiting', I: 'in-progress', S: 'succeeded', F: 'failed' };
/** Names of candidate types before 2023. */
const TYPES: Record<string, string> = { local: 'host', stun: 'srflx' };
const DTLS_STATES = ['new', 'connecting', 'connected', 'closed', 'failed'];

export const LIBWEBRTC: LogProgram = {
	format: 'libwebrtc-log',
	name: 'Log of libwebrtc',
	is: /\b(?:turn_?port|stun_?port|p2p_?transport_?channel|connection|port|dtls_?transport|basic_?port_?allocator)\.cc:\d+\)?\]?:? .{0,400}?(?:Port\[|Conn\[|Channel\[|DtlsTransport\[|ports with)|\bConn\[\w+:\w+:Net\[/,
	lines: () => {
		const urls = new Map<string, string>();
		/** What was last said of a pair. */
		const states = new Map<string, string>();
		const at = (line: LogLine): ConnectionBuilder => line.connection('1', 'Connections of this log');
		const fault = (line: LogLine, port: string, errorCode: number, errorText: string, request?: 'refresh') =>
			addServerError(at(line), { url: urls.get(port) ?? null, errorCode, errorText, ...(request ? { request } : {}) }, line.atMs);
		return [
			{
				pattern: new RegExp(`${PORT}.*\\bTrying to connect to TURN server via (\\w+) @ (\\S+)`),
				take: ([, port, transport, where], line) => {
					const server = endpointIn(where!);
					const url = server ? turnUrl(server, transport === 'udp' ? 'udp' : 'tcp') : `turn:${where!}`;
					const whole = transport === 'tls' || transport === 'ssltcp' ? url.replace(/^turn:/, 'turns:') : url;
					urls.set(port!, whole);
					addServer(at(line), whole, null, line.atMs);
				}
			},
			{
				pattern: new RegExp(`${PORT}.*\\bReceived TURN (\\w+(?: \\w+)*?) error response,.*\\bcode=(\\d+)`),
				// The first request bears no login; what comes of it is written in the lines that follow. A refresh bears one.
				take: ([, port, what, code], line) => {
					const isRefresh = what === 'refresh';
					if ((code === '401' && !isRefresh) || code === '438') return;
					fault(line, port!, Number(code), `TURN ${what} error response`, isRefresh ? 'refresh' : undefined);
				}
			},
			{
				pattern: new RegExp(`${PORT}.*\\bFailed to authenticate with the server after challenge(?:, reason='([^']*)')?`),
				take: ([, port, reason = ''], line) => fault(line, port!, 401, reason)
			},
			{
				pattern: new RegExp(`${PORT}.*\\b(TURN \\w+(?: \\w+)* request timed ?out|TURN \\w+ request \\w+ timeout)`, 'i'),
				take: ([, port, said], line) => fault(line, port!, 701, said!)
			},
			{
				pattern: new RegExp(
					`${PORT}.*\\b(TURN host lookup received error.*|Connection with server failed.*|Failed to create TURN client socket.*)$`
				),
				take: ([, port, said], line) => fault(line, port!, 701, said!)
			},
			{
				pattern: new RegExp(`${PORT}.*\\bBinding (?:request )?(?:error response|timed out|request timed out)(.*)$`, 'i'),
				take: ([said, port], line) =>
					fault(line, port!, Number(/\bcode=(\d+)/.exec(said)?.[1] ?? 701), 'STUN binding request timed out.')
			},
			{
				pattern: /\bset_dtls_state from:? ?(\d) to (\d)/,
				take: ([, , to], line) => {
					const builder = at(line);
					const state = DTLS_STATES[Number(to)];
					if (state) builder.events.push({ atMs: line.atMs, peer: builder.id, call: 'dtls-state', phase: 'event', state });
				}
			},
			{
				pattern: CONN,
				take: ([, id, localType, localProtocol, local, type, protocol, remote, flags], line) => {
					const state = entryOf(PAIR_STATES, flags![3]!);
					const selected = /\bNew selected connection\b|\bselected connection: Conn\b/i.test(line.text);
					const key = `${state ?? ''}${selected ? ' selected' : ''}`;
					if (states.get(id!) === key && !selected) return;
					states.set(id!, key);
					const [from, to] = [endOf(local!, localType!, localProtocol!), endOf(remote!, type!, protocol!)];
					if (from && to)
						addPair(at(line), from, to, { ...(state ? { state } : {}), ...(selected ? { selected: true } : {}) }, line.atMs);
				}
			},
			{
				pattern:
					/\b(?:Changing |changed )?(Ice|Peer)ConnectionState\b.*?(?:=>|->| to )\s*k?(?:Ice|Peer)?(?:Connection)?(New|Checking|Connecting|Connected|Completed|Disconnected|Failed|Closed)\b/i,
				take: ([, which, state], line) => {
					const builder = at(line);
					const call = which!.toLowerCase() === 'ice' ? ('ice-state' as const) : ('connection-state' as const);
					builder.events.push({ atMs: line.atMs, peer: builder.id, call, phase: 'event', state: state!.toLowerCase() });
				}
			},
			{ pattern: /\bPort\[\w+:|\bChannel\[|\bDtlsTransport\[/, take: null }
		];
	}
};

/** Addresses may be masked (`192.0.2.x`): then two that look alike may be different, and none is kept. */
function endOf(where: string, type: string, protocol: string): LogCandidate | null {
	const match = /^\[?(.+?)\]?:(\d+)$/.exec(where);
	const masked = /(?:^|[.:])x\b/.test(match?.[1] ?? '');
	return match
		? { address: masked ? '' : match[1]!, port: Number(match[2]), type: entryOf(TYPES, type) ?? type, protocol }
		: null;
}
