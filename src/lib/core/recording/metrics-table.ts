/**
 * Every quantity that is charted, judged and exported: one row each. Fields are those of W3C webrtc-stats, except two scopes of our own:
 * `one-way` is read from timestamps in small messages of the call itself, on a data channel without retransmission, where both ends share
 * one clock; `picture` from the number that each synthetic frame carries, read back where it is displayed.
 */
import type { BandField, Metric, MetricKind, MetricScope, Unit } from './metric';

interface Rest {
	scale?: number;
	media?: Metric['media'];
	direction?: Metric['direction'];
	mayFall?: boolean;
}

function row(
	id: string,
	unit: Unit,
	scope: MetricScope,
	kind: MetricKind,
	fields: string | readonly string[],
	rest: Rest = {}
): Metric {
	return {
		id,
		unit,
		scope,
		kind,
		fields: typeof fields === 'string' ? [fields] : fields,
		scale: rest.scale ?? 1,
		media: rest.media ?? null,
		direction:
			rest.direction ?? (scope === 'candidate-pair' ? 'path' : scope.includes('inbound') && scope[0] === 'i' ? 'in' : 'out'),
		mayFall: rest.mayFall ?? false
	};
}

const MS = { scale: 1000 };
const BITS = { scale: 8 };
const VIDEO = { media: 'video' } as const;
const AUDIO = { media: 'audio' } as const;

export const METRICS: readonly Metric[] = [
	// The path.
	row('round-trip-time', 'ms', 'candidate-pair', 'gauge', 'currentRoundTripTime', MS),
	row('round-trip-time-mean', 'ms', 'candidate-pair', 'mean', ['totalRoundTripTime', 'responsesReceived'], MS),
	row('available-outgoing-bitrate', 'bit/s', 'candidate-pair', 'gauge', 'availableOutgoingBitrate', { direction: 'out' }),
	row('available-incoming-bitrate', 'bit/s', 'candidate-pair', 'gauge', 'availableIncomingBitrate', { direction: 'in' }),
	row('path-bitrate-out', 'bit/s', 'candidate-pair', 'counter-rate', 'bytesSent', {
		...BITS,
		direction: 'out'
	}),
	row('path-bitrate-in', 'bit/s', 'candidate-pair', 'counter-rate', 'bytesReceived', {
		...BITS,
		direction: 'in'
	}),
	row('path-packet-rate-out', '1/s', 'candidate-pair', 'counter-rate', 'packetsSent', {
		direction: 'out'
	}),
	row('path-packet-rate-in', '1/s', 'candidate-pair', 'counter-rate', 'packetsReceived', {
		direction: 'in'
	}),
	row('check-rate', '1/s', 'candidate-pair', 'counter-rate', 'requestsSent'),
	row('check-answer-rate', '1/s', 'candidate-pair', 'counter-rate', 'responsesReceived'),
	row('one-way-delay', 'ms', 'one-way', 'gauge', 'delayMs', { direction: 'in' }),
	row('one-way-jitter', 'ms', 'one-way', 'gauge', 'jitterMs', { direction: 'in' }),
	row('one-way-loss', 'share', 'one-way', 'ratio', ['messagesLost', 'messagesExpected'], {
		direction: 'in',
		mayFall: true
	}),
	// What arrives.
	row('bitrate-in', 'bit/s', 'inbound-rtp', 'counter-rate', 'bytesReceived', BITS),
	row('packet-rate-in', '1/s', 'inbound-rtp', 'counter-rate', 'packetsReceived'),
	row('loss-in', 'share', 'inbound-rtp', 'ratio', ['packetsLost', 'packetsLost', 'packetsReceived'], {
		mayFall: true
	}),
	row('jitter-in', 'ms', 'inbound-rtp', 'gauge', 'jitter', MS),
	row('jitter-buffer-delay', 'ms', 'inbound-rtp', 'mean', ['jitterBufferDelay', 'jitterBufferEmittedCount'], MS),
	row('packets-discarded', '1/s', 'inbound-rtp', 'counter-rate', 'packetsDiscarded'),
	row('frames-decoded', '1/s', 'inbound-rtp', 'counter-rate', 'framesDecoded', VIDEO),
	row('frames-received', '1/s', 'inbound-rtp', 'counter-rate', 'framesReceived', VIDEO),
	row('frames-dropped', '1/s', 'inbound-rtp', 'counter-rate', 'framesDropped', VIDEO),
	row('freezes', 'count', 'inbound-rtp', 'total', 'freezeCount', VIDEO),
	row('freeze-share', 'share', 'inbound-rtp', 'duration', 'totalFreezesDuration', VIDEO),
	row('decode-time', 'ms', 'inbound-rtp', 'mean', ['totalDecodeTime', 'framesDecoded'], {
		...MS,
		...VIDEO
	}),
	row('width-in', 'px', 'inbound-rtp', 'gauge', 'frameWidth', VIDEO),
	row('height-in', 'px', 'inbound-rtp', 'gauge', 'frameHeight', VIDEO),
	row('nack-sent', '1/s', 'inbound-rtp', 'counter-rate', 'nackCount'),
	row('pli-sent', '1/s', 'inbound-rtp', 'counter-rate', 'pliCount', VIDEO),
	row('fir-sent', '1/s', 'inbound-rtp', 'counter-rate', 'firCount', VIDEO),
	row('retransmissions-in', '1/s', 'inbound-rtp', 'counter-rate', 'retransmittedPacketsReceived', VIDEO),
	row('concealment', 'share', 'inbound-rtp', 'ratio', ['concealedSamples', 'totalSamplesReceived'], AUDIO),
	row('audio-level', 'level', 'inbound-rtp', 'gauge', 'audioLevel', AUDIO),
	// What leaves.
	row('bitrate-out', 'bit/s', 'outbound-rtp', 'counter-rate', 'bytesSent', BITS),
	row('packet-rate-out', '1/s', 'outbound-rtp', 'counter-rate', 'packetsSent'),
	row('target-bitrate', 'bit/s', 'outbound-rtp', 'gauge', 'targetBitrate'),
	row('retransmitted-bitrate', 'bit/s', 'outbound-rtp', 'counter-rate', 'retransmittedBytesSent', BITS),
	row('frames-encoded', '1/s', 'outbound-rtp', 'counter-rate', 'framesEncoded', VIDEO),
	row('frames-sent', '1/s', 'outbound-rtp', 'counter-rate', 'framesSent', VIDEO),
	row('encode-time', 'ms', 'outbound-rtp', 'mean', ['totalEncodeTime', 'framesEncoded'], {
		...MS,
		...VIDEO
	}),
	row('send-delay', 'ms', 'outbound-rtp', 'mean', ['totalPacketSendDelay', 'packetsSent'], MS),
	row('width-out', 'px', 'outbound-rtp', 'gauge', 'frameWidth', VIDEO),
	row('height-out', 'px', 'outbound-rtp', 'gauge', 'frameHeight', VIDEO),
	row('nack-received', '1/s', 'outbound-rtp', 'counter-rate', 'nackCount'),
	row('pli-received', '1/s', 'outbound-rtp', 'counter-rate', 'pliCount', VIDEO),
	row('fir-received', '1/s', 'outbound-rtp', 'counter-rate', 'firCount', VIDEO),
	row('limited-by-bandwidth', 'share', 'outbound-rtp', 'duration', 'qualityLimitationDurations.bandwidth', VIDEO),
	row('limited-by-cpu', 'share', 'outbound-rtp', 'duration', 'qualityLimitationDurations.cpu', VIDEO),
	row('limited-by-other', 'share', 'outbound-rtp', 'duration', 'qualityLimitationDurations.other', VIDEO),
	// What the other end says of what leaves (RTCP receiver reports), and of what it sends.
	row('rtcp-round-trip-time', 'ms', 'remote-inbound-rtp', 'gauge', 'roundTripTime', {
		...MS,
		direction: 'path'
	}),
	row('loss-out', 'share', 'remote-inbound-rtp', 'gauge', 'fractionLost'),
	row('packets-lost-out', 'count', 'remote-inbound-rtp', 'total', 'packetsLost', {
		mayFall: true
	}),
	row('jitter-out', 'ms', 'remote-inbound-rtp', 'gauge', 'jitter', MS),
	row('rtcp-round-trip-time-of-receiver', 'ms', 'remote-outbound-rtp', 'gauge', 'roundTripTime', {
		...MS,
		direction: 'path'
	}),
	// Data channels and the frames themselves.
	row('data-bitrate-out', 'bit/s', 'data-channel', 'counter-rate', 'bytesSent', BITS),
	row('data-bitrate-in', 'bit/s', 'data-channel', 'counter-rate', 'bytesReceived', { ...BITS, direction: 'in' }),
	row('picture-delay', 'ms', 'picture', 'gauge', 'delayMs', {
		direction: 'in'
	})
];

export const BANDS: readonly BandField[] = [
	{
		id: 'quality-limitation',
		scope: 'outbound-rtp',
		field: 'qualityLimitationReason'
	},
	{
		id: 'pair-state',
		scope: 'candidate-pair',
		field: 'state'
	}
];

export function metricById(id: string): Metric | null {
	return METRICS.find((metric) => metric.id === id) ?? null;
}
