/**
 * What can be told of a user name and a credential before a server is asked. A user name that bears a time is one of the TURN REST
 * API by its look alone: a server with users of its own (coturn's lt-cred-mech) may have one of that name, with any password. So
 * these rules say what holds if the server computes passwords from a shared secret.
 */
import type { Hit, ServerLintRule } from './server-finding';
import { isTurnText } from './server-list-facts';
import type { CredentialFacts, ListedEntry, ServerList } from './server-list-shape';

/** Bytes of HMAC-SHA1, which the draft asks for, and of the SHA-2 digests (FIPS 180-4 §1) that some servers take instead. */
const HMAC_BYTES = { sha1: 20, others: [32, 48, 64] };
/** The same as hexadecimal digits, which libraries give where base64 is not asked for. */
const HMAC_HEX_DIGITS = [40, 64, 96, 128];
/** Less than this is over before many calls are: with it, whoever calls later or restarts ICE is refused. */
const SHORT_LIVED_MS = 300_000;

/** A rule that looks at one entry at a time, of those whose user name and credential a server will ask for. */
function eachLogin<V>(look: (entry: ListedEntry, list: ServerList) => V | null): (list: ServerList) => Hit<V>[] {
	return (list) =>
		list.servers.flatMap((entry, server) => {
			const isAskedFor = entry.urls.some(isTurnText) || entry.urlFacts.some(({ placeholder }) => placeholder);
			const values = isAskedFor ? look(entry, list) : null;
			return values === null ? [] : [{ server, url: null, values, fix: null }];
		});
}

/** The same for credentials beside a user name that bears a time, where neither is a placeholder or has spaces around. */
function eachRestCredential<V>(look: (credential: CredentialFacts) => V | null): (list: ServerList) => Hit<V>[] {
	return eachLogin(({ userFacts, credentialFacts }) => {
		if (!userFacts?.timeIn || !credentialFacts || credentialFacts.characters === 0) return null;
		const spoilt = [userFacts, credentialFacts].some((facts) => facts.spacesAround || facts.placeholder !== null);
		return spoilt ? null : look(credentialFacts);
	});
}

function hexDigits({ alphabet, characters }: CredentialFacts): number | null {
	return alphabet === 'hex' && HMAC_HEX_DIGITS.includes(characters) ? characters : null;
}

function encodedHexDigits({ decodesToHex, decodedBytes }: CredentialFacts): number | null {
	return decodesToHex && decodedBytes !== null && HMAC_HEX_DIGITS.includes(decodedBytes) ? decodedBytes : null;
}

function isDigest({ alphabet, decodedBytes }: CredentialFacts): boolean {
	return alphabet === 'base64' && decodedBytes !== null && [HMAC_BYTES.sha1, ...HMAC_BYTES.others].includes(decodedBytes);
}

const FIELDS = ['username', 'credential'] as const;

/** The fields whose text has one of these looks; null for none. */
function placeholders(
	entry: ListedEntry,
	isMeant: (filler: boolean) => boolean
): { fields: ('username' | 'credential')[] } | null {
	const facts = { username: entry.userFacts, credential: entry.credentialFacts };
	const fields = FIELDS.filter((field) => {
		const look = facts[field]?.placeholder ?? null;
		return look !== null && isMeant(look === 'filler');
	});
	return fields.length === 0 ? null : { fields };
}

export const CREDENTIAL_RULES: readonly ServerLintRule[] = [
	{
		id: 'login-placeholder',
		severity: 'problem',
		check: eachLogin((entry) => placeholders(entry, (filler) => !filler))
	},
	{
		id: 'credential-hex',
		severity: 'problem',
		check: eachRestCredential((credential) => {
			const digits = hexDigits(credential);
			return digits === null ? null : { digits };
		})
	},
	{
		id: 'credential-base64-of-hex',
		severity: 'problem',
		check: eachRestCredential((credential) => {
			const digits = encodedHexDigits(credential);
			return digits === null ? null : { digits };
		})
	},
	{
		id: 'turn-credential-expired',
		severity: 'problem',
		check: eachLogin(({ userFacts }) => {
			const expiresInMs = userFacts?.expiresInMs ?? null;
			return expiresInMs !== null && expiresInMs <= 0 ? { expiredForMs: -expiresInMs } : null;
		})
	},
	{
		id: 'credential-not-hmac',
		severity: 'warning',
		check: eachRestCredential((credential) => {
			const { characters, decodedBytes } = credential;
			const isHex = hexDigits(credential) !== null || encodedHexDigits(credential) !== null;
			return isHex || isDigest(credential) ? null : { characters, decodedBytes };
		})
	},
	{
		id: 'credential-time-in-milliseconds',
		severity: 'warning',
		check: eachLogin(({ userFacts }) => (userFacts?.timeIn === 'milliseconds' ? {} : null))
	},
	{
		id: 'credential-expires-during-run',
		severity: 'warning',
		check: eachLogin(({ userFacts }, { runMsAtMost }) => {
			const expiresInMs = userFacts?.expiresInMs ?? null;
			if (expiresInMs === null || runMsAtMost === null || expiresInMs <= 0 || expiresInMs >= runMsAtMost) return null;
			return { expiresInMs, runMsAtMost };
		})
	},
	{
		id: 'credential-expires-soon',
		severity: 'info',
		check: eachLogin(({ userFacts }, { runMsAtMost }) => {
			const expiresInMs = userFacts?.expiresInMs ?? null;
			if (expiresInMs === null || expiresInMs < Math.max(1, runMsAtMost ?? 0) || expiresInMs >= SHORT_LIVED_MS) return null;
			return { expiresInMs };
		})
	},
	{
		id: 'login-filler',
		severity: 'warning',
		check: eachLogin((entry) => placeholders(entry, (filler) => filler))
	}
];
