/** What runs with the app for as long as it runs: started once a process, however often the modules are loaded. */
import type { IceServer } from '../core/ice/server';
import type { NoProber } from '../core/plan/skip-values';
import { randomBytes } from 'node:crypto';
import { nodeClock } from './clock';
import { startEmbedded } from './embedded';
import { embeddedIceServers, withCredential, type Credential } from './ice-servers';
import { partnerByHttp } from './nat-prober/partner';
import { makePartnerEndpoint, type PartnerEndpoint } from './nat-prober/partner-endpoint';
import type { Prober } from './nat-prober/prober';
import { startConfiguredProber } from './nat-prober/start';
import { nodeRandom } from './node-crypto';
import { makeRooms, type Rooms } from './rooms/rooms';
import type { Settings } from './settings';
import { mintRestCredentials } from './turn/rest-credentials';

/** Long enough for a check and a call, short enough that one found in a log is worth little. */
const CREDENTIAL_LIFETIME_S = 3600;

export interface Services {
	/** The servers a visitor starts with; `requestHost` is the host the visitor's browser asked for. Fresh credentials each time. */
	iceServersFor(requestHost: string | null): Promise<IceServer[]>;
	/** Checks pages from addresses they have never written to; null where it cannot, and `noProber` says why. */
	prober: Prober | null;
	noProber: NoProber | null;
	/** Where another Icelens server asks this one's prober for help; null where the operator named none. */
	partnerEndpoint: PartnerEndpoint | null;
	/** The embedded STUN server's port, on the addresses of the prober too; null without one. */
	stunPort: number | null;
	/** Where two devices meet. */
	rooms: Rooms;
	/** What the people who run and use this server should know, in sentences. */
	notes: readonly string[];
	/** One line for the console: what runs where. */
	about: string;
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
	const { iceServers } = settings;
	// With servers of the operator's own and nothing to relay, nobody would be sent to it.
	let prober: Prober | null = null;
	const partnerAddresses = () => prober?.partnerAddresses() ?? [];
	const server = iceServers !== null && !settings.turn ? null : await startEmbedded(settings, secret, partnerAddresses);
	const { partner, partnerSecret } = settings;
	const partnerClient = partner !== null && partnerSecret !== null ? partnerByHttp(partner, partnerSecret) : null;
	const addresses = server?.embedded.addresses ?? settings.addresses;
	const proberStart = await startConfiguredProber(addresses, settings.stunPort, partnerClient?.partner);
	prober = proberStart.prober;
	// Asked once now, so that its addresses are known before anybody relays.
	partnerAddresses();
	const rooms = makeRooms(nodeClock, nodeRandom);
	return {
		rooms,
		prober,
		noProber: proberStart.noProber,
		partnerEndpoint: partnerClient && prober ? makePartnerEndpoint(prober, partnerClient.signer, nodeClock, nodeRandom) : null,
		stunPort: server?.embedded.port ?? null,
		async iceServersFor(requestHost) {
			// A secret that nobody else knows makes credentials that nobody else takes.
			if (iceServers !== null) return settings.turnSecret === null ? iceServers : withCredential(iceServers, await fresh(secret));
			return embeddedIceServers(server!.embedded, requestHost, await fresh(secret));
		},
		notes: [...(iceServers === null ? server!.notes : []), ...proberStart.notes],
		about: server?.about ?? 'STUN and TURN: the servers of ICELENS_ICE_SERVERS',
		close: async () => {
			rooms.close();
			prober?.close();
			await server?.close();
		}
	};
}

/** The name is random: the relay's quotas count by it, and two visitors must not use up each other's. */
async function fresh(secret: string): Promise<Credential> {
	const { username, credential } = await mintRestCredentials(secret, CREDENTIAL_LIFETIME_S, randomBytes(6).toString('hex'));
	return { username, credential };
}
