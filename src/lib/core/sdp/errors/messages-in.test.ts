/** Messages of browsers among whatever people paste around them. */
import { describe, expect, test } from 'vitest';
import { takeMessages } from './messages-in';

const STATE = "InvalidStateError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Called in wrong state: stable";
const DESCRIPTION = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

describe('a message', () => {
	test.each([
		['alone', STATE],
		['as a console reports it', `call.js:40 Uncaught (in promise) ${STATE}`],
		['as JsSIP logs it', `JsSIP:ERROR:RTCSession emit "peerconnection:setremotedescriptionfailed" [error:${STATE}] +3ms`],
		['as SIP.js logs it', `Mon Nov 30 2026 | sip.SessionDescriptionHandler | setRemoteSessionDescription failed - ${STATE}`],
		['of Firefox', 'DOMException: Cannot set remote answer in state stable'],
		['that no table has', "TypeError: Failed to execute 'addTrack' on 'RTCPeerConnection': something new"]
	])('is found: %s', (_, text) => {
		expect(takeMessages(text)).toEqual({ messages: [{ text, line: 1 }], rest: '', lineNumbers: [] });
	});

	test('that was broken into lines is one', () => {
		const text =
			"Failed to set remote offer sdp: The m= section with mid='0' is invalid.\nRTCP-MUX is not enabled\nwhen it is required.";
		expect(takeMessages(`${text}\nand then?`)).toEqual({
			messages: [{ text: text.replaceAll('\n', ' '), line: 1 }],
			rest: 'and then?',
			lineNumbers: [4]
		});
	});

	test('takes its stack along', () => {
		const stack =
			'    at call (call.js:77:12)\n    at async https://example.org/main.js:3:1\nanswer@https://example.org/main.js:9:2\n';
		expect(takeMessages(`${STATE}\n${stack}${DESCRIPTION}`)).toMatchObject({ rest: DESCRIPTION, lineNumbers: [5, 6, 7, 8] });
	});
});

describe('what is left of a text', () => {
	test.each([
		['below a message', `${STATE}\n\n${DESCRIPTION}`, DESCRIPTION, 3],
		['above one', `${DESCRIPTION}\r\n${STATE}\r\n`, DESCRIPTION, 1],
		['around one', `v=0\r\n${STATE}\r\n${DESCRIPTION.slice(5)}`, DESCRIPTION, 1]
	])('is the description %s', (_, text, rest, first) => {
		const left = takeMessages(text);
		expect([left.messages.length, left.rest, left.lineNumbers[0]]).toEqual([1, rest, first]);
	});

	test('keeps two descriptions apart', () => {
		expect(takeMessages(`${DESCRIPTION}\r\n${STATE}\r\n\r\n${DESCRIPTION}`).rest).toBe(`${DESCRIPTION}\r\n${DESCRIPTION}`);
	});

	test.each([
		['whose values look like a message', `${DESCRIPTION}i=${STATE}\r\n`],
		['that is a log', '12:00 [12] connected\n12:01 TypeError: x is undefined\n'],
		['with candidates', 'a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n[3] a=fmtp:111 Invalid value: 3.\n']
	])('is all of it: a text %s', (_, text) => {
		expect(takeMessages(text)).toMatchObject({ messages: [], rest: text });
	});
});
