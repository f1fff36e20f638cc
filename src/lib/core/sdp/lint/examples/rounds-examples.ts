/** An example that passes each rule of rules/rounds.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const OTHER_PRINT = 'sha-256 29:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2';

export const EXCHANGE_EXAMPLES = {
	'session-version': {
		good: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# next offer
			v=0
			o=- 20518 2 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendonly`,
		bad: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			# next offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=sendonly`
	},
	'sections-removed': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 0 UDP/TLS/RTP/SAVPF 96`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			m=video 9 UDP/TLS/RTP/SAVPF 96
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0`
	},
	'recycled-section': {
		good: `
			# offer
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# next offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:2`,
		bad: `
			# offer
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			# next offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1`
	},
	'different-peer': {
		good: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			v=0
			o=- 20518 2 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}`,
		bad: `
			# offer
			v=0
			o=- 20518 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			v=0
			o=- 77777 1 IN IP4 203.0.113.1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ice-ufrag:bbbb
			a=fingerprint:${OTHER_PRINT}`
	}
} satisfies Readonly<Record<string, RuleExample>>;
