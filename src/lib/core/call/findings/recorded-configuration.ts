/** The RTCConfiguration of a recorded connection, as far as rules ask for it: JSON of today's recorders, or the text of older ones. */
import { isRecord, parseJson } from '../../base/record';
import { parseIceUrl, type IceUrl } from '../../stun/uri';

export interface RecordedServer {
	url: string;
	/** Null where the recorder has none. */
	username: string | null;
}

export interface RecordedConfiguration {
	servers: RecordedServer[];
	/** `iceTransportPolicy: relay`. */
	relayOnly: boolean;
}

/** Null where the recording has none. */
export function recordedConfiguration(text: string | null): RecordedConfiguration | null {
	if (text === null) return null;
	const relayOnly = /iceTransport(?:Policy|s(?:Type)?)["']?\s*:\s*["']?relay\b/i.test(text);
	const value = parseJson(text);
	const listed = isRecord(value) && Array.isArray(value.iceServers) ? value.iceServers.flatMap(serversIn) : null;
	return { servers: listed ?? textUrls(text).map((url) => ({ url, username: null })), relayOnly };
}

function serversIn(entry: unknown): RecordedServer[] {
	if (!isRecord(entry)) return [];
	const urls = [entry.urls ?? entry.url ?? []].flat();
	const username = typeof entry.username === 'string' && entry.username !== '' ? entry.username : null;
	return urls.flatMap((url) => (typeof url === 'string' ? [{ url: url.trim(), username }] : []));
}

function textUrls(text: string): string[] {
	return [...new Set(text.match(/\b(?:stuns?|turns?):[^\s"',;\]})]+/g))];
}

export const isTurnUrl = (url: string) => /^turns?:/i.test(url);

/** How a server is asked; null for a URL that no browser takes. */
export function placeOfUrl(url: string): IceUrl | null {
	const place = parseIceUrl(url);
	return place.ok ? place.value : null;
}
