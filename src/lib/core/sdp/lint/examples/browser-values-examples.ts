/** An example that passes each rule of rules/browser-values.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const BROWSER_VALUE_EXAMPLES = {
	'candidate-transport': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 dccp 2113929471 203.0.113.100 10100 typ host`
	},
	'candidate-number': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host generation 0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host generation x`
	},
	'extension-levels': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			a=extmap:2 urn:ietf:params:rtp-hdrext:toffset
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`
	},
	'number-too-large': {
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144`,
		bad: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:2147483648`
	},
	'msid-empty': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:- track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid: track`
	},
	'rid-restriction': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send max-width=1280`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send max-width=wide`
	},
	'audio-sources': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:one`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:one
			a=ssrc:2 cname:one`
	},
	'user-name-long': { good: 'o=- 1 1 IN IP4 127.0.0.1', bad: `o=${'x'.repeat(300)} 1 1 IN IP4 127.0.0.1` }
} satisfies Readonly<Record<string, RuleExample>>;
