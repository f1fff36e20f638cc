/**
 * A list of servers as facts that may be written down: all that the rules about lists need, and never a credential. Facts about
 * texts that a redacted report replaces stand beside them, so that it is judged as the original was.
 */
import * as v from 'valibot';
import { listOf, number, object, oneOf, text, whole, yesOrNo } from '../base/schema';
import { withoutUserInfo } from '../base/secrets';
import { base64Decode, utf8Decode, utf8Encode } from '../stun/bytes';
import { parseIceUrl } from '../stun/uri';
import type { UrlFault } from '../stun/uri-fault';
import { restTime } from '../stun/rest-credentials';
import { isPlaceholderUrl, placeholder, placeholderIn } from './placeholder';
import type { IceServer } from './server';

const userFacts = object({
	/** In UTF-8. */
	bytes: whole,
	spacesAround: yesOrNo,
	/** How it looks like something that was to be replaced; null where it does not. */
	placeholder: v.nullable(placeholder),
	/** The unit of the time that the name bears, as those of the TURN REST API do; null for one that bears none. */
	timeIn: v.nullable(oneOf('seconds', 'milliseconds')),
	/** From when the list was read until that time, ms; below zero once it is over. Null without a time in seconds, or without a clock. */
	expiresInMs: v.nullable(number)
});

export const credentialFacts = object({
	characters: whole,
	spacesAround: yesOrNo,
	placeholder: v.nullable(placeholder),
	/** The smallest that has all of its characters. `base64` with its padding, RFC 4648 §4. */
	alphabet: oneOf('hex', 'base64', 'other'),
	/** How many bytes it stands for as base64; null where it is none. */
	decodedBytes: v.nullable(whole),
	/** Whether these bytes are hexadecimal digits themselves. */
	decodesToHex: yesOrNo
});
export type CredentialFacts = v.InferOutput<typeof credentialFacts>;

/** Of its fields only the one by which faults are told apart is checked: the others are for the sentence. */
const urlFault = object({ code: text }) as unknown as v.GenericSchema<UrlFault>;

const urlFacts = object({
	/** Why it cannot be read; null where it can, and for a placeholder, which is no misspelt address. */
	fault: v.nullable(urlFault),
	placeholder: yesOrNo
});

const listedEntry = object({
	/** As written, without what may be a password before an `@`. */
	urls: listOf(text),
	/** Of each of them, in their order. */
	urlFacts: listOf(urlFacts),
	username: v.optional(text),
	/** Null where the entry has no user name. */
	userFacts: v.nullable(userFacts),
	/** Null where the entry has no credential. */
	credentialFacts: v.nullable(credentialFacts),
	/** The first entry, counted from 0, with the same user name and credential. */
	sameLoginAs: whole
});
export type ListedEntry = v.InferOutput<typeof listedEntry>;

export const serverList = object({
	servers: listOf(listedEntry),
	/** How long the run that follows may take, ms; null where none does. */
	runMsAtMost: v.nullable(number)
});
export type ServerList = v.InferOutput<typeof serverList>;

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

function factsOfUrl(url: string): v.InferOutput<typeof urlFacts> {
	const placeholder = isPlaceholderUrl(url);
	const read = parseIceUrl(url.trim());
	return { fault: placeholder || read.ok ? null : read.error, placeholder };
}

function factsOfUser(username: string, nowMs: number | null): v.InferOutput<typeof userFacts> {
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
