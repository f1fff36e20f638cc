/**
 * What browsers call things in getStats, brought to the names of W3C webrtc-stats. Two forms: whole objects of one poll
 * (`normaliseStats`), and type, field and value by themselves (`standardType`, `standardField`, `standardValue`) for dumps
 * that hold columns.
 */
import { entryOf } from '../base/record';
import type { PlainStats } from './plain-stats';
import type { RawValue } from './recording';

export type { PlainStats } from './plain-stats';

const TYPES: Readonly<Record<string, string>> = {
	inboundrtp: 'inbound-rtp',
	outboundrtp: 'outbound-rtp',
	candidatepair: 'candidate-pair',
	localcandidate: 'local-candidate',
	remotecandidate: 'remote-candidate',
	datachannel: 'data-channel',
	peerconnection: 'peer-connection',
	mediasource: 'media-source'
};

/** Firefox before 66 reported what the other end says under the type of its own streams, with `isRemote`. */
export function standardType(type: string, isRemote = false): string {
	const standard = entryOf(TYPES, type) ?? type;
	return isRemote && (standard === 'inbound-rtp' || standard === 'outbound-rtp') ? `remote-${standard}` : standard;
}

/** By type, then by the browser's own name. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	candidate: {
		ip: 'address',
		ipAddress: 'address',
		portNumber: 'port',
		transport: 'protocol',
		stunServerURL: 'url',
		mozLocalTransport: 'relayProtocol'
	},
	rtp: {
		mediaType: 'kind',
		framerateMean: 'framesPerSecond',
		firSent: 'firCount',
		trackIdentifier: 'trackIdentifier',
		mediaTrackId: 'trackIdentifier',
		discardedPackets: 'packetsDiscarded',
		qpsum: 'qpSum'
	},
	'data-channel': { datachannelid: 'dataChannelIdentifier', datachannelId: 'dataChannelIdentifier' },
	'candidate-pair': { currentRtt: 'currentRoundTripTime', totalRtt: 'totalRoundTripTime', writable: 'writable' }
};

/** The standard name of a field of a type that is already standard. */
export function standardField(type: string, field: string): string {
	const group = type.endsWith('-candidate') ? 'candidate' : type.endsWith('-rtp') ? 'rtp' : type;
	const fields = entryOf(FIELDS, group);
	return (fields && entryOf(fields, field)) ?? field;
}

/** Words that a browser uses where the standard has others, by standard field. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	candidateType: {
		serverreflexive: 'srflx',
		'server-reflexive': 'srflx',
		peerreflexive: 'prflx',
		'peer-reflexive': 'prflx',
		relayed: 'relay',
		local: 'host',
		stun: 'srflx'
	},
	state: { inprogress: 'in-progress' }
};

/** A value under its standard field: other words for states and kinds, an empty address (hidden by the browser) as none. */
export function standardValue(type: string, field: string, value: RawValue): RawValue {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string') return value;
	if (field === 'address' && (value === '' || value === '(redacted)')) return null;
	if (field === 'protocol' || field === 'relayProtocol') return value.toLowerCase();
	if (field === 'state' && type !== 'candidate-pair') return value;
	const words = entryOf(WORDS, field);
	return (words && entryOf(words, value)) ?? value;
}

/** Times past this are microseconds (very old Safari): milliseconds get there in the year 5138. */
const MICROSECONDS_FROM = 1e14;

/**
 * One poll under standard names. Objects within an object become fields with a dot (`qualityLimitationDurations.cpu`), lists
 * are left out. The fields of `track` objects, where browsers used to keep what belongs to a stream, go to the stream.
 */
export function normaliseStats(objects: readonly PlainStats[]): (PlainStats & Record<string, RawValue>)[] {
	const plain = objects.map(flatten);
	const tracks = new Map(plain.filter(({ type }) => type === 'track').map((track) => [track.id, track]));
	for (const stream of plain) {
		const track = tracks.get(String(stream.trackId ?? ''));
		if (!track || !stream.type.endsWith('-rtp')) continue;
		for (const [field, value] of Object.entries(track)) {
			if (!(field in stream)) stream[standardField(stream.type, field)] = value;
		}
	}
	return plain;
}

function flatten(object: PlainStats): PlainStats & Record<string, RawValue> {
	const type = standardType(object.type, object.isRemote === true);
	const flat: PlainStats & Record<string, RawValue> = { id: object.id, type };
	const put = (name: string, value: RawValue) => {
		const field = standardField(type, name);
		// The standard name wins where a browser gives both.
		if (field === name || !(field in object)) flat[field] = standardValue(type, field, value);
	};
	for (const [name, value] of Object.entries(object)) {
		if (name === 'id' || name === 'type' || name === 'timestamp') continue;
		if (isRaw(value)) put(name, value);
		else if (typeof value === 'bigint') put(name, Number(value));
		else if (typeof value === 'object' && !Array.isArray(value)) {
			for (const [inner, innerValue] of Object.entries(value as object)) {
				if (isRaw(innerValue)) put(`${name}.${inner}`, innerValue);
			}
		}
	}
	// Firefox before 68 had its own, in ms.
	if (typeof object.mozRtt === 'number' && !('roundTripTime' in flat)) flat.roundTripTime = object.mozRtt / 1000;
	const { timestamp } = object;
	if (typeof timestamp === 'number' && Number.isFinite(timestamp)) {
		flat.timestamp = timestamp > MICROSECONDS_FROM ? timestamp / 1000 : timestamp;
	}
	return flat;
}

function isRaw(value: unknown): value is RawValue {
	return value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}
