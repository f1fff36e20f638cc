/**
 * A list of servers as facts that may be written down: all that the rules about lists need, and never a credential. Facts about
 * texts that a redacted report replaces stand beside them, so that it is judged as the original was.
 */
import type { CredentialFacts, ListedEntry, ServerList } from './server-list-shape';
import { withoutUserInfo } from '../base/secrets';
import { base64Decode, utf8Decode, utf8Encode } from '../stun/bytes';
import { parseIceUrl } from '../stun/uri';
import { restTime } from '../stun/rest-credentials';
import { isPlaceholderUrl, placeholderIn } from './placeholder';
import type { IceServer } from './server';

/** Without `nowMs` (ms since 1970) nothing is known of expiry. */
export function serverListFacts(
	servers: readonly IceServer[],
	{ nowMs = null, runMsAtMost = null }: { nowMs?: number | null; runMsAtMost?: number | null } = {}
): ServerList {
	const logins = servers.map(({ username, credential }) => JSON.stringify([username ?? null, credential ?? null]));
	return {
		servers: servers.map(({ urls, username, credential }, i) => ({
			urls: urls.map(withoutUserInfo),
			urlFacts: urls.map(withoutUserInfo).map(factsOfUrl),
			...(username === undefined ? {} : { username }),
			userFacts: username === undefined ? null : factsOfUser(username, nowMs),
			credentialFacts: credential === undefined ? null : factsOfCredential(credential),
			sameLoginAs: logins.indexOf(logins[i]!)
		})),
		runMsAtMost
	};
}

function factsOfUrl(url: string): ListedEntry['urlFacts'][number] {
	const placeholder = isPlaceholderUrl(url);
	const read = parseIceUrl(url.trim());
	return { fault: placeholder || read.ok ? null : read.error, placeholder };
}

function factsOfUser(username: string, nowMs: number | null): NonNullable<ListedEntry['userFacts']> {
	const time = restTime(username);
	return {
		bytes: utf8Encode(username).length,
		spacesAround: username !== username.trim(),
		placeholder: placeholderIn(username),
		timeIn: time && time.unit,
		expiresInMs: time?.unit === 'seconds' && nowMs !== null ? time.ms - nowMs : null
	};
}

function factsOfCredential(credential: string): CredentialFacts {
	const decoded = credential === '' ? null : base64Decode(credential);
	const inner = decoded && utf8Decode(decoded);
	return {
		characters: [...credential].length,
		spacesAround: credential !== credential.trim(),
		placeholder: placeholderIn(credential),
		alphabet: HEX.test(credential) ? 'hex' : decoded ? 'base64' : 'other',
		decodedBytes: decoded && decoded.length,
		decodesToHex: inner !== null && HEX.test(inner)
	};
}

const HEX = /^[0-9a-f]+$/i;

export const isTurnText = (url: string) => /^\s*turns?:/i.test(url);

export type MissingLogin = 'both' | 'username' | 'credential';

/** What a TURN server of the entry lacks to be asked at all; browsers take an empty text for none. Null for nothing. */
export function missingLogin({ urls, userFacts, credentialFacts }: ListedEntry): MissingLogin | null {
	if (!urls.some(isTurnText)) return null;
	const [user, credential] = [(userFacts?.bytes ?? 0) > 0, (credentialFacts?.characters ?? 0) > 0];
	return user ? (credential ? null : 'credential') : credential ? 'username' : 'both';
}

/** A server that is tested: its URL, the entry that it is of, and what its steps are called by. */
export interface NamedServer {
	id: string;
	url: string;
	entry: number;
}

/** Every URL with every login once. The same URL with another login is another server, told apart by ` #2`. */
export function namedServers(servers: readonly Pick<ListedEntry, 'urls' | 'sameLoginAs'>[]): NamedServer[] {
	const found: NamedServer[] = [];
	const known = new Set<string>();
	servers.forEach(({ urls, sameLoginAs }, entry) => {
		for (const url of urls) {
			if (known.has(`${sameLoginAs} ${url}`)) continue;
			known.add(`${sameLoginAs} ${url}`);
			const nth = found.filter((other) => other.url === url).length + 1;
			found.push({ id: nth === 1 ? url : `${url} #${nth}`, url, entry });
		}
	});
	return found;
}
