/* eslint no-control-regex: off -- telling binary files by their bytes is what this table does */
/** Files that people bring and that are no client dump: what each looks like, in words. The first that matches speaks. */
import { isRecord, parseJson } from '../base/record';

export const ACCEPTED =
	'Accepted are dumps of webrtc-internals (also gzip), rtcstats and RTCStatsDump files, a saved about:webrtc page or a copied report of Firefox, getStats results as JSON, and the table of a Trickle ICE page.';

interface Refusal {
	code: string;
	is: (text: string, first: unknown) => boolean;
	says: string;
}

const has = (value: unknown, ...keys: string[]) => isRecord(value) && keys.every((key) => key in value);

const REFUSALS: readonly Refusal[] = [
	{
		code: 'server-dump',
		is: (text, first) => has(first, 'statsSessionId') || /^\s*\{\s*"statsSessionId"\s*:/.test(text),
		says: 'This is a dump that a server wrote about itself (rtcstats of a bridge such as Jitsi Videobridge, Jicofo or Jigasi). It has no statistics of a browser; bring the dump of the participant instead.'
	},
	{
		code: 'har',
		is: (_, first) => has(first, 'log') && /"creator"/.test(JSON.stringify((first as { log: unknown }).log ?? '').slice(0, 2000)),
		says: 'This is a HAR file: a list of HTTP requests, without statistics of WebRTC.'
	},
	{
		code: 'net-log',
		is: (text, first) => has(first, 'constants') || /^\s*\{\s*"constants"\s*:/.test(text),
		says: 'This is a net-export log of Chrome, without statistics of WebRTC.'
	},
	{
		code: 'icelens-report',
		is: (_, first) => has(first, 'schema', 'observations'),
		says: 'This is a report of an Icelens check: open it on the screen Check.'
	},
	{ code: 'sdp', is: (text) => /^\s*v=0\r?\n/.test(text), says: 'This is a session description: the screen SDP explains it.' },
	{
		code: 'capture',
		is: (text) => /^(\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\n\r\r\n)/.test(text) || /^(\ufffd\u00f2|\ufffd{4})/.test(text),
		says: 'This looks like a packet capture (pcap), which only shows encrypted packets.'
	},
	{
		code: 'archive',
		is: (text) => /^(PK\x03\x04|7z|Rar!)/.test(text),
		says: 'This is an archive: unpack it first, and bring the dump that is in it.'
	},
	{
		code: 'image',
		is: (text) => /^.{0,3}(PNG\r|JFIF|GIF8)/s.test(text.slice(0, 16)),
		says: 'This is an image: the dump itself is needed, not a screenshot of it.'
	},
	{
		code: 'binary',
		is: (text) => /[\x00-\x08]/.test(text.slice(0, 4000)) || (text.slice(0, 4000).match(/\ufffd/g) ?? []).length > 40,
		says: 'This is a binary file, such as an RTC event log or a recording.'
	},
	{
		code: 'web-page',
		is: (text) => /^\s*<(!doctype|html|\?xml|div|head|body)/i.test(text),
		says: 'This is a web page, but not a saved about:webrtc of Firefox.'
	}
];

export interface RefusalWords {
	code: string;
	message: string;
}

export function refusalOf(text: string): RefusalWords {
	const trimmed = text.trimStart();
	if (trimmed === '') return { code: 'empty', message: `There is nothing in this file. ${ACCEPTED}` };
	const whole = /^[[{]/.test(trimmed) ? (parseJson(trimmed) ?? parseJson(trimmed.split('\n', 1)[0]!)) : undefined;
	for (const { code, is, says } of REFUSALS) if (is(text, whole)) return { code, message: `${says} ${ACCEPTED}` };
	return { code: 'unknown-format', message: `${describe(trimmed, whole)} ${ACCEPTED}` };
}

function describe(text: string, value: unknown): string {
	if (isRecord(value)) {
		const keys = Object.keys(value)
			.slice(0, 5)
			.map((key) => `"${key.slice(0, 30)}"`);
		return keys.length === 0
			? 'This is an empty JSON object.'
			: `This is JSON with ${keys.join(', ')}, which is not a dump that is known here.`;
	}
	if (Array.isArray(value)) return 'This is a JSON list, but not one of statistics.';
	const first = text.split('\n', 1)[0]!.slice(0, 60);
	return `This is no dump that is known here; it begins with "${first}".`;
}
