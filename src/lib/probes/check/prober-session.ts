/** A session with the app's prober: this page gives it its ICE credentials and sends checks to the endpoints that it names. */
import type * as v from 'valibot';
import { formatEndpoint, type Family } from '../../core/base/ip';
import type { Fault } from '../../core/base/result';
import { read } from '../../core/base/schema';
import { moreToCheck, openedSession, proberRefusal, type OpenedSession, type SessionKind } from '../../core/nat/prober-messages';
import { failed } from '../../core/observations/failure-values';
import type { FilterEndpoint, Outcome } from '../../core/observations/observation';
import { skipped } from '../../core/plan/skip-values';
import { refusal } from '../refusal';

/** Opens a session, lets the page's checks go out, and waits for what the prober saw. `also` is asked just before the end. */
export async function askProber<S extends v.GenericSchema<object>>(
	kind: SessionKind,
	result: S,
	origin: string,
	family: Family,
	{ deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal },
	also?: (connection: RTCPeerConnection) => Partial<v.InferOutput<S>>
): Promise<Outcome<v.InferOutput<S>>> {
	const connection = new RTCPeerConnection();
	const ended = new AbortController();
	const stop = () => ended.abort();
	const timer = setTimeout(stop, deadlineMs);
	signal.addEventListener('abort', stop);
	try {
		connection.createDataChannel('');
		const description = await connection.createOffer();
		// Chromium on a device without IPv4 opens no socket for a page that may not see addresses, unless there is a server to
		// ask. One at the prober's own first address changes nothing, for that address is written to anyway; it is known later.
		if (family === 'ipv4') await connection.setLocalDescription(description);
		const offer = description.sdp!;
		const credentials = { ufrag: lineOf(offer, 'ice-ufrag'), pwd: lineOf(offer, 'ice-pwd') };
		const asked = await fetch(`${origin}/api/nat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ kind, family, ...credentials }),
			cache: 'no-store',
			signal: ended.signal
		});
		const answer = (await asked.json()) as unknown;
		if (!asked.ok) {
			const refusal = read(proberRefusal, answer, 'The answer');
			if (asked.status === 404) {
				const because = (refusal.ok && refusal.value.noProber) || null;
				return skipped('skip-no-prober', { because, family });
			}
			return refusal.ok
				? { state: 'failed', code: 'refused', message: refusal.value.why }
				: failed('refused', 'failed-prober-status', { status: asked.status, kind: 'session' });
		}
		const opened = read(openedSession, answer, 'The answer');
		if (!opened.ok) return notUnderstood(opened.error);
		const session = opened.value;
		if (family === 'ipv6') {
			const urls = `stun:${formatEndpoint(session.candidates[0]!.address, session.stunPort!)}`;
			if (session.stunPort) connection.setConfiguration({ iceServers: [{ urls }] });
			await connection.setLocalDescription(description);
		}
		await connection.setRemoteDescription({ type: 'answer', sdp: liteAnswer(offer, session) });
		const ask = () => fetch(`${origin}/api/nat/${session.id}`, { cache: 'no-store', signal: ended.signal });
		let told = await ask();
		while (told.status === 202) {
			const more = read(moreToCheck, await told.json(), 'The answer');
			if (!more.ok) return notUnderstood(more.error);
			const sdpMid = lineOf(offer, 'mid');
			await Promise.all(
				more.value.check.map((each) => connection.addIceCandidate({ candidate: candidateLine(each, LATER), sdpMid }))
			);
			told = await ask();
		}
		if (!told.ok) return failed('internal', 'failed-prober-status', { status: told.status, kind: 'result' });
		const seen = read(result, await told.json(), 'The answer');
		return seen.ok ? { state: 'seen', data: { ...seen.value, ...also?.(connection) } } : notUnderstood(seen.error);
	} catch (error) {
		if (signal.aborted) return failed('aborted', 'failed-cancelled', {});
		if (ended.signal.aborted) return failed('timeout', 'failed-prober-no-result', { deadlineMs });
		return refusal(error);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
		connection.close();
	}
}

/** A server that was updated while the page was open. */
function notUnderstood({ message }: Fault): Outcome<never> {
	return failed('malformed', 'failed-prober-other-version', { fault: message });
}

/** A candidate that is named later has a lower priority than those of the answer. */
const LATER = 100;

/** RFC 8445 §5.1.2.1: host candidates of component 1, each a little less preferred than the one before. */
function candidateLine({ address, port }: FilterEndpoint, at: number): string {
	return `candidate:${at + 1} 1 udp ${2130706431 - at} ${address} ${port} typ host`;
}

function lineOf(sdp: string, name: string): string {
	return new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(sdp)?.[1] ?? '';
}

/** RFC 8445 §2.5: the lite side answers checks and makes none of its own. The handshake that would follow never happens. */
function liteAnswer(offer: string, { own, candidates }: OpenedSession): string {
	const media = /^m=application .*$/m.exec(offer)![0].trim();
	const mid = lineOf(offer, 'mid');
	const lines = [
		'v=0',
		'o=- 1 1 IN IP4 0.0.0.0',
		's=-',
		't=0 0',
		`a=group:BUNDLE ${mid}`,
		'a=ice-lite',
		media,
		'c=IN IP4 0.0.0.0',
		`a=mid:${mid}`,
		`a=ice-ufrag:${own.ufrag}`,
		`a=ice-pwd:${own.pwd}`,
		// The fingerprint of no certificate; active, so that this side would have to start the handshake, which it never does.
		`a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '00').join(':')}`,
		'a=setup:active',
		'a=sctp-port:5000',
		// Without end-of-candidates: the prober may name another one.
		...candidates.map((each, i) => `a=${candidateLine(each, i)}`),
		''
	];
	return lines.join('\r\n');
}
