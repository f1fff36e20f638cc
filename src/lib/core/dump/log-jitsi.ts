/** The log of Jitsi Videobridge, whose ICE is ice4j: each endpoint is a connection. */
import { addEndpoint, addPair, endpointIn, type LogCandidate } from './log-endpoints';
import { state } from './log-events';
import type { LogLine, LogProgram } from './log-reader';

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
