/** Examples that pass and break the rules about codecs and their parameters. */
import type { RuleExample } from '../rules/rule';

const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

export const CODEC_PARAMETER_EXAMPLES = {
	'codec-clock-rate': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/48000`
	},
	'retransmission-clock-rate': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=rtpmap:96 VP8/90000
			a=rtpmap:97 rtx/90000
			a=fmtp:97 apt=96`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96 97
			a=rtpmap:96 VP8/90000
			a=rtpmap:97 rtx/48000
			a=fmtp:97 apt=96`
	},
	'codec-parameter-range': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2
			a=fmtp:111 maxaveragebitrate=64000;stereo=1`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2
			a=fmtp:111 maxaveragebitrate=64;stereo=1`
	},
	'h264-profile-missing': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000`
	},
	'h265-transmission-mode': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 49
			a=rtpmap:49 H265/90000
			a=fmtp:49 level-id=93;tx-mode=SRST`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 49
			a=rtpmap:49 H265/90000
			a=fmtp:49 level-id=93;tx-mode=MRST`
	},
	'redundancy-unnamed': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2
			a=rtpmap:63 red/48000/2
			a=fmtp:63 111/111`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111 63
			a=rtpmap:111 opus/48000/2
			a=rtpmap:63 red/48000/2`
	},
	'telephone-events': {
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			a=fmtp:101 0-15`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0 101
			a=rtpmap:101 telephone-event/8000
			a=fmtp:101 0-15,star`
	},
	'transport-feedback-incomplete': {
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=extmap:3 ${TRANSPORT_CC}
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 transport-cc`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			a=rtcp-fb:96 transport-cc`
	},
	'no-common-configuration': {
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=4d801f`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42801f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f`
	},
	'h264-level-raised': {
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e034`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 102
			a=rtpmap:102 H264/90000
			a=fmtp:102 packetization-mode=1;profile-level-id=42e034`
	},
	'codec-renumbered': {
		good: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000`,
		bad: `
			# offer
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtpmap:96 VP8/90000
			# answer
			m=video 9 UDP/TLS/RTP/SAVPF 100
			a=rtpmap:100 VP8/90000`
	}
} satisfies Readonly<Record<string, RuleExample>>;
