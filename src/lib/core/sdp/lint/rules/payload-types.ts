/** Rules about payload types, codecs and their parameters. */
import { codecName, decisiveDifference, isHelper, parametersOf, sameCodec } from '../../text/codecs';
import type { Codec, Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { ProsePairRule, ProseSingleRule } from './rule';
import { STATIC_PAYLOADS } from '../../text/static-payloads-table';
import { nameOf } from '../../text/transport';
import { clip, decimal } from '../../text/values';

export const PAYLOAD_TYPE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'payload-type-range',
		code: 'PT-00',
		severity: 'problem',
		title: 'A format that is not a payload type',
		cite: 'RFC 3551 §6; RFC 8866 §5.14',
		advice: 'List numbers from 0 to 127 in the m= line of an RTP section.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp || !section.media) continue;
				for (const format of section.formats) {
					const number = decimal(format.text);
					if (number === null || number > 127)
						report(section.mLine, `"${clip(format.text)}" in the m= line is not a payload type from 0 to 127.`, {
							column: section.mLine.valueColumn + format.offset
						});
				}
			}
		},
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 128'
	},
	{
		id: 'payload-type-unmapped',
		code: 'PT-01',
		severity: 'problem',
		title: 'A dynamic payload type without rtpmap',
		cite: 'RFC 8866 §6.6; RFC 3264 §6.1',
		advice: 'Add the a=rtpmap line, or take the number out of the m= line: the codec lines were removed and the number left.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp) continue;
				for (const format of section.formats) {
					const number = decimal(format.text);
					if (number === null || number > 127 || section.codecs.has(number)) continue;
					report(
						section.mLine,
						`Payload type ${number} of the ${nameOf(section)} has no a=rtpmap line and no meaning of its own.`,
						{ column: section.mLine.valueColumn + format.offset }
					);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 0
			a=rtpmap:111 opus/48000/2`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2`
	},
	{
		id: 'payload-type-unlisted',
		code: 'PT-02',
		severity: 'warning',
		title: 'Codec lines for a payload type that is not in the m= line',
		cite: 'RFC 8866 §6.6, §6.15; RFC 4585 §4.2',
		advice: 'Remove these lines too, or put the number back into the m= line.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp) continue;
				const listed = new Set(section.formats.map((format) => format.text));
				const look = (line: SdpLine, format: string) => {
					if (listed.has(format) || format === '*') return;
					report(
						line,
						`a=${line.name} is for payload type ${clip(format)}, which the m= line of the ${nameOf(section)} does not list.`,
						line.name === 'rtpmap' ? {} : { severity: 'problem', refusedBy: ['chromium'] }
					);
				};
				for (const { line, value } of section.rtpMaps) look(line, String(value.payloadType));
				for (const { line, value } of section.fmtps) look(line, value.format);
				for (const { line, value } of section.feedback) look(line, value.format);
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 nack`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:98 nack`
	},
	{
		id: 'payload-type-repeated',
		code: 'PT-03',
		severity: 'problem',
		title: 'The same payload type twice in the m= line',
		cite: 'RFC 8866 §5.14',
		advice: 'List every number once; a text replacement of the codec order often does this.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const seen = new Set<string>();
				const repeated = section.formats.filter((format) => seen.size === seen.add(format.text).size);
				if (repeated.length === 0) continue;
				const names = [...new Set(repeated.map((format) => format.text))].slice(0, 5).map((name) => clip(name));
				const column = section.mLine.valueColumn + repeated[0]!.offset;
				report(section.mLine, `The m= line of the ${nameOf(section)} repeats ${names.join(', ')}.`, { column });
			}
		},
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 0 8',
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 0 8 0'
	},
	{
		id: 'payload-type-rtcp-range',
		code: 'PT-04',
		severity: 'problem',
		title: 'A payload type that looks like RTCP',
		cite: 'RFC 5761 §4',
		advice: 'Choose numbers from 96 to 127, then from 35 to 63; with rtcp-mux 64 to 95 cannot be told from RTCP packets.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp || !section.attributes.has('rtcp-mux')) continue;
				for (const format of section.formats) {
					const number = decimal(format.text);
					if (number !== null && number >= 64 && number <= 95) {
						report(
							section.mLine,
							`Payload type ${number} of the ${nameOf(section)} cannot be told from RTCP when rtcp-mux is used.`,
							{ column: section.mLine.valueColumn + format.offset }
						);
					}
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 63
			a=rtpmap:63 red/48000/2
			a=rtcp-mux`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 72
			a=rtpmap:72 opus/48000/2
			a=rtcp-mux`
	},
	{
		id: 'payload-type-collision',
		code: 'PT-05',
		severity: 'problem',
		title: 'One payload type, two codecs in a bundle',
		cite: 'RFC 9143 §9.1.1',
		advice:
			'Give the second codec a payload type that is free in all sections of the group: on one transport the number alone says what a packet is.',
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
							report(
								line,
								`Payload type ${codec.payloadType} is ${clip(codecName(codec))} in the ${nameOf(section)} and ${clip(codecName(earlier.codec))} in the ${nameOf(earlier.section)}.`
							);
							continue;
						}
						const here = parametersOf(section, codec.payloadType);
						const there = parametersOf(earlier.section, codec.payloadType);
						const difference = decisiveDifference(codec, here, there) ?? aptDifference(codec, here, there);
						if (difference) {
							report(
								line,
								`Payload type ${codec.payloadType} is ${clip(codecName(codec))} with ${difference.parameter}=${clip(difference.a)} here and ${clip(difference.b)} in the ${nameOf(earlier.section)}.`
							);
						}
					}
				}
			}
		},
		good: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=rtpmap:111 opus/48000/2
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=rtpmap:96 VP8/90000`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			a=rtpmap:96 opus/48000/2
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=rtpmap:96 VP8/90000`
	},
	{
		id: 'retransmission-target',
		code: 'PT-06',
		severity: 'problem',
		title: 'rtx without a codec to repeat',
		cite: 'RFC 4588 §8',
		advice: 'Give every rtx an a=fmtp line with apt=<payload type of a listed codec>, or remove the rtx together with its codec.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const listed = new Set(section.formats.map((format) => format.text));
				for (const codec of section.listed) {
					if (codec.name.toLowerCase() !== 'rtx') continue;
					const apt = parametersOf(section, codec.payloadType).get('apt');
					const line =
						section.fmtps.find(({ value }) => value.format === String(codec.payloadType))?.line ?? codec.line ?? section.mLine;
					if (apt === undefined)
						report(line, `rtx with payload type ${codec.payloadType} names no codec: its a=fmtp line with apt= is missing.`);
					else if (apt === String(codec.payloadType))
						report(line, `rtx with payload type ${apt} repeats itself.`, { refusedBy: ['chromium'] });
					else if (!listed.has(apt))
						report(
							line,
							`rtx with payload type ${codec.payloadType} repeats payload type ${clip(apt)}, which the m= line does not list.`
						);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=rtpmap:96 VP8/90000
			a=rtpmap:97 rtx/90000
			a=fmtp:97 apt=96`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=rtpmap:96 VP8/90000
			a=rtpmap:97 rtx/90000
			a=fmtp:97 apt=98`
	},
	{
		id: 'opus-map',
		code: 'PT-07',
		severity: 'problem',
		title: 'opus not written as opus/48000/2',
		cite: 'RFC 7587 §7',
		advice: 'Write opus/48000/2 whatever the real rate and channels are; stereo and bandwidth go into a=fmtp.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.rtpMaps) {
					if (value.name.toLowerCase() === 'opus' && (value.clockRate !== 48000 || value.channels !== 2)) {
						report(
							line,
							`opus is written as ${clip(value.name)}/${value.clockRate}${value.channels === null ? '' : `/${value.channels}`}; only opus/48000/2 is defined.`
						);
					}
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/16000`
	},
	{
		id: 'static-payload-type-remapped',
		code: 'PT-08',
		severity: 'warning',
		title: 'A static payload type with another codec',
		cite: 'RFC 3551 §6',
		advice: 'Use a dynamic number (96 to 127) for this codec; peers take the static meaning without reading the rtpmap.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.rtpMaps) {
					const known = STATIC_PAYLOADS.get(value.payloadType);
					if (known && (known.name.toLowerCase() !== value.name.toLowerCase() || known.clockRate !== value.clockRate)) {
						report(
							line,
							`Payload type ${value.payloadType} means ${known.name}/${known.clockRate} and is given to ${clip(value.name)}/${value.clockRate} here.`
						);
					}
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=rtpmap:0 PCMU/8000`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=rtpmap:0 PCMA/8000`
	},
	{
		id: 'feedback-profile',
		code: 'PT-09',
		severity: 'warning',
		title: 'rtcp-fb in a profile without feedback',
		cite: 'RFC 4585 §4.2',
		advice: 'Use RTP/AVPF, RTP/SAVPF or UDP/TLS/RTP/SAVPF as the transport, or leave a=rtcp-fb out.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const first = section.feedback[0];
				if (first && section.isRtp && !section.protocol.endsWith('F'))
					report(first.line, `a=rtcp-fb is used with ${clip(section.protocol)}, which has no feedback messages.`);
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtcp-fb:96 nack`,
		bad: `
			m=video 4000 RTP/AVP 96
			a=rtcp-fb:96 nack`
	},
	{
		id: 'telephone-event-rate',
		code: 'PT-10',
		severity: 'warning',
		title: 'telephone-event with a clock rate no codec has',
		cite: 'RFC 4733 §2; RFC 7874 §3',
		advice: 'Offer telephone-event at the clock rate of each audio codec, for example /48000 beside opus.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const codecs = section.listed;
				const rates = new Set(codecs.filter((codec) => !isHelper(codec)).map((codec) => codec.clockRate));
				if (rates.size === 0) continue;
				for (const codec of codecs) {
					if (codec.name.toLowerCase() === 'telephone-event' && !rates.has(codec.clockRate)) {
						report(
							codec.line ?? section.mLine,
							`telephone-event runs at ${codec.clockRate} Hz; the codecs of the ${nameOf(section)} run at ${[...rates].join(', ')} Hz, so tones would need a change of clock.`
						);
					}
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 110
			a=rtpmap:111 opus/48000/2
			a=rtpmap:110 telephone-event/48000`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 126
			a=rtpmap:111 opus/48000/2
			a=rtpmap:126 telephone-event/8000`
	},
	{
		id: 'video-parameter-sets',
		code: 'PT-12',
		severity: 'warning',
		title: 'H.264 or H.265 parameters that cannot be read',
		cite: 'RFC 6184 §8.1; RFC 7798 §7.1',
		advice: 'Write profile-level-id as six hex digits, and sprop parameter sets as base64 separated by commas.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					const codec = section.codecs.get(decimal(value.format) ?? -1);
					const name = codec?.name.toLowerCase();
					if (name !== 'h264' && name !== 'h265') continue;
					const level = value.parameters.get('profile-level-id');
					if (name === 'h264' && level !== undefined && !/^[0-9a-f]{6}$/i.test(level))
						report(line, `profile-level-id is "${clip(level)}" and not six hex digits.`);
					for (const [key, text] of value.parameters) {
						if (key.startsWith('sprop-') && /^sprop-(parameter-sets|vps|sps|pps)$/.test(key) && !/^[A-Za-z0-9+/=,]+$/.test(text))
							report(line, `${key} is not base64: "${clip(text)}".`);
					}
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e0`
	},
	{
		id: 'packet-time',
		code: 'PT-14',
		severity: 'warning',
		title: 'ptime larger than maxptime, or not a number',
		cite: 'RFC 8866 §6.4, §6.5',
		advice: 'Give both in whole milliseconds, ptime not above maxptime.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const [ptime, maxptime] = ['ptime', 'maxptime'].map((name) => section.attributes.get(name)?.[0]);
				for (const line of [ptime, maxptime]) {
					if (line && decimal(line.argument?.trim()) === null)
						report(line, `a=${line.name} is "${clip(line.argument ?? '')}" and not a number of milliseconds.`, {
							column: line.argumentColumn
						});
				}
				const [time, most] = [decimal(ptime?.argument?.trim()), decimal(maxptime?.argument?.trim())];
				if (time !== null && most !== null && time > most) report(ptime!, `ptime is ${time} ms and maxptime ${most} ms.`);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ptime:20
			a=maxptime:120`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ptime:200
			a=maxptime:120`
	},
	{
		id: 'redundancy-target',
		code: 'PT-15',
		severity: 'warning',
		title: 'red names a payload type that is not there',
		cite: 'RFC 2198 §5',
		advice: 'List in the a=fmtp line of red only payload types of the same section, separated by slashes.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const listed = new Set(section.formats.map((format) => format.text));
				for (const { line, value } of section.fmtps) {
					if (section.codecs.get(decimal(value.format) ?? -1)?.name.toLowerCase() !== 'red') continue;
					const missing = value.text.split('/').filter((part) => /^\d+$/.test(part.trim()) && !listed.has(part.trim()));
					if (missing.length > 0)
						report(
							line,
							`red with payload type ${clip(value.format)} repeats payload type ${clip(missing[0]!.trim())}, which the m= line does not list.`
						);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2
			a=rtpmap:63 red/48000/2
			a=fmtp:63 111/111`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0 63
			a=rtpmap:63 red/48000/2
			a=fmtp:63 111/111`
	},
	{
		id: 'mandatory-codec',
		code: 'PT-16',
		severity: 'info',
		profiles: ['webrtc'],
		title: 'None of the codecs that every browser has',
		cite: 'RFC 7874 §3; RFC 7742 §5',
		advice: 'Add opus (or PCMU, PCMA) for audio and VP8 or H264 for video, unless both ends are known.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const wanted = section.kind === 'audio' ? ['opus', 'pcmu', 'pcma'] : section.kind === 'video' ? ['vp8', 'h264'] : null;
				const codecs = section.listed.filter((codec) => !isHelper(codec));
				if (!wanted || !section.isRtp || codecs.length === 0 || codecs.some((codec) => wanted.includes(codec.name.toLowerCase())))
					continue;
				report(
					section.mLine,
					`The ${nameOf(section)} has only ${clip([...new Set(codecs.map((codec) => codec.name))].join(', '))}; not every browser has that.`
				);
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 49
			a=rtpmap:49 H265/90000`
	}
];

export const PAYLOAD_TYPE_PAIR_RULES: readonly ProsePairRule[] = [
	{
		id: 'h264-parameters-differ',
		code: 'PT-11',
		severity: 'warning',
		title: 'H.264 entries that do not match',
		cite: 'RFC 6184 §8.2.2',
		advice: 'Answer each H.264 payload type with the same packetization-mode and profile; only the level may differ.',
		check: ({ offer, answer, report }) =>
			compareParameters(offer.sections, answer.sections, ['h264'], (section, codec, text) =>
				report('answer', codec.line ?? section.mLine, text)
			),
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e034`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=0;profile-level-id=42e01f`
	},
	{
		id: 'video-profile-differs',
		code: 'PT-13',
		severity: 'warning',
		title: 'VP9, AV1 or H.265 profiles that do not match',
		cite: 'RFC 9628; RFC 7798 §7.2.2',
		advice: 'Answer with the profile that was offered for this payload type, or drop the entry.',
		check: ({ offer, answer, report }) =>
			compareParameters(offer.sections, answer.sections, ['vp9', 'av1', 'h265'], (section, codec, text) =>
				report('answer', codec.line ?? section.mLine, text)
			),
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000
			a=fmtp:98 profile-id=0
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000
			a=fmtp:98 profile-id=2
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000
			a=fmtp:98 profile-id=0`
	},
	{
		id: 'only-helper-codecs',
		code: 'PT-17',
		severity: 'problem',
		title: 'Nothing left that carries audio or video',
		cite: 'RFC 3264 §6',
		advice: 'Keep at least one real codec in the answer, or reject the section with port 0.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const codecs = section.listed;
				// A section of its own for tones is old practice (RFC 4733); there the offer has nothing else either.
				const offered = offer.sections[section.index];
				if (!offered || offered.listed.every(isHelper)) continue;
				if (section.isRtp && codecs.length > 0 && codecs.every(isHelper) && codecs.length === section.formats.length) {
					report(
						'answer',
						section.mLine,
						`The ${nameOf(section)} is accepted with only ${clip(codecs.map((codec) => codec.name).join(', '))}.`
					);
				}
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 101
			a=rtpmap:101 telephone-event/8000`
	}
];

function aptDifference(codec: Codec, a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>) {
	if (codec.name.toLowerCase() !== 'rtx') return null;
	const [left, right] = [a.get('apt') ?? 'absent', b.get('apt') ?? 'absent'];
	return left === right ? null : { parameter: 'apt', a: left, b: right };
}

/** For each answered codec of the names given: does some offered entry agree in what must agree? */
function compareParameters(
	offered: Section[],
	answered: Section[],
	names: string[],
	report: (section: Section, codec: Codec, text: string) => void
): void {
	answered.forEach((section, index) => {
		const other = offered[index];
		if (!other || section.rejected || other.rejected) return;
		for (const codec of section.listed) {
			if (!names.includes(codec.name.toLowerCase())) continue;
			const own = parametersOf(section, codec.payloadType);
			const same = other.listed.filter((each) => sameCodec(each, codec));
			const differences = same.map((each) => decisiveDifference(codec, parametersOf(other, each.payloadType), own));
			if (same.length === 0 || differences.some((each) => each === null)) continue;
			const samePayloadType = same.findIndex((each) => each.payloadType === codec.payloadType);
			const difference = differences[Math.max(samePayloadType, 0)]!;
			report(
				section,
				codec,
				`${clip(codecName(codec))} with payload type ${codec.payloadType} has ${difference.parameter}=${clip(difference.b)} in the answer and ${clip(difference.a)} in the offer.`
			);
		}
	});
}
