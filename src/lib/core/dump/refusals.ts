/* eslint no-control-regex: off -- telling binary files by their bytes is what this table does */
/** Files that people bring and that are no client dump: what each looks like, in words. The first that matches speaks. */
import { isRecord, parseJson } from '../base/record';
import { descriptionsIn } from './descriptions-in';
import { recognise } from './recognise';

export const ACCEPTED =
	'Accepted are dumps of webrtc-internals (also gzip), rtcstats and RTCStatsDump files, about:webrtc of Firefox (saved, copied, or its report), getStats results as JSON or as text, copies of a console, the table of a Trickle ICE page, logs of libwebrtc, coturn, Janus, LiveKit, Jitsi, mediasoup and go2rtc, packet captures (pcap, pcapng) and lists of packets from Wireshark.';

/** Longer ones are files that hold descriptions among other things. */
const MOST_DESCRIPTIONS = 1_000_000;

/** Two settings of coturn, or servers as programs are given them. */
function isServers(text: string): boolean {
	const settings = text.slice(0, 100_000).match(COTURN_SETTING);
	return (settings?.length ?? 0) >= 2 || /^[\s{[]*["']?(?:iceServers|urls)["']?\s*:/.test(text);
}

const COTURN_SETTING =
	/^[ \t]*(?:listening-port|tls-listening-port|listening-ip|relay-ip|external-ip|lt-cred-mech|use-auth-secret|static-auth-secret|realm|server-name|min-port|max-port|fingerprint|no-tls|no-dtls|user)(?:\s*=.*)?$/gm;

interface Refusal {
	code: string;
	is: (text: string, first: unknown) => boolean;
	says: string;
	/** It says all that helps: what else would be read is no answer to it. */
	isPlain?: true;
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
		says: 'This is a HAR file: a list of HTTP requests, without statistics of WebRTC; the network panel of a browser opens it.'
	},
	{
		code: 'net-log',
		is: (text, first) => has(first, 'constants') || /^\s*\{\s*"constants"\s*:/.test(text),
		says: 'This is a net-export log of Chrome, without statistics of WebRTC: netlog-viewer.appspot.com shows it.'
	},
	{
		code: 'icelens-report',
		isPlain: true,
		is: (_, first) => has(first, 'schema', 'observations'),
		says: 'This is a report of an Icelens check: the screen Check opens it, and icelens conclude.'
	},
	{
		code: 'sdp',
		isPlain: true,
		is: (text) => text.length < MOST_DESCRIPTIONS && descriptionsIn(text) !== null,
		says: 'This is a session description: the screen SDP explains it, and icelens lint-sdp.'
	},
	{
		code: 'browser-error',
		isPlain: true,
		is: (text) => text.length < MOST_DESCRIPTIONS && recognise(text).format === 'browser-error',
		says: 'This is an error message of a browser: the screen SDP explains it, and icelens lint-sdp.'
	},
	{
		code: 'server-configuration',
		isPlain: true,
		is: (text) => isServers(text),
		says: 'This is a list or a configuration of STUN and TURN servers: paste it into the servers of the screen Check, or give it to icelens check --servers.'
	},
	{
		code: 'diagnostic-log-id',
		isPlain: true,
		is: (text) =>
			/^(?:(?:webrtc )?(?:log|report|upload)(?:ed)?(?: report)? ?id:?\s*)?[0-9a-f]{16}\s*$/i.test(text.trim()) ||
			/^\s*WebRTC Text Logs?\b/i.test(text),
		says: 'This is the id of a log that Chrome has sent to its maker: it names the log, which nobody else can read. On the machine that sent it chrome://webrtc-logs lists it with its file, where that is kept, and chrome://webrtc-internals saves a dump that is read here.'
	},
	{
		code: 'folded-report',
		isPlain: true,
		is: (text) => /^\s*(?:\[object RTCStatsReport\]|RTCStatsReport\s*\{\s*size\s*:?\s*\d+\s*\})\s*$/.test(text),
		says: 'This is the name of a report that the console did not unfold: copy(JSON.stringify([...(await connection.getStats()).values()])) copies what is in it.'
	},
	{
		code: 'event-log',
		is: (text) => /^event_log|\.rtceventlog/i.test(text.slice(0, 200)),
		says: 'This is an event log of libwebrtc: its own rtc_event_log_visualizer draws it.'
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
		says: 'This is a binary file, such as an event log of libwebrtc, which its rtc_event_log_visualizer draws, or a recording of audio or video (ffprobe).'
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
	for (const { code, is, says, isPlain } of REFUSALS)
		if (is(text, whole)) return { code, message: isPlain ? says : `${says} ${ACCEPTED}` };
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
