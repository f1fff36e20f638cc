/** An example that passes each rule of rules/fingerprints.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const OTHER_PRINT = 'sha-256 29:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2';

export const FINGERPRINT_EXAMPLES = {
	'fingerprint-missing': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`
	},
	'fingerprint-digest': { good: `a=fingerprint:${PRINT}`, bad: 'a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC' },
	'fingerprint-hash': {
		good: `a=fingerprint:${PRINT}`,
		bad: 'a=fingerprint:sha-1 DF:FA:FB:08:3B:3C:54:1D:D7:D4:05:77:A0:72:9B:14:08:6D:0F:4C'
	},
	'keys-in-sdp': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}`,
		bad: `
			m=audio 9 RTP/SAVPF 111
			a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:FvLcvU2P3ZWmQxgPAgcDu7Zl9vftYElFOjEzhWs5`
	},
	'unencrypted-profile': { good: 'm=audio 9 UDP/TLS/RTP/SAVPF 0', bad: 'm=audio 4000 RTP/AVP 0' },
	'fingerprint-repeated': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}
			a=fingerprint:${OTHER_PRINT}`
	},
	'tls-id': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=tls-id:91bbf309c0990a6bec11e38ba2933cee
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=tls-id:eec3392ab83e11ceb6a0990c903fbb19`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=tls-id:eec3392ab83e11ceb6a0990c903fbb19`
	}
} satisfies Readonly<Record<string, RuleExample>>;
