/** The long-term credential mechanism with RFC 8489's additions (§9.2), and nonces that need no state. */
import { createHmac } from 'node:crypto';
import { base64Encode, equalBytes, readUint32, toHex, writeUint32 } from '../../core/stun/bytes';
import {
	integrityKind,
	longTermKey,
	PASSWORD_ALGORITHM,
	userHash,
	verifyIntegrity,
	type IntegrityKind,
	type PasswordAlgorithm
} from '../../core/stun/integrity';
import { readAttribute, type AttributeToWrite, type StunMessage } from '../../core/stun/message';
import { writeNonceCookie } from '../../core/stun/nonce-cookie';
import { restExpiryMs, restPassword } from '../../core/stun/rest-credentials';
import type { ErrorCode } from '../../core/stun/error-codes-table';
import type { Clock } from '../clock';
import { nodeCrypto, type Random } from '../node-crypto';

export interface Credentials {
	/** TURN REST: the shared secret. */
	secret?: string;
	/** User name to password. */
	users?: Readonly<Record<string, string>>;
	realm: string;
}

export interface Identity {
	username: string;
	/** The integrity of the request; the response carries the same. */
	kind: IntegrityKind;
	key: Uint8Array;
}

export interface Refusal {
	code: ErrorCode;
	attributes: AttributeToWrite[];
}

/** What an allocation keeps of its owner: a call may outlast the lifetime of its credential, by so much. */
export interface KnownUser {
	username: string;
	password: string;
}

export interface Authenticator {
	/** `tuple` names the client's 5-tuple; `known` is the owner of its allocation. */
	check(
		request: StunMessage,
		tuple: string,
		known: KnownUser | null
	): { ok: true; identity: Identity; user: KnownUser } | { ok: false; refusal: Refusal };
}

/** In the order of preference. */
const OFFERED: readonly number[] = [PASSWORD_ALGORITHM.sha256, PASSWORD_ALGORITHM.md5];

const MAC_BYTES = 8;

/** How long an allocation may be refreshed after its credential has expired. */
const LONGEST_CALL_MS = 12 * 3_600_000;

export function makeAuthenticator(
	credentials: Credentials,
	nonceLifetimeMs: number,
	clock: Clock,
	random: Random
): Authenticator {
	const { secret, realm } = credentials;
	// A Map, since a plain object has a property “constructor”.
	const users = new Map(Object.entries(credentials.users ?? {}));
	// USERHASH needs the list of users, and TURN REST has none.
	const byHash = new Map([...users.keys()].map((name) => [toHex(userHash(nodeCrypto, name, realm)), name]));
	const cookie = writeNonceCookie({ passwordAlgorithms: true, userAnonymity: secret === undefined });
	const nonceKey = random.bytes(32);

	function macOf(stamp: Uint8Array, tuple: string): Uint8Array {
		return createHmac('sha256', nonceKey).update(stamp).update(tuple).digest().subarray(0, MAC_BYTES);
	}

	function makeNonce(tuple: string): string {
		const raw = new Uint8Array(4 + MAC_BYTES);
		writeUint32(raw, 0, Math.floor(clock.nowMs() / 1000));
		raw.set(macOf(raw.subarray(0, 4), tuple), 4);
		return cookie + base64Encode(raw);
	}

	function isFresh(nonce: string, tuple: string): boolean {
		if (!nonce.startsWith(cookie)) return false;
		const raw = new Uint8Array(Buffer.from(nonce.slice(cookie.length), 'base64'));
		if (raw.length !== 4 + MAC_BYTES || cookie + base64Encode(raw) !== nonce) return false;
		const ageMs = clock.nowMs() - readUint32(raw, 0) * 1000;
		return ageMs >= 0 && ageMs <= nonceLifetimeMs && equalBytes(macOf(raw.subarray(0, 4), tuple), raw.subarray(4));
	}

	function passwordOf(username: string): string | null {
		const password = users.get(username);
		if (password !== undefined || secret === undefined) return password ?? null;
		const expiry = restExpiryMs(username);
		if (expiry === null || expiry <= clock.epochMs()) return null;
		return restPassword(secret, username, nodeCrypto.hmacSha1);
	}

	/** The owner of an allocation goes on with the credential that made it, and not for ever: a credential is no subscription. */
	function passwordOfOwner({ username, password }: KnownUser): string | null {
		const expiry = users.has(username) ? null : restExpiryMs(username);
		return expiry !== null && expiry + LONGEST_CALL_MS <= clock.epochMs() ? null : password;
	}

	function challenge(code: 401 | 438, tuple: string): { ok: false; refusal: Refusal } {
		const attributes: AttributeToWrite[] = [
			['REALM', realm],
			['NONCE', makeNonce(tuple)],
			['PASSWORD-ALGORITHMS', [...OFFERED]]
		];
		return { ok: false, refusal: { code, attributes } };
	}

	const badRequest: { ok: false; refusal: Refusal } = { ok: false, refusal: { code: 400, attributes: [] } };

	function check(request: StunMessage, tuple: string, known: KnownUser | null) {
		const kind = integrityKind(request);
		if (kind === null) return challenge(401, tuple);
		const nonce = readAttribute(request, 'NONCE');
		const named = readAttribute(request, 'USERNAME');
		const hashed = readAttribute(request, 'USERHASH');
		if (nonce === undefined || readAttribute(request, 'REALM') === undefined || (named === undefined && hashed === undefined)) {
			return badRequest;
		}
		const algorithm = chooseAlgorithm(request);
		if (algorithm === null) return badRequest;
		// Before any hash of the password: a nonce that this server did not make for this 5-tuple is refused.
		if (!isFresh(nonce, tuple)) return challenge(438, tuple);
		const username = named ?? byHash.get(toHex(hashed!));
		const password = username === undefined ? null : known?.username === username ? passwordOfOwner(known) : passwordOf(username);
		// An unknown user costs the same hashes as a wrong password, so that the time does not tell which names exist.
		const key = longTermKey(nodeCrypto, algorithm, { username: username ?? '', realm, password: password ?? 'x' });
		const right = verifyIntegrity(nodeCrypto, request, kind, key);
		if (!right || password === null || username === undefined) return challenge(401, tuple);
		return { ok: true as const, identity: { username, kind, key }, user: { username, password } };
	}

	return { check };
}

/** RFC 8489 §9.2.4: both attributes or none; the list must be the one that this server sent, else it was changed on the path (a downgrade attack). */
function chooseAlgorithm(request: StunMessage): PasswordAlgorithm | null {
	const chosen = readAttribute(request, 'PASSWORD-ALGORITHM');
	const list = readAttribute(request, 'PASSWORD-ALGORITHMS');
	if (chosen === undefined && list === undefined) return 'md5';
	if (chosen === undefined || list === undefined || list.join() !== OFFERED.join()) return null;
	return chosen === PASSWORD_ALGORITHM.sha256 ? 'sha256' : chosen === PASSWORD_ALGORITHM.md5 ? 'md5' : null;
}

/** A name for a 5-tuple that fits into maps and nonces. */
export function tupleName(
	protocol: string,
	remote: { address: string; port: number },
	local: { address: string; port: number }
): string {
	return `${protocol} ${remote.address} ${remote.port} ${local.address} ${local.port}`;
}
