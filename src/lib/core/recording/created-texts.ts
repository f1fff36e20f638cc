/** Which description was created before one was set: what a program changed in between is told from the two. */
import type { HandshakeEvent } from './handshake-event';

/** For each description that was set as local, the text that createOffer or createAnswer gave for it; both may be the same. */
export function createdTexts(events: readonly HandshakeEvent[]): Map<HandshakeEvent, string> {
	const open = new Map<string, string[]>();
	const created = new Map<HandshakeEvent, string>();
	for (const event of events) {
		const { peer, call, description } = event;
		if (!description || (description.type !== 'offer' && description.type !== 'answer')) continue;
		const key = `${peer} ${description.type}`;
		if (call === 'create-offer' || call === 'create-answer') {
			if (description.sdp !== '') open.set(key, [...(open.get(key) ?? []), description.sdp]);
		} else if (call === 'set-local') {
			const text = description.sdp === '' ? undefined : madeFor(description.sdp, open.get(key) ?? []);
			open.delete(key);
			if (text !== undefined) created.set(event, text);
		}
	}
	return created;
}

/** A program may create several and set one: the same text, else the last with the same o= line, else the last. */
function madeFor(set: string, texts: readonly string[]): string | undefined {
	const origin = originOf(set);
	return texts.find((text) => text === set) ?? texts.findLast((text) => originOf(text) === origin) ?? texts.at(-1);
}

function originOf(text: string): string | undefined {
	return /^o=.*$/m.exec(text)?.[0].trim();
}
