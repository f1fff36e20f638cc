/** Recordings for each rule about them: one in which it has something to say, and the same without its cause. */
import type { HandshakeEvent } from '../../src/lib/core/recording/handshake';
import type { Observation } from '../../src/lib/core/observations/observation';
import type { RawValue, RecordedConnection, Recording, StatsTrack } from '../../src/lib/core/recording/recording';

const S = 1000;
const times = (seconds: number) => Array.from({ length: seconds + 1 }, (_, i) => i * S);

/** An object whose fields are values for each second, or one value for all of them. */
export function track(
	id: string,
	type: string,
	seconds: number,
	fields: Record<string, RawValue | ((second: number) => RawValue)>
): StatsTrack {
	const tMs = times(seconds);
	const columns = Object.entries(fields).map(([field, value]) => ({
		field,
		tMs,
		v: tMs.map((t) => (typeof value === 'function' ? value(t / S) : value)),
		alignment: 'exact' as const
	}));
	return { id, type, columns };
}

const event = (atMs: number, call: HandshakeEvent['call'], more: Partial<HandshakeEvent> = {}): HandshakeEvent => ({
	atMs,
	peer: 'x',
	call,
	phase: 'event',
	...more
});
const described = (atMs: number, call: 'set-local' | 'set-remote', type: 'offer' | 'answer', sdp: string) =>
	event(atMs, call, { phase: 'called', description: { type, sdp } });
const state = (atMs: number, call: 'ice-state' | 'connection-state' | 'dtls-state' | 'gathering-state', value: string) =>
	event(atMs, call, { state: value });

const sdp = (setup: string, more: { user?: string; print?: string; ufrag?: string; lines?: string; direction?: string } = {}) =>
	[
		'v=0',
		`o=- ${more.user ?? '1'} 1 IN IP4 127.0.0.1`,
		's=-',
		't=0 0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		'c=IN IP4 0.0.0.0',
		'a=mid:0',
		`a=setup:${setup}`,
		`a=ice-ufrag:${more.ufrag ?? 'abcd'}`,
		'a=ice-pwd:abcdefghijklmnopqrstuvwx',
		`a=fingerprint:sha-256 ${(more.print ?? 'AA:').repeat(32).slice(0, -1)}`,
		`a=${more.direction ?? 'sendrecv'}`,
		'a=rtcp-mux',
		'a=rtpmap:111 opus/48000/2',
		...(more.lines ? [more.lines] : []),
		''
	].join('\r\n');
const OFFER = described(0, 'set-local', 'offer', sdp('actpass'));
const ANSWER = described(500, 'set-remote', 'answer', sdp('active', { user: '2', print: 'BB:', ufrag: 'efgh' }));
const FAILED = [OFFER, ANSWER, state(600, 'ice-state', 'checking'), state(30_000, 'ice-state', 'failed')];
const UP = [
	OFFER,
	ANSWER,
	state(600, 'ice-state', 'checking'),
	state(900, 'ice-state', 'connected'),
	state(1000, 'connection-state', 'connected')
];
const LINE = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host';
const trickled = (address: string, more = '') =>
	event(50, 'add-candidate', { phase: 'called', candidate: `${LINE.replace('192.0.2.1', address)}${more}` });

export function recording(
	tracks: StatsTrack[],
	events: HandshakeEvent[] = [],
	more: Partial<Recording> = {},
	of: Partial<RecordedConnection> = {}
): Recording {
	const connection: RecordedConnection = {
		id: 'x',
		label: 'Connection x',
		url: null,
		configuration: null,
		startMs: 0,
		endMs: 60 * S,
		events,
		tracks,
		...of
	};
	return {
		format: 'test',
		formatName: 'test',
		clock: 'epoch',
		userAgent: null,
		connections: [connection],
		media: [],
		notes: [],
		...more
	};
}

const candidate = (side: 'local' | 'remote', type: string, more: Record<string, RawValue> = {}) =>
	track(side === 'local' ? 'L' : 'R', `${side}-candidate`, 1, {
		candidateType: type,
		address: side === 'local' ? '192.0.2.1' : '198.51.100.1',
		port: 5000,
		protocol: 'udp',
		...more
	});
const pair = (more: Record<string, RawValue | ((second: number) => RawValue)> = {}, seconds = 60, id = 'P') =>
	track(id, 'candidate-pair', seconds, {
		localCandidateId: 'L',
		remoteCandidateId: 'R',
		state: 'succeeded',
		nominated: true,
		selected: true,
		...more
	});
const path = (local: StatsTrack, remote: StatsTrack, more = {}) => [local, remote, pair(more)];
const audio = (more: Record<string, RawValue | ((second: number) => RawValue)>) =>
	track('I', 'inbound-rtp', 60, { kind: 'audio', ssrc: 5, packetsReceived: (s) => 50 * s, packetsLost: 0, ...more });
const video = (type: 'inbound-rtp' | 'outbound-rtp', more: Record<string, RawValue | ((second: number) => RawValue)>) =>
	track('V', type, 60, { kind: 'video', ssrc: 6, ...more });
const codec = (id: string, mimeType: string, sdpFmtpLine: RawValue = null) =>
	track(id, 'codec', 1, { mimeType, ...(sdpFmtpLine === null ? {} : { sdpFmtpLine }) });
/** A layer of simulcast so many times as large as the smallest one; 0: never sent. */
const layer = (rid: string, times: number, more: Record<string, RawValue> = {}): StatsTrack => ({
	...video('outbound-rtp', {
		rid,
		mid: '0',
		packetsSent: (s) => times * s,
		...(times === 0
			? {}
			: {
					bytesSent: (s: number) => 1000 * times * s,
					framesSent: (s: number) => 30 * s,
					frameWidth: 160 * times,
					frameHeight: 90 * times,
					'qualityLimitationDurations.none': (s: number) => s / 4,
					'qualityLimitationDurations.cpu': (s: number) => (3 * s) / 4
				}),
		...more
	}),
	id: `V${rid}`
});
const step = (from: number, to: number, each: number) => (s: number) => each * Math.min(to - from, Math.max(0, s - from));

const TURN = 'turn:192.0.2.9:3478';
const TURN_ALONE = {
	configuration: JSON.stringify({ iceServers: [{ urls: [TURN], username: 'alice' }], iceTransportPolicy: 'relay' })
};
const REFUSED = event(70, 'candidate-error', {
	error: JSON.stringify({ url: TURN, address: '192.0.2.x', port: 1, error_code: 401, error_text: 'Unauthorized' })
});
/** As somebody may have copied it, with its time or without. */
const serverError = (atMs: number | null, errorCode: number, errorText: string, url = TURN) => ({
	...event(0, 'candidate-error', { error: JSON.stringify({ url, errorCode, errorText, address: null, port: null }) }),
	atMs
});
const CHROMIUM = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const failedPath = (remote: StatsTrack, more: Record<string, RawValue | ((second: number) => RawValue)> = {}) => [
	candidate('local', 'host'),
	remote,
	pair({ state: 'failed', nominated: false, selected: false, ...more })
];
const WITHOUT_DTLS = [
	state(900, 'ice-state', 'connected'),
	state(950, 'dtls-state', 'connecting'),
	state(20_000, 'connection-state', 'failed')
];
const NO_DTLS = (setup: string) => [
	OFFER,
	described(500, 'set-remote', 'answer', sdp(setup, { user: '2', print: 'BB:', ufrag: 'efgh' })),
	...WITHOUT_DTLS
];
const SECOND_ANSWER = described(20_000, 'set-remote', 'answer', sdp('active', { user: '2', print: 'BB:', ufrag: 'ijkl' }));
const DTLS_UP = [track('T', 'transport', 30, { iceState: 'connected', dtlsState: 'connected' })];

/** Two ends in one recording, the first of which was given a fingerprint and an ICE password. */
function bothEnds(print: string, password = 'abcdefghijklmnopqrstuvwx'): Recording {
	const given = sdp('active', { user: '2', print, ufrag: 'efgh' }).replace(/ice-pwd:.*/, `ice-pwd:${password}`);
	const [caller] = recording([], [OFFER, described(500, 'set-remote', 'answer', given), ...FAILED.slice(2)]).connections;
	const [callee] = recording(
		[],
		[{ ...OFFER, call: 'set-remote' }, { ...ANSWER, call: 'set-local' }, ...FAILED.slice(2)],
		{},
		{ id: 'y' }
	).connections;
	return { ...recording([]), connections: [caller!, callee!] };
}

/** A call over a relay that was given at 0.5 s and connected at 1.0 s, and over which nothing more arrived from a second on. */
function lostAfter(second: number, more: { events?: HandshakeEvent[]; username?: string; type?: string } = {}): Recording {
	const { events = [], username = 'alice', type = 'relay' } = more;
	const seconds = second + 30;
	return recording(
		[
			candidate('local', type, { url: TURN }),
			candidate('remote', 'host'),
			pair({ bytesReceived: (s) => 1000 * Math.min(s, second) }, seconds)
		],
		[
			...UP.slice(0, 2),
			event(500, 'candidate', { candidate: `candidate:1 1 udp 1 192.0.2.1 5000 typ ${type}` }),
			...UP.slice(2),
			...events,
			state(second * S + 6000, 'connection-state', 'disconnected'),
			state(second * S + 25_000, 'connection-state', 'failed')
		],
		{},
		{ configuration: JSON.stringify({ iceServers: [{ urls: [TURN], username }] }), endMs: seconds * S }
	);
}
/** The same at another time of the clock. */
function shifted(dump: Recording, byMs: number): Recording {
	const connections = dump.connections.map((each) => ({
		...each,
		startMs: each.startMs! + byMs,
		endMs: each.endMs! + byMs,
		events: each.events.map((one) => ({ ...one, atMs: one.atMs! + byMs })),
		tracks: each.tracks.map((one) => ({
			...one,
			columns: one.columns.map((each) => ({ ...each, tMs: each.tMs.map((t) => t + byMs) }))
		}))
	}));
	return { ...dump, connections };
}
/** User names that count seconds have ten digits at least. */
const T0 = 1_700_000_000_000;
const refused = (atMs: number) =>
	event(atMs, 'candidate-error', {
		error: JSON.stringify({ url: TURN, errorCode: 401, errorText: 'Unauthorized', request: 'refresh' })
	});

/** Both ends, of which the first was told of a DTLS role that the other one never named; ICE found a path. */
function bothRoles(said: string, given: string): Recording {
	const ends = bothEnds('BB:');
	const renamed = (one: RecordedConnection, call: string, to: string) => ({
		...one,
		events: [
			...one.events
				.filter((each) => each.call !== 'ice-state')
				.map((each) =>
					each.call === call && each.description?.type === 'answer'
						? { ...each, description: { ...each.description, sdp: each.description.sdp.replace('setup:active', `setup:${to}`) } }
						: each
				),
			...WITHOUT_DTLS
		]
	});
	const [caller, callee] = ends.connections;
	return { ...ends, connections: [renamed(caller!, 'set-remote', given), renamed(callee!, 'set-local', said)] };
}

const closing = (end: string) =>
	track('T', 'transport', 30, { iceState: 'connected', dtlsState: (s: number) => (s < 20 ? 'connected' : end) });

/** A later round in which this end or the other one says another direction, or port 0. */
const laterRound = (by: 'set-local' | 'set-remote', offer: string, answer: string): HandshakeEvent[] => {
	const said = (text: string) =>
		text === '0' ? sdp('actpass').replace('m=audio 9', 'm=audio 0') : sdp('actpass', { direction: text });
	return [
		described(20_000, by, 'offer', said(offer)),
		described(20_500, by === 'set-local' ? 'set-remote' : 'set-local', 'answer', said(answer))
	];
};
const flows = (field: 'packetsSent' | 'packetsReceived') =>
	track(field, field === 'packetsSent' ? 'outbound-rtp' : 'inbound-rtp', 60, {
		kind: 'audio',
		[field]: (s) => 50 * Math.min(s, 20)
	});
/** Reports of the other end on what it sent. */
const reportsOf = (packets: (second: number) => number) =>
	track('RO', 'remote-outbound-rtp', 60, { kind: 'audio', localId: 'packetsReceived', packetsSent: packets });
/** Audio or video that this end sends, and its source. */
const sending = (
	kind: 'audio' | 'video',
	more: Record<string, RawValue | ((second: number) => RawValue)>,
	source: Record<string, RawValue | ((second: number) => RawValue)> = {}
) => [
	track('O', 'outbound-rtp', 60, { kind, packetsSent: (s) => 50 * s, mediaSourceId: 'M', active: true, ...more }),
	track('M', 'media-source', 60, { kind, ...source })
];
const channels = (closed: number) =>
	track('PC', 'peer-connection', 60, { dataChannelsOpened: 2, dataChannelsClosed: (s) => (s < 20 ? 1 : closed) });

const OFFER_OF = (direction: string) => described(0, 'set-local', 'offer', sdp('actpass', { direction }));
const ANSWER_OF = (direction: string) =>
	described(500, 'set-remote', 'answer', sdp('active', { user: '2', print: 'BB:', ufrag: 'efgh', direction }));
const waiting = (seconds: number) => track('T', 'transport', seconds, { iceState: 'new', dtlsState: 'new' });

/** A video of 640×360 that is sent with another height after 20 s. */
const scaled = (heightPx: number, reason: string) =>
	sending(
		'video',
		{
			frameHeight: (s) => (s < 20 ? 360 : heightPx),
			frameWidth: (s) => (s < 20 ? 640 : Math.round((heightPx * 16) / 9)),
			qualityLimitationReason: reason
		},
		{ width: 640, height: 360 }
	);
const slowed = (rate: number, before = 15) =>
	sending('video', { framesSent: (s) => before * Math.min(s, 19) + rate * Math.max(0, s - 19) });
const closedTransport = (checks: (second: number) => number) => [
	candidate('local', 'host'),
	candidate('remote', 'host'),
	pair({ requestsSent: checks }),
	track('T', 'transport', 60, { iceState: 'connected', dtlsState: (s) => (s < 20 ? 'connected' : 'closed') })
];
/** Audio that goes out, of which nothing is reported, and none that comes. */
const unseen = (transport: Record<string, RawValue>) => [
	...path(candidate('local', 'host'), candidate('remote', 'host')),
	track('O', 'outbound-rtp', 60, { kind: 'audio', packetsSent: (s) => 50 * s }),
	track('T', 'transport', 60, transport)
];
/** Two encodings, of which the second one is switched off after 20 s. */
const layersOff = (one: string | null, other: string | null) =>
	[one, other].map((rid, i) => ({
		...video('outbound-rtp', { ...(rid && { rid }), packetsSent: (s) => s, active: (s) => i === 0 || s < 20 }),
		id: `V${i}`
	}));
const restartedAs = (ufrag: string, atMs: number) => described(atMs, 'set-local', 'offer', sdp('actpass', { ufrag }));
/** So many frames a second after 20 s, of so many that the source gives. */
const paced = (rate: number, ofSource: number) =>
	sending(
		'video',
		{ framesSent: (s) => ofSource * Math.min(s, 19) + rate * Math.max(0, s - 19), qualityLimitationReason: 'none' },
		{ 'track.deliveredFrames': (s) => ofSource * s, frames: (s) => rate * s }
	);
/** The reports of the other end name this end's audio until a second; so many a second come of its own afterwards. */
const reported = (until: number, afterwards: number) => [
	track('O', 'outbound-rtp', 60, { kind: 'audio', packetsSent: (s) => 50 * s, remoteId: 'RI' }),
	track('RI', 'remote-inbound-rtp', 60, { kind: 'audio', localId: 'O', roundTripTimeMeasurements: (s) => Math.min(s, until) }),
	track('RO', 'remote-outbound-rtp', 60, {
		kind: 'audio',
		packetsSent: (s) => Math.min(s, until) + afterwards * Math.max(0, s - until)
	})
];
/** A jitter buffer in which each frame waits so long after 20 s, and would have to for the network. */
const buffered = (delayMs: number, neededMs: number, targetMs = delayMs) =>
	video('inbound-rtp', {
		jitterBufferEmittedCount: (s) => 30 * s,
		jitterBufferDelay: (s) => 0.3 * Math.min(s, 20) + 0.03 * delayMs * Math.max(0, s - 20),
		jitterBufferTargetDelay: (s) => 0.3 * Math.min(s, 20) + 0.03 * targetMs * Math.max(0, s - 20),
		jitterBufferMinimumDelay: (s) => 0.3 * Math.min(s, 20) + 0.03 * neededMs * Math.max(0, s - 20)
	});
const chat = (id: number, received: number) =>
	track('D', 'data-channel', 60, {
		label: 'chat',
		state: 'open',
		dataChannelIdentifier: id,
		messagesSent: (s) => 2 * s,
		messagesReceived: (s) => received * s
	});
/** Bytes a second that a page gives to a channel, and that go out. */
const backlog = (given: number, carried: number) => [
	track('D', 'data-channel', 60, { label: 'chat', state: 'open', bytesSent: (s) => given * s }),
	track('T', 'transport', 60, { dtlsState: 'connected', bytesSent: (s) => carried * s })
];
/** Checks a second for so many seconds after 20 s, in which none is answered. */
const asked = (each: number, seconds: number) => ({
	consentRequestsSent: (s: number) => s + (each - 1) * Math.min(seconds, Math.max(0, s - 20)),
	responsesReceived: (s: number) => (s < 20 ? s : Math.max(20, s - seconds))
});
function bothChannels(one: number, other: number): Recording {
	const ends = bothEnds('BB:', undefined);
	const up = UP.slice(2);
	return {
		...ends,
		connections: ends.connections.map((connection, i) => ({
			...connection,
			events: [...connection.events.slice(0, 2), ...up],
			tracks: [chat(i === 0 ? one : other, 0)]
		}))
	};
}

/** The browser's estimate falls from 1.5 Mbit/s after 20 s, with so much loss of what goes out. */
const narrowed = (toBps: number, loss: number, received: StatsTrack[] = [], untilS = Infinity) =>
	recording(
		[
			candidate('local', 'relay', { url: 'turn:192.0.2.9:3478' }),
			candidate('remote', 'host'),
			pair({
				bytesSent: (s) => 60_000 * Math.min(s, 20),
				availableOutgoingBitrate: (s) => (s < 20 || s > untilS ? 1_500_000 : toBps)
			}),
			track('RI', 'remote-inbound-rtp', 60, { kind: 'video', fractionLost: (s) => (s < 20 ? 0 : loss) }),
			...received
		],
		UP
	);
/** The target of the encoder falls from 600 kbit/s after 20 s, over a path of 1.2 Mbit/s. */
const heldAt = (targetBps: number, line: string, height = 720) =>
	recording(
		[
			candidate('local', 'host'),
			candidate('remote', 'host'),
			pair({ availableOutgoingBitrate: 1_200_000 }),
			video('outbound-rtp', {
				mid: '0',
				mediaSourceId: 'M',
				packetsSent: (s) => s,
				targetBitrate: (s) => (s < 20 ? 600_000 : targetBps)
			}),
			track('M', 'media-source', 60, { kind: 'video', height: (s) => (s < 20 ? 720 : height) })
		],
		[OFFER, described(500, 'set-remote', 'answer', sdp('active', { lines: line })), ...UP.slice(2)]
	);
const lossyAudio = audio({ packetsLost: (s) => 20 * Math.max(0, s - 20) });

/** ICE that has nothing to check any more, so long after it began. */
const givenUpAfter = (ms: number): [StatsTrack[], HandshakeEvent[], Partial<Recording>, Partial<RecordedConnection>] => [
	[candidate('local', 'relay')],
	[
		...FAILED.slice(0, 2),
		trickled('192.0.2.1'),
		state(600, 'ice-state', 'checking'),
		state(600 + ms, 'ice-state', 'disconnected')
	],
	{ userAgent: 'Mozilla/5.0 Chrome/156.0.0.0' },
	TURN_ALONE
];
const REJECTING = described(
	500,
	'set-remote',
	'answer',
	sdp('active', { user: '2', print: 'BB:', ufrag: 'efgh' }).replace('audio 9', 'audio 0')
);
/** Data channels beside the audio, taken or rejected by the answer. */
const withData = (taken: boolean) => {
	const section = (port: number) => `m=application ${port} UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:1`;
	const offer = described(0, 'set-local', 'offer', sdp('actpass', { lines: section(9) }));
	const answer = sdp('active', { user: '2', print: 'BB:', ufrag: 'efgh', lines: section(taken ? 9 : 0) });
	return [offer, described(500, 'set-remote', 'answer', answer), ...UP.slice(2)];
};
/** Video of which much is asked for again from second 10 to 20, beside audio that loses so many packets a second. */
const askedAgain = (audioLost: number) =>
	recording([
		audio({ packetsLost: (s) => (s > 10 ? audioLost * (s - 10) : 0) }),
		video('inbound-rtp', {
			packetsReceived: (s) => (s <= 10 ? 60 * s : s <= 20 ? 600 + 10 * (s - 10) : 700 + 60 * (s - 20)),
			nackCount: (s) => (s <= 10 ? 0 : s <= 20 ? 20 * (s - 10) : 200)
		})
	]);
/** A handshake of which the answering end got packets of so many bytes, and sent so many itself. */
const handshake = (bytes: number, sent: number) =>
	recording(
		[
			...path(candidate('local', 'host'), candidate('remote', 'host')),
			track('T', 'transport', 40, {
				dtlsRole: 'server',
				dtlsState: 'connecting',
				packetsReceived: (s) => Math.min(8, s),
				bytesReceived: (s) => bytes * Math.min(8, s),
				packetsSent: sent
			})
		],
		[...UP.slice(0, 4), state(40_000, 'connection-state', 'failed')]
	);
const CROSSING = described(40, 'set-remote', 'offer', sdp('actpass', { user: '3', print: 'BB:', ufrag: 'ijkl' }));
const refusedAnswer = [ANSWER, event(501, 'set-remote', { phase: 'failed', error: 'Called in wrong state: stable' })];
/** A stream of so many packets or frames a second, of other sizes after 20 s. */
const arriving = (kind: 'audio' | 'video', field: string, perSecond: number, bytes: number, laterBytes: number) =>
	track('I', 'inbound-rtp', 60, {
		kind,
		packetsReceived: (s) => perSecond * s,
		[field]: (s: number) => perSecond * s,
		bytesReceived: (s) => perSecond * (bytes * Math.min(s, 20) + laterBytes * Math.max(0, s - 20))
	});
const VIDEO_UP = UP.map((each) =>
	each.description
		? { ...each, description: { ...each.description, sdp: each.description.sdp.replace('m=audio', 'm=video') } }
		: each
);
const refusedCandidate = event(51, 'add-candidate', { phase: 'failed', error: 'The remote description was null' });
/** The answer of an end that wants at most so much, to an encoder that is given so much. */
const allowed = (line: string, targetBps: number) =>
	recording(
		[video('outbound-rtp', { mid: '0', targetBitrate: targetBps })],
		[
			described(0, 'set-local', 'offer', sdp('actpass').replace('m=audio', 'm=video')),
			described(
				500,
				'set-remote',
				'answer',
				sdp('active', { user: '2' }).replace('m=audio', 'm=video').replace('c=IN IP4 0.0.0.0', `$&\r\n${line}`)
			),
			...UP.slice(2)
		]
	);
const unreported = (more: StatsTrack[]) =>
	recording(
		[
			...path(candidate('local', 'host'), candidate('remote', 'host')),
			track('O', 'outbound-rtp', 60, { kind: 'audio', ssrc: 9, packetsSent: (s) => 50 * s }),
			...more
		],
		UP
	);

/** Each rule with what makes it speak, and with the same without its cause. */
export const RECORDING_CASES: [rule: string, bad: Recording, good: Recording, words: RegExp][] = [
	[
		'relay-peer-refused',
		recording(...givenUpAfter(9)),
		recording(...givenUpAfter(15_000)),
		/gave up every pair 9\.0 ms after .*refused the addresses/
	],
	[
		'setup-role-changed',
		bothRoles('passive', 'active'),
		bothRoles('active', 'active'),
		/answered “a=setup:passive”, and this end was given “a=setup:active”: both ends wait/
	],
	[
		'ice-credentials-mismatch',
		recording(
			failedPath(candidate('remote', 'host'), {
				responsesSent: 6,
				packetsReceived: 2,
				requestsSent: 90,
				responsesReceived: 0,
				requestsReceived: 6
			}),
			FAILED
		),
		recording(
			failedPath(candidate('remote', 'host'), {
				responsesSent: 6,
				packetsReceived: 0,
				requestsSent: 90,
				responsesReceived: 0,
				requestsReceived: 6
			}),
			FAILED
		),
		/its 6 checks were answered from here, and 2 packets of its DTLS arrived/
	],
	[
		'media-declined',
		recording([], [OFFER, REJECTING, ...UP.slice(2)]),
		recording([], UP),
		/rejected in its answer \(port 0\) audio \(mid 0\)/
	],
	[
		'data-channel-declined',
		recording([], withData(false)),
		recording([], withData(true)),
		/other end rejected the data channels/
	],
	[
		'large-packets-lost',
		askedAgain(0),
		askedAgain(2),
		/asked 200 times .* from 10\.0 s to 20\.0 s .* of 500 packets of audio none was lost/
	],
	[
		'path-narrow',
		narrowed(90_000, 0.2),
		narrowed(90_000, 0.01),
		/fell from 1\.5 Mbit\/s to 90 kbit\/s .*loss of up to 20\.0 % reported, after this end had sent 480 kbit\/s.*at the relay of turn:192\.0\.2\.9:3478, other traffic\)\.$/
	],
	[
		'path-narrow',
		narrowed(90_000, 0.2, [lossyAudio]),
		narrowed(900_000, 0.2, [lossyAudio]),
		/Of what the other end sent up to 28\.6 % was lost/
	],
	[
		'bitrate-limited-by-page',
		heldAt(20_000, ''),
		heldAt(20_000, 'b=AS:20'),
		/held to 20 kbit\/s from 20\.0 s to 60\.0 s \(before: 600 kbit\/s\), while .* carries 1\.2 Mbit\/s/
	],
	['bitrate-limited-by-page', heldAt(190_000, ''), heldAt(210_000, ''), /held to 190 kbit/],
	['bitrate-limited-by-page', heldAt(20_000, '', 720), heldAt(20_000, '', 90), /held to 20 kbit/],
	[
		'later-offer-unanswered',
		recording([], [...UP, described(20_000, 'set-remote', 'offer', sdp('actpass'))]),
		// What was answered is not in the recording.
		recording(
			[],
			[...UP, described(20_000, 'set-remote', 'offer', sdp('actpass')), event(20_100, 'set-local', { phase: 'called' })]
		),
		/The other end made a new offer/
	],
	[
		'bitrate-limited-by-description',
		allowed('b=AS:30', 30_000),
		allowed('b=AS:30', 20_000),
		/allows 30 kbit\/s \(b=AS:30\), and the encoder was held to 30 kbit/
	],
	['bitrate-limited-by-description', allowed('b=TIAS:40000', 38_000), allowed('b=AS:2000', 600_000), /\(b=TIAS:40000\)/],
	[
		'offers-crossed',
		recording([], [OFFER, CROSSING, described(60, 'set-local', 'answer', sdp('active')), ...refusedAnswer, ...FAILED.slice(2)]),
		recording([], [OFFER, ...refusedAnswer, ...FAILED.slice(2)]),
		/offer at once: that of the other end came at 40 ms.*at 501 ms, was refused/
	],
	[
		'offers-crossed',
		recording([], [OFFER, CROSSING, event(41, 'set-remote', { phase: 'failed', error: 'Called in wrong state' })]),
		recording([], [OFFER, ANSWER, CROSSING, event(541, 'set-remote', { phase: 'failed', error: 'Called in wrong state' })]),
		/It was refused here, and nothing of the other end was set/
	],
	[
		'candidates-refused',
		recording([], [OFFER, trickled('192.0.2.1'), refusedCandidate, ...FAILED.slice(1)]),
		recording([], [OFFER, trickled('192.0.2.1'), ...FAILED.slice(1)]),
		/The only candidate of the other end was refused here, at 51 ms: it was added before .*“The remote description was null”/
	],
	[
		'candidates-refused',
		recording([], [...FAILED.slice(0, 2), trickled('192.0.2.1'), trickled('192.0.2.2'), refusedCandidate, ...FAILED.slice(2)]),
		recording([], [...FAILED.slice(0, 2), trickled('192.0.2.1'), trickled('192.0.2.2'), ...FAILED.slice(2)]),
		/1 of 2 candidates of the other end was refused here, at 51 ms: addIceCandidate\(\) failed/
	],
	[
		'dtls-unfinished',
		handshake(263, 0),
		recording([], UP),
		/8 packets of it arrived here, of 263 bytes on average, and this end could answer none/
	],
	['dtls-unfinished', handshake(263, 8), recording([], UP), /Possible causes/],
	['dtls-unfinished', handshake(1150, 0), recording([], UP), /Possible causes/],
	[
		'media-not-passing',
		unreported([]),
		unreported([track('RI', 'remote-inbound-rtp', 60, { kind: 'audio', ssrc: 9, packetsLost: 0 })]),
		/no media is seen to pass: no receiver report came back for 3,000 packets of audio/
	],
	['connection-failed', recording([], FAILED), recording([], UP), /failed at 30\.0 s/],
	['answer-missing', recording([], [OFFER]), recording([], UP), /never set|was ever set/],
	[
		'own-description-returned',
		recording([], [OFFER, { ...OFFER, call: 'set-remote', atMs: 40 }, ...FAILED.slice(2)]),
		// The same certificate in another session: two connections of one page may share it.
		recording([], [OFFER, described(40, 'set-remote', 'offer', sdp('actpass', { user: '2' })), ...FAILED.slice(2)]),
		/The offer that this end was given at 40 ms is its own: .*The browser took it/
	],
	[
		'description-refused',
		recording(
			[],
			[event(700, 'set-remote', { phase: 'failed', error: 'Failed to parse. v=0\\r\\no=- 1 2 IN IP4 127.0.0.1 Expect line: v=' })]
		),
		recording([], UP),
		/has no line breaks any more: the letters “\\r\\n” instead/
	],
	[
		'description-refused',
		recording(
			[],
			[
				described(690, 'set-remote', 'answer', 'v=0 o=- 1 2 IN IP4 127.0.0.1 s=- t=0 0'),
				event(700, 'set-remote', { phase: 'failed', error: `1 ${'2'.repeat(300)} 3` })
			]
		),
		recording([], UP),
		/has no line breaks any more: nothing instead.* said: 1 2+ … 2+ 3$/
	],
	[
		'inbound-media-emptied',
		recording([arriving('audio', 'packetsReceived', 50, 60, 3)], UP),
		// A codec that makes as much of silence.
		recording([arriving('audio', 'packetsReceived', 50, 160, 160)], UP),
		/the audio of the other end went on arriving .*: 3 bytes a packet on average, 60 bytes before/
	],
	[
		'inbound-media-emptied',
		recording([arriving('video', 'framesReceived', 15, 1000, 40)], VIDEO_UP),
		// In a conference people come, go and mute themselves.
		recording(
			[1, 2].map((ssrc) => ({ ...arriving('video', 'framesReceived', 15, 1000, 40), id: `I${ssrc}` })),
			VIDEO_UP
		),
		/the video of the other end .*: 40 bytes a frame on average, 1,000 bytes before/
	],
	[
		'description-refused',
		recording([], [event(700, 'set-remote', { phase: 'failed', error: 'InvalidAccessError' })]),
		recording([], UP),
		/InvalidAccessError/
	],
	[
		'description-refused',
		recording(
			[],
			[
				OFFER,
				ANSWER,
				event(501, 'set-remote', { phase: 'done' }),
				...UP.slice(2),
				{ ...ANSWER, atMs: 2000 },
				event(2001, 'set-remote', { phase: 'failed', error: 'Wrong state' })
			]
		),
		recording([], UP),
		/failed at 2\.0 s: Wrong state\. The same description had been set before: it was delivered twice\.$/
	],
	// Tried again, and refused again.
	[
		'description-refused',
		recording(
			[],
			[500, 2000].flatMap((atMs) => [
				{ ...ANSWER, atMs },
				event(atMs + 1, 'set-remote', { phase: 'failed', error: 'Wrong line' })
			])
		),
		recording([], UP),
		/^set\S+ failed at 501 ms: Wrong line\nset\S+ failed at 2\.0 s: Wrong line$/
	],
	[
		'answer-missing',
		recording(
			[],
			[{ ...OFFER, call: 'set-remote' }, event(20, 'create-answer', { phase: 'done' }), state(9000, 'ice-state', 'new')]
		),
		recording(
			[],
			[{ ...OFFER, call: 'set-remote' }, event(20, 'create-answer', { phase: 'done' }), { ...ANSWER, call: 'set-local' }]
		),
		/made an answer at 20 ms \(createAnswer\) .* never set it itself/
	],
	[
		'offer-empty',
		recording([], [described(0, 'set-local', 'offer', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n')]),
		recording([], [OFFER]),
		/offer of this end at 0 ms has no section/
	],
	[
		'candidates-of-other-session',
		recording([], [...FAILED.slice(0, 2), trickled('192.0.2.1', ' ufrag oldr'), ...FAILED.slice(2)]),
		recording([], [...FAILED.slice(0, 2), trickled('192.0.2.1', ' ufrag efgh'), ...FAILED.slice(2)]),
		/^The only candidate of the other end .* none of its descriptions has: it belongs/
	],
	// One of the round before and one of this one.
	[
		'candidates-of-other-session',
		recording(
			[
				...failedPath(candidate('remote', 'host', { usernameFragment: 'oldr' }), {
					state: 'waiting',
					requestsSent: 0,
					requestsReceived: 0,
					responsesReceived: 0
				})
			],
			FAILED
		),
		recording(
			[],
			[...FAILED.slice(0, 2), trickled('192.0.2.1', ' ufrag oldr'), trickled('192.0.2.2', ' ufrag efgh'), ...FAILED.slice(2)]
		),
		/, and this end sent no check: it belongs/
	],
	[
		'local-candidates-missing',
		// Whole reports of getStats() alone.
		recording([track('PC', 'peer-connection', 20, { dataChannelsOpened: 0 }), waiting(20)]),
		recording([track('PC', 'peer-connection', 5, { dataChannelsOpened: 0 }), waiting(5)]),
		/gathered no candidate/
	],
	[
		'remote-candidates-missing',
		recording([track('PC', 'peer-connection', 20, { dataChannelsOpened: 0 }), waiting(20), candidate('local', 'host')]),
		// Somebody kept a part of the reports.
		recording([waiting(20), candidate('local', 'host')]),
		/its description never came here, signalling lost its candidates/
	],
	[
		'candidate-pairs-failed',
		recording(failedPath(candidate('remote', 'relay'), { requestsSent: 9, requestsReceived: 0, responsesReceived: 0 }), FAILED),
		recording(path(candidate('local', 'host'), candidate('remote', 'relay')), UP),
		/none was ever answered; no check .* It led to a relay of the other end: its TURN server may refuse/
	],
	[
		'candidate-pairs-failed',
		recording(failedPath(candidate('remote', 'host'), { requestsSent: 0, requestsReceived: 0, responsesReceived: 0 }), FAILED),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/1 pair was formed \(host to host\), and this end never sent a check on it, .*; no check of the other end/
	],
	[
		'candidate-pairs-missing',
		recording(
			[candidate('local', 'host', { protocol: 'tcp', port: 9 }), candidate('remote', 'host', { protocol: 'tcp', port: 9 })],
			FAILED
		),
		recording(path(candidate('local', 'host'), candidate('remote', 'host', { protocol: 'tcp', port: 9 })), UP),
		/TCP candidates that connect and do not listen \(active, port 9\)/
	],
	[
		'dtls-unfinished',
		recording(
			[track('T', 'transport', 30, { dtlsRole: 'client', dtlsState: 'failed' })],
			[OFFER, ANSWER, WITHOUT_DTLS[0]!, WITHOUT_DTLS[2]!]
		),
		// Firefox calls a handshake failed that had finished, when consent ends.
		recording(
			[track('T', 'transport', 60, { dtlsState: (s) => (s > 30 ? 'failed' : 'connected') })],
			[...UP, state(35_000, 'connection-state', 'failed')]
		),
		/DTLS handshake failed\. .* both ends beginning the handshake/
	],
	[
		'media-declined',
		recording([], [OFFER_OF('recvonly'), ANSWER_OF('inactive'), ...UP.slice(2)]),
		recording([], UP),
		/The offer only receives it, and the other end had nothing to send/
	],
	[
		'media-one-way',
		recording([], [OFFER, ANSWER_OF('recvonly'), ...UP.slice(2)]),
		recording([], [OFFER, ANSWER_OF('sendrecv'), ...UP.slice(2)]),
		/^The other end only receives audio, and sends none/
	],
	// What one connection sends a media server gives on others.
	[
		'media-one-way',
		recording([], [{ ...OFFER, call: 'set-remote' }, { ...ANSWER_OF('recvonly'), call: 'set-local' }, ...UP.slice(2)]),
		recording([audio({})], [OFFER, ANSWER_OF('recvonly'), ...UP.slice(2)]),
		/^This end only receives audio, and sends none/
	],
	[
		'media-neither-way',
		recording([], [OFFER_OF('inactive'), ANSWER_OF('inactive'), ...UP.slice(2)]),
		recording([], [OFFER_OF('sendonly'), ANSWER_OF('recvonly'), ...UP.slice(2)]),
		/^No audio is to be sent either way: the offer of this end says “inactive”\./
	],
	[
		'media-neither-way',
		recording(
			[],
			[{ ...OFFER_OF('sendonly'), call: 'set-remote' }, { ...ANSWER_OF('inactive'), call: 'set-local' }, ...UP.slice(2)]
		),
		recording([audio({})], [OFFER_OF('inactive'), ANSWER_OF('inactive'), ...UP.slice(2)]),
		/the offer of the other end says “sendonly”, and the answer of this end lets it neither/
	],
	[
		'video-slowed',
		recording(slowed(1), UP),
		recording(slowed(3), UP),
		/had 1 frames\/s from 20\.0 s to 60\.0 s, when the recording ends, and 15 frames\/s before that/
	],
	['video-slowed', recording(slowed(1, 11), UP), recording(slowed(1, 9), UP), /and 11 frames\/s before/],
	[
		'closed-by-other-end',
		// Without a log: own checks went on after the transport was closed.
		recording(closedTransport((s) => s)),
		recording(closedTransport((s) => Math.min(s, 20))),
		/The other end closed the connection at 20\.0 s/
	],
	[
		'path-narrow',
		narrowed(90_000, 0.2, [], 40),
		narrowed(90_000, 0.2, [], 22),
		/fell from 1\.5 Mbit\/s to 90 kbit\/s and rose again later \(from 19\.0 s/
	],
	[
		'receiver-reports-missing',
		recording(unseen({ dtlsState: 'connected', iceState: 'connected' })),
		// A part of the reports.
		recording(unseen({ iceState: 'connected' })),
		/no receiver report of the other end and no media of it, so whether what is sent arrives, loss/
	],
	[
		'connection-lost',
		recording(path(candidate('local', 'host'), candidate('remote', 'relay')), [
			...UP,
			state(40_000, 'connection-state', 'failed')
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'relay')), UP),
		/It led to a relay of the other end, whose TURN server may have stopped/
	],
	[
		'encodings-switched-off',
		recording(layersOff('l', 'h'), UP),
		// Another stream in its place.
		recording(layersOff(null, null), UP),
		/1 of 2 encodings \(layer h\) of this end’s video was switched off/
	],
	[
		'audio-source-silent',
		recording(sending('audio', {}, { totalAudioEnergy: (s) => Math.min(s, 20), totalSamplesDuration: (s) => s }), UP),
		recording(sending('audio', {}, { totalAudioEnergy: (s) => Math.min(s, 56), totalSamplesDuration: (s) => s }), UP),
		/was silent from 20\.0 s to 60\.0 s, when the recording ends, and had not been before/
	],
	[
		'ice-restarts',
		recording([], [...UP, ...['b', 'c', 'd', 'e'].map((name, i) => restartedAs(name, 5000 * (i + 1)))]),
		recording([], UP),
		/restarted 4 times, first at 5\.0 s.*, though the connection was never announced as down before the last one/
	],
	[
		'size-reduced-by-page',
		recording(scaled(90, 'none'), UP),
		recording(scaled(90, 'bandwidth'), UP),
		/had 160×90 pixels from 20\.0 s to 60\.0 s, of the 640×360 of its source/
	],
	['size-reduced-by-page', recording(scaled(180, 'none'), UP), recording(scaled(190, 'none'), UP), /had 320×180 pixels/],
	[
		'frame-rate-reduced-by-page',
		recording(paced(2, 30), UP),
		recording(paced(2, 2), UP),
		/had 2 frames\/s from 20\.0 s to 60\.0 s, of the 30 frames\/s of its source/
	],
	// A screen gives a frame when something changes.
	['frame-rate-reduced-by-page', recording(paced(1, 6), UP), recording(paced(1, 4), UP), /had 1 frames\/s/],
	[
		'media-lost-to-other-end',
		recording(reported(30, 2), UP),
		recording(reported(30, 0), UP),
		/reported the audio of this end no longer from 30\.0 s to 60\.0 s, though 1,500 packets/
	],
	['media-lost-to-other-end', recording(reported(45, 2), UP), recording(reported(46, 2), UP), /though 750 packets/],
	[
		'playout-held-back',
		recording([buffered(3000, 10)], UP),
		// The network needs it.
		recording([buffered(3000, 2900)], UP),
		/it waited 3\.0 s on average/
	],
	[
		'playout-held-back',
		recording([buffered(3000, 10)], UP),
		// Lost packets were waited for.
		recording([buffered(3000, 10, 400)], UP),
		/it waited 3\.0 s on average in the jitter buffer from 21\.0 s to 60\.0 s, and the network needed 10 ms/
	],
	['data-channel-ids-differ', bothChannels(0, 1), bothChannels(1, 1), /“chat” has number 0 at one end and 1 at the other/],
	[
		'data-channel-backlog',
		recording(backlog(200_000, 20_000), UP),
		recording(backlog(200_000, 210_000), UP),
		/gave its data channels 12 MB until 60\.0 s, and at most 1\.2 MB of that left this end: from 1\.0 s on/
	],
	[
		'data-channel-unanswered',
		recording([chat(3, 0)], UP),
		recording([chat(3, 1)], UP),
		/sent 120 messages on the data channel “chat” \(number 3\)/
	],
	[
		'negotiation-not-made',
		recording(
			[],
			[
				...UP,
				described(20_000, 'set-local', 'offer', sdp('actpass')),
				described(20_100, 'set-remote', 'offer', sdp('actpass')),
				described(20_200, 'set-local', 'answer', sdp('active')),
				event(20_300, 'negotiation-needed')
			]
		),
		recording([], [...UP, ...laterRound('set-remote', 'sendrecv', 'sendrecv')]),
		/this end took its own of 20\.0 s back for that of the other end/
	],
	[
		'consent-lost',
		recording(path(candidate('local', 'host'), candidate('remote', 'host'), asked(12, 6)), UP),
		// Few questions: one late answer.
		recording(path(candidate('local', 'host'), candidate('remote', 'host'), asked(1, 6)), UP),
		/From 20\.0 s to 26\.0 s 72 checks/
	],
	[
		'local-candidates-missing',
		recording([], FAILED),
		recording([], [...FAILED, event(50, 'candidate', { candidate: LINE })]),
		/no candidate/
	],
	[
		'remote-candidates-missing',
		recording([], FAILED),
		recording([], [...FAILED, event(50, 'add-candidate', { phase: 'called', candidate: LINE })]),
		/No candidate of the other end/
	],
	[
		'closed-while-checking',
		recording([], [OFFER, ANSWER, trickled('192.0.2.1'), state(600, 'ice-state', 'checking'), event(4600, 'close')]),
		recording([], [...FAILED, trickled('192.0.2.1'), event(40_000, 'close')]),
		/closed the connection 4\.0 s after it began to check/
	],
	[
		'candidate-pairs-missing',
		recording([candidate('local', 'host'), candidate('remote', 'host')], FAILED),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/1 candidate and knows 1 of .*no pair of them/
	],
	[
		'candidate-pairs-missing',
		recording(
			[candidate('local', 'host')],
			[...FAILED, trickled('192.0.2.1'), trickled('192.0.2.1'), trickled('6f1e3b5c.local')]
		),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/knows 2 of .*\(.local\) and were not found/
	],
	[
		'candidate-pairs-missing',
		recording([candidate('local', 'host')], [OFFER, ANSWER, trickled('192.168.1.7')], {
			userAgent: 'Mozilla/5.0 Chrome/156.0.0.0'
		}),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/Possible causes: a page that may not use the local network .*, candidates that arrived too late\./
	],
	[
		'candidate-pairs-failed',
		recording(
			[
				candidate('local', 'relay'),
				candidate('remote', 'host'),
				pair({ state: 'failed', nominated: false, selected: false, responsesReceived: 0 })
			],
			FAILED
		),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/none was ever answered\. It began at a relay of this end: a firewall that closes the relay ports/
	],
	[
		'candidate-pairs-failed',
		recording(
			[candidate('local', 'host'), candidate('remote', 'host'), pair({ state: 'failed', nominated: false, selected: false })],
			FAILED
		),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/none succeeded.*no relay candidate/
	],
	[
		'relay-missing',
		recording(
			[],
			[...FAILED, state(5000, 'gathering-state', 'complete')],
			{},
			{ configuration: '{"iceServers":[{"urls":"turn:x"}]}' }
		),
		recording(
			[candidate('local', 'relay')],
			[...FAILED, state(5000, 'gathering-state', 'complete')],
			{},
			{ configuration: '{"iceServers":[{"urls":"turn:x"}]}' }
		),
		/no relay candidate/
	],
	[
		'relay-missing',
		recording(
			[],
			[...UP.slice(0, 2), state(600, 'gathering-state', 'complete'), ...UP.slice(2)],
			{},
			{ configuration: '{ iceServers: [turn:x], iceTransportPolicy: all }' }
		),
		recording(
			[],
			[...UP, state(900, 'gathering-state', 'complete')],
			{},
			{ configuration: '{ iceServers: [turn:x], iceTransportPolicy: all }' }
		),
		/turn:x gave no relay candidate/
	],
	[
		'turn-server-error',
		recording([], [...FAILED, REFUSED], {}, TURN_ALONE),
		recording([candidate('local', 'relay', { url: TURN })], [...FAILED, REFUSED], {}, TURN_ALONE),
		/^turn:192\.0\.2\.9:3478 \(user name alice\) gave no relay\. UDP 192\.0\.2\.9:3478 answered after 70 ms with error 401/
	],
	[
		'turn-server-error',
		recording([], [serverError(null, 701, 'TURN allocate request timed out.')], { clock: 'none' }),
		recording([], [serverError(null, 701, 'TURN allocate request timed out.', 'stun:192.0.2.9')], { clock: 'none' }),
		/^turn:192\.0\.2\.9:3478 gave no relay\. Nothing came back from UDP 192\.0\.2\.9:3478\. A blocked port/
	],
	[
		'further-relay-refused',
		recording([candidate('local', 'relay', { url: TURN })], [serverError(70, 486, '')]),
		recording([candidate('local', 'relay', { url: TURN })], [serverError(70, 701, 'TURN allocate request timed out.')]),
		/^turn:192\.0\.2\.9:3478 gave a relay, and no other one\. UDP .* error 486: authentication works/
	],
	[
		'turn-port-never-tried',
		recording(
			[],
			FAILED,
			{ userAgent: CHROMIUM },
			{ configuration: '{"iceServers":[{"urls":"turn:192.0.2.9:25","username":"u"}]}' }
		),
		recording(
			[],
			FAILED,
			{ userAgent: CHROMIUM },
			{ configuration: '{"iceServers":[{"urls":"turn:192.0.2.9:443","username":"u"}]}' }
		),
		/^turn:192\.0\.2\.9:25 was never asked: this browser never tries TURN on port 25,/
	],
	[
		'relay-only-without-turn',
		recording([], FAILED, {}, { configuration: '{"iceServers":[{"urls":"stun:x"}],"iceTransportPolicy":"relay"}' }),
		recording([], FAILED, {}, { configuration: '{"iceServers":[{"urls":"stun:x"}],"iceTransportPolicy":"all"}' }),
		/no TURN server was configured, only stun:x/
	],
	[
		'relay-only-without-relay',
		recording([], FAILED, {}, TURN_ALONE),
		recording([candidate('local', 'relay')], FAILED, {}, TURN_ALONE),
		/got none from turn:192/
	],
	[
		'relay-only-without-relay',
		recording([], [...FAILED.slice(0, 2), state(10, 'gathering-state', 'gathering')], {}, TURN_ALONE),
		recording([candidate('local', 'relay')], FAILED, {}, TURN_ALONE),
		/After 60\.0 s of gathering it had neither given a relay nor refused/
	],
	[
		'candidates-private-only',
		recording(failedPath(candidate('remote', 'host', { address: '172.18.0.2' }))),
		recording(failedPath(candidate('remote', 'srflx'))),
		/other end offered only 172\.18\.0\.2, an address .* such as a container’s/
	],
	[
		'candidates-private-only',
		recording(failedPath(candidate('remote', 'host', { address: '127.0.0.1' }))),
		recording(failedPath(candidate('remote', 'srflx'))),
		/offered only 127\.0\.0\.1, and no relay: a loopback address/
	],
	[
		'candidates-private-only',
		recording([candidate('local', 'host', { address: '172.18.0.2' })]),
		recording([candidate('local', 'host')]),
		/This end has only 172\.18\.0\.2/
	],
	[
		'relay-signs-of-refusal',
		recording(
			[candidate('local', 'srflx', { url: 'stun:x' })],
			[event(300, 'candidate-error', { error: 'Authentication failed?' })]
		),
		recording(
			[candidate('local', 'relay', { url: 'turn:x' })],
			[event(300, 'candidate-error', { error: 'Authentication failed?' })]
		),
		/stun:x answered STUN requests, .*\(error 401\)/
	],
	[
		'reflexive-address-private',
		recording([candidate('local', 'srflx', { address: '192.168.122.1', url: 'stun:turn.example.org' })]),
		recording([candidate('local', 'srflx', { address: '192.168.122.1', url: 'stun:192.168.122.5' })]),
		/saw this device as 192\.168\.122\.1, .*source-NATed/
	],
	[
		'checks-one-way',
		recording(
			failedPath(candidate('remote', 'srflx'), { requestsSent: (s) => s, requestsReceived: (s) => s, responsesReceived: 0 })
		),
		recording(failedPath(candidate('remote', 'srflx'), { requestsSent: (s) => s, requestsReceived: 0, responsesReceived: 0 })),
		/one direction at most: 60 checks of the other end arrived/
	],
	[
		'remote-names-only',
		recording([candidate('local', 'host')], [...FAILED, trickled('6f1e3b5c.local'), trickled('6f1e3b5c.local')]),
		recording([candidate('local', 'host')], [...FAILED, trickled('6f1e3b5c.local'), trickled('198.51.100.9')]),
		/offered only 1 name in the place of addresses \(\.local\), which is found by multicast DNS/
	],
	[
		'relay-refresh-refused',
		lostAfter(540, { events: [refused(540_400)] }),
		lostAfter(540),
		/^turn:192\.0\.2\.9:3478 \(user name alice\) refused to prolong its relay, 539\.9 s after it was given: .* error 401\. Media went over it/
	],
	[
		'relay-refresh-refused',
		shifted(lostAfter(540, { events: [refused(540_400)], username: '1700000480:bob' }), T0),
		shifted(lostAfter(540, { username: '1700000480:bob' }), T0),
		/error 401\. The credential of this user name had expired 60\.4 s before/
	],
	[
		'relay-lost-at-expiry',
		lostAfter(601),
		lostAfter(570),
		/nothing arrived any more from 10:01 min on, 10:01 min after the relay was given\. 10:00 min is how long an allocation lives/
	],
	[
		'relay-lost-at-expiry',
		shifted(lostAfter(200, { username: '1700000140:bob' }), T0),
		shifted(lostAfter(200, { username: '1700086400:bob' }), T0),
		/The credential of the user name 1700000140:bob had expired 60\.0 s before/
	],
	['relay-lost-at-expiry', lostAfter(541), lostAfter(541, { type: 'host' }), /540\.0 s after an allocation libwebrtc asks/],
	[
		'drop-at-known-timer',
		lostAfter(61, { type: 'host' }),
		lostAfter(75, { type: 'host' }),
		/^The path ended at 61\.0 s, 60\.0 s after it was connected\. That is close to 60 s, .* no proof/
	],
	[
		'drop-at-known-timer',
		recording([], [...UP, state(303_000, 'connection-state', 'disconnected'), state(310_000, 'connection-state', 'failed')]),
		recording([], [...UP, state(333_000, 'connection-state', 'disconnected'), state(340_000, 'connection-state', 'failed')]),
		/at about 303\.0 s/
	],
	[
		'setup-roles-conflict',
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), NO_DTLS('actpass')),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), NO_DTLS('active')),
		/The answer says “a=setup:actpass”/
	],
	[
		'ice-password-mismatch',
		bothEnds('BB:', 'otherpassword'),
		bothEnds('BB:'),
		/password .* is not the one that the other end announced/
	],
	['fingerprint-mismatch', bothEnds('DD:'), bothEnds('BB:'), /is not the one that the other end announced/],
	[
		'remote-credentials-changed',
		recording([], [...UP, SECOND_ANSWER, state(40_000, 'connection-state', 'failed')]),
		recording(
			[],
			[
				...UP,
				described(19_000, 'set-local', 'offer', sdp('actpass', { ufrag: 'new1' })),
				SECOND_ANSWER,
				state(40_000, 'connection-state', 'failed')
			]
		),
		/At 20\.0 s the other end came with new ICE credentials/
	],
	[
		'recorded-after-failure',
		recording([], [OFFER, ANSWER, state(500, 'ice-state', 'failed')]),
		recording([], FAILED),
		/had failed already/
	],
	[
		'video-not-decoded',
		recording([
			video('inbound-rtp', {
				packetsReceived: (s) => 100 * s,
				framesReceived: (s) => 25 * s,
				framesDecoded: 0,
				pliCount: (s) => s
			})
		]),
		recording([
			video('inbound-rtp', { packetsReceived: (s) => 100 * s, framesReceived: (s) => 25 * s, framesDecoded: (s) => 25 * s })
		]),
		/1,500 frames in 6,000 packets arrived, and none was decoded; this end asked for a keyframe 60 times/
	],
	[
		'packets-without-frames',
		recording([video('inbound-rtp', { packetsReceived: (s) => 100 * s, framesReceived: 0, framesDecoded: 0 })]),
		recording([video('inbound-rtp', { packetsReceived: 0, framesReceived: 0, framesDecoded: 0 })]),
		/not one whole frame/
	],
	[
		'receiver-reports-missing',
		recording([...DTLS_UP, track('O', 'outbound-rtp', 30, { kind: 'audio', packetsSent: (s) => 50 * s })]),
		recording([
			...DTLS_UP,
			track('O', 'outbound-rtp', 30, { kind: 'audio', packetsSent: (s) => 50 * s }),
			track('RI', 'remote-inbound-rtp', 30, { kind: 'audio' })
		]),
		/sent audio for 30\.0 s, .*no receiver report/
	],
	[
		'source-without-frames',
		recording([
			video('outbound-rtp', {}),
			track('M', 'media-source', 60, { kind: 'video', frames: (s) => 30 * Math.min(s, 20) })
		]),
		recording([video('outbound-rtp', {}), track('M', 'media-source', 60, { kind: 'video', frames: (s) => 30 * s })]),
		/no frame from 20\.0 s to 60\.0 s/
	],
	[
		'keyframe-requests-many',
		recording([video('outbound-rtp', { pliCount: (s) => 2 * s })]),
		recording([video('outbound-rtp', { pliCount: (s) => Math.floor(s / 10) })]),
		/the other end asked for a keyframe 120 times/
	],
	[
		'codec-changed',
		recording([
			codec('C1', 'video/H264', 'profile-level-id=42e01f'),
			codec('C2', 'video/VP8'),
			video('outbound-rtp', { codecId: (s) => (s < 20 ? 'C1' : 'C2') })
		]),
		recording([
			codec('C1', 'video/VP8'),
			codec('C2', 'video/VP8'),
			video('outbound-rtp', { codecId: (s) => (s < 20 ? 'C1' : 'C2') })
		]),
		/^video, sent: the codec changed from video\/H264 \(profile 42e01f\) to video\/VP8 at 20\.0 s\.$/
	],
	[
		'codec-changed',
		recording([codec('C1', 'audio/opus'), codec('C2', 'audio/PCMU'), audio({ codecId: (s) => (s % 20 < 10 ? 'C1' : 'C2') })]),
		recording([codec('C1', 'audio/opus'), codec('C2', 'audio/CN'), audio({ codecId: (s) => (s % 20 < 10 ? 'C1' : 'C2') })]),
		/from audio\/opus to audio\/PCMU at 10\.0 s, and 5 more times afterwards/
	],
	[
		'coder-changed',
		recording([
			video('outbound-rtp', {
				encoderImplementation: (s) => (s < 2 ? 'unknown' : s < 40 ? 'ExternalEncoder' : 'libvpx'),
				powerEfficientEncoder: (s) => (s < 2 ? null : s < 40)
			})
		]),
		recording([
			video('outbound-rtp', {
				encoderImplementation: (s) => (s < 2 ? null : 'libvpx'),
				powerEfficientEncoder: (s) => (s < 3 ? null : false)
			})
		]),
		/encoder changed from ExternalEncoder \(power-efficient\) to libvpx \(not power-efficient\) at 40\.0 s\.$/
	],
	[
		'coder-changed',
		recording([video('inbound-rtp', { powerEfficientDecoder: (s) => s < 40 })]),
		recording([video('inbound-rtp', { powerEfficientDecoder: true })]),
		/decoder changed from power-efficient to not power-efficient at 40\.0 s/
	],
	[
		'simulcast-layers',
		recording([layer('l', 1), layer('h', 4)]),
		recording([layer('l', 1)]),
		/^Simulcast of 2 layers: l: 160×90, 8 kbit\/s, 30 frames\/s, limited by cpu 75\.0 % of the time; h: 640×360, 32 kbit\/s, /
	],
	[
		'simulcast-layer-unsent',
		recording([
			layer('l', 1),
			layer('h', 0, { active: false, mediaSourceId: 'M' }),
			track('M', 'media-source', 60, { kind: 'video', width: 320, height: 180 })
		]),
		recording([layer('l', 1), layer('h', 4)]),
		/^The simulcast layer h was never sent: the browser says that it is not active.* \(source: 320×180\)\.$/
	],
	[
		'simulcast-layer-unsent',
		recording([layer('l', 1), layer('h', 0, { active: true, qualityLimitationReason: 'bandwidth' })]),
		recording([layer('l', 1), layer('h', 4)]),
		/layer h was never sent: the browser says that bandwidth limits it/
	],
	[
		'candidate-errors',
		recording([], [event(10, 'candidate-error', { error: '{"errorCode":701}' })]),
		recording([], UP),
		/1 error .*, code 701\./
	],
	[
		'relay-address-private',
		recording([candidate('local', 'relay', { address: '10.0.0.5' })], FAILED),
		recording([candidate('local', 'relay')], FAILED),
		/10\.0\.0\.5.*external-ip/
	],
	[
		'dtls-unfinished',
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), [
			...UP.slice(0, 4),
			state(950, 'dtls-state', 'connecting'),
			state(20_000, 'connection-state', 'failed')
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'host')), UP),
		/stayed “connecting”/
	],
	[
		'peer-changed',
		recording([], [...UP, described(20_000, 'set-remote', 'answer', sdp('active', { user: '9', print: 'CC:' }))]),
		recording([], UP),
		/new session and a new certificate/
	],
	[
		'set-up-slow',
		recording(
			[],
			[OFFER, { ...ANSWER, atMs: 7000 }, state(7200, 'ice-state', 'connected'), state(7300, 'connection-state', 'connected')]
		),
		recording([], UP),
		/7\.3 s.*7\.0 s of it was waiting for the answer/
	],
	[
		'set-up-slow',
		recording([], [OFFER, ANSWER, state(7300, 'connection-state', 'connected')]),
		recording([], UP),
		/6\.8 s of it was finding a path \(ICE\) and the DTLS handshake/
	],
	[
		'connection-lost',
		recording([], [...UP, state(40_000, 'connection-state', 'disconnected'), state(50_000, 'connection-state', 'failed')]),
		recording([], UP),
		/lost at 50\.0 s/
	],
	[
		'connection-lost',
		recording(
			[],
			[
				...UP,
				state(40_000, 'connection-state', 'disconnected'),
				described(42_000, 'set-local', 'offer', sdp('actpass', { ufrag: 'wxyz' })),
				state(50_000, 'connection-state', 'failed')
			]
		),
		recording([], UP),
		/though ICE was restarted at 42\.0 s, by an offer that was never answered\./
	],
	[
		'connection-lost',
		recording(
			[],
			[
				...UP,
				state(40_000, 'connection-state', 'disconnected'),
				described(42_000, 'set-local', 'offer', sdp('actpass', { ufrag: 'wxyz' })),
				described(43_000, 'set-remote', 'answer', sdp('active', { user: '2', print: 'BB:', ufrag: 'zyxw' })),
				state(50_000, 'connection-state', 'failed')
			]
		),
		recording([], UP),
		/though ICE was restarted at 42\.0 s\.$/
	],
	[
		'closed-by-other-end',
		recording([closing('closed')], [...UP, state(40_000, 'connection-state', 'failed')]),
		recording([closing('closed')], [...UP, event(20_000, 'close')]),
		/other end closed the connection at 20\.0 s/
	],
	[
		'media-direction-ended',
		recording([flows('packetsSent'), flows('packetsReceived')], [...UP, ...laterRound('set-remote', 'inactive', 'inactive')]),
		recording(
			[flows('packetsSent'), flows('packetsReceived')],
			[...UP, ...laterRound('set-remote', 'inactive', 'inactive'), ...laterRound('set-local', 'sendrecv', 'sendrecv')]
		),
		/From 20\.5 s on no audio is to be sent either way: the description of the other end says “inactive”, as when a call is put on hold/
	],
	[
		'media-direction-ended',
		recording([flows('packetsSent'), flows('packetsReceived')], [...UP, ...laterRound('set-remote', 'sendrecv', 'sendonly')]),
		recording([flows('packetsSent')], [...UP, ...laterRound('set-remote', 'sendrecv', 'sendonly')]),
		/no audio is to be sent by the other end: the description of this end says “sendonly”/
	],
	[
		'media-direction-ended',
		recording([flows('packetsSent'), flows('packetsReceived')], [...UP, ...laterRound('set-local', '0', '0')]),
		recording(
			[flows('packetsSent'), flows('packetsReceived')],
			[...UP, ...laterRound('set-local', '0', '0'), event(20_500, 'set-remote', { phase: 'failed', error: 'refused' })]
		),
		/the description of this end has port 0 there, as for a transceiver that was stopped/
	],
	[
		'inbound-media-stopped',
		recording([flows('packetsReceived')], UP),
		recording([flows('packetsReceived')], [...UP, ...laterRound('set-remote', 'inactive', 'inactive')]),
		/No audio .* arrived any more from 20\.0 s to 60\.0 s, .*not known: it may have stopped, or its packets are lost on the way\.$/
	],
	[
		'inbound-media-stopped',
		recording([flows('packetsReceived'), reportsOf((s) => 50 * Math.min(s, 20))], UP),
		recording([flows('packetsReceived'), reportsOf((s) => 50 * s)], UP),
		/count no packet that it sent since: it stopped sending/
	],
	[
		'media-lost-on-path',
		recording([flows('packetsReceived'), reportsOf((s) => 50 * s)], UP),
		recording([flows('packetsReceived'), reportsOf((s) => 50 * Math.min(s, 20))], UP),
		/No audio arrived any more from 20\.0 s to 60\.0 s, .* count 1,950 packets that it sent since/
	],
	[
		'later-offer-unanswered',
		recording(
			[],
			[...UP, described(20_000, 'set-local', 'offer', `${sdp('actpass')}m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n`)]
		),
		recording(
			[],
			[...UP, described(20_000, 'set-local', 'offer', sdp('actpass')), event(20_100, 'signaling-state', { state: 'stable' })]
		),
		/This end made a new offer at 20\.0 s, and in 40\.0 s no answer was set: the video \(mid 1\) that it adds never came into force/
	],
	[
		'later-offer-unanswered',
		recording([], [...UP, described(20_000, 'set-remote', 'offer', sdp('actpass'))]),
		recording([], [...UP, ...laterRound('set-remote', 'sendrecv', 'sendrecv')]),
		/The other end made a new offer .*: what it was to change never came/
	],
	[
		'negotiation-not-made',
		recording([], [...UP, event(20_000, 'negotiation-needed')]),
		recording([], [...UP, event(20_000, 'negotiation-needed'), ...laterRound('set-local', 'sendrecv', 'sendrecv')]),
		/At 20\.0 s the browser said that negotiation is needed, .* in 40\.0 s no offer was made/
	],
	[
		'audio-source-ended',
		recording(sending('audio', {}, { totalSamplesDuration: (s) => Math.min(s, 20) }), UP),
		recording(sending('audio', {}, { totalSamplesDuration: (s) => s }), UP),
		/microphone\) delivered nothing from 20\.0 s to 60\.0 s/
	],
	[
		'sender-without-track',
		recording(sending('video', { mediaSourceId: (s) => (s < 20 ? 'M' : 'none') }), UP),
		recording([...sending('video', { mediaSourceId: (s) => (s < 20 ? 'M' : 'M2') }), track('M2', 'media-source', 60, {})], UP),
		/Between 19\.0 s and 20\.0 s the track was taken from the sender of this end’s video/
	],
	[
		'encodings-switched-off',
		recording(sending('video', { active: (s) => s < 20 }), UP),
		recording(
			[
				...sending('video', { active: (s) => s < 20 }),
				track('O2', 'outbound-rtp', 60, { kind: 'video', packetsSent: (s) => s, active: true })
			],
			UP
		),
		/Between 19\.0 s and 20\.0 s the encoding of this end’s video was switched off/
	],
	[
		'data-channel-closed',
		recording([channels(2), track('D', 'data-channel', 19, { label: 'chat' })], UP),
		recording([channels(1), track('D', 'data-channel', 19, { label: 'chat' })], UP),
		/The data channel “chat” was closed between 19\.0 s and 20\.0 s, and none is open since then/
	],
	[
		'connection-interruptions',
		recording([], [...UP, state(40_000, 'connection-state', 'disconnected'), state(45_000, 'connection-state', 'connected')]),
		recording([], UP),
		/at 40\.0 s; connected again 5\.0 s later\.$/
	],
	[
		'connection-interruptions',
		recording(path(candidate('local', 'relay', { url: 'turn:198.51.100.9' }), candidate('remote', 'host')), [
			...UP,
			state(40_000, 'connection-state', 'disconnected'),
			state(45_000, 'connection-state', 'connected')
		]),
		recording([], UP),
		/over the relay of turn:198\.51\.100\.9: a TURN server that was started anew/
	],
	[
		'connection-interruptions',
		recording(
			path(candidate('local', 'host'), candidate('remote', 'host'), {
				bytesReceived: (s: number) => 100 * (s <= 35 ? s : s <= 44 ? 35 : s - 9)
			}),
			[
				...UP,
				state(40_000, 'connection-state', 'disconnected'),
				described(42_000, 'set-local', 'offer', sdp('actpass', { ufrag: 'wxyz' })),
				state(42_100, 'connection-state', 'connecting'),
				state(44_500, 'connection-state', 'connected')
			]
		),
		recording([], [...UP, state(40_000, 'connection-state', 'disconnected'), state(42_000, 'connection-state', 'connecting')]),
		/connected again 4\.5 s later, in which ICE was restarted after 2\.0 s\. No packet arrived for at least 9\.0 s, from 35\.0 s on\./
	],
	[
		'ice-restarts',
		recording([], [...UP, described(20_000, 'set-local', 'offer', sdp('actpass', { ufrag: 'wxyz' }))]),
		recording([], UP),
		/restarted once, first at 20\.0 s\.$/
	],
	[
		'ice-restarts',
		recording(
			[
				candidate('local', 'host'),
				candidate('remote', 'host'),
				pair({ selected: (s) => s <= 20 }),
				pair({ selected: (s) => s > 20 }, 60, 'Q')
			],
			[...UP, described(20_000, 'set-local', 'offer', sdp('actpass', { ufrag: 'wxyz' }))]
		),
		recording([], UP),
		/restarted once, first at 20\.0 s; media went over another pair within 1\.0 s/
	],
	[
		'consent-lost',
		recording(
			path(candidate('local', 'host'), candidate('remote', 'host'), {
				consentRequestsSent: (s: number) => s,
				responsesReceived: (s: number) => Math.min(s, 30)
			})
		),
		recording(
			path(candidate('local', 'host'), candidate('remote', 'host'), {
				consentRequestsSent: (s: number) => s,
				responsesReceived: (s: number) => s
			})
		),
		/From 30\.0 s to 60\.0 s/
	],
	[
		'relay-over-stream',
		recording(path(candidate('local', 'relay', { relayProtocol: 'tls' }), candidate('remote', 'host'))),
		recording(path(candidate('local', 'host'), candidate('remote', 'host'))),
		/over TLS/
	],
	[
		'relay-used',
		recording(path(candidate('local', 'relay', { relayProtocol: 'udp' }), candidate('remote', 'host'))),
		recording(path(candidate('local', 'host'), candidate('remote', 'host'))),
		/relay of this end/
	],
	[
		'path-changed',
		recording([
			candidate('local', 'host'),
			candidate('remote', 'host'),
			pair({ selected: (s) => s <= 30 }),
			pair({ selected: (s) => s > 30 }, 60, 'Q')
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'host'))),
		/At 31\.0 s media moved from host udp to host udp to host udp to host udp\.$/
	],
	[
		'path-changed',
		recording([
			candidate('local', 'host', { networkType: 'wifi' }),
			{ ...candidate('local', 'host', { networkType: 'cellular', address: '192.0.3.1' }), id: 'L2' },
			candidate('remote', 'host'),
			pair({ selected: (s) => s <= 30, bytesReceived: (s) => 100 * Math.min(s, 27) }),
			pair({ selected: (s) => s > 30, localCandidateId: 'L2', bytesReceived: (s) => 100 * Math.max(0, s - 32) }, 60, 'Q')
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'host'))),
		/, and this device from the network wifi \(192\.0\.2\.1\) to the network cellular \(192\.0\.3\.1\)\. No packet arrived for at least 5\.0 s/
	],
	[
		'dtls-parameters',
		recording([
			track('T', 'transport', 30, {
				tlsVersion: 'FEFC',
				dtlsCipher: 'TLS_AES_128_GCM_SHA256',
				srtpCipher: 'SRTP_AES128_CM_HMAC_SHA1_80',
				tlsGroup: 'X25519MLKEM768'
			})
		]),
		recording(DTLS_UP),
		/^Encryption: DTLS 1\.3, cipher TLS_AES_128_GCM_SHA256, group X25519MLKEM768, SRTP with SRTP_AES128_CM_HMAC_SHA1_80\.$/
	],
	[
		'dtls-parameters',
		recording([track('T', 'transport', 30, { tlsVersion: 'feff' })]),
		recording(DTLS_UP),
		/^Encryption: DTLS 1\.0\. DTLS 1\.0 is no longer to be used/
	],
	[
		'round-trip-time-high',
		recording(
			path(candidate('local', 'host'), candidate('remote', 'host'), {
				currentRoundTripTime: (s: number) => (s >= 20 && s <= 30 ? 0.7 : 0.05)
			})
		),
		recording(
			path(candidate('local', 'host'), candidate('remote', 'host'), {
				currentRoundTripTime: (s: number) => (s === 20 ? 0.7 : 0.05)
			})
		),
		/up to 700 ms/
	],
	[
		'vpn-interface',
		recording(path(candidate('local', 'host', { vpn: true }), candidate('remote', 'host'))),
		recording(path(candidate('local', 'host', { vpn: false }), candidate('remote', 'host'))),
		/leaves this device by a VPN/
	],
	[
		'vpn-interface',
		recording([
			{ ...candidate('local', 'srflx', { vpn: true }), id: 'L0' },
			...path(candidate('local', 'host', { vpn: true }), candidate('remote', 'host'))
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'host'))),
		/leaves this device by a VPN/
	],
	[
		'vpn-interface',
		recording([candidate('local', 'host', { vpn: true })]),
		recording([candidate('local', 'host')]),
		/does not show over which path/
	],
	[
		'clock-skew',
		recording([track('O', 'remote-outbound-rtp', 10, { remoteTimestamp: (s) => s * S + 90_000 + 1 })]),
		recording([track('O', 'remote-outbound-rtp', 10, { remoteTimestamp: (s) => s * S + 20 })]),
		/90\.0 s ahead/
	],
	[
		'loss-burst',
		recording([audio({ packetsLost: step(20, 30, 5) })]),
		recording([audio({ packetsLost: (s) => (s > 20 ? 1 : 0) })]),
		/9\.1 % of the packets were lost from 20\.0 s to 30\.0 s \(50 of 550\)/
	],
	[
		'loss-reported',
		recording([track('RI', 'remote-inbound-rtp', 60, { kind: 'audio', fractionLost: (s) => (s > 20 && s <= 30 ? 0.1 : 0) })]),
		recording([track('RI', 'remote-inbound-rtp', 60, { kind: 'audio', fractionLost: 0.01 })]),
		/the receiver reported a mean loss of 10\.0 %/
	],
	[
		'jitter-high',
		recording([audio({ jitter: (s) => (s > 10 && s < 20 ? 0.08 : 0.005) })]),
		recording([audio({ jitter: 0.005 })]),
		/up to 80 ms/
	],
	[
		'picture-freezes',
		recording([video('inbound-rtp', { freezeCount: step(20, 24, 1), totalFreezesDuration: step(20, 24, 0.5) })]),
		recording([video('inbound-rtp', { freezeCount: 0, totalFreezesDuration: 0 })]),
		/froze 4 times, 2\.0 s in all, first at 21\.0 s/
	],
	[
		'picture-freezes',
		recording([video('inbound-rtp', { freezeCount: (s) => (s === 10 ? null : s < 20 ? 5 : 6) })]),
		recording([video('inbound-rtp', { freezeCount: (s) => (s === 10 ? null : 5) })]),
		/froze 1 time, first at 20\.0 s/
	],
	[
		'bandwidth-limited',
		recording([video('outbound-rtp', { qualityLimitationReason: (s) => (s > 30 ? 'bandwidth' : 'none') })]),
		recording([video('outbound-rtp', { qualityLimitationReason: (s) => (s < 8 ? 'bandwidth' : 'none') })]),
		/limited for 29\.0 s by available bandwidth/
	],
	[
		'cpu-limited',
		recording([video('outbound-rtp', { qualityLimitationReason: 'cpu' })]),
		recording([video('outbound-rtp', { qualityLimitationReason: 'none' })]),
		/by the load of the processor/
	],
	[
		'resolution-drop',
		recording([video('outbound-rtp', { frameHeight: (s) => (s > 30 ? 180 : 720) })]),
		recording([video('outbound-rtp', { frameHeight: (s) => (s > 30 ? 540 : 720) })]),
		/from 720 to 180 pixels at 31\.0 s/
	],
	[
		'audio-missing',
		recording([...path(candidate('local', 'host'), candidate('remote', 'host')), audio({ packetsReceived: 0 })], UP),
		recording([...path(candidate('local', 'host'), candidate('remote', 'host')), audio({})], UP),
		/No audio arrived, though both ends/
	],
	[
		'audio-silent',
		recording([audio({ totalAudioEnergy: 0, totalSamplesReceived: (s) => 48_000 * s })]),
		recording([audio({ totalAudioEnergy: (s) => s / 100 })]),
		/all of them were silent/
	],
	[
		'microphone-silent',
		recording([track('M', 'media-source', 60, { kind: 'audio', totalAudioEnergy: 0, totalSamplesDuration: (s) => s })]),
		recording([track('M', 'media-source', 60, { kind: 'audio', totalAudioEnergy: (s) => s, totalSamplesDuration: (s) => s })]),
		/captured was silent for all of 60\.0 s/
	],
	[
		'concealment-high',
		recording([
			audio({ concealedSamples: step(20, 30, 9600), silentConcealedSamples: 0, totalSamplesReceived: (s) => 48_000 * s })
		]),
		recording([
			audio({
				concealedSamples: step(20, 30, 9600),
				silentConcealedSamples: step(20, 30, 9600),
				totalSamplesReceived: (s) => 48_000 * s
			})
		]),
		/20\.0 % of the audio was concealed/
	],
	[
		'negotiated-not-sent',
		recording([...path(candidate('local', 'host'), candidate('remote', 'host')), audio({ mid: '0' })], UP),
		recording(
			[
				...path(candidate('local', 'host'), candidate('remote', 'host')),
				audio({ mid: '0' }),
				track('O', 'outbound-rtp', 60, { kind: 'audio', mid: '0', packetsSent: (s) => s })
			],
			UP
		),
		/never sent a packet/
	],
	[
		'negotiated-not-received',
		recording([track('O', 'outbound-rtp', 60, { kind: 'audio', mid: '0', packetsSent: (s) => s })], UP),
		recording([audio({ mid: '0' }), track('O', 'outbound-rtp', 60, { kind: 'audio', mid: '0', packetsSent: (s) => s })], UP),
		/no packet of it arrived/
	],
	[
		'path-not-signalled',
		recording(path(candidate('local', 'host'), candidate('remote', 'prflx')), [
			event(1, 'add-candidate', { phase: 'called', candidate: LINE })
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'host', { address: '192.0.2.1' })), [
			event(1, 'add-candidate', { phase: 'called', candidate: LINE })
		]),
		/never signalled/
	],
	[
		'candidate-unexpected',
		recording(path(candidate('local', 'host'), candidate('remote', 'srflx')), [
			event(1, 'add-candidate', { phase: 'called', candidate: LINE })
		]),
		recording(path(candidate('local', 'host'), candidate('remote', 'host', { address: '192.0.2.1' })), [
			event(1, 'add-candidate', { phase: 'called', candidate: LINE })
		]),
		/198\.51\.100\.1:5000/
	],
	[
		'sdp-lines-duplicate',
		recording([], [described(0, 'set-local', 'offer', sdp('actpass', { lines: 'a=rtcp-mux' }))]),
		recording([], [OFFER]),
		/local offer, line 15/
	],
	[
		'sdp-problems',
		recording([], [described(0, 'set-local', 'offer', sdp('actpass').replace(/a=fingerprint.*\r\n/, ''))]),
		recording([], [OFFER]),
		/break rules/
	],
	[
		'dump-truncated',
		recording([], [], { notes: [{ rule: 'start-truncated', text: 'The beginning is not there.', where: '1-1' }] }),
		recording([]),
		/Connection 1-1: .* 1000 samples/
	],
	[
		'recorder-clock-set',
		recording([], [], { notes: [{ rule: 'clock-jumped', text: 'The clock jumped.', where: '', byMs: 3000 }] }),
		recording([]),
		/set back by 3\.0 s/
	],
	[
		'media-request-failed',
		recording([], [], {
			media: [{ atMs: 1, method: 'getUserMedia', audio: null, video: null, outcome: 'failed', detail: 'NotAllowedError' }]
		}),
		recording([]),
		/NotAllowedError/
	]
];

/** As a report holds a recording that was read from a dump. */
export function importObservation(recording: Recording): Observation {
	return {
		probe: 'imported-stats',
		step: 'imported-stats',
		target: null,
		startedMs: 0,
		tookMs: 0,
		outcome: { state: 'seen', data: { fileName: 'dump.json', recording, keptEvery: 1 } }
	};
}
