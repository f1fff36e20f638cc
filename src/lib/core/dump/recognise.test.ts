import { describe, expect, test } from 'vitest';
import { exchangesOf, recognise } from './recognise';

const OFFER = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:actpass\r\n';
const ANSWER = OFFER.replace('actpass', 'active');
const LINES = OFFER.trimEnd().split('\r\n');
const CANDIDATE = 'candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host generation 0';

/** Base64 of UTF-8, by the test's own means. */
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('what was pasted', () => {
	test.each([
		['nothing', '  \n', 'empty', 0],
		['a description', OFFER, 'sdp', 1],
		['CR alone', OFFER.replaceAll('\r\n', '\r'), 'sdp', 1],
		['LF alone', OFFER.replaceAll('\r\n', '\n'), 'sdp', 1],
		['type and sdp', JSON.stringify({ type: 'offer', sdp: OFFER }), 'description-json', 1],
		['type and sdp, printed wide', JSON.stringify({ type: 'answer', sdp: ANSWER }, null, 2), 'description-json', 1],
		['a JSON string', JSON.stringify(OFFER), 'escaped-text', 1],
		['escapes without quotes', OFFER.replaceAll('\r\n', '\\r\\n'), 'escaped-text', 1],
		['escapes in a log line', `12:00 got "${OFFER.replaceAll('\r\n', '\\r\\n')}" from peer`, 'escaped-text', 1],
		['log prefixes', LINES.map((line, i) => `[12:01:${10 + i}] ${line}`).join('\n'), 'prefixed-text', 1],
		['quoting', LINES.map((line) => `> ${line}`).join('\n'), 'prefixed-text', 1],
		['line numbers', LINES.map((line, i) => `${i + 1}: ${line}`).join('\n'), 'prefixed-text', 1],
		['source code', LINES.map((line) => `  "${line}\\r\\n" +`).join('\n'), 'prefixed-text', 1],
		['a word before the first line', `offer: ${OFFER}`, 'prefixed-text', 1],
		['base64', base64(OFFER), 'base64', 1],
		['base64 of JSON', base64(JSON.stringify({ type: 'offer', sdp: OFFER })), 'base64', 1],
		['an offer and an answer', OFFER + ANSWER, 'several-descriptions', 2],
		['a message of an application', JSON.stringify({ to: 'x', payload: { jsep: { type: 'offer', sdp: OFFER } } }), 'json', 1],
		['offer and answer as fields', JSON.stringify({ offer: OFFER, answer: ANSWER }), 'json', 2],
		['a fragment', 'm=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:0', 'sdp', 1],
		['something else', 'hello there', 'unknown', 1]
	])('is recognised: %s', (_, text, format, count) => {
		const found = recognise(text);
		expect([found.format, found.descriptions.length]).toEqual([format, count]);
	});

	test('of a SIP message the body alone is taken', () => {
		const head = 'INVITE sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/UDP host\r\nContent-Type: application/sdp\r\n\r\n';
		const [description] = recognise(head + OFFER).descriptions;
		expect(description).toMatchObject({ role: 'offer', text: OFFER });
		expect(description!.places![0]).toEqual({ line: 5, column: 1 });
	});

	test('the body of a multipart SIP answer ends at the boundary', () => {
		const found = recognise(`SIP/2.0 200 OK\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n\r\n${ANSWER}--b--\r\n`);
		expect(found.descriptions[0]).toMatchObject({ role: 'answer', text: ANSWER });
	});

	test.each([
		['a line', CANDIDATE, 1],
		['an attribute', `a=${CANDIDATE}`, 1],
		['RTCIceCandidate as JSON', JSON.stringify({ candidate: CANDIDATE, sdpMid: '0' }), 1],
		['several', `${CANDIDATE}\n${CANDIDATE}`, 2]
	])('candidates are recognised: %s', (_, text, count) => {
		const found = recognise(text);
		expect([found.format, found.candidates.length, found.candidates[0]]).toEqual(['candidate', count, CANDIDATE]);
	});
});

test('a description that Wireshark took apart is put together again, with the places of its values', () => {
	const names: Record<string, string> = {
		v: 'Session Description Protocol Version',
		o: 'Owner/Creator, Session Id',
		s: 'Session Name',
		t: 'Time Description, active time',
		m: 'Media Description, name and address',
		a: 'Media Attribute'
	};
	const lines = LINES.filter((line) => line[0]! in names);
	const text = [
		'Message Body',
		'    Session Description Protocol',
		...lines.flatMap((line) => [`        ${names[line[0]!]} (${line[0]}): ${line.slice(2)}`, '            Part of it: 1'])
	].join('\n');
	const [description] = recognise(text).descriptions;
	expect(description!.text).toBe(`${lines.join('\r\n')}\r\n`);
	description!.places!.forEach(({ line, column }, index) => {
		expect(text.split('\n')[line - 1]!.slice(column + 1)).toBe(lines[index]!.slice(2));
	});
});

test('a request of SIP and its response are an offer and its answer, an answer in ACK too', () => {
	const message = (start: string, method: string, body: string) =>
		`${start}\r\nCall-ID: c\r\nCSeq: 2 ${method}\r\n\r\n${body}\r\n`;
	const invite = message('INVITE sip:b@example.org SIP/2.0', 'INVITE', OFFER) + message('SIP/2.0 200 OK', 'INVITE', ANSWER);
	const late = message('SIP/2.0 200 OK', 'INVITE', OFFER) + message('ACK sip:b@example.org SIP/2.0', 'ACK', ANSWER);
	for (const text of [invite, late]) {
		const { format, descriptions } = recognise(text);
		expect([format, descriptions.map(({ role }) => role)]).toEqual(['sip', ['offer', 'answer']]);
		const { line } = descriptions[1]!.places![0]!;
		expect(text.split('\r\n')[line - 1]).toBe('v=0');
	}
});

describe('descriptions one below the other', () => {
	const phone = (id: number) =>
		`v=0\r\no=- ${id} 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n`;
	const roles = (text: string) => recognise(text).descriptions.map(({ role }) => role);

	test.each([
		['a blank line between', `${phone(1)}\r\n${phone(2)}`],
		['their names above', `Offer:\n${phone(1)}\n\nand the answer:\n\n${phone(2)}`],
		['the answer first', `Answer:\n${phone(1)}\nOffer:\n${phone(2)}`]
	])('are told apart: %s', (name, text) => {
		expect(roles(text)).toEqual(name === 'the answer first' ? ['answer', 'offer'] : ['offer', 'answer']);
		for (const { text: own } of recognise(text).descriptions) expect(own).toMatch(/RTP\/AVP 0\r\n$/);
	});

	test('are one by mistake where nothing parts them', () => expect(roles(phone(1) + phone(2))).toEqual([null]));

	test('what people write below one is no part of it; a blank line inside is', () => {
		const remark = recognise(`${OFFER}\r\nDoes anybody know why?\r\n`);
		expect(remark).toMatchObject({ format: 'prefixed-text', descriptions: [{ text: OFFER }] });
		const broken = OFFER.replace('a=setup', '\r\na=setup');
		expect(recognise(broken).descriptions[0]!.text).toBe(broken);
		expect(recognise(`${OFFER}\r\n`).descriptions[0]!.text).toBe(`${OFFER}\r\n`);
	});
});

test.each([
	['some line ends', OFFER.replaceAll('\r\n', '\n').replace('s=-\nt=0 0\n', 's=-\\r\\nt=0 0\\r\\n')],
	['the first line end', OFFER.replaceAll('\r\n', '\n').replace('v=0\n', 'v=0\\r\\n')]
])('written out, %s count beside the real ones', (_, text) => {
	const [description] = recognise(text).descriptions;
	expect(description!.text.replaceAll('\r\n', '\n')).toBe(OFFER.replaceAll('\r\n', '\n'));
	const source = text.split('\n');
	LINES.forEach((line, index) => {
		const { line: number, column } = description!.places![index]!;
		expect(source[number - 1]!.slice(column - 1).startsWith(line)).toBe(true);
	});
});

test('a line end that is part of a value stays one', () => {
	const text = OFFER.replace('s=-', 's=one\\ntwo');
	expect(recognise(text)).toMatchObject({ format: 'sdp', descriptions: [{ text }] });
});

describe('messages of browsers', () => {
	const MESSAGE = 'Failed to set remote answer sdp: Called in wrong state: stable';

	test.each([
		['alone', MESSAGE],
		['with other words', `It says\n${MESSAGE}\nevery time`],
		['in JSON', JSON.stringify({ error: { name: 'InvalidStateError', message: MESSAGE } })]
	])('are no description: %s', (_, text) => {
		expect(recognise(text)).toMatchObject({ format: 'browser-error', descriptions: [], messages: [{ text: MESSAGE }] });
	});

	test('stand beside a description, whose lines keep their places', () => {
		const found = recognise(`${MESSAGE}\n\n${OFFER}`);
		expect(found).toMatchObject({ messages: [{ text: MESSAGE, line: 1 }], descriptions: [{ text: OFFER }] });
		expect(found.descriptions[0]!.places!.map(({ line }) => line)).toEqual(LINES.map((_, index) => index + 3));
		const json = JSON.stringify({ type: 'offer', sdp: OFFER, error: MESSAGE });
		expect(recognise(json)).toMatchObject({ format: 'description-json', messages: [{ text: MESSAGE }] });
	});
});

describe('the place of each line in what was pasted', () => {
	test.each([
		['JSON', JSON.stringify({ type: 'offer', sdp: OFFER })],
		['wide JSON', JSON.stringify({ type: 'offer', sdp: OFFER }, null, 2)],
		['escapes', `x "${OFFER.replaceAll('\r\n', '\\r\\n')}"`],
		['a log', `begin\n${LINES.map((line) => `[9] ${line}`).join('\n')}`]
	])('is kept for %s', (_, text) => {
		const [description] = recognise(text).descriptions;
		expect(description!.text).toBe(OFFER);
		const source = text.split('\n');
		LINES.forEach((line, index) => {
			const place = description!.places![index]!;
			expect(source[place.line - 1]!.slice(place.column - 1).startsWith(line)).toBe(true);
		});
	});
});

test('descriptions of a dump become exchanges of each connection', () => {
	const sdp = (type: string, text: string) => JSON.stringify({ type, sdp: text });
	const log = [
		{ type: 'setLocalDescription', value: sdp('offer', OFFER), timestamp: 1000 },
		{ type: 'setLocalDescriptionOnSuccess', value: '', timestamp: 1002 },
		{ type: 'setRemoteDescription', value: sdp('answer', ANSWER), timestamp: 1100 },
		{ type: 'setRemoteDescription', value: sdp('offer', OFFER), timestamp: 2000 }
	];
	const found = recognise(JSON.stringify({ PeerConnections: { '1-1': { updateLog: log } } }));
	expect(found.format).toBe('webrtc-internals');
	expect(found.descriptions.map(({ role, local }) => [role, local])).toEqual([
		['offer', true],
		['answer', false],
		['offer', false]
	]);
	expect(exchangesOf(found.descriptions).map(({ from, answer }) => [from, answer !== null])).toEqual([
		['a', true],
		['b', false]
	]);
	expect(found.session!.events[2]).toMatchObject({ call: 'set-remote', atMs: 100 });
});

test('rtcstats lines have their times summed up from differences', () => {
	const text = [
		'RTCStatsDump',
		'{"fileFormat":3}',
		'["create",null,{},5000]',
		JSON.stringify(['createOffer', 'PC_0', {}, 10]),
		JSON.stringify(['createOfferOnSuccess', 'PC_0', { type: 'offer', sdp: OFFER }, 5]),
		JSON.stringify(['setLocalDescription', 'PC_0', { type: 'offer', sdp: OFFER }, 1]),
		JSON.stringify(['onicecandidate', 'PC_0', { candidate: CANDIDATE }, 4])
	].join('\n');
	const found = recognise(text);
	expect([found.format, found.descriptions.length]).toEqual(['rtcstats', 1]);
	expect(found.session!.events.map(({ call, atMs }) => [call, atMs])).toEqual([
		['create-offer', 0],
		['create-offer', 5],
		['set-local', 6],
		['candidate', 10]
	]);
});

test('a saved about:webrtc page gives its description', () => {
	const page = `<html><pre id="a">${OFFER.replaceAll('\r\n', '\n')}</pre><pre>a &lt; b</pre></html>`;
	expect(recognise(page)).toMatchObject({ format: 'about-webrtc', descriptions: [{ role: 'offer' }] });
});
