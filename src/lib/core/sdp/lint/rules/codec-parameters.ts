/** Rules about what a codec's own lines say: clock rates, parameters and their ranges, and the feedback that needs a header extension. */
import { codecName, isHelper, parametersOf } from '../../text/codecs';
import type { Section } from '../../text/description';
import { nameOf } from '../../text/transport';
import { clip, decimal } from '../../text/values';
import type { SingleRule } from './rule';

const WEBRTC = ['webrtc'] as const;

/** The only clock rates that these have, in Hz; opus has a rule of its own. */
const CLOCK_RATES: Readonly<Record<string, { rate: number; cite: string }>> = {
	vp8: { rate: 90000, cite: 'RFC 7741 §6' },
	vp9: { rate: 90000, cite: 'RFC 9628 §6' },
	h264: { rate: 90000, cite: 'RFC 6184 §8.1' },
	h265: { rate: 90000, cite: 'RFC 7798 §7.1' },
	av1: { rate: 90000, cite: 'the RTP payload format of AV1' },
	pcmu: { rate: 8000, cite: 'RFC 3551 §6' },
	pcma: { rate: 8000, cite: 'RFC 3551 §6' },
	// By a mistake of the first specification, kept ever since: it samples at 16 kHz.
	g722: { rate: 8000, cite: 'RFC 3551 §4.5.2' }
};

/** The least and the most that a parameter may be (RFC 6184 §8.1, 7798 §7.1, 9628 §6, 7587 §6.1, the RTP payload format of AV1 §7.2.1). */
const RANGES: Readonly<Record<string, Readonly<Record<string, readonly [least: number, most: number]>>>> = {
	h264: { 'packetization-mode': [0, 2], 'level-asymmetry-allowed': [0, 1] },
	h265: { 'profile-id': [0, 31], 'tier-flag': [0, 1], 'level-id': [0, 255] },
	vp9: { 'profile-id': [0, 3] },
	av1: { profile: [0, 2], 'level-idx': [0, 31], tier: [0, 1] },
	opus: {
		maxplaybackrate: [8000, 48000],
		'sprop-maxcapturerate': [8000, 48000],
		maxaveragebitrate: [6000, 510000],
		stereo: [0, 1],
		'sprop-stereo': [0, 1],
		cbr: [0, 1],
		useinbandfec: [0, 1],
		usedtx: [0, 1]
	}
};

const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

export const CODEC_RULES: readonly SingleRule[] = [
	{
		id: 'codec-clock-rate',
		code: 'PT-18',
		severity: 'problem',
		title: 'A clock rate that the codec does not have',
		cite: 'RFC 3551 §6; RFC 6184 §8.1; RFC 7741 §6',
		advice: 'Write 90000 for video, and 8000 for PCMU, PCMA and G722, whatever the real sampling rate is.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.rtpMaps) {
					const known = CLOCK_RATES[value.name.toLowerCase()];
					// The static number of PCMU, PCMA and G722 has a finding of its own.
					if (known && value.clockRate !== known.rate && !(value.payloadType < 35))
						report(
							line,
							`${clip(value.name)} has a clock rate of ${known.rate} Hz (${known.cite}) and is written with ${value.clockRate}.`
						);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/48000`
	},
	{
		id: 'retransmission-clock-rate',
		code: 'PT-19',
		severity: 'problem',
		title: 'rtx or red with another clock rate than its codec',
		cite: 'RFC 4588 §8.1; RFC 2198 §4',
		advice: 'Write the clock rate of the codec that is repeated.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const codec of section.listed) {
					const target = targetOf(section, codec.payloadType, codec.name.toLowerCase());
					if (target && target.clockRate !== codec.clockRate)
						report(
							codec.line ?? section.mLine,
							`${clip(codecName(codec))} repeats ${clip(codecName(target))}, which has a clock rate of ${target.clockRate} Hz.`
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
			a=rtpmap:97 rtx/48000
			a=fmtp:97 apt=96`
	},
	{
		id: 'codec-parameter-range',
		code: 'PT-20',
		severity: 'warning',
		title: 'A codec parameter out of its range',
		cite: 'RFC 6184 §8.1; RFC 7587 §6.1; RFC 7798 §7.1; RFC 9628 §6',
		advice: 'Correct the value, or leave the parameter out: absent it has a meaning that every decoder knows.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					const codec = section.codecs.get(decimal(value.format) ?? -1);
					const ranges = RANGES[codec?.name.toLowerCase() ?? ''];
					if (!codec || !ranges) continue;
					for (const [name, given] of value.parameters) {
						const range = Object.hasOwn(ranges, name) ? ranges[name]! : null;
						const number = decimal(given);
						if (range && (number === null || number < range[0] || number > range[1]))
							report(line, `${name} of ${clip(codecName(codec))} is "${clip(given)}"; it goes from ${range[0]} to ${range[1]}.`);
					}
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2
			a=fmtp:111 maxaveragebitrate=64000;stereo=1`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2
			a=fmtp:111 maxaveragebitrate=64;stereo=1`
	},
	{
		id: 'h264-profile-missing',
		code: 'PT-21',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'H.264 without profile-level-id',
		cite: 'RFC 7742 §6.2; RFC 6184 §8.1',
		advice: 'Write a=fmtp with profile-level-id and packetization-mode, for example 42e01f and 1.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const codec of section.listed)
					if (codec.name.toLowerCase() === 'h264' && !parametersOf(section, codec.payloadType).has('profile-level-id'))
						report(
							codec.line ?? section.mLine,
							`H264 with payload type ${codec.payloadType} has no profile-level-id, which means the baseline profile and level 1: 176x144 at 15 frames a second.`
						);
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000`
	},
	{
		id: 'h265-transmission-mode',
		code: 'PT-22',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'H.265 over several streams',
		cite: 'RFC 7798 §7.1',
		advice: 'Leave tx-mode out, or write tx-mode=SRST: browsers send and take one stream.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					const mode = value.parameters.get('tx-mode');
					if (
						section.codecs.get(decimal(value.format) ?? -1)?.name.toLowerCase() === 'h265' &&
						mode !== undefined &&
						mode !== 'SRST'
					)
						report(line, `tx-mode is "${clip(mode)}".`);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 49
			a=rtpmap:49 H265/90000
			a=fmtp:49 level-id=93;tx-mode=SRST`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 49
			a=rtpmap:49 H265/90000
			a=fmtp:49 level-id=93;tx-mode=MRST`
	},
	{
		id: 'redundancy-unnamed',
		code: 'PT-23',
		severity: 'warning',
		title: 'red for audio that does not say what it repeats',
		cite: 'RFC 2198 §5',
		advice: 'Write a=fmtp with the payload types of the packet, the first of them first: 111/111.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.kind !== 'audio') continue;
				for (const codec of section.listed)
					if (
						codec.name.toLowerCase() === 'red' &&
						!section.fmtps.some(({ value }) => value.format === String(codec.payloadType))
					)
						report(codec.line ?? section.mLine, `red with payload type ${codec.payloadType} has no a=fmtp line.`);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2
			a=rtpmap:63 red/48000/2
			a=fmtp:63 111/111`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2
			a=rtpmap:63 red/48000/2`
	},
	{
		id: 'telephone-events',
		code: 'PT-24',
		severity: 'warning',
		title: 'A list of telephone events that cannot be read',
		cite: 'RFC 4733 §2.4.1',
		advice: 'Write numbers and ranges from 0 to 255 with commas between, such as 0-15,66; without the line it is 0-15.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					if (section.codecs.get(decimal(value.format) ?? -1)?.name.toLowerCase() !== 'telephone-event') continue;
					const wrong = value.text.split(',').find((part) => {
						const [, first, last] = /^ *(\d{1,3})(?:-(\d{1,3}))? *$/.exec(part) ?? [];
						return first === undefined || Number(last ?? first) > 255 || Number(first) > Number(last ?? first);
					});
					if (wrong !== undefined) report(line, `"${clip(wrong)}" is no telephone event and no range of them.`);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			a=fmtp:101 0-15`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			a=fmtp:101 0-15,star`
	},
	{
		id: 'transport-feedback-incomplete',
		code: 'PT-25',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'Transport-wide feedback without its header extension, or the other way round',
		cite: 'draft-holmer-rmcat-transport-wide-cc-extensions-01 §2, §3',
		advice: `Have both or neither: a=rtcp-fb with transport-cc, and a=extmap with ${TRANSPORT_CC}.`,
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp) continue;
				const feedback = section.feedback.find(({ value }) => value.value === 'transport-cc');
				const extension = [...section.extensions, ...sdp.session.extensions].find(({ value }) => value.uri === TRANSPORT_CC);
				if (feedback && !extension)
					report(
						feedback.line,
						`The ${nameOf(section)} wants transport-cc feedback, and no header extension numbers its packets.`
					);
				else if (extension && !feedback && section.listed.some((codec) => !isHelper(codec)))
					report(
						extension.line,
						`Packets of the ${nameOf(section)} are numbered for transport-cc, and no codec asks for that feedback.`,
						{ severity: 'info' }
					);
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=extmap:3 ${TRANSPORT_CC}
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 transport-cc`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 transport-cc`
	}
];

/** What a rtx or a red repeats. */
function targetOf(section: Section, payloadType: number, name: string) {
	if (name !== 'rtx' && name !== 'red') return null;
	const first = section.fmtps.find(({ value }) => value.format === String(payloadType))?.value.text.split('/')[0];
	const target = name === 'rtx' ? parametersOf(section, payloadType).get('apt') : first;
	return section.codecs.get(decimal(target?.trim()) ?? -1) ?? null;
}
