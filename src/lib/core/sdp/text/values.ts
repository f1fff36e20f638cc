/**
 * Parsers for the values of single lines. Each gives the value or says what is wrong and at which character of the text
 * it was given; none throws. The syntax of every value is in the section named above its parser.
 */
import type { MediaPart, SdpFault } from './faults';

export type Parsed<T> = { ok: true; value: T } | Unread;

interface Unread {
	ok: false;
	offset: number;
	fault: SdpFault;
}

export interface Field {
	text: string;
	/** Offset of the field in the text it came from. */
	offset: number;
}

export function good<T>(value: T): Parsed<T> {
	return { ok: true, value };
}

export function bad(offset: number, fault: SdpFault): Unread {
	return { ok: false, offset, fault };
}

/** Splits at runs of blanks. */
export function fieldsOf(text: string): Field[] {
	const fields: Field[] = [];
	let start = -1;
	for (let i = 0; i <= text.length; i++) {
		const code = i < text.length ? text.charCodeAt(i) : 32;
		if (code === 32 || code === 9) {
			if (start >= 0) fields.push({ text: text.slice(start, i), offset: start });
			start = -1;
		} else if (start < 0) {
			start = i;
		}
	}
	return fields;
}

/** A decimal number without sign; null for anything else. */
export function decimal(text: string | undefined): number | null {
	if (text === undefined || text.length === 0 || text.length > 15) return null;
	let number = 0;
	for (let i = 0; i < text.length; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (digit < 0 || digit > 9) return null;
		number = number * 10 + digit;
	}
	return number;
}

/** The token of RFC 8866 §9: what media types, mids, group names and most identifiers are made of. */
export function isToken(text: string): boolean {
	return /^[\x21\x23-\x27\x2a\x2b\x2d\x2e\x30-\x39\x41-\x5a\x5e-\x7e]+$/.test(text);
}

export interface MediaLine {
	kind: string;
	port: number;
	/** Number of ports, `m=video 49170/2 …`; 1 when not said. */
	ports: number;
	protocol: string;
	formats: Field[];
}

/** RFC 8866 §5.14: `<media> <port>[/<number>] <proto> <fmt> …`. */
export function parseMedia(value: string): Parsed<MediaLine> {
	const fields = fieldsOf(value);
	if (fields.length < 4) {
		const parts: readonly MediaPart[] = ['kind', 'port', 'transport', 'format'];
		return bad(value.length, { kind: 'media-line', missing: parts[fields.length]! });
	}
	const [kind, port, protocol, ...formats] = fields as [Field, Field, Field, ...Field[]];
	const [portText, portsText] = port.text.split('/');
	const number = decimal(portText);
	if (number === null || number > 65535) return bad(port.offset, { kind: 'port', value: clip(port.text) });
	const ports = portsText === undefined ? 1 : decimal(portsText);
	if (ports === null || ports === 0) return bad(port.offset, { kind: 'number-of-ports', value: clip(port.text) });
	if (!isToken(kind.text)) return bad(kind.offset, { kind: 'media-type', value: clip(kind.text) });
	return good({ kind: kind.text, port: number, ports, protocol: protocol.text, formats });
}

export interface Origin {
	username: string;
	sessionId: string;
	sessionVersion: string;
	netType: string;
	addressType: string;
	address: string;
}

/** RFC 8866 §5.2: `<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>`. */
export function parseOrigin(value: string): Parsed<Origin> {
	const fields = fieldsOf(value);
	if (fields.length !== 6) {
		return bad(fields.length > 6 ? fields[6]!.offset : value.length, { kind: 'origin-fields', fields: fields.length });
	}
	const [username, sessionId, sessionVersion, netType, addressType, address] = fields as [
		Field,
		Field,
		Field,
		Field,
		Field,
		Field
	];
	for (const [field, kind] of [
		[sessionId, 'session-id'],
		[sessionVersion, 'session-version']
	] as const) {
		if (!/^\d+$/.test(field.text)) return bad(field.offset, { kind, value: clip(field.text) });
	}
	if (netType.text !== 'IN') return bad(netType.offset, { kind: 'network-type', value: clip(netType.text) });
	if (addressType.text !== 'IP4' && addressType.text !== 'IP6') {
		return bad(addressType.offset, { kind: 'address-type', value: clip(addressType.text) });
	}
	if (!isAddress(address.text)) return bad(address.offset, { kind: 'address', value: clip(address.text) });
	return good({
		username: username.text,
		sessionId: sessionId.text,
		sessionVersion: sessionVersion.text,
		netType: netType.text,
		addressType: addressType.text,
		address: address.text
	});
}

export interface Connection {
	addressType: 'IP4' | 'IP6';
	address: string;
	/** What follows a slash: time to live and number of addresses, for multicast. */
	suffix: string | null;
	/** Offset of the address in the value. */
	offset: number;
}

/** RFC 8866 §5.7: `<nettype> <addrtype> <connection-address>`. */
export function parseConnection(value: string): Parsed<Connection> {
	const fields = fieldsOf(value);
	if (fields.length !== 3) {
		return bad(fields.length > 3 ? fields[3]!.offset : value.length, { kind: 'connection-fields', fields: fields.length });
	}
	const [netType, addressType, address] = fields as [Field, Field, Field];
	if (netType.text !== 'IN') return bad(netType.offset, { kind: 'network-type', value: clip(netType.text) });
	if (addressType.text !== 'IP4' && addressType.text !== 'IP6') {
		return bad(addressType.offset, { kind: 'address-type', value: clip(addressType.text) });
	}
	const slash = address.text.indexOf('/');
	const host = slash < 0 ? address.text : address.text.slice(0, slash);
	const suffix = slash < 0 ? null : address.text.slice(slash + 1);
	if (!isAddress(host)) return bad(address.offset, { kind: 'address', value: clip(host) });
	if (addressType.text === 'IP4' && host.includes(':'))
		return bad(address.offset, { kind: 'address-family', address: clip(host), says: 'IP4' });
	if (addressType.text === 'IP6' && /^[\d.]+$/.test(host))
		return bad(address.offset, { kind: 'address-family', address: clip(host), says: 'IP6' });
	if (suffix !== null && !/^\d{1,3}(\/\d{1,5})?$/.test(suffix))
		return bad(address.offset, { kind: 'time-to-live', value: clip(suffix) });
	return good({ addressType: addressType.text, address: host, suffix, offset: address.offset });
}

/** An IPv4 or IPv6 address or a host name, judged by its characters; a dotted number must be a correct IPv4 address. */
function isAddress(text: string): boolean {
	if (/^[\d.]+$/.test(text)) return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
	if (text.includes(':'))
		return /^[0-9a-fA-F:.]{2,}$/.test(text) && text.split(':').length <= 9 && text.includes(':', text.indexOf(':') + 1);
	return /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+\.?$/.test(text) || text === 'localhost';
}

export interface Bandwidth {
	kind: string;
	value: number;
}

/** RFC 8866 §5.8: `<bwtype>:<bandwidth>`. */
export function parseBandwidth(value: string): Parsed<Bandwidth> {
	const colon = value.indexOf(':');
	if (colon < 1) return bad(0, { kind: 'bandwidth' });
	const number = decimal(value.slice(colon + 1).trim());
	if (number === null) return bad(colon + 1, { kind: 'number', value: clip(value.slice(colon + 1)) });
	return good({ kind: value.slice(0, colon), value: number });
}

/** Shortens what goes into a sentence; a line can be a megabyte long. */
export function clip(text: string, length = 40): string {
	const clean = text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '·');
	return clean.length > length ? `${clean.slice(0, length)}…` : clean;
}
