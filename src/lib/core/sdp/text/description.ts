/**
 * A session description as rules and screens read it: sections with their codecs, transport and sources, every value with
 * the line it came from. Built in one pass over the lines; what could not be read is a fault, not a hole.
 */
import type { CandidateValue } from './candidate-fields';
import { readCandidate } from './candidate-fields';
import type { SdpFault } from './faults';
import type { SdpDocument, SdpLine } from './document';
import { parseDocument } from './document';
import { STATIC_PAYLOADS } from './static-payloads-table';
import * as attributes from './attribute-values';
import type {
	ExtMap,
	Feedback,
	Fingerprint,
	Fmtp,
	Group,
	Msid,
	Rid,
	RtpMap,
	Simulcast,
	Source,
	SourceGroup
} from './attribute-values';
import * as values from './values';
import type { Bandwidth, Connection, Field, MediaLine, Origin, Parsed } from './values';

export type Role = 'offer' | 'answer';
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** A value with the line it stands on. */
export interface On<T> {
	line: SdpLine;
	value: T;
}

/** A line whose value could not be read. */
export interface ValueFault {
	line: SdpLine;
	column: number;
	fault: SdpFault;
}

/** The session part or one media section: its lines, and its attributes by name. */
export interface Part {
	lines: SdpLine[];
	attributes: Map<string, SdpLine[]>;
	connections: On<Connection>[];
	bandwidths: On<Bandwidth>[];
	fingerprints: On<Fingerprint>[];
	extensions: On<ExtMap>[];
}

export interface Codec {
	payloadType: number;
	name: string;
	clockRate: number;
	channels: number;
	/** The rtpmap line; null for a static payload type without one. */
	line: SdpLine | null;
}

export interface Section extends Part {
	index: number;
	mLine: SdpLine;
	/** Null when the m= line could not be read; then kind, port and formats are guesses from what is there. */
	media: MediaLine | null;
	kind: string;
	port: number;
	protocol: string;
	formats: Field[];
	mid: string | null;
	/** RTP by its transport; everything else is data, or something unknown. */
	isRtp: boolean;
	isData: boolean;
	bundleOnly: boolean;
	/** Port 0 and not bundle-only: refused, stopped, or never wanted (RFC 3264 §6). */
	rejected: boolean;
	direction: Direction;
	codecs: Map<number, Codec>;
	/** Codecs in the order of the m= line, which is the order of preference (RFC 3264 §5.1). */
	listed: Codec[];
	/** The fmtp parameters of each format, several lines of one format together. */
	parameters: Map<string, ReadonlyMap<string, string>>;
	rtpMaps: On<RtpMap>[];
	fmtps: On<Fmtp>[];
	feedback: On<Feedback>[];
	candidates: On<CandidateValue>[];
	sources: On<Source>[];
	sourceGroups: On<SourceGroup>[];
	msids: On<Msid>[];
	rids: On<Rid>[];
	simulcast: On<Simulcast>[];
}

export interface Bundle {
	line: SdpLine;
	mids: Field[];
	/** The sections of the group that exist, in the order of the group. */
	sections: Section[];
	/** The section whose transport the group uses: the first that is not rejected (RFC 9143 §7). */
	tagged: Section | null;
}

export interface Description {
	document: SdpDocument;
	session: Part;
	origin: On<Origin> | null;
	/** At most MOST_SECTIONS of them. */
	sections: Section[];
	/** Those that are not rejected. */
	live: Section[];
	groups: On<Group>[];
	bundles: Bundle[];
	faults: ValueFault[];
	iceLite: boolean;
	/** How much the rules must be lenient about: an offer, an answer, or not known. */
	role: Role | null;
}

/** A call has a few dozen sections; whoever sends thousands tests parsers. The rest is shown, and not judged. */
export const MOST_SECTIONS = 1000;

const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

/** Reads a description. `role` is what the sender called it; null has it guessed from `a=setup`. */
export function readDescription(text: string | SdpDocument, role: Role | null = null): Description {
	const document = typeof text === 'string' ? parseDocument(text) : text;
	const faults: ValueFault[] = [];
	const session = emptyPart(document.session);
	let origin: On<Origin> | null = null;
	const groups: On<Group>[] = [];
	for (const line of document.session) {
		if (line.type === 'o' && !origin) origin = read(line, values.parseOrigin, faults);
		else if (line.type === 'a' && line.name === 'group') push(groups, read(line, attributes.parseGroup, faults));
		readShared(session, line, faults);
	}
	const sections = document.media.slice(0, MOST_SECTIONS).map((lines, index) => readSection(lines, index, session, faults));
	const description: Description = {
		document,
		session,
		origin,
		sections,
		live: sections.filter((section) => !section.rejected),
		groups,
		bundles: [],
		faults,
		iceLite: session.attributes.has('ice-lite') || sections.some((section) => section.attributes.has('ice-lite')),
		role
	};
	description.bundles = groups.filter((group) => group.value.semantics === 'BUNDLE').map((group) => bundleOf(group, sections));
	description.role ??= guessRole(description);
	return description;
}

function bundleOf(group: On<Group>, all: Section[]): Bundle {
	const byMid = new Map(all.map((section) => [section.mid, section] as const).reverse());
	const sections = group.value.mids.map((mid) => byMid.get(mid.text)).filter((section) => section !== undefined);
	const tagged =
		sections.find((section) => !section.rejected && !section.bundleOnly) ?? sections.find((section) => !section.rejected) ?? null;
	return { line: group.line, mids: group.value.mids, sections, tagged };
}

/** `actpass` is only for offers and `active` or `passive` for answers (RFC 8842 §5.2, §5.3). */
function guessRole(description: Description): Role | null {
	const found = new Set<string>();
	for (const part of [description.session, ...description.sections])
		for (const line of part.attributes.get('setup') ?? []) found.add((line.argument ?? '').trim());
	if (found.has('actpass')) return 'offer';
	return found.has('active') || found.has('passive') ? 'answer' : null;
}

function emptyPart(lines: SdpLine[]): Part {
	return { lines, attributes: new Map(), connections: [], bandwidths: [], fingerprints: [], extensions: [] };
}

function readShared(part: Part, line: SdpLine, faults: ValueFault[]): void {
	if (line.type === 'c') push(part.connections, read(line, values.parseConnection, faults));
	else if (line.type === 'b') push(part.bandwidths, read(line, values.parseBandwidth, faults));
	else if (line.type === 'a') {
		const list = part.attributes.get(line.name);
		if (list) list.push(line);
		else part.attributes.set(line.name, [line]);
		if (line.name === 'extmap') push(part.extensions, read(line, attributes.parseExtMap, faults));
		else if (line.name === 'fingerprint') push(part.fingerprints, read(line, attributes.parseFingerprint, faults));
	}
}

function readSection(lines: SdpLine[], index: number, session: Part, faults: ValueFault[]): Section {
	const mLine = lines[0]!;
	const media = read(mLine, values.parseMedia, faults)?.value ?? null;
	const guessed = values.fieldsOf(mLine.value);
	// Written out, not spread from the session part: the spread made this the slowest line of the reader.
	const section: Section = {
		lines,
		attributes: new Map(),
		connections: [],
		bandwidths: [],
		fingerprints: [],
		extensions: [],
		index,
		mLine,
		media,
		kind: media?.kind ?? guessed[0]?.text ?? '',
		port: media?.port ?? values.decimal(guessed[1]?.text) ?? 9,
		protocol: media?.protocol ?? guessed[2]?.text ?? '',
		formats: media?.formats ?? guessed.slice(3),
		mid: null,
		isRtp: false,
		isData: false,
		bundleOnly: false,
		rejected: false,
		direction: 'sendrecv',
		codecs: new Map(),
		listed: [],
		parameters: new Map(),
		rtpMaps: [],
		fmtps: [],
		feedback: [],
		candidates: [],
		sources: [],
		sourceGroups: [],
		msids: [],
		rids: [],
		simulcast: []
	};
	section.isRtp = section.protocol.includes('RTP/');
	section.isData = section.protocol.includes('SCTP');
	for (const line of lines) {
		readShared(section, line, faults);
		if (line.type === 'a') readMediaAttribute(section, line, faults);
	}
	section.mid = section.attributes.get('mid')?.[0]?.argument?.trim() ?? null;
	section.bundleOnly = section.port === 0 && section.attributes.has('bundle-only');
	section.rejected = section.port === 0 && !section.bundleOnly;
	section.direction = directionOf(section) ?? directionOf(session) ?? 'sendrecv';
	if (section.isRtp) resolveCodecs(section);
	return section;
}

function directionOf(part: Part): Direction | null {
	return DIRECTIONS.find((direction) => part.attributes.has(direction)) ?? null;
}

function readMediaAttribute(section: Section, line: SdpLine, faults: ValueFault[]): void {
	switch (line.name) {
		case 'rtpmap':
			return push(section.rtpMaps, read(line, attributes.parseRtpMap, faults));
		case 'fmtp':
			return push(section.fmtps, read(line, attributes.parseFmtp, faults));
		case 'rtcp-fb':
			return push(section.feedback, read(line, attributes.parseFeedback, faults));
		case 'candidate':
			return readCandidateLine(section, line, faults);
		case 'ssrc':
			return push(section.sources, read(line, attributes.parseSource, faults));
		case 'ssrc-group':
			return push(section.sourceGroups, read(line, attributes.parseSourceGroup, faults));
		case 'msid':
			return push(section.msids, read(line, attributes.parseMsid, faults));
		case 'rid':
			return push(section.rids, read(line, attributes.parseRid, faults));
		case 'simulcast':
			return push(section.simulcast, read(line, attributes.parseSimulcast, faults));
	}
}

function readCandidateLine(section: Section, line: SdpLine, faults: ValueFault[]): void {
	const { value, fault } = readCandidate(line.argument ?? '');
	for (const each of value ? value.faults : [fault]) {
		faults.push({ line, column: line.argumentColumn + each.offset, fault: each.fault });
	}
	if (value) section.candidates.push({ line, value });
}

function resolveCodecs(section: Section): void {
	for (const { line, value } of section.rtpMaps) {
		if (!section.codecs.has(value.payloadType))
			section.codecs.set(value.payloadType, { ...value, channels: value.channels ?? 1, line });
	}
	for (const format of section.formats) {
		const payloadType = values.decimal(format.text);
		if (payloadType === null) continue;
		let codec = section.codecs.get(payloadType);
		const known = codec ? undefined : STATIC_PAYLOADS.get(payloadType);
		if (known) section.codecs.set(payloadType, (codec = { payloadType, ...known, line: null }));
		if (codec) section.listed.push(codec);
	}
	for (const { value } of section.fmtps) {
		const earlier = section.parameters.get(value.format);
		section.parameters.set(value.format, earlier ? new Map([...earlier, ...value.parameters]) : value.parameters);
	}
}

/** Reads one value; what cannot be read becomes a fault with its column. */
function read<T>(line: SdpLine, parse: (text: string) => Parsed<T>, faults: ValueFault[]): On<T> | null {
	const attribute = line.type === 'a';
	const result = parse(attribute ? (line.argument ?? '') : line.value);
	if (result.ok) return { line, value: result.value };
	const column = (attribute ? line.argumentColumn : line.valueColumn) + result.offset;
	faults.push({ line, column, fault: result.fault });
	return null;
}

function push<T>(list: T[], item: T | null): void {
	if (item !== null) list.push(item);
}
