/** Rules about what a codec's own lines say: clock rates, parameters and their ranges, and the feedback that needs a header extension. */
import { entryOf } from '../../../base/record';
import { codecName, isHelper, parametersOf } from '../../text/codecs';
import type { Section } from '../../text/description';
import { named } from '../values/section-values';
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

export const CODEC_PARAMETER_RULES: readonly SingleRule[] = [
	{
		id: 'codec-clock-rate',
		code: 'PT-18',
		severity: 'problem',
		cite: 'RFC 3551 §6; RFC 6184 §8.1; RFC 7741 §6',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.rtpMaps) {
					const known = entryOf(CLOCK_RATES, value.name.toLowerCase());
					// The static number of PCMU, PCMA and G722 has a finding of its own.
					if (known && value.clockRate !== known.rate && !(value.payloadType < 35))
						report(line, { codec: clip(value.name), rateHz: known.rate, cite: known.cite, writtenHz: value.clockRate });
				}
			}
		}
	},
	{
		id: 'retransmission-clock-rate',
		code: 'PT-19',
		severity: 'problem',
		cite: 'RFC 4588 §8.1; RFC 2198 §4',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const codec of section.listed) {
					const target = targetOf(section, codec.payloadType, codec.name.toLowerCase());
					if (target && target.clockRate !== codec.clockRate)
						report(codec.line ?? section.mLine, {
							codec: clip(codecName(codec)),
							target: clip(codecName(target)),
							targetHz: target.clockRate
						});
				}
			}
		}
	},
	{
		id: 'codec-parameter-range',
		code: 'PT-20',
		severity: 'warning',
		cite: 'RFC 6184 §8.1; RFC 7587 §6.1; RFC 7798 §7.1; RFC 9628 §6',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					const codec = section.codecs.get(decimal(value.format) ?? -1);
					const ranges = entryOf(RANGES, codec?.name.toLowerCase() ?? '');
					if (!codec || !ranges) continue;
					for (const [name, given] of value.parameters) {
						const range = Object.hasOwn(ranges, name) ? ranges[name]! : null;
						const number = decimal(given);
						if (range && (number === null || number < range[0] || number > range[1]))
							report(line, {
								parameter: name,
								codec: clip(codecName(codec)),
								given: clip(given),
								least: range[0],
								most: range[1]
							});
					}
				}
			}
		}
	},
	{
		id: 'h264-profile-missing',
		code: 'PT-21',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 7742 §6.2; RFC 6184 §8.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const codec of section.listed)
					if (codec.name.toLowerCase() === 'h264' && !parametersOf(section, codec.payloadType).has('profile-level-id'))
						report(codec.line ?? section.mLine, { payloadType: codec.payloadType });
			}
		}
	},
	{
		id: 'h265-transmission-mode',
		code: 'PT-22',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 7798 §7.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					const mode = value.parameters.get('tx-mode');
					if (
						section.codecs.get(decimal(value.format) ?? -1)?.name.toLowerCase() === 'h265' &&
						mode !== undefined &&
						mode !== 'SRST'
					)
						report(line, { mode: clip(mode) });
				}
			}
		}
	},
	{
		id: 'redundancy-unnamed',
		code: 'PT-23',
		severity: 'warning',
		cite: 'RFC 2198 §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.kind !== 'audio') continue;
				for (const codec of section.listed)
					if (
						codec.name.toLowerCase() === 'red' &&
						!section.fmtps.some(({ value }) => value.format === String(codec.payloadType))
					)
						report(codec.line ?? section.mLine, { payloadType: codec.payloadType });
			}
		}
	},
	{
		id: 'telephone-events',
		code: 'PT-24',
		severity: 'warning',
		cite: 'RFC 4733 §2.4.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.fmtps) {
					if (section.codecs.get(decimal(value.format) ?? -1)?.name.toLowerCase() !== 'telephone-event') continue;
					const wrong = value.text.split(',').find((part) => {
						const [, first, last] = /^ *(\d{1,3})(?:-(\d{1,3}))? *$/.exec(part) ?? [];
						return first === undefined || Number(last ?? first) > 255 || Number(first) > Number(last ?? first);
					});
					if (wrong !== undefined) report(line, { event: clip(wrong) });
				}
			}
		}
	},
	{
		id: 'transport-feedback-incomplete',
		code: 'PT-25',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'draft-holmer-rmcat-transport-wide-cc-extensions-01 §2, §3',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp) continue;
				const feedback = section.feedback.find(({ value }) => value.value === 'transport-cc');
				const extension = [...section.extensions, ...sdp.session.extensions].find(({ value }) => value.uri === TRANSPORT_CC);
				if (feedback && !extension) report(feedback.line, { section: named(section), lacks: 'extension' });
				else if (extension && !feedback && section.listed.some((codec) => !isHelper(codec)))
					report(extension.line, { section: named(section), lacks: 'feedback' }, { severity: 'info' });
			}
		}
	}
];

/** Clock rate and channels that a codec has wherever it is; null where they may be several. */
export function mapOf(name: string): string | null {
	const known = entryOf(CLOCK_RATES, name.toLowerCase());
	return known ? String(known.rate) : name.toLowerCase() === 'opus' ? '48000/2' : null;
}

/** What a rtx or a red repeats. */
export function targetOf(section: Section, payloadType: number, name: string) {
	if (name !== 'rtx' && name !== 'red') return null;
	const first = section.fmtps.find(({ value }) => value.format === String(payloadType))?.value.text.split('/')[0];
	const target = name === 'rtx' ? parametersOf(section, payloadType).get('apt') : first;
	return section.codecs.get(decimal(target?.trim()) ?? -1) ?? null;
}
