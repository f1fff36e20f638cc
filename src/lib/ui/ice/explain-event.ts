/** One error event of a run with many servers, explained by core's table. */
import { explainError, type Explanation } from '../../core/ice/candidate-errors';
import { expiredForMs } from '../../core/ice/turn-username';
import { parseIceUrl } from '../../core/stun/uri';
import type { CandidateErrorRecord } from '../../core/observations/observation';
import { detectEngine } from '../../probes/environment';
import type { GatherRun } from './ice-session.svelte';

/** Null for an address that core cannot read. */
export function explainEvent(
	error: CandidateErrorRecord,
	run: Pick<GatherRun, 'configuration' | 'candidates' | 'tookMs'>,
	nowMs: number
): Explanation | null {
	const parsed = parseIceUrl(error.url);
	if (!parsed.ok) return null;
	const { scheme, transport, host, hostKind, port } = parsed.value;
	const server = run.configuration.iceServers?.find(({ urls }) => [urls].flat().some((url) => sameServer(url, error.url)));
	return explainError({
		scheme,
		transport,
		host,
		hostKind,
		port,
		engine: detectEngine(),
		code: error.errorCode,
		text: error.errorText,
		elapsedMs: error.atMs,
		waitedMs: run.tookMs,
		// One event of one server: how the whole gathering ended says nothing about it.
		endedBy: 'complete',
		candidates: run.candidates.filter(({ url }) => url !== null && sameServer(url, error.url)).map(({ type }) => type),
		address: error.address,
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
