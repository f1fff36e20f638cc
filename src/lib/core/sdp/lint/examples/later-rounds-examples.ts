/** Examples that pass and break the rules about answers and later rounds. */
import type { RuleExample } from '../rules/rule';

const BUNDLED = `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1`;
const withGroups = (...groups: string[]) =>
	BUNDLED.replace('a=group:BUNDLE 0 1', groups.map((group) => `a=group:BUNDLE ${group}`).join('\n\t\t\t'));

export const LATER_ROUND_EXAMPLES = {
	'extension-id-reassigned': {
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
	'payload-type-reassigned': {
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
	'offer-role-changed': {
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
	'ice-credentials-left-out': {
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
	'sctp-port-changed': {
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
	},
	'bundle-split': {
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${withGroups('0', '1')}`
	},
	'data-format-differs': {
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 DTLS/SCTP 5000`
	},
	'sctp-port-zero': {
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:0`
	},
	'bundle-changed': {
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${withGroups('0', '1')}`
	},
	'bundle-left': {
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${withGroups('0')}`
	},
	'bundle-first-changed': {
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${withGroups('1 0')}`
	}
} satisfies Readonly<Record<string, RuleExample>>;
