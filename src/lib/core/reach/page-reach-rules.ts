/** What asking a URL from a page shows: a table, the first match wins. A page is not told why nothing came, so no rule says it. */
import type { PausedMs } from '../recording/page-time';
import { isNearHost } from '../observations/candidates';
import type { UrlReach } from '../observations/observation';
import { BLOCKED_PORTS } from './blocked-ports';
import { heldRules } from './held-rules';
import { firstOf, type ReachRule } from './reach-rule';
import type { NotOpened, PageReachValues } from './reach-values';

/** What was seen, and how much of that time the page stood still. */
export interface PageReach {
	data: UrlReach;
	pausedMs: PausedMs | null;
}

/** A machine that slept, or was busy for so long, may have lost what it is silent about. */
const STOOD_STILL_MS = 2000;

const at = ({ data: { host, port } }: PageReach) => ({ host, port });
const isInsecure = ({ handshake, http }: UrlReach) => handshake?.state === 'not-asked' || http?.state === 'not-asked';
const isReached = ({ http }: UrlReach) => http?.state === 'answered' || http?.state === 'redirected-out';
const stalledMs = ({ pausedMs }: PageReach) => pausedMs?.stalled ?? 0;
/** Nothing came at all until the deadline. */
const isSilent = ({ handshake, http }: UrlReach) =>
	(handshake === null || handshake.state === 'silent') && (http === null || http.state === 'silent');

export const PAGE_REACH_RULES: readonly ReachRule<PageReach, PageReachValues>[] = [
	{
		id: 'reach-page-not-over-tls',
		then: 'unknown',
		when: ({ data }) => isInsecure(data),
		values: (f) => ({ ...at(f), webSocket: f.data.webSocket, pageSecure: f.data.page.secure })
	},
	{
		id: 'reach-page-refused',
		then: 'unknown',
		when: ({ data }) => data.handshake?.state === 'refused',
		values: (f) => ({ ...at(f), browserSaid: f.data.handshake!.browserSaid ?? '' })
	},
	{
		id: 'reach-page-stood-still',
		then: 'unknown',
		when: (f) => stalledMs(f) >= STOOD_STILL_MS && (isSilent(f.data) || f.data.held?.closed?.code === 1006),
		values: (f) => ({ ...at(f), stalledMs: stalledMs(f), opened: f.data.held !== null })
	},
	...heldRules<PageReach>(({ data }) => data.held && { ...data, held: data.held }),
	{
		id: 'reach-page-answered',
		then: 'yes',
		when: ({ data }) => data.http?.state === 'answered' && !data.webSocket,
		values: (f) => ({ ...at(f), afterMs: f.data.http!.afterMs, status: f.data.http!.status })
	},
	{
		id: 'reach-page-redirected-out',
		then: 'partly',
		when: ({ data }) => data.http?.state === 'redirected-out' && !data.webSocket,
		values: (f) => ({ ...at(f), afterMs: f.data.http!.afterMs })
	},
	{
		id: 'reach-page-web-socket-not-opened',
		then: 'partly',
		when: ({ data }) => isReached(data),
		values: (f) => ({ ...at(f), ended: notOpened(f.data), httpAfterMs: f.data.http!.afterMs })
	},
	{
		id: 'reach-page-port-blocked',
		then: 'no',
		when: ({ data: { port } }) => BLOCKED_PORTS.has(port),
		values: at
	},
	{
		id: 'reach-page-local-network-denied',
		then: 'unknown',
		when: ({ data: { page, host } }) => page.localNetwork === 'denied' && isNearHost(host),
		values: at
	},
	{
		id: 'reach-page-silent',
		then: 'no',
		when: ({ data }) => isSilent(data),
		values: (f) => ({ ...at(f), waitedMs: f.data.deadlineMs })
	},
	{
		id: 'reach-page-no-answer',
		then: 'no',
		when: () => true,
		values: (f) => ({ ...at(f), webSocket: f.data.webSocket, afterMs: failedAfterMs(f.data) })
	}
];

export function judgePageReach(facts: PageReach) {
	return firstOf(PAGE_REACH_RULES, facts);
}

function notOpened({ handshake, deadlineMs }: UrlReach): NotOpened {
	return handshake!.state === 'silent'
		? { kind: 'silent', waitedMs: deadlineMs }
		: { kind: 'ended', afterMs: handshake!.afterMs };
}

function failedAfterMs({ handshake, http }: UrlReach): number {
	return handshake?.state === 'ended' ? handshake.afterMs : http!.afterMs;
}
