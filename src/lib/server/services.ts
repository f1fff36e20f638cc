/** What runs beside the app and lives as long as it: started once a process, however often the modules are loaded. */
import type { IceServer } from '../core/ice/server';
import { makeRestCredentials } from '../core/stun/rest-credentials';
import { randomBytes } from 'node:crypto';
import { withCredential, type Credential } from './ice-servers';
import { nodeCrypto } from './node-crypto';
import type { Settings } from './settings';

/** Long enough for a check and a call, short enough that one found in a log is worth little. */
const CREDENTIAL_LIFETIME_S = 3600;

export interface Services {
	/** The servers a visitor starts with; `requestHost` is the host the visitor's browser asked for. Fresh credentials each time. */
	iceServersFor(requestHost: string | null): Promise<IceServer[]>;
	/** What the people who run and use this server should know, in sentences. */
	notes: readonly string[];
	close(): Promise<void>;
}

/**
 * The development server loads this module again after an edit, and the command line's bundle has a copy of its own: a
 * module variable would start a second set of servers on the same ports.
 */
const KEY = Symbol.for('icelens.services');
const shared = globalThis as { [KEY]?: Promise<Services> };

/** Idempotent: a second call gets what the first one started. */
export function startServices(settings: Settings): Promise<Services> {
	shared[KEY] ??= start(settings).catch((error: unknown) => {
		delete shared[KEY];
		throw error;
	});
	return shared[KEY];
}

export function currentServices(): Promise<Services> {
	return shared[KEY] ?? Promise.reject(new Error('The services have not been started.'));
}

/** Stops what runs, if anything does. */
export async function stopServices(): Promise<void> {
	const running = shared[KEY];
	delete shared[KEY];
	await (await running)?.close();
}

async function start(settings: Settings): Promise<Services> {
	const secret = settings.turnSecret ?? randomBytes(32).toString('base64url');
	return {
		iceServersFor: async () => {
			const servers = settings.iceServers ?? [];
			return settings.turnSecret === null ? servers : withCredential(servers, await freshCredential(secret));
		},
		notes: [],
		close: async () => {}
	};
}

/** The name is random: the relay's quotas count by it, and two visitors must not use up each other's. */
async function freshCredential(secret: string): Promise<Credential> {
	const wanted = { secret, name: randomBytes(6).toString('hex'), nowMs: Date.now(), ttlS: CREDENTIAL_LIFETIME_S };
	const { username, credential } = await makeRestCredentials(wanted, nodeCrypto.hmacSha1);
	return { username, credential };
}
