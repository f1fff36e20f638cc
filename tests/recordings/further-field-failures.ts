/** Calls chosen and written down as those of field-failures.ts, when the rules for those had been written. */
import { AUDIO, BOTH, DATA, VIDEO, type Kind } from './kind';

const RELAY_ONLY = { iceTransportPolicy: 'relay' };

/** Makes an answer, sends it, and forgets to set it itself. */
const FORGETS_TO_SET = `
	window.give = async (to, { description, candidate }) => {
		if (candidate) return peer.addIceCandidate(candidate);
		await peer.setRemoteDescription(description);
		const { type, sdp } = await peer.createAnswer();
		window.signal(JSON.stringify({ end, description: { type, sdp } }));
	};`;

const withDirection = (direction: string) => `for (const each of peer.getTransceivers()) each.direction = '${direction}';`;

export const FURTHER_FIELD_FAILURES: readonly Kind[] = [
	{
		name: 'answer-not-set-locally',
		truth: 'this end made an answer and sent it, and never set it itself (setLocalDescription)',
		b: { code: FORGETS_TO_SET },
		recorded: 'b',
		seconds: 20
	},
	{
		name: 'offered-inactive',
		truth: 'connected, and the offer of this end says “inactive” for its audio, so that nobody sends any',
		a: { code: `${AUDIO} ${DATA} ${withDirection('inactive')}` },
		b: { code: AUDIO },
		seconds: 14
	},
	{
		name: 'both-send-only',
		truth: 'connected, and both ends only want to send: the answer to the offer that only sends is inactive',
		a: { code: `${AUDIO} ${DATA} ${withDirection('sendonly')}` },
		b: { code: `peer.beforeAnswer = async () => { ${AUDIO} ${withDirection('sendonly')} };` },
		seconds: 14
	},
	{
		name: 'remote-relay-stopped',
		truth: 'connected over a relay of the other end, whose TURN server is stopped after 4 s',
		b: { servers: ['stopped'], config: RELAY_ONLY },
		then: [{ afterS: 4, stop: 'stopped' }],
		seconds: 45
	},
	{
		name: 'narrow-for-a-while',
		truth: 'connected, and from second 4 to 16 the path carries some 100 kbit/s, which video does not fit in',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [
			{ afterS: 4, fault: 'narrow' },
			{ afterS: 16, heal: true }
		],
		seconds: 34
	},
	{
		name: 'dtls-blocked-in-reports',
		truth: 'ICE passes, and packets of DTLS are dropped; only the reports of getStats() were kept',
		fault: 'dtls',
		format: 'getstats',
		seconds: 25
	},
	{
		name: 'candidates-lost-in-reports',
		truth: 'signalling lost the candidates of both ends; only the reports of getStats() were kept',
		trickle: () => null,
		format: 'getstats',
		seconds: 25
	},
	{
		name: 'media-blocked-in-reports',
		truth: 'connected, and packets of RTP are dropped; only the reports of getStats() were kept',
		a: { code: AUDIO },
		b: { code: AUDIO },
		fault: 'media',
		format: 'getstats',
		seconds: 20
	},
	{
		name: 'other-end-closed-in-reports',
		truth: 'connected, and after 6 s the other end closes the connection; only the reports of getStats() were kept',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 6, b: 'peer.close();' }],
		format: 'getstats',
		seconds: 30
	},
	{
		name: 'other-end-video-off',
		truth: 'connected, and after 5 s the other end turns its camera off by replacing its track by none',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [{ afterS: 5, b: "await peer.getSenders().find(({ track }) => track?.kind === 'video').replaceTrack(null);" }],
		seconds: 20
	},
	{
		name: 'firefox-all-blocked',
		truth: 'no packet passes between the two ends, and there is no relay; recorded by Firefox',
		fault: 'all',
		firefox: 'a',
		seconds: 30
	},
	{
		name: 'firefox-camera-ended',
		truth: 'connected, and after 5 s the camera of this end is gone; recorded by Firefox',
		a: { code: VIDEO },
		firefox: 'a',
		then: [{ afterS: 5, a: 'peer.getSenders()[0].track.stop();' }],
		seconds: 18
	},
	{
		name: 'firefox-dtls-blocked',
		truth: 'ICE passes, and packets of DTLS are dropped; recorded by Firefox',
		fault: 'dtls',
		firefox: 'a',
		seconds: 25
	}
];
