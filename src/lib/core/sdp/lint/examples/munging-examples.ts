/** An example that passes the rule about changed descriptions, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

const OPUS = `
			o=- 20518 2 IN IP4 127.0.0.1
			s=-
			t=0 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2
			a=fmtp:111 minptime=10;useinbandfec=1`;

export const MUNGING_EXAMPLES = {
	munging: {
		good: `
			# created offer
			v=0${OPUS}
			# offer
			v=0${OPUS}`,
		bad: `
			# created offer
			v=0${OPUS}
			# offer
			v=0${OPUS};stereo=1`
	}
} satisfies Record<string, RuleExample>;
