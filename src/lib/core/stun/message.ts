/** STUN messages (RFC 8489 §5, §14): strict decoding that names the place of a fault, and encoding. */
import { count } from '../base/format';
import type { Fault, Result } from '../base/result';
import { attributeName, ATTRIBUTES, type AttributeName, type AttributeValue } from './attributes-table';
import { MAGIC_COOKIE, type ValueCodec } from './attribute-values';
import { readUint16, readUint32, writeUint16, writeUint32 } from './bytes';
import { packType, unpackType, type MessageClass } from './methods-table';

export const HEADER_BYTES = 20;

export interface StunHeader {
	/** 12 bits; see METHODS. */
	method: number;
	class: MessageClass;
	/** 12 bytes. */
	transactionId: Uint8Array;
}

export interface DecodedAttribute {
	type: number;
	/** Null for a type that is not in the table. */
	name: AttributeName | null;
	/** Typed after the table (use `readAttribute`); the raw bytes when the type is unknown. */
	value: unknown;
	/** Where its header begins in the message, bytes. */
	offset: number;
}

export interface StunMessage extends StunHeader {
	/** In order. What stands behind the integrity attributes and may not stand there is left out (RFC 8489 §14.5 to §14.7). */
	attributes: DecodedAttribute[];
	/** The whole message as received: integrity is computed over it. */
	bytes: Uint8Array;
}

/** Where and why a message is not STUN. `header` is there when the message can still be answered (with 400). */
export interface DecodeFault extends Fault {
	code: 'too-short' | 'not-stun' | 'length' | 'cookie' | 'attribute-overrun' | 'attribute-value';
	/** Where in the message, bytes from its start. */
	offset: number;
	header: StunHeader | null;
}

/** True for what may be STUN by its first byte: 0 to 3 (RFC 7983 §7). */
export function looksLikeStun(bytes: Uint8Array): boolean {
	return bytes.length >= HEADER_BYTES && bytes[0]! < 4 && readUint32(bytes, 4) === MAGIC_COOKIE;
}

/** Decodes one whole message: a datagram, or what the stream reader cut out. The result keeps views into `bytes`. */
export function decodeMessage(bytes: Uint8Array): Result<StunMessage, DecodeFault> {
	if (bytes.length < HEADER_BYTES)
		return refuse('too-short', bytes.length, `A STUN message has 20 bytes at least, this has ${bytes.length}.`);
	if (bytes[0]! >= 4) return refuse('not-stun', 0, 'The first two bits of a STUN message are zero.');
	if (readUint32(bytes, 4) !== MAGIC_COOKIE) return refuse('cookie', 4, 'The magic cookie 0x2112A442 is missing.');
	const length = readUint16(bytes, 2);
	if (length !== bytes.length - HEADER_BYTES || length % 4 !== 0) {
		return refuse(
			'length',
			2,
			`The header says ${count(length, 'byte')} of attributes, there are ${bytes.length - HEADER_BYTES}.`
		);
	}
	const header: StunHeader = { ...unpackType(readUint16(bytes, 0)), transactionId: bytes.subarray(8, HEADER_BYTES) };
	const attributes: DecodedAttribute[] = [];
	let guard: Guard = 'none';
	for (let at = HEADER_BYTES; at < bytes.length;) {
		const type = readUint16(bytes, at);
		const size = readUint16(bytes, at + 2);
		const end = at + 4 + size;
		const name = attributeName(type);
		// The message length is a multiple of 4, so the padding of the last attribute is inside whenever its value is.
		if (end > bytes.length) {
			return refuse(
				'attribute-overrun',
				at,
				`${label(type)} claims ${count(size, 'byte')}, only ${bytes.length - at - 4} are left.`,
				header
			);
		}
		if (mayFollow(guard, name)) {
			const raw = bytes.subarray(at + 4, end);
			const codec = name === null ? null : (ATTRIBUTES[name].value as ValueCodec<unknown>);
			const value = codec ? codec.read(raw, header.transactionId) : raw;
			if (value === null) {
				return refuse('attribute-value', at, `${label(type)} must be ${codec!.shape}; it has ${count(size, 'byte')}.`, header);
			}
			attributes.push({ type, name, value, offset: at });
			guard = raiseGuard(guard, name);
		}
		at = (end + 3) & ~3;
	}
	return { ok: true, value: { ...header, attributes, bytes } };
}

function refuse(
	code: DecodeFault['code'],
	offset: number,
	message: string,
	header: StunHeader | null = null
): { ok: false; error: DecodeFault } {
	return { ok: false, error: { code, message, where: `byte ${offset}`, offset, header } };
}

function label(type: number): string {
	return attributeName(type) ?? `attribute 0x${type.toString(16).padStart(4, '0')}`;
}

/** How far the integrity attributes have been passed. */
type Guard = 'none' | 'sha1' | 'sha256' | 'fingerprint';

/** RFC 8489 §14.5, §14.6, §14.7: what comes after an integrity attribute is ignored, save the stronger ones. */
function mayFollow(guard: Guard, name: AttributeName | null): boolean {
	if (guard === 'none') return true;
	if (guard === 'sha1') return name === 'MESSAGE-INTEGRITY-SHA256' || name === 'FINGERPRINT';
	return guard === 'sha256' && name === 'FINGERPRINT';
}

function raiseGuard(guard: Guard, name: AttributeName | null): Guard {
	if (name === 'MESSAGE-INTEGRITY') return 'sha1';
	if (name === 'MESSAGE-INTEGRITY-SHA256') return 'sha256';
	return name === 'FINGERPRINT' ? 'fingerprint' : guard;
}

export function findAttribute(message: StunMessage, name: AttributeName): DecodedAttribute | undefined {
	return message.attributes.find((attribute) => attribute.name === name);
}

/** The first attribute of that name: later ones are ignored (RFC 8489 §14). */
export function readAttribute<N extends AttributeName>(message: StunMessage, name: N): AttributeValue<N> | undefined {
	return findAttribute(message, name)?.value as AttributeValue<N> | undefined;
}

/** All of that name, for the few that may be repeated (XOR-PEER-ADDRESS in CreatePermission, RFC 8656 §10.1). */
export function readAttributes<N extends AttributeName>(message: StunMessage, name: N): AttributeValue<N>[] {
	return message.attributes.filter((each) => each.name === name).map((each) => each.value as AttributeValue<N>);
}

export type AttributeToWrite = { [N in AttributeName]: readonly [N, AttributeValue<N>] }[AttributeName];

export interface MessageToWrite extends StunHeader {
	attributes: readonly AttributeToWrite[];
}

/** Throws RangeError when the attributes do not fit into 65535 bytes; integrity is added by `sealMessage`. */
export function encodeMessage(message: MessageToWrite): Uint8Array {
	const parts = message.attributes.map(([name, value]) => {
		const { type, value: codec } = ATTRIBUTES[name];
		return { type, value: (codec as ValueCodec<unknown>).write(value, message.transactionId) };
	});
	const length = parts.reduce((sum, part) => sum + 4 + ((part.value.length + 3) & ~3), 0);
	if (length > 0xfffc) throw new RangeError(`a STUN message holds 65532 bytes of attributes, not ${length}`);
	const bytes = new Uint8Array(HEADER_BYTES + length);
	writeUint16(bytes, 0, packType(message.method, message.class));
	writeUint16(bytes, 2, length);
	writeUint32(bytes, 4, MAGIC_COOKIE);
	bytes.set(message.transactionId, 8);
	let at = HEADER_BYTES;
	for (const part of parts) {
		writeUint16(bytes, at, part.type);
		writeUint16(bytes, at + 2, part.value.length);
		bytes.set(part.value, at + 4);
		at += 4 + ((part.value.length + 3) & ~3);
	}
	return bytes;
}
