/** Parsers for the values of attributes, in the manner of values.ts. */
import { bad, clip, decimal, fieldsOf, good, type Field, type Parsed } from './values';

export interface RtpMap {
	payloadType: number;
	name: string;
	clockRate: number;
	/** As written after the second slash; null when not given. */
	channels: number | null;
}

/** RFC 8866 §6.6: `<payload type> <encoding name>/<clock rate>[/<encoding parameters>]`. */
export function parseRtpMap(argument: string): Parsed<RtpMap> {
	let blank = argument.indexOf(' ');
	if (blank < 0 || argument.includes('\t')) blank = argument.search(/[ \t]/);
	const payloadType = decimal(blank < 0 ? argument : argument.slice(0, blank));
	if (payloadType === null) return bad(0, { kind: 'rtpmap-payload-type' });
	const rest = blank < 0 ? '' : argument.slice(blank).trim();
	const [name, rate, channels] = rest.split('/');
	if (!name || rate === undefined) return bad(blank < 0 ? argument.length : blank + 1, { kind: 'rtpmap-codec' });
	const clockRate = decimal(rate.trim());
	if (clockRate === null || clockRate === 0) return bad(blank + 1, { kind: 'clock-rate', value: clip(rate) });
	const channelCount = channels === undefined ? null : decimal(channels.trim());
	return good({ payloadType, name, clockRate, channels: channelCount });
}

export interface Fmtp {
	/** A payload type, or whatever format the m= line names. */
	format: string;
	/** Everything after the format. */
	text: string;
	/** `key=value` pairs by lower-case key; a bare word has the value ''. */
	parameters: Map<string, string>;
}

/** RFC 8866 §6.15: `<format> <format specific parameters>`. */
export function parseFmtp(argument: string): Parsed<Fmtp> {
	const blank = argument.indexOf(' ');
	const format = blank < 0 ? argument : argument.slice(0, blank);
	if (blank < 0 || format === '' || format.includes('=')) return bad(0, { kind: 'fmtp-format' });
	const text = argument.slice(blank + 1).trim();
	if (text === '') return bad(blank, { kind: 'fmtp-parameters' });
	const parameters = new Map<string, string>();
	for (const part of text.split(';')) {
		const trimmed = part.trim();
		if (trimmed === '') continue;
		const equals = trimmed.indexOf('=');
		if (equals < 0) parameters.set(trimmed.toLowerCase(), '');
		else parameters.set(trimmed.slice(0, equals).trim().toLowerCase(), trimmed.slice(equals + 1).trim());
	}
	return good({ format, text, parameters });
}

export interface Feedback {
	/** A payload type, or `*` for all. */
	format: string;
	/** For example `nack pli`, blanks made single. */
	value: string;
}

/** RFC 4585 §4.2: `<payload type or *> <value>`. */
export function parseFeedback(argument: string): Parsed<Feedback> {
	const blank = argument.indexOf(' ');
	if (blank < 0) return bad(argument.length, { kind: 'feedback' });
	const format = argument.slice(0, blank);
	if (format !== '*' && decimal(format) === null) return bad(0, { kind: 'feedback-format', value: clip(format) });
	let value = argument.slice(blank + 1).trim();
	if (value.includes('  ') || value.includes('\t')) value = value.replace(/\s+/g, ' ');
	if (value === '') return bad(argument.length, { kind: 'feedback-type' });
	return good({ format, value });
}

export interface ExtMap {
	id: number;
	/** `sendonly`, `recvonly`, `sendrecv` or `inactive` after the slash; null when not said. */
	direction: string | null;
	uri: string;
	/** Extension attributes after the URI. */
	rest: string;
}

/** RFC 8285 §5: `<id>[/<direction>] <URI> [<extensionattributes>]`. */
export function parseExtMap(argument: string): Parsed<ExtMap> {
	const fields = fieldsOf(argument);
	const [idText, direction] = (fields[0]?.text ?? '').split('/');
	const id = decimal(idText);
	if (id === null) return bad(0, { kind: 'extension-id', value: clip(fields[0]?.text ?? '') });
	if (direction !== undefined && !/^(sendrecv|sendonly|recvonly|inactive)$/.test(direction))
		return bad(0, { kind: 'direction', value: clip(direction) });
	const uri = fields[1];
	if (!uri) return bad(argument.length, { kind: 'extension-uri' });
	return good({ id, direction: direction ?? null, uri: uri.text, rest: argument.slice(uri.offset + uri.text.length).trim() });
}

export interface Fingerprint {
	/** Hash name in lower case, for example `sha-256`. */
	hash: string;
	/** The digest as written. */
	digest: string;
	offset: number;
}

/** RFC 8122 §5: `<hash-func> <fingerprint>`. Whether the digest has the right length is a rule's business. */
export function parseFingerprint(argument: string): Parsed<Fingerprint> {
	const fields = fieldsOf(argument);
	if (fields.length !== 2) return bad(argument.length, { kind: 'fingerprint' });
	return good({ hash: fields[0]!.text.toLowerCase(), digest: fields[1]!.text, offset: fields[1]!.offset });
}

export interface Source {
	ssrc: string;
	/** Attribute of the source: `cname`, `msid`, …; empty when the line names none. */
	name: string;
	value: string;
}

/** RFC 5576 §4.1: `<ssrc-id> <attribute>[:<value>]`. */
export function parseSource(argument: string): Parsed<Source> {
	const blank = argument.indexOf(' ');
	const ssrc = blank < 0 ? argument : argument.slice(0, blank);
	if (!/^\d{1,10}$/.test(ssrc) || Number(ssrc) > 0xffffffff) return bad(0, { kind: 'source', value: clip(ssrc) });
	if (blank < 0) return bad(argument.length, { kind: 'source-attribute' });
	const rest = argument.slice(blank + 1);
	const colon = rest.indexOf(':');
	return good({ ssrc, name: colon < 0 ? rest.trim() : rest.slice(0, colon), value: colon < 0 ? '' : rest.slice(colon + 1) });
}

export interface SourceGroup {
	semantics: string;
	ssrcs: string[];
}

/** RFC 5576 §4.2: `<semantics> <ssrc-id> …`. */
export function parseSourceGroup(argument: string): Parsed<SourceGroup> {
	const fields = fieldsOf(argument);
	if (fields.length === 0) return bad(0, { kind: 'source-group' });
	for (const field of fields.slice(1))
		if (decimal(field.text) === null) return bad(field.offset, { kind: 'group-member', value: clip(field.text) });
	return good({ semantics: fields[0]!.text, ssrcs: fields.slice(1).map((field) => field.text) });
}

export interface Group {
	semantics: string;
	mids: Field[];
}

/** RFC 5888 §5: `<semantics> <mid> …`. */
export function parseGroup(argument: string): Parsed<Group> {
	const fields = fieldsOf(argument);
	if (fields.length === 0) return bad(0, { kind: 'group' });
	return good({ semantics: fields[0]!.text, mids: fields.slice(1) });
}

export interface Msid {
	stream: string;
	track: string | null;
}

/** RFC 8830 §2: `<stream id> [<track id>]`. */
export function parseMsid(argument: string): Parsed<Msid> {
	const fields = fieldsOf(argument);
	if (fields.length === 0) return bad(0, { kind: 'msid' });
	if (fields.length > 2) return bad(fields[2]!.offset, { kind: 'msid-fields', fields: fields.length });
	return good({ stream: fields[0]!.text, track: fields[1]?.text ?? null });
}

export interface Rid {
	id: string;
	direction: 'send' | 'recv';
	payloadTypes: string[];
	/** Restrictions as written, `max-width` and so on. */
	restrictions: Map<string, string>;
}

/** RFC 8851 §4: `<rid-id> <send|recv> [pt=…;]<restrictions>`. */
export function parseRid(argument: string): Parsed<Rid> {
	const fields = fieldsOf(argument);
	if (fields.length < 2) return bad(argument.length, { kind: 'rid-direction' });
	const [id, direction] = fields as [Field, Field];
	if (!/^[A-Za-z0-9_-]+$/.test(id.text)) return bad(id.offset, { kind: 'rid', value: clip(id.text) });
	if (direction.text !== 'send' && direction.text !== 'recv')
		return bad(direction.offset, { kind: 'send-or-recv', value: clip(direction.text) });
	const restrictions = new Map<string, string>();
	for (const part of argument.slice(direction.offset + direction.text.length).split(';')) {
		const [key, value] = part.trim().split('=');
		if (key) restrictions.set(key, value ?? '');
	}
	return good({ id: id.text, direction: direction.text, payloadTypes: restrictions.get('pt')?.split(',') ?? [], restrictions });
}

export interface Simulcast {
	/** Layers a direction; each layer a list of alternatives, without the `~` of those that begin paused. */
	send: string[][];
	recv: string[][];
	/** Rids with a `~`, of both directions. */
	paused: string[];
	/** Written in the syntax of an early draft, `send rid=a;b` or `send pt=97;98`. */
	draftSyntax: boolean;
}

/** RFC 8853 §5.1: `send <list> [recv <list>]`, layers separated by `;`, alternatives by `,`. */
export function parseSimulcast(argument: string): Parsed<Simulcast> {
	const fields = fieldsOf(argument);
	const value: Simulcast = { send: [], recv: [], paused: [], draftSyntax: false };
	if (fields.length === 0 || fields.length % 2 !== 0) return bad(0, { kind: 'simulcast' });
	for (let i = 0; i < fields.length; i += 2) {
		const direction = fields[i]!.text;
		if (direction !== 'send' && direction !== 'recv')
			return bad(fields[i]!.offset, { kind: 'send-or-recv', value: clip(direction) });
		if (value[direction].length > 0) return bad(fields[i]!.offset, { kind: 'simulcast-twice', direction });
		let list = fields[i + 1]!.text;
		if (/^(rid|pt)=/.test(list)) {
			value.draftSyntax = true;
			list = list.slice(list.indexOf('=') + 1);
		}
		const written = list.split(';').map((layer) => layer.split(','));
		value[direction] = written.map((layer) => layer.map((rid) => rid.replace(/^~/, '')));
		value.paused.push(...written.flat().flatMap((rid) => (rid.startsWith('~') ? [rid.slice(1)] : [])));
	}
	return good(value);
}
