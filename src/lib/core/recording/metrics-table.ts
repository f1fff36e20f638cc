/** Every quantity that is charted, judged and exported: one row each. */
import type { BandField, Metric, MetricKind, MetricScope, Unit } from './metric';

const W3C = 'https://www.w3.org/TR/webrtc-stats/#dom-';
const INTERFACES: Record<MetricScope, string> = {
	'candidate-pair': 'rtcicecandidatepairstats',
	'inbound-rtp': 'rtcinboundrtpstreamstats',
	'outbound-rtp': 'rtcoutboundrtpstreamstats',
	'remote-inbound-rtp': 'rtcremoteinboundrtpstreamstats',
	'remote-outbound-rtp': 'rtcremoteoutboundrtpstreamstats',
	'data-channel': 'rtcdatachannelstats',
	'one-way': '',
	picture: ''
};
/** Fields that an interface inherits are defined with the parent. */
const INHERITED: Readonly<Record<string, string>> = {
	'inbound-rtp packetsReceived': 'rtcreceivedrtpstreamstats',
	'inbound-rtp packetsLost': 'rtcreceivedrtpstreamstats',
	'inbound-rtp jitter': 'rtcreceivedrtpstreamstats',
	'remote-inbound-rtp packetsLost': 'rtcreceivedrtpstreamstats',
	'remote-inbound-rtp jitter': 'rtcreceivedrtpstreamstats',
	'outbound-rtp packetsSent': 'rtcsentrtpstreamstats',
	'outbound-rtp bytesSent': 'rtcsentrtpstreamstats'
};

interface Rest {
	scale?: number;
	media?: Metric['media'];
	direction?: Metric['direction'];
	mayFall?: boolean;
	cite?: string;
}

function row(
	id: string,
	label: string,
	unit: Unit,
	scope: MetricScope,
	kind: MetricKind,
	fields: string | readonly string[],
	rest: Rest = {}
): Metric {
	const list = typeof fields === 'string' ? [fields] : fields;
	const field = list[0]!;
	const home = INHERITED[`${scope} ${field}`] ?? INTERFACES[scope];
	return {
		id,
		label,
		unit,
		scope,
		kind,
		fields: list,
		scale: rest.scale ?? 1,
		media: rest.media ?? null,
		direction:
			rest.direction ?? (scope === 'candidate-pair' ? 'path' : scope.includes('inbound') && scope[0] === 'i' ? 'in' : 'out'),
		mayFall: rest.mayFall ?? false,
		cite: rest.cite ?? `${W3C}${home}-${field.toLowerCase()}`
	};
}

const MS = { scale: 1000 };
const BITS = { scale: 8 };
const VIDEO = { media: 'video' } as const;
const AUDIO = { media: 'audio' } as const;
const OURS =
	'A timestamp in small messages of the call itself, on a data channel without retransmission; both ends share one clock.';

export const METRICS: readonly Metric[] = [
	// The path.
	row('round-trip-time', 'Round-trip time', 'ms', 'candidate-pair', 'gauge', 'currentRoundTripTime', MS),
	row(
		'round-trip-time-mean',
		'Round-trip time, mean of all checks',
		'ms',
		'candidate-pair',
		'mean',
		['totalRoundTripTime', 'responsesReceived'],
		MS
	),
	row(
		'available-outgoing-bitrate',
		'Available outgoing bitrate',
		'bit/s',
		'candidate-pair',
		'gauge',
		'availableOutgoingBitrate',
		{ direction: 'out' }
	),
	row(
		'available-incoming-bitrate',
		'Available incoming bitrate',
		'bit/s',
		'candidate-pair',
		'gauge',
		'availableIncomingBitrate',
		{ direction: 'in' }
	),
	row('path-bitrate-out', 'Sent over this pair', 'bit/s', 'candidate-pair', 'counter-rate', 'bytesSent', {
		...BITS,
		direction: 'out'
	}),
	row('path-bitrate-in', 'Received over this pair', 'bit/s', 'candidate-pair', 'counter-rate', 'bytesReceived', {
		...BITS,
		direction: 'in'
	}),
	row('path-packet-rate-out', 'Packets sent over this pair', '1/s', 'candidate-pair', 'counter-rate', 'packetsSent', {
		direction: 'out'
	}),
	row('path-packet-rate-in', 'Packets received over this pair', '1/s', 'candidate-pair', 'counter-rate', 'packetsReceived', {
		direction: 'in'
	}),
	row('check-rate', 'Connectivity checks sent', '1/s', 'candidate-pair', 'counter-rate', 'requestsSent'),
	row('check-answer-rate', 'Connectivity checks answered', '1/s', 'candidate-pair', 'counter-rate', 'responsesReceived'),
	row('one-way-delay', 'One-way delay', 'ms', 'one-way', 'gauge', 'delayMs', { direction: 'in', cite: OURS }),
	row('one-way-jitter', 'One-way jitter', 'ms', 'one-way', 'gauge', 'jitterMs', { direction: 'in', cite: OURS }),
	row('one-way-loss', 'One-way loss', 'share', 'one-way', 'ratio', ['messagesLost', 'messagesExpected'], {
		direction: 'in',
		mayFall: true,
		cite: OURS
	}),
	// What arrives.
	row('bitrate-in', 'Bitrate received', 'bit/s', 'inbound-rtp', 'counter-rate', 'bytesReceived', BITS),
	row('packet-rate-in', 'Packets received', '1/s', 'inbound-rtp', 'counter-rate', 'packetsReceived'),
	row('loss-in', 'Inbound packet loss', 'share', 'inbound-rtp', 'ratio', ['packetsLost', 'packetsLost', 'packetsReceived'], {
		mayFall: true
	}),
	row('jitter-in', 'Jitter', 'ms', 'inbound-rtp', 'gauge', 'jitter', MS),
	row(
		'jitter-buffer-delay',
		'Delay by the jitter buffer',
		'ms',
		'inbound-rtp',
		'mean',
		['jitterBufferDelay', 'jitterBufferEmittedCount'],
		MS
	),
	row('packets-discarded', 'Packets that came too late', '1/s', 'inbound-rtp', 'counter-rate', 'packetsDiscarded'),
	row('frames-decoded', 'Frames decoded', '1/s', 'inbound-rtp', 'counter-rate', 'framesDecoded', VIDEO),
	row('frames-received', 'Frames received', '1/s', 'inbound-rtp', 'counter-rate', 'framesReceived', VIDEO),
	row('frames-dropped', 'Frames dropped', '1/s', 'inbound-rtp', 'counter-rate', 'framesDropped', VIDEO),
	row('freezes', 'Freezes', 'count', 'inbound-rtp', 'total', 'freezeCount', VIDEO),
	row('freeze-share', 'Share of time frozen', 'share', 'inbound-rtp', 'duration', 'totalFreezesDuration', VIDEO),
	row('decode-time', 'Time to decode a frame', 'ms', 'inbound-rtp', 'mean', ['totalDecodeTime', 'framesDecoded'], {
		...MS,
		...VIDEO
	}),
	row('width-in', 'Width received', 'px', 'inbound-rtp', 'gauge', 'frameWidth', VIDEO),
	row('height-in', 'Height received', 'px', 'inbound-rtp', 'gauge', 'frameHeight', VIDEO),
	row('nack-sent', 'NACK sent', '1/s', 'inbound-rtp', 'counter-rate', 'nackCount'),
	row('pli-sent', 'PLI sent', '1/s', 'inbound-rtp', 'counter-rate', 'pliCount', VIDEO),
	row('fir-sent', 'FIR sent', '1/s', 'inbound-rtp', 'counter-rate', 'firCount', VIDEO),
	row(
		'retransmissions-in',
		'Retransmissions received',
		'1/s',
		'inbound-rtp',
		'counter-rate',
		'retransmittedPacketsReceived',
		VIDEO
	),
	row('concealment', 'Concealed audio', 'share', 'inbound-rtp', 'ratio', ['concealedSamples', 'totalSamplesReceived'], AUDIO),
	row('audio-level', 'Audio level', 'level', 'inbound-rtp', 'gauge', 'audioLevel', AUDIO),
	// What leaves.
	row('bitrate-out', 'Bitrate sent', 'bit/s', 'outbound-rtp', 'counter-rate', 'bytesSent', BITS),
	row('packet-rate-out', 'Packets sent', '1/s', 'outbound-rtp', 'counter-rate', 'packetsSent'),
	row('target-bitrate', 'Target bitrate of the encoder', 'bit/s', 'outbound-rtp', 'gauge', 'targetBitrate'),
	row('retransmitted-bitrate', 'Retransmitted bitrate', 'bit/s', 'outbound-rtp', 'counter-rate', 'retransmittedBytesSent', BITS),
	row('frames-encoded', 'Frames encoded', '1/s', 'outbound-rtp', 'counter-rate', 'framesEncoded', VIDEO),
	row('frames-sent', 'Frames sent', '1/s', 'outbound-rtp', 'counter-rate', 'framesSent', VIDEO),
	row('encode-time', 'Time to encode a frame', 'ms', 'outbound-rtp', 'mean', ['totalEncodeTime', 'framesEncoded'], {
		...MS,
		...VIDEO
	}),
	row('send-delay', 'Send delay', 'ms', 'outbound-rtp', 'mean', ['totalPacketSendDelay', 'packetsSent'], MS),
	row('width-out', 'Width sent', 'px', 'outbound-rtp', 'gauge', 'frameWidth', VIDEO),
	row('height-out', 'Height sent', 'px', 'outbound-rtp', 'gauge', 'frameHeight', VIDEO),
	row('nack-received', 'NACK received', '1/s', 'outbound-rtp', 'counter-rate', 'nackCount'),
	row('pli-received', 'PLI received', '1/s', 'outbound-rtp', 'counter-rate', 'pliCount', VIDEO),
	row('fir-received', 'FIR received', '1/s', 'outbound-rtp', 'counter-rate', 'firCount', VIDEO),
	row(
		'limited-by-bandwidth',
		'Held back by bandwidth',
		'share',
		'outbound-rtp',
		'duration',
		'qualityLimitationDurations.bandwidth',
		VIDEO
	),
	row(
		'limited-by-cpu',
		'Held back by the processor',
		'share',
		'outbound-rtp',
		'duration',
		'qualityLimitationDurations.cpu',
		VIDEO
	),
	row(
		'limited-by-other',
		'Held back by something else',
		'share',
		'outbound-rtp',
		'duration',
		'qualityLimitationDurations.other',
		VIDEO
	),
	// What the other end says of what leaves (RTCP receiver reports), and of what it sends.
	row('rtcp-round-trip-time', 'Round-trip time by RTCP', 'ms', 'remote-inbound-rtp', 'gauge', 'roundTripTime', {
		...MS,
		direction: 'path'
	}),
	row('loss-out', 'Outbound packet loss', 'share', 'remote-inbound-rtp', 'gauge', 'fractionLost'),
	row('packets-lost-out', 'Outbound packets lost', 'count', 'remote-inbound-rtp', 'total', 'packetsLost', {
		mayFall: true
	}),
	row('jitter-out', 'Jitter at the other end', 'ms', 'remote-inbound-rtp', 'gauge', 'jitter', MS),
	row(
		'rtcp-round-trip-time-of-receiver',
		'Round-trip time by RTCP, from the receiver',
		'ms',
		'remote-outbound-rtp',
		'gauge',
		'roundTripTime',
		{
			...MS,
			direction: 'path'
		}
	),
	// Data channels and the frames themselves.
	row('data-bitrate-out', 'Data sent', 'bit/s', 'data-channel', 'counter-rate', 'bytesSent', BITS),
	row('data-bitrate-in', 'Data received', 'bit/s', 'data-channel', 'counter-rate', 'bytesReceived', { ...BITS, direction: 'in' }),
	row('picture-delay', 'Capture-to-display delay', 'ms', 'picture', 'gauge', 'delayMs', {
		direction: 'in',
		cite: 'The number that each synthetic frame carries, read back where it is displayed.'
	})
];

export const BANDS: readonly BandField[] = [
	{
		id: 'quality-limitation',
		label: 'Quality limitation',
		scope: 'outbound-rtp',
		field: 'qualityLimitationReason',
		cite: `${W3C}rtcoutboundrtpstreamstats-qualitylimitationreason`
	},
	{
		id: 'pair-state',
		label: 'State of the pair',
		scope: 'candidate-pair',
		field: 'state',
		cite: `${W3C}rtcicecandidatepairstats-state`
	}
];

/** What names and joins the objects, kept beside the measured fields. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
	'candidate-pair': [
		'localCandidateId',
		'remoteCandidateId',
		'state',
		'nominated',
		'selected',
		'priority',
		'transportId',
		'consentRequestsSent'
	],
	'local-candidate': [
		'candidateType',
		'protocol',
		'address',
		'port',
		'priority',
		'url',
		'relayProtocol',
		'networkType',
		'relatedAddress',
		'relatedPort',
		'tcpType'
	],
	'remote-candidate': ['candidateType', 'protocol', 'address', 'port', 'priority', 'tcpType'],
	'inbound-rtp': [
		'ssrc',
		'kind',
		'mid',
		'rid',
		'codecId',
		'trackIdentifier',
		'remoteId',
		'decoderImplementation',
		'totalAudioEnergy',
		'totalSamplesDuration'
	],
	'outbound-rtp': [
		'ssrc',
		'kind',
		'mid',
		'rid',
		'codecId',
		'remoteId',
		'qualityLimitationReason',
		'qualityLimitationResolutionChanges',
		'encoderImplementation',
		'active'
	],
	'remote-inbound-rtp': ['ssrc', 'kind', 'localId'],
	'remote-outbound-rtp': ['ssrc', 'kind', 'localId'],
	transport: [
		'selectedCandidatePairId',
		'dtlsState',
		'iceState',
		'selectedCandidatePairChanges',
		'tlsVersion',
		'dtlsCipher',
		'srtpCipher',
		'iceRole'
	],
	codec: ['mimeType', 'clockRate', 'channels', 'sdpFmtpLine', 'payloadType'],
	'data-channel': ['label', 'state', 'dataChannelIdentifier', 'messagesSent', 'messagesReceived'],
	'one-way': ['messagesReceived', 'from'],
	picture: ['counter', 'counterErrors']
};

const KEPT = new Set<string>([
	...METRICS.flatMap(({ scope, fields }) => fields.map((field) => `${scope} ${field}`)),
	...Object.entries(IDENTITY).flatMap(([type, fields]) => fields.map((field) => `${type} ${field}`))
]);

/** Whether a field is one that the table reads, or one that names what it belongs to. */
export function isKeptField(type: string, field: string): boolean {
	return KEPT.has(`${type} ${field}`);
}

/** Read by findings alone; a live call has no use for them. */
const READ_BY_FINDINGS = new Set([
	'remote-outbound-rtp remoteTimestamp',
	'inbound-rtp silentConcealedSamples',
	'local-candidate vpn',
	'media-source kind',
	'media-source totalAudioEnergy',
	'media-source totalSamplesDuration'
]);

/** Whether a chart, a table or a finding reads a field. */
export function isReadField(type: string, field: string): boolean {
	return isKeptField(type, field) || READ_BY_FINDINGS.has(`${type} ${field}`);
}

/** Types whose objects describe and hardly ever change: a value is worth storing only when it is another one. */
export function isDescription(type: string): boolean {
	return type === 'codec' || type === 'local-candidate' || type === 'remote-candidate' || type === 'transport';
}

export function metricById(id: string): Metric | null {
	return METRICS.find((metric) => metric.id === id) ?? null;
}
