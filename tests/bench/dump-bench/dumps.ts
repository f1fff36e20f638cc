/** Dumps of any size: the statistics of a call with several streams, as Chrome's internals page and as rtcstats write them. */
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const T0 = Date.UTC(2026, 0, 1);
/** Chrome keeps this many. */
const SAMPLES = 1000;

type Value = number | string | boolean;

interface Statistics {
	id: string;
	type: string;
	fields: Record<string, (second: number) => Value>;
}

/** The same numbers in every run. */
function makeRandom(seed: number): () => number {
	let state = seed >>> 0 || 1;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** One connection: streams both ways, pairs and candidates, a transport, codecs. What stays the same is written every second too, as Chrome does. */
function statisticsOf(connection: number): Statistics[] {
	const random = makeRandom(connection + 1);
	const constant = (value: Value) => () => value;
	const counter = (rate: number, digits = 0) => {
		const offset = random();
		return (second: number) => Number(((second + offset + Math.sin(second * offset) / 3) * rate).toFixed(digits));
	};
	const gauge = (middle: number) => {
		const phase = random() * 7;
		return (second: number) => Number((middle * (1 + Math.sin(second / 9 + phase) / 4)).toFixed(6));
	};
	const all: Statistics[] = [];
	const pairs = 12;
	all.push({
		id: 'T01',
		type: 'transport',
		fields: {
			bytesSent: counter(310_000),
			bytesReceived: counter(240_000),
			packetsSent: counter(320),
			packetsReceived: counter(290),
			dtlsState: constant('connected'),
			iceState: constant('connected'),
			selectedCandidatePairId: constant('CP0'),
			selectedCandidatePairChanges: constant(1)
		}
	});
	for (let pair = 0; pair < pairs; pair++) {
		const used = pair === 0;
		all.push({
			id: `CP${pair}`,
			type: 'candidate-pair',
			fields: {
				state: constant(used ? 'succeeded' : pair % 3 === 0 ? 'failed' : 'in-progress'),
				nominated: constant(used),
				localCandidateId: constant(`IL${pair}`),
				remoteCandidateId: constant(`IR${pair}`),
				bytesSent: used ? counter(310_000) : constant(0),
				bytesReceived: used ? counter(240_000) : constant(0),
				currentRoundTripTime: used ? gauge(0.043) : constant(0),
				availableOutgoingBitrate: used ? gauge(2_400_000) : constant(0),
				requestsSent: counter(0.4),
				responsesReceived: used ? counter(0.4) : constant(0)
			}
		});
		for (const side of ['local', 'remote'] as const)
			all.push({
				id: `I${side === 'local' ? 'L' : 'R'}${pair}`,
				type: `${side}-candidate`,
				fields: {
					candidateType: constant(pair % 2 === 0 ? 'host' : 'srflx'),
					address: constant(`203.0.113.${pair + (side === 'local' ? 1 : 101)}`),
					port: constant(40_000 + pair),
					protocol: constant('udp'),
					priority: constant(2_130_706_431 - pair)
				}
			});
	}
	for (let stream = 0; stream < 12; stream++) {
		const sent = stream % 3 === 0;
		const video = stream % 4 !== 1;
		const fields: Statistics['fields'] = {
			kind: constant(video ? 'video' : 'audio'),
			ssrc: constant(1_000_000 + connection * 100 + stream),
			mid: constant(String(stream)),
			codecId: constant(`C${video ? 0 : 1}`),
			transportId: constant('T01')
		};
		const way = sent ? 'Sent' : 'Received';
		fields[`packets${way}`] = counter(48 + stream);
		fields[`bytes${way}`] = counter(48_000 + stream * 77);
		fields[`headerBytes${way}`] = counter(1_300);
		fields.nackCount = counter(0.3);
		if (!sent) {
			fields.packetsLost = counter(0.2);
			fields.jitter = gauge(0.004);
			fields.jitterBufferDelay = counter(2.2, 6);
			fields.jitterBufferEmittedCount = counter(48_000);
			fields.totalProcessingDelay = counter(2.9, 6);
			fields.lastPacketReceivedTimestamp = (second) => T0 + second * 1000 + 0.5;
		}
		if (video) {
			fields[sent ? 'framesEncoded' : 'framesDecoded'] = counter(30);
			fields[sent ? 'totalEncodeTime' : 'totalDecodeTime'] = counter(0.11, 6);
			fields.framesPerSecond = (second) => 29 + (second % 3);
			fields.frameWidth = constant(1280);
			fields.frameHeight = constant(720);
			fields.qpSum = counter(700);
			fields[sent ? 'encoderImplementation' : 'decoderImplementation'] = constant('libvpx');
			if (sent) fields.qualityLimitationReason = (second) => (second % 200 < 20 ? 'bandwidth' : 'none');
			else fields.totalFreezesDuration = counter(0.001, 3);
		} else {
			fields.audioLevel = gauge(0.11);
			fields.totalAudioEnergy = counter(0.01, 6);
			fields.totalSamplesDuration = counter(1, 2);
			if (!sent) fields.concealedSamples = counter(9);
		}
		all.push({ id: `${sent ? 'OT' : 'IT'}01${video ? 'V' : 'A'}${stream}`, type: sent ? 'outbound-rtp' : 'inbound-rtp', fields });
	}
	['video/VP8', 'audio/opus'].forEach((mimeType, index) =>
		all.push({
			id: `C${index}`,
			type: 'codec',
			fields: {
				mimeType: constant(mimeType),
				clockRate: constant(index === 0 ? 90_000 : 48_000),
				payloadType: constant(96 + index)
			}
		})
	);
	return all;
}

/** How a call begins: offer, answer, candidates of both ends, states. */
function eventsOf(): [type: string, value: unknown][] {
	const section = (mid: number) =>
		`m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:${mid}\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\n`;
	const sdp = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${Array.from({ length: 12 }, (_, mid) => section(mid)).join('')}`;
	const candidate = (index: number) => ({
		candidate: `candidate:${index} 1 udp ${2_122_260_223 - index} 203.0.113.${index} ${40_000 + index} typ host`,
		sdpMid: '0',
		sdpMLineIndex: 0
	});
	return [
		['setLocalDescription', { type: 'offer', sdp }],
		...Array.from({ length: 40 }, (_, index): [string, unknown] => ['onicecandidate', candidate(index)]),
		['setRemoteDescription', { type: 'answer', sdp }],
		...Array.from({ length: 40 }, (_, index): [string, unknown] => ['addIceCandidate', candidate(100 + index)]),
		['onconnectionstatechange', 'connecting'],
		['onconnectionstatechange', 'connected']
	];
}

/** How many connections differ in their numbers; more repeat them under other ids. */
const VARIANTS = 4;

/** Connections with a thousand samples of each series, as Chrome prints them, its own computed series included. */
export function writeInternals(path: string, bytes: number): void {
	const iso = (ms: number) => new Date(ms).toISOString();
	const [startTime, endTime] = [iso(T0), iso(T0 + (SAMPLES - 1) * 1000)];
	const seconds = Array.from({ length: SAMPLES }, (_, second) => second);
	const clock = JSON.stringify(seconds.map((second) => T0 + second * 1000 + 0.25));
	const member = (key: string, statsType: string, values: string) =>
		`    ${JSON.stringify(key)}: ${JSON.stringify({ startTime, endTime, statsType, values }, null, 1).replaceAll('\n', '\n    ')}`;
	const variants = Array.from({ length: VARIANTS }, (_, variant) => {
		const series = statisticsOf(variant).flatMap(({ id, type, fields }) => [
			...Object.entries(fields).flatMap(([field, value]) => {
				const own = member(`${id}-${field}`, type, JSON.stringify(seconds.map(value)));
				if (!/^bytes/.test(field)) return [own];
				return [
					own,
					member(`${id}-[${field}_in_bits/s]`, type, JSON.stringify(seconds.map((second) => 8 * Number(value(second)))))
				];
			}),
			member(`${id}-timestamp`, type, clock)
		]);
		const log = eventsOf().map(
			([type, value], index) => `    ${JSON.stringify({ type, value: JSON.stringify(value), timestamp: T0 + index * 40 })}`
		);
		return `   "rtcConfiguration": "{}",\n   "stats": {\n${series.join(',\n')}\n   },\n   "updateLog": [\n${log.join(',\n')}\n   ],\n   "url": "https://example.org/"\n  }`;
	});
	const file = openSync(path, 'w');
	let written = writeSync(file, '{\n "getUserMedia": [],\n "PeerConnections": {');
	for (let connection = 0; written < bytes; connection++)
		written += writeSync(file, `${connection > 0 ? ',' : ''}\n  "1-${connection}": {\n${variants[connection % VARIANTS]}`);
	writeSync(file, '\n },\n "UserAgent": "Chrome/147"\n}\n');
	closeSync(file);
}

/** One long call: a whole report a second, as Chrome's own export has it. */
export function writeRtcstats(path: string, bytes: number): void {
	const statistics = statisticsOf(0);
	const file = openSync(path, 'w');
	let written = writeSync(file, `RTCStatsDump\n{"fileFormat":3}\n["create","1-1",{},${T0}]\n`);
	for (const [type, value] of eventsOf()) written += writeSync(file, `${JSON.stringify([type, '1-1', value, 40])}\n`);
	for (let second = 1; written < bytes; second++) {
		const timestamp = T0 + second * 1000 + 0.25;
		const report = Object.fromEntries(
			statistics.map(({ id, type, fields }) => [
				id,
				{ id, type, timestamp, ...Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value(second)])) }
			])
		);
		written += writeSync(file, `${JSON.stringify(['getStats', '1-1', report, 1000])}\n`);
	}
	closeSync(file);
}

export function writePacked(from: string, to: string): void {
	writeFileSync(to, gzipSync(readFileSync(from), { level: 6 }));
}
