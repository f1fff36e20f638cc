/** Lines that many programs and consoles write alike. */
import { entryOf } from '../base/record';
import { addCandidate, addServerError, CANDIDATE_LINE, type Side } from './candidate-lines';
import type { LinePattern, LogLine } from './log-reader';

/** The connection of what names none. */
export const ONLY = '1';

const REMOTE = /\b(?:remote|received?|receiving|incoming|peer|addIceCandidate|add[-_ ]?ice[-_ ]?candidate|added|from client)\b/i;
const LOCAL = /\b(?:local|gathered|sending|sent|send|outgoing|onicecandidate|icecandidate|config)\b/i;

/** By the words before the candidate; where there are none it is taken for this end's own, as `onicecandidate` tells them. */
export function sideOf(before: string): Side {
	const [remote, local] = [before.search(REMOTE), before.search(LOCAL)];
	return remote >= 0 && (local < 0 || remote < local) ? 'remote' : 'local';
}

const URL = /\b(?:stun|turn)s?:[^\s"'`,;)\]}<>\\]+/i;
const ERROR_CODE = /\berror_?code["'\]]*\s*[:=]\s*["']?(\d{1,3})\b/i;
const ERROR_TEXT = /\berror_?text["'\]]*\s*[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^,}\n]*))/i;
/** An object that was copied with a field a line is no longer than this. */
const AROUND = 14;

/** The lines around one that belong to the same copied object: up to the next error on either side. */
function around({ lines, number }: LogLine, isAnother: RegExp): string {
	let [from, to] = [number - 1, number - 1];
	while (from > 0 && number - 1 - from < AROUND && !isAnother.test(lines[from - 1]!)) from--;
	while (to < lines.length - 1 && to - number + 1 < AROUND && !isAnother.test(lines[to + 1]!)) to++;
	// What stands nearest counts: first the line itself and what follows it.
	return [...lines.slice(number - 1, to + 1), ...lines.slice(from, number - 1).reverse()].join('\n');
}

const STATE_CALLS: Record<string, 'ice-state' | 'connection-state' | 'gathering-state' | 'signaling-state' | 'dtls-state'> = {
	iceconnection: 'ice-state',
	ice: 'ice-state',
	connection: 'connection-state',
	peerconnection: 'connection-state',
	icegathering: 'gathering-state',
	gathering: 'gathering-state',
	signaling: 'signaling-state',
	signalling: 'signaling-state',
	dtls: 'dtls-state'
};

export const COMMON_LINES: readonly LinePattern[] = [
	{
		pattern: CANDIDATE_LINE,
		take: ([, candidate], line) => {
			const before = line.text.slice(0, line.text.indexOf('candidate:'));
			addCandidate(line.connection(ONLY), sideOf(before), candidate!, line.atMs);
		}
	},
	{
		// RTCPeerConnectionIceErrorEvent, on one line or with a field a line.
		pattern: ERROR_CODE,
		take: ([, code], line) => {
			const alone = URL.test(line.text) ? line.text : around(line, ERROR_CODE);
			const text = ERROR_TEXT.exec(alone);
			addServerError(
				line.connection(ONLY),
				{
					url: URL.exec(alone)?.[0] ?? null,
					errorCode: Number(code),
					errorText: (text?.[1] ?? text?.[2] ?? text?.[3] ?? '').trim()
				},
				line.atMs
			);
		}
	},
	{
		pattern:
			/\b(ice ?connection|ice ?gathering|peer ?connection|connection|signall?ing|gathering|dtls|ice)[ _-]?state\b[^A-Za-z\n]{0,6}(?:(?:has |was |is )?(?:now |changed?(?: to)?|->|=>)[^A-Za-z\n]{0,6})?["']?(new|checking|connecting|connected|completed|disconnected|failed|closed|gathering|complete|stable|have-local-offer|have-remote-offer)\b/i,
		take: ([, which, state], line) => {
			const builder = line.connection(ONLY);
			const call = entryOf(STATE_CALLS, which!.toLowerCase().replace(' ', '')) ?? 'connection-state';
			builder.events.push({ atMs: line.atMs, peer: builder.id, call, phase: 'event', state: state!.toLowerCase() });
		}
	}
];
