/** An example that passes each rule of rules/session-lines.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

import { MOST_SECTIONS } from '../../text/description';

export const SESSION_LINE_EXAMPLES = {
	'first-line': {
		good: `
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			s=-
			t=0 0`,
		bad: `
			[12:01:07] offer: v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			s=-
			t=0 0`
	},
	'line-order': {
		good: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			c=IN IP4 192.0.2.1
			t=0 0`,
		bad: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			t=0 0
			c=IN IP4 192.0.2.1`
	},
	'session-lines-missing': {
		good: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			t=0 0`,
		bad: `
			v=0
			s=-`
	},
	origin: {
		good: `
			v=0
			o=- 20518 0 IN IP4 203.0.113.1`,
		bad: `
			v=0
			o=- 20518 0 IN IPV4 203.0.113.1`
	},
	'session-id-range': {
		good: `
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1`,
		bad: `
			v=0
			o=- 18446744069414584320 2 IN IP4 127.0.0.1`
	},
	'connection-missing': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			c=IN IP4 0.0.0.0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	'media-line': { good: 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0', bad: 'm=audio 9 UDP/TLS/RTP/SAVPF' },
	'repeated-session-line': {
		good: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-`,
		bad: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			v=0`
	},
	'connection-line': { good: 'c=IN IP4 203.0.113.1', bad: 'c=IN IPV4 203.0.113.1' },
	'no-media': {
		good: `
			v=0
			m=audio 9 UDP/TLS/RTP/SAVPF 111`,
		bad: `
			v=0
			t=0 0`
	},
	'too-many-sections': {
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 111\n'.repeat(MOST_SECTIONS + 1)
	},
	'section-unknown': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`,
		bad: `
			m=audio 9 UDP/TLS 111`
	}
} satisfies Readonly<Record<string, RuleExample>>;
