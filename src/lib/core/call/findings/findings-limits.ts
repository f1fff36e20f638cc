/** From where on a finding speaks: each limit with where it comes from. Changing one changes no rule. */

export interface FindingLimit {
	value: number;
	unit: 'ms' | 'share' | 'count' | 'factor';
	source: string;
}

const limit = (value: number, unit: FindingLimit['unit'], source: string): FindingLimit => ({ value, unit, source });

export const FINDING_LIMITS = {
	/** From the first description to connected. */
	setUp: limit(
		5000,
		'ms',
		'ITU-T E.721 gives a local call 3 s from dialling to ringing, a toll call 5 s; people wait no longer for a link.'
	),
	roundTrip: limit(300, 'ms', 'ITU-T G.114: up to 150 ms one way most users are satisfied; a round trip is twice that.'),
	/** A single late answer is no state of the network. */
	sustained: limit(3, 'count', 'Three samples in a row, three seconds at the usual interval: one poll may be late by itself.'),
	loss: limit(0.03, 'share', 'ITU-T G.1010 Table I.1: speech bears under 3 %.'),
	/** Loss in two bursts with less between them is one burst. */
	lossPause: limit(3000, 'ms', "This project's own: within a burst single seconds are free of loss by chance."),
	/** Below it a ratio of a few packets is chance. */
	lossPackets: limit(5, 'count', "This project's own: a share needs some packets to be one."),
	jitter: limit(50, 'ms', "This project's own; ITU-T Y.1541 Table 1 has 50 ms for IPDV, a related measure."),
	freezeShare: limit(0.01, 'share', "What is frozen W3C says (totalFreezesDuration); the limit is this project's own."),
	freezeLeast: limit(1000, 'ms', "This project's own: a single quarter of a second is one late frame."),
	limited: limit(5000, 'ms', "This project's own: an encoder that is limited for less is adapting."),
	/** Every sender starts low and probes upward. */
	rampUp: limit(10_000, 'ms', 'libwebrtc starts at 300 kbit/s and takes seconds to find what a path allows.'),
	resolutionDrop: limit(0.5, 'factor', 'Half the height or less: the next step of libwebrtc below three quarters.'),
	concealment: limit(0.05, 'share', "This project's own: up to a few percent of concealed Opus are not noticed."),
	bufferFills: limit(2000, 'ms', "This project's own: a jitter buffer of half a second, and a sample each second."),
	heldBack: limit(500, 'ms', 'ITU-T G.114: over 400 ms one way is not acceptable; less is what keeps audio and video in step.'),
	silence: limit(5000, 'ms', "This project's own: speakers pause, a silent line does not end its pause."),
	disconnected: limit(1000, 'ms', "This project's own: below it nobody notices."),
	/** RFC 7675 §5.1: a check each 5 s; without an answer for 30 s consent is lost. */
	consent: limit(15_000, 'ms', 'RFC 7675 §5.1: checks come every 5 s and consent ends after 30 s; three unanswered are a sign.'),
	framesWhole: limit(10, 'count', "This project's own: a decoder that has not shown the first of ten frames is not merely late."),
	packetsEnough: limit(100, 'count', "This project's own: a frame of 1080p video has some tens of packets."),
	receiverReports: limit(
		15_000,
		'ms',
		'RFC 3550 §6.2: reports come every 5 s on average; three that are missing are more than loss.'
	),
	keyframeRequests: limit(10_000, 'ms', "This project's own: a request a second for ten seconds is no single lost frame."),
	clockSkew: limit(1000, 'ms', "This project's own: NTP holds machines within some ten milliseconds of each other."),
	samples: limit(1000, 'count', 'Chrome keeps 1,000 samples of a series (content/browser/resources/webrtc_internals).')
} as const satisfies Record<string, FindingLimit>;

export type FindingLimits = { readonly [Name in keyof typeof FINDING_LIMITS]: Pick<FindingLimit, 'value'> };
