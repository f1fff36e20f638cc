/** Descriptions that both browsers accept and that no rule calls a problem: what the mutations begin with. */
import chromium from '../fixtures/sdp/chromium-chromium-audio-video-and-data.json';
import chromiumSimulcast from '../fixtures/sdp/chromium-chromium-simulcast.json';
import firefoxSimulcast from '../fixtures/sdp/firefox-firefox-simulcast.json';
import firefox from '../fixtures/sdp/firefox-firefox-audio-video-and-data.json';

const TRANSPORT = `c=IN IP4 203.0.113.7
a=candidate:1 1 udp 2122260223 192.0.2.18 51860 typ host generation 0 ufrag Kx3v network-id 1
a=candidate:2 1 udp 1686052607 203.0.113.7 51860 typ srflx raddr 192.0.2.18 rport 51860 generation 0 ufrag Kx3v
a=candidate:3 1 tcp 1518280447 192.0.2.18 9 typ host tcptype active generation 0 ufrag Kx3v
a=candidate:4 1 udp 41885439 203.0.113.10 49160 typ relay raddr 203.0.113.7 rport 51860 generation 0 ufrag Kx3v
a=ice-ufrag:Kx3v
a=ice-pwd:pW0uJc2mYbq7sR5tZ1nLxE4d
a=ice-options:trickle
a=fingerprint:sha-256 D7:98:4F:32:6B:4B:EC:10:A6:97:E9:DA:22:B3:BB:FA:58:50:5F:BE:A7:50:B7:F0:CF:DA:85:04:95:A8:5C:70
a=setup:actpass`;

/** A call as a browser offers it: audio, video with retransmission, data. */
const CALL = `v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
a=extmap-allow-mixed
a=msid-semantic: WMS stream
m=audio 51860 UDP/TLS/RTP/SAVPF 111 63 0 110
${TRANSPORT}
a=rtcp:9 IN IP4 0.0.0.0
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:stream microphone
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:0 PCMU/8000
a=rtpmap:110 telephone-event/48000
a=ptime:20
a=maxptime:60
a=ssrc:1556878213 cname:vVU9OuGn1wUJu8UD
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103
c=IN IP4 0.0.0.0
b=AS:2000
a=ice-ufrag:Kx3v
a=ice-pwd:pW0uJc2mYbq7sR5tZ1nLxE4d
a=fingerprint:sha-256 D7:98:4F:32:6B:4B:EC:10:A6:97:E9:DA:22:B3:BB:FA:58:50:5F:BE:A7:50:B7:F0:CF:DA:85:04:95:A8:5C:70
a=setup:actpass
a=mid:1
a=extmap:2 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:stream camera
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 transport-cc
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
a=rtpmap:103 rtx/90000
a=fmtp:103 apt=102
a=ssrc-group:FID 731288185 4189285031
a=ssrc:731288185 cname:vVU9OuGn1wUJu8UD
a=ssrc:4189285031 cname:vVU9OuGn1wUJu8UD
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:Kx3v
a=ice-pwd:pW0uJc2mYbq7sR5tZ1nLxE4d
a=fingerprint:sha-256 D7:98:4F:32:6B:4B:EC:10:A6:97:E9:DA:22:B3:BB:FA:58:50:5F:BE:A7:50:B7:F0:CF:DA:85:04:95:A8:5C:70
a=setup:actpass
a=mid:2
a=sctp-port:5000
a=max-message-size:262144
`;

/** Layers by rid, what belongs to the session written there, one section not bundled with anything else. */
const SIMULCAST = `v=0
o=sender 20518 7 IN IP6 2001:db8::7
s=Simulcast
i=Three layers
c=IN IP6 2001:db8::7
b=TIAS:2500000
t=0 0
a=group:BUNDLE v d
a=ice-options:trickle ice2
a=ice-ufrag:Kx3v
a=ice-pwd:pW0uJc2mYbq7sR5tZ1nLxE4d
a=fingerprint:sha-256 D7:98:4F:32:6B:4B:EC:10:A6:97:E9:DA:22:B3:BB:FA:58:50:5F:BE:A7:50:B7:F0:CF:DA:85:04:95:A8:5C:70
a=setup:actpass
m=video 51862 UDP/TLS/RTP/SAVPF 96 98 45
a=candidate:1 1 udp 2122260223 2001:db8::7 51862 typ host
a=end-of-candidates
a=mid:v
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:10/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
a=sendonly
a=msid:- camera
a=rtcp-mux
a=rtcp-mux-only
a=rtpmap:96 VP8/90000
a=rtcp-fb:* nack
a=rtcp-fb:96 ccm fir
a=rtpmap:98 VP9/90000
a=fmtp:98 profile-id=0
a=rtpmap:45 AV1/90000
a=fmtp:45 level-idx=5;profile=0;tier=0
a=rid:q send max-width=320;max-height=180
a=rid:h send pt=96,98
a=rid:f send
a=simulcast:send q;h;f
m=application 51862 UDP/DTLS/SCTP webrtc-datachannel
a=mid:d
a=tls-id:4b49abf14f2cfe63fe67a42c776dca7c
a=sctp-port:5000
a=max-message-size:0
`;

/** As the format has it: CRLF behind each line. */
const crlf = (text: string) => text.replaceAll('\n', '\r\n');

export const OFFERS = {
	call: crlf(CALL),
	simulcast: crlf(SIMULCAST),
	/** As recorded. */
	chromium: chromium.exchanges[0]!.offer,
	firefox: firefox.exchanges[0]!.offer,
	'chromium-simulcast': chromiumSimulcast.exchanges[0]!.offer,
	'firefox-simulcast': firefoxSimulcast.exchanges[0]!.offer
} as const satisfies Record<string, string>;
export type OfferName = keyof typeof OFFERS;
