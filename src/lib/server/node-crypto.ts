import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { StunCrypto } from '../core/stun/integrity';

/** Node's hash functions for the STUN codec. */
export const nodeCrypto: StunCrypto = {
	hmacSha1: (key, data) => createHmac('sha1', key).update(data).digest(),
	hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
	md5: (data) => createHash('md5').update(data).digest(),
	sha256: (data) => createHash('sha256').update(data).digest()
};

/** The randomness for nonces, tokens and ports; a test passes its own to be repeatable. */
export interface Random {
	/** Unpredictable bytes. */
	bytes(count: number): Uint8Array;
}

export const nodeRandom: Random = { bytes: (count) => randomBytes(count) };
