/** The list of servers as it is edited: rows with where they came from and whether they are used. Pure. */
import type { ServerFinding } from '../core/ice/server-finding';
import type { IceServer } from '../core/ice/server';
import { missingLogin, serverListFacts } from '../core/ice/server-list-facts';
import { listSentence } from '../core/messages/en/server-lists';
import { restExpiryMs } from '../core/stun/rest-credentials';

/** `default`: came with the page. */
export type Origin = 'default' | 'user' | 'preset';

export interface ServerRow {
	/** Unique while the page lives. */
	key: string;
	origin: Origin;
	/** A preset's name; null for others, which go by their address. */
	name: string | null;
	enabled: boolean;
	urls: string[];
	username: string;
	/** Secret: lives in memory, or in this device's storage when the user asked for it. */
	credential: string;
}

let made = 0;

export function makeRow(server: IceServer, origin: Origin, enabled = true, name: string | null = null): ServerRow {
	return {
		key: `server-${++made}`,
		origin,
		name,
		enabled,
		urls: [...server.urls],
		username: server.username ?? '',
		credential: server.credential ?? ''
	};
}

export function toIceServer({ urls, username, credential }: ServerRow): IceServer {
	const server: IceServer = { urls: urls.map((url) => url.trim()).filter((url) => url !== '') };
	if (username !== '') server.username = username;
	if (credential !== '') server.credential = credential;
	return server;
}

/** The servers a check uses: rows that are on and name an address. */
export function toIceServers(rows: readonly ServerRow[]): IceServer[] {
	return inUse(rows).map(toIceServer);
}

export function inUse(rows: readonly ServerRow[]): ServerRow[] {
	return rows.filter((row) => row.enabled && row.urls.some((url) => url.trim() !== ''));
}

/** Rows in use whose TURN server no browser asks, since user name or credential is missing. */
export function withoutLogin(rows: readonly ServerRow[]): ServerRow[] {
	const used = inUse(rows);
	const { servers } = serverListFacts(used.map(toIceServer));
	return used.filter((_, i) => missingLogin(servers[i]!) !== null);
}

/** What a row is called: its name, or its first address without the options. */
export function rowName(row: ServerRow): string {
	return row.name ?? row.urls[0]?.replace(/\?.*$/, '') ?? '';
}

/**
 * The rows after a fix, which gives the whole list of used servers anew. Rows keep their place and origin; servers that the
 * fix added become the user's, rows it left out go.
 */
export function applyFix(rows: readonly ServerRow[], fixed: readonly IceServer[]): ServerRow[] {
	const used = inUse(rows);
	const left = fixed.map((server) => ({ server, row: null as ServerRow | null }));
	if (fixed.length === used.length) left.forEach((entry, i) => (entry.row = used[i]!));
	else {
		const free = [...used];
		for (const entry of left) {
			const at = free.findIndex((row) => row.urls.some((url) => entry.server.urls.includes(url)));
			if (at >= 0) entry.row = free.splice(at, 1)[0]!;
		}
	}
	const fixedRows = left.map(({ server, row }) =>
		row === null ? makeRow(server, 'user') : { ...makeRow(server, row.origin, true, row.name), key: row.key }
	);
	const unused = rows.filter((row) => !used.includes(row));
	const merged: ServerRow[] = [];
	for (const row of rows) {
		if (unused.includes(row)) merged.push(row);
		else merged.push(...fixedRows.filter(({ key }) => key === row.key));
	}
	return [...merged, ...fixedRows.filter(({ key }) => !rows.some((row) => row.key === key))];
}

/** Linter marks without repetition: what holds for several addresses is said once. */
export function saidOnce(findings: readonly ServerFinding[]): ServerFinding[] {
	const texts = findings.map(listSentence);
	return findings.filter((_, i) => texts.indexOf(texts[i]!) === i);
}

/** When a time-limited credential runs out; null for a user name that holds no time. */
export function expiryOf(username: string): Date | null {
	const expiresMs = restExpiryMs(username);
	return expiresMs === null ? null : new Date(expiresMs);
}
