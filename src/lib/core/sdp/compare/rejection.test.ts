import { expect, test } from 'vitest';
import { readDescription } from '../text/description';
import { rejectionReason } from './rejection';

const HEAD = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n';
const section = (port: number, ...lines: string[]) =>
	readDescription(`${HEAD}m=video ${port} UDP/TLS/RTP/SAVPF 96\r\n${lines.join('\r\n')}\r\n`);
const h264 = (port: number, parameters: string) => section(port, 'a=rtpmap:96 H264/90000', `a=fmtp:96 ${parameters}`);

const differs = (parameter: string, offered: string, answered: string) => ({
	kind: 'no-common-codec',
	alike: [{ codec: 'H264', parameter, offered, answered }]
});

test.each([
	[
		h264(9, 'packetization-mode=1;profile-level-id=42801f'),
		h264(0, 'packetization-mode=1;profile-level-id=42e01f'),
		differs('profile-level-id', '42801f (baseline)', '42e01f (constrained baseline)')
	],
	[
		h264(9, 'packetization-mode=1;profile-level-id=42e01f'),
		h264(0, 'profile-level-id=42e01f'),
		differs('packetization-mode', '1', '0')
	],
	[section(9, 'a=rtpmap:96 VP8/90000'), h264(0, 'profile-level-id=42e01f'), { kind: 'no-common-codec', alike: [] }],
	[h264(9, 'profile-level-id=42e01f'), h264(0, 'profile-level-id=42e034'), { kind: 'no-ice-credentials' }]
])('the reason of a rejection is said with what shows it (%#)', (offer, answer, reason) => {
	expect(rejectionReason(offer, offer.sections[0]!, answer.sections[0]!)).toEqual(reason);
});
