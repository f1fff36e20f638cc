/** Text and bytes without the DOM or Node: STUN strings are UTF-8 (RFC 8489 §14), nonces and TURN REST passwords are base64. */

export function utf8Encode(text: string): Uint8Array {
	const out: number[] = [];
	for (const character of text) {
		const point = character.codePointAt(0)!;
		// A lone surrogate has no UTF-8 form: U+FFFD stands for it, as TextEncoder does.
		const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
		if (code < 0x80) out.push(code);
		else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
		else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
		else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
	}
	return Uint8Array.from(out);
}

/** Null when the bytes are not well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
export function utf8Decode(bytes: Uint8Array): string | null {
	let text = '';
	for (let i = 0; i < bytes.length;) {
		const lead = bytes[i]!;
		const more =
			lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
		if (more < 0 || i + more >= bytes.length) return null;
		let code = more === 0 ? lead : lead & (0x3f >> more);
		for (let k = 1; k <= more; k++) {
			const next = bytes[i + k]!;
			if ((next & 0xc0) !== 0x80) return null;
			code = (code << 6) | (next & 0x3f);
		}
		const tooShort = (more === 2 && code < 0x800) || (more === 3 && code < 0x10000);
		if (tooShort || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
		text += String.fromCodePoint(code);
		i += more + 1;
	}
	return text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 §4, with padding. */
export function base64Encode(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 3) {
		const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		text += BASE64[group >> 18]! + BASE64[(group >> 12) & 63]!;
		text += i + 1 < bytes.length ? BASE64[(group >> 6) & 63]! : '=';
		text += i + 2 < bytes.length ? BASE64[group & 63]! : '=';
	}
	return text;
}

/** Null for anything but canonical base64 with padding. */
export function base64Decode(text: string): Uint8Array | null {
	if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const out = new Uint8Array((text.length / 4) * 3 - padding);
	for (let i = 0, at = 0; i < text.length; i += 4) {
		let group = 0;
		for (let k = 0; k < 4; k++) group = (group << 6) | Math.max(0, BASE64.indexOf(text[i + k]!));
		for (let shift = 16; shift >= 0 && at < out.length; shift -= 8) out[at++] = (group >> shift) & 0xff;
	}
	return out;
}

export function readUint32(bytes: Uint8Array, at: number): number {
	return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
	bytes[at] = value >>> 24;
	bytes[at + 1] = (value >>> 16) & 0xff;
	bytes[at + 2] = (value >>> 8) & 0xff;
	bytes[at + 3] = value & 0xff;
}

export function readUint16(bytes: Uint8Array, at: number): number {
	return (bytes[at]! << 8) | bytes[at + 1]!;
}

export function writeUint16(bytes: Uint8Array, at: number, value: number): void {
	bytes[at] = (value >>> 8) & 0xff;
	bytes[at + 1] = value & 0xff;
}

/** A copy of its own. Not `slice`: on Node's Buffer, which is a Uint8Array too, that gives a view. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
	return new Uint8Array(bytes);
}

/** Takes the same time wherever the two differ, so that a guess cannot be improved byte by byte. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
	return difference === 0;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

export function toHex(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
	return text;
}
