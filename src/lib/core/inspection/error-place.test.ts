import { describe, expect, test } from 'vitest';
import { analyse } from './analysis';
import { locateError } from './error-place';
import { decodeBrowserError } from '../sdp/errors/decode';
import type { Role } from '../sdp/text/description';
import type { GivenDescription } from '../dump/recognised';

const given = (role: Role | null, lines: string[]): GivenDescription => ({
	label: role ?? '',
	role,
	text: lines.join('\r\n') + '\r\n',
	places: null,
	peer: null,
	local: null
});

const SESSION = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const AUDIO = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=rtpmap:111 opus/48000/2'];
const VIDEO = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=mid:1', 'a=rtpmap:96 VP8/90000'];
const OFFER = given('offer', [...SESSION, ...AUDIO, ...VIDEO]);
const CHROMIUM = "OperationError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': ";

describe('the line a message is about', () => {
	test.each<[string, GivenDescription[], string, { description: number; line: number; rule: string | null }]>([
		[
			'quoted',
			[given('offer', [...SESSION, ...AUDIO, 'a=fmtp:foo'])],
			`${CHROMIUM}Failed to parse SessionDescription. a=fmtp:foo Expects at least 2 fields.`,
			{ description: 0, line: 9, rule: 'attribute-value' }
		],
		[
			'quoted, and empty',
			[given('offer', [...SESSION, ...AUDIO, '', 'a=sendrecv'])],
			`${CHROMIUM}Failed to parse SessionDescription.  Invalid SDP line.`,
			{ description: 0, line: 9, rule: 'blank-line' }
		],
		[
			'quoted, and twice there',
			[given('offer', [...SESSION, ...AUDIO, 'a=rid:h send', 'a=simulcast:send h', 'a=simulcast:send h'])],
			`${CHROMIUM}Failed to parse SessionDescription. a=simulcast:send h Multiple Simulcast attributes specified.`,
			{ description: 0, line: 11, rule: 'repeated-line' }
		],
		[
			'quoted, but the line after the gap',
			[given('offer', ['v=0', ...SESSION.slice(2), ...AUDIO])],
			`${CHROMIUM}Failed to parse SessionDescription. s=- Expect line: o=`,
			{ description: 0, line: 1, rule: 'session-lines-missing' }
		],
		[
			'counted',
			[given('offer', [...SESSION, ...AUDIO.map((line) => line.replace('c=IN IP4', 'c=IN IP4 fe80::1'))])],
			'SIPCC Failed to parse SDP: SDP Parse Error on line 6:  Error parsing address fe8 for mcast.',
			{ description: 0, line: 6, rule: 'connection-line' }
		],
		[
			'a section by its index',
			[given('offer', [...SESSION, ...AUDIO, 'a=ice-ufrag:abcd', 'a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t', ...VIDEO])],
			'Invalid description, no ice-ufrag attribute at level 1',
			{ description: 0, line: 11, rule: 'ice-credentials-missing' }
		],
		[
			'a section by its mid',
			[OFFER, given('answer', [...SESSION, ...AUDIO, ...VIDEO, 'a=setup:actpass'])],
			`${CHROMIUM}Failed to set remote answer sdp: Failed to apply the description for m= section with mid='1': Answerer must use either active or passive value for setup attribute.`,
			{ description: 1, line: 13, rule: 'answer-dtls-role' }
		],
		[
			'the answer',
			[OFFER, given('answer', [...SESSION, ...VIDEO, ...AUDIO])],
			`${CHROMIUM}Failed to set remote answer sdp: The order of m-lines in answer doesn't match order in offer. Rejecting answer.`,
			{ description: 1, line: 5, rule: 'section-order' }
		],
		[
			'the offer, where setting the answer failed',
			[given('offer', [...SESSION, ...AUDIO, 'a=fingerprint:sha-256 AA:BB']), given('answer', [...SESSION, ...AUDIO])],
			`${CHROMIUM}Failed to set local answer sdp: Failed to apply the description for m= section with mid='0': Failed to apply remote fingerprint.`,
			{ description: 0, line: 9, rule: 'fingerprint-digest' }
		],
		[
			'an attribute without a finding',
			[given('offer', [...SESSION, ...AUDIO, 'a=setup:actpass'])],
			`${CHROMIUM}Failed to set remote offer sdp: Failed to apply the description for m= section with mid='0': Offerer must use current negotiated role for setup attribute.`,
			{ description: 0, line: 9, rule: null }
		]
	])('the place is found: %s', (_, descriptions, message, expected) => {
		const decoded = decodeBrowserError(message)!;
		const place = locateError(decoded, analyse(descriptions));
		expect({ ...place, finding: undefined }).toMatchObject({ description: expected.description, line: expected.line });
		expect(place!.finding?.rule ?? null).toBe(expected.rule);
	});

	test('is none where the text is not to blame', () => {
		const decoded = decodeBrowserError('Failed to set remote answer sdp: Called in wrong state: stable')!;
		expect(decoded.rules).toEqual([]);
		expect(locateError(decoded, analyse([OFFER]))).toBeNull();
	});
});
