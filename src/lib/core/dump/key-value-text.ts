/** Statistics written as `name: value` lines, an object after the other: what programs print, and webrtc-internals copied as text. */
import { count } from '../base/format';
import type { RecordingBuilder } from './builder';
import { clip } from './text-lines';
import { readRawStats } from './raw-getstats';

const TYPES =
	'codec|inbound-rtp|outbound-rtp|remote-inbound-rtp|remote-outbound-rtp|media-source|media-playout|peer-connection|data-channel|transport|candidate-pair|local-candidate|remote-candidate|certificate';

/** `Report type=inbound-rtp`, `type: "inbound-rtp",`: an object begins, unless it has begun and has no type yet. */
const TYPE = new RegExp(`^\\W*(?:report\\s+)?["']?type["']?\\s*[=:]\\s*["']?(${TYPES})\\b(.*)$`, 'i');
/** The heading of webrtc-internals: `inbound-rtp (kind=video, mid=1, ssrc=5, id=IT01V5)`. */
const HEADING = new RegExp(`^\\W*(${TYPES}) \\(.*?\\bid=([^,)\\s]+)`, 'i');
const FIELD = /^\W{0,8}?["']?([A-Za-z][\w.[\]/-]{0,80}?)["']?\s*(?:[:=]|\t)\s*(.*?)\s*[,;]?$/;
const TIME = /^(?:time|timestamp|timestampms)$/i;
/** What an object has once: seen again, it is the next one's. */
const BEGINS = /^(?:id|time|timestamp|timestampms)$/i;
const nameOf = (name: string) => (TIME.test(name) ? 'timestamp' : name);
/** Not of the statistics: titles, brackets, lines between objects. */
const ORNAMENT = /^[\s{}[\](),;=\-_*#|─━]*$|^\s*statistics\b/i;

export function looksLikeKeyValueText(text: string): boolean {
	return text.split('\n', 400).some((line) => TYPE.test(line) || HEADING.test(line));
}

export function readKeyValueText(text: string): RecordingBuilder | null {
	const objects: Record<string, unknown>[] = [];
	const unread: { line: number; text: string }[] = [];
	let now: Record<string, unknown> = {};
	const begin = () => objects.push((now = {}));
	text.split('\n').forEach((raw, index) => {
		const line = raw.trim();
		const heading = HEADING.exec(line);
		if (heading) {
			begin();
			Object.assign(now, { type: heading[1]!.toLowerCase(), id: heading[2] });
			return;
		}
		const typed = TYPE.exec(line);
		if (typed) {
			if (objects.length === 0 || 'type' in now) begin();
			now.type = typed[1]!.toLowerCase();
			for (const [, name, value] of (typed[2] ?? '').matchAll(/\b([A-Za-z]\w*)=([^\s,;]+)/g)) put(now, name!, value!);
			return;
		}
		const field = FIELD.exec(line);
		if (field && (objects.length > 0 || BEGINS.test(field[1]!))) {
			if (objects.length === 0 || (BEGINS.test(field[1]!) && nameOf(field[1]!) in now)) begin();
			put(now, field[1]!, field[2]!);
		} else if (!ORNAMENT.test(line)) unread.push({ line: index + 1, text: line });
	});
	const recording = readRawStats(objects.map((each, index) => ({ id: `${String(each.type)} ${index + 1}`, ...each })));
	if (!recording) return null;
	recording.formatName = `Statistics as text, ${count(objects.length, 'object')}`;
	for (const { line, text: said } of unread)
		recording.notes.add('line-unreadable', `It is no field of the statistics: ${clip(said)}`, `line ${line}`);
	return recording;
}

function put(object: Record<string, unknown>, name: string, text: string): void {
	const value = text.replace(/^(["'])(.*)\1$/, '$2');
	object[nameOf(name)] = valueOf(value, value !== text);
}

function valueOf(text: string, quoted: boolean): unknown {
	if (quoted) return text;
	if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
	return text === 'true' ? true : text === 'false' ? false : text === 'null' || text === 'undefined' ? null : text;
}
