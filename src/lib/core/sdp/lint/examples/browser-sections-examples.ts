/** Examples that pass and break the rules about media sections that browsers refuse. */
import type { RuleExample } from '../rules/rule';

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';

export const BROWSER_SECTION_EXAMPLES = {
	'sctp-port-in-draft': {
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			m=application 9 DTLS/SCTP 5000
			a=sctp-port:5000`
	},
	'port-count': {
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 0',
		bad: 'm=audio 9/2 UDP/TLS/RTP/SAVPF 0'
	},
	'rid-characters': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi_1 send`
	},
	'fingerprint-left-out': {
		good: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=fingerprint:${PRINT}
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1
			a=fingerprint:${PRINT}`,
		bad: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=fingerprint:${PRINT}
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1`
	},
	'rtcp-mux-missing': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=rtcp-mux`,
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 0'
	}
} satisfies Readonly<Record<string, RuleExample>>;
