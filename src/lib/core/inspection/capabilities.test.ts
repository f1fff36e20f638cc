import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { capabilitiesIn, compareCapabilities } from '../sdp/compare/capabilities';
import { readDescription } from '../sdp/text/description';
import { readCapabilities } from './capabilities';

const H264 = (profileLevelId: string, more = 'level-asymmetry-allowed=1;packetization-mode=1') => ({
	clockRate: 90000,
	mimeType: 'video/H264',
	sdpFmtpLine: `${more};profile-level-id=${profileLevelId}`
});
const OPUS = { channels: 2, clockRate: 48000, mimeType: 'audio/opus', sdpFmtpLine: 'minptime=10;useinbandfec=1' };
const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';

describe('readCapabilities', () => {
	test('what the snippet copies: both directions, both kinds, and whose it is', () => {
		const set = [
			{ codecs: [OPUS], headerExtensions: [{ uri: MID }] },
			{ headerExtensions: [{ uri: 'x' }], codecs: [H264('42e01f')] }
		];
		const { sets, userAgent, folded } = readCapabilities(JSON.stringify({ userAgent: 'Somebody/1', sender: set, receiver: set }));
		expect(userAgent).toBe('Somebody/1');
		expect(folded).toBe(0);
		expect(sets.map(({ role }) => role)).toEqual(['sender', 'receiver']);
		for (const { codecs, extensions } of sets) {
			expect(codecs.map(({ kind, codec }) => [kind, codec.name, codec.clockRate, codec.channels])).toEqual([
				['audio', 'opus', 48000, 2],
				['video', 'H264', 90000, 1]
			]);
			expect(codecs[1]!.parameters.get('profile-level-id')).toBe('42e01f');
			expect(extensions).toEqual([
				{ kind: 'audio', uri: MID },
				{ kind: 'video', uri: 'x' }
			]);
		}
	});

	test.each([
		['JSON of one kind', JSON.stringify({ codecs: [OPUS, H264('42e01f')], headerExtensions: [] })],
		['two of them', `${JSON.stringify({ codecs: [OPUS] })}\n${JSON.stringify({ codecs: [H264('42e01f')] })}`],
		[
			'Chromium’s console',
			[
				'{codecs: Array(2), headerExtensions: Array(1)}',
				'codecs: Array(2)',
				"0: {channels: 2, clockRate: 48000, mimeType: 'audio/opus', sdpFmtpLine: 'minptime=10;useinbandfec=1'}",
				"1: {clockRate: 90000, mimeType: 'video/H264', sdpFmtpLine: 'profile-level-id=42e01f'}",
				'length: 2',
				'[[Prototype]]: Array(0)'
			].join('\n')
		],
		[
			'Firefox’s console',
			[
				'Object { codecs: (2) […], headerExtensions: (1) […] }',
				'codecs: Array [ {…}, {…} ]',
				'0: Object { channels: 2, clockRate: 48000, mimeType: "audio/opus", sdpFmtpLine: "maxplaybackrate=48000" }',
				'1: Object { clockRate: 90000, mimeType: "video/H264", sdpFmtpLine: "profile-level-id=42e01f" }'
			].join('\n')
		]
	])('%s', (_, text) => {
		const { sets } = readCapabilities(text);
		expect(sets).toHaveLength(1);
		expect(sets[0]!.role).toBeNull();
		expect(sets[0]!.codecs.map(({ codec }) => codec.name)).toEqual(['opus', 'H264']);
	});

	test('what the console left out is counted, and nothing is nothing', () => {
		expect(readCapabilities("0: {clockRate: 90000, mimeType: 'video/VP8', …}")).toMatchObject({ folded: 1, sets: [{}] });
		for (const text of ['', 'hello', '{"codecs":[]}', '{"mimeType":"text/html"}', '[1,2'])
			expect(readCapabilities(text).sets).toEqual([]);
	});
});

describe('compareCapabilities', () => {
	const setsOf = (...codecs: object[]) => readCapabilities(JSON.stringify({ codecs })).sets;
	const compare = (here: object, there: object) => compareCapabilities(setsOf(here)[0]!, setsOf(there))[0]!.codecs[0]!.matches[0];

	test('H.264 is the same codec with the same profile, whatever the level', () => {
		expect(compare(H264('42e01f'), H264('42c01f'))).toMatchObject({ has: 'same', levels: null });
		expect(compare(H264('42e01f'), H264('42e034'))).toMatchObject({
			has: 'same',
			levels: { here: '3.1', there: '5.2', asymmetric: true }
		});
		expect(compare(H264('42e01f'), H264('42e034', 'packetization-mode=1'))).toMatchObject({ levels: { asymmetric: false } });
	});

	test('and another one with another profile or packetization', () => {
		expect(compare(H264('42e01f'), H264('640c1f'))).toMatchObject({ has: 'other', parameter: 'profile-level-id' });
		expect(compare(H264('42e01f'), H264('42e01f', 'packetization-mode=0'))).toEqual({
			has: 'other',
			parameter: 'packetization-mode',
			here: '1',
			there: '0'
		});
	});

	test('a codec is looked for in any case, with its clock rate and channels', () => {
		expect(compare(OPUS, { ...OPUS, mimeType: 'audio/OPUS', sdpFmtpLine: undefined })).toMatchObject({ has: 'same', text: '' });
		expect(compare(OPUS, { ...OPUS, channels: 1 })).toEqual({ has: 'none' });
		expect(compare(OPUS, { ...OPUS, clockRate: 16000 })).toEqual({ has: 'none' });
	});

	test('a recorded description of Chromium beside what a browser without VP9 and with one more can do', () => {
		const { exchanges } = JSON.parse(
			readFileSync(new URL('../../../../tests/fixtures/sdp/chromium-chromium-video.json', import.meta.url), 'utf8')
		) as { exchanges: { offer: string }[] };
		const here = capabilitiesIn(readDescription(exchanges[0]!.offer));
		const there = setsOf(
			{ mimeType: 'video/VP8', clockRate: 90000 },
			{ mimeType: 'video/rtx', clockRate: 90000 },
			H264('42e01f'),
			{ mimeType: 'video/X-NEW', clockRate: 90000 }
		);
		there[0]!.extensions.push({ kind: 'video', uri: MID }, { kind: 'video', uri: 'urn:x' });
		const [video, ...others] = compareCapabilities(here, there);
		expect(others).toEqual([]);
		const has = (name: string) =>
			video!.codecs.filter((codec) => codec.name.startsWith(name)).map(({ matches }) => matches[0]!.has);
		expect(has('VP8')).toEqual(['same']);
		expect(has('rtx')).toEqual(['same']);
		expect(new Set(has('VP9'))).toEqual(new Set(['none']));
		expect(new Set(has('H264'))).toEqual(new Set(['same', 'other']));
		expect(video!.onlyThere).toEqual([{ name: 'X-NEW/90000', text: '' }]);
		expect(video!.extensions.find(({ uri }) => uri === MID)).toMatchObject({ here: true, there: true });
		expect(video!.extensions.find(({ uri }) => uri === 'urn:x')).toEqual({ uri: 'urn:x', words: null, here: false, there: true });
	});
});
