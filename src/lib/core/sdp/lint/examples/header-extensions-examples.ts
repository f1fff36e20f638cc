/** An example that passes each rule of rules/header-extensions.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const HEADER_EXTENSION_EXAMPLES = {
	'extension-id-collision': {
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
	'extension-id': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
			a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`
	},
	'extension-direction': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly
			a=extmap:1/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=recvonly
			a=extmap:1/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level`
	},
	'extension-not-offered': {
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
} satisfies Readonly<Record<string, RuleExample>>;
