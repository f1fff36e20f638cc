/** Rules about what the codecs of an offer and its answer agree on: will what is sent be decoded there (RFC 3264 §6.1, 6184 §8.2.2). */
import { alikeWords } from '../../compare/rejection';
import { codecName, isHelper, matchesOf, parametersOf, sameCodec } from '../../text/codecs';
import type { Description, Section } from '../../text/description';
import { ABSENT_PROFILE_LEVEL_ID, levelName, readProfileLevelId } from '../../text/h264-profile';
import { nameOf } from '../../text/transport';
import { clip } from '../../text/values';
import type { PairRule } from './rule';

export const CODEC_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'no-common-configuration',
		code: 'PT-26',
		severity: 'problem',
		title: 'Accepted with codecs of the same name that cannot be agreed on',
		cite: 'RFC 3264 §6.1; RFC 6184 §8.2.2; RFC 9628 §6',
		advice: 'Offer the configuration that the other side has as well, or reject the section with port 0.',
		check: ({ offer, answer, report }) => {
			for (const { section, offered } of acceptedRtp(offer, answer)) {
				const real = section.listed.filter((codec) => !isHelper(codec));
				const named = real.some((codec) => offered.listed.some((each) => sameCodec(each, codec)));
				if (named && real.every((codec) => matchesOf(codec, section, offered).length === 0))
					report(
						'answer',
						section.mLine,
						`The ${nameOf(section)} is accepted without a codec in common${alikeWords(offered, section)}.`
					);
			}
		},
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=4d801f`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42801f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f`
	},
	{
		id: 'h264-level-raised',
		code: 'PT-27',
		severity: 'warning',
		title: 'The answer has a higher H.264 level than the offer',
		cite: 'RFC 6184 §8.2.2',
		advice: 'Answer with the level of the offer or a lower one, or write level-asymmetry-allowed=1 on both sides.',
		check: ({ offer, answer, report }) => {
			for (const { section, offered } of acceptedRtp(offer, answer)) {
				for (const codec of section.listed) {
					if (codec.name.toLowerCase() !== 'h264') continue;
					const other = matchesOf(codec, section, offered)[0];
					if (!other) continue;
					const [own, theirs] = [parametersOf(section, codec.payloadType), parametersOf(offered, other.payloadType)];
					if ([own, theirs].every((parameters) => parameters.get('level-asymmetry-allowed') === '1')) continue;
					const [said, wanted] = [levelOf(own), levelOf(theirs)];
					if (said !== null && wanted !== null && said > wanted)
						report(
							'answer',
							codec.line ?? section.mLine,
							`H264 with payload type ${codec.payloadType} has level ${levelName(said)} in the answer and ${levelName(wanted)} in the offer, and not both sides say level-asymmetry-allowed=1.`
						);
				}
			}
		},
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e034`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e034`
	},
	{
		id: 'codec-renumbered',
		code: 'PT-28',
		severity: 'info',
		title: 'The answer gives a codec another number',
		cite: 'RFC 3264 §6.1',
		advice: 'Answer with the number of the offer: another is allowed, then each side sends with the number of the other.',
		check: ({ offer, answer, report }) => {
			for (const { section, offered } of acceptedRtp(offer, answer)) {
				for (const codec of section.listed) {
					if (isHelper(codec)) continue;
					const same = matchesOf(codec, section, offered);
					if (same.length === 0 || same.some(({ payloadType }) => payloadType === codec.payloadType)) continue;
					report(
						'answer',
						codec.line ?? section.mLine,
						`${clip(codecName(codec))} has payload type ${codec.payloadType} in the answer and ${same.map(({ payloadType }) => payloadType).join(' or ')} in the offer.`
					);
				}
			}
		},
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 100
			a=rtpmap:100 VP8/90000`
	}
];

function acceptedRtp(offer: Description, answer: Description): { section: Section; offered: Section }[] {
	return answer.live.flatMap((section) => {
		const offered = offer.sections[section.index];
		return offered && section.isRtp && offered.isRtp && !offered.rejected && offered.kind === section.kind
			? [{ section, offered }]
			: [];
	});
}

function levelOf(parameters: ReadonlyMap<string, string>): number | null {
	return readProfileLevelId(parameters.get('profile-level-id') ?? ABSENT_PROFILE_LEVEL_ID)?.levelTenths ?? null;
}
