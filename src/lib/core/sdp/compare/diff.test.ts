import { describe, expect, test } from 'vitest';
import { readDescription, type Role } from '../text/description';
import { diffDescriptions } from './diff';

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const BASE = `v=0
o=- 20518 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE a v
m=audio 9 UDP/TLS/RTP/SAVPF 111 0
c=IN IP4 0.0.0.0
a=mid:a
a=ice-ufrag:aaaa
a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t
a=fingerprint:${PRINT}
a=setup:actpass
a=sendrecv
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
m=video 9 UDP/TLS/RTP/SAVPF 96 97 98
a=mid:v
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:98 H264/90000`;

const read = (text: string, role: Role | null = null) => readDescription(text.replace(/\n/g, '\r\n'), role);
const against = (change: (text: string) => string, role: Role | null = null) =>
	diffDescriptions(read(BASE, role), read(change(BASE), role));
const short = (change: (text: string) => string) =>
	against(change).differences.map(({ change: how, topic, before, after, text }) => [
		how,
		topic,
		before?.line ?? null,
		after?.line ?? null,
		text
	]);
const notes = (change: (text: string) => string) => against(change).notes.map(({ id }) => id);

test('the same text, and the same facts in another order, are no difference', () => {
	expect(against((text) => text)).toEqual({ differences: [], notes: [expect.objectContaining({ id: 'same' })] });
	const moved = against((text) =>
		text
			.replace('a=mid:a\n', '')
			.replace('a=setup:actpass\na=sendrecv', 'a=mid:a\na=setup:actpass')
			.replace('minptime=10;useinbandfec=1', 'useinbandfec=1; minptime=10')
	);
	expect(moved).toEqual({ differences: [], notes: [expect.objectContaining({ id: 'order-only' })] });
});

describe('differences by section and subject, with the line of both', () => {
	test.each<[string, (text: string) => string, unknown[]]>([
		[
			'direction',
			(text) => text.replace('a=sendrecv', 'a=recvonly'),
			[['changed', 'direction', 13, 13, 'Direction changed from sendrecv to recvonly.']]
		],
		[
			'order of codecs',
			(text) => text.replace('96 97 98', '98 96 97'),
			[['changed', 'codec-order', 17, 17, 'The order of codecs changed from VP8, H264 to H264, VP8.']]
		],
		[
			'payload types',
			(text) => text.replace('SAVPF 111', 'SAVPF 109').replace(/:111/g, ':109'),
			[['changed', 'payload-types', 14, 14, 'Codec opus/48000/2: payload type changed from 111 to 109.']]
		],
		[
			'a codec removed',
			(text) => text.replace('96 97 98', '96 97').replace('\na=rtpmap:98 H264/90000', ''),
			[['removed', 'codecs', 23, null, 'Codec H264/90000 baseline, mode 0 is gone (payload type 98).']]
		],
		[
			'parameters',
			(text) => text.replace('minptime=10;', 'stereo=1;'),
			[
				[
					'changed',
					'codec-parameters',
					15,
					15,
					'Parameters of opus/48000/2 changed from minptime=10;useinbandfec=1 to stereo=1;useinbandfec=1.'
				]
			]
		],
		[
			'feedback',
			(text) => text.replace('nack pli', 'ccm fir'),
			[
				['removed', 'feedback', 20, null, 'Feedback nack pli for VP8/90000 is gone.'],
				['added', 'feedback', null, 20, 'Feedback ccm fir for VP8/90000 is new.']
			]
		],
		[
			'an extension',
			(text) => text.replace('extmap:4', 'extmap:5'),
			[['changed', 'header-extensions', 16, 16, 'Header extension urn:ietf:params:rtp-hdrext:sdes:mid changed from 4 to 5.']]
		],
		[
			'bandwidth',
			(text) => text.replace('a=mid:a', 'b=AS:64\na=mid:a'),
			[['added', 'bandwidth', null, 8, 'Bandwidth is new (AS:64).']]
		],
		[
			'a candidate',
			(text) => text.replace('a=mid:a', 'a=mid:a\na=candidate:1 1 udp 2 192.0.2.1 5000 typ host'),
			[['added', 'candidates', null, 9, expect.stringMatching(/^Candidate 192.0.2.1 port 5000 is new/)]]
		],
		[
			'version',
			(text) => text.replace('20518 1', '20518 2'),
			[['changed', 'session', 2, 2, 'Session version changed from 1 to 2.']]
		]
	])('%s', (_, change, expected) => {
		const found = short(change);
		if (expected.length === 1) expect(found).toEqual(expected);
		else expect(found).toEqual(expect.arrayContaining(expected));
	});

	test('sections are paired by mid, even when they changed places', () => {
		const parts = BASE.split(/\n(?=m=)/);
		const swapped = diffDescriptions(read(BASE), read([parts[0], parts[2], parts[1]].join('\n')));
		expect(swapped.differences.map(({ text }) => text)).toEqual([
			'The video section "v" was m= line 2 and is m= line 1.',
			'The audio section "a" was m= line 1 and is m= line 2.'
		]);
	});
});

describe('what it means', () => {
	const restart = (text: string) => text.replace('20518 1', '20518 2').replace('aaaa', 'bbbb').replace('x9cml', 'y9cml');
	const stranger = (text: string) => restart(text).replace('20518', '77777').replace('7B:8B', '8B:7B');
	test.each<[string, (text: string) => string, string[]]>([
		[
			're-offer',
			(text) => text.replace('20518 1', '20518 2').replace('a=sendrecv', 'a=inactive'),
			['re-offer', 'direction-changed']
		],
		['ICE restart', restart, ['re-offer', 'ice-restart']],
		['different peer', stranger, ['different-peer']],
		['new certificate', (text) => text.replace('7B:8B', '8B:7B'), ['certificate-changed']],
		['section stopped', (text) => text.replace('video 9', 'video 0'), ['section-stopped']],
		['section added', (text) => `${text}\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:d`, ['section-added']],
		[
			'candidates',
			(text) => text.replace('a=mid:a', 'a=mid:a\na=candidate:1 1 udp 2 192.0.2.1 5000 typ host'),
			['candidates-added']
		]
	])('%s', (_, change, ids) => expect(notes(change)).toEqual(ids));

	test('a section that was used again is noted as such', () => {
		const stopped = BASE.replace('video 9', 'video 0');
		const { notes: found } = diffDescriptions(read(stopped), read(BASE.replace('a=mid:v', 'a=mid:w')));
		expect(found.map(({ id }) => id)).toEqual(['section-reused']);
		expect(diffDescriptions(read(stopped), read(BASE)).notes.map(({ id }) => id)).toEqual(['section-resumed']);
	});

	test('an offer and its answer come from two ends, which is no change of the peer', () => {
		const diff = diffDescriptions(read(BASE, 'offer'), read(stranger(BASE), 'answer'));
		expect(diff.notes[0]).toMatchObject({ id: 'different-ends', before: 2, after: 2 });
	});
});
