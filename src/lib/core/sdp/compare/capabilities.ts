/** What a browser can do (W3C `getCapabilities`), beside a description or another browser: codecs and header extensions in common. */
import { lookUp } from '../explain/annotation-values';
import { EXTENSIONS } from '../explain/names-table';
import { parseFmtp } from '../text/attribute-values';
import { codecName, decisiveDifference, isHelper, parametersOf, sameCodec } from '../text/codecs';
import type { Codec, Description, Section } from '../text/description';
import { ABSENT_PROFILE_LEVEL_ID, levelName, readProfileLevelId } from '../text/h264-profile';

export type MediaKind = 'audio' | 'video';

export interface CodecEntry {
	kind: MediaKind;
	codec: Codec;
	parameters: ReadonlyMap<string, string>;
	/** The parameters as written; none for what repairs others, since payload types mean nothing to another browser. */
	text: string;
}

export interface ExtensionEntry {
	kind: MediaKind;
	uri: string;
}

export interface CapabilitySet {
	/** What `RTCRtpSender` or `RTCRtpReceiver` said; null where the text does not tell. */
	role: 'sender' | 'receiver' | null;
	codecs: CodecEntry[];
	extensions: ExtensionEntry[];
}

/** What one set has for a codec of the other side. */
export type CodecMatch =
	| { has: 'same'; text: string; levels: { here: string; there: string; asymmetric: boolean } | null }
	/** The codec by name, and no entry that agrees in what must (RFC 6184 §8.2.2 and its like). */
	| { has: 'other'; parameter: string; here: string; there: string }
	| { has: 'none' };

export interface ComparedCodec {
	entry: CodecEntry;
	name: string;
	/** One for each set. */
	matches: CodecMatch[];
}

export interface ComparedCapabilities {
	kind: MediaKind;
	/** Codecs of this side, in its order. */
	codecs: ComparedCodec[];
	/** Codecs that the sets alone have, by name and parameters. */
	onlyThere: { name: string; text: string }[];
	extensions: { uri: string; words: string | null; here: boolean; there: boolean }[];
}

/** A codec of `getCapabilities`; null for what is none. */
export function codecEntry(mimeType: string, clockRate: number, channels: number | null, text: string): CodecEntry | null {
	const [, kind, name] = /^(audio|video)\/(\S+)$/i.exec(mimeType) ?? [];
	if (!kind || !name) return null;
	const fmtp = text === '' ? null : parseFmtp(`0 ${text}`);
	const codec: Codec = { payloadType: -1, name, clockRate, channels: channels ?? 1, line: null };
	return {
		kind: kind.toLowerCase() as MediaKind,
		codec,
		parameters: fmtp?.ok ? fmtp.value.parameters : new Map(),
		text: isHelper(codec) ? '' : text
	};
}

/** The codecs and extensions of a description's sections that are in use. */
export function capabilitiesIn(sdp: Description): CapabilitySet {
	const sections = sdp.live.filter(({ isRtp, kind }) => isRtp && (kind === 'audio' || kind === 'video'));
	return {
		role: null,
		codecs: sections.flatMap((section) =>
			section.listed.map((codec) => ({
				kind: section.kind as MediaKind,
				codec,
				parameters: parametersOf(section, codec.payloadType),
				text: isHelper(codec) ? '' : textOf(section, codec)
			}))
		),
		extensions: sections.flatMap((section) =>
			[...section.extensions, ...sdp.session.extensions].map(({ value }) => ({ kind: section.kind as MediaKind, uri: value.uri }))
		)
	};
}

const textOf = (section: Section, { payloadType }: Codec) =>
	section.fmtps.flatMap(({ value }) => (value.format === String(payloadType) ? [value.text] : [])).join(';');

/** `here` beside each of `there`; kinds that neither has are left out. */
export function compareCapabilities(here: CapabilitySet, there: readonly CapabilitySet[]): ComparedCapabilities[] {
	return (['audio', 'video'] as const).flatMap((kind) => {
		const own = distinct(here.codecs.filter((entry) => entry.kind === kind));
		const theirs = there.map(({ codecs }) => codecs.filter((entry) => entry.kind === kind));
		const codecs = own.map((entry) => ({
			entry,
			name: codecName(entry.codec),
			matches: theirs.map((set) => matchIn(entry, set))
		}));
		const onlyThere = distinct(theirs.flat())
			.filter((entry) => !own.some((each) => agrees(each, entry)))
			.map(({ codec, text }) => ({ name: codecName(codec), text }));
		const extensions = compareExtensions(here, there, kind);
		return codecs.length + onlyThere.length + extensions.length === 0 ? [] : [{ kind, codecs, onlyThere, extensions }];
	});
}

const agrees = (a: CodecEntry, b: CodecEntry) =>
	sameCodec(a.codec, b.codec) && decisiveDifference(a.codec, a.parameters, b.parameters) === null;

function distinct(entries: readonly CodecEntry[]): CodecEntry[] {
	const seen = new Set<string>();
	return entries.filter((entry) => {
		const key = `${codecName(entry.codec).toLowerCase()} ${entry.text}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

function matchIn(entry: CodecEntry, set: readonly CodecEntry[]): CodecMatch {
	const named = set.filter(({ codec }) => sameCodec(entry.codec, codec));
	const same = named.find((other) => agrees(entry, other));
	if (same) return { has: 'same', text: same.text, levels: levelsOf(entry, same) };
	const [first] = named;
	if (!first) return { has: 'none' };
	const difference = decisiveDifference(entry.codec, entry.parameters, first.parameters)!;
	return { has: 'other', parameter: difference.parameter, here: difference.a, there: difference.b };
}

/** Levels of H.264 may differ: the lower counts, unless both sides allow asymmetry (RFC 6184 §8.2.2). */
function levelsOf(here: CodecEntry, there: CodecEntry): Extract<CodecMatch, { has: 'same' }>['levels'] {
	if (here.codec.name.toLowerCase() !== 'h264') return null;
	const level = ({ parameters }: CodecEntry) =>
		readProfileLevelId(parameters.get('profile-level-id') ?? ABSENT_PROFILE_LEVEL_ID)?.levelTenths ?? null;
	const [own, other] = [level(here), level(there)];
	if (own === null || other === null || own === other) return null;
	const allows = ({ parameters }: CodecEntry) => parameters.get('level-asymmetry-allowed') === '1';
	return { here: levelName(own), there: levelName(other), asymmetric: allows(here) && allows(there) };
}

function compareExtensions(
	here: CapabilitySet,
	there: readonly CapabilitySet[],
	kind: MediaKind
): ComparedCapabilities['extensions'] {
	const uris = (sets: readonly CapabilitySet[]) =>
		new Set(sets.flatMap(({ extensions }) => extensions.filter((each) => each.kind === kind).map(({ uri }) => uri)));
	const [own, theirs] = [uris([here]), uris(there)];
	return [...new Set([...own, ...theirs])].map((uri) => ({
		uri,
		words: lookUp(EXTENSIONS, uri)?.words ?? null,
		here: own.has(uri),
		there: theirs.has(uri)
	}));
}
