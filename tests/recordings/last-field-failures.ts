/** Calls chosen and written down as those of further-field-failures.ts, when the rules for those had been written too. */
import { AUDIO, BOTH, type Kind } from './kind';

const RELAY_ONLY = { iceTransportPolicy: 'relay' };

const LAYERS = `const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 15 } });
	peer.addTransceiver(stream.getTracks()[0], { direction: 'sendonly', sendEncodings: [{ rid: 'l', scaleResolutionDownBy: 2 }, { rid: 'h' }] });`;

/** A media server's answer that takes both layers, which a browser's does not. */
const takesLayers: Kind['describe'] = (one, from) =>
	from === 'a'
		? { ...one, sdp: one.sdp.replace(/a=(?:rid|simulcast):.*\r\n/g, '') }
		: { ...one, sdp: `${one.sdp}a=rid:l recv\r\na=rid:h recv\r\na=simulcast:recv l;h\r\n` };

const RESTART = "peer.restartIce(); await offer('a');";

export const LAST_FIELD_FAILURES: readonly Kind[] = [
	{
		name: 'dtls-lost-from-here',
		truth: 'ICE passes, and packets of DTLS that this end sends are dropped',
		fault: 'dtls-from-a',
		seconds: 25
	},
	{
		name: 'other-end-without-relay',
		truth: 'the other end may use relays alone, and its TURN server refuses the password (401): it has no candidate',
		b: { servers: ['wrong-udp'], config: RELAY_ONLY },
		seconds: 25
	},
	{
		name: 'path-found-late',
		truth: 'no packet passes for 7 s; then the call connects',
		fault: 'all',
		then: [{ afterS: 7, heal: true }],
		seconds: 20
	},
	{
		name: 'simulcast-layer-off',
		truth: 'connected, and after 4 s the page of this end switches the larger of two layers of its video off (active: false)',
		a: { code: LAYERS },
		describe: takesLayers,
		then: [
			{
				afterS: 4,
				a: 'const [sender] = peer.getSenders(); const parameters = sender.getParameters(); parameters.encodings[1].active = false; await sender.setParameters(parameters);'
			}
		],
		seconds: 18
	},
	{
		name: 'microphone-muted-for-good',
		truth: 'connected, and after 5 s this end mutes its microphone, to the end',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 5, a: 'for (const { track } of peer.getSenders()) track.enabled = false;' }],
		seconds: 18
	},
	{
		name: 'restart-storm',
		truth: 'connected, and the page of this end restarts ICE every 2 s, though nothing is wrong with the path',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [4, 6, 8, 10, 12, 14].map((afterS) => ({ afterS, a: RESTART })),
		seconds: 20
	},
	{
		name: 'other-end-address-lost',
		truth: 'connected, and after 6 s the other end loses its only IP address',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 6, addressOf: 'b' }],
		seconds: 42
	},
	{
		name: 'firefox-other-end-video-off',
		truth: 'connected, and after 5 s the other end turns its camera off by replacing its track by none; recorded by Firefox',
		a: { code: BOTH },
		b: { code: BOTH },
		firefox: 'a',
		then: [{ afterS: 5, b: "await peer.getSenders().find(({ track }) => track?.kind === 'video').replaceTrack(null);" }],
		seconds: 20
	},
	{
		name: 'firefox-video-replaced-by-none',
		truth: 'connected, and after 5 s this end replaces the track of its video by none; recorded by Firefox',
		a: { code: BOTH },
		firefox: 'a',
		then: [{ afterS: 5, a: "await peer.getSenders().find(({ track }) => track?.kind === 'video').replaceTrack(null);" }],
		seconds: 20
	},
	{
		name: 'firefox-answer-never-set',
		truth: 'the other end answered, and the answer never reached this one; recorded by Firefox',
		describe: (one) => (one.type === 'answer' ? null : one),
		firefox: 'a',
		seconds: 14
	}
];
