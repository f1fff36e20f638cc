/** Texts as people paste them: what is read, what is said of the rest, and that no password stays. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { candidatesOf, lastOf, pairsOf } from '../recording/connection';
import type { Recording } from '../recording/recording';
import { importDump } from './import';

function opened(text: string): Recording {
	const result = importDump(text);
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

/** What a recording holds, in short: enough to tell one reading from another. */
function shortOf({ format, connections, notes }: Recording) {
	const events = connections.flatMap((each) => each.events);
	return {
		format,
		connections: connections.map(({ label }) => label),
		candidates: connections.flatMap((each) =>
			candidatesOf(each).map(({ side, type, address, port }) => `${side} ${type} ${address} ${port}`)
		),
		pairs: connections.flatMap((each) =>
			pairsOf(each).map(({ state, local, remote }) => `${local?.address} to ${remote?.address}: ${state}`)
		),
		states: events.flatMap(({ call, state }) => (state && call !== 'gathering-state' ? [`${call} ${state}`] : [])),
		errors: events.flatMap(({ call, error }) => (call === 'candidate-error' ? [error!] : [])),
		users: connections.flatMap(({ configuration }) =>
			[...(configuration ?? '').matchAll(/"username": "([^"]*)"/g)].map(([, user]) => user)
		),
		notes: notes.map(({ rule, where }) => `${rule}${where ? ` (${where})` : ''}`)
	};
}

const error = (url: string, errorCode: number, errorText: string) =>
	JSON.stringify({ url, errorCode, errorText, address: null, port: null });
const HOST = 'candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host';

const CASES: [name: string, lines: string[], expected: Partial<ReturnType<typeof shortOf>>][] = [
	[
		'candidates alone',
		[HOST, HOST.replace(/^candidate:1 1/, 'candidate:1 2')],
		{ format: 'text', candidates: ['local host 192.0.2.7 50000'], errors: [], notes: [] }
	],
	[
		"candidates of a console, the other end's told apart",
		[
			`onicecandidate RTCIceCandidate {candidate: '${HOST} generation 0 ufrag ab12', sdpMid: '0', sdpMLineIndex: 0, …}`,
			`addIceCandidate {"candidate":"candidate:2 1 UDP 1686052607 198.51.100.9 4000 typ srflx raddr 10.0.0.2 rport 4000","sdpMid":"0"}`
		],
		{ candidates: ['local host 192.0.2.7 50000', 'remote srflx 198.51.100.9 4000'] }
	],
	[
		'an error event of a console, on one line',
		[
			"RTCPeerConnectionIceErrorEvent {isTrusted: true, address: null, port: null, hostCandidate: '', url: 'turn:turn.example.org:3478?transport=udp', errorCode: 401, errorText: 'Unauthorized', …}"
		],
		{ errors: [error('turn:turn.example.org:3478?transport=udp', 401, 'Unauthorized')] }
	],
	[
		'error events unfolded, a field a line, each with its own URL',
		[
			'RTCPeerConnectionIceErrorEvent',
			'  errorCode: 701',
			'  errorText: "STUN host lookup received error."',
			'  url: "stun:stun.example.org:3478"',
			'RTCPeerConnectionIceErrorEvent',
			'  errorCode: 486',
			'  errorText: "Allocation Quota Reached"',
			'  url: "turn:turn.example.org:3478?transport=udp"'
		],
		{
			errors: [
				error('stun:stun.example.org:3478', 701, 'STUN host lookup received error.'),
				error('turn:turn.example.org:3478?transport=udp', 486, 'Allocation Quota Reached')
			]
		}
	],
	[
		'states of a console with times',
		[
			'10:00:00.100 iceConnectionState: checking',
			'10:00:05.300 ICE connection state changed to failed',
			'10:00:05.301 connectionState => "failed"'
		],
		{ states: ['ice-state checking', 'ice-state failed', 'connection-state failed'] }
	],
	[
		'the table of a Trickle ICE page whose last row doubts the login',
		[
			'Time\tType\tFoundation\tProtocol\tAddress\tPort\tPriority\tURL (if present)\trelayProtocol (if present)',
			'0.004\thost\t1\tudp\t192.0.2.7\t54000\t126 | 30 | 255\t\t',
			'0.120\tsrflx\t2\tudp\t10.0.3.1\t52000\t100 | 30 | 255\tstun:turn.example.org:3478\t',
			'0.300\tAuthentication failed?'
		],
		{
			format: 'trickle-ice',
			candidates: ['local host 192.0.2.7 54000', 'local srflx 10.0.3.1 52000'],
			errors: ['Authentication failed?']
		}
	],
	[
		'the errors below the table of a Trickle ICE page',
		[
			'Time Type Foundation Protocol Address Port Priority',
			'0.004 host 1 udp 192.0.2.7 54000 126 | 30 | 255',
			'0.300 Done',
			'The server turn:turn.example.org:3478?transport=udp returned an error with code=401:',
			'Unauthorized'
		],
		{ errors: [error('turn:turn.example.org:3478?transport=udp', 401, 'Unauthorized')] }
	],
	[
		'about:webrtc copied as text',
		[
			'PeerConnection ID: 1700000000000001 (id=7 url=https://call.example.org/room)',
			'RTCConfiguration',
			'iceServers:',
			'urls: ["turn:203.0.113.9:3478"]',
			'credential: provided',
			'ICE Stats',
			'ICE State\tNominated\tSelected\tLocal Candidate\tRemote Candidate\tComponent ID\tPriority\tBytes sent\tBytes received',
			'succeeded\ttrue\ttrue\t192.0.2.7:51000/udp(host)\t198.51.100.9:40000/udp(srflx)\t1\t7\t2100\t3300',
			'failed\t\t\t203.0.113.9:50010/udp(relay-udp)\t198.51.100.9:40000/udp(srflx)\t1\t5\t0\t0',
			'A line of somebody who comments'
		],
		{
			format: 'about-webrtc',
			pairs: ['192.0.2.7 to 198.51.100.9: succeeded', '203.0.113.9 to 198.51.100.9: failed'],
			notes: ['line-unreadable (line 10)', 'one-moment']
		}
	],
	[
		'coturn: a wrong password, after the challenge that everybody gets',
		[
			'1: : IPv4. UDP listener opened on: 203.0.113.5:3478',
			'1: : session 000000000000000001: realm <example.org> user <>: incoming packet message processed, error 401: Unauthorized',
			'1: : ERROR: check_stun_auth: user alice credentials are incorrect',
			'1: : session 000000000000000001: realm <example.org> user <alice>: incoming packet message processed, error 401: Unauthorized',
			'2: : session 000000000000000001: realm <example.org> user <alice>: incoming packet message processed, error 401: Unauthorized'
		],
		{
			format: 'coturn-log',
			errors: [error('turn:203.0.113.5:3478', 401, 'Unauthorized (user credentials are incorrect)')],
			users: ['alice'],
			notes: []
		}
	],
	[
		'coturn: an allocation that works, one beyond the quota, a peer that is forbidden',
		[
			'2026-11-30T03:00:01+0000: : handle_udp_packet: New UDP endpoint: local addr 203.0.113.5:3478, remote addr 192.0.2.7:5000',
			'2026-11-30T03:00:01+0000: : session 001000000000000001: realm <example.org> user <>: incoming packet message processed, error 401: Unauthorized',
			'2026-11-30T03:00:01+0000: : IPv4. Local relay addr: 203.0.113.5:60001',
			'2026-11-30T03:00:01+0000: : session 001000000000000001: new, realm=<example.org>, username=<alice>, lifetime=600',
			'2026-11-30T03:00:01+0000: : session 001000000000000001: realm <example.org> user <alice>: incoming packet ALLOCATE processed, success',
			'2026-11-30T03:00:02+0000: : session 001000000000000001: realm <example.org> user <alice>: incoming packet CREATE_PERMISSION processed, error 403: Forbidden IP',
			'2026-11-30T03:00:03+0000: : session 001000000000000002: realm <example.org> user <alice>: incoming packet ALLOCATE processed, error 486: Allocation Quota Reached',
			'2026-11-30T03:00:04+0000: : session 001000000000000001: usage: realm=<example.org>, username=<alice>, rp=3, rb=268, sp=3, sb=300',
			'2026-11-30T03:00:04+0000: : session 001000000000000001: closed (2nd stage), user <alice> realm <example.org> origin <>, local 203.0.113.5:3478, remote 192.0.2.7:5000, reason: allocation timeout',
			'A word of the administrator'
		],
		{
			connections: ['Client 192.0.2.7:5000', 'Session 001000000000000002'],
			candidates: ['local relay 203.0.113.5 60001'],
			errors: [error('turn:203.0.113.5:3478', 403, 'Forbidden IP'), error('', 486, 'Allocation Quota Reached')],
			notes: ['lines-not-read (line 10)']
		}
	],
	[
		'turnutils_uclient with its command line',
		[
			'$ turnutils_uclient -v -u alice -w hunter2hunter2 -y -p 3479 198.51.100.5',
			'0: : IPv4. Connected from: 192.0.2.10:43685',
			'0: : allocate sent',
			'0: : error 486 (Allocation Quota Reached)'
		],
		{
			format: 'uclient-log',
			connections: ['Client of 198.51.100.5'],
			errors: [error('turn:198.51.100.5:3479', 486, 'Allocation Quota Reached')],
			users: ['alice'],
			notes: []
		}
	],
	[
		'turnutils_uclient that was asked for its login and then served',
		[
			'$ turnutils_uclient -v -u alice -w hunter2hunter2 -y -p 3479 198.51.100.5',
			'0: : allocate sent',
			'0: : error 401 (Unauthorized)',
			'0: : allocate sent',
			'0: : Received relay addr: 198.51.100.5:50000'
		],
		{ format: 'uclient-log', connections: ['Client of 198.51.100.5'], errors: [], users: ['alice'], notes: [] }
	],
	[
		'libwebrtc: refused after the challenge; a pair by its states',
		[
			'[17:18:1130/032225.865333:INFO:p2p/base/turn_port.cc:417] Port[a1:0:1:0:relay:Net[v0:192.0.2.x/24:Ethernet:id=1]]: Trying to connect to TURN server via udp @ 203.0.113.5:3478',
			'[17:18:1130/032225.905333:INFO:p2p/base/turn_port.cc:1443] Port[a1:0:1:0:relay:Net[v0:192.0.2.x/24:Ethernet:id=1]]: Received TURN allocate error response, id=30, code=401, rtt=40 us',
			"[17:18:1130/032225.965333:INFO:p2p/base/turn_port.cc:1485] Port[a1:0:1:0:relay:Net[v0:192.0.2.x/24:Ethernet:id=1]]: Failed to authenticate with the server after challenge, reason='Unauthorized'",
			'[17:18:1130/032226.100000:INFO:p2p/base/connection.cc:268] Conn[c1:0:Net[v0:192.0.2.10/24:Ethernet:id=1]:kmrY:1:0:host:udp:192.0.2.10:39789->Dl1H:1:2122260223:host:udp:198.51.100.9:45064|C--W|-|0|0|91|-]: Connection created',
			'[17:18:1130/032228.100000:INFO:p2p/base/connection.cc:374] Conn[c1:0:Net[v0:192.0.2.10/24:Ethernet:id=1]:kmrY:1:0:host:udp:192.0.2.10:39789->Dl1H:1:2122260223:host:udp:198.51.100.9:45064|C--F|-|0|0|91|-]: set_state',
			'[17:18:1130/032228.200000:VERBOSE1:p2p/dtls/dtls_transport.cc:1140] DtlsTransport[0|1|__]: set_dtls_state from:0 to 1'
		],
		{
			format: 'libwebrtc-log',
			pairs: ['192.0.2.10 to 198.51.100.9: failed'],
			errors: [error('turn:203.0.113.5:3478?transport=udp', 401, 'Unauthorized')],
			states: ['dtls-state connecting'],
			notes: []
		}
	],
	[
		'Janus: ICE connects and DTLS does not finish',
		[
			'[Thu Jul 23 09:00:00 2020] [4711471147114711] Creating ICE agent (ICE Full mode, controlled)',
			'[Thu Jul 23 09:00:01 2020] [4711471147114711] Component state changed for component 1 in stream 1: 3 (connected)',
			'[Thu Jul 23 09:00:01 2020] [4711471147114711] Component is ready enough, starting DTLS handshake...',
			'[Thu Jul 23 09:00:31 2020] [4711471147114711] Telling the plugin about the hangup because of a DTLS timeout'
		],
		{
			format: 'janus-log',
			connections: ['Handle 4711471147114711'],
			states: ['ice-state connected', 'dtls-state connecting', 'dtls-state failed'],
			notes: []
		}
	],
	[
		'LiveKit: candidates of both ends and the states of ICE',
		[
			`2026-05-30T10:58:07.632Z\tDEBUG\tlivekit.transport\trtc/transport.go:1412\tsending ICE candidate\t{"room": "r", "participant": "ann", "transport": "SUBSCRIBER", "trickle": {"candidateInit": "{\\"candidate\\":\\"${HOST}\\",\\"sdpMid\\":\\"0\\"}"}}`,
			'2026-05-30T10:58:07.832Z\tDEBUG\tlivekit.transport\trtc/transport.go:1412\tadded cached ICE candidate\t{"participant": "ann", "transport": "SUBSCRIBER", "candidate": {"candidate":"candidate:3 1 udp 1685855999 198.51.100.161 5557 typ srflx raddr 10.88.51.116 rport 33204","sdpMid":"0"}}',
			'2026-05-30T10:58:24.145Z\tDEBUG\tlivekit.transport\trtc/transport.go:626\tice connection state change\t{"participant": "ann", "transport": "SUBSCRIBER", "state": "failed"}'
		],
		{
			format: 'livekit-log',
			connections: ['ann, subscriber'],
			candidates: ['local host 192.0.2.7 50000', 'remote srflx 198.51.100.161 5557'],
			states: ['ice-state failed']
		}
	],
	[
		'Jitsi Videobridge: a container address that nobody reaches',
		[
			'JVB 2026-08-23 18:51:06.970 INFO: [50] [confId=f1 epId=f7a876ba] Agent.setState#936: ICE state changed from Waiting to Running.',
			'JVB 2026-08-23 18:51:16.970 INFO: [50] [confId=f1 epId=f7a876ba] ConnectivityCheckClient.processTimeout#881: Pair failed: 172.18.0.5:10000/udp/host -> 192.0.2.7:65426/udp/host (stream-f7a876ba.RTP)',
			'JVB 2026-08-23 18:51:17.970 INFO: [50] [confId=f1 epId=f7a876ba] Agent.setState#936: ICE state changed from Running to Failed.'
		],
		{
			format: 'jvb-log',
			connections: ['Endpoint f7a876ba'],
			pairs: ['172.18.0.5 to 192.0.2.7: failed'],
			states: ['ice-state checking', 'ice-state failed']
		}
	],
	[
		'mediasoup: a wrong user name in a check, states of a transport',
		[
			'mediasoup-worker [id:guknbz#1] RTC::IceServer::ProcessStunPacket() | wrong username in STUN Binding Request => 401',
			'mediasoup:WebRtcTransport dtlsstatechange event [transportId:1b2c3d4e, dtlsState:failed]'
		],
		{ format: 'mediasoup-log', states: ['dtls-state failed'], errors: [expect.stringContaining('"errorCode":401') as string] }
	],
	[
		'go2rtc: candidates of both ends',
		[
			`17:20:28.169 TRC [webrtc] local  candidate="${HOST}"`,
			'17:20:28.175 TRC [webrtc] remote candidate="candidate:5 1 UDP 1686052863 198.51.100.9 46258 typ srflx raddr 192.168.7.7 rport 46258"'
		],
		{ format: 'go2rtc-log', candidates: ['local host 192.0.2.7 50000', 'remote srflx 198.51.100.9 46258'], notes: [] }
	],
	[
		'the packets of Wireshark as text: challenge, then refusal',
		[
			'    7   0.430667   192.0.2.10 → 203.0.113.5  STUN 94 Allocate Request UDP lifetime: 777',
			'    8   0.431160  203.0.113.5 → 192.0.2.10   STUN 150 Allocate Error Response error-code: 401 (Unauthenticated) Unauthorized with nonce realm: example.org',
			'    9   0.432150   192.0.2.10 → 203.0.113.5  STUN 166 Allocate Request UDP lifetime: 777 user: alice with nonce realm: example.org',
			'   10   0.432406  203.0.113.5 → 192.0.2.10   STUN 150 Allocate Error Response error-code: 401 (Unauthenticated) Unauthorized with nonce realm: example.org'
		],
		{ format: 'wireshark-text', errors: [error('turn:203.0.113.5', 401, 'Unauthorized')], users: ['alice'], notes: [] }
	]
];

test.each(CASES)('%s', (_, lines, expected) => {
	for (const end of ['\n', '\r\n']) expect(shortOf(opened(lines.join(end)))).toMatchObject(expected);
});

describe('texts of real programs', () => {
	const FOLDER = new URL('../../../../tests/fixtures/pasted/', import.meta.url);
	test.each<[string, Partial<ReturnType<typeof shortOf>>]>([
		[
			'coturn-quota.log',
			{ format: 'coturn-log', errors: [error('turn:203.0.113.5:3479', 486, 'Allocation Quota Reached')], users: ['alice'] }
		],
		[
			'uclient-quota.txt',
			{ format: 'uclient-log', errors: [error('turn:203.0.113.5:3479', 486, 'Allocation Quota Reached')], notes: [] }
		],
		[
			'libwebrtc.log.gz',
			{ format: 'libwebrtc-log', errors: [error('turn:203.0.113.x:3478?transport=udp', 401, 'Unauthorized')] }
		],
		[
			'janus-verbose.log.gz',
			{
				format: 'janus-log',
				connections: ['Handle 4187052384730467'],
				candidates: [
					'remote host 192.0.2.18 42020',
					'remote host 192.0.2.18 58368',
					'local host 203.0.113.20 33621',
					'local relay 203.0.113.10 57672'
				],
				states: [
					'ice-state new',
					'ice-state checking',
					'dtls-state connecting',
					'ice-state connected',
					'dtls-state connected',
					'ice-state completed'
				]
			}
		],
		['janus-dtls-failed.log', { format: 'janus-log', connections: ['Handle 1855026144526350'], states: ['dtls-state failed'] }],
		['janus-ice-failed.log', { format: 'janus-log', connections: ['Handle 800872696418440'], states: ['ice-state failed'] }],
		['wireshark.txt', { format: 'wireshark-text', errors: [error('turn:203.0.113.5', 401, 'Unauthorized')] }]
	])('%s', (name, expected) => {
		const bytes = readFileSync(new URL(name, FOLDER));
		const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
		expect(shortOf(opened(text))).toMatchObject(expected);
	});

	test('Wireshark counts from its first packet', () => {
		const { clock, connections } = opened(readFileSync(new URL('wireshark.txt', FOLDER), 'utf8'));
		const [refused] = connections[0]!.events.filter(({ call }) => call === 'candidate-error');
		expect(clock).toBe('start');
		expect(refused!.atMs).toBeGreaterThan(0);
	});

	test('coturn names each client that it refused, and those that it served', () => {
		const { errors, connections } = shortOf(opened(readFileSync(new URL('coturn.log', FOLDER), 'utf8')));
		expect(new Set(errors.map((each) => (JSON.parse(each) as { errorCode: number }).errorCode))).toEqual(new Set([401]));
		expect(connections.length).toBeGreaterThan(4);
	});
});

describe('statistics as text', () => {
	const video = {
		type: 'inbound-rtp',
		id: 'V',
		ssrc: 5,
		kind: 'video',
		packetsReceived: 37_000,
		framesReceived: 8500,
		framesDecoded: 0
	};
	const { type, id, ...fields } = video;
	const pairs = Object.entries(fields);
	test.each<[string, string]>([
		[
			'a report of a native library',
			[`Report type=${type}`, `id=${id}`, 'time=1700000000000', ...pairs.map(([name, value]) => `${name}: ${value}`)].join('\n')
		],
		[
			'names with tabs below a heading',
			[
				`${type} (kind=video, ssrc=5, id=${id})`,
				`Statistics ${id}`,
				'timestamp\t1700000000000',
				...pairs.map(([name, value]) => `${name}\t${value}`)
			].join('\n')
		],
		[
			'an object of a console',
			`Object { id: "${id}", timestamp: 1700000000000, type: '${type}', ${pairs.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}, … }`
		],
		[
			'a Map of a console',
			`RTCStatsReport(1) {"${id}" => {id: '${id}', timestamp: 1700000000000, type: '${type}', ${pairs.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}}}`
		],
		['fields in an object of their own', JSON.stringify([{ id, type, timestamp: 1_700_000_000_000_000, values: fields }])],
		[
			'fields as a list of objects',
			JSON.stringify([{ id, type, timestamp: 1_700_000_000_000, values: pairs.map(([name, value]) => ({ [name]: value })) }])
		]
	])('%s is what getStats gave', (_, text) => {
		const [connection] = opened(text).connections;
		const track = connection!.tracks.find((each) => each.type === type)!;
		for (const [name, value] of pairs) expect([name, lastOf(track, name)]).toEqual([name, value]);
		expect(connection!.startMs).toBe(1_700_000_000_000);
	});

	test('what the console folded is said with its line', () => {
		const { notes } = opened(`[\n{id: 'V', type: 'inbound-rtp', timestamp: 5, ssrc: 5, …}\n]`);
		expect(notes.map(({ rule, where }) => [rule, where])).toContainEqual(['part-folded', 'line 2']);
	});
});

test.each([
	[
		'go-nats',
		{ isNatted: true, mappingBehavior: 0, filteringBehavior: 2, natType: 'Port-restricted', externalIP: '198.51.100.4' }
	],
	[
		'natcheck',
		{
			nat: { mapping: 'endpoint-independent', filtering: 'address-dependent' },
			probes: [{ mapped_address: '198.51.100.4:4000' }]
		}
	]
])('what a NAT tester found is kept under its names: %s', (_, found) => {
	const { format, connections } = opened(JSON.stringify(found));
	expect([format, candidatesOf(connections[0]!).map(({ type, address }) => [type, address])]).toEqual([
		'nat-check',
		[['srflx', '198.51.100.4']]
	]);
});

test('candidates and errors that a page printed as JSON are read', () => {
	const text = JSON.stringify([
		{ candidate: HOST, sdpMid: '0' },
		{ url: 'turn:turn.example.org', errorCode: 401, errorText: 'Unauthorized' }
	]);
	expect(shortOf(opened(text))).toMatchObject({
		candidates: ['local host 192.0.2.7 50000'],
		errors: [error('turn:turn.example.org', 401, 'Unauthorized')]
	});
});

test('no password of a text stays in its recording', () => {
	for (const [, lines] of CASES) {
		const secrets = ['password: hunter2hunter2', '"credential":"hunter2hunter2"', 'static-auth-secret=hunter2hunter2'];
		expect(JSON.stringify(opened([...secrets, ...lines, ...secrets].join('\n')))).not.toContain('hunter2');
	}
});

test.each([
	['a letter', 'Dear all, my call does not work. What can I do?'],
	['a program', 'const connection = new RTCPeerConnection();\nconnection.createOffer();'],
	['a web server', '192.0.2.1 - - [30/Nov/2026:03:00:00 +0000] "GET / HTTP/1.1" 200 512']
])('%s is refused', (_, text) => {
	expect(importDump(text)).toMatchObject({ ok: false, error: { code: 'unknown-format' } });
});
