/** Rules about payload types: their numbers, and what each stands for (RFC 3551, 8866, 9143). */
import { codecName, decisiveDifference, parametersOf, sameCodec } from '../../text/codecs';
import type { Codec, Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { SingleRule } from './rule';
import { STATIC_PAYLOADS } from '../../text/static-payloads-table';
import { clip, decimal } from '../../text/values';
import { named } from '../values/section-values';

export const PAYLOAD_TYPE_RULES: readonly SingleRule[] = [
	{
		id: 'payload-type-range',
		code: 'PT-00',
		severity: 'problem',
		cite: 'RFC 3551 §6; RFC 8866 §5.14',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp || !section.media) continue;
				for (const format of section.formats) {
					const number = decimal(format.text);
					if (number === null || number > 127)
						report(
							section.mLine,
							{ format: clip(format.text) },
							{
								column: section.mLine.valueColumn + format.offset
							}
						);
				}
			}
		}
	},
	{
		id: 'payload-type-unmapped',
		code: 'PT-01',
		severity: 'problem',
		cite: 'RFC 8866 §6.6; RFC 3264 §6.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp) continue;
				for (const format of section.formats) {
					const number = decimal(format.text);
					if (number === null || number > 127 || section.codecs.has(number)) continue;
					// Its line is there and cannot be read: what is said of that line says it all.
					if (section.attributes.get('rtpmap')?.some((line) => line.argument?.startsWith(`${number} `))) continue;
					report(
						section.mLine,
						{ payloadType: number, section: named(section) },
						{ column: section.mLine.valueColumn + format.offset }
					);
				}
			}
		}
	},
	{
		id: 'payload-type-unlisted',
		code: 'PT-02',
		severity: 'warning',
		cite: 'RFC 8866 §6.6, §6.15; RFC 4585 §4.2',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!section.isRtp) continue;
				const listed = new Set(section.formats.map((format) => format.text));
				const look = (line: SdpLine, format: string) => {
					if (listed.has(format) || format === '*' || (section.rejected && line.name === 'rtpmap')) return;
					report(
						line,
						{ attribute: line.name, payloadType: clip(format), section: named(section) },
						line.name === 'rtpmap' ? {} : { severity: 'problem', refusedBy: ['chromium'] }
					);
				};
				for (const { line, value } of section.rtpMaps) look(line, String(value.payloadType));
				for (const { line, value } of section.fmtps) look(line, value.format);
				for (const { line, value } of section.feedback) look(line, value.format);
			}
		}
	},
	{
		id: 'payload-type-repeated',
		code: 'PT-03',
		severity: 'problem',
		cite: 'RFC 8866 §5.14',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const seen = new Set<string>();
				const repeated = section.formats.filter((format) => seen.size === seen.add(format.text).size);
				if (repeated.length === 0) continue;
				const names = [...new Set(repeated.map((format) => format.text))].slice(0, 5).map((name) => clip(name));
				const column = section.mLine.valueColumn + repeated[0]!.offset;
				report(section.mLine, { section: named(section), payloadTypes: names }, { column });
			}
		}
	},
	{
		id: 'payload-type-rtcp-range',
		code: 'PT-04',
		severity: 'problem',
		cite: 'RFC 5761 §4',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp || !section.attributes.has('rtcp-mux')) continue;
				for (const format of section.formats) {
					const number = decimal(format.text);
					if (number !== null && number >= 64 && number <= 95) {
						report(
							section.mLine,
							{ payloadType: number, section: named(section) },
							{ column: section.mLine.valueColumn + format.offset }
						);
					}
				}
			}
		}
	},
	{
		id: 'payload-type-collision',
		code: 'PT-05',
		severity: 'problem',
		cite: 'RFC 9143 §9.1.1',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				const taken = new Map<number, { codec: Codec; section: Section }>();
				for (const section of bundle.sections) {
					if (section.rejected || !section.isRtp) continue;
					for (const codec of section.listed) {
						const earlier = taken.get(codec.payloadType);
						if (!earlier) {
							taken.set(codec.payloadType, { codec, section });
							continue;
						}
						const line = codec.line ?? section.mLine;
						if (!sameCodec(codec, earlier.codec)) {
							report(line, collision(codec, section, earlier, null));
							continue;
						}
						const here = parametersOf(section, codec.payloadType);
						const there = parametersOf(earlier.section, codec.payloadType);
						const difference = decisiveDifference(codec, here, there) ?? aptDifference(codec, here, there);
						if (difference) {
							report(line, collision(codec, section, earlier, difference));
						}
					}
				}
			}
		}
	},
	{
		id: 'retransmission-target',
		code: 'PT-06',
		severity: 'problem',
		cite: 'RFC 4588 §8',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const listed = new Set(section.formats.map((format) => format.text));
				for (const codec of section.listed) {
					if (codec.name.toLowerCase() !== 'rtx') continue;
					const apt = parametersOf(section, codec.payloadType).get('apt');
					const line =
						section.fmtps.find(({ value }) => value.format === String(codec.payloadType))?.line ?? codec.line ?? section.mLine;
					if (apt === undefined) report(line, { kind: 'none', payloadType: codec.payloadType });
					else if (apt === String(codec.payloadType))
						report(line, { kind: 'itself', payloadType: codec.payloadType }, { refusedBy: ['chromium'] });
					else if (!listed.has(apt)) report(line, { kind: 'unlisted', payloadType: codec.payloadType, target: clip(apt) });
				}
			}
		}
	},
	{
		id: 'static-payload-type-remapped',
		code: 'PT-08',
		severity: 'warning',
		cite: 'RFC 3551 §6',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.rtpMaps) {
					const known = STATIC_PAYLOADS.get(value.payloadType);
					if (known && (known.name.toLowerCase() !== value.name.toLowerCase() || known.clockRate !== value.clockRate)) {
						report(
							line,
							{
								payloadType: value.payloadType,
								means: `${known.name}/${known.clockRate}`,
								given: `${clip(value.name)}/${value.clockRate}`
							},
							section.kind === 'audio' && value.payloadType < 19 && known.name.toLowerCase() !== value.name.toLowerCase()
								? { refusedBy: ['chromium'] }
								: {}
						);
					}
				}
			}
		}
	}
];

interface Mapped {
	codec: Codec;
	section: Section;
}

function collision(
	codec: Codec,
	section: Section,
	earlier: Mapped,
	difference: { parameter: string; a: string; b: string } | null
) {
	return {
		payloadType: codec.payloadType,
		codec: clip(codecName(codec)),
		section: named(section),
		earlier: { codec: clip(codecName(earlier.codec)), section: named(earlier.section) },
		difference: difference && { parameter: difference.parameter, here: clip(difference.a), there: clip(difference.b) }
	};
}

function aptDifference(codec: Codec, a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>) {
	if (codec.name.toLowerCase() !== 'rtx') return null;
	const [left, right] = [a.get('apt') ?? 'absent', b.get('apt') ?? 'absent'];
	return left === right ? null : { parameter: 'apt', a: left, b: right };
}
