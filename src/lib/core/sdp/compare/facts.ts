/**
 * A description as a heap of facts, each with what it is about, its value and its line: what two descriptions are compared
 * by. The order of lines does not matter, payload types stand behind the codec they name, and a=sendrecv left out is the
 * same as a=sendrecv.
 */
import { ATTRIBUTES, LINE_TYPES } from '../explain/annotations-table';
import { lookUp } from '../explain/annotation-values';
import { codecName, parametersOf } from '../text/codecs';
import { h264Profile } from '../text/h264-profile';
import type { Codec, Description, On, Part, Section } from '../text/description';
import type { SdpLine } from '../text/document';
import { clip, decimal, fieldsOf } from '../text/values';

/** What a fact is about; differences are sorted and classified by it. */
export type Topic =
	| 'session'
	| 'sections'
	| 'direction'
	| 'codecs'
	| 'codec-order'
	| 'payload-types'
	| 'codec-parameters'
	| 'feedback'
	| 'bandwidth'
	| 'header-extensions'
	| 'ice-credentials'
	| 'ice-options'
	| 'candidates'
	| 'address'
	| 'dtls'
	| 'bundle'
	| 'mid'
	| 'rtcp'
	| 'streams'
	| 'sources'
	| 'simulcast'
	| 'data-channel'
	| 'other';

export interface Fact {
	topic: Topic;
	/** Facts with the same subject in two descriptions are compared by value. */
	subject: string;
	/** For people. */
	title: string;
	value: string;
	line: SdpLine;
}

const TOPICS: Readonly<Record<string, Topic>> = {
	'ice-ufrag': 'ice-credentials',
	'ice-pwd': 'ice-credentials',
	'ice-options': 'ice-options',
	'ice-lite': 'ice-options',
	'ice-mismatch': 'ice-options',
	'ice-pacing': 'ice-options',
	candidate: 'candidates',
	'end-of-candidates': 'candidates',
	'remote-candidates': 'candidates',
	fingerprint: 'dtls',
	setup: 'dtls',
	'tls-id': 'dtls',
	crypto: 'dtls',
	connection: 'dtls',
	group: 'bundle',
	'bundle-only': 'bundle',
	mid: 'mid',
	rtcp: 'address',
	'rtcp-mux': 'rtcp',
	'rtcp-mux-only': 'rtcp',
	'rtcp-rsize': 'rtcp',
	'rtcp-xr': 'rtcp',
	msid: 'streams',
	'msid-semantic': 'streams',
	ssrc: 'sources',
	'ssrc-group': 'sources',
	rid: 'simulcast',
	simulcast: 'simulcast',
	'x-google-flag': 'simulcast',
	'sctp-port': 'data-channel',
	sctpmap: 'data-channel',
	'max-message-size': 'data-channel',
	extmap: 'header-extensions',
	'extmap-allow-mixed': 'header-extensions',
	ptime: 'codec-parameters',
	maxptime: 'codec-parameters'
};

/** Read through the codecs and the direction of the section, not line by line. */
const ELSEWHERE = new Set(['rtpmap', 'fmtp', 'rtcp-fb', 'sendrecv', 'sendonly', 'recvonly', 'inactive']);

export function sessionFacts(sdp: Description): Fact[] {
	const facts = lineFacts(sdp.session);
	if (sdp.origin) {
		const { line, value } = sdp.origin;
		facts.push({
			topic: 'session',
			subject: 'session id',
			title: 'Session id',
			value: `${value.username} ${value.sessionId}`,
			line
		});
		facts.push({ topic: 'session', subject: 'session version', title: 'Session version', value: value.sessionVersion, line });
		facts.push({ topic: 'address', subject: 'origin address', title: 'Address in o=', value: value.address, line });
	}
	return facts;
}

export function sectionFacts(section: Section): Fact[] {
	const { mLine } = section;
	const facts = lineFacts(section);
	facts.push({ topic: 'sections', subject: 'kind', title: 'Kind of section', value: section.kind, line: mLine });
	facts.push({ topic: 'sections', subject: 'protocol', title: 'Transport', value: section.protocol, line: mLine });
	facts.push({ topic: 'address', subject: 'port', title: 'Port', value: String(section.port), line: mLine });
	const directionLine = section.attributes.get(section.direction)?.[0] ?? mLine;
	if (section.isRtp)
		facts.push({ topic: 'direction', subject: 'direction', title: 'Direction', value: section.direction, line: directionLine });
	else
		facts.push({
			topic: 'data-channel',
			subject: 'formats',
			title: 'Formats',
			value: section.formats.map(({ text }) => text).join(' '),
			line: mLine
		});
	codecFacts(section, facts);
	return facts;
}

function lineFacts(part: Part): Fact[] {
	const facts: Fact[] = [];
	for (const line of part.lines) {
		if (line.type === 'm' || line.type === 'o' || (line.type === '' && line.raw.trim() === '')) continue;
		if (line.type === 'a' && line.section >= 0 && ELSEWHERE.has(line.name)) continue;
		if (line.type === 'a') facts.push(attributeFact(line));
		else {
			const topic: Topic =
				line.type === 'c' ? 'address' : line.type === 'b' ? 'bandwidth' : line.section < 0 ? 'session' : 'other';
			const subject = line.type === 'b' ? `b=${line.value.split(':')[0]}` : line.type || line.raw;
			facts.push({
				topic,
				subject,
				title: lookUp(LINE_TYPES, line.type)?.title ?? `${line.type}=`,
				value: line.value.trim(),
				line
			});
		}
	}
	return facts;
}

function attributeFact(line: SdpLine): Fact {
	const value = (line.argument ?? '').trim();
	const topic = lookUp(TOPICS, line.name) ?? 'other';
	const title = lookUp(ATTRIBUTES, line.name)?.title ?? `a=${clip(line.name)}`;
	const [first = '', second = '', third = '', , address = '', port = ''] = fieldsOf(value).map(({ text }) => text);
	const fact = (detail: string, of: string, shown = detail): Fact => ({
		topic,
		subject: `${line.name} ${detail}`,
		title: shown ? `${title} ${clip(shown, 60)}` : title,
		value: of,
		line
	});
	switch (line.name) {
		case 'candidate':
			return fact(`${address} ${port} ${second} ${third.toLowerCase()}`, value, `${address} port ${port}`);
		case 'ssrc':
			return fact(`${first} ${second.split(':')[0]}`, value.slice(first.length).trim());
		case 'extmap':
			return fact(value.slice(first.length).trim(), first, second);
		case 'group':
		case 'fingerprint':
		case 'ssrc-group':
			return fact(first, value.slice(first.length).trim());
		case 'rid':
		case 'crypto':
			return fact(first, value.slice(first.length).trim());
		default:
			return fact('', value);
	}
}

function codecFacts(section: Section, facts: Fact[]): void {
	const keys = codecKeys(section);
	const of = (format: string) => keys.get(decimal(format) ?? -1) ?? `format ${format}`;
	for (const codec of section.listed) {
		const name = keys.get(codec.payloadType)!;
		facts.push({
			topic: 'payload-types',
			subject: `codec ${name}`,
			title: `Codec ${clip(name, 60)}`,
			value: String(codec.payloadType),
			line: codec.line ?? section.mLine
		});
	}
	for (const { line, value } of section.fmtps) {
		// The keys of red and rtx are payload types, which are behind the name already.
		if (/^apt=\d+$/.test(value.text) || /^\d+(\/\d+)*$/.test(value.text)) continue;
		const sorted = [...value.parameters].map(([name, given]) => (given === '' ? name : `${name}=${given}`)).sort();
		facts.push({
			topic: 'codec-parameters',
			subject: `fmtp ${of(value.format)}`,
			title: `Parameters of ${clip(of(value.format), 60)}`,
			value: sorted.join(';'),
			line
		});
	}
	for (const { line, value } of section.feedback) {
		const name = value.format === '*' ? 'all codecs' : of(value.format);
		facts.push({
			topic: 'feedback',
			subject: `rtcp-fb ${name} ${value.value}`,
			title: `Feedback ${clip(value.value)} for ${clip(name, 60)}`,
			value: '',
			line
		});
	}
}

/** A name for each payload type that stays when the numbers change: `VP8/90000`, `H264/90000 constrained baseline mode 1`, `rtx of …`. */
export function codecKeys(section: Section): Map<number, string> {
	const keys = new Map<number, string>();
	const used = new Map<string, number>();
	const add = (codec: Codec, name: string) => {
		const times = (used.get(name) ?? 0) + 1;
		used.set(name, times);
		keys.set(codec.payloadType, times === 1 ? name : `${name} (${times})`);
	};
	const isRtx = (codec: Codec) => codec.name.toLowerCase() === 'rtx';
	const all = [...new Set([...section.listed, ...section.codecs.values()])];
	for (const codec of all) if (!isRtx(codec)) add(codec, codecIdentity(section, codec));
	for (const codec of all) {
		const target = decimal(parametersOf(section, codec.payloadType).get('apt')) ?? -1;
		if (isRtx(codec)) add(codec, `rtx of ${keys.get(target) ?? 'nothing'}`);
	}
	return keys;
}

function codecIdentity(section: Section, codec: Codec): string {
	const parameters = parametersOf(section, codec.payloadType);
	switch (codec.name.toLowerCase()) {
		case 'h264':
			return `${codecName(codec)} ${profileName(h264Profile(parameters))}, mode ${parameters.get('packetization-mode') ?? '0'}`;
		case 'vp9':
			return `${codecName(codec)} profile ${parameters.get('profile-id') ?? '0'}`;
		case 'av1':
			return `${codecName(codec)} profile ${parameters.get('profile') ?? '0'}`;
		default:
			return codecName(codec);
	}
}

function profileName(profile: string): string {
	return /^[0-9a-f]{4}$/i.test(profile) ? `profile ${profile}` : profile;
}

/** The codecs by key in order of preference. */
export function codecOrder(section: Section): On<string[]> {
	const keys = codecKeys(section);
	return { line: section.mLine, value: section.listed.map((codec) => keys.get(codec.payloadType)!) };
}
