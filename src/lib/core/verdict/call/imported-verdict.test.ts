/** What a dump of a call leads to: the cause first, what follows from it under it, and nothing where nothing is known. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { RECORDING_CASES, recording, track } from '../../../../../tests/golden/recordings-table';
import { CaptureReader } from '../../dump/capture/capture-reader';
import { importDump } from '../../dump/import';
import { ENGLISH } from '../../messages/en/english';
import { sentence } from '../../messages/en/sentence';
import type { HandshakeEvent } from '../../recording/handshake';
import type { RawValue, Recording, StatsTrack } from '../../recording/recording';
import { headlineWords } from '../../report/headline-words';
import { judgeDump } from '../../report/imported';
import { foldedFindings } from '../root-findings';

function read(text: string): Recording {
	const result = importDump(text);
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

/** Title, headline, next step, and rules: roots, each with those that are folded under it. */
function verdictOf(dump: Recording) {
	const conclusions = judgeDump(dump);
	const { headline, findings, calls } = conclusions;
	return {
		title: headlineWords(conclusions, ENGLISH.headlineTitle).title,
		tone: headlineWords(conclusions).tone,
		headline: sentence(headline),
		toDo: headline.nextSteps.map(sentence),
		outcomes: calls.flatMap(({ ends }) => ends.map(({ outcome }) => outcome)),
		calls: calls.length,
		faults: findings.filter(({ severity }) => severity === 'problem' || severity === 'warning').map(({ rule }) => rule),
		folded: foldedFindings(findings).map(({ finding, consequences }): [string, string[]] => [
			finding.rule,
			consequences.map(({ rule }) => rule)
		])
	};
}

/** Lines as recorders write them: method, connection, value, time. */
const lines = (...entries: [string, string | null, unknown, number][]) =>
	entries
		.map(([method, connection, value, atMs]) => JSON.stringify([method, connection, value, 1_700_000_000_000 + atMs]))
		.join('\n');
const HEAD: [string, null, unknown, number] = [
	'connectionInfo',
	null,
	{ userAgent: 'Mozilla/5.0 Chrome/156.0.0.0', statsFormat: 'chrome_standard', clientProtocol: '3.1_STANDARD' },
	0
];

const SDP = (lines: string[]) =>
	[
		'v=0',
		'o=- 1 1 IN IP4 127.0.0.1',
		's=-',
		't=0 0',
		'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		'c=IN IP4 0.0.0.0',
		'a=mid:0',
		'a=sctp-port:5000',
		...lines,
		''
	].join('\r\n');
const description = (type: 'offer' | 'answer', ufrag: string, more: string[] = []) => ({
	type,
	sdp: SDP([
		`a=ice-ufrag:${ufrag}`,
		'a=ice-pwd:abcdefghijklmnopqrstuvwx',
		`a=fingerprint:sha-256 ${'AA:'.repeat(31)}AA`,
		`a=setup:${type === 'offer' ? 'actpass' : 'active'}`,
		...more
	])
});
const URL = 'turn:192.0.2.9:3478?transport=udp';
const RELAY_ONLY = { iceServers: [{ urls: [URL], username: 'alice' }], iceTransportPolicy: 'relay' };
const UNAUTHORIZED = { url: URL, address: '192.0.2.x', port: 5, errorCode: 401, errorText: 'Unauthorized' };

describe('a refused login', () => {
	const dump = read(
		lines(
			HEAD,
			['create', 'PC_0', RELAY_ONLY, 1],
			[
				'setRemoteDescription',
				'PC_0',
				description('offer', 'aaaa', ['a=candidate:1 1 udp 1 203.0.113.7 5000 typ srflx raddr 0.0.0.0 rport 0']),
				5
			],
			['onsignalingstatechange', 'PC_0', 'have-remote-offer', 6],
			['setLocalDescription', 'PC_0', null, 10],
			['onsignalingstatechange', 'PC_0', 'stable', 12],
			['setLocalDescriptionOnSuccess', 'PC_0', description('answer', 'bbbb'), 13],
			['onicegatheringstatechange', 'PC_0', 'gathering', 20],
			['onicecandidateerror', 'PC_0', UNAUTHORIZED, 90],
			['onicegatheringstatechange', 'PC_0', 'complete', 100],
			['oniceconnectionstatechange', 'PC_0', 'checking', 101],
			['oniceconnectionstatechange', 'PC_0', 'failed', 15_100]
		)
	);

	test('is the headline, with URL, user name and what to do; all else follows from it', () => {
		expect(verdictOf(dump)).toMatchObject({
			title: 'The call did not connect',
			tone: 'problem',
			headline: expect.stringMatching(
				/^turn:192\.0\.2\.9:3478\?transport=udp \(user name alice\) gave no relay\. UDP 192\.0\.2\.9:3478 answered after 70 ms with error 401/
			),
			toDo: [expect.stringMatching(/^Compare user name and credential/)],
			outcomes: ['failed'],
			folded: [['turn-server-error', ['relay-only-without-relay', 'local-candidates-missing', 'connection-failed']]]
		});
	});

	test('an answer that setLocalDescription() made by itself is one', () => {
		expect(verdictOf(dump).faults).not.toContain('answer-missing');
		const unanswered = { ...dump, connections: dump.connections.map((one) => ({ ...one, events: one.events.slice(0, 2) })) };
		expect(verdictOf(unanswered).folded[0]![0]).toBe('answer-missing');
	});
});

test('a log that counts whole seconds gives an answer no time of its own', () => {
	const log = read(
		['$ turnutils_uclient -u alice -w hunter2hunter2 192.0.2.9', '0: : allocate sent', '0: : error 401 (Unauthorized)'].join('\n')
	);
	expect(verdictOf(log).headline).toMatch(/UDP 192\.0\.2\.9:3478 answered with error 401/);
});

test.each([
	[
		'coturn',
		[
			'2026-11-30T03:00:01+0000: : IPv4. UDP listener opened on: 203.0.113.5:3478',
			'2026-11-30T03:00:01+0000: : IPv4. Local relay addr: 203.0.113.5:60001',
			'2026-11-30T03:00:01+0000: : session 001000000000000001: new, realm=<example.org>, username=<1796008081:ann>, lifetime=600',
			'2026-11-30T03:09:01+0000: : session 001000000000000001: realm <example.org> user <1796008081:ann>: incoming packet REFRESH processed, error 438: Wrong nonce',
			'2026-11-30T03:09:01+0000: : session 001000000000000001: realm <example.org> user <1796008081:ann>: incoming packet REFRESH processed, error 401: Unauthorized'
		],
		/^turn:203\.0\.113\.5:3478 \(user name 1796008081:ann\) refused to prolong its relay, 540\.0 s after it was given: .* error 401\. The credential of this user name had expired 60\.0 s before/
	],
	[
		'libwebrtc',
		[
			'[17:18:1130/032225.865333:INFO:p2p/base/turn_port.cc:417] Port[a1:0:1:0:relay:Net[v0:192.0.2.x/24:Ethernet:id=1]]: Trying to connect to TURN server via udp @ 203.0.113.5:3478',
			'[17:18:1130/033125.905333:INFO:p2p/base/turn_port.cc:1560] Port[a1:0:1:0:relay:Net[v0:192.0.2.x/24:Ethernet:id=1]]: Received TURN refresh error response, id=30, code=437, rtt=40 us'
		],
		/^turn:203\.0\.113\.5:3478\?transport=udp refused to prolong its relay: .* error 437/
	]
])('a relay that is not prolonged is found in a log of %s', (_, log, words) => {
	const { findings } = judgeDump(read(log.join('\n')));
	expect(findings.filter(({ severity }) => severity === 'warning').map(sentence)).toEqual([expect.stringMatching(words)]);
});

/** One getStats report a second, as a page would write them into a file. */
function reports(seconds: number, objects: (second: number) => Record<string, unknown>[]): Recording {
	const all = Array.from({ length: seconds }, (_, s) =>
		objects(s).map((one) => ({ timestamp: 1_700_000_000_000 + 1000 * s, ...one }))
	);
	return read(JSON.stringify(all));
}
const transport = (iceState: string, dtlsState: string) => ({
	id: 'T',
	type: 'transport',
	iceState,
	dtlsState,
	selectedCandidatePairId: 'P'
});
const pair = (state: string, answered: number) => ({
	id: 'P',
	type: 'candidate-pair',
	state,
	nominated: state === 'succeeded',
	localCandidateId: 'L',
	remoteCandidateId: 'R',
	requestsSent: 20,
	responsesReceived: answered,
	requestsReceived: answered
});
const host = (id: 'L' | 'R', address: string) => ({
	id,
	type: id === 'L' ? 'local-candidate' : 'remote-candidate',
	candidateType: 'host',
	protocol: 'udp',
	address,
	port: 5000
});
const ENDS = [host('L', '192.0.2.10'), host('R', '198.51.100.3')];
const UP = [transport('connected', 'connected'), pair('succeeded', 20), ...ENDS];

describe('statistics alone', () => {
	test('DTLS that does not finish is no connection', () => {
		const dump = reports(28, () => [transport('connected', 'connecting'), pair('succeeded', 20), ...ENDS]);
		expect(verdictOf(dump)).toMatchObject({
			title: 'The call did not connect',
			headline: expect.stringMatching(/^ICE found a path, and the DTLS handshake did not finish in 27\.0 s/),
			outcomes: ['never-connected'],
			folded: [['dtls-unfinished', ['connection-failed']]]
		});
	});

	test('of pairs that failed, the other end that offered only an address of its own network is the cause', () => {
		const dump = reports(20, () => [
			{ ...transport('failed', 'new'), selectedCandidatePairId: undefined },
			pair('failed', 0),
			host('L', '192.0.2.10'),
			host('R', '172.20.0.5')
		]);
		expect(verdictOf(dump)).toMatchObject({
			headline: expect.stringMatching(/^The other end offered only 172\.20\.0\.5/),
			outcomes: ['failed'],
			folded: [['candidates-private-only', ['candidate-pairs-failed', 'connection-failed']]]
		});
	});

	test('two devices of one network need no other addresses', () => {
		const dump = reports(20, () => [
			transport('failed', 'new'),
			pair('failed', 0),
			host('L', '172.20.0.9'),
			host('R', '172.20.0.5')
		]);
		expect(verdictOf(dump).faults).toEqual(['candidate-pairs-failed', 'connection-failed']);
	});

	test.each([
		['over time', (s: number) => s, 20],
		['at one moment', () => 20, 1]
	])('video that nobody can decode is said, %s', (_, progress, seconds) => {
		const dump = reports(seconds, (s) => [
			...UP,
			{
				id: 'V',
				type: 'inbound-rtp',
				kind: 'video',
				ssrc: 5,
				packetsReceived: 112 * progress(s),
				framesReceived: 25 * progress(s),
				framesDecoded: 0,
				pliCount: 5 * progress(s)
			}
		]);
		expect(verdictOf(dump)).toMatchObject({
			title: 'The call connected, with faults in audio or video',
			headline: expect.stringMatching(/arrived, and none was decoded; this end asked for a keyframe \d+ times/),
			outcomes: ['connected']
		});
	});

	test('half a minute of sending without a receiver report leaves loss and round trip unknown', () => {
		const dump = reports(30, (s) => [...UP, { id: 'O', type: 'outbound-rtp', kind: 'audio', ssrc: 7, packetsSent: 50 * s }]);
		expect(verdictOf(dump)).toMatchObject({
			headline: expect.stringMatching(/^This end sent audio for 29\.0 s, .*no receiver report/),
			folded: [['receiver-reports-missing', []]]
		});
	});

	test('a path that was given up, as another one was better, did not fail', () => {
		const dump = reports(1, () => [...UP, { ...pair('cancelled', 0), id: 'Q' }]);
		expect(dump.connections[0]!.tracks.find(({ id }) => id === 'Q')!.columns.find(({ field }) => field === 'state')!.v).toEqual([
			'cancelled'
		]);
		expect(verdictOf(dump)).toMatchObject({ title: 'The call connected', faults: [] });
	});

	test('without a state nothing is claimed', () => {
		const dump = read(JSON.stringify([{ id: 'P', type: 'candidate-pair', timestamp: 1_700_000_000_000 }]));
		expect(verdictOf(dump)).toMatchObject({
			title: 'Cannot tell',
			tone: 'unknown',
			headline: 'This recording does not show whether the connection was established.'
		});
	});
});

describe('a recording that does not show it', () => {
	test('begun when the connection had failed: unknown, and no cause is named', () => {
		const dump = read(
			lines(
				HEAD,
				['create', 'PC_0', { iceServers: [] }, 0],
				['setLocalDescription', 'PC_0', description('offer', 'aaaa', ['a=candidate:1 1 udp 1 192.168.1.2 5000 typ host']), 1],
				['setRemoteDescription', 'PC_0', description('answer', 'bbbb', ['a=candidate:1 1 udp 1 192.168.1.3 5001 typ host']), 2],
				['oniceconnectionstatechange', 'PC_0', 'failed', 3],
				['onconnectionstatechange', 'PC_0', 'failed', 4]
			)
		);
		expect(verdictOf(dump)).toMatchObject({
			title: 'Cannot tell, 1 warning',
			headline: expect.stringMatching(/^The recording begins when the connection had failed already/),
			outcomes: ['unknown'],
			folded: [['recorded-after-failure', []]]
		});
	});

	test('gathering that ended with the call shows nothing of the TURN server', () => {
		const dump = read(
			lines(
				HEAD,
				['create', 'PC_0', { iceServers: [{ urls: 'turn:turn.example.org:3478', username: 'u' }] }, 1],
				['onicegatheringstatechange', 'PC_0', 'gathering', 10],
				['onicecandidate', 'PC_0', { candidate: 'candidate:1 1 udp 2122260223 192.168.1.2 50000 typ host', sdpMid: '0' }, 11],
				['oniceconnectionstatechange', 'PC_0', 'connected', 12],
				['onicegatheringstatechange', 'PC_0', 'complete', 12],
				['onconnectionstatechange', 'PC_0', 'connected', 20]
			)
		);
		expect(verdictOf(dump)).toMatchObject({ title: 'The call connected', folded: [] });
	});

	test('a relay over TLS alone, and a stream without packets, are no faults', () => {
		const stats = (s: number) => ({
			timestamp: 1_700_000_000_000 + 1000 * s,
			T: { ...transport('connected', 'connected'), timestamp: 0 },
			P: { ...pair('succeeded', s), timestamp: 0 },
			L: { ...host('L', '203.0.113.1'), candidateType: 'relay', relayProtocol: 'tls', timestamp: 0 },
			R: { ...host('R', '203.0.113.2'), timestamp: 0 },
			V: { id: 'V', type: 'inbound-rtp', kind: 'video', ssrc: 1, packetsReceived: 100 * s, timestamp: 0 },
			A: { id: 'A', type: 'inbound-rtp', kind: 'audio', ssrc: 2, packetsReceived: 0, timestamp: 0 }
		});
		const dump = read(
			lines(
				HEAD,
				['create', 'PC_0', { iceServers: [{ urls: 'turns:turn.example.org:443?transport=tcp', username: 'u' }] }, 1],
				['onconnectionstatechange', 'PC_0', 'connected', 500],
				...Array.from({ length: 10 }, (_, s): [string, string, unknown, number] => [
					'getstats',
					'PC_0',
					stats(s + 1),
					1000 * (s + 1)
				])
			)
		);
		const verdict = verdictOf(dump);
		expect(verdict).toMatchObject({ title: 'The call connected', faults: [] });
		expect(verdict.folded.map(([rule]) => rule)).toEqual(['relay-over-stream', 'audio-missing']);
		const told = judgeDump(dump).findings.map(sentence).join('\n');
		expect(told).toContain('nothing is known about UDP');
		expect(told).not.toMatch(/blocked/);
	});

	test('the number that Jitsi writes behind the time of a line is no time', () => {
		const numbered = (method: string, value: unknown, atMs: number, number: number) =>
			JSON.stringify([method, 'PC_0', value, 1_700_000_000_000 + atMs, number]);
		const dump = read(
			[
				JSON.stringify([...HEAD.slice(0, 3), 1_700_000_000_000, 1]),
				numbered('create', { iceServers: [] }, 0, 2),
				numbered('oniceconnectionstatechange', 'connected', 300, 3)
			].join('\n')
		);
		expect(dump.notes).toEqual([]);
		expect(dump.connections[0]!.events.map(({ atMs }) => atMs)).toEqual([1_700_000_000_000, 1_700_000_000_300]);
	});
});

describe('both ends of one call in one recording', () => {
	const event = (peer: string, atMs: number, call: HandshakeEvent['call'], more: Partial<HandshakeEvent>): HandshakeEvent => ({
		peer,
		atMs,
		call,
		phase: 'event',
		...more
	});
	const set = (peer: string, atMs: number, call: 'set-local' | 'set-remote', given: ReturnType<typeof description>) =>
		event(peer, atMs, call, { phase: 'called', description: given });
	const [offer, answer] = [description('offer', 'aaaa'), description('answer', 'bbbb')];
	const states = (peer: string, last: string) => [
		event(peer, 100, 'ice-state', { state: 'checking' }),
		event(peer, 20_000, 'ice-state', { state: last })
	];
	const REFUSED = event('a', 80, 'candidate-error', { error: JSON.stringify(UNAUTHORIZED) });
	const two = (last: string, tracks: [StatsTrack[], StatsTrack[]] = [[], []]): Recording => {
		const [a] = recording(tracks[0], [
			set('a', 1, 'set-local', offer),
			set('a', 50, 'set-remote', answer),
			REFUSED,
			...states('a', last)
		]).connections;
		const [b] = recording(tracks[1], [
			set('b', 10, 'set-remote', offer),
			set('b', 20, 'set-local', answer),
			...states('b', last)
		]).connections;
		return {
			...recording([]),
			connections: [
				{ ...b!, id: 'b', label: 'B' },
				{ ...a!, id: 'a', label: 'A', configuration: JSON.stringify(RELAY_ONLY) }
			]
		};
	};

	test('are one call, whose cause at one end explains the other', () => {
		const verdict = verdictOf(two('failed'));
		expect(verdict).toMatchObject({ calls: 1, title: 'The call did not connect', outcomes: ['failed', 'failed'] });
		expect(verdict.headline).toMatch(/^turn:192\.0\.2\.9:3478.*error 401/);
		const [root] = verdict.folded;
		expect(root![0]).toBe('turn-server-error');
		expect(root![1].filter((rule) => rule === 'connection-failed')).toHaveLength(2);
	});

	test('a third that knows neither is another call', () => {
		const dump = two('failed');
		const [one] = recording([], [set('c', 1, 'set-local', description('offer', 'cccc'))]).connections;
		expect(verdictOf({ ...dump, connections: [...dump.connections, { ...one!, id: 'c' }] })).toMatchObject({
			calls: 2,
			title: 'All 2 calls did not connect'
		});
	});

	test('what one sent is held against what the other received', () => {
		const stream = (type: string, ssrc: number, field: string, each: number): StatsTrack =>
			track(`${type} ${ssrc}`, type, 30, { kind: 'audio', ssrc, [field]: ((s: number) => each * s) as (s: number) => RawValue });
		const dump = two('connected', [
			[stream('outbound-rtp', 1, 'packetsSent', 50), stream('inbound-rtp', 2, 'packetsReceived', 40)],
			[stream('outbound-rtp', 2, 'packetsSent', 50), stream('inbound-rtp', 1, 'packetsReceived', 50)]
		]);
		const [call] = judgeDump(dump).calls;
		expect(call).toMatchObject({ connected: 'yes', connection: null });
		expect(call!.ways.map(({ from, to, lossRatio }) => [from, to, lossRatio])).toEqual([
			['a', 'b', 0],
			['b', 'a', 0.2]
		]);
	});
});

/** Dumps of real calls (tests/fixtures/stats/SOURCES.md). */
const fixture = (name: string) => {
	const bytes = readFileSync(join(import.meta.dirname, '../../../../../tests/fixtures/stats', name));
	return read((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
};

test.each([
	'chromium156-during-two-connections.json.gz',
	'chromium156-one-way.json.gz',
	'chromium156-muted.json.gz',
	'chromium156-data-only.json.gz',
	'chromium156-simulcast.json.gz',
	'chromium156-restart-and-codec.json.gz',
	'chromium156-getstats.json',
	'firefox-esr153-getstats.json',
	'firefox-esr153-about-webrtc.html',
	'firefox-esr153-report.json'
])('of a call that was well, no problem and no warning: %s', (name) => {
	expect(verdictOf(fixture(name))).toMatchObject({ title: 'The call connected', tone: 'fine', faults: [] });
});

test('of a server that gave one relay and refused the next, a capture says so first', () => {
	const reader = new CaptureReader();
	reader.push(readFileSync(join(import.meta.dirname, '../../../../../tests/fixtures/pasted/quota.pcap')));
	const result = reader.end();
	if (!result.ok) throw new Error(result.error.message);
	expect(verdictOf(result.value)).toMatchObject({
		headline: expect.stringMatching(
			/^turn:203\.0\.113\.5:3479\?transport=udp \(user name alice\) gave a relay, and no other one\. .* error 486/
		),
		toDo: [expect.stringMatching(/^Raise the quota/)]
	});
});

test('of a call in which ICE was restarted after 4 s, and the codec changed after 8 s', () => {
	const { findings } = judgeDump(fixture('chromium156-restart-and-codec.json.gz'));
	const told = findings.map((finding) => sentence(finding));
	const [restart, ...others] = told.filter((each) => each.startsWith('ICE was restarted once'));
	expect([restart, others.length]).toEqual([expect.stringMatching(/first at 4\.\d s; media went over another pair within/), 1]);
	expect(told.filter((each) => / codec changed /.test(each))).toEqual([
		expect.stringMatching(/^video, sent: the codec changed from video\/VP8 to video\/VP9 \(profile 0\) at 9\.\d s\.$/),
		expect.stringMatching(/^video, received: the codec changed from video\/VP8 to video\/VP9 \(profile 0\) at 9\.\d s\.$/)
	]);
});

test('of a layer of simulcast that the answer does not take', () => {
	const found = judgeDump(fixture('chromium156-simulcast.json.gz')).findings.map(sentence);
	expect(found).toEqual([
		'Encryption: DTLS 1.3, cipher TLS_AES_128_GCM_SHA256, SRTP with SRTP_AES128_CM_HMAC_SHA1_80.',
		expect.stringMatching(/^Simulcast of 2 layers: l: 320×180, 128 kbit\/s, 20 frames\/s; h: not sent\.$/),
		'The simulcast layer h was never sent: the description of the other end does not accept it (source: 640×360).'
	]);
});

test.each([
	['never-answered', /^No answer from the other end was ever set/],
	['relay-only', /relays alone .*, and no TURN server was configured/],
	['wrong-fingerprint', /^The certificate fingerprint that this end was given/],
	['wrong-password', /^The ICE password that this end was given/]
])('of a call that failed by %s the first sentence says so', (kind, words) => {
	const verdict = verdictOf(fixture(`chromium156-${kind}.json.gz`));
	expect(verdict).toMatchObject({ title: 'The call did not connect', headline: expect.stringMatching(words), calls: 1 });
	expect(verdict.toDo).toHaveLength(1);
});

test.each(RECORDING_CASES)('of %s nothing is lost by folding', (_, dump) => {
	const { findings } = judgeDump(dump);
	const told = foldedFindings(findings).flatMap(({ finding, consequences }) => [finding, ...consequences]);
	expect(told.map(({ id }) => id).sort()).toEqual(findings.map(({ id }) => id).sort());
});
