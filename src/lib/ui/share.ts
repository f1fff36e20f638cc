/**
 * Links that carry their content in the fragment, which browsers never send to a server: a whole report, or the settings of
 * a check. Compressed with DEFLATE (RFC 1951) and written as base64url (RFC 4648 §5).
 */
import { parseJson } from '../core/base/record';
import { fail, ok, type Result } from '../core/base/result';
import type { Profile } from '../core/plan/config';
import { inUse, type ServerRow } from './server-rows';

/** A report is some 100 kB; a link that unpacks to more than this was made to fill the reader's memory. */
const MAX_UNPACKED_BYTES = 32_000_000;

/** What travels in a settings link: addresses, never a user name or a credential. */
export interface LinkSettings {
	servers: { urls: string[] }[];
	deadlineMs: number;
	profile: Profile;
}

export type Fragment =
	{ kind: 'nothing' } | { kind: 'report'; text: string } | { kind: 'settings'; settings: LinkSettings } | { kind: 'unreadable' };

export async function reportLink(pageUrl: string, reportJson: string): Promise<string> {
	return withFragment(pageUrl, 'report', await pack(reportJson));
}

export async function settingsLink(
	pageUrl: string,
	rows: readonly ServerRow[],
	deadlineMs: number,
	profile: Profile
): Promise<string> {
	const settings: LinkSettings = { servers: inUse(rows).map(({ urls }) => ({ urls: [...urls] })), deadlineMs, profile };
	return withFragment(pageUrl, 'settings', await pack(JSON.stringify(settings)));
}

/** Reads `#report=…` and `#settings=…`, from a fragment, or from a whole link that ends in one. */
export async function readFragment(text: string): Promise<Fragment> {
	const found = /#(report|settings)=([A-Za-z0-9_-]+)\s*$/.exec(text);
	if (!found) return { kind: 'nothing' };
	const unpacked = await unpack(found[2]!);
	if (!unpacked.ok) return { kind: 'unreadable' };
	if (found[1] === 'report') return { kind: 'report', text: unpacked.value };
	const settings = parseSettings(unpacked.value);
	return settings ? { kind: 'settings', settings } : { kind: 'unreadable' };
}

export async function pack(text: string): Promise<string> {
	const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
	let binary = '';
	for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export async function unpack(packed: string): Promise<Result<string>> {
	const damaged = fail('malformed', 'The link is damaged or was cut off. Ask for it again.');
	try {
		const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
		const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
		const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
		const decoder = new TextDecoder('utf-8', { fatal: true });
		let text = '';
		let size = 0;
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			size += part.value.byteLength;
			if (size > MAX_UNPACKED_BYTES) {
				await reader.cancel();
				return fail('too-large', 'The link holds more than any report does. It was not opened.');
			}
			text += decoder.decode(part.value, { stream: true });
		}
		return ok(text + decoder.decode());
	} catch {
		return damaged;
	}
}

function parseSettings(text: string): LinkSettings | null {
	try {
		const raw = parseJson(text) as Partial<LinkSettings> | null | undefined;
		if (typeof raw !== 'object' || raw === null || !Array.isArray(raw.servers)) return null;
		// Field by field: whatever else a crafted link holds, a credential above all, does not enter the page.
		const servers = raw.servers
			.map((server: unknown) => (server as { urls?: unknown } | null)?.urls)
			.filter((urls): urls is string[] => Array.isArray(urls) && urls.every((url) => typeof url === 'string'))
			.map((urls) => ({ urls: urls.slice(0, 64) }))
			.slice(0, 64);
		const { deadlineMs, profile } = raw;
		return {
			servers,
			deadlineMs: typeof deadlineMs === 'number' && deadlineMs >= 1000 && deadlineMs <= 60_000 ? deadlineMs : 5000,
			profile: profile === 'quick' ? 'quick' : 'full'
		};
	} catch {
		return null;
	}
}

function withFragment(pageUrl: string, key: string, value: string): string {
	const url = new URL('/', pageUrl);
	url.hash = `${key}=${value}`;
	return url.href;
}
