/** An example that passes each rule of rules/sources.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const SOURCE_EXAMPLES = {
	'plan-b': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=ssrc:1 msid:stream track
			a=ssrc:2 msid:stream track`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=ssrc:1 msid:stream first
			a=ssrc:2 msid:stream second`
	},
	'source-group': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=ssrc-group:FID 1 2
			a=ssrc:1 cname:a
			a=ssrc:2 cname:a`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=ssrc-group:FID 1
			a=ssrc:1 cname:a`
	},
	'source-repeated': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:2 cname:a`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a`
	},
	'source-cname': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			a=ssrc:1 msid:stream track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 msid:stream track`
	},
	'stream-unnamed': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendrecv
			a=msid:stream track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendrecv`
	},
	msid: {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:one track
			a=msid:two track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:one track
			a=msid:two other`
	}
} satisfies Readonly<Record<string, RuleExample>>;
