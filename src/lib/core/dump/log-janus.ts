/** The log of Janus: each handle of a plugin is a connection. */
import { entryOf } from '../base/record';
import { addCandidate, addServer, CANDIDATE_LINE } from './candidate-lines';
import { sideOf } from './log-common-lines';
import { addEndpoint, addPair, endpointIn, type LogCandidate } from './log-endpoints';
import { said, state } from './log-events';
import type { LinePattern, LogLine, LogProgram } from './log-reader';

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
				take: ([, id, to], line) => state(at(line, id!), 'ice-state', entryOf(NICE_STATES, to!) ?? to!, line)
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
