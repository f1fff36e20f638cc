/** An example that passes each rule of rules/payload-types.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const PAYLOAD_TYPE_EXAMPLES = {
	'payload-type-range': { good: 'm=audio 9 UDP/TLS/RTP/SAVPF 111', bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 128' },
	'payload-type-unmapped': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 0
			a=rtpmap:111 opus/48000/2`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2`
	},
	'payload-type-unlisted': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 nack`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:98 nack`
	},
	'payload-type-repeated': { good: 'm=audio 9 UDP/TLS/RTP/SAVPF 0 8', bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 0 8 0' },
	'payload-type-rtcp-range': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 63
			a=rtpmap:63 red/48000/2
			a=rtcp-mux`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 72
			a=rtpmap:72 opus/48000/2
			a=rtcp-mux`
	},
	'payload-type-collision': {
		good: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=rtpmap:111 opus/48000/2
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=rtpmap:96 VP8/90000`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			a=rtpmap:96 opus/48000/2
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=rtpmap:96 VP8/90000`
	},
	'retransmission-target': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=rtpmap:96 VP8/90000
			a=rtpmap:97 rtx/90000
			a=fmtp:97 apt=96`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=rtpmap:96 VP8/90000
			a=rtpmap:97 rtx/90000
			a=fmtp:97 apt=98`
	},
	'static-payload-type-remapped': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=rtpmap:0 PCMU/8000`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=rtpmap:0 PCMA/8000`
	}
} satisfies Readonly<Record<string, RuleExample>>;
