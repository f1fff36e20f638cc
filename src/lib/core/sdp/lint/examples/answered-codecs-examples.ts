/** An example that passes each rule of rules/answered-codecs.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const ANSWERED_CODEC_EXAMPLES = {
	bandwidth: {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			b=AS:2000
			b=TIAS:1900000`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			b=AS:30`
	},
	'codec-not-offered': {
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
	'no-common-codec': {
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
	'feedback-not-offered': {
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
	'payload-type-changed': {
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
	}
} satisfies Readonly<Record<string, RuleExample>>;
