/** The prefix by which a nonce announces what the server supports, safe from downgrading (RFC 8489 §9.2, §18.1). */
import { base64Decode, base64Encode } from './bytes';

export interface SecurityFeatures {
	/** The server takes PASSWORD-ALGORITHM. */
	passwordAlgorithms: boolean;
	/** The server takes USERHASH in place of USERNAME. */
	userAnonymity: boolean;
}

const COOKIE = 'obMatJos2';

/** 9 fixed characters and 24 bits in 4 more; bit 0 is the leftmost. */
export function writeNonceCookie(features: SecurityFeatures): string {
	const bits = (features.passwordAlgorithms ? 0x80 : 0) | (features.userAnonymity ? 0x40 : 0);
	return COOKIE + base64Encode(Uint8Array.of(bits, 0, 0));
}

/** Null when the nonce does not begin with the cookie: the server says nothing about itself. */
export function readNonceCookie(nonce: string): SecurityFeatures | null {
	if (!nonce.startsWith(COOKIE)) return null;
	const bits = base64Decode(nonce.slice(COOKIE.length, COOKIE.length + 4));
	if (bits?.length !== 3) return null;
	return { passwordAlgorithms: (bits[0]! & 0x80) !== 0, userAnonymity: (bits[0]! & 0x40) !== 0 };
}
