/** An example that passes each rule of rules/codecs.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const CODEC_EXAMPLES = {
	'opus-map': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/16000`
	},
	'feedback-profile': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtcp-fb:96 nack`,
		bad: `
			m=video 4000 RTP/AVP 96
			a=rtcp-fb:96 nack`
	},
	'telephone-event-rate': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 110
			a=rtpmap:111 opus/48000/2
			a=rtpmap:110 telephone-event/48000`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 126
			a=rtpmap:111 opus/48000/2
			a=rtpmap:126 telephone-event/8000`
	},
	'video-parameter-sets': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e0`
	},
	'packet-time': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ptime:20
			a=maxptime:120`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ptime:200
			a=maxptime:120`
	},
	'redundancy-target': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2
			a=rtpmap:63 red/48000/2
			a=fmtp:63 111/111`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0 63
			a=rtpmap:63 red/48000/2
			a=fmtp:63 111/111`
	},
	'mandatory-codec': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 49
			a=rtpmap:49 H265/90000`
	},
	'h264-parameters-differ': {
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e034`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=0;profile-level-id=42e01f`
	},
	'video-profile-differs': {
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000
			a=fmtp:98 profile-id=0
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000
			a=fmtp:98 profile-id=2
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 98
			a=rtpmap:98 VP9/90000
			a=fmtp:98 profile-id=0`
	},
	'only-helper-codecs': {
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 101
			a=rtpmap:101 telephone-event/8000`
	}
} satisfies Readonly<Record<string, RuleExample>>;
