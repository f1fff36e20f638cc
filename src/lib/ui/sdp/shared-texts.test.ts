import { expect, test } from 'vitest';
import { makeInput, placedOf } from './inputs';
import { readSdpFragment, sdpLink } from './link';
import { changedLines, sharedTexts } from './shared-texts';

const sdp = (ufrag: string) =>
	`v=0\r\no=- 1 2 IN IP4 203.0.113.7\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 203.0.113.7\r\na=ice-ufrag:${ufrag}\r\na=rtpmap:111 opus/48000/2\r\n`;

const shared = (texts: string[], redacted: boolean) => {
	const inputs = texts.map((text) => makeInput(text, { name: 'anna-at-home.txt' }));
	return sharedTexts(inputs, placedOf(inputs), 0, redacted);
};

test('a link holds what was given, byte for byte, when told to', async () => {
	const texts = shared([sdp('abcd'), sdp('efgh')], false);
	expect(texts.map(({ text }) => text)).toEqual([sdp('abcd'), sdp('efgh')]);
	const link = await sdpLink('https://icelens.example/sdp?x=1#old', { profile: 'sip', texts });
	expect(link).toMatch(/^https:\/\/icelens\.example\/sdp#sdp=[A-Za-z0-9_-]+$/);
	expect(await readSdpFragment(new URL(link).hash)).toEqual({ kind: 'sdp', shared: { profile: 'sip', texts } });
});

test('a link without what is private has one placeholder for each value, nothing of the original, and no file name', () => {
	const texts = shared([sdp('abcd'), sdp('efgh')], true);
	const all = JSON.stringify(texts);
	for (const secret of ['203.0.113.7', 'abcd', 'efgh', 'anna']) expect(all).not.toContain(secret);
	const addresses = new Set([...all.matchAll(/IN IP4 (\S+?)\\r/g)].map((match) => match[1]));
	expect(addresses.size).toBe(1);
	expect(changedLines(shared([sdp('abcd'), sdp('efgh')], false), texts)).toBe(6);
});

test('text around a description stays out of a link, a text without one is kept whole', () => {
	expect(shared([`10:01 anna ${sdp('abcd').replaceAll('\r\n', '\r\n10:01 anna ')}`], false)[0]!.text).toMatch(/^v=0\r\n/);
	expect(shared(['candidate:1 1 udp 1 203.0.113.7 9 typ host'], true)[0]!.text).not.toContain('203.0.113.7');
});

test.each(['#sdp=AAAA', '#sdp=%%%', '', '#report=AAAA'])('%j holds no description', async (fragment) => {
	expect((await readSdpFragment(fragment)).kind).not.toBe('sdp');
});

test('a link made by hand gets in only what a link may hold', async () => {
	const hostile = { profile: 'x', texts: [{ text: 'v=0', role: 'admin', name: 'n'.repeat(500), extra: 1 }, { text: 7 }, null] };
	const link = await sdpLink('https://a.example/', hostile as never).catch(() => null);
	expect(link).toBeNull();
	const { pack } = await import('../share');
	const found = await readSdpFragment(`#sdp=${await pack(JSON.stringify(hostile))}`);
	expect(found).toEqual({
		kind: 'sdp',
		shared: { profile: 'webrtc', texts: [{ text: 'v=0', role: null, name: 'n'.repeat(100) }] }
	});
});
