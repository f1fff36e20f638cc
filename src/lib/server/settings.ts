/**
 * The settings, all from environment variables, all read here. The README's table is this table (settings.test.ts checks it).
 * A wrong value is a Fault that names the variable, the value and what is accepted; the start stops with it.
 */
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { fail, ok, type Result } from '../core/base/result';
import type { IceServer } from '../core/ice/server';
import { addresses, hostNames, iceServers, mbit, partnerUrl, pemFile, port, refused, webOrigin } from './setting-values';
import { DEFAULT_ALLOCATION_MBIT, DEFAULT_TOTAL_MBIT } from './turn/bandwidth';

export interface Settings {
	/** Where the app listens: an IP address or a name that resolves to one of this host's. */
	host: string;
	/** 0: any free port. */
	port: number;
	/** 0: any free port. */
	stunPort: number;
	/** 0: any free port. */
	tlsPort: number;
	/** PEM text; null: a certificate made at the start, which browsers refuse. Both or neither. */
	tlsCert: string | null;
	tlsKey: string | null;
	/** Public IP addresses of this host, at most two of a family; empty: what `host` implies. */
	addresses: string[];
	/** What the page offers in place of the embedded server; null: the embedded server. */
	iceServers: IceServer[] | null;
	/** Shared secret for TURN REST credentials; null: random for each start. */
	turnSecret: string | null;
	/** Whether the embedded server relays. STUN answers in any case. */
	turn: boolean;
	/** What the embedded server relays at most, both directions together, Mbit/s: for one allocation, and for all. */
	relayMbit: number;
	relayTotalMbit: number;
	/** Names that the app answers to, beside its addresses and the names of this machine; lower case, `*.` for all below. */
	hosts: string[];
	/** How visitors reach the app behind a proxy, `https://icelens.example.org`; null: as the requests say. */
	origin: string | null;
	/** The header in which a proxy puts the visitor's address; lower case; null: there is no proxy. */
	addressHeader: string | null;
	/** How many proxies add to X-Forwarded-For. */
	proxies: number;
	/** Base URL of a second Icelens server, the prober's partner, and the secret that they share. Both or neither. */
	partner: string | null;
	partnerSecret: string | null;
}

interface Setting<K extends keyof Settings> {
	key: K;
	variable: string;
	/** The default and the meaning as in the README. */
	otherwise: string;
	meaning: string;
	accepts: string;
	value: Settings[K];
	/** Undefined: the text is not accepted; a string: it is not accepted, for this reason. */
	parse(text: string): { value: Settings[K] } | { why: string | null };
}

/** A shorter one could be found by brute force from one credential, whose user name is in clear text; a longer one has no use. */
const SECRET_MIN_LENGTH = 16;

const setting = <K extends keyof Settings>(entry: Setting<K>) => entry;

/** In the order of the README's table. */
export const SETTINGS = [
	setting({
		key: 'host',
		variable: 'HOST',
		otherwise: '`127.0.0.1`',
		meaning: 'address the app listens on; `0.0.0.0` or `::` for every interface',
		accepts: 'an IP address, or a host name of this machine such as localhost',
		value: '127.0.0.1',
		parse: (text) => (isIP(text) || /^(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? { value: text } : refused())
	}),
	setting({
		key: 'port',
		variable: 'PORT',
		otherwise: '`8478`',
		meaning: 'port the app listens on; `0` for any free one',
		accepts: 'a port number from 0 to 65535',
		value: 8478,
		parse: port
	}),
	setting({
		key: 'stunPort',
		variable: 'ICELENS_STUN_PORT',
		otherwise: '`3478`',
		meaning: 'embedded STUN/TURN, UDP and TCP; taken: the next free one, said on the console and in the page',
		accepts: 'a port number from 0 to 65535',
		value: 3478,
		parse: port
	}),
	setting({
		key: 'tlsPort',
		variable: 'ICELENS_TLS_PORT',
		otherwise: '`5349`',
		meaning: 'embedded TURN over TLS; taken: the next free one',
		accepts: 'a port number from 0 to 65535',
		value: 5349,
		parse: port
	}),
	setting({
		key: 'tlsCert',
		variable: 'ICELENS_TLS_CERT',
		otherwise: 'a self-made certificate',
		meaning:
			'PEM file with the certificate chain for TURN over TLS; browsers refuse a self-made one, so it is not offered to them',
		accepts: 'the path of a PEM file with a certificate',
		value: null,
		parse: pemFile('CERTIFICATE')
	}),
	setting({
		key: 'tlsKey',
		variable: 'ICELENS_TLS_KEY',
		otherwise: 'the key of that certificate',
		meaning: 'PEM file with the private key of `ICELENS_TLS_CERT`',
		accepts: 'the path of a PEM file with a private key',
		value: null,
		parse: pemFile('PRIVATE KEY')
	}),
	setting({
		key: 'addresses',
		variable: 'ICELENS_ADDRESSES',
		otherwise: 'the loopback, or what `HOST` implies',
		meaning:
			'public addresses of this host, one or two of a family, separated by commas; two make RFC 5780 and the NAT prober complete, and with one alone the prober cannot test whether addresses never contacted may send here (with the port after `ICELENS_STUN_PORT`)',
		accepts: 'one or two IPv4 addresses and one or two IPv6 addresses, all different, separated by commas',
		value: [],
		parse: addresses
	}),
	setting({
		key: 'iceServers',
		variable: 'ICELENS_ICE_SERVERS',
		otherwise: 'the embedded server',
		meaning: "the operator's default servers; TURN entries without a credential get one from `ICELENS_TURN_SECRET`",
		accepts: 'an iceServers JSON array such as [{"urls":"stun:stun.example.org"}]',
		value: null,
		parse: iceServers
	}),
	setting({
		key: 'turnSecret',
		variable: 'ICELENS_TURN_SECRET',
		otherwise: 'random for each start',
		meaning: "shared secret for TURN REST credentials, the same as coturn's `static-auth-secret`",
		accepts: `${SECRET_MIN_LENGTH} characters or more`,
		value: null,
		parse: (text) => (text.length >= SECRET_MIN_LENGTH ? { value: text } : refused())
	}),
	setting({
		key: 'turn',
		variable: 'ICELENS_TURN',
		otherwise: '`on`',
		meaning:
			'`off` where another server such as coturn does the relaying; the embedded server then answers STUN only, and does not start where `ICELENS_ICE_SERVERS` is set',
		accepts: 'on or off',
		value: true,
		parse: (text) => (text === 'on' || text === 'off' ? { value: text === 'on' } : refused())
	}),
	setting({
		key: 'relayMbit',
		variable: 'ICELENS_RELAY_MBIT',
		otherwise: `\`${DEFAULT_ALLOCATION_MBIT}\``,
		meaning:
			'Mbit/s that the embedded server relays for one allocation, both directions together; five times that for all of one source, and for a load test, which so shows no more',
		accepts: 'a number of Mbit/s from 1 to 100000',
		value: DEFAULT_ALLOCATION_MBIT,
		parse: mbit
	}),
	setting({
		key: 'relayTotalMbit',
		variable: 'ICELENS_RELAY_TOTAL_MBIT',
		otherwise: `\`${DEFAULT_TOTAL_MBIT}\``,
		meaning: 'Mbit/s that the embedded server relays for all together',
		accepts: 'a number of Mbit/s from 1 to 100000',
		value: DEFAULT_TOTAL_MBIT,
		parse: mbit
	}),
	setting({
		key: 'hosts',
		variable: 'ICELENS_HOSTS',
		otherwise: 'none',
		meaning:
			'names by which the app may be asked for, separated by commas, `*.example.org` for all below; addresses, `localhost`, the name of this machine, and the names in `HOST`, `ORIGIN` and `ICELENS_TLS_CERT` always are. Any other name gets 421: a page elsewhere could point it here (DNS rebinding)',
		accepts: 'host names without scheme and port, separated by commas',
		value: [],
		parse: hostNames
	}),
	setting({
		key: 'origin',
		variable: 'ORIGIN',
		otherwise: 'what requests say, over http',
		meaning: 'how visitors reach the app behind a proxy that speaks https, such as `https://icelens.example.org`',
		accepts: 'the origin of the app such as https://icelens.example.org, without a path',
		value: null,
		parse: webOrigin
	}),
	setting({
		key: 'addressHeader',
		variable: 'ADDRESS_HEADER',
		otherwise: 'the address of the connection',
		meaning:
			"the header in which a proxy puts the visitor's address, such as `x-forwarded-for`. What is shown of the visitor's address and the limits for one source hang on it, so name only a header that your proxy always writes itself",
		accepts: 'the name of a header such as x-forwarded-for',
		value: null,
		parse: (text) => (/^[a-z0-9-]+$/i.test(text) ? { value: text.toLowerCase() } : refused())
	}),
	setting({
		key: 'proxies',
		variable: 'XFF_DEPTH',
		otherwise: '`1`',
		meaning: 'with `ADDRESS_HEADER=x-forwarded-for`: how many proxies add to it',
		accepts: 'a number from 1 to 20',
		value: 1,
		parse: (text) => (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 20 ? { value: Number(text) } : refused())
	}),
	setting({
		key: 'partner',
		variable: 'ICELENS_PARTNER',
		otherwise: 'none',
		meaning:
			'a second Icelens server at another address, whose NAT prober helps the one here where that has a single address; it names this one as its partner, or any other',
		accepts: 'the URL of an Icelens app such as https://icelens.example.org, without user name, query or fragment',
		value: null,
		parse: partnerUrl
	}),
	setting({
		key: 'partnerSecret',
		variable: 'ICELENS_PARTNER_SECRET',
		otherwise: 'none',
		meaning: 'the secret by which the two servers authenticate each other, the same at both',
		accepts: `${SECRET_MIN_LENGTH} characters or more`,
		value: null,
		parse: (text) => (text.length >= SECRET_MIN_LENGTH ? { value: text } : refused())
	})
] as const;

/** Variables whose values must not be printed on a console or in a log. */
const SECRET = new Set(['ICELENS_TURN_SECRET', 'ICELENS_ICE_SERVERS', 'ICELENS_PARTNER_SECRET']);

/** The settings of this environment; an empty variable counts as not set. The first wrong one is the Fault. */
export function readSettings(env: Record<string, string | undefined>): Result<Settings> {
	const settings: Partial<Record<keyof Settings, unknown>> = {};
	for (const { key, variable, accepts, value, parse } of SETTINGS) {
		const text = env[variable]?.trim() ?? '';
		if (text === '') {
			settings[key] = value;
			continue;
		}
		const parsed = parse(text);
		if ('value' in parsed) settings[key] = parsed.value;
		else {
			const shown = SECRET.has(variable) ? 'its value' : `"${text}"`;
			return fail('bad-setting', `${variable}: ${shown} is not ${accepts}${parsed.why ? ` (${parsed.why})` : ''}.`, variable);
		}
	}
	const complete = settings as unknown as Settings;
	for (const [one, other] of [
		['tlsCert', 'tlsKey'],
		['partner', 'partnerSecret']
	] as const) {
		if ((complete[one] === null) === (complete[other] === null)) continue;
		const [first, second] = [one, other].map((key) => SETTINGS.find((each) => each.key === key)!.variable);
		const missing = complete[one] === null ? first! : second!;
		return fail('bad-setting', `${missing} is not set: ${first} and ${second} go together, set both or neither.`, missing);
	}
	if (complete.tlsCert !== null && complete.tlsKey !== null) {
		try {
			createSecureContext({ cert: complete.tlsCert, key: complete.tlsKey });
		} catch (error) {
			const why = (error as Error).message;
			return fail(
				'bad-setting',
				`ICELENS_TLS_CERT and ICELENS_TLS_KEY are not a certificate and its key (${why}).`,
				'ICELENS_TLS_CERT'
			);
		}
	}
	return ok(complete);
}
