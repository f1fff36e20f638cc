/** MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256, FINGERPRINT and the keys they take (RFC 8489 §9, §14.5 to §14.7). */
import { ATTRIBUTES, type AttributeName } from './attributes-table';
import { concatBytes, copyBytes, equalBytes, readUint16, utf8Encode, writeUint16, writeUint32 } from './bytes';
import { encodeMessage, findAttribute, HEADER_BYTES, readAttribute, type MessageToWrite, type StunMessage } from './message';

/** The hash functions, passed in: core has none of its own. */
export interface StunCrypto {
	hmacSha1(key: Uint8Array, data: Uint8Array): Uint8Array;
	hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
	md5(data: Uint8Array): Uint8Array;
	sha256(data: Uint8Array): Uint8Array;
}

export type IntegrityKind = 'sha1' | 'sha256';

const INTEGRITY: Record<IntegrityKind, { name: AttributeName; bytes: number }> = {
	sha1: { name: 'MESSAGE-INTEGRITY', bytes: 20 },
	sha256: { name: 'MESSAGE-INTEGRITY-SHA256', bytes: 32 }
};

/** Password algorithms (RFC 8489 §18.5). */
export const PASSWORD_ALGORITHM = { md5: 1, sha256: 2 } as const;

export type PasswordAlgorithm = keyof typeof PASSWORD_ALGORITHM;

/** The short-term key: the password (RFC 8489 §9.1.1); ICE uses it with the ICE password. */
export function shortTermKey(password: string): Uint8Array {
	return utf8Encode(prepare(password));
}

/** The long-term key (RFC 8489 §18.5.1). */
export function longTermKey(
	crypto: StunCrypto,
	algorithm: PasswordAlgorithm,
	user: { username: string; realm: string; password: string }
): Uint8Array {
	const text = utf8Encode(`${user.username}:${prepare(user.realm)}:${prepare(user.password)}`);
	return algorithm === 'md5' ? crypto.md5(text) : crypto.sha256(text);
}

/** The value of USERHASH (RFC 8489 §14.4). */
export function userHash(crypto: StunCrypto, username: string, realm: string): Uint8Array {
	return crypto.sha256(utf8Encode(`${prepare(username)}:${prepare(realm)}`));
}

/** The mappings of the OpaqueString profile (RFC 8265 §4.2.2): every space is U+0020, and normal form C. */
function prepare(text: string): string {
	return text.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

export interface Seal {
	integrity?: { kind: IntegrityKind; key: Uint8Array; crypto: StunCrypto };
	fingerprint?: boolean;
}

/** Encodes and adds integrity and fingerprint, in that order. */
export function sealMessage(message: MessageToWrite, seal: Seal): Uint8Array {
	let bytes = encodeMessage(message);
	if (seal.integrity) {
		const { kind, key, crypto } = seal.integrity;
		const covered = bytes;
		bytes = appendAttribute(bytes, INTEGRITY[kind].name, INTEGRITY[kind].bytes);
		// The length field already counts the integrity attribute when the hash is taken (RFC 8489 §14.5).
		covered.set(bytes.subarray(0, 4));
		bytes.set(hmac(crypto, kind, key, covered), bytes.length - INTEGRITY[kind].bytes);
	}
	if (seal.fingerprint) {
		const end = bytes.length;
		bytes = appendAttribute(bytes, 'FINGERPRINT', 4);
		writeUint32(bytes, end + 4, fingerprintOf(bytes.subarray(0, end)));
	}
	return bytes;
}

function appendAttribute(bytes: Uint8Array, name: AttributeName, size: number): Uint8Array {
	const out = concatBytes(bytes, new Uint8Array(4 + size));
	writeUint16(out, bytes.length, ATTRIBUTES[name].type);
	writeUint16(out, bytes.length + 2, size);
	writeUint16(out, 2, out.length - HEADER_BYTES);
	return out;
}

function hmac(crypto: StunCrypto, kind: IntegrityKind, key: Uint8Array, data: Uint8Array): Uint8Array {
	return kind === 'sha1' ? crypto.hmacSha1(key, data) : crypto.hmacSha256(key, data);
}

/** Which integrity a message carries; the stronger one counts when it has both. */
export function integrityKind(message: StunMessage): IntegrityKind | null {
	if (findAttribute(message, 'MESSAGE-INTEGRITY-SHA256')) return 'sha256';
	return findAttribute(message, 'MESSAGE-INTEGRITY') ? 'sha1' : null;
}

/**
 * True when the message carries this integrity, made with this key. A shortened SHA-256 value is refused: it is for usages
 * that define it (RFC 8489 §14.6), and neither ICE nor TURN does.
 */
export function verifyIntegrity(crypto: StunCrypto, message: StunMessage, kind: IntegrityKind, key: Uint8Array): boolean {
	const { name, bytes: size } = INTEGRITY[kind];
	const attribute = findAttribute(message, name);
	const given = attribute?.value as Uint8Array | undefined;
	if (!attribute || !given || given.length !== size) return false;
	const covered = copyBytes(message.bytes.subarray(0, attribute.offset));
	writeUint16(covered, 2, attribute.offset + 4 + size - HEADER_BYTES);
	return equalBytes(hmac(crypto, kind, key, covered), given);
}

/** `absent` when there is no FINGERPRINT; `wrong` also when it is not the last attribute. */
export function checkFingerprint(message: StunMessage): 'absent' | 'right' | 'wrong' {
	const attribute = findAttribute(message, 'FINGERPRINT');
	if (!attribute) return 'absent';
	const atEnd = attribute.offset + 8 === message.bytes.length && readUint16(message.bytes, attribute.offset + 2) === 4;
	const right = fingerprintOf(message.bytes.subarray(0, attribute.offset)) === readAttribute(message, 'FINGERPRINT');
	return atEnd && right ? 'right' : 'wrong';
}

/** CRC-32 of what stands before the attribute, XORed with "STUN" (RFC 8489 §14.7). The length field must already count it. */
export function fingerprintOf(bytes: Uint8Array): number {
	return (crc32(bytes) ^ 0x5354554e) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	return c >>> 0;
});

/** ITU V.42, as in zip and Ethernet. */
export function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
	return ~crc >>> 0;
}
