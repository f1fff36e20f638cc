/** The log of LiveKit: each transport of a participant is a connection. */
import { isRecord, parseJson } from '../base/record';
import type { ConnectionBuilder } from './builder';
import { addCandidate, CANDIDATE_LINE } from './candidate-lines';
import { sideOf } from './log-common-lines';
import { addPair, endpointIn, type LogCandidate } from './log-endpoints';
import { said, state } from './log-events';
import type { LogLine, LogProgram } from './log-reader';

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
