/** A file piece by piece: gzip (also in gzip) is unpacked on the way; what is text and not UTF-8 is read as Latin-1. */

const MOST_LAYERS = 3;

/** `onUnpacked` says whether more is needed. `onBytes` is told how much of the file itself was read. */
export async function bytesOf(
	blob: Blob,
	onUnpacked: (bytes: Uint8Array) => boolean,
	onBytes: (read: number) => void
): Promise<void> {
	let read = 0;
	const counted = blob.stream().pipeThrough(
		new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
			transform(bytes, controller) {
				read += bytes.length;
				onBytes(read);
				controller.enqueue(bytes);
			}
		})
	);
	const reader = (await unpacked(counted, 0)).getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		if (!onUnpacked(value)) {
			await reader.cancel();
			return;
		}
	}
}

async function unpacked(
	stream: ReadableStream<Uint8Array<ArrayBuffer>>,
	layer: number
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
	const reader = stream.getReader();
	const first = await reader.read();
	const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
		start(controller) {
			if (!first.done) controller.enqueue(first.value);
			else controller.close();
		},
		async pull(controller) {
			const { done, value } = await reader.read();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason)
	});
	const isGzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
	if (!isGzip || layer >= MOST_LAYERS) return whole;
	return unpacked(whole.pipeThrough(new DecompressionStream('gzip')), layer + 1);
}

/** One decision for the file: at the first byte that is not UTF-8. Firefox writes its page with eight bits a character. */
export function textReader(): { push(bytes: Uint8Array): string; end(): string } {
	let utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
	const latin1 = new TextDecoder('windows-1252');
	return {
		push(bytes) {
			if (utf8) {
				try {
					return utf8.decode(bytes, { stream: true });
				} catch {
					utf8 = null;
				}
			}
			return latin1.decode(bytes, { stream: true });
		},
		end() {
			try {
				return utf8?.decode() ?? '';
			} catch {
				return '\ufffd';
			}
		}
	};
}
