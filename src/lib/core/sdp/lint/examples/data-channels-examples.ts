/** An example that passes each rule of rules/data-channels.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const DATA_CHANNEL_EXAMPLES = {
	'sctp-map': {
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			m=application 9 DTLS/SCTP 5000
			a=sctpmap:5000 webrtc-datachannel 1024`
	},
	'sctp-port': {
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel'
	},
	'sctp-transport': { good: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', bad: 'm=application 9 DTLS/SCTP 5000' },
	'data-format': { good: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', bad: 'm=application 9 UDP/DTLS/SCTP 5000' },
	'data-section-repeated': {
		good: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		bad: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`
	},
	'max-message-size': {
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`
	}
} satisfies Readonly<Record<string, RuleExample>>;
