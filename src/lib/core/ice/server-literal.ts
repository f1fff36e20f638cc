/** Servers out of a JSON or JavaScript value. */
import { fail, ok, type Fault, type Result } from '../base/result';
import { list } from '../base/list';
import { placeAt, readLiteral, readMembers, skipBlank, type Literal, type Member } from './literal';
import type { IceServer } from './server';
import type { ConfigurationOptions, ParsedServers, Recognised } from './parsed-servers';

export interface LiteralStart {
	at: number;
	/** The braces around the fields are missing: `iceServers: […]`. */
	bare: boolean;
}

/** What may stand before the value: `const config: RTCConfiguration = new RTCPeerConnection(`. */
const PREFIX =
	/(?:(?:export\s+)?(?:const|let|var)\s+[\w$]+(?:\s*:\s*[\w$.<>[\]]+)?\s*=\s*|export\s+default\s+|return\s+|[\w$.]+\s*=\s*)?(?:new\s+[\w$.]*RTCPeerConnection\s*)?\(?/y;
const BARE_FIELD = /(["']?)(?:iceServers|ice_servers|urls|url|uris)\1\s*:/y;

/** Where a literal begins in the text; null when the text is of another kind. */
export function literalStart(text: string): LiteralStart | null {
	const from = skipBlank(text, 0);
	BARE_FIELD.lastIndex = from;
	if (BARE_FIELD.test(text)) return { at: from, bare: true };
	PREFIX.lastIndex = from;
	PREFIX.exec(text);
	const at = skipBlank(text, PREFIX.lastIndex);
	return text[at] === '{' || text[at] === '[' ? { at, bare: false } : null;
}

type Of<K extends Literal['kind']> = Extract<Literal, { kind: K }>;

/** What is gathered while walking the value. */
interface Walk {
	text: string;
	notes: string[];
	options: ConfigurationOptions;
}

export function readServerLiteral(text: string, start: LiteralStart): Result<ParsedServers> {
	const read = start.bare ? readMembers(text, start.at) : readLiteral(text, start.at);
	if (!read.ok) return read;
	const walk: Walk = { text, notes: [], options: {} };
	const rest = text.slice(read.value.end).search(/[^\s;,)}\]]/);
	const found = root(walk, read.value.value);
	if (!found.ok) return found;
	const tail = rest < 0 ? -1 : skipBlank(text, read.value.end + rest);
	if (tail >= 0 && tail < text.length)
		walk.notes.push(`The text from ${placeAt(text, tail)} on was not read: it stands behind the servers.`);
	return ok({ ...found.value, notes: walk.notes, options: walk.options, sharedSecret: null });
}

function root(walk: Walk, value: Literal): Result<{ servers: IceServer[]; recognised: Recognised }> {
	if (value.kind === 'array') return many(walk, value, 'iceServers', 'ice-servers');
	if (value.kind !== 'object') return refuse(walk, value, '', 'kind', 'An object or an array has to stand here.');
	const holder = findServers(value, '');
	if (holder) return configuration(walk, holder);
	if (value.members.some(({ key }) => key === 'uris')) return one(walk, value, '', 'turn-rest-answer');
	if (value.members.some(({ key }) => key === 'urls' || key === 'url')) return one(walk, value, '', 'ice-server');
	const names = value.members.map(({ key }) => `“${key}”`);
	return refuse(
		walk,
		value,
		'',
		'no-servers',
		`No iceServers and no urls are in here${names.length === 0 ? '' : `, only ${list(names.slice(0, 5))}`}. Paste the object that holds them.`
	);
}

interface Holder {
	object: Of<'object'>;
	servers: Member;
	path: string;
}

/** The object with `iceServers`, which some services wrap into another. */
function findServers(object: Of<'object'>, path: string, depth = 0): Holder | null {
	const servers = object.members.find(({ key }) => key === 'iceServers' || key === 'ice_servers');
	if (servers) return { object, servers, path };
	if (depth === 3) return null;
	for (const { key, value } of object.members) {
		const inner = value.kind === 'object' ? findServers(value, join(path, key), depth + 1) : null;
		if (inner) return inner;
	}
	return null;
}

function configuration(walk: Walk, { object, servers, path }: Holder): Result<{ servers: IceServer[]; recognised: Recognised }> {
	if (path !== '') walk.notes.push(`The servers were found under ${path}; what stands around them was left out.`);
	const fault = options(walk, object, path);
	if (fault) return { ok: false, error: fault };
	const where = join(path, servers.key);
	const { value } = servers;
	if (value.kind === 'null') {
		walk.notes.push(`${where} is empty.`);
		return ok({ servers: [], recognised: 'rtc-configuration' });
	}
	if (value.kind === 'object') {
		walk.notes.push(`${where} is one object here; browsers want an array, so it was put into one.`);
		return one(walk, value, where, 'rtc-configuration');
	}
	if (value.kind !== 'array') return refuse(walk, value, where, 'kind', 'An array of servers has to stand here.');
	return many(walk, value, where, 'rtc-configuration');
}

const POLICIES = ['all', 'relay'] as const;
const BUNDLE_POLICIES = ['balanced', 'max-compat', 'max-bundle'] as const;

/** The other fields of RTCConfiguration: kept where they matter to a check, else noted. */
function options(walk: Walk, object: Of<'object'>, path: string): Fault | null {
	for (const { key, value } of object.members) {
		const where = join(path, key);
		if (key === 'iceServers' || key === 'ice_servers') continue;
		if (key === 'iceTransportPolicy' || key === 'bundlePolicy') {
			const allowed: readonly string[] = key === 'bundlePolicy' ? BUNDLE_POLICIES : POLICIES;
			if (value.kind !== 'string' || !allowed.includes(value.value)) {
				return faultAt(walk, value, where, 'option', `${key} can be ${allowed.join(', ')}; browsers refuse anything else.`);
			}
			Object.assign(walk.options, { [key]: value.value });
			walk.notes.push(`${where}: ${value.value}.`);
		} else if (key === 'iceCandidatePoolSize') {
			if (value.kind !== 'number' || !Number.isInteger(value.value) || value.value < 0 || value.value > 255) {
				return faultAt(walk, value, where, 'option', 'iceCandidatePoolSize is a whole number from 0 to 255.');
			}
			walk.options.iceCandidatePoolSize = value.value;
			walk.notes.push(`${where}: ${value.value}.`);
		} else {
			walk.notes.push(`${where} was left out: it changes nothing in this check.`);
		}
	}
	return null;
}

function many(
	walk: Walk,
	array: Of<'array'>,
	path: string,
	recognised: Recognised
): Result<{ servers: IceServer[]; recognised: Recognised }> {
	const servers: IceServer[] = [];
	for (const [i, item] of array.items.entries()) {
		const where = `${path}[${i}]`;
		if (item.kind === 'string') {
			servers.push({ urls: [item.value] });
			walk.notes.push(`${where} is a bare address; browsers want { urls: … }, so it was put into one.`);
			continue;
		}
		if (item.kind !== 'object') return refuse(walk, item, where, 'kind', 'A server is an object with the field urls.');
		const server = readServer(walk, item, where);
		if (!server.ok) return server;
		servers.push(server.value);
	}
	return ok({ servers, recognised });
}

function one(
	walk: Walk,
	object: Of<'object'>,
	path: string,
	recognised: Recognised
): Result<{ servers: IceServer[]; recognised: Recognised }> {
	const server = readServer(walk, object, path);
	return server.ok ? ok({ servers: [server.value], recognised }) : server;
}

/** Names in use for the three fields, the right one first. */
const FIELDS = {
	urls: ['urls', 'url', 'uris', 'uri'],
	username: ['username', 'user', 'userName'],
	credential: ['credential', 'password', 'credentials', 'pass']
} as const;

function readServer(walk: Walk, object: Of<'object'>, path: string): Result<IceServer> {
	const field = (name: keyof typeof FIELDS): Member | undefined => {
		const known: readonly string[] = FIELDS[name];
		const [chosen, ...others] = object.members
			.filter(({ key, value }) => known.includes(key) && value.kind !== 'null')
			.toSorted((a, b) => known.indexOf(a.key) - known.indexOf(b.key));
		if (chosen && chosen.key !== name) walk.notes.push(`${join(path, chosen.key)} was read as ${name}, its name in browsers.`);
		for (const other of others.filter(({ value }) => !sameText(value, chosen!.value))) {
			walk.notes.push(`${join(path, other.key)} was left out, since ${join(path, chosen!.key)} stands beside it.`);
		}
		return chosen;
	};
	const urls = field('urls');
	if (!urls) return refuse(walk, object, path, 'no-urls', 'This server has no urls. Write urls: with its address.');
	const addresses = readUrls(walk, urls.value, join(path, urls.key));
	if (!addresses.ok) return addresses;
	const server: IceServer = { urls: addresses.value };
	for (const name of ['username', 'credential'] as const) {
		const member = field(name);
		if (!member) continue;
		if (member.value.kind !== 'string') {
			return refuse(walk, member.value, join(path, member.key), 'kind', `${name} is a text: put it in quotes.`);
		}
		server[name] = member.value.value;
	}
	noteOthers(walk, object, path);
	return ok(server);
}

function readUrls(walk: Walk, value: Literal, where: string): Result<string[]> {
	if (value.kind === 'string') return ok([value.value]);
	if (value.kind !== 'array') return refuse(walk, value, where, 'kind', 'urls is one address or an array of addresses.');
	const urls: string[] = [];
	for (const [i, item] of value.items.entries()) {
		if (item.kind !== 'string') return refuse(walk, item, `${where}[${i}]`, 'kind', 'An address is a text: put it in quotes.');
		urls.push(item.value);
	}
	if (urls.length === 0)
		return refuse(walk, value, where, 'no-urls', 'The list of addresses is empty, and browsers refuse that.');
	return ok(urls);
}

function noteOthers(walk: Walk, object: Of<'object'>, path: string): void {
	const names: readonly string[] = Object.values(FIELDS).flat();
	for (const { key, value } of object.members) {
		const where = join(path, key);
		if (key === 'credentialType' && value.kind === 'string' && value.value !== 'password') {
			walk.notes.push(`${where} “${value.value}” was left out: browsers know passwords only.`);
		} else if (key === 'ttl' && value.kind === 'number') {
			walk.notes.push(`The credential is good for ${value.value} s after it was made (${where}).`);
		} else if (!names.includes(key) && key !== 'credentialType') {
			walk.notes.push(`${where} was left out: servers have no such field.`);
		}
	}
}

function sameText(a: Literal, b: Literal): boolean {
	return a.kind === 'string' && b.kind === 'string' && a.value === b.value;
}

function join(path: string, key: string): string {
	return path === '' ? key : `${path}.${key}`;
}

function faultAt(walk: Walk, value: Literal, path: string, code: string, message: string): Fault {
	const place = placeAt(walk.text, value.at);
	return { code, message, where: path === '' ? place : `${path} (${place})` };
}

function refuse(walk: Walk, value: Literal, path: string, code: string, message: string): Result<never> {
	const { where, ...fault } = faultAt(walk, value, path, code, message);
	return fail(fault.code, fault.message, where);
}
