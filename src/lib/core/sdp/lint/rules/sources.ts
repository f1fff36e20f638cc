/** Rules about what flows: sources, tracks, simulcast layers, data channels (RFC 5576, 8830, 8851 to 8853, 8841). */
import { count } from '../../../base/format';
import type { Section } from '../../text/description';
import type { ProsePairRule, ProseSingleRule } from './rule';
import { nameOf } from '../../text/transport';
import { clip, decimal } from '../../text/values';

const STREAM_ID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

export const SOURCE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'plan-b',
		code: 'SRC-01',
		severity: 'problem',
		profiles: ['webrtc'],
		title: 'Several tracks in one section (Plan B)',
		cite: 'RFC 9429 §5.1',
		advice: 'Send one m= section for each track (Unified Plan); browsers have removed Plan B.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const tracks = new Map<string, number>();
				for (const { line, value } of section.sources) {
					if (value.name !== 'msid') continue;
					const track = value.value.trim().split(/\s+/)[1];
					if (track === undefined || tracks.has(track)) continue;
					if (tracks.size === 1)
						report(
							line,
							`The ${nameOf(section)} has a second track, "${clip(track)}"; the first is on line ${[...tracks.values()][0]}.`
						);
					tracks.set(track, line.number);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=ssrc:1 msid:stream track
			a=ssrc:2 msid:stream track`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=ssrc:1 msid:stream first
			a=ssrc:2 msid:stream second`
	},
	{
		id: 'source-group',
		code: 'SRC-02',
		severity: 'problem',
		title: 'A source group of the wrong size, or with an unknown member',
		cite: 'RFC 5576 §4.2',
		advice: 'Give FID and FEC-FR groups two sources, and every member its a=ssrc lines.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const known = new Set(section.sources.map(({ value }) => value.ssrc));
				for (const { line, value } of section.sourceGroups) {
					const members = value.ssrcs.length;
					if (/^(FID|FEC|FEC-FR)$/.test(value.semantics) && members !== 2)
						report(line, `The ${value.semantics} group has ${count(members, 'source')} and needs 2.`);
					const unknown = value.ssrcs.find((ssrc) => !known.has(ssrc));
					if (unknown !== undefined)
						report(line, `Source ${clip(unknown)} of the ${clip(value.semantics)} group has no a=ssrc line.`);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=ssrc-group:FID 1 2
			a=ssrc:1 cname:a
			a=ssrc:2 cname:a`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=ssrc-group:FID 1
			a=ssrc:1 cname:a`
	},
	{
		id: 'source-repeated',
		code: 'SRC-03',
		severity: 'problem',
		title: 'The same source in two sections',
		cite: 'RFC 5576 §4.1',
		advice: 'Use each SSRC in one section only.',
		check: ({ sdp, report }) => {
			const seen = new Map<string, Section>();
			for (const section of sdp.live) {
				const here = new Set<string>();
				for (const { line, value } of section.sources) {
					if (here.has(value.ssrc)) continue;
					here.add(value.ssrc);
					const earlier = seen.get(value.ssrc);
					if (earlier) report(line, `Source ${value.ssrc} is already used in the ${nameOf(earlier)}.`);
					else seen.set(value.ssrc, section);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:2 cname:a`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a`
	},
	{
		id: 'source-cname',
		code: 'SRC-04',
		severity: 'warning',
		title: 'A source without cname',
		cite: 'RFC 5576 §6.1',
		advice: 'Add a=ssrc:<source> cname:<name>; it ties the sources of one end together for lip sync.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const named = new Set(section.sources.filter(({ value }) => value.name === 'cname').map(({ value }) => value.ssrc));
				for (const { line, value } of section.sources) {
					if (named.has(value.ssrc)) continue;
					named.add(value.ssrc);
					report(line, `Source ${value.ssrc} of the ${nameOf(section)} has no cname.`);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			a=ssrc:1 msid:stream track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 msid:stream track`
	},
	{
		id: 'stream-unnamed',
		code: 'SRC-05',
		severity: 'info',
		profiles: ['webrtc'],
		title: 'A sending section that names no stream',
		cite: 'RFC 8830 §2; RFC 9429 §5.2.1',
		advice: 'Nothing is wrong; the track event of the other side comes without a stream.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.isRtp && section.direction.startsWith('send') && section.msids.length === 0 && section.sources.length === 0)
					report(section.mLine, `The ${nameOf(section)} is ${section.direction} and has neither a=msid nor a=ssrc.`);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendrecv
			a=msid:stream track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendrecv`
	},
	{
		id: 'msid',
		code: 'SRC-06',
		severity: 'problem',
		title: 'msid that cannot be read, or names two tracks',
		cite: 'RFC 8830 §2',
		advice: 'Write a=msid:<stream> <track>, with the same track on every a=msid line of a section.',
		check: ({ sdp, report }) => {
			for (const fault of sdp.faults) if (fault.line.name === 'msid') report(fault.line, fault.message, { column: fault.column });
			for (const section of sdp.sections) {
				const first = section.msids.find(({ value }) => value.track !== null);
				for (const { line, value } of section.msids) {
					if (first && value.track !== null && value.track !== first.value.track)
						report(
							line,
							`The track is "${clip(value.track)}" here and "${clip(first.value.track!)}" on line ${first.line.number}.`
						);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:one track
			a=msid:two track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:one track
			a=msid:two other`
	},
	{
		id: 'simulcast-unknown-rid',
		code: 'SIM-01',
		severity: 'problem',
		title: 'Simulcast names a rid that is not there',
		cite: 'RFC 8853 §5.1',
		advice: 'Add an a=rid line for every id in a=simulcast.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const known = new Set(section.rids.map(({ value }) => value.id));
				for (const { line, value } of section.simulcast) {
					if (value.draftSyntax && (line.argument ?? '').includes('pt=')) continue;
					const missing = [...value.send, ...value.recv].flat().filter((rid) => !known.has(rid));
					if (missing.length > 0)
						report(
							line,
							`a=simulcast names "${clip(missing[0]!)}", and the ${nameOf(section)} has no a=rid:${clip(missing[0]!)}.`
						);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=extmap:1 ${STREAM_ID_EXTENSION}
			a=rid:hi send
			a=rid:lo send
			a=simulcast:send hi;lo`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=extmap:1 ${STREAM_ID_EXTENSION}
			a=rid:hi send
			a=simulcast:send hi;lo`
	},
	{
		id: 'simulcast-extension',
		code: 'SIM-02',
		severity: 'problem',
		title: 'Simulcast without the stream id extension',
		cite: 'RFC 8852 §3; RFC 8853 §5.5',
		advice: `Add a=extmap:<id> ${STREAM_ID_EXTENSION}; without it the layers cannot be told apart.`,
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const first = section.simulcast[0];
				if (!first || [...section.extensions, ...sdp.session.extensions].some(({ value }) => value.uri === STREAM_ID_EXTENSION))
					continue;
				// Where sources are announced as well, Firefox and some servers tell the layers by them; Chromium refuses all the same.
				const announced = section.sources.length > 0;
				report(
					first.line,
					`The ${nameOf(section)} uses simulcast and not the extension rtp-stream-id.`,
					announced ? { severity: 'warning' } : {}
				);
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=extmap:1 ${STREAM_ID_EXTENSION}
			a=rid:hi send
			a=simulcast:send hi`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send
			a=simulcast:send hi`
	},
	{
		id: 'simulcast-draft-syntax',
		code: 'SIM-03',
		severity: 'warning',
		title: 'Simulcast in the syntax of a draft',
		cite: 'RFC 8853 §5.1',
		advice: 'Write a=simulcast:send hi;lo, without rid= or pt=.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				for (const { line, value } of section.simulcast)
					if (value.draftSyntax)
						report(line, `a=simulcast:${clip((line.argument ?? '').trim())} is the syntax of an early draft.`);
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:send hi;lo`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:send rid=hi;lo`
	},
	{
		id: 'rid-conflict',
		code: 'SIM-04',
		severity: 'problem',
		title: 'A rid twice, or against the direction of simulcast',
		cite: 'RFC 8851 §4; RFC 8853 §5.1',
		advice: 'Define each rid once, with the direction under which a=simulcast lists it.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const byId = new Map<string, Section['rids'][number]>();
				for (const rid of section.rids) {
					const earlier = byId.get(rid.value.id);
					if (earlier) report(rid.line, `a=rid:${clip(rid.value.id)} is already defined on line ${earlier.line.number}.`);
					else byId.set(rid.value.id, rid);
				}
				for (const { line, value } of section.simulcast) {
					for (const direction of ['send', 'recv'] as const) {
						const wrong = value[direction].flat().find((id) => byId.get(id) && byId.get(id)!.value.direction !== direction);
						if (wrong !== undefined)
							report(
								line,
								`a=simulcast lists "${clip(wrong)}" under ${direction}, and a=rid:${clip(wrong)} says ${byId.get(wrong)!.value.direction}.`
							);
					}
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send
			a=simulcast:send hi`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi recv
			a=simulcast:send hi`
	},
	{
		id: 'rid-payload-type',
		code: 'SIM-05',
		severity: 'warning',
		title: 'A rid restricted to a payload type that is not listed',
		cite: 'RFC 8851 §4, §5',
		advice: 'Name in pt= only payload types of the same m= line.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const listed = new Set(section.formats.map((format) => format.text));
				for (const { line, value } of section.rids) {
					const missing = value.payloadTypes.find((payloadType) => !listed.has(payloadType.trim()));
					if (missing !== undefined)
						report(
							line,
							`a=rid:${clip(value.id)} is restricted to payload type ${clip(missing)}, which the m= line does not list.`
						);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send pt=96`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send pt=98`
	},
	{
		id: 'legacy-simulcast',
		code: 'SIM-07',
		severity: 'warning',
		title: 'Simulcast by source groups',
		cite: 'RFC 8853 §5.1',
		advice:
			'Use sendEncodings with rids (a=rid and a=simulcast); the SIM group and x-google-flag:conference are deprecated in Chromium.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const group = section.sourceGroups.find(({ value }) => value.semantics === 'SIM');
				if (group) report(group.line, `The ${nameOf(section)} announces ${group.value.ssrcs.length} layers by a=ssrc-group:SIM.`);
				const flag = section.attributes.get('x-google-flag')?.[0];
				if (flag) report(flag, 'a=x-google-flag turns on legacy simulcast.');
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send
			a=rid:lo send
			a=simulcast:send hi;lo`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=ssrc-group:SIM 1 2 3`
	},
	{
		id: 'sctp-map',
		code: 'DC-01',
		severity: 'warning',
		title: 'sctpmap instead of sctp-port',
		cite: 'RFC 8841 §5',
		advice: 'Write m=application 9 UDP/DTLS/SCTP webrtc-datachannel and a=sctp-port:5000; sctpmap comes from a draft.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('sctpmap')?.[0];
				if (line) report(line, `a=sctpmap:${clip(line.argument ?? '')} is the form of an early draft.`);
			}
		},
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			m=application 9 DTLS/SCTP 5000
			a=sctpmap:5000 webrtc-datachannel 1024`
	},
	{
		id: 'sctp-port',
		code: 'DC-02',
		severity: 'problem',
		title: 'sctp-port missing or not a port',
		cite: 'RFC 8841 §5; RFC 9429 §5.8.2',
		advice: 'Add a=sctp-port:5000 to the data section.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isData) continue;
				const line = section.attributes.get('sctp-port')?.[0];
				const size = section.attributes.get('max-message-size')?.[0];
				if (!line) {
					if (!section.attributes.has('sctpmap')) report(section.mLine, `The ${nameOf(section)} has no a=sctp-port.`);
				} else {
					const port = decimal(line.argument?.trim());
					if (port === null || port > 65535)
						report(line, `"${clip(line.argument ?? '')}" is not an SCTP port.`, { column: line.argumentColumn });
				}
				if (size && decimal(size.argument?.trim()) === null)
					report(size, `"${clip(size.argument ?? '')}" is not a message size in bytes.`, { column: size.argumentColumn });
			}
		},
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel'
	},
	{
		id: 'sctp-transport',
		code: 'DC-03',
		severity: 'warning',
		title: 'DTLS/SCTP instead of UDP/DTLS/SCTP',
		cite: 'RFC 8841 §4.2',
		advice: 'Write UDP/DTLS/SCTP (or TCP/DTLS/SCTP); the short form comes from a draft.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				if (section.protocol === 'DTLS/SCTP')
					report(section.mLine, `The ${nameOf(section)} uses the transport DTLS/SCTP.`, {
						column: section.mLine.raw.indexOf('DTLS/SCTP') + 1
					});
		},
		good: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		bad: 'm=application 9 DTLS/SCTP 5000'
	},
	{
		id: 'data-format',
		code: 'DC-04',
		severity: 'problem',
		title: 'A data section whose format is not webrtc-datachannel',
		cite: 'RFC 8841 §4.3; RFC 9429 §5.2.1',
		advice: 'Write webrtc-datachannel as the only format of the m= line.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				// The draft form, DTLS/SCTP with a port number, has a finding of its own.
				if (!section.isData || !section.media || section.protocol === 'DTLS/SCTP') continue;
				const format = section.formats[0]!;
				if (section.formats.length !== 1 || format.text !== 'webrtc-datachannel')
					report(
						section.mLine,
						`The format of the ${nameOf(section)} is "${clip(section.formats.map((each) => each.text).join(' '))}".`,
						{ column: section.mLine.valueColumn + format.offset }
					);
			}
		},
		good: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		bad: 'm=application 9 UDP/DTLS/SCTP 5000'
	},
	{
		id: 'data-section-repeated',
		code: 'DC-06',
		severity: 'warning',
		title: 'Two data sections',
		cite: 'RFC 9429 §5.2.1',
		advice: 'Use one m=application section: all data channels of a connection share it.',
		check: ({ sdp, report }) => {
			const data = sdp.live.filter((section) => section.isData);
			if (data.length > 1)
				report(data[1]!.mLine, `There are ${data.length} data sections; the first is on line ${data[0]!.mLine.number}.`);
		},
		good: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		bad: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`
	}
];

export const SOURCE_PAIR_RULES: readonly ProsePairRule[] = [
	{
		id: 'simulcast-not-answered',
		code: 'SIM-06',
		severity: 'warning',
		title: 'The answer drops simulcast or does not mirror it',
		cite: 'RFC 8853 §5.3.2',
		advice: 'Answer a=simulcast:send with recv and the same rids; otherwise one layer is sent.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index]?.simulcast[0];
				if (!offered) continue;
				const answered = section.simulcast[0];
				if (!answered) {
					report(
						'answer',
						section.mLine,
						`The offer has ${offered.value.send.length || offered.value.recv.length} simulcast layers for the ${nameOf(section)}, the answer none.`
					);
					continue;
				}
				for (const [mine, theirs] of [
					['recv', 'send'],
					['send', 'recv']
				] as const) {
					const known = new Set(offered.value[theirs].flat());
					const strange = answered.value[mine].flat().find((rid) => !known.has(rid));
					if (strange !== undefined)
						report(
							'answer',
							answered.line,
							`The answer lists "${clip(strange)}" under ${mine}, and the offer does not under ${theirs}.`
						);
				}
			}
		},
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:send hi;lo
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:recv hi;lo`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:send hi;lo
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96`
	},
	{
		id: 'max-message-size',
		code: 'DC-05',
		severity: 'info',
		title: 'Different message sizes',
		cite: 'RFC 8841 §6',
		advice: 'Keep messages below the smaller of the two sizes; without the attribute it is 64 KiB (65536 bytes).',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!section.isData || !offered?.isData) continue;
				const line = section.attributes.get('max-message-size')?.[0];
				const [own, theirs] = [sizeOf(section), sizeOf(offered)];
				if (own !== theirs)
					report(
						'answer',
						line ?? section.mLine,
						`The offering side takes messages of ${sizeWords(theirs)}, the answering side ${sizeWords(own)}.`
					);
			}
		},
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`
	}
];

/** Bytes; 0 means any size, and 64 KiB is what absence means (RFC 8841 §6). */
function sizeOf(section: Section): number {
	return decimal(section.attributes.get('max-message-size')?.[0]?.argument?.trim()) ?? 65536;
}

function sizeWords(bytes: number): string {
	return bytes === 0 ? 'any size' : `up to ${bytes} bytes`;
}
