/** Server-Sent Events from a response (WHATWG HTML §9.2.6), read by fetch: EventSource cannot send a header with a token. */

export interface StreamEvent {
	event: string;
	/** Parsed from JSON, which is all that this app's server sends. */
	data: unknown;
}

/** `alive` is called for every piece that arrives, comments included. Ends with the stream; throws when it breaks. */
export async function* readEvents(body: ReadableStream<Uint8Array>, alive: () => void): AsyncGenerator<StreamEvent> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let text = '';
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			alive();
			text += decoder.decode(part.value, { stream: true });
			for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
				const found = parseBlock(text.slice(0, end));
				text = text.slice(end + 2);
				if (found) yield found;
			}
		}
	} finally {
		// Closes the connection when the reader stops early.
		await reader.cancel().catch(() => undefined);
	}
}

function parseBlock(block: string): StreamEvent | null {
	let event = 'message';
	const data: string[] = [];
	for (const line of block.split('\n')) {
		if (line.startsWith('event: ')) event = line.slice(7);
		else if (line.startsWith('data: ')) data.push(line.slice(6));
	}
	return data.length === 0 ? null : { event, data: JSON.parse(data.join('\n')) as unknown };
}
