/**
 * A description without what identifies a network or a person: addresses, host names, ICE credentials, certificate
 * fingerprints, media keys and user names get placeholders, and every other byte stays. What was the same stays the same and
 * what differed still differs, also across the descriptions that share one maker, so that findings are the same before
 * and after. It works on whatever text is given: a damaged line is no reason to let an address through.
 */
import { parseIp } from '../../base/ip';
import { makePseudonyms, type Pseudonyms } from '../../base/pseudonyms';
import { parseDocument } from './document';
import { IMPLEMENTATIONS } from './implementations-table';

interface Edit {
	start: number;
	end: number;
	text: string;
}

export function redactDescription(text: string, pseudonyms: Pseudonyms = makePseudonyms()): string {
	return parseDocument(text)
		.lines.map((line) => redactLine(line.raw, pseudonyms) + line.end)
		.join('');
}

/** Where a value stands on its own: the first group of the pattern is the value. Repetitions are bounded: a line can be a megabyte long. */
const PLACES: readonly { pattern: RegExp; of: (value: string, pseudonyms: Pseudonyms) => string }[] = [
	{ pattern: /ice-ufrag:\s{0,9}(\S{1,600})/g, of: (value, p) => p.ufrag(value) },
	{ pattern: /\sufrag\s{1,9}(\S{1,600})/g, of: (value, p) => p.ufrag(value) },
	{ pattern: /ice-pwd:\s{0,9}(\S{1,600})/g, of: (value, p) => p.password(value) },
	{ pattern: /fingerprint:\s{0,9}\S{1,600}\s{1,9}(\S{1,600})/g, of: (value, p) => p.fingerprint(value) },
	{ pattern: /\binline:([^\s|;]{1,600})/g, of: (value, p) => p.password(value) },
	{ pattern: /^\s{0,9}a\s{0,9}=\s{0,9}identity:(\S{1,600})/g, of: (value, p) => p.named('identity', value) },
	{ pattern: /^\s{0,9}p\s{0,9}=\s{0,9}(.{1,600})/g, of: (value, p) => p.named('phone', value) },
	{
		pattern: /^\s{0,9}o\s{0,9}=\s{0,9}(\S{1,600})/g,
		// One that is too long for a browser stays as long.
		of: (value, p) => (value === '-' || isMaker(value) ? value : p.username(value).padEnd(value.length > 255 ? 256 : 0, 'x'))
	},
	// Anything that can be a host by its place, whatever it looks like.
	{
		pattern:
			/^\s{0,9}o\s{0,9}=\s{0,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}(\S{1,600})/g,
		of: hostOf
	},
	{ pattern: /\bIN\s{1,9}IP[46]\s{1,9}([^\s/]+)/g, of: hostOf },
	{ pattern: /candidate:\s{0,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}\S{1,600}\s{1,9}(\S{1,600})/g, of: hostOf },
	{ pattern: /\sraddr\s{1,9}(\S{1,600})/g, of: hostOf },
	// user:password@host, in URLs and addresses.
	{ pattern: /:\/\/([^\s/@]{1,300})@/g, of: (value, p) => p.named('user', value) },
	{ pattern: /:\/\/(?:[^\s/@]{1,300}@)?(\[[^\]\s]{1,60}\]|[^\s/:@?#]{1,300})/g, of: hostOf },
	{ pattern: /(?<![^\s@:/<>"'=])([^\s@:/<>"'=]{1,300})@(?=[A-Za-z0-9[])/g, of: (value, p) => p.named('user', value) },
	{ pattern: /[^\s@:/<>"'=]@(\[[^\]\s]{1,60}\]|[A-Za-z0-9.-]{1,300})/g, of: hostOf },
	// Addresses and mDNS names anywhere else.
	{ pattern: /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.]{0,40}\w)/g, of: (value, p) => p.address(value) },
	{
		pattern: /(?<![\w:.])([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?::\d{1,3}(?:\.\d{1,3}){3})?)(?![\w:.])/g,
		of: (value, p) => (looksLikeIpv6(value) ? p.address(value) : value)
	},
	{ pattern: /(?<![\w.-])([\w-]{1,300}\.local)(?![\w-])/g, of: hostOf }
];

/** One look that most lines do not survive: without any of this no pattern matches. */
const SUSPICIOUS =
	/[.@]|[0-9A-Fa-f]?:[0-9A-Fa-f]{0,4}:|ufrag|ice-pwd|fingerprint|inline|identity|:\/\/|candidate|raddr|\bIN\s|^\s{0,9}[op]\s{0,9}=/;

function redactLine(raw: string, pseudonyms: Pseudonyms): string {
	// The URI of a header extension names who defined it, never who is calling.
	if (raw.startsWith('a=extmap:')) return raw;
	if (!SUSPICIOUS.test(raw)) return raw;
	const edits: Edit[] = [];
	let taken: Uint8Array | null = null;
	for (const { pattern, of } of PLACES) {
		for (const match of raw.matchAll(pattern)) {
			const start = match.index + match[0].lastIndexOf(match[1]!);
			const end = start + match[1]!.length;
			taken ??= new Uint8Array(raw.length);
			if (taken.subarray(start, end).includes(1)) continue;
			taken.fill(1, start, end);
			edits.push({ start, end, text: of(match[1]!, pseudonyms) });
		}
	}
	if (edits.length === 0) return raw;
	let made = '';
	let at = 0;
	for (const edit of edits.sort((a, b) => a.start - b.start)) {
		made += raw.slice(at, edit.start) + edit.text;
		at = edit.end;
	}
	return made + raw.slice(at);
}

/** A number with dots that is no address stays, so that a finding about it still has it; a name goes. */
function hostOf(value: string, pseudonyms: Pseudonyms): string {
	if (parseIp(value)) return pseudonyms.address(value);
	return /^[\d.]+$/.test(value) || !/[A-Za-z]/.test(value) || /^[0-9A-Fa-f:]+$/.test(value)
		? pseudonyms.address(value)
		: pseudonyms.host(value);
}

/** Two groups with digits only are a time of day or a ratio, not an address. */
function looksLikeIpv6(text: string): boolean {
	return parseIp(text) !== null && (text.includes('::') || text.split(':').length === 8);
}

/** `mozilla...THIS_IS_SDPARTA-99.0` names a program, not a person. */
function isMaker(user: string): boolean {
	return IMPLEMENTATIONS.some(({ origin }) => origin?.test(user));
}
