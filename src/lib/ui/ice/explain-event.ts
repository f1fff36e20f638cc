/** What went wrong in a run with many servers, explained by core's table: events, and servers of which nothing was heard. */
import { explainError, type Explanation } from '../../core/ice/candidate-errors';
import { expiredForMs } from '../../core/stun/rest-credentials';
import { parseIceUrl } from '../../core/stun/uri';
import type { CandidateErrorRecord } from '../../core/observations/observation';
import { detectEngine } from '../../probes/environment';
import type { GatherRun } from './ice-session.svelte';

type Seen = Pick<GatherRun, 'configuration' | 'candidates' | 'errors' | 'gathered' | 'tookMs'>;

/** One error event. Null for an address that core cannot read. */
export function explainEvent(error: CandidateErrorRecord, run: Seen, nowMs: number): Explanation | null {
	// One event of one server: how the whole gathering ended says nothing about it.
	return explain(error.url, error, run, { elapsedMs: error.atMs, endedBy: 'complete' }, nowMs);
}

/**
 * TURN servers that gave neither a relay nor an error: browsers leave some addresses out without a word. STUN servers are
 * not among them, since a second one that sees the same address gives no candidate of its own either.
 */
export function silentServers(run: Seen, nowMs: number): { url: string; explanation: Explanation }[] {
	const { gathered, candidates, errors, configuration, tookMs } = run;
	const relays = candidates.filter(({ type }) => type === 'relay');
	// Where the browser does not say which server a relay is of, nobody can be called silent.
	if (!gathered || relays.some(({ url }) => url === null)) return [];
	const urls = (configuration.iceServers ?? []).flatMap((server) => [server.urls].flat());
	const heard = [...relays.map(({ url }) => url!), ...errors.map(({ url }) => url)];
	const silent = urls.filter((url) => /^\s*turns?:/i.test(url) && !heard.some((other) => sameServer(url, other)));
	return silent.flatMap((url) => {
		const explanation = explain(url, null, run, { elapsedMs: tookMs, endedBy: gathered.endedBy }, nowMs);
		return explanation ? [{ url, explanation }] : [];
	});
}

function explain(
	url: string,
	error: CandidateErrorRecord | null,
	run: Seen,
	end: { elapsedMs: number; endedBy: 'complete' | 'satisfied' | 'deadline' },
	nowMs: number
): Explanation | null {
	const parsed = parseIceUrl(url);
	if (!parsed.ok) return null;
	const { scheme, transport, host, hostKind, port } = parsed.value;
	const server = run.configuration.iceServers?.find(({ urls }) => [urls].flat().some((own) => sameServer(own, url)));
	return explainError({
		scheme,
		transport,
		host,
		hostKind,
		port,
		engine: detectEngine(),
		code: error?.errorCode ?? null,
		text: error?.errorText ?? '',
		elapsedMs: end.elapsedMs,
		waitedMs: run.tookMs,
		endedBy: end.endedBy,
		candidates: run.candidates
			.filter((candidate) => candidate.url !== null && sameServer(candidate.url, url))
			.map(({ type }) => type),
		address: error?.address ?? null,
		expiredForMs: expiredForMs(server?.username, nowMs)
	});
}

/** Browsers write out the port and the transport that a configuration left to the default. */
function sameServer(a: string, b: string): boolean {
	const [left, right] = [parseIceUrl(a), parseIceUrl(b)];
	if (!left.ok || !right.ok) return a === b;
	return (
		left.value.host === right.value.host && left.value.port === right.value.port && left.value.transport === right.value.transport
	);
}
