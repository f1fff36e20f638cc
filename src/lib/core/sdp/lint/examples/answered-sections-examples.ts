/** An example that passes each rule of rules/answered-sections.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const ANSWERED_SECTION_EXAMPLES = {
	'hold-by-address': {
		good: `
			m=audio 4000 RTP/AVP 0
			c=IN IP4 203.0.113.1
			a=sendonly`,
		bad: `
			m=audio 4000 RTP/AVP 0
			c=IN IP4 0.0.0.0`
	},
	'section-count': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 0 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	'section-order': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	'section-mid': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:audio`
	},
	'direction-conflict': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=recvonly`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendonly`
	},
	'one-way-media': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=recvonly`
	},
	'section-rejected': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# answer
			m=audio 0 UDP/TLS/RTP/SAVPF 0`
	},
	'all-rejected': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 0 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# answer
			m=audio 0 UDP/TLS/RTP/SAVPF 0
			m=video 0 UDP/TLS/RTP/SAVPF 96`
	},
	'answer-copied': {
		good: `
			# offer
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			# answer
			v=0
			o=- 7729291447651054566 1 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv`,
		bad: `
			# offer
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			# answer
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI`
	}
} satisfies Readonly<Record<string, RuleExample>>;
