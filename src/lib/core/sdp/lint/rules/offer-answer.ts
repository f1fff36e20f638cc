/** Rules about the exchange: does the answer fit the offer, does this round fit the one before (RFC 3264, RFC 9429). */
import { codecName, isHelper, sameCodec } from '../../text/codecs';
import type { Description, Direction, Section } from '../../text/description';
import { sessionOf } from '../../text/origin';
import { rejectionReason } from '../../compare/rejection';
import type { ProsePairRule, ProseRoundRule, ProseSingleRule } from './rule';
import { bundleWith, fingerprintsOf, iceOf, nameOf, sameSections } from '../../text/transport';
import { clip } from '../../text/values';

/** What an answer may say to each offered direction (RFC 3264 §6.1). */
const ANSWERS: Record<Direction, readonly Direction[]> = {
	sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
	sendonly: ['recvonly', 'inactive'],
	recvonly: ['sendonly', 'inactive'],
	inactive: ['inactive']
};

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const OTHER_PRINT = 'sha-256 29:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2';

export const EXCHANGE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'hold-by-address',
		code: 'OA-16',
		severity: 'warning',
		title: 'On hold by c=0.0.0.0',
		cite: 'RFC 3264 §8.4; RFC 8839 §4.4.1.1.1',
		advice: 'Put a call on hold with a=sendonly or a=inactive; the zero address is old practice and restarts ICE.',
		check: ({ sdp, profile, report }) => {
			if (profile === 'declarative') return;
			for (const section of sdp.live) {
				const connection = section.connections[0] ?? sdp.session.connections[0];
				// With ICE, 0.0.0.0 and port 9 only say that the candidates decide.
				if (!connection || !section.isRtp || section.port === 9 || section.port <= 1 || iceOf(sdp, section).ufrag !== null)
					continue;
				if (connection.value.address === '0.0.0.0' && section.direction !== 'inactive')
					report(
						section.connections[0] ? connection.line : section.mLine,
						`The address of the ${nameOf(section)} is 0.0.0.0, which old phones mean as hold.`
					);
			}
		},
		good: `
			m=audio 4000 RTP/AVP 0
			c=IN IP4 203.0.113.1
			a=sendonly`,
		bad: `
			m=audio 4000 RTP/AVP 0
			c=IN IP4 0.0.0.0`
	},
	{
		id: 'bandwidth',
		code: 'OA-18',
		severity: 'warning',
		title: 'A very low bandwidth, or AS and TIAS that disagree',
		cite: 'RFC 8866 §5.8; RFC 3890',
		advice: 'Give AS in kilobits a second and TIAS in bits a second; leave b= out when no limit is meant.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const as = section.bandwidths.find(({ value }) => value.kind === 'AS');
				const tias = section.bandwidths.find(({ value }) => value.kind === 'TIAS');
				const least = section.kind === 'video' ? 100_000 : section.kind === 'audio' ? 6_000 : 64_000;
				for (const [limit, bitrateBps] of [
					[as, (as?.value.value ?? 0) * 1000],
					[tias, tias?.value.value ?? 0]
				] as const) {
					if (limit && bitrateBps > 0 && bitrateBps < least)
						report(limit.line, `The ${nameOf(section)} is limited to ${bitrateBps / 1000} kbit/s.`);
				}
				if (as && tias && as.value.value > 0) {
					const ratio = tias.value.value / (as.value.value * 1000);
					if (ratio > 2 || ratio < 0.3)
						report(tias.line, `b=AS allows ${as.value.value} kbit/s and b=TIAS ${tias.value.value / 1000} kbit/s.`);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			b=AS:2000
			b=TIAS:1900000`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			b=AS:30`
	}
];

export const EXCHANGE_PAIR_RULES: readonly ProsePairRule[] = [
	{
		id: 'section-count',
		code: 'OA-01',
		severity: 'problem',
		title: 'The answer has another number of sections',
		cite: 'RFC 3264 §6; RFC 9429 §5.8.3',
		advice: 'Answer every m= line of the offer, in its place; refuse one with port 0, never leave it out.',
		check: ({ offer, answer, report }) => {
			const [offered, answered] = [offer.sections.length, answer.sections.length];
			if (offered === answered) return;
			const line = answered > offered ? answer.sections[offered]!.mLine : (answer.sections[answered - 1]?.mLine ?? null);
			report('answer', line, `The offer has ${offered} m= ${offered === 1 ? 'line' : 'lines'}, the answer ${answered}.`);
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 0 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	{
		id: 'section-order',
		code: 'OA-02',
		severity: 'problem',
		title: 'Another kind or transport at the same place',
		cite: 'RFC 3264 §6; RFC 9429 §5.1.2, §5.8.3',
		advice: 'Keep the order of the m= lines of the offer, and its kinds and transports.',
		check: ({ offer, answer, report }) => {
			answer.sections.forEach((section, index) => {
				const offered = offer.sections[index];
				if (!offered) return;
				if (offered.kind !== section.kind) {
					report(
						'answer',
						section.mLine,
						`m= line ${index + 1} is ${clip(section.kind)} in the answer and ${clip(offered.kind)} in the offer (line ${offered.mLine.number}).`
					);
				} else if (offered.protocol !== section.protocol) {
					const alias =
						(offered.isRtp && section.isRtp && offered.protocol.includes('SAVP') === section.protocol.includes('SAVP')) ||
						(offered.isData && section.isData);
					const text = `m= line ${index + 1} uses ${clip(section.protocol)} in the answer and ${clip(offered.protocol)} in the offer.`;
					report(
						'answer',
						section.mLine,
						alias ? `${text} Browsers take these names for the same.` : text,
						alias ? { severity: 'info' } : {}
					);
				}
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	{
		id: 'section-mid',
		code: 'OA-03',
		severity: 'problem',
		title: 'Another mid at the same place',
		cite: 'RFC 9429 §5.3.1; RFC 5888 §9',
		advice: 'Copy the a=mid of the offer into the section of the answer at the same place.',
		check: ({ offer, answer, profile, report }) => {
			answer.sections.forEach((section, index) => {
				const offered = offer.sections[index];
				if (!offered || offered.kind !== section.kind || offered.mid === section.mid) return;
				const line = section.attributes.get('mid')?.[0] ?? section.mLine;
				if (section.mid === null) {
					if (!section.rejected)
						report('answer', line, `The offer names m= line ${index + 1} "${clip(offered.mid!)}", the answer gives no a=mid.`, {
							severity: profile === 'webrtc' ? 'warning' : 'info'
						});
				} else if (offered.mid === null)
					report('answer', line, `The answer names m= line ${index + 1} "${clip(section.mid)}", the offer gives it no mid.`, {
						severity: 'warning'
					});
				else
					report(
						'answer',
						line,
						`m= line ${index + 1} is "${clip(section.mid)}" in the answer and "${clip(offered.mid)}" in the offer.`
					);
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:audio`
	},
	{
		id: 'direction-conflict',
		code: 'OA-04',
		severity: 'problem',
		title: 'Directions that do not fit together',
		cite: 'RFC 3264 §6.1; RFC 9429 §5.3.1',
		advice:
			'Answer sendonly with recvonly, recvonly with sendonly, and inactive with inactive; the direction is inverted, not copied.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || !section.isRtp || !offered.isRtp || ANSWERS[offered.direction].includes(section.direction)) continue;
				const line = section.attributes.get(section.direction)?.[0] ?? section.mLine;
				report('answer', line, `The offer of the ${nameOf(section)} is ${offered.direction}, the answer ${section.direction}.`);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=recvonly`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly`
	},
	{
		id: 'codec-not-offered',
		code: 'OA-05',
		severity: 'warning',
		title: 'The answer has a codec that was not offered',
		cite: 'RFC 3264 §6.1; RFC 9429 §5.3.1',
		advice: 'Leave the codec out: browsers use only what both sides listed.',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				if (!section.isRtp) return;
				const all = offered.listed;
				for (const codec of section.listed) {
					if (!all.some((each) => sameCodec(each, codec)))
						report('answer', codec.line ?? section.mLine, `${clip(codecName(codec))} is not in the offered ${nameOf(section)}.`);
				}
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111 0
			a=rtpmap:111 opus/48000/2
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 8`
	},
	{
		id: 'no-common-codec',
		code: 'OA-05b',
		severity: 'problem',
		title: 'Accepted without a common codec',
		cite: 'RFC 3264 §6',
		advice: 'Offer a codec both sides have, or reject the section with port 0.',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				if (!section.isRtp || !offered.isRtp) return;
				const real = section.listed.filter((codec) => !isHelper(codec));
				const theirs = offered.listed.filter((codec) => !isHelper(codec));
				if (real.length === 0 || theirs.length === 0 || real.some((codec) => theirs.some((each) => sameCodec(each, codec))))
					return;
				report(
					'answer',
					section.mLine,
					`The ${nameOf(section)} is accepted with ${namesOf(real)}; offered were ${namesOf(theirs)}.`
				);
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 8`
	},
	{
		id: 'one-way-media',
		code: 'OA-06',
		severity: 'warning',
		title: 'One-way although both directions were offered',
		cite: 'RFC 3264 §6.1',
		advice: 'If both sides should send: add a track or a transceiver on the answering side before createAnswer.',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				if (!section.isRtp || offered.direction !== 'sendrecv' || section.direction === 'sendrecv') return;
				const line = section.attributes.get(section.direction)?.[0] ?? section.mLine;
				const words =
					section.direction === 'recvonly'
						? 'only receives'
						: section.direction === 'sendonly'
							? 'only sends'
							: 'neither sends nor receives';
				report('answer', line, `The offer of the ${nameOf(section)} is sendrecv; the answering side ${words}.`);
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=recvonly`
	},
	{
		id: 'section-rejected',
		code: 'OA-08',
		severity: 'warning',
		title: 'The answer rejects a section',
		cite: 'RFC 9429 §5.3.1',
		advice: 'Compare the codecs of both sides, look for a stopped transceiver, and for a bundle that the answer could not join.',
		check: ({ offer, answer, report }) => {
			answer.sections.forEach((section, index) => {
				const offered = offer.sections[index];
				if (!offered || !section.rejected || offered.rejected) return;
				report(
					'answer',
					section.mLine,
					`The ${nameOf(offered)} is rejected (port 0). ${rejectionReason(offer, offered, section)}`
				);
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 0 UDP/TLS/RTP/SAVPF 0`
	},
	{
		id: 'all-rejected',
		code: 'OA-09',
		severity: 'problem',
		title: 'The answer rejects everything',
		cite: 'RFC 3264 §6',
		advice: 'Look at the first section: what rejects it usually rejects the others, above all in a bundle.',
		check: ({ offer, answer, report }) => {
			const wanted = answer.sections.filter((section) => offer.sections[section.index]?.rejected === false);
			if (wanted.length > 0 && wanted.every((section) => section.rejected))
				report(
					'answer',
					wanted[0]!.mLine,
					`All ${wanted.length} offered sections are rejected with port 0, so there is nothing to connect.`
				);
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 0 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 0 UDP/TLS/RTP/SAVPF 0
			m=video 0 UDP/TLS/RTP/SAVPF 96`
	},
	{
		id: 'feedback-not-offered',
		code: 'OA-10',
		severity: 'warning',
		title: 'Feedback that was not offered',
		cite: 'RFC 4585 §4.2',
		advice: 'Answer only feedback messages that the offer lists for the same codec.',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				const general = new Set(offered.feedback.filter(({ value }) => value.format === '*').map(({ value }) => value.value));
				const byName = new Map<string, Set<string>>();
				for (const { value } of offered.feedback) {
					const codec = offered.codecs.get(Number(value.format));
					if (!codec) continue;
					const key = codecName(codec).toLowerCase();
					byName.set(key, (byName.get(key) ?? new Set()).add(value.value));
				}
				for (const { line, value } of section.feedback) {
					const codec = section.codecs.get(Number(value.format));
					if (!codec || general.has(value.value) || byName.get(codecName(codec).toLowerCase())?.has(value.value)) continue;
					// A codec that was not offered at all has a finding of its own.
					if (offered.listed.some((each) => sameCodec(each, codec)))
						report('answer', line, `"${clip(value.value)}" for ${clip(codecName(codec))} is not in the offer.`);
				}
			});
		},
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 nack
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 nack`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 nack`
	},
	{
		id: 'payload-type-changed',
		code: 'OA-11',
		severity: 'warning',
		title: 'One payload type, two codecs across the exchange',
		cite: 'RFC 3264 §5.1, §6.1',
		advice: 'Answer each codec under the number of the offer; different numbers are allowed and break many programs.',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				const listed = new Map(offered.listed.map((codec) => [codec.payloadType, codec]));
				for (const codec of section.listed) {
					const other = listed.get(codec.payloadType);
					if (!other || sameCodec(other, codec)) continue;
					const bundled = bundleWith(answer, section) !== null;
					report(
						'answer',
						codec.line ?? section.mLine,
						`Payload type ${codec.payloadType} is ${clip(codecName(codec))} in the answer and ${clip(codecName(other))} in the offer.`,
						bundled ? { severity: 'problem' } : {}
					);
				}
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 opus/48000/2
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 opus/48000/2`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 opus/48000/2
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 iLBC/8000`
	},
	{
		id: 'answer-copied',
		code: 'OA-17',
		severity: 'problem',
		title: 'The answer is a copy of the offer',
		cite: 'RFC 3264 §6; RFC 9143 §7.3',
		advice:
			'Make the answer with createAnswer after setRemoteDescription(offer), and look whether signalling returns messages to their sender.',
		check: ({ offer, answer, report }) => {
			const [offered, answered] = [offer.origin, answer.origin];
			if (
				offered &&
				answered &&
				offered.line.raw === answered.line.raw &&
				sessionOf(offer) !== '- 0' &&
				offer.sections.length > 0 &&
				offer.sections[0]!.mLine.raw === answer.sections[0]?.mLine.raw
			) {
				const copied = answer.live.some(
					(section) =>
						iceOf(answer, section).ufrag !== null &&
						iceOf(answer, section).ufrag === iceOf(offer, offer.sections[section.index] ?? section).ufrag
				);
				if (copied)
					report(
						'answer',
						answered.line,
						'The o= line and the ICE credentials are those of the offer: this is the offer, come back.'
					);
			}
		},
		good: `
			# offer
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			# answer
			v=0
			o=- 7729291447651054566 1 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv`,
		bad: `
			# offer
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			# answer
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI`
	}
];

export const EXCHANGE_ROUND_RULES: readonly ProseRoundRule[] = [
	{
		id: 'session-version',
		code: 'OA-12',
		severity: 'warning',
		title: 'The version in o= does not follow the change',
		cite: 'RFC 3264 §8; RFC 9429 §5.2.2',
		advice: 'Keep user name and session id of o= through the connection and add one to the version whenever anything changes.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				if (!before.origin || !now.origin) continue;
				const [was, is] = [before.origin.value, now.origin.value];
				const { line } = now.origin;
				if (sessionOf(before) !== sessionOf(now)) {
					report(
						side,
						line,
						`User name and session id were "${clip(sessionOf(before)!)}" in the last round and are "${clip(sessionOf(now)!)}" now.`
					);
					continue;
				}
				const step = BigInt(is.sessionVersion.slice(0, 40)) - BigInt(was.sessionVersion.slice(0, 40));
				if (step < 0n)
					report(side, line, `The version went back from ${clip(was.sessionVersion)} to ${clip(is.sessionVersion)}.`);
				else if (step === 0n && bodyOf(before) !== bodyOf(now))
					report(side, line, `The description changed and the version is still ${clip(is.sessionVersion)}.`);
			}
		},
		good: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# next offer
			v=0
			o=- 20518 2 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendonly`,
		bad: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# next offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendonly`
	},
	{
		id: 'sections-removed',
		code: 'OA-13',
		severity: 'problem',
		title: 'A later offer lost a section or changed its kind',
		cite: 'RFC 3264 §8.2; RFC 9429 §5.2.2',
		advice: 'Keep every m= line of the earlier rounds in its place; stop one by setting its port to 0.',
		check: ({ before, now, report }) => {
			const [was, is] = [before.offer.sections, now.offer.sections];
			if (is.length < was.length)
				report(
					'offer',
					is[is.length - 1]?.mLine ?? null,
					`The last round had ${was.length} m= lines, this offer has ${is.length}.`
				);
			is.forEach((section, index) => {
				const earlier = was[index];
				if (!earlier || earlier.kind === section.kind) return;
				const stopped = earlier.rejected || before.answer?.sections[index]?.rejected === true;
				if (!stopped)
					report(
						'offer',
						section.mLine,
						`m= line ${index + 1} was ${clip(earlier.kind)} in the last round and is ${clip(section.kind)} now.`
					);
			});
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 0 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0`
	},
	{
		id: 'recycled-section',
		code: 'OA-14',
		severity: 'warning',
		title: 'The mid of a section changed, or that of a reused one did not',
		cite: 'RFC 9429 §5.2.2',
		advice:
			'Keep the mid of a section for its life, and give a new mid to an m= line that is used again after its section was stopped.',
		check: ({ before, now, report }) => {
			now.offer.sections.forEach((section, index) => {
				const earlier = before.offer.sections[index];
				if (!earlier || section.rejected || section.mid === null || earlier.mid === null) return;
				const line = section.attributes.get('mid')![0]!;
				if (earlier.rejected && section.mid === earlier.mid)
					report('offer', line, `m= line ${index + 1} was stopped and is used again with its old mid "${clip(section.mid)}".`);
				else if (!earlier.rejected && before.answer?.sections[index]?.rejected !== true && section.mid !== earlier.mid)
					report('offer', line, `The mid of m= line ${index + 1} was "${clip(earlier.mid)}" and is "${clip(section.mid)}" now.`);
			});
		},
		good: `
			# offer
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# next offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:2`,
		bad: `
			# offer
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# next offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	{
		id: 'different-peer',
		code: 'OA-15',
		severity: 'problem',
		title: 'A different peer is speaking',
		cite: 'RFC 8842 §5.5; RFC 8839 §4.4',
		advice: 'Make a new connection: the other side was reloaded, or the message was meant for somebody else.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				if (sessionOf(before) === null || sessionOf(before) === sessionOf(now)) continue;
				const changed = sameSections(before, now).some((pair) => {
					const [was, is] = [
						fingerprintsOf(before, pair.before)[0]?.value.digest,
						fingerprintsOf(now, pair.now)[0]?.value.digest
					];
					return (
						was !== undefined && is !== undefined && was !== is && iceOf(before, pair.before).ufrag !== iceOf(now, pair.now).ufrag
					);
				});
				if (changed)
					report(
						side,
						now.origin?.line ?? null,
						'Session id, certificate fingerprint and ICE credentials all differ from the last round: this is another connection.'
					);
			}
		},
		good: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			v=0
			o=- 20518 2 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}`,
		bad: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			v=0
			o=- 77777 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:bbbb
			a=fingerprint:${OTHER_PRINT}`
	}
];

/** Visits the accepted sections of an answer, each with the one it answers. */
function forAnswered(offer: Description, answer: Description, visit: (section: Section, offered: Section) => void): void {
	for (const section of answer.live) {
		const offered = offer.sections[section.index];
		if (offered && !offered.rejected && offered.kind === section.kind) visit(section, offered);
	}
}

function namesOf(codecs: Parameters<typeof codecName>[0][]): string {
	return clip([...new Set(codecs.map(codecName))].join(', '), 80);
}

/** Everything but the o= line: what must be equal for the version to stay. */
function bodyOf(sdp: Description): string {
	return sdp.document.lines
		.filter((line) => line.type !== 'o' || line.section >= 0)
		.map((line) => line.raw)
		.join('\n');
}
