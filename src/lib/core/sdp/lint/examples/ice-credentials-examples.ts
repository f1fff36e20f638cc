/** An example that passes each rule of rules/ice-credentials.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const ICE_CREDENTIAL_EXAMPLES = {
	'ice-credentials-missing': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI`
	},
	'ice-credentials-length': { good: 'a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t', bad: 'a=ice-pwd:secret' },
	'ice-credentials-characters': { good: 'a=ice-ufrag:F7gI', bad: 'a=ice-ufrag:F7_I' },
	'bundled-ice-differs': {
		good: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=ice-ufrag:F7gI
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=ice-ufrag:F7gI`,
		bad: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=ice-ufrag:F7gI
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=ice-ufrag:Zz90`
	},
	'ice-options': {
		good: `
			a=ice-options:trickle ice2
			m=audio 9 UDP/TLS/RTP/SAVPF 111`,
		bad: `
			a=ice-options:trickle
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	'ice-lite-both': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111`,
		bad: `
			# offer
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			a=ice-lite
			m=audio 9 UDP/TLS/RTP/SAVPF 111`
	},
	'ice-credentials-echoed': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv
			a=ice-pwd:cOTZKZNVlO9RSGsEGM63JXT2`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t`
	},
	'ice-restart-incomplete': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv
			a=ice-pwd:cOTZKZNVlO9RSGsEGM63JXT2`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:F7gI
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:6sFv
			a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t`
	},
	'ice-restart-one-sided': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:bbbb
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:bbbb`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:bbbb
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:cccc`
	}
} satisfies Readonly<Record<string, RuleExample>>;
