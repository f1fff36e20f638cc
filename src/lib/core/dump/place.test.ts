import { expect, test } from 'vitest';
import { importDump } from './import';
import { placeOf } from './place';

const SDP = [
	'v=0',
	'o=- 7 1 IN IP4 192.0.2.7',
	's=-',
	't=0 0',
	'm=audio 9 UDP/TLS/RTP/SAVPF 8',
	'a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host'
].join('\r\n');
const TABLE = 'Time Type Foundation Protocol Address Port Priority\n0.004 host 1 udp 192.0.2.7 54000 126 | 30 | 255\n';
const JANUS = '[4711471147114711] Creating ICE agent (ICE Full mode, controlled)';

test.each<[string, string, string | null]>([
	['a description', SDP, 'descriptions'],
	['one as JSON', JSON.stringify({ type: 'offer', sdp: SDP }), 'descriptions'],
	['one in a message of SIP', `INVITE sip:b@example.org SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n${SDP}\r\n`, 'descriptions'],
	['one written out in a text', `offer: "${SDP.replaceAll('\r\n', '\\r\\n')}"`, 'descriptions'],
	['the table of a Trickle ICE page', TABLE, 'recordings'],
	['a log with a description in it', `${JANUS}\n${SDP}`, 'recordings'],
	['statistics', JSON.stringify([{ id: 'T', type: 'transport', timestamp: 1, bytesSent: 1 }]), 'recordings'],
	['a report', JSON.stringify({ schema: 2, observations: [] }), 'reports'],
	['a letter', 'Dear all, it does not work.', null],
	['a configuration of coturn', 'lt-cred-mech\nrealm=example.org\n', null],
	['nothing', '', null]
])('%s', (_, text, place) => {
	expect(placeOf(text)?.place ?? null).toBe(place);
});

test.each<[string, string, string, RegExp]>([
	['a description', SDP, 'sdp', /icelens lint-sdp/],
	['a configuration of servers', 'lt-cred-mech\nrealm=example.org\n', 'server-configuration', /--servers/],
	['the id of a diagnostic log', 'Report ID: 0123456789abcdef', 'diagnostic-log-id', /chrome:\/\/webrtc-logs/],
	['a report that the console did not unfold', 'RTCStatsReport {size: 23}', 'folded-report', /JSON\.stringify/],
	['an archive', 'PK\u0003\u0004abc', 'archive', /unpack/],
	['an event log', '\u0000\u0001\u0002', 'binary', /rtc_event_log_visualizer/]
])('what the reader of recordings does not read is said with what does: %s', (_, text, code, remedy) => {
	const result = importDump(text);
	expect(result.ok ? null : [result.error.code, remedy.test(result.error.message)]).toEqual([code, true]);
});
