/**
 * The statistics of Chrome before the standard (`goog…`, removed in 2023): every value a text, one object for each SSRC.
 * What has a standard name and unit is given it; the rest keeps its own name.
 */
import { entryOf } from '../base/record';
import type { RawValue } from '../recording/recording';

type Convert = (value: RawValue) => RawValue;

const same: Convert = (value) => value;
const seconds: Convert = (ms) => (typeof ms === 'number' && ms >= 0 ? ms / 1000 : null);
/** Chrome writes levels as 0 to 32767 (16-bit samples). */
const level: Convert = (value) => (typeof value === 'number' ? value / 32767 : null);
const CANDIDATE_TYPES: Readonly<Record<string, string>> = {
	...{ local: 'host', stun: 'srflx', peerreflexive: 'prflx', host: 'host', serverreflexive: 'srflx' }
};
const candidateType: Convert = (value) => entryOf(CANDIDATE_TYPES, String(value)) ?? value;

interface Kind {
	type: string;
	fields: Record<string, readonly [name: string, convert: Convert]>;
}

const PAIR: Kind = {
	type: 'candidate-pair',
	fields: {
		googActiveConnection: ['selected', same],
		googRtt: ['currentRoundTripTime', seconds],
		googWritable: ['writable', same],
		googReadable: ['readable', same],
		googChannelId: ['transportId', same]
	}
};
const CANDIDATE = {
	ipAddress: ['address', same],
	portNumber: ['port', same],
	transport: ['protocol', same],
	candidateType: ['candidateType', candidateType],
	stunKeepaliveRttTotal: ['stunKeepaliveRttTotalMs', same]
} as const;
const KINDS: Record<string, Kind> = {
	googCandidatePair: PAIR,
	localcandidate: { type: 'local-candidate', fields: CANDIDATE },
	remotecandidate: { type: 'remote-candidate', fields: CANDIDATE },
	googComponent: { type: 'transport', fields: {} },
	googCertificate: {
		type: 'certificate',
		fields: {
			googFingerprint: ['fingerprint', same],
			googFingerprintAlgorithm: ['fingerprintAlgorithm', same],
			googDerBase64: ['base64Certificate', same]
		}
	},
	VideoBwe: {
		type: 'goog-bandwidth',
		fields: { googAvailableSendBandwidth: ['availableOutgoingBitrate', same], googTransmitBitrate: ['transmitBitrate', same] }
	},
	ssrc_send: {
		type: 'outbound-rtp',
		fields: {
			mediaType: ['kind', same],
			googTrackId: ['trackIdentifier', same],
			googFrameWidthSent: ['frameWidth', same],
			googFrameHeightSent: ['frameHeight', same],
			googFrameRateSent: ['framesPerSecond', same],
			googNacksReceived: ['nackCount', same],
			googPlisReceived: ['pliCount', same],
			googFirsReceived: ['firCount', same],
			googRtt: ['roundTripTime', seconds],
			googJitterReceived: ['remoteJitter', seconds],
			packetsLost: ['remotePacketsLost', same],
			audioInputLevel: ['audioLevel', level]
		}
	},
	ssrc_recv: {
		type: 'inbound-rtp',
		fields: {
			mediaType: ['kind', same],
			googTrackId: ['trackIdentifier', same],
			googFrameWidthReceived: ['frameWidth', same],
			googFrameHeightReceived: ['frameHeight', same],
			googFrameRateDecoded: ['framesPerSecond', same],
			googNacksSent: ['nackCount', same],
			googPlisSent: ['pliCount', same],
			googFirsSent: ['firCount', same],
			googJitterReceived: ['jitter', seconds],
			audioOutputLevel: ['audioLevel', level]
		}
	}
};

const OWN_TYPES = new Set(['googTrack', 'googLibjingleSession', ...Object.keys(KINDS)]);
/** Ids and names that consist of digits stay texts. */
const TEXT = /Id$|^(codec|dtls|srtp|label|networkType|candidateType|ipAddress|googCodecName|googDerBase64|googFingerprint)/;

/** null where the object is not of this kind. `type` may be empty: then the id tells. */
export function legacyReport(
	id: string,
	type: string,
	report: Readonly<Record<string, unknown>>
): { type: string; fields: [string, RawValue][] } | null {
	const kindName = kindOf(id, type, report);
	if (kindName === null) return null;
	const kind = entryOf(KINDS, kindName);
	const fields: [string, RawValue][] = [];
	for (const [field, value] of Object.entries(report)) {
		if (field === 'id' || field === 'type' || field === 'timestamp') continue;
		if (value !== null && typeof value === 'object') continue;
		const known = kind && Object.hasOwn(kind.fields, field) ? kind.fields[field]! : ([field, same] as const);
		fields.push([known[0], known[1](plain(field, value as RawValue | undefined))]);
	}
	if (kind === PAIR) addPairState(fields);
	if (kindName === 'ssrc_send') addLimit(fields, report);
	return { type: kind?.type ?? kindName, fields };
}

function kindOf(id: string, type: string, report: Readonly<Record<string, unknown>>): string | null {
	if (type === 'ssrc' || (type === '' && /^ssrc_\d+_(send|recv)$/.test(id)))
		return id.endsWith('_send') || report.bytesSent !== undefined ? 'ssrc_send' : 'ssrc_recv';
	// Firefox before 60 calls its candidates so too, but gives numbers.
	if (/^(local|remote)candidate$/.test(type))
		return typeof report.portNumber === 'number' || report.priority === undefined ? null : type;
	if (OWN_TYPES.has(type)) return type;
	if (type !== '') return null;
	if (/^Conn-/.test(id)) return 'googCandidatePair';
	if (/^Channel-/.test(id)) return 'googComponent';
	if (/^googCertificate_/.test(id)) return 'googCertificate';
	return id === 'bweforvideo' ? 'VideoBwe' : null;
}

function plain(field: string, value: RawValue | undefined): RawValue {
	if (value === undefined) return null;
	if (typeof value !== 'string' || TEXT.test(field)) return value;
	if (value === 'true' || value === 'false') return value === 'true';
	return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** These pairs have no state: an answered check is what the standard calls succeeded. */
function addPairState(fields: [string, RawValue][]): void {
	const value = (name: string) => fields.find(([field]) => field === name)?.[1];
	if (value('state') !== undefined) return;
	const answered = value('writable') === true || Number(value('responsesReceived') ?? 0) > 0;
	if (answered) fields.push(['state', 'succeeded']);
}

function addLimit(fields: [string, RawValue][], report: Readonly<Record<string, unknown>>): void {
	if (report.googCpuLimitedResolution === undefined && report.googBandwidthLimitedResolution === undefined) return;
	const cpu = report.googCpuLimitedResolution === 'true';
	const bandwidth = report.googBandwidthLimitedResolution === 'true';
	fields.push(['qualityLimitationReason', cpu ? 'cpu' : bandwidth ? 'bandwidth' : 'none']);
}
