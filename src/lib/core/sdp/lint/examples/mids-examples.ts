/** An example that passes each rule of rules/mids.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const MID_EXAMPLES = {
	'bundle-unknown-mid': {
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	'mid-missing': {
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96`
	},
	'mid-repeated': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0`
	},
	'mid-extension-missing': {
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
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	'mid-syntax': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:2cf0b2c0-0842-4fe3-aaa0-4556a2dfbadc`
	}
} satisfies Readonly<Record<string, RuleExample>>;
