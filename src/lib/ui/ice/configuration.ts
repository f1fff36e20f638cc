/** An RTCConfiguration as people paste it, as JSON or as JavaScript, read into what the constructor takes. Pure. */
import { ok, type Result } from '../../core/base/result';
import type { IceServer } from '../../core/ice/server';
import { parseServers } from '../../core/ice/server-config';

export interface Configuration {
	servers: IceServer[];
	/** What the text says besides the servers (W3C RTCConfiguration); absent fields are left to the browser. */
	settings: Pick<RTCConfiguration, 'iceTransportPolicy' | 'bundlePolicy' | 'rtcpMuxPolicy' | 'iceCandidatePoolSize'>;
	notes: string[];
}

/** An empty text is a configuration without servers: then only this device's own addresses are gathered. */
export function readConfiguration(text: string): Result<Configuration> {
	if (text.trim() === '' || /^\s*\{\s*\}\s*;?\s*$/.test(text)) return ok({ servers: [], settings: {}, notes: [] });
	const settings = readSettings(text);
	if (/iceServers['"]?\s*:\s*\[\s*\]/.test(text)) return ok({ servers: [], settings, notes: [] });
	const parsed = parseServers(text);
	return parsed.ok ? ok({ servers: parsed.value.servers, settings, notes: parsed.value.notes }) : parsed;
}

/** Fields with fixed words, found by name: it works the same in JSON and in JavaScript with unquoted keys. */
function readSettings(text: string): Configuration['settings'] {
	const word = <W extends string>(field: string, words: readonly W[]): W | undefined =>
		words.find((value) => new RegExp(`\\b${field}['"]?\\s*:\\s*['"]${value}['"]`).test(text));
	const settings: Configuration['settings'] = {};
	const policy = word('iceTransportPolicy', ['all', 'relay']);
	const bundle = word('bundlePolicy', ['balanced', 'max-compat', 'max-bundle']);
	const mux = word('rtcpMuxPolicy', ['require']);
	const pool = /\biceCandidatePoolSize['"]?\s*:\s*(\d{1,3})\b/.exec(text)?.[1];
	if (policy) settings.iceTransportPolicy = policy;
	if (bundle) settings.bundlePolicy = bundle;
	if (mux) settings.rtcpMuxPolicy = mux;
	if (pool !== undefined) settings.iceCandidatePoolSize = Number(pool);
	return settings;
}

/** The text that the editor starts with. */
export function writeConfiguration(servers: readonly IceServer[]): string {
	const entries = servers.map(({ urls, ...rest }) => ({ urls: urls.length === 1 ? urls[0] : urls, ...rest }));
	return JSON.stringify({ iceServers: entries }, null, 2);
}
