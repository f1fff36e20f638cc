import { expect, test } from 'vitest';
import { readDescription } from './description';
import { rejectionReason } from '../compare/rejection';
import { readProfileLevelId } from './h264-profile';

test.each([
	['42e01f', 'constrained baseline', 31],
	['42c00a', 'constrained baseline', 10],
	['4d801f', 'constrained baseline', 31],
	['58c01f', 'constrained baseline', 31],
	['42801f', 'baseline', 31],
	['42001f', 'baseline', 31],
	['42A01F', 'baseline', 31],
	['58801f', 'baseline', 31],
	['4d401f', 'main', 31],
	['4d001f', 'main', 31],
	['580020', 'extended', 32],
	['640c1f', 'constrained high', 31],
	['640029', 'high', 41],
	['6e1029', 'high 10 intra', 41],
	['42e00b', 'constrained baseline', 11],
	['42f00b', 'constrained baseline', 10.5],
	['640009', 'high', 10.5],
	['4d2034', null, 52],
	['zz', undefined, undefined]
])('%s is %s', (id, profile, levelTenths) => {
	// 4d2034 has a constraint set that table 5 of RFC 6184 does not allow for main.
	expect(readProfileLevelId(id)).toEqual(profile === undefined ? null : { profile, levelTenths });
});

const video = (port: number, id: string, mode = 1) =>
	readDescription(
		`m=video ${port} UDP/TLS/RTP/SAVPF 102\r\na=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=${mode};profile-level-id=${id}\r\n`
	);

test.each([
	['42801f', 1, { parameter: 'profile-level-id', offered: '42801f (baseline)', answered: '42e01f (constrained baseline)' }],
	['42e01f', 0, { parameter: 'packetization-mode', offered: '0', answered: '1' }]
])('why a section with H264 on both sides is rejected: %s in mode %i', (id, mode, why) => {
	const offer = video(9, id, mode);
	const answer = video(0, '42e01f');
	expect(rejectionReason(offer, offer.sections[0]!, answer.sections[0]!)).toEqual({
		kind: 'no-common-codec',
		alike: [{ codec: 'H264', ...why }]
	});
});
