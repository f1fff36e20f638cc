/** An example that passes each rule of rules/attributes.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const ATTRIBUTE_EXAMPLES = {
	'repeated-line': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtcp-fb:96 nack
			a=rtcp-fb:96 nack pli`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtcp-fb:96 nack
			a=rtcp-fb:96 nack`
	},
	'conflicting-values': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=sendrecv`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv
			a=recvonly`
	},
	'attribute-level': {
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			a=mid:0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=group:BUNDLE 0`
	},
	'attribute-value': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus`
	}
} satisfies Readonly<Record<string, RuleExample>>;
