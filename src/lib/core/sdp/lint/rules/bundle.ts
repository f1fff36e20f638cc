/** Rules about BUNDLE, rtcp-mux, mids and RTP header extensions (RFC 9143, 5888, 5761, 8285). */
import type { Section } from '../../text/description';
import type { ProsePairRule, ProseSingleRule } from './rule';
import { bundleWith, nameOf, ownsTransport } from '../../text/transport';
import { clip, isToken } from '../../text/values';

const WEBRTC = ['webrtc'] as const;
const MID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:mid';

export const BUNDLE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'bundle-unknown-mid',
		code: 'BND-01',
		severity: 'problem',
		title: 'The bundle names a section that does not exist',
		cite: 'RFC 9143 §7.1; RFC 5888 §5',
		advice: 'List in a=group:BUNDLE only values of a=mid in this description; take the name out when its section is removed.',
		check: ({ sdp, report }) => {
			const mids = new Set(sdp.sections.map((section) => section.mid));
			for (const { line, value } of sdp.groups) {
				for (const mid of value.mids) {
					if (!mids.has(mid.text))
						report(line, `a=group:${clip(value.semantics)} names "${clip(mid.text)}", and no section has that mid.`, {
							column: line.argumentColumn + mid.offset
						});
				}
			}
		},
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	{
		id: 'mid-missing',
		code: 'BND-02',
		severity: 'problem',
		title: 'A section without mid beside a group',
		cite: 'RFC 5888 §5; RFC 9429 §5.2.1',
		advice: 'Give every section an a=mid of its own as soon as there is an a=group line.',
		check: ({ sdp, report }) => {
			if (sdp.groups.length === 0) return;
			for (const section of sdp.sections)
				if (!section.mid)
					report(
						section.mLine,
						`The ${nameOf(section)} has no a=mid, and line ${sdp.groups[0]!.line.number} groups sections by mid.`
					);
		},
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96`
	},
	{
		id: 'mid-repeated',
		code: 'BND-03',
		severity: 'problem',
		title: 'Two sections with the same mid',
		cite: 'RFC 5888 §4',
		advice: 'Give each section its own a=mid.',
		check: ({ sdp, report }) => {
			const seen = new Map<string, Section>();
			for (const section of sdp.sections) {
				if (!section.mid) continue;
				const earlier = seen.get(section.mid);
				if (earlier)
					report(
						section.attributes.get('mid')![0]!,
						`a=mid:${clip(section.mid)} is already the mid of section number ${earlier.index + 1} (line ${earlier.mLine.number}).`
					);
				else seen.set(section.mid, section);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0`
	},
	{
		id: 'bundle-rejected-section',
		code: 'BND-04',
		severity: 'problem',
		title: 'A rejected section still in the bundle',
		cite: 'RFC 9143 §7.3.3, §7.5.3; RFC 5888 §9.2',
		advice:
			'Take the mid out of a=group:BUNDLE when the port becomes 0, or add a=bundle-only when the section is meant to live in the bundle.',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				for (const section of bundle.sections) {
					if (!section.rejected) continue;
					const mid = bundle.mids.find((each) => each.text === section.mid)!;
					report(
						bundle.line,
						`The bundle lists "${clip(mid.text)}", and that section has port 0 (line ${section.mLine.number}).`,
						{ column: bundle.line.argumentColumn + mid.offset }
					);
				}
			}
		},
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	{
		id: 'bundle-rtcp-mux',
		code: 'BND-05',
		severity: 'problem',
		title: 'A bundle without rtcp-mux',
		cite: 'RFC 9143 §7.1.3, §9.3.1',
		advice:
			'Add a=rtcp-mux: sections that share a transport carry RTCP on it too. In answers and later offers the tagged section alone needs the line.',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				for (const section of bundle.sections) {
					if (section.isRtp && ownsTransport(sdp, section) && !section.attributes.has('rtcp-mux'))
						report(section.mLine, `The ${nameOf(section)} is in a bundle and has no a=rtcp-mux.`);
				}
			}
		},
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=rtcp-mux`,
		bad: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	{
		id: 'extension-id-collision',
		code: 'BND-06',
		severity: 'problem',
		title: 'One header extension id, two meanings in a bundle',
		cite: 'RFC 9143 §12; RFC 8285 §7',
		advice: 'Give each extension URI one id in all sections of the bundle.',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				const taken = new Map<number, { uri: string; section: Section }>();
				for (const section of bundle.sections) {
					if (section.rejected) continue;
					for (const { line, value } of section.extensions) {
						const earlier = taken.get(value.id);
						if (!earlier) taken.set(value.id, { uri: value.uri, section });
						else if (earlier.uri !== value.uri && earlier.section !== section)
							report(
								line,
								`Extension id ${value.id} is ${clip(value.uri, 70)} here and ${clip(earlier.uri, 70)} in the ${nameOf(earlier.section)}.`
							);
					}
				}
			}
		},
		good: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=extmap:1 urn:ietf:params:rtp-hdrext:toffset`
	},
	{
		id: 'mid-extension-missing',
		code: 'BND-07',
		severity: 'info',
		profiles: WEBRTC,
		title: 'No mid header extension in a bundle',
		cite: 'RFC 9143 §9.1, §15; RFC 9429 §5.2.1',
		advice:
			'Add a=extmap:<id> urn:ietf:params:rtp-hdrext:sdes:mid, so that packets can be assigned to sections of the same kind.',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				const live = bundle.sections.filter((section) => section.isRtp && !section.rejected);
				if (live.length < 2) continue;
				for (const section of live) {
					if (section.extensions.some(({ value }) => value.uri === MID_EXTENSION)) continue;
					const ambiguous =
						section.sources.length === 0 &&
						live.some((other) => other !== section && other.kind === section.kind) &&
						section.direction.startsWith('send');
					report(
						section.mLine,
						`The ${nameOf(section)} does not use the mid header extension${ambiguous ? ', names no source, and shares the bundle with another of its kind' : ''}.`,
						ambiguous ? { severity: 'warning' } : {}
					);
				}
			}
		},
		good: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			a=group:BUNDLE 0 1
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	{
		id: 'mid-syntax',
		code: 'BND-08',
		severity: 'warning',
		title: 'A mid that is too long or not a token',
		cite: 'RFC 5888 §4; RFC 9429 §5.2.1',
		advice: 'Use short mids, three characters or fewer; Chromium refuses more than 16 where the mid header extension is used.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('mid')?.[0];
				if (!line) continue;
				const mid = section.mid ?? '';
				if (mid === '' || !isToken(mid))
					report(line, `The mid "${clip(mid)}" is not a token.`, { column: line.argumentColumn, severity: 'problem' });
				else if (mid.length > 16)
					report(line, `The mid has ${mid.length} characters; Chromium takes 16 at most.`, { column: line.argumentColumn });
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:2cf0b2c0-0842-4fe3-aaa0-4556a2dfbadc`
	},
	{
		id: 'bundle-only-port',
		code: 'BND-09',
		severity: 'problem',
		title: 'bundle-only with a port, or in an answer',
		cite: 'RFC 9143 §6, §7.3',
		advice: 'Use a=bundle-only only in offers and only with port 0.',
		check: ({ sdp, role, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('bundle-only')?.[0];
				if (!line) continue;
				if (role === 'answer')
					report(line, `The answer says a=bundle-only in the ${nameOf(section)}; the line was copied from the offer.`);
				else if (section.port !== 0)
					report(
						line,
						`The ${nameOf(section)} says a=bundle-only and has port ${section.port}; that combination has no meaning.`,
						{ severity: 'warning' }
					);
			}
		},
		good: `
			# offer
			a=group:BUNDLE 0
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			a=bundle-only`,
		bad: `
			# answer
			a=group:BUNDLE 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			a=bundle-only`
	},
	{
		id: 'bundle-overlap',
		code: 'BND-12',
		severity: 'problem',
		title: 'A section in two bundles',
		cite: 'RFC 9143 §5, §7.1',
		advice: 'List each mid in one a=group:BUNDLE line only.',
		check: ({ sdp, report }) => {
			const seen = new Map<string, number>();
			for (const bundle of sdp.bundles) {
				for (const mid of bundle.mids) {
					const earlier = seen.get(mid.text);
					if (earlier !== undefined)
						report(bundle.line, `"${clip(mid.text)}" is already in the bundle of line ${earlier}.`, {
							column: bundle.line.argumentColumn + mid.offset
						});
					else seen.set(mid.text, bundle.line.number);
				}
			}
		},
		good: `
			a=group:BUNDLE 0
			a=group:BUNDLE 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			a=group:BUNDLE 0 1
			a=group:BUNDLE 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	{
		id: 'rtcp-mux-only',
		code: 'BND-13',
		severity: 'problem',
		title: 'rtcp-mux-only without rtcp-mux',
		cite: 'RFC 8858 §3',
		advice: 'Write a=rtcp-mux beside a=rtcp-mux-only.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const line = section.attributes.get('rtcp-mux-only')?.[0];
				if (line && !section.attributes.has('rtcp-mux'))
					report(line, `The ${nameOf(section)} says a=rtcp-mux-only and not a=rtcp-mux.`);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			a=rtcp-mux-only`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux-only`
	},
	{
		id: 'extension-id',
		code: 'EXT-01',
		severity: 'problem',
		title: 'A header extension id that is taken or reserved',
		cite: 'RFC 8285 §4.2, §5, §6',
		advice: 'Use each id once in a section, from 1 to 14; up to 255 with a=extmap-allow-mixed, never 15 among one-byte headers.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const mixed = section.attributes.has('extmap-allow-mixed') || sdp.session.attributes.has('extmap-allow-mixed');
				const seen = new Map<number, string>();
				for (const { line, value } of section.extensions) {
					const column = line.argumentColumn;
					if (ENCRYPTED.test(value.uri) && ENCRYPTED.test(value.rest))
						report(line, 'The encryption of an encryption is not a header extension.', { column });
					const earlier = seen.get(value.id);
					if (earlier !== undefined)
						report(line, `Extension id ${value.id} is given twice in the ${nameOf(section)}.`, {
							column,
							refusedBy: earlier === value.uri ? ['firefox'] : []
						});
					else if (value.id === 0 || (value.id > 255 && value.id < 4096) || value.id > 4351)
						report(line, `Extension id ${value.id} is not allowed; ids go from 1 to 255.`, { column });
					else if (value.id === 15 && !mixed)
						report(line, 'Extension id 15 is reserved where one-byte headers are used.', { column, severity: 'warning' });
					else if (value.id > 15 && value.id < 256 && !mixed)
						report(line, `Extension id ${value.id} needs two-byte headers, and a=extmap-allow-mixed is missing.`, {
							column,
							severity: 'warning'
						});
					seen.set(value.id, value.uri);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
			a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`
	},
	{
		id: 'extension-direction',
		code: 'EXT-03',
		severity: 'info',
		title: 'A header extension that flows against the section',
		cite: 'RFC 8285 §5',
		advice: 'Nothing needs to be done; the extension is simply not used while the section keeps this direction.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.extensions) {
					if (
						(value.direction === 'sendonly' && section.direction === 'recvonly') ||
						(value.direction === 'recvonly' && section.direction === 'sendonly')
					) {
						report(line, `Extension ${value.id} is ${value.direction} in a section that is ${section.direction}.`);
					}
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly
			a=extmap:1/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=recvonly
			a=extmap:1/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level`
	}
];

export const BUNDLE_PAIR_RULES: readonly ProsePairRule[] = [
	{
		id: 'bundle-not-offered',
		code: 'BND-10',
		severity: 'problem',
		title: 'The answer bundles what was not offered as a bundle',
		cite: 'RFC 9143 §7.3',
		advice: 'Bundle in the answer only mids that stand together in a BUNDLE group of the offer.',
		check: ({ offer, answer, report }) => {
			for (const bundle of answer.bundles) {
				const first = bundle.mids[0];
				const offered = first && offer.bundles.find((each) => each.mids.some((mid) => mid.text === first.text));
				const names = new Set(offered?.mids.map((mid) => mid.text));
				for (const mid of bundle.mids) {
					if (!names.has(mid.text))
						report(
							'answer',
							bundle.line,
							`The answer bundles "${clip(mid.text)}"${offered ? ' with sections of another group' : ', and the offer bundles no such section'}.`,
							{ column: bundle.line.argumentColumn + mid.offset }
						);
				}
			}
		},
		good: `
			# offer
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	{
		id: 'bundle-dropped',
		code: 'BND-11',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'The answer does without the offered bundle',
		cite: 'RFC 9143 §7.4',
		advice:
			'Keep the bundle in the answer: without it every section needs ports, candidates and a handshake of its own, and browsers with max-bundle refuse.',
		check: ({ offer, answer, report }) => {
			for (const bundle of offer.bundles) {
				const live = bundle.sections
					.map((section) => answer.sections[section.index])
					.filter((section): section is Section => section !== undefined && !section.rejected);
				if (live.length < 2) continue;
				const left = live.filter((section) => bundleWith(answer, section) === null);
				if (left.length > 0)
					report(
						'answer',
						left[0]!.mLine,
						`The offer bundles ${bundle.mids.length} sections; the answer leaves ${left.map(nameOf).join(', ')} out.`
					);
			}
		},
		good: `
			# offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			# offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	{
		id: 'rtcp-mux-not-offered',
		code: 'BND-14',
		severity: 'problem',
		title: 'The answer accepts rtcp-mux that was not offered',
		cite: 'RFC 5761 §5.1.1',
		advice: 'Write a=rtcp-mux in the answer only where the offer has it.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const line = section.attributes.get('rtcp-mux')?.[0];
				const offered = offer.sections[section.index];
				// A bundled section may leave the line to the tagged one, in a later offer.
				if (line && offered && ownsTransport(offer, offered) && !offered.attributes.has('rtcp-mux'))
					report('answer', line, `The offer has no a=rtcp-mux in the ${nameOf(offered)}.`);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux`
	},
	{
		id: 'rtcp-mux-refused',
		code: 'BND-15',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'The answer refuses rtcp-mux',
		cite: 'RFC 8834 §4.5; RFC 5761 §5.1.1',
		advice: 'Answer with a=rtcp-mux; browsers require it.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (
					section.isRtp &&
					ownsTransport(answer, section) &&
					offered?.attributes.has('rtcp-mux') &&
					!section.attributes.has('rtcp-mux')
				)
					report('answer', section.mLine, `The offer has a=rtcp-mux and the answer leaves it out of the ${nameOf(section)}.`);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	{
		id: 'extension-not-offered',
		code: 'EXT-02',
		severity: 'problem',
		title: 'A header extension that was not offered, or under another id',
		cite: 'RFC 8285 §7',
		advice: 'Answer with the id of the offer for each extension URI, and leave out what was not offered.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered) continue;
				const all = [...offered.extensions, ...offer.session.extensions].map(({ value }) => value);
				for (const { line, value } of section.extensions) {
					const ids = all.filter((each) => each.uri === value.uri).map((each) => each.id);
					// Ids from 4096 ask the answerer to choose one (RFC 8285 §7).
					if (ids.length === 0)
						report('answer', line, `${clip(value.uri, 90)} is not in the offered ${nameOf(section)}.`, { severity: 'warning' });
					else if (!ids.includes(value.id) && !ids.some((id) => id >= 4096))
						report(
							'answer',
							line,
							`${clip(value.uri, 90)} has id ${value.id} in the answer and ${ids.join(' or ')} in the offer.`,
							{ column: line.argumentColumn }
						);
				}
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`
	}
];

/** RFC 6904 §4: the URI that says the extension named behind it is encrypted. */
const ENCRYPTED = /^urn:ietf:params:rtp-hdrext:encrypt(?: |$)/;
