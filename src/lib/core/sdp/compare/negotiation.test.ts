import { describe, expect, test } from 'vitest';
import { readDescription } from '../text/description';
import { negotiate } from './negotiation';

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const offer = (text: string) => readDescription(text.trim().replace(/\n\t*/g, '\r\n'), 'offer');
const answer = (text: string) => readDescription(text.trim().replace(/\n\t*/g, '\r\n'), 'answer');

const CALL_OFFER = offer(`v=0
	a=group:BUNDLE 0 1 2 3
	a=ice-options:trickle
	m=audio 9 UDP/TLS/RTP/SAVPF 111 63 0
	a=mid:0
	a=ice-ufrag:abcd
	a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
	a=fingerprint:${PRINT}
	a=setup:actpass
	a=rtcp-mux
	a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
	a=extmap:5 urn:ietf:params:rtp-hdrext:ssrc-audio-level
	a=rtpmap:111 opus/48000/2
	a=fmtp:111 useinbandfec=1
	a=rtcp-fb:111 transport-cc
	a=rtcp-fb:* nack
	a=rtpmap:63 red/48000/2
	m=video 9 UDP/TLS/RTP/SAVPF 96 97 98
	a=mid:1
	a=sendonly
	a=rtcp-mux
	a=rtpmap:96 H264/90000
	a=fmtp:96 packetization-mode=1;profile-level-id=42e01f
	a=rtpmap:97 rtx/90000
	a=fmtp:97 apt=96
	a=rtpmap:98 VP8/90000
	a=rid:h send
	a=rid:l send
	a=simulcast:send h;l
	m=video 9 UDP/TLS/RTP/SAVPF 99
	a=mid:2
	a=rtcp-mux
	a=rtpmap:99 VP9/90000
	m=application 9 UDP/DTLS/SCTP webrtc-datachannel
	a=mid:3
	a=sctp-port:5000
	a=max-message-size:262144`);
const CALL_ANSWER = answer(`v=0
	a=group:BUNDLE 0 1 3
	a=ice-lite
	m=audio 9 UDP/TLS/RTP/SAVPF 0 109
	a=mid:0
	a=ice-ufrag:efgh
	a=ice-pwd:y9cml/YzichV2+XlhiMu8g8t
	a=fingerprint:${PRINT}
	a=setup:active
	a=rtcp-mux
	a=recvonly
	a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
	a=rtpmap:109 opus/48000/2
	a=rtcp-fb:109 nack
	a=candidate:1 1 udp 2130706431 203.0.113.1 5000 typ host
	m=video 9 UDP/TLS/RTP/SAVPF 126 127
	a=mid:1
	a=recvonly
	a=rtpmap:126 H264/90000
	a=fmtp:126 packetization-mode=1;profile-level-id=42c01f
	a=rtpmap:127 rtx/90000
	a=fmtp:127 apt=126
	a=rid:h recv
	a=simulcast:recv h
	m=video 0 UDP/TLS/RTP/SAVPF 100
	a=mid:2
	a=rtpmap:100 H264/90000
	m=application 9 UDP/DTLS/SCTP webrtc-datachannel
	a=mid:3
	a=sctp-port:5001`);

describe('a call with a media server', () => {
	const agreed = negotiate(CALL_OFFER, CALL_ANSWER);

	test('has the codecs by what they are, with the number on either side, in the order of the answer', () => {
		expect(agreed.sections[0]!.codecs).toEqual([
			{
				name: 'PCMU/8000',
				payloadType: { offer: 0, answer: 0 },
				parameters: { offer: null, answer: null },
				feedback: [],
				rtx: null,
				helper: false
			},
			{
				name: 'opus/48000/2',
				payloadType: { offer: 111, answer: 109 },
				parameters: { offer: 'useinbandfec=1', answer: null },
				feedback: ['nack'],
				rtx: null,
				helper: false
			}
		]);
		expect(agreed.sections[1]!.codecs).toMatchObject([
			{ name: 'H264/90000', payloadType: { offer: 96, answer: 126 }, rtx: { offer: 97, answer: 127 } }
		]);
	});

	test('says who sends in each section', () => {
		expect(agreed.sections.map(({ sends }) => sends)).toEqual([
			{ offerer: true, answerer: false },
			{ offerer: true, answerer: false },
			{ offerer: false, answerer: false },
			{ offerer: true, answerer: true }
		]);
	});

	test('says what is refused, and why', () => {
		expect(agreed.sections.map(({ rejected }) => rejected)).toEqual([
			null,
			null,
			{ by: 'answer', reason: { kind: 'no-common-codec', alike: [] } },
			null
		]);
	});

	test('has one transport under the bundle, the answerer beginning DTLS and the full agent controlling', () => {
		expect(agreed.transports).toMatchObject([
			{
				sections: [0, 1, 3],
				bundled: true,
				setup: { offer: 'actpass', answer: 'active' },
				dtlsClient: 'answerer',
				iceUfrag: { offer: 'abcd', answer: 'efgh' },
				fingerprint: { offer: PRINT },
				trickle: { offer: true, answer: false },
				rtcpMux: true,
				candidates: { offer: [], answer: [{ address: '203.0.113.1' }] }
			}
		]);
		expect(agreed.sections.map(({ transport }) => transport)).toEqual([0, 0, null, 0]);
		expect(agreed.ice).toEqual({
			lite: { offer: false, answer: true },
			controlling: 'offerer',
			reason: 'The answerer is ICE lite, so the offerer controls.'
		});
	});

	test('has the extensions, layers and limits of the data channel that both agreed on', () => {
		expect(agreed.sections[0]!.extensions.map(({ id, agreed: both }) => [id.offer, id.answer, both])).toEqual([
			[4, 4, true],
			[5, null, false]
		]);
		expect(agreed.sections[1]!.layers).toEqual({ offerer: ['h'], answerer: [], refused: ['l'] });
		expect(agreed.sections[3]!.data).toEqual({
			sctpPort: { offer: 5000, answer: 5001 },
			maxMessageSize: { offer: 262144, answer: 65536 }
		});
	});
});

describe('DTLS roles', () => {
	test.each([
		['actpass', 'active', 'answerer'],
		['actpass', 'passive', 'offerer'],
		['active', 'passive', 'offerer'],
		['active', 'active', 'conflict'],
		['passive', 'passive', 'conflict'],
		['actpass', 'actpass', 'conflict'],
		['actpass', null, null]
	])('%s and %s make the client: %s', (offered, answered, client) => {
		const section = (setup: string | null) => `m=audio 9 UDP/TLS/RTP/SAVPF 0${setup ? `\na=setup:${setup}` : ''}`;
		expect(negotiate(offer(section(offered)), answer(section(answered))).transports[0]!.dtlsClient).toBe(client);
	});
});

test('each side sends where it offers to and the other one receives', () => {
	const of = (direction: string) => `m=audio 9 UDP/TLS/RTP/SAVPF 0\na=${direction}`;
	const matrix = [
		['sendrecv', 'sendrecv', true, true],
		['sendrecv', 'sendonly', false, true],
		['sendonly', 'recvonly', true, false],
		['recvonly', 'sendonly', false, true],
		['sendonly', 'sendonly', false, false],
		['sendrecv', 'inactive', false, false]
	] as const;
	for (const [offered, answered, offerer, answerer] of matrix)
		expect(negotiate(offer(of(offered)), answer(of(answered))).sections[0]!.sends).toEqual({ offerer, answerer });
});

test('without a bundle every section has a transport; sections of one side only are missing', () => {
	const both = negotiate(
		offer('m=audio 9 RTP/AVP 0\nm=video 9 RTP/AVP 31\nm=video 0 RTP/AVP 31'),
		answer('m=audio 9 RTP/AVP 0\nm=video 9 RTP/AVP 31\nm=video 0 RTP/AVP 31\nm=text 9 RTP/AVP 98')
	);
	expect(both.transports.map(({ sections }) => sections)).toEqual([[0], [1]]);
	expect(both.sections.map(({ rejected }) => rejected?.by ?? null)).toEqual([null, null, 'offer', 'missing']);
	expect(negotiate(offer('m=audio 9 RTP/AVP 0'), answer('v=0')).sections[0]!.rejected!.by).toBe('missing');
});
