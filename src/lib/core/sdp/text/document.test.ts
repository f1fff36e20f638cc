import { describe, expect, test } from 'vitest';
import { parseDocument, printDocument } from './document';

describe('the tokenizer', () => {
	test('gives lines with number, type, value and the column of the value', () => {
		const { lines } = parseDocument('v=0\r\na=rtpmap:111 opus/48000/2\r\n');
		expect(lines.map(({ number, type, value }) => [number, type, value])).toEqual([
			[1, 'v', '0'],
			[2, 'a', 'rtpmap:111 opus/48000/2']
		]);
		expect(lines[1]).toMatchObject({
			name: 'rtpmap',
			argument: '111 opus/48000/2',
			valueColumn: 3,
			argumentColumn: 10,
			end: '\r\n'
		});
	});

	test('splits at m= lines', () => {
		const document = parseDocument('v=0\ns=-\nm=audio 9 RTP/AVP 0\na=mid:0\nm=video 9 RTP/AVP 96\n');
		expect(document.session.map((line) => line.number)).toEqual([1, 2]);
		expect(document.media.map((lines) => lines.map((line) => line.number))).toEqual([[3, 4], [5]]);
		expect(document.lines.map((line) => line.section)).toEqual([-1, -1, 0, 0, 1]);
	});

	test.each([
		['a=rtcp-mux', 'rtcp-mux', null],
		['a=rtcp-mux ', 'rtcp-mux', null],
		['a=mid:', 'mid', ''],
		['a=extmap:1 urn:x', 'extmap', '1 urn:x'],
		['a=', '', null]
	])('reads the attribute %j', (raw, name, argument) => expect(parseDocument(raw).lines[0]).toMatchObject({ name, argument }));

	test.each([
		['  a=mid:0', 'a', '0', 9],
		['a = mid:0', 'a', '0', 9],
		['a= mid:0', 'a', '0', 8]
	])('%j is read in spite of its blanks, and said to have them', (raw, type, argument, column) => {
		expect(parseDocument(raw).lines[0]).toMatchObject({ type, argument, argumentColumn: column, spaced: true });
	});

	test('the blank of an empty session name is not a slip', () =>
		expect(parseDocument('s= ').lines[0]).toMatchObject({ value: ' ', spaced: false }));
});

test.each([
	'',
	'\n',
	'\r',
	'\r\n\r\n',
	'v=0',
	'v=0\n\r\ns=-\r',
	'\u0000\uffff=\r\n\ud800',
	' a=x\n\t=\n=',
	'm=\nm=\r\n',
	'v=0\r\r\ns=-'
])('printing gives %j back', (text) => expect(printDocument(parseDocument(text))).toBe(text));
