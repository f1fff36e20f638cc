import { describe, expect, test } from 'vitest';
import { annotate, sectionHeaders } from './annotate';
import { ATTRIBUTES, LINE_TYPES } from './annotations-table';
import { annotationText } from '../../messages/en/sdp-faults';
import { readDescription } from '../text/description';
import { exampleParts } from '../lint/rules/rule';
import { sdpRuleBook } from '../../report/sdp-rule-book';

const OFFER = [
	'v=0',
	'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
	's=-',
	't=0 0',
	'a=group:BUNDLE 0 1',
	'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
	'c=IN IP4 0.0.0.0',
	'a=mid:0',
	'a=sendonly',
	'a=msid:s t',
	'a=rtpmap:111 opus/48000/2',
	'a=fmtp:111 minptime=10;useinbandfec=1',
	'a=rtpmap:63 red/48000/2',
	'a=candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0 network-cost 999',
	'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
	'a=mid:1',
	'a=rtpmap:96 H264/90000',
	'a=fmtp:96 packetization-mode=1;profile-level-id=42e01f',
	'a=rtpmap:97 rtx/90000',
	'a=fmtp:97 apt=96',
	'a=rtcp-fb:96 nack pli',
	'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
	'a=setup:actpass',
	'a=simulcast:send h;~l',
	'a=ssrc-group:FID 1 2',
	'a=x-mine:1',
	'a=rtpmap:nonsense',
	'y=1',
	'hello'
];
const sdp = readDescription(OFFER.join('\r\n'));
const annotations = annotate(sdp);
const of = (line: string) => annotations[OFFER.indexOf(line)]!;

describe('a line in words', () => {
	test.each([
		['a=group:BUNDLE 0 1', 'Group', /^Sections 0, 1: one transport/, 'RFC 9143 §5'],
		[
			'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
			'Media section',
			/audio section "0".*Port 9 is a placeholder.*transport is the one of the whole bundle.*opus, red/,
			'RFC 8866 §5.14; RFC 5764 §8'
		],
		['a=sendonly', 'Direction', /^Sends, does not receive/, 'RFC 8866 §6.7.3'],
		['a=rtpmap:111 opus/48000/2', 'Codec', /^Payload type 111 is opus at 48000 Hz, 2 channels: /, 'RFC 8866 §6.6; RFC 7587 §7'],
		[
			'a=fmtp:111 minptime=10;useinbandfec=1',
			'Codec parameters',
			/^Parameters of opus\/48000\/2 \(payload type 111\)\. minptime=10: shortest.*useinbandfec=1: 1 asks/,
			'RFC 8866 §6.15'
		],
		[
			'a=candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0 network-cost 999',
			'Candidate',
			/^host: an address of the device itself\. 192\.168\.1\.7 \(private.*port 50000, udp\. Priority 2122260223\. Type preference 126: host over UDP\..*network-cost 999/,
			'RFC 8839 §5.1'
		],
		[
			'a=fmtp:96 packetization-mode=1;profile-level-id=42e01f',
			'Codec parameters',
			/profile-level-id=42e01f \(constrained baseline profile, level 3\.1\)/,
			'RFC 8866 §6.15'
		],
		['a=rtpmap:97 rtx/90000', 'Codec', /belongs to H264\/90000 \(payload type 96\)/, 'RFC 8866 §6.6; RFC 4588'],
		['a=fmtp:97 apt=96', 'Codec parameters', /apt=96 \(H264\/90000 \(payload type 96\)\)/, 'RFC 8866 §6.15'],
		[
			'a=rtcp-fb:96 nack pli',
			'Feedback',
			/^For H264\/90000 \(payload type 96\): nack pli: the receiver can ask for a new key frame/,
			'RFC 4585 §4.2; RFC 4585 §6.3.1'
		],
		[
			'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
			'Header extension',
			/^Header extension 4: the section a packet belongs to/,
			'RFC 8285 §5; RFC 9143 §15'
		],
		['a=setup:actpass', 'DTLS role', /ready for either role/, 'RFC 8842 §5; RFC 4145 §4'],
		['a=simulcast:send h;~l', 'Simulcast', /^Sends 2 layers: h, l\. A ~ marks/, 'RFC 8853 §5.1'],
		[
			'a=ssrc-group:FID 1 2',
			'Media sources together',
			/Streams 1, 2 belong together: the first carries media/,
			'RFC 5576 §4.2; RFC 4588; RFC 5576 §4.2'
		]
	])('explains %s', (line, title, text, cite) => {
		expect(of(line)).toMatchObject({ title, cite, known: true, text: expect.stringMatching(text) });
	});

	test('what is unknown says so, what cannot be read says why', () => {
		expect(of('a=x-mine:1')).toMatchObject({
			known: false,
			text: expect.stringMatching(/x-mine is not known here.*private to one program/)
		});
		expect(of('y=1')).toMatchObject({ known: false, title: 'Unknown line' });
		expect(of('hello')).toMatchObject({ known: false, title: 'Not a line of SDP' });
		expect(of('a=rtpmap:nonsense')).toMatchObject({
			known: true,
			fault: { kind: 'rtpmap-payload-type' }
		});
		expect(annotate(readDescription('a=constructor:1\r\na=toString'))).toMatchObject([{ known: false }, { known: false }]);
	});

	test('every line has an explanation', () => {
		for (const rule of sdpRuleBook()) {
			for (const part of [...exampleParts(rule.good), ...exampleParts(rule.bad)]) {
				const description = readDescription(part.text);
				const all = annotate(description);
				expect(all.map(({ line }) => line)).toEqual(description.document.lines.map(({ number }) => number));
				for (const annotation of all) {
					const { title } = annotation;
					const text = annotationText(annotation);
					expect(text).toMatch(/[.)]$/);
					expect(title + text).not.toMatch(/undefined|NaN|\[object|\.\.$/);
				}
			}
		}
	});
});

test('the tables cite a standard or nothing', () => {
	for (const { cite, title } of [...Object.values(ATTRIBUTES), ...Object.values(LINE_TYPES)]) {
		if (cite !== null) expect(cite).toMatch(/^RFC \d{4}( §[\dA-Z][\d.]*)?(; RFC \d{4} §[\d.]+)?$/);
		expect(title).not.toMatch(/[.!]$/);
	}
});

test('the head of a section holds its lines, mid and direction', () => {
	expect(sectionHeaders(sdp)).toMatchObject([
		{
			index: 0,
			line: 6,
			lastLine: 14,
			mid: '0',
			kind: 'audio',
			direction: 'sendonly',
			rejected: false,
			bundled: true,
			tagged: true,
			codecs: [
				{ payloadType: 111, name: 'opus/48000/2' },
				{ payloadType: 63, name: 'red/48000/2' }
			],
			candidates: 1,
			msid: 's t'
		},
		{
			index: 1,
			line: 15,
			lastLine: 29,
			mid: '1',
			direction: 'sendrecv',
			tagged: false,
			codecs: [{ name: 'H264/90000' }, { name: 'rtx/90000' }]
		}
	]);
	expect(sectionHeaders(readDescription('m=audio 0 RTP/AVP 0'))).toMatchObject([
		{ rejected: true, mid: null, codecs: [{ name: 'PCMU/8000' }] }
	]);
});
