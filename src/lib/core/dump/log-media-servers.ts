/** Logs of media servers: Janus, LiveKit, Jitsi Videobridge, mediasoup, go2rtc. Each connection under the server's own id. */
import { isRecord, parseJson } from '../base/record';
import { addCandidate, addServer, addServerError, CANDIDATE_LINE } from './candidate-lines';
import type { ConnectionBuilder } from './builder';
import { addEndpoint, addPair, endpointIn, type LogCandidate } from './log-endpoints';
import { sideOf } from './log-common-lines';
import type { LinePattern, LogLine, LogProgram } from './log-reader';

type StateCall = 'ice-state' | 'connection-state' | 'dtls-state';

function state(builder: ConnectionBuilder, call: StateCall, to: string, { atMs }: LogLine): void {
	builder.events.push({ atMs, peer: builder.id, call, phase: 'event', state: to });
}

function said(builder: ConnectionBuilder, name: string, text: string, { atMs }: LogLine): void {
	builder.events.push({ atMs, peer: builder.id, call: 'other', phase: 'event', name, detail: text.trim().slice(0, 400) });
}

/** NiceComponentState of libnice. */
const NICE_STATES: Record<string, string> = {
	disconnected: 'disconnected',
	gathering: 'new',
	connecting: 'checking',
	connected: 'connected',
	ready: 'completed',
	failed: 'failed'
};

const HANDLE = '\\[(\\d{6,})\\]';

export const JANUS: LogProgram = {
	format: 'janus-log',
	name: 'Log of Janus',
	is: /\[\d{6,}\] *(?:Creating ICE agent|Component state changed|ICE failed|The DTLS handshake)|\[ice\.c:janus_ice|\[dtls\.c:janus_dtls|\bJANUS \w+ plugin\b|\bWelcome to Janus\b|\bJanus (?:WebRTC )?(?:Server|Gateway) version\b/i,
	lines: () => {
		/** Of the server's own configuration, which each handle has. */
		let turnUrl: string | null = null;
		const at = (line: LogLine, id: string) => {
			const builder = line.connection(id, `Handle ${id}`);
			if (turnUrl !== null) addServer(builder, turnUrl, null, line.atMs);
			return builder;
		};
		const end = (text: string): LogCandidate | null => {
			const match = /^(?:\S+ \d )?(\w+) (\w+) (\S+) (\d+)\s*$/.exec(text.trim());
			return match
				? { protocol: match[1]!.toLowerCase(), type: match[2]!.toLowerCase(), address: match[3]!, port: Number(match[4]) }
				: null;
		};
		const patterns: LinePattern[] = [
			{
				pattern: new RegExp(`${HANDLE}\\s+Component state changed for component \\d+ in stream \\d+: \\d+ \\((\\w+)\\)`),
				take: ([, id, to], line) => state(at(line, id!), 'ice-state', NICE_STATES[to!] ?? to!, line)
			},
			{
				pattern: new RegExp(`${HANDLE}\\s+ICE failed for component`),
				take: ([, id], line) => {
					// It says so in between too, while more candidates may come.
					if (/but (?:let's|we're)/.test(line.text)) said(at(line, id!), 'ice failed so far', line.text, line);
					else state(at(line, id!), 'ice-state', 'failed', line);
				}
			},
			{
				pattern: new RegExp(`${HANDLE}.*starting DTLS handshake`, 'i'),
				take: ([, id], line) => state(at(line, id!), 'dtls-state', 'connecting', line)
			},
			{
				pattern: new RegExp(`${HANDLE}\\s+The DTLS handshake has been completed`),
				take: ([, id], line) => state(at(line, id!), 'dtls-state', 'connected', line)
			},
			{
				pattern: new RegExp(`${HANDLE}.*\\b(?:hangup|Hanging up PeerConnection) because of an? (?:\\()?([^()]+)`),
				take: ([, id, why], line) => {
					const builder = at(line, id!);
					if (/DTLS/.test(why!)) state(builder, 'dtls-state', 'failed', line);
					if (/ICE failed/.test(why!)) state(builder, 'ice-state', 'failed', line);
					said(builder, 'hangup', why!, line);
				}
			},
			{
				// Also an alert of the other end, as OpenSSL words it: "sslv3 alert certificate unknown".
				pattern: new RegExp(`${HANDLE}\\s+Handshake error: (.+)$`),
				take: ([, id, why], line) => {
					state(at(line, id!), 'dtls-state', 'failed', line);
					said(at(line, id!), 'DTLS handshake error', why!, line);
				}
			},
			{
				pattern: new RegExp(`${HANDLE}.*(\\bDTLS alert\\b.*)$`, 'i'),
				take: ([, id, text], line) => said(at(line, id!), 'DTLS alert', text!, line)
			},
			{
				pattern: new RegExp(`${HANDLE}.*?(\\S+:\\d+) \\[(\\w+),(\\w+)\\] <-> (\\S+:\\d+) \\[(\\w+),(\\w+)\\]`),
				take: ([, id, local, localType, localProtocol, remote, type, protocol], line) => {
					const [from, to] = [endpointIn(local!), endpointIn(remote!)];
					if (!from || !to) return;
					const [a, b] = [
						{ ...from, type: localType!, protocol: localProtocol! },
						{ ...to, type: type!, protocol: protocol! }
					];
					addPair(at(line, id!), a, b, { state: 'succeeded', selected: true }, line.atMs);
				}
			},
			{
				pattern: /\bselected pair, local candidate: (.+?) , remote candidate: (.+)$/,
				take: ([, local, remote], line) => {
					const [from, to] = [end(local!), end(remote!)];
					const id = /\[(\d{6,})\]/.exec(line.text)?.[1] ?? 'selected';
					if (from && to) addPair(at(line, id), from, to, { state: 'succeeded', selected: true }, line.atMs);
				}
			},
			{
				pattern: new RegExp(
					`${HANDLE}.*?\\b(Adding remote candidate|(?:New )?remote candidate)\\b.*?type:(\\w+) (\\S+:\\d+)`,
					'i'
				),
				take: ([, id, , type, where], line) => {
					const to = endpointIn(where!);
					// Its transport stands in the next line; Janus takes UDP alone.
					if (/\bSkipping unsupported transport\b/.test(line.lines[line.number] ?? '')) return;
					if (to) addEndpoint(at(line, id!), 'remote', { ...to, type: type!.toLowerCase(), protocol: 'udp' }, line.atMs);
				}
			},
			{
				pattern: new RegExp(`${HANDLE}.*${CANDIDATE_LINE.source}`, 'i'),
				take: ([, id, candidate], line) => {
					const before = line.text.slice(0, line.text.indexOf('candidate:'));
					// Those that trickle come from the other end.
					addCandidate(at(line, id!), /trickle/i.test(before) ? 'remote' : sideOf(before), candidate!, line.atMs);
				}
			},
			{
				pattern: new RegExp(`${HANDLE}\\s+(\\S+ \\d (?:udp|tcp) \\d+ \\S+ \\d+ typ \\w+.*)$`, 'i'),
				take: ([, id, candidate], line) => addCandidate(at(line, id!), 'local', candidate!, line.atMs)
			},
			{
				pattern: new RegExp(`${HANDLE}\\s+Gathering done\\b`),
				take: ([, id], line) => {
					const builder = at(line, id!);
					builder.events.push({ atMs: line.atMs, peer: builder.id, call: 'gathering-state', phase: 'event', state: 'complete' });
				}
			},
			{
				pattern: /\bTURN server to use: (\S+):(\d+) \((udp|tcp|tls)\)/,
				take: ([, host, port, transport]) =>
					void (turnUrl = `turn${transport === 'tls' ? 's' : ''}:${host}:${port}?transport=${transport === 'udp' ? 'udp' : 'tcp'}`)
			},
			{
				pattern: new RegExp(`${HANDLE}\\s+Creating ICE agent`),
				take: ([, id], line) => said(at(line, id!), 'ICE agent created', '', line)
			},
			// Descriptions are printed without their handle; their candidates are told with it.
			{ pattern: CANDIDATE_LINE, take: null }
		];
		return patterns;
	}
};

/** `2023-05-30T10:58:08.808Z INFO livekit rtc/transport.go:602 selected ICE candidate pair {"room": …}`, or an object of JSON a line. */
const LIVEKIT_LINE = /^(?:\s*(?:DEBUG|INFO|WARN|ERROR))?\s*(?:livekit[\w.]*\s+)?(?:\S+\.go:\d+\s+)?([^{]*?)\s*(\{.*\})\s*$/i;

export const LIVEKIT: LogProgram = {
	format: 'livekit-log',
	name: 'Log of LiveKit',
	is: /\blivekit(?:\.\w+)*\s+\S+\.go:\d+|"logger":\s*"livekit/,
	lines: () => [
		{
			pattern: LIVEKIT_LINE,
			take: ([, text, json], line) => {
				const fields = parseJson(json!);
				const object = isRecord(fields) ? fields : {};
				const message = text === '' && typeof object.msg === 'string' ? object.msg : text!;
				const who = String(object.participant ?? object.pID ?? object.participantID ?? '');
				const transport = typeof object.transport === 'string' ? object.transport : '';
				if (who === '') return;
				const builder = line.connection(
					`${who} ${transport}`.trim(),
					`${who}${transport === '' ? '' : `, ${transport.toLowerCase()}`}`
				);
				const changed = /\b(ice|peer) connection state (?:change|changed)\b/i.exec(message);
				if (changed && typeof object.state === 'string')
					state(
						builder,
						changed[1]!.toLowerCase() === 'ice' ? 'ice-state' : 'connection-state',
						object.state.toLowerCase(),
						line
					);
				else if (CANDIDATE_LINE.test(json!)) {
					const candidate = CANDIDATE_LINE.exec(json!)![1]!;
					addCandidate(builder, sideOf(message), candidate, line.atMs);
				} else if (isRecord(object.newPair)) pairOf(builder, object.newPair, line);
				else if (typeof object.pair === 'string') {
					const [local, remote] = [...object.pair.matchAll(/\((?:local|remote)\)\s+(\w+?)[46]?\s+(\w+)\s+(\S+:\d+)/g)];
					const [from, to] = [local, remote].map((each) => (each ? endpointIn(each[3]!) : null));
					if (from && to)
						addPair(
							builder,
							{ ...from, protocol: local![1]!, type: local![2]! },
							{ ...to, protocol: remote![1]!, type: remote![2]! },
							{ state: 'succeeded', selected: true },
							line.atMs
						);
				} else said(builder, message, json!, line);
			}
		}
	]
};

function pairOf(builder: ConnectionBuilder, pair: Record<string, unknown>, line: LogLine): void {
	const end = (side: 'local' | 'remote'): LogCandidate => ({
		address: String(pair[`${side}Address`] ?? ''),
		port: Number(pair[`${side}Port`] ?? 0),
		protocol: String(pair[`${side}Protocol`] ?? 'udp'),
		type: String(pair[`${side}CandidateType`] ?? 'unknown')
	});
	addPair(builder, end('local'), end('remote'), { state: 'succeeded', selected: true }, line.atMs);
}

const ICE4J_STATES: Record<string, string> = {
	Waiting: 'new',
	Running: 'checking',
	Completed: 'connected',
	Terminated: 'completed',
	Failed: 'failed'
};
const ICE4J_END = '(\\S+:\\d+)\\/(udp|tcp|ssltcp)\\/(\\w+)';

export const JITSI: LogProgram = {
	format: 'jvb-log',
	name: 'Log of Jitsi Videobridge',
	is: /\bICE state changed from \w+ to \w+\.|\bPair (?:failed|succeeded|validated): \S+\/(?:udp|tcp)\/|\borg\.jitsi\.|\bJVB \d{4}-/,
	lines: () => {
		/** The older notation names no endpoint in most of its lines. */
		const at = (line: LogLine) => {
			const id = /\bepId=(\w+)/.exec(line.text)?.[1] ?? /\bstream-(\w+)/.exec(line.text)?.[1];
			return id === undefined ? line.connection('1', 'Endpoint') : line.connection(id, `Endpoint ${id}`);
		};
		const end = (where: string, protocol: string, type: string): LogCandidate | null => {
			const found = endpointIn(where);
			return found ? { ...found, protocol: protocol.toLowerCase(), type: type.toLowerCase() } : null;
		};
		return [
			{
				pattern: new RegExp(
					`\\bPair (failed|succeeded|validated|nominated|confirmed|added)[^:]*: ${ICE4J_END} -> ${ICE4J_END}`,
					'i'
				),
				take: ([, what, local, localProtocol, localType, remote, protocol, type], line) => {
					const [from, to] = [end(local!, localProtocol!, localType!), end(remote!, protocol!, type!)];
					if (!from || !to) return;
					const known: Record<string, object> = {
						failed: { state: 'failed' },
						added: { state: 'waiting' },
						nominated: { state: 'succeeded', nominated: true },
						confirmed: { state: 'succeeded', nominated: true, selected: true }
					};
					addPair(at(line), from, to, known[what!.toLowerCase()] ?? { state: 'succeeded' }, line.atMs);
				}
			},
			{
				pattern: /\bICE state changed from \w+ to (\w+)/i,
				take: ([, to], line) => state(at(line), 'ice-state', ICE4J_STATES[to!] ?? to!.toLowerCase(), line)
			},
			{
				pattern: /\b(?:Add|Update) remote candidate for [^:]*: (\S+:\d+)\/(udp|tcp|ssltcp)(?:\/(\w+))?/i,
				take: ([, where, protocol, type = 'host'], line) => {
					const to = end(where!, protocol!, type);
					if (to) addEndpoint(at(line), 'remote', to, line.atMs);
				}
			},
			{
				pattern: /\bDTLS (?:handshake )?(complete|finished|fail|timed? ?out)/i,
				take: ([, what], line) => state(at(line), 'dtls-state', /complete|finished/i.test(what!) ? 'connected' : 'failed', line)
			}
		];
	}
};

export const MEDIASOUP: LogProgram = {
	format: 'mediasoup-log',
	name: 'Log of mediasoup',
	is: /\bmediasoup(?:-worker|:)|\bRTC::(?:WebRtcTransport|IceServer|DtlsTransport)::/,
	lines: () => {
		const at = (line: LogLine) => {
			const id = /\b(?:transport ?id|id):\s*"?([\w-]{6,})/i.exec(line.text)?.[1];
			return id === undefined ? line.connection('1', 'Transport') : line.connection(id, `Transport ${id}`);
		};
		return [
			{
				pattern:
					/\b(ice|dtls)state(?:change)?\b.*?\b(?:iceState|dtlsState|state)?[:=" ]*\b(new|connecting|connected|completed|disconnected|failed|closed)\b/i,
				take: ([, which, to], line) =>
					state(at(line), which!.toLowerCase() === 'ice' ? 'ice-state' : 'dtls-state', to!.toLowerCase(), line)
			},
			{
				pattern: /\b(?:wrong|unknown)\b.*\bSTUN\b.*=> ?(\d{3})/i,
				take: ([text, code], line) =>
					addServerError(at(line), { url: null, errorCode: Number(code), errorText: text.slice(0, 200) }, line.atMs)
			},
			{
				pattern: /RTC::DtlsTransport::.*\b(?:DTLS|handshake)\b.*\bfail/i,
				take: (_, line) => state(at(line), 'dtls-state', 'failed', line)
			}
		];
	}
};

export const GO2RTC: LogProgram = {
	format: 'go2rtc-log',
	name: 'Log of go2rtc',
	is: /\b(?:TRC|DBG|INF|WRN|ERR) (?:\[webrtc\]|\[api\.ws\]|go2rtc )/,
	lines: () => [
		{
			pattern: new RegExp(`\\[webrtc\\] (local|remote|config)\\s+candidate="?${CANDIDATE_LINE.source}`, 'i'),
			take: ([, whose, candidate], line) =>
				addCandidate(line.connection('1', 'go2rtc'), whose === 'remote' ? 'remote' : 'local', candidate!, line.atMs)
		},
		{
			pattern: /\b(?:WRN|ERR) .*(?:\[webrtc\]|error=).*$/,
			take: ([text], line) => said(line.connection('1', 'go2rtc'), 'error', text, line)
		}
	]
};
