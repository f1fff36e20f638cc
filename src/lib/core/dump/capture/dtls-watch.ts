/** The course of a DTLS handshake, as far as it is in the clear (RFC 6347 §4, RFC 9147 §4): who began, how far it came, alerts. */
import { readUint16 } from '../../stun/bytes';

/** First byte 20 to 63 (RFC 7983 §7), and the version of a record; the ciphertext of DTLS 1.3 has none. */
export function looksLikeDtls(bytes: Uint8Array): boolean {
	return (
		bytes.length >= 13 && bytes[0]! >= 20 && bytes[0]! <= 26 && bytes[1] === 0xfe && (bytes[2] === 0xff || bytes[2] === 0xfd)
	);
}

export function looksLikeDtls13(bytes: Uint8Array): boolean {
	return bytes.length >= 5 && (bytes[0]! & 0xe0) === 0x20;
}

export type DtlsState = 'connecting' | 'connected' | 'failed';

/** RFC 8446 §6.2, those that handshakes end with. */
const ALERTS: Record<number, string> = {
	0: 'close_notify',
	10: 'unexpected_message',
	20: 'bad_record_mac',
	40: 'handshake_failure',
	42: 'bad_certificate',
	43: 'unsupported_certificate',
	46: 'certificate_unknown',
	47: 'illegal_parameter',
	48: 'unknown_ca',
	51: 'decrypt_error',
	70: 'protocol_version',
	71: 'insufficient_security',
	80: 'internal_error',
	116: 'certificate_required'
};

/** Client hellos of a handshake that nobody answers: a browser sends some ten in half a minute. */
export class DtlsWatch {
	state: DtlsState | null = null;
	readonly changes: { atMs: number; state: DtlsState }[] = [];
	readonly alerts: { atMs: number; direction: 0 | 1; name: string; fatal: boolean }[] = [];
	/** By direction. */
	readonly clientHellos = [0, 0];
	readonly serverHellos = [0, 0];
	/** Records that only somebody with keys can send. */
	readonly #encrypted = [false, false];
	cipher: number | null = null;

	take(bytes: Uint8Array, direction: 0 | 1, atMs: number): void {
		let at = 0;
		// Several records stand in one datagram.
		while (at + 13 <= bytes.length && looksLikeDtls(bytes.subarray(at))) {
			const [type, epoch, length] = [bytes[at]!, readUint16(bytes, at + 3), readUint16(bytes, at + 11)];
			const body = bytes.subarray(at + 13, at + 13 + length);
			if (epoch > 0 || type === 23) this.#sealed(direction, atMs);
			else if (type === 22) this.#handshake(body, direction, atMs);
			else if (type === 21 && body.length >= 2) this.#alert(body, direction, atMs);
			at += 13 + length;
		}
		if (at < bytes.length && this.state !== null && looksLikeDtls13(bytes.subarray(at))) this.#sealed(direction, atMs);
	}

	#handshake(body: Uint8Array, direction: 0 | 1, atMs: number): void {
		if (body[0] === 1) {
			this.clientHellos[direction]!++;
			if (this.state === null) this.#change('connecting', atMs);
		}
		if (body[0] !== 2) return;
		this.serverHellos[direction]!++;
		// Handshake header, version, random, session id, then the cipher suite.
		const session = body[12 + 34];
		if (session !== undefined && body.length >= 12 + 35 + session + 2) this.cipher = readUint16(body, 12 + 35 + session);
	}

	#alert(body: Uint8Array, direction: 0 | 1, atMs: number): void {
		const fatal = body[0] === 2;
		if (this.alerts.length < 20) this.alerts.push({ atMs, direction, name: ALERTS[body[1]!] ?? `alert ${body[1]}`, fatal });
		if (fatal && this.state !== 'connected') this.#change('failed', atMs);
	}

	#sealed(direction: 0 | 1, atMs: number): void {
		this.#encrypted[direction] = true;
		// Also where the handshake was before the capture, or was cut off in it.
		if (this.state !== 'connected' && this.#encrypted[0] && this.#encrypted[1]) this.#change('connected', atMs);
	}

	#change(state: DtlsState, atMs: number): void {
		if (this.state === state || this.changes.length >= 20) return;
		this.state = state;
		this.changes.push({ atMs, state });
	}
}
