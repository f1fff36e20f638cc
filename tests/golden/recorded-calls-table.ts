/** What the first sentence about each recorded call that failed rests on: the rule, and the values that name the cause. */
import { expect } from 'vitest';

const LOST = 'The call lost its connection';
const FAULTS = 'The call connected, with faults in audio or video';

interface FirstSentence {
	rule: string;
	/** The cause itself unless given: one of several that look the same from here, or only what follows from it. */
	tells?: 'one-of-several' | 'effect';
	values?: object;
	/** “The call did not connect” unless given. */
	title?: string;
}

const HOST = '203.0.113.10';
/** A TURN server that told, or whose silence tells, why it gave no relay. */
const turnError = (url: string, code: number, rule: string): FirstSentence => ({
	rule: 'turn-server-error',
	values: { url, code, explanation: { rule } }
});
const udp = (port: number, host = HOST) => `turn:${host}:${port}?transport=udp`;
const tcp = (port: number, host = HOST) => `turn:${host}:${port}?transport=tcp`;
const tls = (port: number) => `turns:${HOST}:${port}?transport=tcp`;

/** Of the causes that look the same from here it is one. */
const among = (one: FirstSentence): FirstSentence => ({ ...one, tells: 'one-of-several' });

/** No fault, and what the dump is opened for. */
const ended = (rule: string, values: object = {}): FirstSentence => ({ rule, values, title: 'The call connected' });

export const FIRST_SENTENCES: Readonly<Record<string, FirstSentence>> = {
	'turn-password-udp': turnError(udp(3478), 401, 'credential-refused'),
	'turn-password-tcp': turnError(tcp(3478), 401, 'credential-refused'),
	'turn-password-tls': turnError(tls(4478), 401, 'credential-refused'),
	'turn-user-unknown': turnError(udp(3478), 401, 'credential-refused'),
	'relay-only-without-server': { rule: 'relay-only-without-turn', values: { stunUrls: [] } },
	'relay-only-with-stun': { rule: 'relay-only-without-turn', values: { stunUrls: [`stun:${HOST}:3478`] } },
	'turn-tcp-closed': turnError(tcp(3999, '203.0.113.20'), 701, 'tcp-refused'),
	'turn-udp-closed': among(turnError(udp(3999, '203.0.113.20'), 701, 'udp-silent')),
	'turn-udp-silent': among(turnError(udp(3478, '203.0.113.99'), 701, 'udp-silent')),
	'turn-name-unknown': turnError(udp(3478, 'turn.example'), 701, 'name-not-found'),
	'turns-certificate-untrusted': among(turnError(tls(4490), 701, 'tls-refused-or-certificate')),
	'turns-on-plain-port': among(turnError(tls(3500), 701, 'tls-refused-or-certificate')),
	// The dump of Chromium holds no user names, in which the time is.
	'turn-credential-expired': turnError(udp(3520), 401, 'credential-refused'),
	'turn-quota': turnError(udp(3500), 486, 'quota-reached'),
	'turn-ports-exhausted': turnError(udp(3510), 508, 'relay-capacity-reached'),
	'turn-peer-refused': { rule: 'relay-peer-refused', values: { turnUrls: [udp(3530)] } },
	'turn-port-25': { rule: 'turn-port-never-tried', values: { urls: [udp(25)], ports: [25] } },
	'turn-switched-off': among(turnError(udp(3540), 701, 'udp-silent')),
	'blocked-and-turn-password': turnError(tcp(3478), 401, 'credential-refused'),
	'turn-refused-at-refresh': among({
		rule: 'connection-lost',
		values: { silence: { of: 'packets' }, relayUrl: udp(3550) },
		title: LOST
	}),
	'turn-server-stopped': among({
		rule: 'connection-lost',
		values: { silence: { of: 'packets' }, relayUrl: udp(3560) },
		title: LOST
	}),

	'answer-never-set': { rule: 'answer-missing', values: { offeredBy: 'this-end' } },
	'answer-never-made': { rule: 'answer-missing', values: { offeredBy: 'other-end' } },
	'candidates-lost': among({ rule: 'remote-candidates-missing' }),
	'ice-password-changed': { rule: 'ice-credentials-mismatch' },
	'ice-user-changed': { rule: 'ice-credentials-mismatch', values: { checksSent: 0 } },
	'fingerprint-changed': among({ rule: 'dtls-unfinished', values: { state: 'failed' } }),
	'fingerprint-changed-both-ends': { rule: 'fingerprint-mismatch' },
	'both-ends-passive': { rule: 'setup-role-changed', values: { said: 'passive', given: 'active' } },
	'private-address-only': {
		rule: 'candidates-private-only',
		values: { side: 'remote', addresses: ['172.18.0.2'], container: true }
	},
	'mdns-name-unknown': { rule: 'remote-names-only', values: { names: 1 } },
	'answer-refused': { rule: 'description-refused', values: { call: 'set-remote' } },
	'answer-without-rtcp-mux': { rule: 'description-refused', values: { call: 'set-remote' } },
	'answer-without-ice': { rule: 'description-refused', values: { call: 'set-remote' } },
	'offer-never-set': { rule: 'description-refused', values: { call: 'set-remote' } },

	'all-blocked': among({ rule: 'candidate-pairs-failed', values: { checksReceived: 0, hasRelay: false } }),
	'one-way-to-here': among({ rule: 'candidate-pairs-failed', values: { checksReceived: 0, hasRelay: false } }),
	'one-way-from-here': among({ rule: 'checks-one-way' }),
	'dtls-blocked': among({ rule: 'dtls-unfinished', values: { state: 'connecting' } }),
	'cut-in-call': { rule: 'connection-lost', values: { silence: { of: 'packets' }, relayUrl: null }, title: LOST },
	'cut-and-restart-in-vain': { rule: 'connection-lost', values: { silence: { of: 'packets' } }, title: LOST },
	'consent-blocked': { rule: 'connection-lost', values: { silence: { of: 'answers' } }, title: LOST },
	'from-here-blocked-in-call': { rule: 'connection-lost', values: { silence: { of: 'answers' } }, title: LOST },
	'media-blocked': among({ rule: 'media-not-passing', title: FAULTS }),
	'rtcp-blocked': { rule: 'receiver-reports-missing', title: FAULTS },
	loss: { rule: 'loss-burst', title: FAULTS },
	narrow: { rule: 'path-narrow', values: { relayUrl: null, mostLossInRatio: expect.any(Number) }, title: FAULTS },

	'camera-ended': { rule: 'source-without-frames', title: FAULTS },
	'screen-stands-still': { rule: 'source-without-frames', title: FAULTS },
	'no-common-video-codec': among({
		rule: 'media-declined',
		values: { how: 'rejected', by: 'other-end', all: false },
		title: FAULTS
	}),
	'all-declined': among({ rule: 'media-declined', values: { how: 'inactive', by: 'other-end', all: true }, title: FAULTS }),
	'codec-mismatch': among({ rule: 'packets-without-frames', title: FAULTS }),
	'audio-source-empty': {
		rule: 'negotiated-not-sent',
		values: { sections: [{ kind: 'audio', mid: '0' }] },
		title: 'The call connected, 1 warning'
	},
	'camera-refused': {
		rule: 'media-request-failed',
		values: { browserSaid: 'OverconstrainedError' },
		title: 'Cannot tell, 1 problem'
	},

	// Recorded after the rules had been written.
	'firefox-turn-password': turnError(`turn:${HOST}:3478`, 401, 'credential-refused'),
	'firefox-fingerprint-changed': among({ rule: 'dtls-unfinished', values: { state: 'failed' } }),
	'fingerprint-changed-other-end': among({ rule: 'dtls-unfinished', values: { state: 'failed' }, title: LOST }),
	'turn-tcp-silent': among({
		rule: 'relay-only-without-relay',
		values: { turnUrls: [tcp(3478, '203.0.113.99')], gatheredForMs: expect.any(Number) }
	}),
	'relay-tcp-server-stopped': among({ rule: 'connection-lost', values: { relayUrl: tcp(3560) }, title: LOST }),
	'blocked-in-reports': among({ rule: 'candidate-pairs-failed', values: { checksReceived: 0 } }),
	'page-reloaded': { rule: 'peer-changed', title: 'The call connected, 1 warning' },
	'closed-before-connected': { rule: 'closed-while-checking' },
	'video-replaced-by-none': ended('sender-without-track', { kind: 'video' }),
	'blocked-and-turn-name': turnError(udp(3478, 'turn.example'), 701, 'name-not-found'),

	// Recorded when no rule had been written for them.
	'turn-tcp-cut': among({ rule: 'connection-lost', values: { silence: { of: 'packets' }, relayUrl: tcp(3570) }, title: LOST }),
	'turn-balanced-by-packet': among(turnError(udp(3580), 438, 'stale-nonce')),
	'other-family-only': { rule: 'candidate-pairs-missing', values: { inCommon: false } },
	'offers-crossed': { rule: 'offers-crossed', values: { refused: 'answer' } },
	'data-channel-declined': {
		rule: 'data-channel-declined',
		values: { by: 'other-end' },
		title: 'The call connected, 1 warning'
	},
	'large-packets-blocked': { rule: 'dtls-unfinished', values: { state: 'connecting', pieces: { packets: 10 } } },
	'large-packets-blocked-in-call': among({ rule: 'large-packets-lost', values: { way: 'in' }, title: FAULTS }),
	'turn-server-restarted': among({
		rule: 'connection-interruptions',
		values: { relayUrl: udp(3590) },
		title: 'The call connected, 1 warning'
	}),
	'candidates-too-early': { rule: 'candidates-refused', values: { refused: 2, taken: 0, beforeDescription: true } },
	'address-lost': among({ rule: 'connection-lost', values: { silence: { of: 'packets' }, relayUrl: null }, title: LOST }),
	'video-capped': {
		rule: 'bitrate-limited-by-description',
		values: { declaredAs: 'as', limitBps: 30_000 },
		title: FAULTS
	},

	// Recorded when those rules had been written.
	'lite-server-silent': among({ rule: 'candidate-pairs-failed', values: { checksReceived: 0, hasRelay: false } }),
	'answer-without-bundle': { rule: 'description-refused', values: { call: 'set-remote' } },
	'restart-never-answered': { rule: 'connection-lost', values: { relayUrl: null, restartAnswered: false }, title: LOST },
	'held-by-other-end': ended('media-direction-ended', {
		media: [{ kind: 'audio', ways: 'both' }],
		by: 'other-end',
		says: 'inactive'
	}),
	'sender-switched-off': ended('encodings-switched-off', { kind: 'video' }),
	'other-end-left': among(ended('closed-by-other-end')),
	'candidates-of-no-section': { rule: 'candidates-refused', values: { refused: 2, taken: 0, beforeDescription: false } },
	'blocked-and-turn-silent': among(turnError(udp(3478, '203.0.113.99'), 701, 'udp-silent')),
	'data-channel-closed': ended('data-channel-closed', { labels: ['messages'] }),
	'microphone-ended': among(ended('audio-source-ended')),

	// Recorded when those rules had been written too.
	'microphone-denied': {
		rule: 'media-request-failed',
		values: { browserSaid: expect.stringContaining('NotAllowedError') },
		title: 'The call connected, 1 problem'
	},
	'media-lost-one-way': { rule: 'media-lost-on-path', values: { kind: 'audio' }, title: FAULTS },
	'microphone-of-other-end-ended': ended('inbound-media-stopped', { kind: 'audio', stoppedSending: true }),
	// Round trips were long, too: the machine that recorded it was busy.
	'added-video-never-answered': {
		rule: 'later-offer-unanswered',
		values: { offeredBy: 'this-end', added: [{ kind: 'video' }] },
		title: 'The call connected, 2 warnings'
	},
	'track-added-too-late': { rule: 'negotiation-not-made', title: 'The call connected, 1 warning' },
	'encoder-capped': { rule: 'bitrate-limited-by-page', values: { targetBps: 20_000 }, title: FAULTS },
	'turn-bitrate-limited': { rule: 'path-narrow', values: { relayUrl: udp(3620) }, title: FAULTS },
	'relay-ports-closed': among({ rule: 'candidate-pairs-failed', values: { onlyRelays: true } }),
	'frames-scrambled': among({ rule: 'video-not-decoded', title: FAULTS }),
	'answer-of-another-call': among({ rule: 'dtls-unfinished', values: { state: 'connecting' } }),

	// Chosen before anything was asked about them, when all those rules had been written.
	'answer-given-twice': {
		rule: 'description-refused',
		values: { call: 'set-remote', repeated: true },
		title: 'The call connected, 1 warning'
	},
	'offer-without-sections': { rule: 'offer-empty', values: { offeredBy: 'this-end' } },
	'own-offer-rolled-back': {
		rule: 'negotiation-not-made',
		values: { takenBackOfferMs: expect.any(Number) },
		title: 'The call connected, 1 warning'
	},
	// That candidates were lost is not to be seen: ICE found its way without them when the path was back.
	'restart-candidates-lost': { rule: 'consent-lost', tells: 'effect', title: 'The call connected, 1 warning' },
	'candidates-of-another-session': among({ rule: 'candidates-of-other-session', values: { candidates: 2, checksSent: 0 } }),
	'sections-reordered': {
		rule: 'description-refused',
		values: { call: 'set-remote', browserSaid: expect.stringContaining('order of m-lines'), repeated: false },
		title: 'The call connected, 1 warning'
	},
	'other-end-relay-refused': among({ rule: 'candidate-pairs-failed', values: { onlyRelays: false, onlyRemoteRelays: true } }),
	'tcp-candidates-only': { rule: 'candidate-pairs-missing', values: { inCommon: false, onlyActiveTcp: true } },
	'both-ends-active': among({ rule: 'dtls-unfinished', values: { state: 'failed', role: 'client' } }),
	'hung-up-unanswered': { rule: 'answer-missing', values: { offeredBy: 'this-end' } },
	'turn-password-in-reports': among({ rule: 'local-candidates-missing' }),
	blackout: {
		rule: 'connection-interruptions',
		values: { pausedMs: expect.any(Number), pausedFromMs: expect.any(Number) },
		title: 'The call connected, 1 warning'
	},
	'cut-in-reports': { rule: 'connection-lost', values: { silence: { of: 'packets' }, relayUrl: null }, title: LOST },
	'firefox-cut-in-call': { rule: 'connection-lost', values: { silence: { of: 'packets' }, relayUrl: null }, title: LOST },
	'firefox-other-end-closed': ended('closed-by-other-end'),
	'jitter-buffer-huge': among({ rule: 'playout-held-back', title: FAULTS }),
	'video-scaled-down': {
		rule: 'size-reduced-by-page',
		values: { widthPx: 40, sourceWidthPx: 320, sourceHeightPx: 180 },
		title: FAULTS
	},
	'frame-rate-capped': { rule: 'frame-rate-reduced-by-page', title: FAULTS },
	'nobody-sends': {
		rule: 'media-declined',
		values: { how: 'inactive', by: 'other-end', offered: 'recvonly', all: true },
		title: FAULTS
	},
	'other-end-without-microphone': ended('media-one-way', { kinds: ['audio'], by: 'other-end' }),
	'other-end-stands-still': among(ended('inbound-media-stopped', { kind: 'video', stoppedSending: true })),
	'audio-context-suspended': among(ended('audio-source-ended')),
	'channel-negotiated-here-only': among(ended('data-channel-unanswered', { label: 'messages', id: 0 })),
	'channel-ids-differ': {
		rule: 'data-channel-ids-differ',
		values: { label: 'messages' },
		title: 'The call connected, 1 problem'
	},
	'data-backed-up': { rule: 'data-channel-backlog', title: 'The call connected, 1 warning' },
	'media-lost-from-here': { rule: 'media-lost-to-other-end', values: { kind: 'audio' }, title: FAULTS },
	'loss-from-here': { rule: 'loss-reported', values: { kind: 'video' }, title: FAULTS },
	'firefox-media-lost-one-way': { rule: 'media-lost-on-path', values: { kind: 'audio' }, title: FAULTS },

	// Chosen in the same way when the rules for those had been written.
	'answer-not-set-locally': { rule: 'answer-missing', values: { offeredBy: 'other-end', madeAtMs: expect.any(Number) } },
	'offered-inactive': ended('media-neither-way', { kinds: ['audio'], offeredBy: 'this-end', says: 'inactive' }),
	'both-send-only': ended('media-neither-way', { kinds: ['audio'], offeredBy: 'this-end', says: 'sendonly' }),
	'remote-relay-stopped': among({ rule: 'connection-lost', values: { relayUrl: null, toRelay: true }, title: LOST }),
	'narrow-for-a-while': { rule: 'path-narrow', values: { stayed: false }, title: FAULTS },
	'dtls-blocked-in-reports': among({ rule: 'dtls-unfinished', values: { state: 'connecting' } }),
	'candidates-lost-in-reports': among({ rule: 'remote-candidates-missing', values: { described: null } }),
	'media-blocked-in-reports': { rule: 'receiver-reports-missing', tells: 'effect', values: { nothingCame: true }, title: FAULTS },
	'other-end-closed-in-reports': ended('closed-by-other-end'),
	'other-end-video-off': ended('inbound-media-stopped', { kind: 'video', stoppedSending: true }),
	'firefox-all-blocked': among({ rule: 'candidate-pairs-failed' }),
	'firefox-camera-ended': among(ended('video-slowed')),
	'firefox-dtls-blocked': among({ rule: 'dtls-unfinished', values: { state: 'connecting' } }),

	// Chosen in the same way when the rules for those had been written too.
	'dtls-lost-from-here': among({ rule: 'dtls-unfinished', values: { state: 'connecting' } }),
	'other-end-without-relay': among({ rule: 'remote-candidates-missing', values: { described: true } }),
	'path-found-late': {
		rule: 'set-up-slow',
		values: { longest: { step: 'ice' } },
		title: 'The call connected, 1 warning'
	},
	'simulcast-layer-off': ended('encodings-switched-off', { kind: 'video', encodings: 1, ofEncodings: 2, rids: ['h'] }),
	'microphone-muted-for-good': ended('audio-source-silent'),
	'restart-storm': { rule: 'ice-restarts', values: { restarts: 6, whileUp: true }, title: 'The call connected, 1 warning' },
	'other-end-address-lost': among({
		rule: 'connection-lost',
		values: { silence: { of: 'packets' }, relayUrl: null },
		title: LOST
	}),
	'firefox-other-end-video-off': ended('inbound-media-stopped', { kind: 'video', stoppedSending: true }),
	'firefox-video-replaced-by-none': among(ended('video-slowed')),
	'firefox-answer-never-set': { rule: 'answer-missing', values: { offeredBy: 'this-end' } },

	// Chosen without a look at the rules.
	'answer-line-breaks-lost': { rule: 'description-refused', values: { call: 'set-remote', lineBreaks: 'escaped' } },
	'own-offer-echoed': { rule: 'own-description-returned', values: { type: 'offer', refused: false } },
	'loopback-address-only': { rule: 'candidates-private-only', values: { side: 'remote', addresses: ['127.0.0.1'] } },
	'answer-without-fingerprint': {
		rule: 'description-refused',
		values: { call: 'set-remote', browserSaid: expect.stringContaining('without DTLS fingerprint') }
	},
	'other-end-muted-for-good': ended('inbound-media-emptied', { kind: 'audio' }),
	'other-end-camera-disabled': ended('inbound-media-emptied', { kind: 'video' }),
	'answered-late': { rule: 'set-up-slow', values: { longest: { step: 'answer' } }, title: 'The call connected, 1 warning' },
	'processed-video-without-frames': { rule: 'source-without-frames', title: FAULTS }
};

/** Calls that were well, of which something was ended: the fact is named first, and is no fault. */
export const HEALTHY_ENDINGS: Readonly<Record<string, FirstSentence>> = {
	'closed-by-other-end': ended('closed-by-other-end'),
	// The end without media answered that it only receives.
	'one-way-sent': ended('media-one-way', { kinds: ['audio', 'video'], by: 'other-end' }),
	'one-way-received': ended('media-one-way', { kinds: ['audio', 'video'], by: 'this-end' }),
	'video-declined': ended('media-one-way', { kinds: ['audio'], by: 'other-end' }),
	'janus-room-publisher-left': ended('inbound-media-stopped', { kind: 'audio', stoppedSending: null }),
	'transceiver-stopped': ended('media-direction-ended', {
		media: [{ kind: 'video', ways: 'both' }],
		by: 'this-end',
		says: 'port-0'
	}),
	// Nobody kept a reference to the channel.
	'firefox-data-only': ended('data-channel-closed', { labels: ['messages'] })
};
