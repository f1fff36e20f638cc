/** An RTCConfiguration as people paste it, as JSON or as JavaScript, read into what the constructor takes. Pure. */
import { ok, type Result } from '../../core/base/result';
import type { IceServer } from '../../core/ice/server';
import type { ConfigurationOptions } from '../../core/ice/parsed-servers';
import { parseServers } from '../../core/ice/server-config';

export interface Configuration {
	servers: IceServer[];
	/** What the text says besides the servers; absent fields are left to the browser. */
	options: ConfigurationOptions;
	notes: string[];
}

/** An empty text is a configuration without servers: then only this device's own addresses are gathered. */
export function readConfiguration(text: string): Result<Configuration> {
	if (/^\s*(\{\s*\}\s*;?\s*)?$/.test(text)) return ok({ servers: [], options: {}, notes: [] });
	const parsed = parseServers(text);
	if (!parsed.ok) return parsed;
	const { servers, options, notes } = parsed.value;
	return ok({ servers, options, notes });
}

/** The text that the editor starts with. */
export function writeConfiguration(servers: readonly IceServer[]): string {
	const entries = servers.map(({ urls, ...rest }) => ({ urls: urls.length === 1 ? urls[0] : urls, ...rest }));
	return JSON.stringify({ iceServers: entries }, null, 2);
}
