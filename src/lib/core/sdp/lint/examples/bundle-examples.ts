/** An example that passes each rule of rules/bundle.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const BUNDLE_EXAMPLES = {
	'bundle-rejected-section': {
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	'bundle-rtcp-mux': {
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=rtcp-mux`,
		bad: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	'bundle-only-port': {
		good: `
			# offer
			a=group:BUNDLE 0
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			a=bundle-only`,
		bad: `
			# answer
			a=group:BUNDLE 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			a=bundle-only`
	},
	'bundle-overlap': {
		good: `
			a=group:BUNDLE 0
			a=group:BUNDLE 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			a=group:BUNDLE 0 1
			a=group:BUNDLE 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	'rtcp-mux-only': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			a=rtcp-mux-only`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux-only`
	},
	'bundle-not-offered': {
		good: `
			# offer
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			# answer
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	'bundle-dropped': {
		good: `
			# offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			# offer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	'rtcp-mux-not-offered': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux`
	},
	'rtcp-mux-refused': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	}
} satisfies Readonly<Record<string, RuleExample>>;
