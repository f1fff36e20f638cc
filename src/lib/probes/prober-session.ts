/** A session with the prober beside the app: this page tells it its ICE credentials and sends checks to where it says. */
import { formatEndpoint, type Family } from '../core/base/ip';
import type { Outcome } from '../core/observations/observation';
import { refusal } from './refusal';

interface OpenedSession {
	id: string;
	own: { ufrag: string; pwd: string };
	candidates: { address: string; port: number }[];
	/** A STUN server at the same addresses; null or absent without one. */
	stunPort?: number | null;
}

/** Opens a session, lets the page's checks go out, and waits for what the prober saw. `also` is asked just before the end. */
export async function askProber<T extends object>(
	kind: 'filtering' | 'mapping',
	origin: string,
	family: Family,
	{ deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal },
	also?: (connection: RTCPeerConnection) => Partial<T>
): Promise<Outcome<T>> {
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
		const body = (await asked.json()) as OpenedSession & { why?: string };
		if (asked.status === 404) return { state: 'skipped', why: body.why ?? 'This server has no prober.' };
		if (!asked.ok)
			return { state: 'failed', code: 'refused', message: body.why ?? `The prober answered with status ${asked.status}.` };
		if (family === 'ipv6') {
			const urls = body.candidates.map(({ address }) => `stun:${formatEndpoint(address, body.stunPort!)}`);
			if (body.stunPort) connection.setConfiguration({ iceServers: [{ urls }] });
			await connection.setLocalDescription(description);
		}
		await connection.setRemoteDescription({ type: 'answer', sdp: liteAnswer(offer, body) });
		const told = await fetch(`${origin}/api/nat/${body.id}`, { cache: 'no-store', signal: ended.signal });
		if (!told.ok) return { state: 'failed', code: 'internal', message: `The prober gave no result (status ${told.status}).` };
		return { state: 'seen', data: { ...((await told.json()) as T), ...also?.(connection) } };
	} catch (error) {
		if (signal.aborted) return { state: 'failed', code: 'aborted', message: 'Cancelled.' };
		if (ended.signal.aborted)
			return { state: 'failed', code: 'timeout', message: `The prober gave no result within ${deadlineMs} ms.` };
		return refusal(error);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
		connection.close();
	}
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
		// Of no certificate: active, so that this side would have to begin, and nobody does.
		`a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '00').join(':')}`,
		'a=setup:active',
		'a=sctp-port:5000',
		...candidates.map(({ address, port }, i) => `a=candidate:${i + 1} 1 udp ${2130706431 - i} ${address} ${port} typ host`),
		'a=end-of-candidates',
		''
	];
	return lines.join('\r\n');
}
