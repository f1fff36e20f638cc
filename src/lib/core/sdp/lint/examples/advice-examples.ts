/** An example that passes each rule of rules/advice.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const ADVICE_EXAMPLES = {
	implementation: {
		good: `
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			s=-`,
		bad: `
			v=0
			o=mozilla...THIS_IS_SDPARTA-99.0 3911325447743400059 0 IN IP4 0.0.0.0
			s=-`
	},
	addresses: {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			c=IN IP4 0.0.0.0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`
	},
	size: {
		good: `
			v=0
			s=-`,
		bad: `
			v=0
			s=${'-'.repeat(10_000)}`
	},
	'deprecated-attributes': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:stream track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			a=ssrc:1 mslabel:stream`
	}
} satisfies Readonly<Record<string, RuleExample>>;
