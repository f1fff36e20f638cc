/** Which fields of a statistics object a recording keeps. Judging a recording needs none of this, so it stands apart from the metrics. */
import { METRICS } from './metrics-table';

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

/** Read by findings and figures alone; a live call has no use for them. */
const READ_BY_JUDGING = new Set([
	'remote-outbound-rtp remoteTimestamp',
	'remote-outbound-rtp bytesSent',
	'remote-outbound-rtp packetsSent',
	'inbound-rtp silentConcealedSamples',
	'remote-inbound-rtp roundTripTimeMeasurements',
	'inbound-rtp jitterBufferMinimumDelay',
	'inbound-rtp jitterBufferTargetDelay',
	'inbound-rtp framesPerSecond',
	'outbound-rtp framesPerSecond',
	'local-candidate vpn',
	'local-candidate usernameFragment',
	'remote-candidate usernameFragment',
	'transport localCertificateId',
	'transport dtlsRole',
	'transport packetsReceived',
	'transport bytesReceived',
	'transport packetsSent',
	'transport bytesSent',
	'outbound-rtp nackCount',
	'transport remoteCertificateId',
	'peer-connection dataChannelsOpened',
	'peer-connection dataChannelsClosed',
	'certificate fingerprint',
	'candidate-pair requestsReceived',
	'candidate-pair responsesSent',
	'media-source kind',
	'media-source frames',
	'media-source track.deliveredFrames',
	'media-source totalAudioEnergy',
	'media-source totalSamplesDuration',
	'media-source width',
	'media-source height',
	'outbound-rtp powerEfficientEncoder',
	'outbound-rtp mediaSourceId',
	'outbound-rtp qualityLimitationDurations.none',
	'inbound-rtp powerEfficientDecoder',
	'transport tlsGroup'
]);

/** Whether a chart, a table, a figure or a finding reads a field. */
export function isReadField(type: string, field: string): boolean {
	return isKeptField(type, field) || READ_BY_JUDGING.has(`${type} ${field}`);
}

/** Types whose objects describe and hardly ever change: a value is worth storing only when it is another one. */
export function isDescription(type: string): boolean {
	return type === 'codec' || type === 'local-candidate' || type === 'remote-candidate' || type === 'transport';
}
