import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../call/findings/findings';
import { overviewOf } from '../call/overview';
import type { Recording } from '../recording/recording';
import { importDump, openDump } from './import';

const FIXTURES = new URL('../../../../tests/fixtures/stats/', import.meta.url);

function fixture(name: string): string {
	const bytes = readFileSync(new URL(name, FIXTURES));
	return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString(name.endsWith('.html') ? 'latin1' : 'utf8');
}

function opened(text: string): Recording {
	const result = importDump(text);
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

const valuesOf = (recording: Recording, track: string, field: string) =>
	recording.connections
		.flatMap(({ tracks }) => tracks.filter(({ id }) => id === track))
		.flatMap(({ columns }) => columns.filter((each) => each.field === field))[0];

describe('recordings of real browsers', () => {
	test.each([
		['chromium156-during-two-connections.json.gz', 'webrtc-internals', 2, 'connected'],
		['chromium156-after.json.gz', 'webrtc-internals', 0, null],
		['chromium156-getstats.json', 'raw-getstats', 1, 'connected'],
		['firefox-esr153-getstats.json', 'raw-getstats', 1, 'connected'],
		['firefox-esr153-about-webrtc.html', 'about-webrtc', 2, 'connected'],
		['firefox-esr153-report.json', 'firefox-report', 1, 'connected']
	])('%s opens in its format with its connections', (name, format, connections, outcome) => {
		const recording = opened(fixture(name));
		expect([recording.format, recording.connections.length]).toEqual([format, connections]);
		for (const connection of recording.connections) {
			const overview = overviewOf(connection);
			expect(overview.outcome).toBe(outcome);
			expect(overview.selectedPair?.local?.type).toMatch(/host|prflx/);
			expect(overview.bytesSent).toBeGreaterThan(0);
			for (const { columns } of connection.tracks)
				for (const { tMs, v } of columns) {
					expect(v).toHaveLength(tMs.length);
					expect(tMs.every((t, i) => Number.isFinite(t) && (i === 0 || t >= tMs[i - 1]!))).toBe(true);
				}
		}
		expect(findingsOf(recording).filter(({ severity }) => severity === 'problem')).toEqual([]);
	});

	test('every sample of Chromium 156 is placed exactly, and nothing in the file is passed over', () => {
		const { connections, notes, media } = opened(fixture('chromium156-during-two-connections.json.gz'));
		const columns = connections.flatMap(({ tracks }) => tracks.flatMap((track) => track.columns));
		expect(columns.filter(({ alignment }) => alignment !== 'exact')).toEqual([]);
		expect(notes).toEqual([]);
		expect(media[0]).toMatchObject({ method: 'getUserMedia', outcome: 'granted' });
		expect(connections[0]!.events.filter(({ description }) => description).length).toBeGreaterThan(1);
	});

	test('pieces of any size give the same recording as the whole', () => {
		for (const name of readdirSync(FIXTURES).filter((each) => each !== 'SOURCES.md')) {
			const text = fixture(name);
			const dump = openDump();
			for (let at = 0, size = 1; at < text.length; at += size, size = (size * 7 + 3) % 4001) dump.push(text.slice(at, at + size));
			expect(dump.end()).toEqual(importDump(text));
		}
	});

	test("Firefox's page tells what the RTP lines say", () => {
		const recording = opened(fixture('firefox-esr153-about-webrtc.html'));
		const streams = recording.connections.flatMap(({ tracks }) => tracks.filter(({ type }) => /rtp$/.test(type)));
		expect(new Set(streams.map(({ type }) => type))).toEqual(
			new Set(['inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp', 'remote-outbound-rtp'])
		);
		expect(
			recording.connections.flatMap(({ events }) => events.map(({ call, description }) => `${call} ${description?.type}`)).sort()
		).toEqual(['set-local answer', 'set-local offer', 'set-remote answer', 'set-remote offer']);
	});
});

/** A dump of webrtc-internals with one connection. */
const internals = (stats: Record<string, unknown>, updateLog: unknown[] = [], more: object = {}) =>
	JSON.stringify(
		{
			getUserMedia: [],
			PeerConnections: { '1-1': { url: 'https://example.org/', rtcConfiguration: '', stats, updateLog } },
			UserAgent: 'Chrome/120',
			...more
		},
		null,
		1
	);
const series = (
	values: unknown[],
	startTime = '2024-01-01T00:00:00.000Z',
	endTime = '2024-01-01T00:00:03.000Z',
	statsType = 'transport'
) => ({ startTime, endTime, statsType, values: JSON.stringify(values) });
const T0 = Date.UTC(2024, 0, 1);

describe('when samples were taken', () => {
	const clock = series([T0 + 0.5, T0 + 1000.5, T0 + 2000.5, T0 + 3000.5]);

	test('a series that began later stands in its window', () => {
		const later = series([10, 20], '2024-01-01T00:00:02.000Z');
		const column = valuesOf(opened(internals({ 'T01-bytesSent': later, 'T01-timestamp': clock })), 'T01', 'bytesSent')!;
		expect([column.tMs, column.v, column.alignment]).toEqual([[T0 + 2000.5, T0 + 3000.5], [10, 20], 'exact']);
	});

	test('one that ended earlier is not moved to the end', () => {
		const ended = series([10, 20], '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:01.000Z');
		expect(valuesOf(opened(internals({ 'T01-bytesSent': ended, 'T01-timestamp': clock })), 'T01', 'bytesSent')!.tMs).toEqual([
			T0 + 0.5,
			T0 + 1000.5
		]);
	});

	test('one with holes is spread over its time, and says so', () => {
		const holes = series([10, 20, 30]);
		expect(valuesOf(opened(internals({ 'T01-bytesSent': holes, 'T01-timestamp': clock })), 'T01', 'bytesSent')).toMatchObject({
			tMs: [T0, T0 + 1500, T0 + 3000],
			alignment: 'approximate'
		});
	});

	test('samples without timestamps, before Chrome 117, are placed evenly and called approximate', () => {
		expect(valuesOf(opened(internals({ 'T01-bytesSent': series([1, 2, 3, 4]) })), 'T01', 'bytesSent')).toMatchObject({
			tMs: [0, 1, 2, 3].map((s) => T0 + s * 1000),
			alignment: 'approximate'
		});
	});

	test('an RTCP report that stays for several polls is one sample', () => {
		const same = series([T0, T0, T0 + 2000, T0 + 2000]);
		expect(valuesOf(opened(internals({ 'R-jitter': series([1, 1, 2, 2]), 'R-timestamp': same })), 'R', 'jitter')).toMatchObject({
			tMs: [T0, T0 + 2000],
			v: [1, 2]
		});
	});

	test('a series of a thousand samples is said to be cut at its start, as Chrome keeps no more', () => {
		const times = Array.from({ length: 1000 }, (_, i) => T0 + i * 1000);
		const long = (values: unknown[]) => series(values, new Date(T0).toISOString(), new Date(T0 + 999_000).toISOString());
		const recording = opened(internals({ 'T01-bytesSent': long(times.map((_, i) => i)), 'T01-timestamp': long(times) }));
		expect(recording.notes.map(({ rule }) => rule)).toEqual(['start-truncated']);
		expect(findingsOf(recording).map(({ rule }) => rule)).toContain('dump-truncated');
	});

	test.each([
		['1/2/2024, 3:00:01 AM', 'month/day/year', Date.UTC(2024, 0, 2, 3, 0, 1), 0],
		['02/01/2024, 03:00:01', 'day/month/year', Date.UTC(2024, 0, 2, 3, 0, 1), 0],
		['2.1.2024, 04:00:01', 'day/month/year', Date.UTC(2024, 0, 2, 3, 0, 1), 60],
		['2024. 1. 2. 오후 12:00:01', 'year/month/day', Date.UTC(2024, 0, 2, 3, 0, 1), 540],
		['1/1/2024, 9:30:01 PM', 'day/month/year', Date.UTC(2024, 0, 2, 3, 0, 1), -330]
	])('places the local time %s of an old log', (time, order, utc, offset) => {
		const at = (s: number) => new Date(Date.UTC(2024, 0, 2, 3, 0, s)).toISOString();
		const recording = opened(
			internals({ 'T01-bytesSent': series([1, 2], at(0), at(40)) }, [
				{ time, type: 'signalingStateChange', value: 'SignalingStateHaveLocalOffer' }
			])
		);
		expect(recording.connections[0]!.events[0]).toMatchObject({ call: 'signaling-state', state: 'have-local-offer', atMs: utc });
		const [note] = recording.notes;
		expect(note).toMatchObject({ rule: 'clock-guessed' });
		expect(note!.text).toContain(order);
		expect(note!.text).toContain(offset < 0 ? 'UTC-' : 'UTC+');
	});

	test('an old log without statistics has an order and no times', () => {
		const recording = opened(internals({}, [{ time: '1/2/2024, 3:00:01 AM', type: 'createOffer', value: '' }]));
		expect([recording.connections[0]!.events[0]!.atMs, recording.notes[0]!.rule, recording.clock]).toEqual([
			null,
			'clock-unknown',
			'none'
		]);
	});

	test('a recorder whose clock is set back goes on', () => {
		const lines = [0, 1000, 2000, -600_000, -599_000].map((ms, i) =>
			JSON.stringify(['getStats', 'PC_0', { T: { type: 'transport', timestamp: T0 + ms, bytesSent: i } }, T0 + ms])
		);
		const recording = opened(lines.join('\n'));
		// The moment is the one at which the charts show what came next.
		expect(recording.notes.map(({ rule, atMs }) => [rule, atMs])).toEqual([['clock-jumped', T0 + 2001]]);
		expect(valuesOf(recording, 'T', 'bytesSent')!.tMs).toContain(T0 + 2001);
		expect(valuesOf(recording, 'T', 'bytesSent')!.v).toEqual([0, 1, 2, 3, 4]);
	});
});

describe('generations and dialects', () => {
	test('reads descriptions and candidates of the middle generation', () => {
		const recording = opened(
			internals({}, [
				{
					time: '1/2/2024, 3:00:01 AM',
					type: 'setLocalDescription',
					value: 'type: offer, sdp: v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n'
				},
				{
					time: '1/2/2024, 3:00:01 AM',
					type: 'icecandidate',
					value: 'sdpMid: 0, sdpMLineIndex: 0, candidate: candidate:1 1 udp 1 192.0.2.1 9 typ host, url: stun:x'
				}
			])
		);
		expect(recording.connections[0]!.events).toMatchObject([
			{ call: 'set-local', phase: 'called', description: { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n' } },
			{ call: 'candidate', candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' }
		]);
	});

	test('tells candidates by who refers to them where ids have no types (Chrome 86)', () => {
		const one = (value: unknown) => series([value, value]);
		const recording = opened(
			internals({
				'RTCIceCandidatePair_a_b-localCandidateId': one('RTCIceCandidate_a'),
				'RTCIceCandidatePair_a_b-remoteCandidateId': one('RTCIceCandidate_b'),
				'RTCIceCandidatePair_a_b-state': one('succeeded'),
				'RTCIceCandidatePair_a_b-nominated': one(true),
				'RTCIceCandidate_a-ip': one('192.0.2.1'),
				'RTCIceCandidate_b-ip': one('192.0.2.2')
			}).replaceAll(/\s+"statsType": "transport",/g, '')
		);
		expect(overviewOf(recording.connections[0]!).selectedPair).toMatchObject({
			local: { address: '192.0.2.1' },
			remote: { address: '192.0.2.2' }
		});
	});

	test('reads the statistics before the standard in webrtc-internals', () => {
		const one = (value: unknown) => series([value, value], undefined, undefined, undefined);
		const recording = opened(
			internals({
				'Conn-audio-1-0-googActiveConnection': one('true'),
				'Conn-audio-1-0-googRtt': one('54'),
				'Conn-audio-1-0-bytesSent': one('234843'),
				'Conn-audio-1-0-localCandidateId': one('Cand-x'),
				'Conn-audio-1-0-remoteCandidateId': one('Cand-y'),
				'Cand-x-ipAddress': one('192.0.2.1'),
				'Cand-x-portNumber': one('5000'),
				'Cand-x-candidateType': one('stun'),
				'Cand-y-ipAddress': one('192.0.2.2'),
				'ssrc_123_send-mediaType': one('video'),
				'ssrc_123_send-packetsSent': one('10'),
				'ssrc_123_send-googFrameHeightSent': one('720')
			}).replaceAll(/\s+"statsType": "transport",/g, '')
		);
		const [connection] = recording.connections;
		expect(overviewOf(connection!)).toMatchObject({
			bytesSent: 234843,
			selectedPair: { local: { type: 'srflx', address: '192.0.2.1', port: 5000 } }
		});
		expect(valuesOf(recording, 'Conn-audio-1-0', 'currentRoundTripTime')!.v[0]).toBeCloseTo(0.054);
		expect(connection!.tracks.find(({ id }) => id === 'ssrc_123_send')).toMatchObject({ type: 'outbound-rtp' });
		expect(valuesOf(recording, 'ssrc_123_send', 'frameHeight')!.v).toEqual([720, 720]);
	});

	test('the computed series of the page are left out; ids keep what is in them', () => {
		const recording = opened(
			internals({
				'COT01_111_minptime=10;useinbandfec=1-mimeType': series(['audio/opus']),
				'T01-[bytesSent_in_bits/s]': series([1]),
				'T-01-x-bytesSent': series([1])
			})
		);
		expect(recording.connections[0]!.tracks.map(({ id }) => id)).toEqual(['COT01_111_minptime=10;useinbandfec=1', 'T-01-x']);
	});

	test.each([
		[[], /^rtcstats dump, one line an event, protocol 3\.1_STANDARD$/],
		[[1], /, of Jitsi$/]
	])('Jitsi is told by the numbers of its lines, and by no name of a protocol: %j', (number, name) => {
		const at = Date.UTC(2026, 0, 1);
		const lines = [
			['connectionInfo', null, { clientProtocol: '3.1_STANDARD' }, at, ...number],
			['create', 'PC_0', { iceServers: [] }, at, ...number],
			['oniceconnectionstatechange', 'PC_0', 'checking', at, ...number]
		];
		const read = importDump(lines.map((line) => JSON.stringify(line)).join('\n'));
		expect(read.ok && read.value.formatName).toMatch(name);
	});

	test('reads RTCStatsDump of rtcstats-js: numbers for names, differences, removed objects, shortened descriptions', () => {
		const sdp = (version: number, media: string) => `v=0\r\no=- 1 ${version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${media}`;
		const media = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n';
		const lines = [
			'RTCStatsDump',
			JSON.stringify({ fileFormat: 3, userAgent: 'Mozilla/5.0 Chrome/140' }),
			JSON.stringify([
				39,
				'1',
				{ iceServers: [{ urls: 'turn:x', username: 'u', credential: 'secret-word' }], sharedSecret: 'secret-word' },
				T0
			]),
			JSON.stringify([3, '1', { type: 'offer', sdp: sdp(1, media) }, 10]),
			JSON.stringify([6, '1', { type: 'offer', sdp: 'v=\r\nm=\r\n' }, 10]),
			JSON.stringify(['g', '1', { 0: { type: 5, 80: 100, 41: 5 }, 1: { type: 2, 10: 77 }, t: T0 + 20 }, 10]),
			JSON.stringify(['g', '1', { 0: { 80: 200 }, t: T0 + 1020 }, 1000]),
			JSON.stringify([1, '1', { 0: { 80: 300 }, 1: null, t: T0 + 2020 }, 1000]),
			JSON.stringify([99, '1', 'whatever', 1])
		];
		const recording = opened(lines.join('\n'));
		const [connection] = recording.connections;
		expect(recording.formatName).toMatch(/rtcstats-js/);
		expect(valuesOf(recording, '0', 'bytesSent')).toMatchObject({ tMs: [T0 + 20, T0 + 1020, T0 + 2020], v: [100, 200, 300] });
		expect(valuesOf(recording, '0', 'bytesReceived')!.v).toEqual([5, 5, 5]);
		expect(valuesOf(recording, '1', 'ssrc')!.v).toEqual([77, 77]);
		expect(connection!.events.find(({ call }) => call === 'set-local')!.description!.sdp).toBe(sdp(1, media));
		expect(connection!.events.at(-1)).toMatchObject({ call: 'other', name: '99', atMs: T0 + 2031 });
		expect(JSON.stringify(recording)).not.toContain('secret-word');
	});

	test('connections of GetStream are named by direction, and a broken line costs one line', () => {
		const lines = [
			JSON.stringify(['create', '0-pub', {}, T0]),
			'["getstats","0-pub",{"T":{"type":"transp',
			JSON.stringify(['getstats', '0-pub', { T: { type: 'transport', bytesSent: 1 }, timestamp: T0 + 1000 }, T0 + 1001]),
			JSON.stringify(['getstats', '0-pub', { T: { bytesSent: 2 }, timestamp: T0 + 2000 }, 1])
		];
		const recording = opened(lines.join('\n'));
		expect(recording.formatName).toMatch(/GetStream/);
		expect(recording.notes).toMatchObject([
			{ rule: 'line-unreadable', where: 'line 2' },
			{ rule: 'time-unusable', where: 'line 4' }
		]);
		expect(valuesOf(recording, 'T', 'bytesSent')!.v).toEqual([1, 2]);
	});

	test('reads the JSON of 2016', () => {
		const time = '2016-02-01T10:00:00.000Z';
		const dump = {
			PeerConnections: {},
			url: 'https://example.org/',
			getUserMedia: [{ time, type: 'getUserMedia', value: '{"audio":true}' }],
			peerConnections: {
				PC_0: [
					{ time, type: 'createOffer', value: '{}' },
					{ time: '2016-02-01T10:00:01.000Z', type: 'getStats', value: '{"T":{"type":"transport","bytesSent":5}}' }
				]
			}
		};
		const recording = opened(JSON.stringify(dump));
		expect(valuesOf(recording, 'T', 'bytesSent')).toMatchObject({ tMs: [Date.parse(time) + 1000], v: [5] });
		expect(recording.media).toHaveLength(1);
	});

	const STATS = [
		{ id: 'A', type: 'candidate-pair', timestamp: T0, state: 'inprogress' },
		{ id: 'B', type: 'localcandidate', timestamp: T0, ipAddress: '192.0.2.1', portNumber: 9, candidateType: 'serverreflexive' }
	];
	test.each([
		['a list', STATS],
		['an object by id', Object.fromEntries(STATS.map((each) => [each.id, each]))],
		['keys and values', STATS.map((value) => ({ key: value.id, value }))],
		['Map entries', STATS.map((value) => [value.id, value])],
		['a series', [STATS, STATS.map((each) => ({ ...each, timestamp: T0 + 1000 }))]],
		['wrapped', { when: 'now', stats: STATS }]
	])('reads getStats as %s', (_, value) => {
		const recording = opened(JSON.stringify(value));
		expect([recording.format, recording.connections[0]!.tracks.map(({ type }) => type)]).toEqual([
			'raw-getstats',
			['candidate-pair', 'local-candidate']
		]);
		expect(valuesOf(recording, 'A', 'state')!.v[0]).toBe('in-progress');
		expect(valuesOf(recording, 'B', 'candidateType')!.v[0]).toBe('srflx');
	});

	test('reads about:webrtc of 2019 without names and in another language', () => {
		const row = [
			'succeeded',
			'true',
			'true',
			'192.0.2.1:5000/udp(host)',
			'192.0.2.2:6000/udp(srflx)',
			'1',
			'914',
			'1815',
			'1868'
		];
		const cells = (values: string[], tag: string) => `<tr>${values.map((each) => `<${tag}>${each}</${tag}>`).join('')}</tr>`;
		const html = `<div id="content"><h3>[ 42 ] https://example.org/ Fri Nov 15 2019 12:00:00 GMT+0100 (MEZ)</h3><span class="info-body">1573815600000000 (id=42 url=https://example.org/)</span><table>${cells(['ICE-Status', 'Nominiert', 'Gewählt', 'Lokal', 'Entfernt', 'Komponente', 'Priorität', 'Gesendet', 'Empfangen'], 'th')}${cells(row, 'td')}</table><h4>SDP</h4><pre>v=0\no=mozilla 1 0 IN IP4 0.0.0.0\na=setup:actpass\n</pre><pre>v=0\na=setup:active\n</pre></div>`;
		const recording = opened(html);
		expect(overviewOf(recording.connections[0]!)).toMatchObject({
			candidatePairs: 1,
			bytesSent: 1815,
			bytesReceived: 1868,
			url: 'https://example.org/',
			startMs: Date.parse('2019-11-15T11:00:00Z')
		});
		expect(recording.connections[0]!.events.map(({ call }) => call)).toEqual(['set-local', 'set-remote']);
	});

	test('reads a Trickle ICE table', () => {
		const text =
			'Time\tType\tFoundation\tProtocol\tAddress\tPort\tPriority\n0.005\thost\t1\tudp\t192.168.1.2\t51234\t126 | 32512 | 255\n0.105\trelay\t3\tudp\t203.0.113.9\t50000\t2 | 32512 | 255\n0.200\tDone\n';
		const recording = opened(text);
		expect([recording.format, recording.clock]).toEqual(['trickle-ice', 'start']);
		expect(recording.connections[0]!.events).toMatchObject([
			{ state: 'gathering' },
			{ atMs: 5 },
			{ atMs: 105 },
			{ atMs: 200, state: 'complete' }
		]);
		expect(valuesOf(recording, 'candidate 2', 'priority')!.v).toEqual([126 * 2 ** 24 + 32512 * 256 + 255]);
	});

	test('reads tailscale netcheck', () => {
		const recording = opened(
			JSON.stringify({ UDP: true, MappingVariesByDestIP: false, GlobalV4: '203.0.113.7:41641', RegionLatency: { 1: 25_000_000 } })
		);
		expect(recording.format).toBe('netcheck');
		expect(valuesOf(recording, 'GlobalV4', 'address')!.v).toEqual(['203.0.113.7']);
		expect(valuesOf(recording, 'netcheck', 'RegionLatencyMs.1')!.v).toEqual([25]);
	});
});

describe('broken and foreign files', () => {
	test('a dump that was cut off keeps what came before', () => {
		const text = fixture('chromium156-during-two-connections.json.gz');
		const recording = opened(text.slice(0, text.length * 0.8));
		expect(recording.connections.length).toBeGreaterThan(0);
		expect(recording.notes.some(({ rule }) => rule === 'part-unreadable')).toBe(true);
	});

	test('one broken line in webrtc-internals costs one series', () => {
		const good = opened(fixture('chromium156-during-two-connections.json.gz'));
		const lines = fixture('chromium156-during-two-connections.json.gz').split('\n');
		const at = lines.findIndex((line) => /-bytesSent": \{/.test(line));
		lines[at + 2] = '   "startTime: 2024';
		const broken = opened(lines.join('\n'));
		const count = (recording: Recording) =>
			recording.connections.reduce(
				(sum, { tracks }) => sum + tracks.reduce((columns, track) => columns + track.columns.length, 0),
				0
			);
		expect(broken.notes).toMatchObject([{ rule: 'part-unreadable', where: `line ${at + 3}` }]);
		expect(count(broken)).toBeGreaterThan(count(good) - 3);
		expect(broken.connections.map(({ events }) => events.length)).toEqual(good.connections.map(({ events }) => events.length));
	});

	test.each([
		['', 'empty'],
		['{"statsSessionId":"x","type":"identity","data":{}}\n{"statsSessionId":"x"}', 'server-dump'],
		['{"log":{"version":"1.2","creator":{}}}', 'har'],
		['{"constants":{}}', 'net-log'],
		['{"schema":1,"observations":[]}', 'icelens-report'],
		['v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n', 'sdp'],
		['PK\u0003\u0004....', 'archive'],
		['\u0000\u0001binary', 'binary'],
		['<!doctype html><p>hello', 'web-page'],
		['{"a":1}', 'unknown-format'],
		['hello', 'unknown-format']
	])('%j is refused as %s', (text, code) => {
		const result = importDump(text);
		expect(result).toMatchObject({ ok: false, error: { code } });
		// Where another screen reads it that is said, and no list of what this one would.
		const elsewhere = ['sdp', 'icelens-report'].includes(code);
		if (!result.ok) expect(result.error.message).toMatch(elsewhere ? /^(?!.*Accepted are).*screen/ : /Accepted are/);
	});
});
