/** Sentences for the values that need decoding: codecs, candidates, extensions, sources and their like. */
import { count } from '../../base/format';
import { explainPriority } from '../../ice/priority';
import { readCandidate } from '../text/candidate-fields';
import { codecName, parametersOf } from '../text/codecs';
import type { Description, Section } from '../text/description';
import type { SdpFault } from '../text/faults';
import type { SdpLine } from '../text/document';
import { levelName, readProfileLevelId } from '../text/h264-profile';
import * as names from './names-table';
import { bundleWith, nameOf } from '../text/transport';
import { clip, decimal, fieldsOf, parseOrigin } from '../text/values';
import {
	parseExtMap,
	parseFeedback,
	parseFmtp,
	parseRid,
	parseSimulcast,
	parseSource,
	parseSourceGroup
} from '../text/attribute-values';

export interface Context {
	line: SdpLine;
	/** The value, or the argument of an attribute; trimmed. */
	value: string;
	section: Section | null;
	sdp: Description;
}

/** What a decoder says: a sentence, and a citation where the value has one of its own. */
export interface Said {
	/** Set where the value cannot be read; then the text is empty. */
	fault?: SdpFault;
	text: string;
	cite?: string | null;
}

/** Looks a name up without reaching into Object.prototype: names come from strangers. */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | null {
	return Object.prototype.hasOwnProperty.call(table, name) ? table[name]! : null;
}

function formatName(section: Section | null, format: string): string {
	const payloadType = decimal(format);
	const codec = payloadType === null ? undefined : section?.codecs.get(payloadType);
	return codec ? `${clip(codecName(codec))} (payload type ${payloadType})` : `format ${clip(format)}`;
}

export function sayMedia({ section, sdp }: Context): Said {
	if (!section) return { text: 'A section beyond those that are read.' };
	const protocol = lookUp(names.PROTOCOLS, section.protocol);
	const bundle = bundleWith(sdp, section);
	const how = `${clip(section.protocol)}${protocol ? `: ${protocol.words}` : ', a transport not known here'}.`;
	const parts = [`Begins the ${nameOf(section)}. ${how}`];
	if (section.rejected) parts.push('Port 0: the section is refused or stopped.');
	else if (section.bundleOnly) parts.push('Port 0 with a=bundle-only: it exists only inside its bundle.');
	else if (section.port === 9) parts.push('Port 9 is a placeholder: the real ports are those of the ICE candidates.');
	else parts.push(`Port ${section.port}.`);
	if (bundle)
		parts.push(
			bundle.tagged === section ? 'Its transport is the one of the whole bundle.' : 'It uses the transport of its bundle.'
		);
	if (section.isRtp && section.listed.length > 0)
		parts.push(
			`Codecs in order of preference: ${[...new Set(section.listed.map((codec) => clip(codec.name)))].slice(0, 12).join(', ')}.`
		);
	return { text: parts.join(' '), cite: protocol?.cite ? `RFC 8866 §5.14; ${protocol.cite}` : 'RFC 8866 §5.14' };
}

export function sayOrigin({ value }: Context): Said {
	const origin = parseOrigin(value);
	if (!origin.ok) return { text: '', fault: origin.fault };
	const { username, sessionId, sessionVersion, address } = origin.value;
	const user = username === '-' ? 'no user name' : `user name or maker ${clip(username)}`;
	return {
		text: `Session ${clip(sessionId)}, version ${clip(sessionVersion)}, ${user}, address ${clip(address)}. The version rises by one with every changed description of the same session.`
	};
}

export function sayConnection({ value }: Context): Said {
	const address = fieldsOf(value)[2]?.text ?? '';
	if (/^0\.0\.0\.0$|^::$/.test(address))
		return { text: 'No address yet: with ICE the addresses are those of the candidates. Without ICE it means a call on hold.' };
	return { text: `Default address ${clip(address)}, for peers that do not use ICE.` };
}

export function sayBandwidth({ value }: Context): Said {
	const [kind = '', number = ''] = value.split(':');
	const known = lookUp(names.BANDWIDTHS, kind);
	if (!known) return { text: `A limit of the kind ${clip(kind)}, which is not known here: ${clip(number)}.` };
	return { text: `At most ${clip(number)} ${known.words}; it limits what the other side sends.`, cite: known.cite };
}

export function sayRtpMap({ value, section }: Context): Said {
	const payloadType = decimal(value.split(/[ \t]/)[0]);
	const codec = payloadType === null ? undefined : section?.codecs.get(payloadType);
	if (!codec) return { text: `Says what payload type ${clip(value)} is.` };
	const known = lookUp(names.CODECS, codec.name.toLowerCase());
	const helper = codec.name.toLowerCase() === 'rtx' ? decimal(parametersOf(section!, codec.payloadType).get('apt')) : null;
	const helped = helper === null ? undefined : section!.codecs.get(helper);
	const channels = codec.channels > 1 ? `, ${count(codec.channels, 'channel')}` : '';
	const unlisted = section!.formats.some(({ text }) => text === String(payloadType)) ? '' : ' The m= line does not list it.';
	return {
		text: `Payload type ${payloadType} is ${clip(codec.name)} at ${codec.clockRate} Hz${channels}${known ? `: ${known.words}` : ''}.${helped ? ` It belongs to ${clip(codecName(helped))} (payload type ${helper}).` : ''}${unlisted}`,
		cite: known?.cite ? `RFC 8866 §6.6; ${known.cite}` : undefined
	};
}

export function sayFmtp({ value, section }: Context): Said {
	const fmtp = parseFmtp(value);
	if (!fmtp.ok) return { text: '', fault: fmtp.fault };
	const parts = [...fmtp.value.parameters].slice(0, 12).map(([name, given]) => {
		const words = lookUp(names.FMTP_PARAMETERS, name);
		const target = name === 'apt' ? ` (${formatName(section, given)})` : name === 'profile-level-id' ? h264Level(given) : '';
		const shown = given === '' ? clip(name, 60) : `${clip(name)}=${clip(given)}`;
		return `${shown}${target}${words ? `: ${words}` : ''}`;
	});
	return { text: `Parameters of ${formatName(section, fmtp.value.format)}. ${parts.map((part) => `${part}.`).join(' ')}` };
}

function h264Level(text: string): string {
	const read = readProfileLevelId(text);
	if (!read) return '';
	return ` (${read.profile ? `${read.profile} profile` : `profile 0x${text.slice(0, 4)}`}, level ${levelName(read.levelTenths)})`;
}

export function sayFeedback({ value, section }: Context): Said {
	const feedback = parseFeedback(value);
	if (!feedback.ok) return { text: '', fault: feedback.fault };
	const target = feedback.value.format === '*' ? 'all codecs of this section' : formatName(section, feedback.value.format);
	const known = lookUp(names.FEEDBACK, feedback.value.value);
	return {
		text: `For ${target}: ${clip(feedback.value.value)}${known ? `: ${known.words}` : ', a kind of feedback not known here'}.`,
		cite: known?.cite ? `RFC 4585 §4.2; ${known.cite}` : undefined
	};
}

export function sayExtension({ value }: Context): Said {
	const extension = parseExtMap(value);
	if (!extension.ok) return { text: '', fault: extension.fault };
	const { id, uri, rest, direction } = extension.value;
	const known = lookUp(names.EXTENSIONS, uri);
	const inner = /(?:^|:)encrypt$/.test(uri) ? lookUp(names.EXTENSIONS, rest.split(' ')[0] ?? '') : null;
	const what = known ? `${known.words}${inner ? ` (${inner.words})` : ''}` : `${clip(uri, 80)}, which is not known here`;
	return {
		text: `Header extension ${id}${direction ? ` (${direction})` : ''}: ${what}.`,
		cite: known?.cite ? `RFC 8285 §5; ${known.cite}` : undefined
	};
}

/** `value` is what follows `candidate:`. */
export function sayCandidate({ value }: Context): Said {
	const { value: candidate, fault } = readCandidate(value);
	if (!candidate) return { text: '', fault: fault.fault };
	const type = lookUp(names.CANDIDATE_TYPES, candidate.type) ?? 'a type not known here';
	const where =
		candidate.scope === null
			? candidate.address.endsWith('.local')
				? ' (an mDNS name that hides the address)'
				: ' (a name)'
			: SCOPES[candidate.scope];
	const parts = [
		`${clip(candidate.type) || 'Candidate'}: ${type}. ${clip(candidate.address, 60)}${where}, port ${candidate.port ?? '?'}, ${clip(candidate.transport)}${candidate.tcpType ? ` ${clip(candidate.tcpType)}` : ''}.`
	];
	if (candidate.relatedAddress)
		parts.push(
			`Base address ${clip(candidate.relatedAddress, 60)}${candidate.relatedPort === null ? '' : ` port ${candidate.relatedPort}`}.`
		);
	if (candidate.priority !== null) {
		const explained = explainPriority(candidate.priority);
		if (explained) parts.push(`Priority ${candidate.priority}. ${explained.sentences.join(' ')}`);
	}
	const extensions = candidate.extensions.filter(({ name }) => name !== 'tcptype').slice(0, 8);
	if (extensions.length > 0)
		parts.push(`Further: ${extensions.map(({ name, value: given }) => `${clip(name)} ${clip(given)}`).join(', ')}.`);
	return { text: parts.join(' '), cite: candidate.transport === 'tcp' ? 'RFC 8839 §5.1; RFC 6544 §4.5' : undefined };
}

const SCOPES = {
	unspecified: ' (no address)',
	loopback: ' (loopback: this machine only)',
	'link-local': ' (link-local: this link only)',
	private: ' (private: this network only)',
	'carrier-grade': " (carrier-grade NAT: the provider's network only)",
	multicast: ' (multicast)',
	broadcast: ' (broadcast)',
	documentation: ' (for documentation only)',
	nat64: ' (NAT64)',
	reserved: ' (reserved)',
	global: ' (public)'
} as const;

export function saySource({ value }: Context): Said {
	const source = parseSource(value);
	if (!source.ok) return { text: '', fault: source.fault };
	const known = lookUp(names.SOURCE_ATTRIBUTES, source.value.name);
	return {
		text: `Stream ${source.value.ssrc}: ${clip(source.value.name)} ${clip(source.value.value, 80)}${known ? ` (${known.words})` : ''}.`,
		cite: known?.cite ? `RFC 5576 §4.1; ${known.cite}` : undefined
	};
}

export function saySourceGroup({ value }: Context): Said {
	const group = parseSourceGroup(value);
	if (!group.ok) return { text: '', fault: group.fault };
	const known = lookUp(names.SOURCE_GROUPS, group.value.semantics);
	const streams = group.value.ssrcs
		.slice(0, 8)
		.map((ssrc) => clip(ssrc))
		.join(', ');
	return {
		text: `Streams ${streams} belong together: ${known ? known.words : `as ${clip(group.value.semantics)}, which is not known here`}.`,
		cite: known?.cite ? `RFC 5576 §4.2; ${known.cite}` : undefined
	};
}

export function sayGroup({ value }: Context): Said {
	const [semantics = '', ...mids] = fieldsOf(value).map(({ text }) => text);
	const known = lookUp(names.GROUPS, semantics);
	const sections =
		mids.length === 0
			? 'No section'
			: `Sections ${mids
					.slice(0, 40)
					.map((mid) => clip(mid, 20))
					.join(', ')}`;
	return {
		text: `${sections}: ${known ? known.words : `grouped as ${clip(semantics)}, which is not known here`}.`,
		cite: known?.cite ?? undefined
	};
}

export function sayRid({ value, section }: Context): Said {
	const rid = parseRid(value);
	if (!rid.ok) return { text: '', fault: rid.fault };
	const limits = [...rid.value.restrictions]
		.filter(([name]) => name !== 'pt')
		.slice(0, 8)
		.map(([name, given]) => `${clip(name)} ${clip(given)}`);
	const codecs = rid.value.payloadTypes.slice(0, 6).map((format) => formatName(section, format));
	return {
		text: `Layer ${clip(rid.value.id)}, to be ${rid.value.direction === 'send' ? 'sent' : 'received'}${codecs.length > 0 ? ` as ${codecs.join(' or ')}` : ''}${limits.length > 0 ? `, with ${limits.join(', ')}` : ''}.`
	};
}

export function saySimulcast({ value }: Context): Said {
	const simulcast = parseSimulcast(value);
	if (!simulcast.ok) return { text: '', fault: simulcast.fault };
	const of = (layers: string[][], words: string) =>
		layers.length === 0
			? []
			: [
					`${words} ${count(layers.length, 'layer')}: ${layers
						.slice(0, 12)
						.map((layer) => clip(layer.join(' or ')))
						.join(', ')}`
				];
	const paused = simulcast.value.paused.length > 0 ? ' A ~ marks a layer that begins paused.' : '';
	return { text: `${[...of(simulcast.value.send, 'Sends'), ...of(simulcast.value.recv, 'Receives')].join('. ')}.${paused}` };
}
