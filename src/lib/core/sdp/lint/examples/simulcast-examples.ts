/** An example that passes each rule of rules/simulcast.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

const STREAM_ID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

export const SIMULCAST_EXAMPLES = {
	'simulcast-unknown-rid': {
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
	'simulcast-extension': {
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
	'simulcast-draft-syntax': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:send hi;lo`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=simulcast:send rid=hi;lo`
	},
	'rid-conflict': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send
			a=simulcast:send hi`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi recv
			a=simulcast:send hi`
	},
	'rid-payload-type': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send pt=96`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send pt=98`
	},
	'legacy-simulcast': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send
			a=rid:lo send
			a=simulcast:send hi;lo`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=ssrc-group:SIM 1 2 3`
	},
	'simulcast-not-answered': {
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
	}
} satisfies Readonly<Record<string, RuleExample>>;
