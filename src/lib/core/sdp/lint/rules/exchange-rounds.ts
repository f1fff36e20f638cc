/** What must stay through the rounds of a connection: meanings of numbers, groups, roles and ports (RFC 3264 §8, 8285, 9143, 8842). */
import { codecName, sameCodec } from '../../text/codecs';
import type { Description, Section } from '../../text/description';
import {
	attributeLine,
	attributeValue,
	bundleWith,
	nameOf,
	restarted,
	sameSections,
	transportSection
} from '../../text/transport';
import { clip } from '../../text/values';
import type { Refuser, RoundRule } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

type Role = 'active' | 'passive';
const OPPOSITE: Readonly<Record<Role, Role>> = { active: 'passive', passive: 'active' };
const isFixed = (setup: string | null): setup is Role => setup === 'active' || setup === 'passive';

export const EXCHANGE_LATER_RULES: readonly RoundRule[] = [
	{
		id: 'extension-id-reassigned',
		code: 'EXT-04',
		severity: 'problem',
		title: 'A header extension id with another meaning than before',
		cite: 'RFC 8285 §6',
		advice: 'Keep the id of each extension through the connection; give a new extension an id that was never used.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const pair of continued(before, now)) {
					const earlier = pair.before.extensions.map(({ value }) => value);
					for (const { line, value } of pair.now.extensions) {
						const was = earlier.find((each) => each.id === value.id);
						if (was && was.uri !== value.uri)
							report(side, line, `Id ${value.id} was ${clip(was.uri, 70)} in the last round and is ${clip(value.uri, 70)} now.`, {
								column: line.argumentColumn,
								// An extension that had another id besides is read by each browser as it likes.
								refusedBy: earlier.some((each) => each.uri === value.uri) ? [] : BOTH
							});
						const moved = earlier.find((each) => each.uri === value.uri && each.rest === value.rest);
						if (!was && moved && !earlier.some((each) => each.uri === value.uri && each.id === value.id))
							report(side, line, `${clip(value.uri, 70)} had id ${moved.id} in the last round and has id ${value.id} now.`, {
								column: line.argumentColumn
							});
					}
				}
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
			a=extmap:2 urn:ietf:params:rtp-hdrext:toffset`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:toffset`
	},
	{
		id: 'payload-type-reassigned',
		code: 'OA-19',
		severity: 'problem',
		title: 'A payload type becomes another codec',
		cite: 'RFC 3264 §8.3.2',
		advice:
			'Give the new codec a number that was not used in this section before: packets on the way would be decoded as something else.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const pair of continued(before, now)) {
					for (const codec of pair.now.listed) {
						const was = pair.before.codecs.get(codec.payloadType);
						if (was && !sameCodec(was, codec))
							report(
								side,
								codec.line ?? pair.now.mLine,
								`Payload type ${codec.payloadType} was ${clip(codecName(was))} in the last round and is ${clip(codecName(codec))} now.`
							);
					}
				}
			}
		},
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# next offer
			m=video 9 UDP/TLS/RTP/SAVPF 96 98
			a=rtpmap:96 VP8/90000
			a=rtpmap:98 VP9/90000`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# next offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP9/90000`
	},
	{
		id: 'offer-role-changed',
		code: 'DTLS-14',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A later round against the DTLS role in use',
		cite: 'RFC 8842 §5.2, §5.5',
		advice: 'Write a=setup:actpass in later offers too; the answer keeps the role in use.',
		check: ({ before, ends, report }) => {
			for (const end of ends) {
				const restarts = restarted(end.before, end.now);
				const other = end.before === before.offer ? before.answer : before.offer;
				for (const pair of continued(end.before, end.now)) {
					const line = attributeLine(end.now, pair.now, 'setup');
					const section = other?.sections[pair.before.index];
					if (!line || !section || (bundleWith(end.now, pair.now)?.tagged ?? pair.now) !== pair.now) continue;
					const [was, theirs] = [setupOf(end.before, pair.before), setupOf(other!, section)];
					const role = isFixed(was) ? was : isFixed(theirs) ? OPPOSITE[theirs] : null;
					// A fixed role that changes without a restart has a finding of its own (dtls-association-changed).
					if (role === null || (isFixed(was) && !restarts)) continue;
					const said = line.argument?.trim() ?? null;
					if (isFixed(said) && said !== role)
						report(end.side, line, `This end is ${role} since the last round, and this ${end.side} says a=setup:${said}.`, {
							column: line.argumentColumn,
							// A restart may begin a new association (RFC 8842 §5.5).
							severity: restarts ? 'warning' : 'problem',
							refusedBy: CHROMIUM
						});
				}
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`
	},
	{
		id: 'ice-credentials-left-out',
		code: 'ICE-25',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A bundled section without ICE credentials in a later round',
		cite: 'RFC 9143 §7.1.3; RFC 8839 §4.4.1.1.1',
		advice: 'Write a=ice-ufrag and a=ice-pwd in each section, the same in all of a bundle.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const section of now.live) {
					const bundle = bundleWith(now, section);
					if (!bundle?.tagged || bundle.tagged === section || attributeLine(now, bundle.tagged, 'ice-ufrag') === null) continue;
					const earlier = before.sections[section.index];
					const had = earlier && !earlier.rejected && attributeLine(before, earlier, 'ice-ufrag') !== null;
					if (side === 'answer' && !had) continue;
					if (attributeLine(now, section, 'ice-ufrag') === null && attributeLine(now, section, 'ice-pwd') === null)
						report(
							side,
							section.mLine,
							had
								? `The ${nameOf(section)} had ICE credentials in the last round and has none now.`
								: `The ${nameOf(section)} leaves ICE credentials to the first section of its bundle, as RFC 9143 allows.`,
							{ refusedBy: FIREFOX }
						);
				}
			}
		},
		good: `
			# offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=ice-ufrag:aaaa
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1
			a=ice-ufrag:aaaa
			# next offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=ice-ufrag:aaaa
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1
			a=ice-ufrag:aaaa`,
		bad: `
			# offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=ice-ufrag:aaaa
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1
			a=ice-ufrag:aaaa
			# next offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=ice-ufrag:aaaa
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1`
	},
	{
		id: 'sctp-port-changed',
		code: 'DC-09',
		severity: 'warning',
		title: 'The SCTP port changes in a later round',
		cite: 'RFC 8841 §9.3',
		advice: 'Keep a=sctp-port while the data channels are open.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const pair of continued(before, now)) {
					const line = pair.now.attributes.get('sctp-port')?.[0];
					const was = attributeValue(before, pair.before, 'sctp-port');
					const is = line?.argument?.trim();
					if (line && was !== null && is !== was && is !== undefined)
						report(side, line, `a=sctp-port was ${clip(was)} in the last round and is ${clip(is)} now.`, {
							column: line.argumentColumn,
							refusedBy: CHROMIUM
						});
				}
			}
		},
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000
			# next offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000
			# next offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5001`
	}
];

/** Sections at the same place that are the same ones still: a recycled section has another mid (RFC 9429 §5.2.2). */
export function continued(before: Description, now: Description): { before: Section; now: Section }[] {
	return sameSections(before, now).filter((pair) => pair.before.kind === pair.now.kind && pair.before.mid === pair.now.mid);
}

function setupOf(sdp: Description, section: Section): string | null {
	return attributeValue(sdp, transportSection(sdp, section), 'setup');
}
