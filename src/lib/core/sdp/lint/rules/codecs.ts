/** Rules about codecs: their parameters, and which of them a section needs (RFC 7587, 6184, 7874 and those of each codec). */
import { codecName, decisiveDifference, isHelper, parametersOf, sameCodec } from '../../text/codecs';
import type { Description, Section } from '../../text/description';
import type { PairRule, SingleRule } from './rule';
import { clip, decimal } from '../../text/values';
import { named } from '../values/section-values';

export const CODEC_RULES: readonly SingleRule[] = [
	{
		id: 'opus-map',
		code: 'PT-07',
		severity: 'problem',
		cite: 'RFC 7587 §7',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.rtpMaps) {
					if (value.name.toLowerCase() === 'opus' && (value.clockRate !== 48000 || value.channels !== 2)) {
						report(line, {
							written: `${clip(value.name)}/${value.clockRate}${value.channels === null ? '' : `/${value.channels}`}`
						});
					}
				}
			}
		}
	},
	{
		id: 'feedback-profile',
		code: 'PT-09',
		severity: 'warning',
		cite: 'RFC 4585 §4.2',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const first = section.feedback[0];
				if (first && section.isRtp && !section.protocol.endsWith('F')) report(first.line, { transport: clip(section.protocol) });
			}
		}
	},
	{
		id: 'telephone-event-rate',
		code: 'PT-10',
		severity: 'warning',
		cite: 'RFC 4733 §2; RFC 7874 §3',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const codecs = section.listed;
				const rates = new Set(codecs.filter((codec) => !isHelper(codec)).map((codec) => codec.clockRate));
				if (rates.size === 0) continue;
				for (const codec of codecs) {
					if (codec.name.toLowerCase() === 'telephone-event' && !rates.has(codec.clockRate)) {
						report(codec.line ?? section.mLine, {
							clockRateHz: codec.clockRate,
							section: named(section),
							codecRatesHz: [...rates]
						});
					}
				}
			}
		}
	},
	{
		id: 'video-parameter-sets',
		code: 'PT-12',
		severity: 'warning',
		cite: 'RFC 6184 §8.1; RFC 7798 §7.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					const codec = section.codecs.get(decimal(value.format) ?? -1);
					const name = codec?.name.toLowerCase();
					if (name !== 'h264' && name !== 'h265') continue;
					const level = value.parameters.get('profile-level-id');
					if (name === 'h264' && level !== undefined && !/^[0-9a-f]{6}$/i.test(level))
						report(line, { parameter: 'profile-level-id', value: clip(level), wanted: 'hex' });
					for (const [key, text] of value.parameters) {
						if (key.startsWith('sprop-') && /^sprop-(parameter-sets|vps|sps|pps)$/.test(key) && !/^[A-Za-z0-9+/=,]+$/.test(text))
							report(line, { parameter: key, value: clip(text), wanted: 'base64' });
					}
				}
			}
		}
	},
	{
		id: 'packet-time',
		code: 'PT-14',
		severity: 'warning',
		cite: 'RFC 8866 §6.4, §6.5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const [ptime, maxptime] = ['ptime', 'maxptime'].map((name) => section.attributes.get(name)?.[0]);
				for (const line of [ptime, maxptime]) {
					if (line && decimal(line.argument?.trim()) === null)
						report(
							line,
							{ kind: 'not-a-number', attribute: line.name, value: clip(line.argument ?? '') },
							{
								column: line.argumentColumn
							}
						);
				}
				const [time, most] = [decimal(ptime?.argument?.trim()), decimal(maxptime?.argument?.trim())];
				if (time !== null && most !== null && time > most)
					report(ptime!, { kind: 'above-most', ptimeMs: time, maxptimeMs: most });
			}
		}
	},
	{
		id: 'redundancy-target',
		code: 'PT-15',
		severity: 'warning',
		cite: 'RFC 2198 §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const listed = new Set(section.formats.map((format) => format.text));
				for (const { line, value } of section.fmtps) {
					if (section.codecs.get(decimal(value.format) ?? -1)?.name.toLowerCase() !== 'red') continue;
					const missing = value.text.split('/').filter((part) => /^\d+$/.test(part.trim()) && !listed.has(part.trim()));
					if (missing.length > 0) report(line, { payloadType: clip(value.format), target: clip(missing[0]!.trim()) });
				}
			}
		}
	},
	{
		id: 'mandatory-codec',
		code: 'PT-16',
		severity: 'info',
		profiles: ['webrtc'],
		cite: 'RFC 7874 §3; RFC 7742 §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const wanted = section.kind === 'audio' ? ['opus', 'pcmu', 'pcma'] : section.kind === 'video' ? ['vp8', 'h264'] : null;
				const codecs = section.listed.filter((codec) => !isHelper(codec));
				if (!wanted || !section.isRtp || codecs.length === 0 || codecs.some((codec) => wanted.includes(codec.name.toLowerCase())))
					continue;
				report(section.mLine, {
					section: named(section),
					codecs: clip([...new Set(codecs.map((codec) => codec.name))].join(', '))
				});
			}
		}
	}
];

export const CODEC_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'h264-parameters-differ',
		code: 'PT-11',
		severity: 'warning',
		cite: 'RFC 6184 §8.2.2',
		check: ({ offer, answer, report }) =>
			compareParameters(offer, answer, ['h264'], (line, values) => report('answer', line, values))
	},
	{
		id: 'video-profile-differs',
		code: 'PT-13',
		severity: 'warning',
		cite: 'RFC 9628; RFC 7798 §7.2.2',
		check: ({ offer, answer, report }) =>
			compareParameters(offer, answer, ['vp9', 'av1', 'h265'], (line, values) => report('answer', line, values))
	},
	{
		id: 'only-helper-codecs',
		code: 'PT-17',
		severity: 'problem',
		cite: 'RFC 3264 §6',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const codecs = section.listed;
				// A section of its own for tones is old practice (RFC 4733); there the offer has nothing else either.
				const offered = offer.sections[section.index];
				if (!offered || offered.listed.every(isHelper)) continue;
				if (section.isRtp && codecs.length > 0 && codecs.every(isHelper) && codecs.length === section.formats.length) {
					report('answer', section.mLine, {
						section: named(section),
						codecs: clip(codecs.map((codec) => codec.name).join(', '))
					});
				}
			}
		}
	}
];

/** For each answered codec of the names given: does some offered entry agree in what must agree? */
function compareParameters(
	offer: Description,
	answer: Description,
	names: string[],
	found: (
		line: Section['mLine'],
		values: { codec: string; payloadType: number; parameter: string; answered: string; offered: string }
	) => void
): void {
	answer.sections.forEach((section, index) => {
		const other = offer.sections[index];
		if (!other || section.rejected || other.rejected) return;
		for (const codec of section.listed) {
			if (!names.includes(codec.name.toLowerCase())) continue;
			const own = parametersOf(section, codec.payloadType);
			const same = other.listed.filter((each) => sameCodec(each, codec));
			const differences = same.map((each) => decisiveDifference(codec, parametersOf(other, each.payloadType), own));
			if (same.length === 0 || differences.some((each) => each === null)) continue;
			const samePayloadType = same.findIndex((each) => each.payloadType === codec.payloadType);
			const { parameter, a, b } = differences[Math.max(samePayloadType, 0)]!;
			const { payloadType } = codec;
			found(codec.line ?? section.mLine, {
				codec: clip(codecName(codec)),
				payloadType,
				parameter,
				answered: clip(b),
				offered: clip(a)
			});
		}
	});
}
