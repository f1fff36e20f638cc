/**
 * TURN REST credentials (draft-uberti-behave-turn-rest-00, coturn's `use-auth-secret`): the user name is `expiry:name`, the
 * credential is base64(HMAC-SHA1(secret, user name)).
 */
import { turnRestUsername } from '../core/ice/turn-username';

export interface TurnCredential {
	username: string;
	credential: string;
}

/** Needs a secure page (HTTPS or localhost): browsers keep WebCrypto from others. */
export async function makeTurnCredential(secret: string, name: string, expiresAt: Date): Promise<TurnCredential> {
	const username = turnRestUsername(expiresAt.getTime(), name);
	const encoder = new TextEncoder();
	const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
	const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(username));
	return { username, credential: btoa(String.fromCharCode(...new Uint8Array(signature))) };
}
