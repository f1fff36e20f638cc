/**
 * A report to share: what identifies a network or a person is replaced with placeholders that keep what matters: which are the
 * same, the family and scope of addresses, networks that are shared, ports. Works on any probe: fields are known by name,
 * every other text is searched.
 */
import { parseIp } from '../base/ip';
import { entryOf, isRecord } from '../base/record';
import { makePseudonyms, type Pseudonyms } from '../base/pseudonyms';
import { conclude } from '../verdict/conclude';
import { hostsIn, textRedactor, type RemovedKind, type Replaced, type TextRedactor } from './redact-text';
import type { Report } from './report';
import { withoutDanger } from '../base/secrets';

export type { RemovedKind, Replaced } from './redact-text';

export interface Redaction {
	report: Report;
	/** Everything that was replaced, each once, for a preview of what is removed. */
	replaced: Replaced[];
}

/** Fields whose whole value is of one kind; names of getStats (W3C webrtc-stats), of dumps and of our observations. */
const FIELDS: Readonly<Record<string, RemovedKind>> = {
	address: 'host',
	ip: 'host',
	ipaddress: 'host',
	relatedaddress: 'host',
	relayaddress: 'host',
	clientaddress: 'host',
	raddr: 'host',
	host: 'host',
	hostname: 'host',
	username: 'username',
	user: 'username',
	ufrag: 'ice-credential',
	usernamefragment: 'ice-credential',
	icelocalusernamefragment: 'ice-credential',
	iceremoteusernamefragment: 'ice-credential',
	iceufrag: 'ice-credential',
	pwd: 'ice-credential',
	icepwd: 'ice-credential',
	fingerprint: 'fingerprint',
	base64certificate: 'fingerprint',
	foundation: 'foundation',
	deviceid: 'device',
	groupid: 'device',
	devicelabel: 'device',
	tracklabel: 'device',
	label: 'device',
	trackid: 'identifier',
	trackidentifier: 'identifier',
	streamid: 'identifier',
	streamidentifier: 'identifier',
	cname: 'identifier',
	// People name files after people, places and customers.
	filename: 'identifier'
};

/** Never looked into: the report's own words, which are read by name. */
const OWN_WORDS = new Set([
	'schema',
	'probe',
	'createdAt',
	'format',
	'formatName',
	'browser',
	'platform',
	'engine',
	'codec',
	'mimeType'
]);

/** The same report gives the same redacted one. Its conclusions are made from the redacted observations. */
export function redactReport(report: Report): Redaction {
	const safe = withoutDanger(report) as Report;
	const replaced = new Map<string, Replaced>();
	const replace = recording(makePseudonyms(), replaced);
	const redactor = textRedactor(replace, namesIn(safe));
	const { conclusions: _, schema, tool, id, createdAt, ...rest } = safe;
	const redacted = walk(rest, '', redactor) as Pick<Report, 'environment' | 'config' | 'observations'>;
	const { limits } = safe.config;
	return {
		report: {
			...redacted,
			schema,
			tool,
			id,
			createdAt,
			redacted: true,
			conclusions: conclude(limits, redacted.observations)
		},
		replaced: [...replaced.values()]
	};
}

/** Placeholders by kind; what has none (`localhost`, the loopback) is not a replacement. */
function recording(pseudonyms: Pseudonyms, replaced: Map<string, Replaced>) {
	const make: Record<RemovedKind, (text: string) => string> = {
		address: (text) => pseudonyms.address(text),
		host: (text) => hostPlaceholder(pseudonyms, text),
		username: (text) => pseudonyms.username(text),
		'ice-credential': (text) => (text.length > 12 ? pseudonyms.password(text) : pseudonyms.ufrag(text)),
		fingerprint: (text) => (/:/.test(text) ? pseudonyms.fingerprint(text) : pseudonyms.named('certificate', text)),
		device: (text) => pseudonyms.named('device', text),
		path: (text) => pseudonyms.named('path', text),
		identifier: (text) => pseudonyms.named('id', text),
		// ice-char (RFC 8839 §5.1) has no hyphen.
		foundation: (text) => pseudonyms.named('foundation', text).replace('-', ''),
		model: () => ''
	};
	// A user may be a track's name, and a device a track: one original, one placeholder, whatever the field is called.
	const people = new Map<string, string>();
	return (kind: RemovedKind, from: string): string => {
		if (from === '') return from;
		const known = PEOPLE.has(kind) || (kind === 'host' && !parseIp(from)) ? people.get(from.toLowerCase()) : undefined;
		const to = known ?? make[kind](from);
		if (PEOPLE.has(kind)) people.set(from.toLowerCase(), to);
		if (to !== from) {
			const told = kind === 'host' && /^[\d.:a-fx%[\]]+$/i.test(from) && /[.:]/.test(from) ? 'address' : kind;
			replaced.set(`${told} ${from}`, { kind: told, from, to });
		}
		return to;
	};
}

const PEOPLE: ReadonlySet<RemovedKind> = new Set(['username', 'device', 'identifier']);

/**
 * Names of one domain (the last two labels) stay names of one domain: whether two servers may be one machine is judged by it.
 * Names below `localhost` are this machine's (RFC 6761 §6.3) and stay so.
 */
function hostPlaceholder(pseudonyms: Pseudonyms, text: string): string {
	const name = text.toLowerCase().replace(/\.$/, '');
	if (name === 'localhost' || /\.local$/.test(name) || parseIp(name) || /[:%[]|\.x$/.test(name)) return pseudonyms.host(text);
	const host = pseudonyms.named('host', name);
	if (name.endsWith('.localhost')) return `${host}.localhost`;
	return `${host}.${pseudonyms.named('site', name.split('.').slice(-2).join('.'))}.example`;
}

/** Host and user names anywhere in the report, in lower case. */
function namesIn(value: unknown, names = new Map<string, RemovedKind>()): Map<string, RemovedKind> {
	if (typeof value === 'string') {
		for (const host of hostsIn(value)) if (host !== 'localhost') names.set(host, 'host');
	} else if (Array.isArray(value)) {
		for (const item of value) namesIn(item, names);
	} else if (isRecord(value)) {
		for (const [key, item] of Object.entries(value)) {
			if (typeof item === 'string' && entryOf(FIELDS, key.toLowerCase()) === 'username')
				names.set(item.toLowerCase(), 'username');
			if (typeof item === 'string' && isDeviceName(value, key)) names.set(item.toLowerCase(), 'device');
			namesIn(item, names);
		}
	}
	return names;
}

/** What people call their devices in a call of two: `names` of a pair's call, `name` of the other one's check. */
function isDeviceName(holder: Record<string, unknown>, name: string): boolean {
	if (name === 'name') return 'seat' in holder && 'observations' in holder;
	return (name === 'host' || name === 'guest') && typeof holder.host === 'string' && typeof holder.guest === 'string';
}

/** `key` is the field's name; for a column of statistics (`field` and `v`), that of the field it holds. */
function walk(value: unknown, key: string, redactor: TextRedactor): unknown {
	if (typeof value === 'string') return OWN_WORDS.has(key) ? value : one(value, key, redactor);
	if (Array.isArray(value)) return value.map((item) => walk(item, key, redactor));
	if (!isRecord(value)) return value;
	const column = typeof value.field === 'string' && Array.isArray(value.v) ? value.field : null;
	const entries = Object.entries(value).map(([name, item]) => {
		// Some files use addresses as names of fields.
		const shown = /[.:]/.test(name) ? redactor.text(name) : name;
		return [shown, walk(item, fieldOf(value, name, column), redactor)];
	});
	return Object.fromEntries(entries);
}

const CONNECTION_LABEL = 'connection label';

function fieldOf(holder: Record<string, unknown>, name: string, column: string | null): string {
	if (column !== null && name === 'v') return column;
	// A connection's label is a role, a page, or what somebody calls the device.
	if (name === 'label' && 'tracks' in holder) return CONNECTION_LABEL;
	if (isDeviceName(holder, name)) return 'deviceLabel';
	// What getUserMedia granted: the devices' names.
	if (
		name === 'detail' &&
		(holder.method === 'getUserMedia' || holder.method === 'getDisplayMedia') &&
		holder.outcome === 'granted'
	) {
		return 'deviceLabel';
	}
	return name;
}

function one(text: string, key: string, redactor: TextRedactor): string {
	// Versions in it look like addresses.
	if (key === 'userAgent') return withoutModel(text);
	if (key === CONNECTION_LABEL) return redactor.named(text);
	const kind = entryOf(FIELDS, key.toLowerCase().replace(/[^a-z0-9]/g, ''));
	if (kind === undefined) return redactor.text(withoutDevices(text, redactor));
	// A device's name may stand beside its kind; an address may have a port.
	return kind === 'host' && /^\[?[^\]]*\]?:\d+$/.test(text) && !/:.*:/.test(text)
		? redactor.text(text)
		: redactor.whole(kind, text);
}

/** Device ids and names inside JSON that was kept as text, such as the constraints of getUserMedia. */
function withoutDevices(text: string, { whole }: TextRedactor): string {
	return text.replace(
		/("?(?:deviceId|groupId|label)"?\s*:\s*(?:\{\s*"?(?:exact|ideal)"?\s*:\s*)?\[?\s*)"((?:[^"\\]|\\.)*)"/g,
		(_, start, value) => {
			return `${start}"${value === '' || value === 'default' ? value : whole('device', value)}"`;
		}
	);
}

/** Android's user agents name the phone between the version and the next bracket or `Build/`. */
function withoutModel(userAgent: string): string {
	return userAgent.replace(/(Android [\d.]+); (?:[a-z]{2}-[a-z]{2}; )?[^;)]+/i, '$1');
}
