/** What a page and the prober beside the app say to each other (docs/security.md). */
import * as v from 'valibot';
import { listOf, object, oneOf, text, whole } from '../base/schema';
import type { NoProber } from '../plan/skip-values';
import { filterEndpoint } from '../observations/nat-shapes';

/** RFC 8839 §5.4: 4 to 256 and 22 to 256 ice-chars. Longer ones than browsers make would only make the prober's requests longer. */
export const iceCredentials = object({
	ufrag: v.pipe(text, v.regex(/^[A-Za-z0-9+/]{4,32}$/, '4 to 32 ice-chars')),
	pwd: v.pipe(text, v.regex(/^[A-Za-z0-9+/]{22,64}$/, '22 to 64 ice-chars'))
});
export type IceCredentials = v.InferOutput<typeof iceCredentials>;

const sessionKind = oneOf('filtering', 'mapping');
export type SessionKind = v.InferOutput<typeof sessionKind>;

/** The page opens a session. What its credentials may look like is said by the prober, which does not repeat them. */
export const proberRequest = object({ kind: sessionKind, family: oneOf('ipv4', 'ipv6'), ufrag: text, pwd: text });

export const openedSession = object({
	id: text,
	/** The prober's own credentials in the session. */
	own: iceCredentials,
	/** Where the page's checks go; the first is the server's own. */
	candidates: v.pipe(listOf(filterEndpoint), v.nonEmpty('a list of at least one address')),
	/** A STUN server at the same address; null or absent without one. */
	stunPort: v.optional(v.nullable(whole))
});
export type OpenedSession = v.InferOutput<typeof openedSession>;

/** The page is to check these too, and then to ask again. */
export const moreToCheck = object({ check: listOf(filterEndpoint) });
export type MoreToCheck = v.InferOutput<typeof moreToCheck>;

/** Why there is no session, or no result. */
export const proberRefusal = object({
	why: text,
	/** With 404 where the server has no prober for the page. */
	noProber: v.optional(oneOf('this-machine-only', 'not-started', 'no-address') satisfies v.GenericSchema<NoProber>)
});
