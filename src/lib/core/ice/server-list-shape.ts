/** A list of servers as facts, as a report holds it. Apart from what finds them, so that judging loads no schemas. */
import * as v from 'valibot';
import { listOf, number, object, oneOf, text, whole, yesOrNo } from '../base/schema';
import type { UrlFault } from '../stun/uri-fault';

export const placeholder = oneOf('variable', 'angle-brackets', 'your', 'filler');
export type Placeholder = v.InferOutput<typeof placeholder>;

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

const credentialFacts = object({
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
