/** What the close codes of a WebSocket mean, in English (RFC 6455 §7.4.1, and the registry of IANA that it made). */
import { entryOf } from '../../base/record';

const CODES: Readonly<Record<string, string>> = {
	1000: 'done, as the other end sees it',
	1001: 'the other end goes away: it is restarted, or ends what is idle',
	1002: 'the other end saw a breach of the protocol',
	1003: 'the other end does not take this kind of data',
	1005: 'a close frame without a code',
	1006: 'the connection ended without a close frame',
	1007: 'the other end could not read what it was sent',
	1008: 'against the policy of the other end, often a login that is missing or wrong, or an origin that it does not know',
	1009: 'a message was too large for the other end',
	1010: 'an extension was missing',
	1011: 'an error inside the server',
	1012: 'the server restarts',
	1013: 'the server is too busy: try again later',
	1014: 'a gateway got no usable answer from the server behind it',
	1015: 'the TLS handshake failed',
	3000: 'a login is missing or wrong',
	3003: 'not allowed with this login',
	3008: 'the other end waited too long for something'
};

export function closeCodeMeaning(code: number): string {
	const known = entryOf(CODES, String(code));
	if (known !== undefined) return known;
	if (code >= 4000 && code < 5000) return 'a code of the application’s own';
	if (code >= 3000 && code < 4000) return 'a code of the library that the server uses';
	return 'a code without a published meaning';
}
