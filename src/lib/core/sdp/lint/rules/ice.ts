/** Rules about ICE: credentials, candidates, restarts (RFC 8839, 8445, 8840). */
import type { Scope } from '../../../base/ip';
import { scopeOfText } from '../../../base/ip';
import type { CandidateValue } from '../../text/candidate-fields';
import type { Description, On, Section } from '../../text/description';
import type { PairRule, RoundRule, SingleRule } from './rule';
import {
	attributeLine,
	attributeValue,
	bundleWith,
	hasInOtherForm,
	iceOf,
	leaningSections,
	nameOf,
	ownsTransport,
	restarted,
	sameSections,
	transportSection
} from '../../text/transport';
import { clip } from '../../text/values';

const WEBRTC = ['webrtc'] as const;
const NOT_DECLARATIVE = ['webrtc', 'sip'] as const;
const CANDIDATE_TYPES = ['host', 'srflx', 'prflx', 'relay'];

export const ICE_RULES: readonly SingleRule[] = [
	{
		id: 'ice-credentials-missing',
		code: 'ICE-01',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'ICE user fragment or password missing',
		cite: 'RFC 8839 §5.4; RFC 9429 §5.8.3',
		advice:
			'Have the other side speak ICE: browsers refuse a section without a=ice-ufrag and a=ice-pwd. In a bundle the tagged section alone needs them.',
		check: ({ sdp, again, report }) => {
			const missing = (section: Section) =>
				['ice-ufrag', 'ice-pwd']
					.filter((name) => attributeLine(sdp, section, name) === null)
					.map((name) => `a=${name}`)
					.join(' and no ');
			for (const section of sdp.sections) {
				if (ownsTransport(sdp, section) && missing(section) !== '')
					report(section.mLine, `The ${nameOf(section)} has no ${missing(section)}.`);
			}
			for (const section of leaningSections(sdp, again)) {
				if (missing(section) === '' || ['ice-ufrag', 'ice-pwd'].some((name) => hasInOtherForm(sdp, section, name))) continue;
				report(
					section.mLine,
					`The ${nameOf(section)} has no ${missing(section)}: in a first offer Chromium and Firefox refuse that, and only later ones may leave it to the tagged section of the bundle.`,
					{ severity: again === false ? 'problem' : 'warning', refusedBy: ['chromium', 'firefox'], saysWhenRefused: true }
				);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI`
	},
	{
		id: 'ice-credentials-length',
		code: 'ICE-02',
		severity: 'problem',
		profiles: NOT_DECLARATIVE,
		title: 'ICE user fragment or password too short or too long',
		cite: 'RFC 8839 §5.4',
		advice: 'Use 4 to 256 characters for the user fragment and 22 to 256 for the password, from a random generator.',
		check: ({ sdp, report }) => {
			forCredentials(sdp, (line, name, value) => {
				const least = name === 'ice-ufrag' ? 4 : 22;
				if (value.length < least || value.length > 256)
					report(line, `a=${name} has ${value.length} characters; ${least} to 256 are allowed.`, { column: line.argumentColumn });
			});
		},
		good: 'a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t',
		bad: 'a=ice-pwd:secret'
	},
	{
		id: 'ice-credentials-characters',
		code: 'ICE-03',
		severity: 'problem',
		profiles: NOT_DECLARATIVE,
		title: 'Illegal characters in an ICE user fragment or password',
		cite: 'RFC 8839 §5.4',
		advice: 'Use letters, digits, + and / only; base64url characters and redacted values are refused.',
		check: ({ sdp, report }) => {
			forCredentials(sdp, (line, name, value) => {
				const at = value.search(/[^A-Za-z0-9+/]/);
				if (at >= 0)
					report(line, `a=${name} contains "${clip(value[at]!)}"; only letters, digits, + and / are allowed.`, {
						column: line.argumentColumn + at
					});
			});
		},
		good: 'a=ice-ufrag:F7gI',
		bad: 'a=ice-ufrag:F7_I'
	},
	{
		id: 'candidate-line',
		code: 'ICE-04',
		severity: 'problem',
		title: 'A candidate that cannot be read',
		cite: 'RFC 8839 §5.1; RFC 8445 §5.1.2',
		advice:
			'Write a=candidate:<foundation> <component> <udp or tcp> <priority> <address> <port> typ <type>, as the browser gave it.',
		check: ({ sdp, report }) => {
			for (const fault of sdp.faults) if (fault.candidate) report(fault.line, fault.message, { column: fault.column });
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`
	},
	{
		id: 'candidate-tcp-type',
		code: 'ICE-05',
		severity: 'warning',
		title: 'A TCP candidate without tcptype',
		cite: 'RFC 6544 §4.5',
		advice: 'Add tcptype active, passive or so to the candidate; without it the candidate is dropped.',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				if (value.transport === 'tcp' && value.tcpType === null)
					report(line, `The TCP candidate ${describe(value)} does not say tcptype.`);
			});
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host`
	},
	{
		id: 'candidate-related-address',
		code: 'ICE-06',
		severity: 'warning',
		title: 'A reflexive or relay candidate without raddr and rport',
		cite: 'RFC 8839 §5.1',
		advice: 'Write raddr 0.0.0.0 rport 9 where the real ones are to stay private, rather than leaving them out.',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				if (['srflx', 'prflx', 'relay'].includes(value.type) && (value.relatedAddress === null || value.relatedPort === null)) {
					report(
						line,
						`The ${value.type} candidate ${describe(value)} has no ${value.relatedAddress === null ? 'raddr' : 'rport'}.`
					);
				}
			});
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 0.0.0.0 rport 9`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx`
	},
	{
		id: 'candidate-type',
		code: 'ICE-07',
		severity: 'warning',
		title: 'Unknown candidate type',
		cite: 'RFC 8839 §5.1',
		advice: 'Use host, srflx, prflx or relay.',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				if (value.type !== '' && !CANDIDATE_TYPES.includes(value.type))
					report(line, `There is no candidate type "${clip(value.type)}".`, {
						column: line.argumentColumn + value.typeOffset,
						refusedBy: ['chromium']
					});
			});
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ local`
	},
	{
		id: 'default-address',
		code: 'ICE-08',
		severity: 'warning',
		title: 'The default address is none of the candidates',
		cite: 'RFC 8839 §4.2.5, §5.3',
		advice:
			'Look for a gateway or router that rewrites c= and m= (a SIP helper); the peer answers a=ice-mismatch and does without ICE.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || section.candidates.length === 0) continue;
				const connection = section.connections[0] ?? sdp.session.connections[0];
				if (!connection || section.port === 9) continue;
				const { address } = connection.value;
				const scope = scopeOfText(address);
				if (scope === null || scope === 'unspecified') continue;
				if (section.candidates.some(({ value }) => value.address === address && value.port === section.port)) continue;
				if (section.candidates.some(({ value }) => value.scope === null)) continue;
				report(
					section.connections[0] ? connection.line : section.mLine,
					`The default address ${clip(address)} port ${section.port} of the ${nameOf(section)} is not among its ${section.candidates.length} candidates.`
				);
			}
		},
		good: `
			m=audio 10100 RTP/AVP 0
			c=IN IP4 203.0.113.100
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 61002 RTP/AVP 0
			c=IN IP4 198.51.100.1
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`
	},
	{
		id: 'ice-lite-candidates',
		code: 'ICE-11',
		severity: 'warning',
		title: 'An ice-lite agent with reflexive or relay candidates',
		cite: 'RFC 8445 §2.5',
		advice: 'Offer host candidates only, or drop a=ice-lite: a lite agent is reachable at its own addresses.',
		check: ({ sdp, report }) => {
			if (!sdp.iceLite) return;
			forCandidates(sdp, (_, { line, value }) => {
				if (value.type !== 'host' && CANDIDATE_TYPES.includes(value.type))
					report(line, `a=ice-lite is set, and ${describe(value)} is a ${value.type} candidate.`);
			});
		},
		good: `
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665`
	},
	{
		id: 'candidates-missing',
		code: 'ICE-12',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'No candidates, and none announced',
		cite: 'RFC 8840 §4.1.1, §8',
		advice: 'Wait until gathering is complete before sending, or announce a=ice-options:trickle and send the candidates later.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || section.candidates.length > 0 || attributeLine(sdp, section, 'ice-ufrag') === null)
					continue;
				const end = attributeLine(sdp, section, 'end-of-candidates');
				const trickle = iceOptions(sdp, section).includes('trickle');
				if (end) report(end, `The ${nameOf(section)} says a=end-of-candidates and has no candidate.`);
				else if (!trickle)
					report(
						section.mLine,
						`The ${nameOf(section)} has no candidate and does not announce trickle ICE; nothing can connect unless candidates still come.`
					);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-options:trickle`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI`
	},
	{
		id: 'hidden-addresses-only',
		code: 'ICE-13',
		severity: 'info',
		title: 'Only mDNS names as host candidates',
		cite: 'RFC 8828 §5.2',
		advice:
			'Nothing is wrong. A peer in the same network must be able to resolve .local names; otherwise a STUN or TURN server, or the camera permission, gives usable addresses.',
		check: ({ sdp, report }) => {
			const hosts = sdp.sections.flatMap((section) => section.candidates).filter(({ value }) => value.type === 'host');
			if (hosts.length > 0 && hosts.every(({ value }) => value.address.endsWith('.local')))
				report(
					hosts[0]!.line,
					hosts.length === 1
						? 'The only host candidate hides its address behind an mDNS name.'
						: `All ${hosts.length} host candidates hide their address behind an mDNS name.`
				);
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 2cf0b2c0-0842-4fe3-aaa0-4556a2dfbadc.local 56071 typ host`
	},
	{
		id: 'candidate-unreachable-address',
		code: 'ICE-14',
		severity: 'warning',
		title: 'A candidate address nobody else can reach',
		cite: 'RFC 8445 §5.1.1.1',
		advice:
			'Leave loopback, link-local and unspecified addresses out of the candidates; on one machine they may work all the same.',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				const scope = value.scope;
				if (value.type !== 'relay' && (scope === 'loopback' || scope === 'link-local' || scope === 'unspecified')) {
					report(line, `The candidate address ${clip(value.address)} is ${scopeWords(scope)}.`, {
						column: line.argumentColumn + value.addressOffset
					});
				}
			});
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 127.0.0.1 56071 typ host`
	},
	{
		id: 'private-addresses-only',
		code: 'ICE-15',
		severity: 'warning',
		title: 'Only private addresses',
		cite: 'RFC 8445 §5.1.1',
		advice:
			'Configure a STUN and a TURN server, or look why they did not answer: a peer in another network cannot reach these addresses.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || section.candidates.length === 0) continue;
				const all = section.candidates.every(
					({ value }) => value.type === 'host' && ['private', 'carrier-grade'].includes(value.scope ?? '')
				);
				if (!all) continue;
				const complete =
					attributeLine(sdp, section, 'end-of-candidates') !== null || !iceOptions(sdp, section).includes('trickle');
				report(
					section.candidates[0]!.line,
					`${section.candidates.length === 1 ? 'The only candidate' : `All ${section.candidates.length} candidates`} of the ${nameOf(section)} ${section.candidates.length === 1 ? 'is a private host address' : 'are private host addresses'}${complete ? '' : ' so far'}.`,
					complete ? {} : { severity: 'info' }
				);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 192.168.1.20 rport 56071
			a=end-of-candidates`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host
			a=end-of-candidates`
	},
	{
		id: 'relay-private-address',
		code: 'ICE-16',
		severity: 'problem',
		title: 'A relay candidate with a private address',
		cite: 'RFC 8656 §7.2',
		advice:
			'Tell the TURN server its public address (in coturn: external-ip): peers outside its network cannot send to this one.',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				const scope = value.scope;
				if (
					value.type === 'relay' &&
					scope !== null &&
					['private', 'carrier-grade', 'loopback', 'link-local', 'unspecified'].includes(scope)
				) {
					report(line, `The relay candidate has the address ${clip(value.address)}, which is ${scopeWords(scope)}.`, {
						column: line.argumentColumn + value.addressOffset
					});
				}
			});
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:3 1 udp 33562623 203.0.113.9 50001 typ relay raddr 0.0.0.0 rport 0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:3 1 udp 33562623 10.0.3.9 50001 typ relay raddr 0.0.0.0 rport 0`
	},
	{
		id: 'bundled-ice-differs',
		code: 'ICE-20',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'Bundled sections with different ICE credentials',
		cite: 'RFC 9143 §7.1.3, §10; RFC 9429 §5.3.1',
		advice: 'Write one set of ICE attributes for the whole bundle; all its sections use the transport of the first.',
		check: ({ sdp, role, again, report }) => {
			// A first offer may still bring one transport for each section, to be used if the peer does not bundle.
			if (role !== 'answer' && again !== true) return;
			for (const bundle of sdp.bundles) {
				const first = bundle.tagged && attributeValue(sdp, bundle.tagged, 'ice-ufrag');
				if (!first) continue;
				for (const section of bundle.sections) {
					const line = section.attributes.get('ice-ufrag')?.[0];
					const value = line?.argument?.trim();
					if (line && !section.rejected && value !== first)
						report(
							line,
							`a=ice-ufrag is "${clip(value ?? '')}" here and "${clip(first)}" in the ${nameOf(bundle.tagged!)}, and both are in one bundle.`
						);
				}
			}
		},
		good: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=ice-ufrag:F7gI
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=ice-ufrag:F7gI`,
		bad: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=ice-ufrag:F7gI
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=ice-ufrag:Zz90`
	},
	{
		id: 'candidates-out-of-place',
		code: 'ICE-21',
		severity: 'warning',
		title: 'Candidates in a rejected or bundle-only section',
		cite: 'RFC 8839 §4.4.1.1.2; RFC 9429 §5.2.1',
		advice: 'Leave candidates out of sections with port 0; they have no transport.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const first = section.candidates[0];
				if (first && (section.rejected || section.bundleOnly))
					report(
						first.line,
						`The ${nameOf(section)} is ${section.rejected ? 'rejected' : 'bundle-only'} and has ${section.candidates.length} candidates.`
					);
			}
		},
		good: `
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`
	},
	{
		id: 'candidate-user-fragment',
		code: 'ICE-22',
		severity: 'warning',
		title: 'A candidate of another ICE generation',
		cite: 'RFC 8838 §11; RFC 9429 §3.5.2',
		advice: 'Drop candidates gathered before the restart; their user fragment no longer exists.',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (section, { line, value }) => {
				const own = value.extensions.find((extension) => extension.name === 'ufrag');
				const { ufrag } = iceOf(sdp, section);
				if (own && ufrag !== null && own.value !== ufrag)
					report(line, `The candidate says ufrag ${clip(own.value)}, its section ${clip(ufrag)}.`, {
						column: line.argumentColumn + own.offset
					});
			});
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host generation 0 ufrag F7gI`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host generation 0 ufrag Zz90`
	},
	{
		id: 'ice-options',
		code: 'ICE-23',
		severity: 'info',
		profiles: WEBRTC,
		title: 'ice2 not announced',
		cite: 'RFC 8839 §4.2.1.5, §5.6',
		advice: 'Nothing needs to be done: no browser announces ice2, and all of them work without it.',
		check: ({ sdp, report }) => {
			const line =
				sdp.session.attributes.get('ice-options')?.[0] ??
				sdp.sections.flatMap((section) => section.attributes.get('ice-options') ?? [])[0];
			if (line && !(line.argument ?? '').split(/\s+/).includes('ice2'))
				report(line, `a=ice-options says "${clip((line.argument ?? '').trim())}" and not ice2.`);
		},
		good: `
			a=ice-options:trickle ice2
			m=audio 9 UDP/TLS/RTP/SAVPF 111`,
		bad: `
			a=ice-options:trickle
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	}
];

export const ICE_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'rtcp-candidates-unneeded',
		code: 'ICE-09',
		severity: 'info',
		title: 'Candidates for RTCP although rtcp-mux was accepted',
		cite: 'RFC 5761 §5.1.3',
		advice: 'Leave candidates of component 2 out of the answer; RTCP travels with RTP.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!section.attributes.has('rtcp-mux') || !offered?.attributes.has('rtcp-mux')) continue;
				const extra = section.candidates.find(({ value }) => value.component === 2);
				if (extra)
					report(
						'answer',
						extra.line,
						`rtcp-mux is accepted in the ${nameOf(section)}, so this candidate for component 2 is not used.`
					);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			a=candidate:1 2 udp 2113929470 203.0.113.100 10101 typ host`
	},
	{
		id: 'ice-lite-both',
		code: 'ICE-10',
		severity: 'warning',
		title: 'ice-lite on both sides',
		cite: 'RFC 8445 §6.1.1',
		advice:
			'Let one of the two be a full agent: two lite agents send no checks, so nothing opens a NAT and no broken path is noticed.',
		check: ({ offer, answer, report }) => {
			if (offer.iceLite && answer.iceLite)
				report('answer', answer.session.attributes.get('ice-lite')?.[0] ?? null, 'Both the offer and the answer say a=ice-lite.');
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111`,
		bad: `
			# offer
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	{
		id: 'ice-credentials-echoed',
		code: 'ICE-17',
		severity: 'problem',
		title: 'The answer has the ICE credentials of the offer',
		cite: 'RFC 8839 §5.4',
		advice: 'Look whether signalling sends a description back to its sender; each side makes its own credentials.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || transportSection(answer, section) !== section) continue;
				const [own, theirs] = [iceOf(answer, section), iceOf(offer, offered)];
				if (own.ufrag !== null && own.ufrag === theirs.ufrag && own.pwd === theirs.pwd)
					report(
						'answer',
						own.line,
						`The user fragment "${clip(own.ufrag)}" and the password of the ${nameOf(section)} are those of the offer.`
					);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv
			a=ice-pwd:cOTZKZNVlO9RSGsEGM63JXT2`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t`
	},
	{
		id: 'address-family-mismatch',
		code: 'ICE-24',
		severity: 'warning',
		title: 'No address family in common',
		cite: 'RFC 8421 §4',
		advice: 'Offer candidates of both families, or a TURN server that is reachable by both.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || !ownsTransport(answer, section)) continue;
				const theirs = familiesOf(transportSection(offer, offered));
				const own = familiesOf(section);
				// A hidden or missing address may be of any family; then there is nothing to say.
				if (theirs === null || own === null || [...own].some((family) => theirs.has(family))) continue;
				report(
					'answer',
					section.candidates[0]!.line,
					`The answer has only ${[...own].join(' and ')} candidates, the offer only ${[...theirs].join(' and ')}.`
				);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 198.51.100.2 10100 typ host`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 2001:db8::100 10100 typ host
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 198.51.100.2 10100 typ host`
	}
];

export const ICE_ROUND_RULES: readonly RoundRule[] = [
	{
		id: 'ice-restart-incomplete',
		code: 'ICE-18',
		severity: 'problem',
		title: 'Half an ICE restart',
		cite: 'RFC 8839 §4.4.1.1.1',
		advice: 'Change the user fragment and the password together, or neither; let the browser do it with restartIce().',
		check: ({ ends, report }) => {
			for (const end of ends) {
				for (const pair of sameSections(end.before, end.now)) {
					if (!ownsTransport(end.now, pair.now)) continue;
					const [was, is] = [iceOf(end.before, pair.before), iceOf(end.now, pair.now)];
					if (was.ufrag === null || is.ufrag === null || was.pwd === null || is.pwd === null) continue;
					if ((was.ufrag === is.ufrag) !== (was.pwd === is.pwd))
						report(
							end.side,
							is.line,
							`In the ${nameOf(pair.now)} only the ${was.ufrag === is.ufrag ? 'password' : 'user fragment'} changed since the last round.`
						);
				}
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv
			a=ice-pwd:cOTZKZNVlO9RSGsEGM63JXT2`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t`
	},
	{
		id: 'ice-restart-one-sided',
		code: 'ICE-19',
		severity: 'problem',
		title: 'Only one side restarted ICE',
		cite: 'RFC 8839 §4.4.2.1; RFC 9429 §5.8.3',
		advice:
			'Answer a restart with new credentials and an ordinary offer with the old ones; new credentials in an answer mean that the other side made a new connection.',
		check: ({ ends, restarts, report }) => {
			const answer = ends.find((end) => end.side === 'answer');
			if (!answer) return;
			const answered = restarted(answer.before, answer.now);
			if (answered === restarts) return;
			const line = iceLineOf(answer.now);
			if (answered) report('answer', line, 'The answer has new ICE credentials although the offer did not restart ICE.');
			else if (line) report('answer', line, 'The offer restarts ICE, and the answer keeps its old credentials.');
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:bbbb
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:bbbb`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:bbbb
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:cccc`
	}
];

type Line = Section['mLine'];

function forCredentials(sdp: Description, visit: (line: Line, name: string, value: string) => void): void {
	for (const part of [sdp.session, ...sdp.live]) {
		for (const name of ['ice-ufrag', 'ice-pwd'])
			for (const line of part.attributes.get(name) ?? []) visit(line, name, (line.argument ?? '').trim());
	}
}

function forCandidates(sdp: Description, visit: (section: Section, candidate: On<CandidateValue>) => void): void {
	for (const section of sdp.sections) for (const candidate of section.candidates) visit(section, candidate);
}

function describe(value: CandidateValue): string {
	return `${clip(value.address)}${value.port === null ? '' : ` port ${value.port}`}`;
}

/** Options of the section, of the session, and of the tagged section of its bundle, as one list. */
function iceOptions(sdp: Description, section: Section): string[] {
	const owner = bundleWith(sdp, section)?.tagged;
	return [sdp.session, section, ...(owner ? [owner] : [])]
		.flatMap((part) => part.attributes.get('ice-options') ?? [])
		.flatMap((line) => (line.argument ?? '').split(/\s+/));
}

function familiesOf(section: Section): Set<string> | null {
	const families = new Set<string>();
	for (const { value } of section.candidates) {
		if (value.scope === null) return null;
		families.add(value.address.includes(':') ? 'IPv6' : 'IPv4');
	}
	return families.size === 0 ? null : families;
}

function iceLineOf(sdp: Description): Line | null {
	for (const section of sdp.live) {
		const { line } = iceOf(sdp, section);
		if (line) return line;
	}
	return null;
}

function scopeWords(scope: Scope): string {
	const words: Partial<Record<Scope, string>> = {
		loopback: 'this machine itself (loopback)',
		'link-local': 'link-local',
		unspecified: 'no address at all',
		private: 'private',
		'carrier-grade': 'inside a carrier network'
	};
	return words[scope] ?? scope;
}
