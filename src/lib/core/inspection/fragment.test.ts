import { expect, test } from 'vitest';
import { recognise } from '../dump/recognise';
import { analyse } from './analysis';

const PIECE = [
	'a=group:BUNDLE 0 1',
	'm=audio 9 UDP/TLS/RTP/SAVPF 0 101',
	'a=mid:0',
	'a=rtpmap:101 telephone-event/8000',
	'm=video 9 UDP/TLS/RTP/SAVPF 101',
	'a=mid:1',
	'a=rtpmap:101 VP8/90000',
	''
].join('\r\n');

const graveIn = (text: string) =>
	analyse(recognise(text).descriptions).findings.filter(({ severity }) => severity !== 'info' && severity !== 'normal');

test('of a piece of a description only what its lines say is judged', () => {
	expect(graveIn(PIECE).map(({ code, fileLine }) => [code, fileLine])).toEqual([['PT-05', 7]]);
	expect(graveIn(PIECE.replace('a=mid:1', 'a=mid:1\r\na=setup:acktpass')).map(({ code }) => code)).toEqual(['DTLS-04', 'PT-05']);
	expect(graveIn('a=rtcp-mux\r\na=mid:0\r\n')).toEqual([]);
});

test('a description that lost its first line is whole', () => {
	expect(graveIn(`o=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n${PIECE}`).map(({ code }) => code)).toEqual(
		expect.arrayContaining(['SYN-01', 'ICE-01', 'PT-05'])
	);
});
