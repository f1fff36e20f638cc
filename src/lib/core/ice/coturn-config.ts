/** What a coturn configuration (turnserver.conf) serves, as ICE servers. Options as of coturn 4.6. */
import { count } from '../base/format';
import { formatEndpoint, parseIp, scopeOf } from '../base/ip';
import { fail, ok, type Result } from '../base/result';
import { list } from '../base/list';
import type { IceServer } from './server';
import type { ParsedServers } from './parsed-servers';

/** Read by coturn, without meaning for what a browser has to be told. */
const WITHOUT_MEANING_HERE = (
	'acme-redirect allocation-default-address-family allow-loopback-peers allowed-peer-ip alt-listening-port alt-tls-listening-port ' +
	'alternate-server aux-server bps-capacity channel-lifetime check-origin-consistency cipher-list cli-ip cli-max-output-sessions ' +
	'cli-password cli-port daemon denied-peer-ip dh-file dh1066 dh2066 dh566 ec-curve-name fingerprint keep-address-family ' +
	'listening-device log-binding log-file lt-cred-mech max-allocate-lifetime max-allocate-timeout max-bps max-port min-port mobility ' +
	'ne new-log-timestamp new-log-timestamp-format no-auth-pings no-cli no-dtls no-dynamic-ip-list no-dynamic-realms ' +
	'no-multicast-peers no-rfc5780 no-software-attribute no-stdout-log no-stun-backward-compatibility no-tcp-relay no-tlsv1 ' +
	'no-tlsv1_1 no-tlsv1_2 oauth permission-lifetime pidfile pkey-pwd proc-group proc-user prod prometheus prometheus-port CA-file ' +
	'prometheus-username-labels raw-public-keys relay-device relay-ip relay-threads response-origin-only-with-rfc5780 secret-key-file ' +
	'server-relay simple-log stale-nonce syslog syslog-facility tcp-proxy-port tls-alternate-server total-quota udp-self-balance ' +
	'user-quota verbose Verbose web-admin web-admin-ip web-admin-listen-on-workers web-admin-port redis-statsdb'
).split(' ');

const DATABASES = ['userdb', 'db', 'psql-userdb', 'sql-userdb', 'mysql-userdb', 'mongo-userdb', 'redis-userdb'];

const WITH_MEANING_HERE = (
	'listening-port tls-listening-port listening-ip external-ip realm server-name user static-auth-secret use-auth-secret no-udp no-tcp no-tls ' +
	'no-udp-relay no-stun stun-only secure-stun no-auth cert pkey rest-api-separator'
)
	.split(' ')
	.concat(DATABASES);

const KNOWN: readonly string[] = [...WITH_MEANING_HERE, ...WITHOUT_MEANING_HERE];

interface Setting {
	key: string;
	value: string;
	line: number;
}

export function isCoturnConfig(text: string): boolean {
	return settingsOf(text).some(({ key }) => KNOWN.includes(key));
}

function settingsOf(text: string): Setting[] {
	return text.split('\n').flatMap((line, i): Setting[] => {
		if (/^\s*(#|;|$)/.test(line)) return [];
		const match = /^\s*(?:--)?([\w-]+)\s*(?:=|\s|$)\s*(.*?)\s*$/.exec(line);
		if (!match) return [{ key: line.trim(), value: '', line: i + 1 }];
		return [{ key: match[1]!, value: match[2]!.replace(/^(["'])(.*)\1$/, '$2'), line: i + 1 }];
	});
}

export function readCoturnConfig(text: string): Result<ParsedServers> {
	const settings = settingsOf(text);
	const all = (key: string) => settings.filter((setting) => setting.key === key && setting.value !== '');
	const on = (key: string) => settings.some((setting) => setting.key === key && !/^(0|no|off|false)$/i.test(setting.value));
	const notes: string[] = [];

	const port = portOf(all('listening-port'), 3478);
	if (!port.ok) return port;
	const tlsPort = portOf(all('tls-listening-port'), 5349);
	if (!tlsPort.ok) return tlsPort;
	const hosts = hostsOf(settings, notes);
	if (!hosts.ok) return hosts;
	const { plain, named } = hosts.value;

	const offersStun = !on('no-stun') && !on('secure-stun') && !on('no-udp');
	if (on('secure-stun'))
		notes.push(
			'No stun: address was made: secure-stun requires authentication, and browsers send no credentials to STUN servers.'
		);
	const servers: IceServer[] = [];
	if (offersStun) servers.push({ urls: plain.map((host) => `stun:${host}:${port.value}`) });

	const turnUrls = on('stun-only') ? [] : plain.flatMap((host) => turnUrlsOf(host, port.value, on));
	if (on('stun-only')) notes.push('No turn: address was made: stun-only switches TURN off.');
	else turnUrls.push(...tlsUrls(named, tlsPort.value, on, all, notes));
	if (on('no-udp-relay'))
		notes.push('no-udp-relay: allocations for UDP will be refused with error 442, and browsers ask for no other.');

	const secrets = all('static-auth-secret');
	if (turnUrls.length > 0) servers.push({ urls: turnUrls, ...loginOf(all, on, secrets.length > 0, notes) });
	if (secrets.length > 1)
		notes.push(`${secrets.length} shared secrets are given; the first (line ${secrets[0]!.line}) was taken.`);
	if (servers.length === 0) {
		return fail(
			'serves-nothing',
			'By this configuration the server offers browsers neither STUN nor TURN. Take out what switches them off.'
		);
	}
	noteOthers(settings, notes);
	return ok({ servers, recognised: 'coturn-configuration', notes, options: {}, sharedSecret: secrets[0]?.value ?? null });
}

function turnUrlsOf(host: string, port: number, on: (key: string) => boolean): string[] {
	const urls: string[] = [];
	if (!on('no-udp')) urls.push(`turn:${host}:${port}?transport=udp`);
	if (!on('no-tcp')) urls.push(`turn:${host}:${port}?transport=tcp`);
	return urls;
}

function tlsUrls(
	host: string,
	port: number,
	on: (key: string) => boolean,
	all: (key: string) => Setting[],
	notes: string[]
): string[] {
	if (on('no-tls')) return [];
	if (all('cert').length === 0 || all('pkey').length === 0) {
		notes.push('No turns: address was made: without cert and pkey the server speaks no TLS.');
		return [];
	}
	if (parseIp(host)) {
		notes.push(
			`turns: needs the name in the certificate, which is not in the configuration; ${host} was taken. Firefox does not try it so.`
		);
	}
	return [`turns:${host}:${port}?transport=tcp`];
}

/** Addresses for plain transports, and the one name for TLS. */
function hostsOf(settings: readonly Setting[], notes: string[]): Result<{ plain: string[]; named: string }> {
	const outside: string[] = [];
	for (const { value, line } of settings.filter(({ key, value }) => key === 'external-ip' && value !== '')) {
		// PUBLIC/PRIVATE: browsers are to use the public one.
		const text = value.split('/')[0]!;
		if (!parseIp(text))
			return fail('external-ip', `“${text}” is not an IP address. Write external-ip=PUBLIC or PUBLIC/PRIVATE.`, `line ${line}`);
		outside.push(text);
	}
	const listening: string[] = [];
	for (const { value, line } of settings.filter(({ key, value }) => key === 'listening-ip' && value !== '')) {
		const address = parseIp(value);
		if (!address) return fail('listening-ip', `“${value}” is not an IP address.`, `line ${line}`);
		if (scopeOf(address) !== 'unspecified') listening.push(value);
	}
	const name = settings.find(({ key, value }) => ['server-name', 'realm'].includes(key) && isHostName(value));
	const addresses = [...new Set(outside.length > 0 ? outside : listening)];
	if (addresses.length === 0 && !name) {
		return fail(
			'no-address',
			'The configuration does not say under which address the server is reached. Add a line external-ip=ADDRESS, or paste its address as turn:HOST instead.'
		);
	}
	if (addresses.length === 0)
		notes.push(`No address is given, so the name in ${name!.key} (line ${name!.line}) was taken: ${name!.value}.`);
	else if (name)
		notes.push(
			`For TLS the name in ${name.key} (line ${name.line}) was taken: ${name.value}. It has to be the one in the certificate.`
		);
	const plain = addresses.length > 0 ? addresses.map((address) => formatEndpoint(address, null)) : [name!.value];
	return ok({ plain, named: name?.value ?? plain[0]! });
}

function isHostName(text: string): boolean {
	return /^(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}$/i.test(text);
}

function portOf(settings: readonly Setting[], usual: number): Result<number> {
	const last = settings.at(-1);
	if (!last) return ok(usual);
	const value = Number(last.value);
	if (/^\d+$/.test(last.value) && value >= 1 && value <= 65535) return ok(value);
	return fail('port', `“${last.value}” is not a port for ${last.key}. A number from 1 to 65535 is.`, `line ${last.line}`);
}

/** User name and credential, where the configuration holds them in the clear. */
function loginOf(
	all: (key: string) => Setting[],
	on: (key: string) => boolean,
	hasSecret: boolean,
	notes: string[]
): Pick<IceServer, 'username' | 'credential'> {
	if (hasSecret) {
		const separator = all('rest-api-separator')[0]?.value;
		if (separator !== undefined && separator !== ':') {
			notes.push(`rest-api-separator is “${separator}”; Icelens writes “:”, and the time is read from the front all the same.`);
		}
		return {};
	}
	if (on('use-auth-secret')) {
		notes.push(
			'use-auth-secret stands here without static-auth-secret: the shared secret is in a database. Enter it, or a ready credential.'
		);
		return {};
	}
	const users = all('user');
	const clear = users.find(({ value }) => /^[^:]+:(?!0x).+/.test(value));
	if (clear) {
		const colon = clear.value.indexOf(':');
		if (users.length > 1)
			notes.push(
				`${count(users.length, 'user')} are given; the first with a password in the clear (line ${clear.line}) was taken.`
			);
		return { username: clear.value.slice(0, colon), credential: clear.value.slice(colon + 1) };
	}
	if (users.length > 0) {
		notes.push(
			`Line ${users[0]!.line} holds a key instead of a password, from which the password cannot be had. Enter user name and credential.`
		);
	} else if (on('no-auth')) {
		notes.push('no-auth: the server asks for no login, but browsers want one, so “any” was put in.');
		return { username: 'any', credential: 'any' };
	} else if (DATABASES.some((key) => all(key).length > 0)) {
		notes.push('Users are in a database. Enter a user name and credential.');
	} else {
		notes.push('The configuration names no user and no shared secret. Enter a user name and credential.');
	}
	return {};
}

function noteOthers(settings: readonly Setting[], notes: string[]): void {
	const idle = settings.filter(({ key }) => WITHOUT_MEANING_HERE.includes(key)).map(({ key }) => key);
	const unknown = settings.filter(({ key }) => !KNOWN.includes(key)).map(({ key, line }) => `${key} (line ${line})`);
	if (idle.length > 0) notes.push(`Without meaning for browsers and left out: ${list(idle)}.`);
	if (unknown.length > 0) notes.push(`Not known as options of coturn and left out: ${list(unknown)}.`);
}
