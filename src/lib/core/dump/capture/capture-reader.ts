/**
 * A packet capture as a recording: what was asked of STUN and TURN servers and what they answered, connectivity checks, DTLS as far as it
 * is in the clear, and RTP by its headers. Nothing is decrypted.
 */
import { count, integer, plural } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import { fail, ok, type Result } from '../../base/result';
import type { Recording } from '../../recording/recording';
import { RecordingBuilder } from '../builder';
import { CaptureFile } from './capture-file';
import { writeEnd } from './capture-writer';
import { endsHere } from './ends-here';
import { Flows } from './flows';
import { segmentIn, type Unread } from './link-layers';

export { looksLikeCapture } from './capture-file';

/** Those with most packets; nobody looks through more. */
const MOST_ENDS = 500;

const UNREAD: Record<Unread, string> = {
	'link-type': 'of a kind of network that is not read here',
	'not-ip': 'without IP',
	fragment: 'the rest of a fragmented packet',
	'other-protocol': 'neither UDP nor TCP',
	cut: 'cut off before their ports'
};

export class CaptureReader {
	readonly #flows = new Flows();
	readonly #unread = new Map<Unread, { packets: number; first: number }>();
	readonly #file: CaptureFile;
	#untimed = 0;
	#cut = 0;
	#firstMs: number | null = null;

	constructor() {
		this.#file = new CaptureFile(({ number, atMs, link, bytes, wireBytes }) => {
			// Without a time it has that of the packet before it.
			if (!Number.isFinite(atMs)) this.#untimed++;
			const at = Number.isFinite(atMs) ? atMs : (this.#firstMs ?? 0);
			this.#firstMs ??= at;
			if (bytes.length < wireBytes) this.#cut++;
			const segment = segmentIn(link, bytes);
			if (typeof segment !== 'string') {
				this.#flows.take(segment, number, at);
				return;
			}
			const kind = this.#unread.get(segment) ?? { packets: 0, first: number };
			kind.packets++;
			this.#unread.set(segment, kind);
		});
	}

	push(bytes: Uint8Array): boolean {
		this.#file.push(bytes);
		return this.#file.fault === null;
	}

	end(): Result<Recording> {
		this.#file.end();
		this.#flows.end();
		const recording = new RecordingBuilder('capture', 'Packet capture');
		const { refused, tls } = this.#flows;
		const { ends, kindOf } = endsHere([...this.#flows.all.values()]);
		const [shown, leftOut] = [ends.slice(0, MOST_ENDS), Math.max(0, ends.length - MOST_ENDS)];
		if (leftOut > 0)
			recording.notes.add(
				'connections-left-out',
				`${count(leftOut, 'connection')} more with fewer packets ${plural(leftOut, 'is', 'are')} not shown: capture one host alone (tcpdump host …).`
			);
		for (const [index, each] of shown.entries()) writeEnd(recording, String(index + 1), each, { refused, kindOf });
		this.#note(recording);
		if (recording.connections.size === 0) {
			const { fault, packets } = this.#file;
			const what =
				fault && packets === 0
					? `${fault.text} (byte ${fault.byte})`
					: `It has ${count(packets, 'packet')}, and none is STUN, TURN, DTLS or RTP`;
			const hidden = tls.size > 0 ? ', except what TLS hides' : '';
			return fail(
				'capture-empty',
				`This is a packet capture without WebRTC in it. ${what}${hidden}. Wireshark shows what else there is.`
			);
		}
		return ok(recording.finish());
	}

	#note(recording: RecordingBuilder): void {
		const { notes } = recording;
		const { fault, packets } = this.#file;
		const { broken, firstBroken, gaps, flowsLeftOut, rowsLeftOut, tls } = this.#flows;
		if (fault)
			notes.add('file-cut', `${fault.text} What comes before, ${count(packets, 'packet')}, is read.`, `byte ${fault.byte}`);
		if (this.#cut > 0)
			notes.add(
				'packets-cut',
				`${count(this.#cut, 'packet')} of ${integer(packets)} were captured without their end (tcpdump -s 0 keeps all).`
			);
		for (const [why, { packets: many, first }] of this.#unread)
			notes.add(
				'packets-not-read',
				`${count(many, 'packet')} of ${integer(packets)} ${plural(many, 'is', 'are')} not read: ${UNREAD[why]}.`,
				`packet ${first}`
			);
		if (firstBroken)
			notes.add(
				'stun-broken',
				`${count(broken, 'message')} begin like STUN and are broken. ${firstBroken.message}`,
				`packet ${firstBroken.packet}`
			);
		if (gaps > 0) notes.add('tcp-gaps', `${count(gaps, 'gap')} in TCP connections: what was sent in them was not captured.`);
		const hidden = [...tls].slice(0, 4).map((each) => formatEndpoint(each.split(' ')[0]!, Number(each.split(' ')[1])));
		if (hidden.length > 0) notes.add('tls-hidden', `What goes to ${hidden.join(', ')} is encrypted by TLS, and not read.`);
		if (this.#untimed > 0) notes.add('time-missing', `${count(this.#untimed, 'packet')} have no time.`);
		if (flowsLeftOut > 0)
			notes.add(
				'flows-left-out',
				`${count(flowsLeftOut, 'packet')} are of more pairs of addresses than are kept: capture one host alone (tcpdump host …).`
			);
		if (rowsLeftOut)
			notes.add(
				'rows-left-out',
				'The capture is longer than its course over time is kept: later than that only its totals are known.'
			);
		notes.add(
			'not-decrypted',
			'Media and DTLS are encrypted: packets are counted by their headers, and losses are those before the place of the capture.'
		);
	}
}
