/**
 * The values of what stands out in a recording, by rule. Times count from the beginning of the connection and are null where the
 * recording has none; a word of a browser or of a recorder stays as it is.
 */
import type { NoValues, Said } from '../../base/said';
import type { EndKind } from '../../recording/metric-series';
import type { StreamKind } from '../../recording/connection';
import type { Direction } from '../../sdp/text/description';
import type { EndingValues } from './ending-values';

/** A span of time. */
interface During {
	fromMs: number;
	toMs: number;
}

/** What connecting consists of: waiting for the answer, ICE, DTLS; the last two together where no event of ICE was recorded. */
export type SetUpStep = 'answer' | 'ice' | 'dtls' | 'ice-and-dtls';

/** What had ended when the path did: a credential, or one of the times of RFC 8656 since the relay was given. */
export type ExpiredTime =
	{ kind: 'credential'; username: string; expiredForMs: number } | { kind: 'refresh' | 'lifetime'; timeMs: number };

/** Seconds of timers that end paths: each has its reason in `drop-rules`. */
export type KnownTimer = '30-s' | '60-s' | '300-s' | '600-s' | '24-h';

/** What came no longer before a connection was lost: anything at all, or answers to checks alone. */
export interface Silence {
	of: 'packets' | 'answers';
	fromMs: number;
}

export interface EstablishmentValues {
	/** The last state that was announced. */
	'connection-failed': { outcome: 'failed' | 'never-connected'; failedAtMs: number | null; lastState: string | null };
	/** `madeAtMs`: when this end made an answer (createAnswer) that it never set; null where it made none. */
	'answer-missing': { offeredBy: 'this-end' | 'other-end'; offeredAtMs: number | null; madeAtMs: number | null };
	/** No offer of the call has a section. */
	'offer-empty': { offeredBy: 'this-end' | 'other-end'; offeredAtMs: number | null };
	/** `repeated`: the same description had been set before. `lineBreaks`: what it has instead of any; null where it has some. */
	'description-refused': {
		call: 'set-local' | 'set-remote' | 'create-offer' | 'create-answer';
		refusedAtMs: number | null;
		browserSaid: string | null;
		repeated: boolean;
		lineBreaks: 'escaped' | 'missing' | null;
	};
	/** A description of this end that came back as one of the other end; `refused`: the browser did not take it. */
	'own-description-returned': { type: 'offer' | 'answer'; givenAtMs: number | null; refused: boolean };
	/** Both ends made an offer at once; what the other one sent then was refused here. */
	'offers-crossed': { refused: 'offer' | 'answer'; crossedAtMs: number | null; refusedAtMs: number | null };
	/** `beforeDescription`: none of them came after a description of the other end was set. */
	'candidates-refused': {
		refused: number;
		taken: number;
		beforeDescription: boolean;
		firstAtMs: number | null;
		browserSaid: string | null;
	};
	'local-candidates-missing': NoValues;
	/** Whether a description of the other end was set; null where no log tells. */
	'remote-candidates-missing': { described: true | null };
	/** All candidates of the other end, with an ICE user name of none of its descriptions; checks to them, null where nobody counts. */
	'candidates-of-other-session': { candidates: number; checksSent: number | null };
	/** The other end hides addresses behind names (mDNS), which may not have been found. */
	'candidate-pairs-missing': {
		localCandidates: number;
		remoteCandidates: number;
		hidesAddresses: boolean;
		/** Whether they have an address family and a transport in common; null where addresses are hidden. */
		inCommon: boolean | null;
		/** All that the other end offered is TCP candidates that connect and do not listen. */
		onlyActiveTcp: boolean;
		/** All that the other end offered is addresses of local networks, and this Chromium took them and did not begin to check. */
		leftOutLocal: boolean;
	};
	/** Types of the candidates of the first pairs; null for a candidate that the recording does not describe. */
	'candidate-pairs-failed': {
		pairs: number;
		types: { local: string | null; remote: string | null }[];
		/** Whether the recording counts answers to checks. */
		checksCounted: boolean;
		/** Of the other end; null where nobody counts them. */
		checksReceived: number | null;
		/** Of this end. */
		checksSent: number | null;
		hasRelay: boolean;
		/** Each of them began at a relay of this end, or led to one of the other end. */
		onlyRelays: boolean;
		onlyRemoteRelays: boolean;
	};
	/** A server's error as a check explains it (ice/error-values); the user name is null where the configuration tells none. */
	'turn-server-error': { url: string; username: string | null; code: number; explanation: Said };
	/** A server that had given a relay, and was asked for another one. */
	'further-relay-refused': { url: string; username: string | null; code: number; explanation: Said };
	/** Ports to which this browser never sends a TURN request, and for which it reports no error. */
	'turn-port-never-tried': { urls: string[]; ports: number[] };
	'relay-only-without-turn': { stunUrls: string[] };
	/** For how long gathering was under way without an end or an error; null where it ended, or was not watched for long. */
	'relay-only-without-relay': { turnUrls: string[]; gatheredForMs: number | null };
	/** `container`: all of them are of 172.16.0.0/12, from which Docker takes its networks. */
	'candidates-private-only': { side: 'local' | 'remote'; addresses: string[]; container: boolean };
	/** What a page of candidates ended with; the URL is that of the server, where it told one. */
	'relay-signs-of-refusal': { kind: 'refused' | 'not-reached'; url: string | null };
	'reflexive-address-private': { address: string; url: string };
	'checks-one-way': { checksReceived: number; checksSent: number };
	/** This end closed the connection while its ICE had not given up. */
	'closed-while-checking': { checkedForMs: number };
	'relay-missing': { turnUrls: string[] };
	/**
	 * A relay that was given and not prolonged. Since it was given, where the recording has that; for how long the credential of this user
	 * name had then expired; whether media went over a relay of this server: null where no path was recorded.
	 */
	'relay-refresh-refused': {
		url: string;
		username: string | null;
		code: number;
		afterMs: number | null;
		expiredForMs: number | null;
		used: boolean | null;
	};
	/** A path over a relay that ended when its allocation, or the credential that it was given for, did. */
	'relay-lost-at-expiry': { url: string | null; lostAtMs: number; afterMs: number; expired: ExpiredTime };
	/** All that the other end offered. */
	'remote-names-only': { names: number };
	/** A path that ended as long after it was connected as timers of the network commonly count. */
	'drop-at-known-timer': { lostAtMs: number; afterMs: number; timer: KnownTimer; toldBy: 'packets' | 'state' };
	/** ICE gave up its pairs that soon after it had begun to check them. */
	'relay-peer-refused': { turnUrls: string[]; gaveUpAfterMs: number };
	/** Values of `a=setup` in the last offer and its answer. */
	'setup-roles-conflict': { offered: string; answered: string };
	'fingerprint-mismatch': NoValues;
	'ice-password-mismatch': NoValues;
	/** Values of `a=setup`: what the other end said, and what this end was given. */
	'setup-role-changed': { said: string; given: string };
	/** Checks of the other end that this end answered, packets behind them, and own checks, none of which was answered. */
	'ice-credentials-mismatch': { checksAnswered: number; packetsReceived: number; checksSent: number };
	'remote-credentials-changed': { changedAtMs: number | null };
	/** The state in which the recording found it. */
	'recorded-after-failure': { state: string };
	'candidate-errors': { errors: number; codes: number[] };
	'relay-address-private': { side: 'local' | 'remote'; address: string };
	/**
	 * For how long the statistics show the handshake at work; null where they do not. `pieces`: packets that reached the end which has to
	 * answer first, and which answered none of them.
	 */
	'dtls-unfinished': {
		state: string;
		/** Of this end, as the transport tells it. */
		role: 'client' | 'server' | null;
		forMs: number | null;
		pieces: { packets: number; meanBytes: number } | null;
	};
	'peer-changed': { changedAtMs: number | null };
	'set-up-slow': { tookMs: number; longest: { step: SetUpStep; tookMs: number } };
	/** The relay of this end that it went over; null where it did not, or the URL is not known. */
	'connection-lost': {
		lostAtMs: number | null;
		silence: Silence | null;
		relayUrl: string | null;
		/** Whether it led to a relay of the other end. */
		toRelay: boolean;
		restartedAtMs: number | null;
		/** Whether the offer of that restart had an answer; null where there was none, or it was an answer. */
		restartAnswered: boolean | null;
	};
	/** Until it was connected again; since when ICE was restarted meanwhile, and for how long at least no packet arrived. */
	'connection-interruptions': {
		interruptedAtMs: number;
		tookMs: number;
		restartedAfterMs: number | null;
		pausedMs: number | null;
		/** The last packet before that pause. */
		pausedFromMs: number | null;
		/** The relay of this end that it went over before; null where it did not, or the URL is not known. */
		relayUrl: string | null;
	};
	/** `next`: what is recorded of the first restart, and how long after it. */
	'ice-restarts': {
		restarts: number;
		firstAtMs: number | null;
		/** The connection was never announced as down before the last of them. */
		whileUp: boolean;
		next: { kind: 'connected' | 'pair-selected'; afterMs: number } | null;
	};
	'consent-lost': During & { unansweredChecks: number };
}

/** The pair that media went over: its ends, or its id where the recording does not describe it. */
export type UsedPair = { kind: 'ends'; local: EndKind | null; remote: EndKind | null } | { kind: 'unlisted'; id: string };

/** A network of this device: what the browser calls it, and the address there. */
export interface NetworkEnd {
	type: string | null;
	address: string | null;
}

export type DtlsVersion = '1.0' | '1.2' | '1.3' | 'unknown';

export interface MediaPathValues {
	/** Whether a TURN server over UDP was configured; null where the recording has no configuration. */
	'relay-over-stream': { relayProtocol: 'tcp' | 'tls'; udpConfigured: boolean | null };
	'relay-used': { relayOf: 'both-ends' | 'this-end' | 'other-end' };
	/** Networks of this device, where they are others; for how long at least no packet arrived. */
	'path-changed': {
		changedAtMs: number;
		from: UsedPair;
		to: UsedPair;
		networks: { from: NetworkEnd; to: NetworkEnd } | null;
		pausedMs: number | null;
	};
	/** As the transport names them; the version is `unknown` where the number is none of RFC 4347, 6347 and 9147. */
	'dtls-parameters': {
		version: DtlsVersion | null;
		cipher: string | null;
		srtpCipher: string | null;
		group: string | null;
	};
	'round-trip-time-high': During & { limitMs: number; mostMs: number; moreTimes: number };
	/** Whether media went over it; null where no path is known. */
	'vpn-interface': { used: boolean | null };
	/** Negative where the clock of the other end is behind. */
	'clock-skew': { aheadMs: number };
}

/** A stream by what it carries; with its SSRC where others look the same, else null. */
export interface StreamValues extends StreamKind {
	ssrc: number | null;
}

/** The layer of simulcast where the encoder has several. */
interface Limited extends During {
	rid: string | null;
	limitedMs: number;
}

/** An encoder or decoder; null for what the browser does not tell. */
export interface Coder {
	name: string | null;
	powerEfficient: boolean | null;
}

/** Medians of the time in which it was sent; null for what was not measured. */
export interface SimulcastLayer {
	rid: string;
	/** Whether any packet of it left. */
	sent: boolean;
	widthPx: number | null;
	heightPx: number | null;
	bitrateBps: number | null;
	framesPerSecond: number | null;
	/** What limited it longest, and in which share of the time; null where nothing did. */
	limited: { reason: string; ratio: number } | null;
}

export interface MediaValues {
	/** Sections that were offered and rejected (port 0), or answered with `inactive`; `all`: none of the others carries anything. */
	'media-declined': {
		sections: SectionValues[];
		by: 'this-end' | 'other-end';
		how: 'rejected' | 'inactive';
		/** The direction that the offer has for all of these sections; null where they have several. */
		offered: Direction | null;
		all: boolean;
	};
	/** Packets of video were asked for again while all of the audio arrived, which is in small packets. */
	'large-packets-lost': During & {
		/** The direction of the video. */
		way: 'in' | 'out';
		requestedAgain: number;
		videoPackets: number;
		audioPackets: number;
	};
	/**
	 * The estimate of what the path carries, the most that was sent over it around that time, the loss that was reported since, and that of
	 * what arrived in the same time (null where there was hardly any). The relay of this end that it went over; null where none is known.
	 */
	'path-narrow': During & {
		fromBps: number;
		toBps: number;
		/** To the end of the recording. */
		stayed: boolean;
		sentBps: number;
		mostLossRatio: number;
		mostLossInRatio: number | null;
		relayUrl: string | null;
	};
	/** What the description of the receiver allows (`b=`), and what the encoder was given; medians. */
	'bitrate-limited-by-description': {
		stream: StreamValues;
		declaredAs: 'as' | 'tias';
		limitBps: number;
		targetBps: number;
	};
	/** What the other end says to have sent since the last packet arrived, over a connection that stayed up. */
	'media-lost-on-path': During & { kind: 'audio' | 'video'; packetsSent: number };
	/** The encoder was held to one target to the end, far below what the path was estimated to carry, and no description says so. */
	'bitrate-limited-by-page': During & { targetBps: number; beforeBps: number; availableBps: number };
	/** Of the frames sent and of the source, while the browser named no limit. */
	'size-reduced-by-page': During & { widthPx: number; heightPx: number; sourceWidthPx: number; sourceHeightPx: number };
	'frame-rate-reduced-by-page': During & { framesPerSecond: number; sourceFramesPerSecond: number };
	/** Mean time in the jitter buffer, and what the network alone would have needed of it. */
	'playout-held-back': During & { stream: StreamValues; delayMs: number; neededMs: number };
	/** What was sent since the other end last reported it, while other reports of it came. */
	'media-lost-to-other-end': During & { kind: 'audio' | 'video'; packetsSent: number };
	/** Open channels of one label, with the numbers that the two ends gave them. */
	'data-channel-ids-differ': { label: string; id: number; otherId: number };
	/** What the page gave to data channels, and what the transports carried in all. */
	'data-channel-backlog': During & { givenBytes: number; carriedBytes: number };
	/** Media went out and nothing shows that it arrived, and nothing came, over a connection whose checks are answered. */
	'media-not-passing': { kinds: StreamKind['kind'][]; sentForMs: number; packetsSent: number };
	'codec-changed': { stream: StreamValues; from: string; to: string; changedAtMs: number; moreTimes: number };
	'coder-changed': { stream: StreamValues; from: Coder; to: Coder; changedAtMs: number; moreTimes: number };
	'simulcast-layers': { layers: SimulcastLayer[] };
	/** `inactive`: the browser says so of the encoding; `not-accepted`: the other end's description does not take it; a reason is what the
	 * browser gave longest. */
	'simulcast-layer-unsent': {
		rid: string;
		why: 'not-accepted' | 'inactive' | 'bandwidth' | 'cpu' | 'other' | 'unknown';
		source: { widthPx: number; heightPx: number } | null;
	};
	'loss-burst': During & { stream: StreamValues; lossRatio: number; lostPackets: number; packets: number };
	/** Each report of RTCP covers the time since the one before; null where that is hardly longer than between samples. */
	'loss-reported': During & {
		kind: StreamKind['kind'];
		meanLossRatio: number;
		mostLossRatio: number;
		reportIntervalMs: number | null;
	};
	'jitter-high': During & { stream: StreamValues; limitMs: number; mostMs: number };
	'picture-freezes': { freezes: number; frozenMs: number | null; firstAtMs: number | null };
	'bandwidth-limited': Limited;
	'cpu-limited': Limited;
	'resolution-drop': { stream: StreamKind; fromPx: number; toPx: number; droppedAtMs: number };
	/** Whether both ends had agreed that the other one sends it; null where no descriptions were recorded. */
	'audio-missing': { negotiated: boolean | null };
	/** Null for what is not counted. */
	'video-not-decoded': {
		stream: StreamValues;
		packets: number;
		frames: number | null;
		keyframeRequests: number | null;
		decoder: string | null;
	};
	'packets-without-frames': { stream: StreamValues; packets: number; keyframeRequests: number | null };
	/** `nothingCame`: no media of the other end arrived either. */
	'receiver-reports-missing': { kinds: StreamKind['kind'][]; sentForMs: number; nothingCame: boolean };
	'source-without-frames': During;
	/** `requestedBy`: this end asks for a stream that it receives, or the other end for one that it is sent. */
	'keyframe-requests-many': During & { stream: StreamValues; requests: number; requestedBy: 'this-end' | 'other-end' };
	'audio-silent': During & { packets: number };
	'microphone-silent': { silentMs: number };
	'concealment-high': During & { stream: StreamValues; mostConcealedRatio: number };
}

/** A section of a description. */
export interface SectionValues {
	/** Its media type (RFC 8866 §5.14), such as `audio`. */
	kind: string;
	mid: string | null;
}

/** Which description of an exchange. */
export interface DescriptionValues {
	side: 'local' | 'remote';
	type: string;
}

export interface SdpAgainstStatsValues {
	/** The section of data channels, rejected in the answer (port 0). */
	'data-channel-declined': { by: 'this-end' | 'other-end' };
	/** An offer in a call that was up; `added`: sections that no round before had. */
	'later-offer-unanswered': {
		offeredBy: 'this-end' | 'other-end';
		offeredAtMs: number;
		waitedMs: number;
		added: SectionValues[];
	};
	/** The browser said that negotiation is needed, and no offer followed to the end of the recording. */
	/** `takenBackOfferMs`: when this end had made an offer that it took back for one of the other end; null where it had not. */
	'negotiation-not-made': { neededAtMs: number; waitedMs: number; takenBackOfferMs: number | null };
	'negotiated-not-sent': { sections: SectionValues[] };
	'negotiated-not-received': { sections: SectionValues[] };
	'path-not-signalled': { address: string; port: number };
	'candidate-unexpected': { address: string; port: number; type: string };
	'sdp-lines-duplicate': { lines: number; first: DescriptionValues & { line: number } };
	/** Ids of rules of the linter. */
	'sdp-problems': { rules: string[]; first: DescriptionValues };
}

export interface RecordingValues {
	/** Null for the connections beyond the first ones that the recording names; how many they are is null in files of early versions. */
	'dump-truncated': { samplesKept: number; connection: string | null; moreConnections: number | null };
	/** How far is null in files of early versions. */
	'recorder-clock-set': { setBackMs: number | null };
	'media-request-failed': { method: string; browserSaid: string | null };
}

export interface StatsFindingValues
	extends EstablishmentValues, EndingValues, MediaPathValues, MediaValues, SdpAgainstStatsValues, RecordingValues {}
