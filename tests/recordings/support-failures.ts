/** Calls as people ask about them, chosen without a look at the rules; each with what has to be said of it before it was recorded. */
import { AUDIO, BOTH, type Candidate, type EndName, type Kind } from './kind';

/** Signalling that sends each message to all in the room, its sender too. */
const ECHOES = `
	const native = window.signal;
	window.signal = (text) => {
		void native(text);
		const { end, ...message } = JSON.parse(text);
		if (message.description || message.candidate) void window.give('a', message);
	};`;

const loopback = (one: Candidate, from: EndName) =>
	from === 'a' ? null : { ...one, candidate: one.candidate.replace(/^(candidate:\S+ \d \S+ \d+) \S+/, '$1 127.0.0.1') };

export const SUPPORT_FAILURES: readonly Kind[] = [
	{
		name: 'answer-line-breaks-lost',
		truth: 'the line breaks of the answer came as the letters \\r\\n, so that the browser could not read it',
		describe: (one, from) => (from === 'b' ? { ...one, sdp: one.sdp.replaceAll('\r\n', '\\r\\n') } : one),
		seconds: 8
	},
	{
		name: 'own-offer-echoed',
		truth: 'signalling gave this end its own offer back, and it answered that',
		a: { code: `${ECHOES} ${AUDIO}` },
		b: { code: AUDIO },
		seconds: 25
	},
	{
		name: 'loopback-address-only',
		truth: 'the other end offers only 127.0.0.1, which is the own machine of whoever sends to it',
		trickle: loopback,
		seconds: 25
	},
	{
		name: 'answer-without-fingerprint',
		truth: 'the answer has no fingerprint (a gateway without DTLS), so that the browser refuses it',
		a: { code: AUDIO },
		b: { code: AUDIO },
		describe: (one, from) => (from === 'b' ? { ...one, sdp: one.sdp.replace(/a=(?:fingerprint|setup):.*\r\n/g, '') } : one),
		seconds: 8
	},
	{
		name: 'other-end-muted-for-good',
		truth: 'connected, and after 5 s the other end mutes its microphone, to the end: what arrives is silence',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 5, b: 'for (const { track } of peer.getSenders()) track.enabled = false;' }],
		seconds: 18
	},
	{
		name: 'other-end-camera-disabled',
		truth: 'connected, and after 5 s the other end disables the track of its camera: what arrives is black',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [{ afterS: 5, b: "peer.getSenders().find(({ track }) => track?.kind === 'video').track.enabled = false;" }],
		seconds: 18
	},
	{
		name: 'answered-late',
		truth: 'connected late: the other end made its answer 12 s after it had been given the offer',
		a: { code: AUDIO },
		b: { code: `${AUDIO} peer.beforeAnswer = () => new Promise((resolve) => setTimeout(resolve, 12_000));` },
		seconds: 20
	},
	{
		name: 'processed-video-without-frames',
		truth: 'connected, and the video track of this end comes from an effect that never writes a frame',
		a: { code: `${AUDIO} peer.addTrack(new MediaStreamTrackGenerator({ kind: 'video' }));` },
		b: { code: AUDIO },
		seconds: 14
	}
];
