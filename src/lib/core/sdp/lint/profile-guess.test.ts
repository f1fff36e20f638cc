import { expect, test } from 'vitest';
import { readDescription } from '../text/description';
import { guessProfile } from './profile-guess';

const HEAD = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n';
const PRINT = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`;

test.each([
	['a telephone', 'm=audio 4000 RTP/AVP 0', 'sip'],
	['one with keys', 'm=audio 4000 RTP/SAVP 0', 'sip'],
	['a camera of RTSP', 'm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1', 'declarative'],
	['a studio', 'm=audio 5004 RTP/AVP 97\r\na=mediaclk:direct=0', 'declarative'],
	['a browser', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', null],
	['a gateway with the wrong profile', `m=audio 9 RTP/AVP 0\r\n${PRINT}`, null],
	['a telephone with ICE', 'm=audio 9 RTP/AVP 0\r\na=ice-ufrag:abcd', null],
	['data alone', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', null],
	['nothing', '', null]
])('%s', (_, lines, profile) => {
	expect(guessProfile([readDescription(`${HEAD}${lines}\r\n`)])).toBe(profile);
});
