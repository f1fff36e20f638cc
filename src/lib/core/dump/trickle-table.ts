/** The candidate table of a Trickle ICE page, copied as text: candidates with their times, and nothing else. */
import { RecordingBuilder } from './builder';
import { addServerError } from './candidate-lines';
import { clip } from './text-lines';

const TYPES = new Set(['host', 'srflx', 'prflx', 'relay']);

/** Time, (component,) type, foundation, protocol, address, port, priority, and what may follow. */
const ROW =
	/^\s*(\d+\.\d+)\s+(?:(rtp|rtcp|\d)\s+)?(host|srflx|prflx|relay)\s+(\S+)\s+(udp|tcp)\s*(?:\((active|passive|so)\)\s*)?(\S*)\s+(\d+)\s+(\d+(?:\s*\|\s*\d+\s*\|\s*\d+)?)(.*)$/i;

/** Below the table: `The server turn:… returned an error with code=401:` and its text, on the same line or the next. */
const SERVER_ERROR = /\bserver ((?:stun|turn)s?:\S+) returned an error with code=(\d+):?\s*(.*)$/i;

export function looksLikeTrickleTable(text: string): boolean {
	const head = /\bTime\s+(?:Component\s+)?Type\s+Foundation\s+Protocol\s+Address\s+Port\s+Priority\b/i;
	return head.test(text) || text.split('\n', 50).some((line) => ROW.test(line));
}

export function readTrickleTable(text: string): RecordingBuilder {
	const recording = new RecordingBuilder('trickle-ice', 'Candidate table of a Trickle ICE page');
	recording.clock = 'start';
	const builder = recording.connection('1');
	builder.label = 'Candidates';
	const lines = text.split(/\r?\n/);
	/** Errors stand below the table, without a time. */
	let lastMs = 0;
	builder.events.push({ atMs: 0, peer: builder.id, call: 'gathering-state', phase: 'event', state: 'gathering' });
	lines.forEach((line, index) => {
		const match = ROW.exec(line);
		if (match) takeRow(match, index);
		else if (/^\s*(\d+\.\d+)\s+Done\b/i.test(line)) {
			const atMs = Number(line.trim().split(/\s/)[0]) * 1000;
			builder.events.push({ atMs, peer: builder.id, call: 'gathering-state', phase: 'event', state: 'complete' });
		} else if (/^\s*(?:\d+\.\d+)?\s*(Authentication failed\?|Not reachable\?)/i.test(line)) {
			// The page's own guess in its last row: it had asked for relays and got none.
			const atMs = Number.parseFloat(line);
			const said = /Authentication failed\?|Not reachable\?/i.exec(line)![0];
			const event = { atMs: Number.isFinite(atMs) ? atMs * 1000 : null, peer: builder.id, phase: 'event' as const };
			builder.events.push(
				{ ...event, call: 'candidate-error', error: said },
				{ ...event, call: 'gathering-state', state: 'complete' }
			);
		} else if (SERVER_ERROR.test(line)) {
			const [, url, code, text] = SERVER_ERROR.exec(line)!;
			addServerError(builder, { url: url!, errorCode: Number(code), errorText: (text || lines[index + 1] || '').trim() }, lastMs);
		} else if (
			/\b(host|srflx|relay)\b/.test(line) &&
			/\d/.test(line) &&
			!/^\s*Time\b/i.test(line) &&
			line.split(/\s+/).some((word) => TYPES.has(word))
		)
			recording.notes.add('line-unreadable', `It is not a row of the table: ${clip(line)}`, `line ${index + 1}`);
	});
	return recording;

	function takeRow(match: RegExpExecArray, index: number): void {
		const [, time, component, type, foundation, protocol, tcpType, address, port, priority, rest] = match as unknown as string[];
		const atMs = Number(time) * 1000;
		lastMs = Math.max(lastMs, atMs);
		const [url] = /\b(?:stuns?|turns?):\S+/.exec(rest ?? '') ?? [null];
		const relayProtocol = /\b(udp|tcp|tls)\s*$/i.exec(rest ?? '')?.[1]?.toLowerCase() ?? null;
		const value = priorityOf(priority!);
		builder.addReport(atMs, `candidate ${index + 1}`, {
			type: 'local-candidate',
			candidateType: type!.toLowerCase(),
			foundation,
			protocol: protocol!.toLowerCase(),
			address,
			port: Number(port),
			priority: value,
			...(tcpType ? { tcpType: tcpType.toLowerCase() } : {}),
			...(url ? { url } : {}),
			...(relayProtocol ? { relayProtocol } : {})
		});
		const part = component === 'rtcp' || component === '2' ? 2 : 1;
		const words = tcpType ? ` tcptype ${tcpType.toLowerCase()}` : '';
		const candidate = `candidate:${foundation} ${part} ${protocol!.toLowerCase()} ${value} ${address} ${port} typ ${type!.toLowerCase()}${words}`;
		builder.events.push({ atMs, peer: builder.id, call: 'candidate', phase: 'event', candidate });
	}
}

/** `126 | 32512 | 255`: type, local and component preference (RFC 8445 §5.1.2.1). */
function priorityOf(text: string): number {
	const [type, local, component] = text.split('|').map(Number) as [number, number?, number?];
	return local === undefined || component === undefined ? type : type * 2 ** 24 + local * 2 ** 8 + component;
}
