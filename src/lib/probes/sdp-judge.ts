/**
 * Tests whether this browser accepts a description, in a temporary connection: without servers and with the transport policy `relay`
 * nothing is gathered, no socket is opened and no address in the text is contacted.
 */
import type { Role } from '../core/sdp/text/description';
import { parseDocument, type SdpLine } from '../core/sdp/text/document';

export type Judgement =
	| { role: Role; verdict: 'accepted' }
	| { role: Role; verdict: 'refused'; name: string; message: string }
	/** Nothing was asked, or what was asked was something else than the text: why. */
	| { role: Role; verdict: 'not-asked'; reason: string };

const NOTHING_SENT: RTCConfiguration = { iceServers: [], iceTransportPolicy: 'relay', bundlePolicy: 'balanced' };

/** The longest wait for the browser: it answers at once, or its media thread is stuck. */
const PATIENCE_MS = 5000;

/** Whether this browser would take the text as the offer of another side. */
export async function judgeOffer(sdp: string): Promise<Judgement> {
	const own = open();
	if ('reason' in own) return { role: 'offer', verdict: 'not-asked', ...own };
	return judge('offer', own.connection, (connection) => connection.setRemoteDescription({ type: 'offer', sdp: forBrowser(sdp) }));
}

/**
 * Whether this browser, had it made that offer, would take the text as the answer. For that it has to take the offer as its
 * own first, with its own fingerprint and credentials in it, which works for offers that it could have made.
 */
export async function judgeAnswer(offer: string, answer: string): Promise<Judgement> {
	const own = await offering(offer);
	if ('reason' in own) {
		return {
			role: 'answer',
			verdict: 'not-asked',
			reason: `This browser does not take the offer as its own, so it cannot be asked about the answer: ${own.reason}`
		};
	}
	return judge('answer', own.connection, (connection) =>
		connection.setRemoteDescription({ type: 'answer', sdp: forBrowser(answer) })
	);
}

type Opened = { connection: RTCPeerConnection } | { reason: string };

/** Fails where WebRTC is missing or switched off, or the page holds too many connections. */
function open(): Opened {
	if (typeof RTCPeerConnection === 'undefined') return { reason: 'This browser has no WebRTC, or it is switched off.' };
	try {
		return { connection: new RTCPeerConnection(NOTHING_SENT) };
	} catch (error) {
		return { reason: messageOf(error).message };
	}
}

async function judge(
	role: Role,
	connection: RTCPeerConnection,
	ask: (connection: RTCPeerConnection) => Promise<void>
): Promise<Judgement> {
	try {
		await inTime(ask(connection));
		return { role, verdict: 'accepted' };
	} catch (error) {
		return { role, verdict: 'refused', ...messageOf(error) };
	} finally {
		connection.close();
	}
}

/** A connection that has made an offer like the given one. */
async function offering(sdp: string): Promise<Opened> {
	const document = parseDocument(sdp);
	const own = open();
	if ('reason' in own) return own;
	const { connection } = own;
	try {
		for (const lines of document.media) {
			const kind = lines[0]!.value.split(' ', 1)[0]!;
			if (kind === 'application') {
				if (!lines[0]!.value.includes('SCTP')) return end(connection, 'It has a section that is no data channel.');
				connection.createDataChannel('');
			} else if (kind === 'audio' || kind === 'video') {
				connection.addTransceiver(kind, { direction: directionOf(lines), ...encodingsOf(lines) });
			} else return end(connection, `It has a section of the kind "${kind.slice(0, 20)}".`);
		}
		const made = await inTime(connection.createOffer());
		const text = asOwn(document.lines, made.sdp ?? '');
		await inTime(connection.setLocalDescription({ type: 'offer', sdp: text }));
		return { connection };
	} catch (error) {
		return end(connection, messageOf(error).message);
	}
}

function end(connection: RTCPeerConnection, reason: string): { reason: string } {
	connection.close();
	return { reason };
}

function directionOf(lines: readonly SdpLine[]): RTCRtpTransceiverDirection {
	return (['sendonly', 'recvonly', 'inactive'] as const).find((name) => lines.some((line) => line.name === name)) ?? 'sendrecv';
}

/** The layers of a simulcast offer, which a browser offers only when it was asked for them beforehand. */
function encodingsOf(lines: readonly SdpLine[]): { sendEncodings?: RTCRtpEncodingParameters[] } {
	const rids = lines.filter((line) => line.name === 'rid' && / send\b/.test(line.argument ?? ''));
	if (rids.length < 2) return {};
	return { sendEncodings: rids.map((line) => ({ rid: (line.argument ?? '').split(' ', 1)[0]! })) };
}

/** What only the maker of an offer can know is replaced by this browser's own; candidates stay out. */
function asOwn(lines: readonly SdpLine[], made: string): string {
	const own = (name: string) => new RegExp(`^a=${name}:.*$`, 'm').exec(made)?.[0].trimEnd() ?? null;
	const [fingerprint, ufrag, pwd] = [own('fingerprint'), own('ice-ufrag'), own('ice-pwd')];
	const replaced: Record<string, string | null> = { fingerprint, 'ice-ufrag': ufrag, 'ice-pwd': pwd };
	const kept = lines.filter(
		({ type, name }) => !(type === 'a' && (name === 'candidate' || name === 'end-of-candidates' || name === 'tls-id'))
	);
	return kept.map((line) => `${(line.type === 'a' && replaced[line.name]) || line.raw}\r\n`).join('');
}

/** Line ends as the format has them (RFC 8866 §9): a text box keeps line feeds only, which is not an error of the text. */
function forBrowser(sdp: string): string {
	return parseDocument(sdp)
		.lines.map((line) => `${line.raw}\r\n`)
		.join('');
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new DOMException(`No answer within ${PATIENCE_MS / 1000} s.`, 'TimeoutError')), PATIENCE_MS);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

function messageOf(error: unknown): { name: string; message: string } {
	// Chromium says first which method it was, which is known here.
	if (error instanceof Error || error instanceof DOMException)
		return { name: error.name, message: error.message.replace(/^Failed to execute '\w+' on 'RTCPeerConnection': /, '') };
	return { name: 'Error', message: String(error) };
}
