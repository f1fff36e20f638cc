/** What a page sees of a URL that it asks, and what it says of it: a case for each rule. */
import type { Observation, UrlReach } from '../../src/lib/core/observations/observation';
import type { Reached } from '../../src/lib/core/reach/reach-rule';

export interface ReachCase {
	name: string;
	rule: string;
	reached: Reached;
	says: RegExp;
	observations: Observation[];
}

const HOST = 'live.example.net';
const WAITED_MS = 10_000;

const frame: UrlReach = {
	url: `wss://${HOST}/signal`,
	host: HOST,
	port: 443,
	webSocket: true,
	page: { secure: true, localNetwork: 'prompt' },
	deadlineMs: WAITED_MS,
	handshake: null,
	http: null,
	held: null
};
const opened = { handshake: { state: 'opened', afterMs: 41.5, browserSaid: null } } as const;
const ended = { handshake: { state: 'ended', afterMs: 33, browserSaid: null } } as const;
const silent = { handshake: { state: 'silent', afterMs: WAITED_MS, browserSaid: null } } as const;
const overHttps = { url: `https://${HOST}/whip`, webSocket: false } as const;
const http = (state: NonNullable<UrlReach['http']>['state'], status: number | null = null) => ({
	http: { state, afterMs: state === 'silent' ? WAITED_MS : 52, status }
});
const held = (more: Partial<NonNullable<UrlReach['held']>>) => ({
	...opened,
	held: { openedMs: 41.5, heldMs: 2000, silentMs: 2000, messages: 0, pings: null, closed: null, ...more }
});

const seen = (data: Partial<UrlReach>, stalledMs = 0): Observation[] => [
	{
		probe: 'url-reach',
		step: 'url-reach',
		target: { ...frame, ...data }.url,
		startedMs: 0,
		tookMs: 100,
		pausedMs: { hidden: 0, stalled: stalledMs },
		outcome: { state: 'seen', data: { ...frame, ...data } }
	}
];
const one = (
	name: string,
	observations: Observation[],
	[rule, reached]: [rule: string, reached: Reached],
	says: RegExp
): ReachCase => ({ name, rule, reached, says, observations });

export const REACH_CASES: readonly ReachCase[] = [
	one(
		'a WebSocket that stays open',
		seen(held({})),
		['reach-web-socket-held', 'yes'],
		/opened after 42 ms .* no message either way/
	),
	one(
		'a WebSocket that stays open and brings messages',
		seen(held({ messages: 2, silentMs: 300 })),
		['reach-web-socket-held', 'yes'],
		/nothing sent from here and 2 messages from the server/
	),
	one(
		'a WebSocket that is cut in silence',
		seen(held({ heldMs: 60_020, silentMs: 60_020, closed: { code: 1006, reason: '' } })),
		['reach-web-socket-cut', 'partly'],
		/1006.*idle timeout/
	),
	one(
		'a WebSocket that is cut at once',
		seen(held({ heldMs: 3, silentMs: 3, closed: { code: 1006, reason: '' } })),
		['reach-web-socket-cut', 'partly'],
		/^(?!.*idle).*1006/
	),
	one(
		'a WebSocket that is closed by policy',
		seen(held({ heldMs: 5, silentMs: 5, closed: { code: 1008, reason: 'no token' } })),
		['reach-web-socket-closed', 'partly'],
		/1008 \(against the policy.*reason “no token”/
	),
	one(
		'a WebSocket that is cut while the page stood still',
		seen(held({ heldMs: 60_020, silentMs: 60_020, closed: { code: 1006, reason: '' } }), 40_000),
		['reach-page-stood-still', 'unknown'],
		/not known: this page stood still for 40\.0 s/
	),
	one(
		'nothing heard, and the page stood still',
		seen({ ...silent, ...http('silent') }, 9000),
		['reach-page-stood-still', 'unknown'],
		/could hear nothing meanwhile/
	),
	one(
		'no WebSocket where HTTPS answers',
		seen({ ...ended, ...http('answered') }),
		['reach-page-web-socket-not-opened', 'partly'],
		/failed after 33 ms, while the same URL was reached over HTTPS/
	),
	one(
		'a silent WebSocket where HTTPS answers',
		seen({ ...silent, ...http('answered') }),
		['reach-page-web-socket-not-opened', 'partly'],
		/did not open within 10\.0 s/
	),
	one('an opaque answer', seen({ ...overHttps, ...http('answered') }), ['reach-page-answered', 'yes'], /status .* is hidden/),
	one(
		'an answer of this page’s own origin',
		seen({ ...overHttps, ...http('answered', 204) }),
		['reach-page-answered', 'yes'],
		/with status 204/
	),
	one(
		'an answer that sends elsewhere, without TLS',
		seen({ ...overHttps, ...http('redirected-out') }),
		['reach-page-redirected-out', 'partly'],
		/not over TLS/
	),
	one(
		'ws: from a page over https:',
		seen({ url: `ws://${HOST}/`, handshake: { state: 'not-asked', afterMs: 0, browserSaid: null } }),
		['reach-page-not-over-tls', 'unknown'],
		/not asked.*mixed content/
	),
	one(
		'http: from a page over http:',
		seen({ url: `http://${HOST}/`, webSocket: false, page: { secure: false, localNetwork: null }, ...http('not-asked') }),
		['reach-page-not-over-tls', 'unknown'],
		/asks over TLS only \(https:\)/
	),
	one(
		'a URL that the browser refuses',
		seen({ handshake: { state: 'refused', afterMs: 0, browserSaid: 'The operation is insecure.' } }),
		['reach-page-refused', 'unknown'],
		/refused to: The operation is insecure\./
	),
	one(
		'a port that browsers block',
		seen({ url: `wss://${HOST}:5061/`, port: 5061, ...ended, ...http('failed') }),
		['reach-page-port-blocked', 'no'],
		/block port 5061/
	),
	one(
		'a server in the local network without the permission',
		seen({
			url: 'wss://10.0.0.7/',
			host: '10.0.0.7',
			page: { secure: true, localNetwork: 'denied' },
			...ended,
			...http('failed')
		}),
		['reach-page-local-network-denied', 'unknown'],
		/permission/
	),
	one(
		'a server outside without the permission for the local network',
		seen({ page: { secure: true, localNetwork: 'denied' }, ...ended, ...http('failed') }),
		['reach-page-no-answer', 'no'],
		/hides why/
	),
	one(
		'no answer and no error',
		seen({ ...silent, ...http('silent') }),
		['reach-page-silent', 'no'],
		/within 10\.0 s, and no error/
	),
	one(
		'an error over WebSocket and HTTPS',
		seen({ ...ended, ...http('failed') }),
		['reach-page-no-answer', 'no'],
		/over WebSocket: the browser gave up after 33 ms.*1006 whatever/
	),
	one('an error over HTTPS', seen({ ...overHttps, ...http('failed') }), ['reach-page-no-answer', 'no'], /over HTTPS: .* 52 ms/)
];

/** Somebody stopped it before anything was known. */
export const REACH_STOPPED: Observation[] = [
	{
		probe: 'url-reach',
		step: 'url-reach',
		target: frame.url,
		startedMs: 0,
		tookMs: 12,
		outcome: { state: 'failed', code: 'aborted', message: 'Stopped.' }
	}
];
