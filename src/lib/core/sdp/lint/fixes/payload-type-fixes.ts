/** Corrections of formats, codecs and their parameters (RFC 3551, 8866 and those of each codec). */
import { isHelper } from '../../text/codecs';
import type { Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import { ABSENT_PROFILE_LEVEL_ID } from '../../text/h264-profile';
import { STATIC_PAYLOADS } from '../../text/static-payloads-table';
import { fieldsOf } from '../../text/values';
import { mapOf, targetOf } from '../rules/codec-parameters';
import type { CodecValues } from '../values/codec-values';
import type { PayloadTypeValues } from '../values/payload-types-values';
import { choice, putAfter, remove, replace, safe, safeIf, withProtocol, type Fix, type FixesOf, type LineEdit } from './fix';

export const PAYLOAD_TYPE_FIXES: FixesOf<keyof PayloadTypeValues> = {
	'payload-type-range': ({ section, line, column }) => withoutFormats(section, [formatAt(line, column)]),
	'payload-type-unmapped': ({ section, values }) => withoutFormats(section, [String(values.payloadType)]),
	// Whether the line is left over or its number was forgotten, only its author knows.
	'payload-type-unlisted': ({ line }) => choice(remove(line)),
	// The first place is the order of preference (RFC 3264 §5.1).
	'payload-type-repeated': ({ line }) => {
		const [kind, port, protocol, ...formats] = fieldsOf(line.value).map(({ text }) => text);
		return safe(replace(line, `m=${[kind, port, protocol, ...new Set(formats)].join(' ')}`));
	},
	'retransmission-target': ({ section, values }) => withoutFormats(section, [String(values.payloadType)]),
	'static-payload-type-remapped': ({ line, values: { payloadType, given } }) => {
		const { name, clockRate, channels } = STATIC_PAYLOADS.get(payloadType)!;
		if (name.toLowerCase() !== given.split('/')[0]!.toLowerCase()) return null;
		// G.722 is written so wherever it stands (RFC 3551 §4.5.2); another codec may be of another number.
		return safeIf(name === 'G722', withMap(line, `${clockRate}${channels > 1 ? `/${channels}` : ''}`));
	},
	// RFC 7587 §7: nothing else may stand there.
	'opus-map': ({ line }) => safe(withMap(line, mapOf('opus')!)),
	'feedback-profile': ({ section, offer }) => {
		// An answer keeps the transport of its offer (RFC 3264 §6).
		if (!section || offer || !/SAVP$/.test(section.protocol)) return null;
		return choice(replace(section.mLine, withProtocol(section, `${section.protocol}F`)));
	},
	'packet-time': ({ line, values }) =>
		values.kind === 'above-most' ? choice(replace(line, `a=ptime:${values.maxptimeMs}`)) : choice(remove(line))
};

export const CODEC_FIXES: FixesOf<keyof CodecValues> = {
	// PCMU and PCMA may be meant as another codec of that rate.
	'codec-clock-rate': ({ line, values }) => safeIf(!/^pcm/i.test(values.codec), withMap(line, String(values.rateHz))),
	// What is sent again has the time stamps of what it repeats (RFC 4588 §8.1).
	'retransmission-clock-rate': ({ line, section }) => {
		const codec = [...(section?.codecs.values() ?? [])].find((each) => each.line === line);
		const target = codec && targetOf(section!, codec.payloadType, codec.name.toLowerCase());
		return target ? safe(withMap(line, `${target.clockRate}${codec.channels > 1 ? `/${codec.channels}` : ''}`)) : null;
	},
	// Left out, the parameter has its default.
	'codec-parameter-range': ({ line, values: { parameter } }) => {
		const [format, ...rest] = (line.argument ?? '').split(' ');
		const parts = rest.join(' ').split(';');
		const kept = parts.filter((part) => part.split('=')[0]!.trim().toLowerCase() !== parameter);
		return choice(kept.length === 0 ? remove(line) : replace(line, `a=fmtp:${format} ${kept.join(';').trim()}`));
	},
	// What its absence means, written out (RFC 6184 §8.1).
	'h264-profile-missing': ({ section, values: { payloadType } }) => {
		const codec = section?.codecs.get(payloadType);
		const own = section?.fmtps.find(({ value }) => value.format === String(payloadType));
		if (own) return safe(replace(own.line, `${own.line.raw.trimEnd()};profile-level-id=${ABSENT_PROFILE_LEVEL_ID}`));
		return codec?.line ? safe(putAfter(codec.line, `a=fmtp:${payloadType} profile-level-id=${ABSENT_PROFILE_LEVEL_ID}`)) : null;
	},
	// Twice what is said now is what browsers offer (RFC 2198 §5).
	'redundancy-unnamed': ({ line, section, values: { payloadType } }) => {
		const [codec, ...others] = section?.listed.filter((each) => !isHelper(each)) ?? [];
		if (!codec || others.length > 0 || line.name !== 'rtpmap') return null;
		return choice(putAfter(line, `a=fmtp:${payloadType} ${codec.payloadType}/${codec.payloadType}`));
	},
	// The sixteen events of the keys (RFC 4733 §2.4.1).
	'telephone-events': ({ line }) => choice(replace(line, `a=fmtp:${line.argument!.split(' ')[0]} 0-15`)),
	'transport-feedback-incomplete': ({ section, values: { lacks } }) =>
		section && lacks === 'extension'
			? choice(...section.feedback.filter(({ value }) => value.value === 'transport-cc').map(({ line }) => remove(line)))
			: null,
	'h265-transmission-mode': ({ line, values: { mode } }) =>
		mode.toUpperCase() === 'SRST' ? safe(replace(line, line.raw.replace(mode, 'SRST'))) : null
};

/** The section without some of its formats, and without what is said of them; null where none would be left. */
export function withoutFormats(section: Section | null, formats: readonly string[]): Fix | null {
	// There are 128 payload types: of more formats some are repeated, which has a correction of its own.
	if (!section?.media || section.formats.length > 128) return null;
	const gone = new Set(formats);
	// Nor what would repeat them.
	for (const { value } of section.fmtps) if (gone.has(value.parameters.get('apt') ?? '')) gone.add(value.format);
	const left = section.formats.map(({ text }) => text).filter((text) => !gone.has(text));
	if (left.length === 0) return null;
	const [kind, port, protocol] = fieldsOf(section.mLine.value).map(({ text }) => text);
	const lines = [
		...section.rtpMaps.filter(({ value }) => gone.has(String(value.payloadType))),
		...section.fmtps.filter(({ value }) => gone.has(value.format)),
		...section.feedback.filter(({ value }) => gone.has(value.format))
	].map(({ line }) => line);
	return choice(replace(section.mLine, `m=${[kind, port, protocol, ...left].join(' ')}`), ...lines.map(remove));
}

function formatAt(line: SdpLine, column: number): string {
	return fieldsOf(line.value).find(({ offset }) => line.valueColumn + offset === column)?.text ?? '';
}

/** An a=rtpmap line with another clock rate and channels. */
function withMap(line: SdpLine, map: string): LineEdit {
	return replace(line, line.raw.replace(/\/.*$/, `/${map}`));
}
