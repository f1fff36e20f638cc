/** An example that passes each rule of rules/candidates.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const CANDIDATE_EXAMPLES = {
	'candidate-line': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`
	},
	'candidate-tcp-type': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host`
	},
	'candidate-related-address': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 0.0.0.0 rport 9`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx`
	},
	'candidate-type': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ local`
	},
	'default-address': {
		good: `
			m=audio 10100 RTP/AVP 0
			c=IN IP4 203.0.113.100
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 61002 RTP/AVP 0
			c=IN IP4 198.51.100.1
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`
	},
	'ice-lite-candidates': {
		good: `
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665`
	},
	'candidates-missing': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-options:trickle`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI`
	},
	'hidden-addresses-only': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 2cf0b2c0-0842-4fe3-aaa0-4556a2dfbadc.local 56071 typ host`
	},
	'candidate-unreachable-address': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 127.0.0.1 56071 typ host`
	},
	'private-addresses-only': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host
			a=candidate:2 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 192.168.1.20 rport 56071
			a=end-of-candidates`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host
			a=end-of-candidates`
	},
	'relay-private-address': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:3 1 udp 33562623 203.0.113.9 50001 typ relay raddr 0.0.0.0 rport 0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:3 1 udp 33562623 10.0.3.9 50001 typ relay raddr 0.0.0.0 rport 0`
	},
	'candidates-out-of-place': {
		good: `
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1`,
		bad: `
			m=video 0 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`
	},
	'candidate-user-fragment': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host generation 0 ufrag F7gI`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host generation 0 ufrag Zz90`
	},
	'rtcp-candidates-unneeded': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtcp-mux
			a=candidate:1 2 udp 2113929470 203.0.113.100 10101 typ host`
	},
	'address-family-mismatch': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 198.51.100.2 10100 typ host`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 2001:db8::100 10100 typ host
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=candidate:1 1 udp 2113929471 198.51.100.2 10100 typ host`
	}
} satisfies Readonly<Record<string, RuleExample>>;
