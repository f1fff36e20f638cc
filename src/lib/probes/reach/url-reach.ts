/**
 * Asks one URL of the user's own from this page, over WebSocket or HTTPS, and writes down what the browser tells. It is told no reason of
 * a failure (WHATWG WebSockets §3.1, Fetch §4.6); so a WebSocket that does not open is followed by the same place over HTTPS.
 */
import { failed } from '../../core/observations/failure-values';
import type { HeldWebSocket, Outcome, UrlReach } from '../../core/observations/observation';
import { localNetworkPermission } from '../local-network';
import type { AskedUrl } from './asked-url';

export interface UrlReachOptions {
	/** How long an answer is waited for, for each of the two. */
	deadlineMs: number;
	/** How long an open WebSocket is held without sending anything. */
	holdMs: number;
	/** Ends it: an open WebSocket is closed, and told as it was until then. */
	signal: AbortSignal;
	/** The WebSocket is open. */
	onOpen?: () => void;
}

export async function reachUrl(
	url: AskedUrl,
	{ deadlineMs, holdMs, signal, onOpen }: UrlReachOptions
): Promise<Outcome<UrlReach>> {
	const seen: UrlReach = {
		url: url.kept,
		host: url.host,
		port: url.port,
		webSocket: url.webSocket,
		page: { secure: location.protocol === 'https:', localNetwork: await localNetworkPermission() },
		deadlineMs,
		handshake: null,
		http: null,
		held: null
	};
	if (!url.tls) {
		const notAsked = { state: 'not-asked', afterMs: 0 } as const;
		if (url.webSocket) seen.handshake = { ...notAsked, browserSaid: null };
		else seen.http = { ...notAsked, status: null };
		return { state: 'seen', data: seen };
	}
	if (url.webSocket) {
		const { handshake, held } = await openWebSocket(url.href, { deadlineMs, holdMs, signal, onOpen });
		seen.handshake = handshake;
		seen.held = held;
		// A WebSocket that opened is told as it was until the stop.
		if (signal.aborted && held === null) return STOPPED;
		if (handshake.state === 'opened' || handshake.state === 'refused') return { state: 'seen', data: seen };
	}
	seen.http = await askOverHttps(url.href.replace(/^wss:/, 'https:'), deadlineMs, signal);
	return signal.aborted ? STOPPED : { state: 'seen', data: seen };
}

const STOPPED = failed('aborted', 'failed-cancelled', {});

interface Opened {
	handshake: NonNullable<UrlReach['handshake']>;
	held: HeldWebSocket | null;
}

function openWebSocket(href: string, { deadlineMs, holdMs, signal, onOpen }: UrlReachOptions): Promise<Opened> {
	const clock = stopwatch();
	return new Promise((resolve) => {
		let socket: WebSocket;
		try {
			socket = new WebSocket(href);
		} catch (error) {
			const browserSaid = error instanceof Error ? error.message : String(error);
			resolve({ handshake: { state: 'refused', afterMs: clock(), browserSaid }, held: null });
			return;
		}
		let openedMs: number | null = null;
		let [messages, heardMs] = [0, 0];
		let timer = setTimeout(() => end(null), deadlineMs);
		const end = (closed: HeldWebSocket['closed']) => {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
			socket.onopen = socket.onmessage = socket.onclose = null;
			socket.close();
			const afterMs = clock();
			if (openedMs === null) {
				resolve({ handshake: { state: closed ? 'ended' : 'silent', afterMs, browserSaid: null }, held: null });
				return;
			}
			const heldMs = tenth(afterMs - openedMs);
			resolve({
				handshake: { state: 'opened', afterMs: openedMs, browserSaid: null },
				held: { openedMs, heldMs, silentMs: tenth(afterMs - heardMs), messages, pings: null, closed }
			});
		};
		const stop = () => end(null);
		signal.addEventListener('abort', stop);
		socket.onopen = () => {
			openedMs = heardMs = clock();
			clearTimeout(timer);
			timer = setTimeout(() => end(null), holdMs);
			onOpen?.();
		};
		socket.onmessage = () => {
			messages++;
			heardMs = clock();
		};
		socket.onclose = ({ code, reason }) => end({ code, reason });
	});
}

/** Without CORS, so that any answer counts: what a server of another origin says stays hidden, and that it said something does not. */
async function askOverHttps(href: string, deadlineMs: number, signal: AbortSignal): Promise<NonNullable<UrlReach['http']>> {
	const clock = stopwatch();
	const ending = new AbortController();
	const timer = setTimeout(() => ending.abort(), deadlineMs);
	const stop = () => ending.abort();
	signal.addEventListener('abort', stop);
	// The URL itself is one that the policy allows: what it forbids is where an answer sent to.
	let redirectedOut = false;
	const violated = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
		if (effectiveDirective === 'connect-src') redirectedOut = true;
	};
	document.addEventListener('securitypolicyviolation', violated);
	try {
		const response = await fetch(href, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: ending.signal });
		const afterMs = clock();
		// Nobody reads the body.
		void response.body?.cancel();
		return { state: 'answered', afterMs, status: response.type === 'opaque' ? null : response.status };
	} catch {
		const afterMs = clock();
		if (ending.signal.aborted) return { state: 'silent', afterMs, status: null };
		// The event is told in a task of its own, after the failure.
		await new Promise((resolve) => setTimeout(resolve, 0));
		return { state: redirectedOut ? 'redirected-out' : 'failed', afterMs, status: null };
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
		document.removeEventListener('securitypolicyviolation', violated);
	}
}

function stopwatch(): () => number {
	const startedMs = performance.now();
	return () => tenth(performance.now() - startedMs);
}

function tenth(ms: number): number {
	return Math.round(10 * ms) / 10;
}
