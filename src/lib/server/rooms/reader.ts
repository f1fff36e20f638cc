/** One device's event stream (Server-Sent Events, WHATWG HTML §9.2): the state of the room, then the messages for this member, in order. */
import type { RoomEvent } from '../../core/signalling/messages';
import type { Member } from '../../core/signalling/room';

/** What a reader needs to know at the moment it writes. */
export interface ReaderSource {
	view(): RoomEvent;
	member(): Member | null;
	/** The room as this member was told of it last, as text; kept between two pieces. */
	told: { view: string };
}

export interface Reader {
	readonly stream: ReadableStream<Uint8Array>;
	/** The room has changed: written as soon as the reader accepts more. */
	roomChanged(): void;
	/** There may be something new in the outbox. */
	outboxChanged(): void;
	/** A comment, so that proxies keep the connection and a dead one shows. */
	beat(): void;
	/** Ends the stream without an event: a member that polls asks again. */
	finish(): void;
	/** Ends the stream, with the reason as the last event. */
	end(code: string, message: string): void;
	/** When the reader last accepted data, by the clock that was passed in. */
	readonly tookMs: number;
}

/** In bytes. Enough that a burst of candidates goes out in one piece; the rest waits in the outbox, where it is counted. */
const AHEAD_BYTES = 65_536;

/** `brief`: the stream ends at the first event, for proxies that pass on an answer only when it is complete. */
export function makeReader(source: ReaderSource, nowMs: () => number, closed: () => void, brief = false): Reader {
	const encoder = new TextEncoder();
	let controller: ReadableStreamDefaultController<Uint8Array>;
	let stale = true;
	/** The last message written. A new member in the other seat counts from 1 again, so the number alone does not identify it. */
	let sent = { from: '', seq: 0 };
	let over = false;
	/** Events written that this member did not know of. */
	let news = 0;
	let tookMs = nowMs();

	const write = (text: string) => controller.enqueue(encoder.encode(text));
	const event = (name: string, data: unknown, id?: string) =>
		// JSON has no line breaks outside its escapes, so one data line is enough.
		write(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);

	function flush(): void {
		while (!over && (controller.desiredSize ?? 0) > 0) {
			if (stale) {
				stale = false;
				const view = source.view();
				const text = JSON.stringify(view);
				// Unchanged since the last state that was written.
				if (text !== source.told.view) news++;
				source.told.view = text;
				event('room', view);
				continue;
			}
			const next = source.member()?.outbox.find(({ from, seq }) => from !== sent.from || seq > sent.seq);
			if (!next) break;
			news++;
			sent = next;
			event('message', next, `${next.from}:${next.seq}`);
		}
		if (brief && news > 0) finish();
	}

	function finish(): void {
		if (over) return;
		over = true;
		controller.close();
		closed();
	}

	const stream = new ReadableStream<Uint8Array>(
		{
			start(given) {
				controller = given;
				// Tells a proxy that buffers whole responses that this one has begun.
				write(': icelens\n\n');
			},
			pull() {
				tookMs = nowMs();
				flush();
			},
			cancel() {
				over = true;
				closed();
			}
		},
		new ByteLengthQueuingStrategy({ highWaterMark: AHEAD_BYTES })
	);

	return {
		stream,
		roomChanged() {
			stale = true;
			flush();
		},
		outboxChanged: flush,
		beat() {
			if (!over && (controller.desiredSize ?? 0) > 0) write(':\n\n');
		},
		finish,
		end(code, message) {
			if (over) return;
			over = true;
			event('closed', { code, message });
			controller.close();
		},
		get tookMs() {
			return tookMs;
		}
	};
}
