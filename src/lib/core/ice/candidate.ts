/**
 * The candidate-attribute line (RFC 8839 §5.1, TCP by RFC 6544 §4.5): read strictly in its fixed fields, open to any
 * extension behind them, written back as it was.
 */
import { parseIp, type Family } from '../base/ip';
import { fail, ok, type Result } from '../base/result';

export interface CandidateLine {
	foundation: string;
	/** 1 is RTP (or everything, with rtcp-mux and data channels), 2 is RTCP. */
	component: number;
	/** As written: browsers write `udp`, Firefox `UDP`; RFC 8839 allows others. */
	transport: string;
	/** `transport` in lower case. */
	protocol: string;
	/** 1 to 2^31 - 1 (RFC 8445 §5.1.2). */
	priority: number;
	/** IP address without brackets, mDNS name or host name. */
	address: string;
	port: number;
	/** A CandidateType, or a token from an extension. */
	type: string;
	relatedAddress: string | null;
	relatedPort: number | null;
	/** `active`, `passive` or `so` (RFC 6544 §4.5); null when absent. */
	tcpType: string | null;
	/** Everything behind the fixed fields in order, `tcptype` included: `generation`, `ufrag`, `network-id`, `network-cost`… */
	extensions: { name: string; value: string }[];
}

const FIXED = ['foundation', 'component', 'transport', 'priority', 'address', 'port', '“typ”', 'type'];

/** Reads `candidate:…`, with or without `a=` before it. The fault names the column (1-based, in the text given). */
export function parseCandidate(line: string): Result<CandidateLine> {
	if (line === '' || /^(a=)?end-of-candidates$/.test(line)) {
		return fail('end-of-candidates', 'This is the mark that no more candidates follow, not a candidate.');
	}
	const prefix = /^(?:a=)?candidate:/.exec(line);
	if (!prefix)
		return fail('prefix', `“${shorten(line)}” does not begin with “candidate:”. Paste the whole attribute.`, 'column 1');
	const words = split(line, prefix[0].length);
	const missing = FIXED[words.length];
	if (words.length < FIXED.length) return fail('missing-field', `The line ends before its ${missing}.`, column(line.length));
	const [foundation, component, transport, priority, address, port, typ, type] = words as [
		Word,
		Word,
		Word,
		Word,
		Word,
		Word,
		Word,
		Word
	];

	if (!/^[A-Za-z0-9+/]{1,32}$/.test(foundation.text)) {
		return refuse('foundation', foundation, 'is not a foundation: 1 to 32 letters, digits, + or / are.');
	}
	if (!/^\d{1,3}$/.test(component.text) || Number(component.text) < 1 || Number(component.text) > 256) {
		return refuse('component', component, 'is not a component: a number from 1 to 256 is.');
	}
	if (!isToken(transport.text)) return refuse('transport', transport, 'is not a transport such as udp or tcp.');
	if (!/^\d{1,10}$/.test(priority.text) || Number(priority.text) < 1 || Number(priority.text) > 0x7fffffff) {
		return refuse('priority', priority, 'is not a priority: a number from 1 to 2147483647 is.');
	}
	if (!isAddress(address.text)) return refuse('address', address, 'is neither an IP address nor a host name.');
	if (!isPort(port.text)) return refuse('port', port, 'is not a port: a number from 0 to 65535 is.');
	if (typ.text !== 'typ') return refuse('typ', typ, 'stands where “typ” has to.');
	if (!isToken(type.text)) return refuse('type', type, 'is not a candidate type such as host, srflx, prflx or relay.');

	const rest = words.slice(FIXED.length);
	let relatedAddress: string | null = null;
	let relatedPort: number | null = null;
	if (rest[0]?.text === 'raddr') {
		const value = rest[1];
		if (!value || !isAddress(value.text)) return refuse('raddr', value ?? rest[0], 'is not followed by, or is not, an address.');
		relatedAddress = value.text;
		rest.splice(0, 2);
	}
	if (rest[0]?.text === 'rport') {
		const value = rest[1];
		if (!value || !isPort(value.text))
			return refuse('rport', value ?? rest[0], 'is not followed by, or is not, a port from 0 to 65535.');
		relatedPort = Number(value.text);
		rest.splice(0, 2);
	}
	const extensions: { name: string; value: string }[] = [];
	for (let i = 0; i < rest.length; i += 2) {
		const name = rest[i]!;
		const value = rest[i + 1];
		if (!isToken(name.text)) return refuse('extension', name, 'is not the name of an extension.');
		if (!value) return refuse('extension', name, 'has no value behind it: extensions come in pairs of name and value.');
		extensions.push({ name: name.text, value: value.text });
	}
	return ok({
		foundation: foundation.text,
		component: Number(component.text),
		transport: transport.text,
		protocol: transport.text.toLowerCase(),
		priority: Number(priority.text),
		address: address.text,
		port: Number(port.text),
		type: type.text,
		relatedAddress,
		relatedPort,
		tcpType: extensions.find(({ name }) => name === 'tcptype')?.value ?? null,
		extensions
	});
}

/** The attribute without `a=`. What parseCandidate read comes back unchanged, leading zeros of numbers apart. */
export function formatCandidate(candidate: CandidateLine): string {
	const { foundation, component, transport, priority, address, port, type, relatedAddress, relatedPort, extensions } = candidate;
	const words: (string | number)[] = [`candidate:${foundation}`, component, transport, priority, address, port, 'typ', type];
	if (relatedAddress !== null) words.push('raddr', relatedAddress);
	if (relatedPort !== null) words.push('rport', relatedPort);
	for (const { name, value } of extensions) words.push(name, value);
	return words.join(' ');
}

/** The value of an extension, null when the line has none of that name. */
export function extensionOf(candidate: CandidateLine, name: string): string | null {
	return candidate.extensions.find((extension) => extension.name === name)?.value ?? null;
}

/** A name ending in `.local` that hides a host address until the peer resolves it (draft-ietf-mmusic-mdns-ice-candidates). */
export function isMdnsName(address: string | null): boolean {
	return address !== null && /^[^.]+\.local\.?$/i.test(address);
}

/**
 * The address family a candidate speaks for. A hidden host address tells nothing; `0.0.0.0` and `::` as the related
 * address still tell the family, since browsers blank the address and keep its length.
 */
export function candidateFamily(candidate: { address: string | null; relatedAddress: string | null }): Family | 'unknown' {
	const own = candidate.address === null ? null : parseIp(candidate.address);
	const related = candidate.relatedAddress === null ? null : parseIp(candidate.relatedAddress);
	return own?.family ?? related?.family ?? 'unknown';
}

interface Word {
	text: string;
	/** 0-based, in the text given. */
	at: number;
}

function split(line: string, from: number): Word[] {
	const words: Word[] = [];
	let at = from;
	// One space apart, as the grammar says: a double space would be an empty field.
	for (const text of line
		.slice(from)
		.replace(/\r?\n$/, '')
		.split(' ')) {
		words.push({ text, at });
		at += text.length + 1;
	}
	return words;
}

function isToken(text: string): boolean {
	return /^[!#$%&'*+\-.^_`{|}~A-Za-z0-9]+$/.test(text);
}

function isPort(text: string): boolean {
	return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function isAddress(text: string): boolean {
	if (text.startsWith('[')) return false;
	if (parseIp(text)) return true;
	// A dotted number that is no IPv4 address is not a name either.
	return /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?$/.test(text) && !/(^|\.)\d+\.?$/.test(text);
}

function column(index: number): string {
	return `column ${index + 1}`;
}

function refuse(code: string, word: Word, what: string): Result<never> {
	return fail(code, word.text === '' ? `An empty field ${what}` : `“${shorten(word.text)}” ${what}`, column(word.at));
}

function shorten(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
