/** Which descriptions of a SIP trace are offers and which are answers, and where they stand in it. */
import { describe, expect, test } from 'vitest';
import { exchangesOf } from './recognise';
import { fromSip } from './sip-trace';

const body = (version: number, more = '') =>
	`v=0\r\no=- 1 ${version} IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n${more}`;
const message = (start: string, sequence: string, sdp = '', more = '', call = 'c') =>
	`${start}\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nCall-ID: ${call}\r\nCSeq: ${sequence}\r\n${more}${sdp === '' ? '' : 'Content-Type: application/sdp\r\n'}\r\n${sdp}${sdp === '' ? '' : '\r\n'}`;
const request = (method: string) => `${method} sip:b@example.org SIP/2.0`;
const labels = (text: string) => fromSip(text)!.descriptions.map(({ label }) => label);

describe('by method and CSeq', () => {
	test('a dialog with a re-INVITE, an early answer, PRACK and UPDATE', () => {
		const trace = [
			message(request('INVITE'), '1 INVITE', body(1)),
			message('SIP/2.0 100 Trying', '1 INVITE'),
			message('SIP/2.0 183 Session Progress', '1 INVITE', body(2), 'RSeq: 1\r\n'),
			message(request('PRACK'), '2 PRACK', body(3), 'RAck: 1 1 INVITE\r\n'),
			message('SIP/2.0 200 OK', '2 PRACK', body(4)),
			message(request('UPDATE'), '3 UPDATE', body(5)),
			message('SIP/2.0 200 OK', '3 UPDATE', body(6)),
			message('SIP/2.0 200 OK', '1 INVITE'),
			message(request('ACK'), '1 ACK'),
			message(request('INVITE'), '4 INVITE', body(7)),
			message('SIP/2.0 200 OK', '4 INVITE', body(8)),
			message(request('ACK'), '4 ACK')
		].join('');
		expect(labels(trace)).toEqual([
			'offer (INVITE, CSeq 1)',
			'answer (183 Session Progress to INVITE, CSeq 1)',
			'offer (PRACK, CSeq 2)',
			'answer (200 OK to PRACK, CSeq 2)',
			'offer (UPDATE, CSeq 3)',
			'answer (200 OK to UPDATE, CSeq 3)',
			'offer (INVITE, CSeq 4)',
			'answer (200 OK to INVITE, CSeq 4)'
		]);
		expect(exchangesOf(fromSip(trace)!.descriptions).every(({ answer }) => answer !== null)).toBe(true);
	});

	test('an INVITE without a description is offered in the response, and answered in the ACK or in the PRACK', () => {
		const late = message(request('INVITE'), '1 INVITE') + message('SIP/2.0 200 OK', '1 INVITE', body(1));
		expect(labels(late + message(request('ACK'), '1 ACK', body(2)))).toEqual([
			'offer (200 OK to INVITE, CSeq 1)',
			'answer (ACK, CSeq 1)'
		]);
		const early = message(request('INVITE'), '1 INVITE') + message('SIP/2.0 183 Progress', '1 INVITE', body(1));
		expect(labels(early + message(request('PRACK'), '2 PRACK', body(2), 'RAck: 7 1 INVITE\r\n'))).toEqual([
			'offer (183 Progress to INVITE, CSeq 1)',
			'answer (PRACK, CSeq 2)'
		]);
	});

	test('an answer that comes twice is one, and one that changes replaces the first', () => {
		const offer = message(request('INVITE'), '1 INVITE', body(1));
		const early = message('SIP/2.0 183 Progress', '1 INVITE', body(2));
		expect(labels(offer + early + message('SIP/2.0 200 OK', '1 INVITE', body(2)))).toHaveLength(2);
		const { descriptions } = fromSip(offer + early + message('SIP/2.0 200 OK', '1 INVITE', body(3)))!;
		expect(exchangesOf(descriptions).map(({ answer }) => answer?.label)).toEqual(['answer (200 OK to INVITE, CSeq 1)']);
	});

	test('an offer that was refused with a request for credentials is left out, and said to be', () => {
		const trace =
			message(request('INVITE'), '1 INVITE', body(1)) +
			message('SIP/2.0 401 Unauthorized', '1 INVITE') +
			message(request('INVITE'), '2 INVITE', body(1)) +
			message('SIP/2.0 200 OK', '2 INVITE', body(2));
		expect(labels(trace)).toEqual(['offer (INVITE, CSeq 2)', 'answer (200 OK to INVITE, CSeq 2)']);
		expect(fromSip(trace)!.words).toMatch(/1 offer refused by the other side is left out\.$/);
		const alone = message(request('INVITE'), '1 INVITE', body(1)) + message('SIP/2.0 488 Not Acceptable Here', '1 INVITE');
		expect(labels(alone)).toEqual(['offer (INVITE, CSeq 1)']);
	});

	test('calls are told apart', () => {
		const trace =
			message(request('INVITE'), '1 INVITE', body(1), '', 'a') +
			message(request('INVITE'), '1 INVITE', body(2), '', 'b') +
			message('SIP/2.0 200 OK', '1 INVITE', body(3), '', 'b') +
			message('SIP/2.0 200 OK', '1 INVITE', body(4), '', 'a');
		expect(fromSip(trace)!.descriptions.map(({ peer, role }) => `${peer} ${role}`)).toEqual([
			'call 1 offer',
			'call 1 answer',
			'call 2 offer',
			'call 2 answer'
		]);
	});
});

describe('in a log', () => {
	const plain =
		message(request('INVITE'), '1 INVITE', body(1)) + message('SIP/2.0 200 OK', '1 INVITE', body(2, 'a=sendonly\r\n'));
	const lines = plain.trimEnd().split('\r\n');

	test.each([
		['with a time before each message', plain.replace(/^(INVITE|SIP\/2\.0 200)/gm, '2026-11-30 12:00:01.123 RX $1')],
		['with a time before each line', lines.map((line, i) => `12:00:${String(10 + i)}.250 | ${line}`).join('\n')],
		['of ngrep', `U 192.0.2.1:5060 -> 192.0.2.2:5060\n${lines.map((line) => `${line}.`).join('\n')}\n`],
		['of Asterisk', plain.replace(/^(INVITE|SIP\/2\.0 200)/gm, '<--- SIP read from UDP:192.0.2.1:5060 --->\n$1')],
		['without blank lines below the bodies', `${lines.join('\n').replace('RTP/AVP 0\n\n', 'RTP/AVP 0\n--end msg--\n')}\n[end]`]
	])('%s each line has its place', (_, text) => {
		const { descriptions } = fromSip(text)!;
		expect(descriptions.map(({ role }) => role)).toEqual(['offer', 'answer']);
		const source = text.split(/\r?\n/);
		for (const { text: sdp, places } of descriptions) {
			const own = sdp.split(/\r?\n/).filter(Boolean);
			expect([own[0], own.filter((line) => !/^[a-z]=/.test(line))]).toEqual(['v=0', []]);
			own.forEach((line, i) =>
				expect(source[places![i]!.line - 1]!.slice(places![i]!.column - 1)).toMatch(new RegExp(`^${line}\\.?$`))
			);
		}
	});

	test.each([
		['a line that names a message', '12:00 sent INVITE sip:b@example.org SIP/2.0\n12:01 nothing came back\n'],
		['a log of something else', '12:00 started\n12:01 v=0\n']
	])('%s is no trace', (_, text) => expect(fromSip(text)).toBeNull());
});
