/** What runs with the app for as long as it runs: started once a process, however often the modules are loaded. */
import type { IceServersAnswer } from '../core/observations/app-answers';
import type { NoProber } from '../core/plan/skip-values';
import { randomBytes } from 'node:crypto';
import { PROXY_UNREAD } from './http/front-settings';
import { nodeClock } from './clock';
import { startEmbedded } from './embedded';
import { embeddedIceServers, withCredential, type Credential } from './ice-servers';
import { partnerByHttp } from './nat-prober/partner';
import { makePartnerEndpoint, type PartnerEndpoint } from './nat-prober/partner-endpoint';
import type { Prober } from './nat-prober/prober';
import { startConfiguredProber } from './nat-prober/start';
import { makeBuckets } from './token-bucket';
import { nodeRandom } from './node-crypto';
import { makeRooms, type Rooms } from './rooms/rooms';
import type { Settings } from './settings';
import { loadTestName, mintRestCredentials } from './turn/rest-credentials';

/** Long enough for a check and a call, short enough that one found in a log is worth little. */
const CREDENTIAL_LIFETIME_S = 3600;

/** A load test allocates at its start, and takes half a minute. */
const LOAD_TEST_LIFETIME_S = 120;

/** Credentials for one source: an office opens the page at once, and afterwards a reload each second is more than people do. */
const CREDENTIALS = { burst: 60, perS: 0.5 };
const LOAD_TESTS = { burst: 6, perS: 1 / 60 };

const TOO_OFTEN = 'No TURN credential was given: this network has asked this server for too many. Reload the page in a minute.';

export interface Services {
	/**
	 * The servers a visitor starts with, with fresh credentials each time. `requestHost`: the host that the visitor's browser asked
	 * for; `source`: what limits count by. A source that has asked too often gets the servers that need none.
	 */
	iceServersFor(requestHost: string | null, source: string | null, purpose?: 'check' | 'load-test'): Promise<IceServersAnswer>;
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
	/** What the operator should change, in sentences; more may come while the app runs. */
	warnings: string[];
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
	const mayAsk = { check: makeBuckets(nodeClock, CREDENTIALS), 'load-test': makeBuckets(nodeClock, LOAD_TESTS) };
	const notes = [...(iceServers === null ? server!.notes : []), ...proberStart.notes];
	const rooms = makeRooms(nodeClock, nodeRandom);
	return {
		rooms,
		prober,
		noProber: proberStart.noProber,
		partnerEndpoint: partnerClient && prober ? makePartnerEndpoint(prober, partnerClient.signer, nodeClock, nodeRandom) : null,
		stunPort: server?.embedded.port ?? null,
		async iceServersFor(requestHost, source, purpose = 'check') {
			const allowed = source === null || mayAsk[purpose](source);
			const credential = await fresh(secret, purpose);
			// A secret that nobody else knows makes credentials that nobody else takes.
			const all =
				iceServers === null
					? embeddedIceServers(server!.embedded, requestHost, credential)
					: settings.turnSecret === null
						? iceServers
						: withCredential(iceServers, credential);
			if (allowed) return { iceServers: all, notes: [...notes] };
			return { iceServers: all.filter(({ username }) => username !== credential.username), notes: [...notes, TOO_OFTEN] };
		},
		notes,
		warnings: settings.origin !== null && settings.addressHeader === null ? [PROXY_UNREAD] : [],
		about: server?.about ?? 'STUN and TURN: the servers of ICELENS_ICE_SERVERS',
		close: async () => {
			rooms.close();
			prober?.close();
			await server?.close();
		}
	};
}

/** The name is random: the relay's quotas count by it, and two visitors must not use up each other's. */
async function fresh(secret: string, purpose: 'check' | 'load-test'): Promise<Credential> {
	const name = randomBytes(6).toString('hex');
	const { username, credential } =
		purpose === 'check'
			? await mintRestCredentials(secret, CREDENTIAL_LIFETIME_S, name)
			: await mintRestCredentials(secret, LOAD_TEST_LIFETIME_S, loadTestName(name));
	return { username, credential };
}
