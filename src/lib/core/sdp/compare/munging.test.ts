import { expect, test } from 'vitest';
import { readDescription } from '../text/description';
import { classifyMunging } from './munging';
import { MUNGING } from './munging-table';

const CREATED = `v=0
o=- 20518 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 0
c=IN IP4 0.0.0.0
a=mid:0
a=ice-ufrag:aaaa
a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
a=ice-options:trickle
a=fingerprint:sha-256 7B:8B:F0:65
a=setup:actpass
a=rtcp-mux
a=sendrecv
a=msid:s t
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=ssrc:1 cname:c
m=video 9 UDP/TLS/RTP/SAVPF 96 97 98
a=mid:1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=rtpmap:96 VP8/90000
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:98 H264/90000
a=fmtp:98 packetization-mode=1;profile-level-id=42e01f
a=rtcp-fb:96 nack
a=rtcp-rsize
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
a=mid:2
a=sctp-port:5000
a=max-message-size:262144`;

const read = (text: string) => readDescription(text.replace(/\n/g, '\r\n'));
const kinds = (set: string) => classifyMunging(read(CREATED), read(set)).map(({ kind }) => kind);
const change = (from: string | RegExp, to: string) => kinds(CREATED.replace(from, to));
const H264_LINES = /\na=rtpmap:98.*\na=fmtp:98.*/;

/** One way, at least, to make each kind: a description with the change, and what it is called. */
const CASES: [string, () => string[]][] = [
	['section-count', () => change(/\nm=application[\s\S]*/, '')],
	['section-place', () => kinds(CREATED.replace(/(\nm=audio[\s\S]*)(\nm=video[\s\S]*)(\nm=app)/, '$2$1$3'))],
	['section-kind', () => change('UDP/DTLS/SCTP', 'DTLS/SCTP')],
	['section-port', () => change('m=video 9', 'm=video 0')],
	['mid', () => change('a=mid:2', 'a=mid:data')],
	['bundle', () => change('BUNDLE 0 1 2', 'BUNDLE 0 1')],
	['direction', () => change('a=sendrecv', 'a=sendonly')],
	['ice-ufrag', () => change('aaaa', 'bbbb')],
	['ice-pwd', () => change('x9cml', 'y9cml')],
	['ice-lite', () => change('\nm=audio', '\na=ice-lite\nm=audio')],
	['ice-options', () => change('trickle', 'trickle renomination')],
	['candidates', () => change('a=rtcp-mux', 'a=candidate:1 1 udp 2 192.0.2.1 5000 typ host\na=rtcp-mux')],
	['dtls-setup', () => change('actpass', 'active')],
	['fingerprint', () => change('7B:8B', '8B:7B')],
	['dtls', () => change('a=rtcp-mux', 'a=tls-id:abc\na=rtcp-mux')],
	['simulcast-legacy', () => change('a=rtcp-rsize', 'a=rtcp-rsize\na=ssrc-group:SIM 2 3')],
	['simulcast', () => change('a=rtcp-rsize', 'a=rtcp-rsize\na=rid:h send\na=simulcast:send h')],
	['ssrcs', () => change('a=ssrc:1 ', 'a=ssrc:7 ')],
	['streams', () => change('a=msid:s t', 'a=msid:- t')],
	['bandwidth', () => change('a=mid:1', 'b=AS:500\na=mid:1')],
	['codec-order', () => change('96 97 98', '98 96 97')],
	[
		'codec-removed',
		() => kinds(CREATED.replace('96 97 98', '96 97').replace(H264_LINES, '')).filter((kind) => kind !== 'h264-profile')
	],
	['codec-added', () => change(' 63 0', ' 63 0 8')],
	['payload-types', () => kinds(CREATED.replace('96 97 98', '96 97 99').replace(/:98/g, ':99'))],
	['opus-stereo', () => change('minptime=10', 'minptime=10;stereo=1')],
	['opus-dtx', () => change('minptime=10', 'minptime=10;usedtx=1')],
	['opus-fec', () => change(';useinbandfec=1', '')],
	['opus-cbr', () => change('minptime=10', 'minptime=10;cbr=1')],
	['opus-bitrate', () => change('minptime=10', 'minptime=10;maxaveragebitrate=64000')],
	['h264-profile', () => change('42e01f', '42e034')],
	['start-bitrate', () => change('profile-level-id=42e01f', 'profile-level-id=42e01f;x-google-start-bitrate=2000')],
	['codec-parameters', () => change('minptime=10', 'minptime=20')],
	['audio-nack', () => change('transport-cc', 'transport-cc\na=rtcp-fb:111 nack')],
	['feedback', () => change('\na=rtcp-fb:96 nack', '')],
	['header-extension-added', () => change('a=extmap:4', 'a=extmap:7 urn:3gpp:video-orientation\na=extmap:4')],
	['header-extension-removed', () => change(/\na=extmap:4.*/, '')],
	['header-extension-changed', () => change('a=extmap:4', 'a=extmap:9')],
	['rtcp-rsize', () => change('\na=rtcp-rsize', '')],
	['rtcp-mux', () => change('\na=rtcp-mux', '')],
	['sctp-port', () => change('sctp-port:5000', 'sctp-port:5001')],
	['max-message-size', () => change('262144', '1073741823')],
	['data-channel', () => change('SCTP webrtc-datachannel', 'SCTP 5000')],
	['address', () => change('c=IN IP4 0.0.0.0', 'c=IN IP4 192.0.2.1')],
	['session', () => change('20518 1', '20518 9')],
	['other', () => change('a=mid:2', 'a=mid:2\na=x-mine:1')]
];

test.each(CASES)('a change of the kind %s is classified as that alone', (kind, found) => expect(found()).toEqual([kind]));

test('every kind of the table has a case, and nothing changed is no kind', () => {
	expect(CASES.map(([kind]) => kind)).toEqual(MUNGING.map(({ kind }) => kind));
	expect(kinds(CREATED)).toEqual([]);
	// Lines in another order say the same.
	expect(change('a=rtcp-mux\na=sendrecv', 'a=sendrecv\na=rtcp-mux')).toEqual([]);
});

test('several changes at once are classified each with its lines', () => {
	const found = classifyMunging(
		read(CREATED),
		read(CREATED.replace('96 97 98', '98 96 97').replace('a=mid:1', 'b=AS:500\na=mid:1'))
	);
	expect(
		found.map(({ kind, differences }) => [kind, differences.map(({ before, after }) => [before?.line, after?.line])])
	).toEqual([
		['bandwidth', [[undefined, 24]]],
		['codec-order', [[23, 23]]]
	]);
});
