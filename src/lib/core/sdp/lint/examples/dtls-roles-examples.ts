/** An example that passes each rule of rules/dtls-roles.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const OTHER_PRINT = 'sha-256 29:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2';

export const DTLS_ROLE_EXAMPLES = {
	'dtls-role-missing': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}
			a=setup:actpass`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}
			a=setup:holdconn`
	},
	'offer-dtls-role': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`
	},
	'bundled-dtls-differs': {
		good: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=setup:active
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=setup:active`,
		bad: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=setup:active
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=setup:passive`
	},
	'answer-dtls-role': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`
	},
	'dtls-role-conflict': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:passive`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`
	},
	'dtls-association-changed': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${OTHER_PRINT}`
	}
} satisfies Readonly<Record<string, RuleExample>>;
