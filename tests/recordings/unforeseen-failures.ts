/** Calls that fail or go badly in ways that no rule had been written for when they were recorded. */
import { AUDIO, BOTH, DATA, VIDEO, type Candidate, type Kind } from './kind';

const RELAY_ONLY = { iceTransportPolicy: 'relay' };

/** Candidates of end `b` alone are passed on, at an address of the other family. */
const otherFamily = (one: Candidate, from: 'a' | 'b') =>
	from === 'a' ? null : { ...one, candidate: one.candidate.replace(/^(candidate:\S+ \d \S+ \d+) \S+/, '$1 2001:db8:b::2') };

/** A page that gives its candidates at once, and the description only when all of them came. */
const CANDIDATES_FIRST = `
	const native = window.give;
	window.give = async (to, message) => {
		if (!message.description) return native(to, message);
		setTimeout(() => native(to, message), 3000);
	};`;

export const UNFORESEEN_FAILURES: readonly Kind[] = [
	{
		name: 'turn-tcp-cut',
		truth: 'connected by a relay over TCP, whose TCP connection a firewall cuts after 6 s: nothing passes on it any more',
		a: { servers: ['cut-tcp'], config: RELAY_ONLY, code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 6, cut: 'cut-tcp' }],
		seconds: 45
	},
	{
		name: 'turn-balanced-by-packet',
		truth:
			'relay only, and a load balancer gives each packet to another of two TURN servers, which refuse the nonce of the other one (438)',
		a: { servers: ['balanced'], config: RELAY_ONLY, code: DATA },
		seconds: 25
	},
	{
		name: 'other-family-only',
		truth: 'the other end offers only an IPv6 address, and this end has IPv4 alone',
		trickle: otherFamily,
		seconds: 25
	},
	{
		name: 'offers-crossed',
		truth: 'both ends made an offer at once; each took its own back and answered the other one, and could not set the answer',
		b: {
			code: `const native = window.give;
				window.give = async (to, message) => {
					if (message.description?.type === 'offer') await window.offer('b');
					return native(to, message);
				};
				${DATA}`
		},
		seconds: 30
	},
	{
		name: 'data-channel-declined',
		truth: 'audio connected, and the data channel never opens: the answer rejects its section (port 0)',
		a: { code: `${AUDIO} ${DATA}` },
		b: { code: AUDIO },
		describe: (one, from) =>
			from === 'b'
				? { ...one, sdp: one.sdp.replace('m=application 9', 'm=application 0').replace(/(a=group:BUNDLE 0) 1/, '$1') }
				: one,
		seconds: 20
	},
	{
		name: 'large-packets-blocked',
		truth: 'small packets pass between the two ends, and those of more than 1000 bytes are dropped (path MTU)',
		a: { code: BOTH },
		b: { code: BOTH },
		fault: 'large',
		seconds: 25
	},
	{
		name: 'large-packets-blocked-in-call',
		truth: 'connected, and after 4 s packets of more than 1000 bytes are dropped (path MTU), which are those of the video',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [{ afterS: 4, fault: 'large' }],
		seconds: 13
	},
	{
		name: 'turn-server-restarted',
		truth:
			'by a relay whose server is started anew after 5 s and has forgotten the allocation; ICE is restarted at 18 s, and the call goes on by a new relay',
		a: { servers: ['restarted'], config: RELAY_ONLY, code: AUDIO },
		b: { code: AUDIO },
		then: [
			{ afterS: 5, startAnew: 'restarted' },
			{ afterS: 18, a: "peer.restartIce(); await offer('a');" }
		],
		seconds: 28
	},
	{
		name: 'candidates-too-early',
		truth: 'both ends were given the candidates of the other one before its description, and refused them all',
		a: { code: `${CANDIDATES_FIRST} ${DATA}` },
		b: { code: CANDIDATES_FIRST },
		seconds: 30
	},
	{
		name: 'address-lost',
		truth: 'connected, and after 6 s this end loses its only IP address',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 6, addressOf: 'a' }],
		seconds: 42
	},
	{
		name: 'video-capped',
		truth: 'connected, and the answer limits the video of this end to 30 kbit/s (b=AS:30)',
		a: { code: VIDEO },
		describe: (one, from) => (from === 'b' ? { ...one, sdp: one.sdp.replace(/(m=video.*\r\nc=.*\r\n)/, '$1b=AS:30\r\n') } : one),
		seconds: 14
	}
];

/** A second time, after the rules had been mended for the first ones. */
export const UNFORESEEN_AGAIN: readonly Kind[] = [
	{
		name: 'lite-server-silent',
		truth: 'the other end is a media server (ICE lite) that announces an address which nobody has',
		describe: (one, from) => (from === 'b' ? { ...one, sdp: one.sdp.replace('t=0 0\r\n', 't=0 0\r\na=ice-lite\r\n') } : one),
		trickle: (one, from) =>
			from === 'a' ? null : { ...one, candidate: one.candidate.replace(/^(candidate:\S+ \d \S+ \d+) \S+/, '$1 203.0.113.99') },
		seconds: 25
	},
	{
		name: 'answer-without-bundle',
		truth: 'this end wants everything in one bundle (max-bundle), and the answer has none, so that the browser refuses it',
		a: { config: { bundlePolicy: 'max-bundle' }, code: BOTH },
		describe: (one, from) => (from === 'b' ? { ...one, sdp: one.sdp.replace(/a=group:BUNDLE.*\r\n/, '') } : one),
		seconds: 8
	},
	{
		name: 'restart-never-answered',
		truth: 'connected, cut after 5 s; this end restarts ICE at 9 s, and the other end never answers the new offer',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [
			{ afterS: 5, fault: 'all' },
			{ afterS: 8, b: 'peer.keepsSilent = true;' },
			{ afterS: 9, a: "peer.restartIce(); await offer('a');" }
		],
		seconds: 40
	},
	{
		name: 'held-by-other-end',
		truth: 'connected, and after 5 s the other end puts the call on hold (inactive in a new offer), and never takes it up again',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 5, b: "peer.getTransceivers().forEach((one) => (one.direction = 'inactive')); await offer('b');" }],
		seconds: 18
	},
	{
		name: 'sender-switched-off',
		truth: 'connected, and after 5 s this end switches its video encoding off (setParameters with active: false)',
		a: { code: BOTH },
		then: [
			{
				afterS: 5,
				a: "const sender = peer.getSenders().find(({ track }) => track.kind === 'video'); const parameters = sender.getParameters(); parameters.encodings[0].active = false; await sender.setParameters(parameters);"
			}
		],
		seconds: 15
	},
	{
		name: 'other-end-left',
		truth: 'connected, and after 5 s the page of the other end is left for another one, without close()',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 5, b: "setTimeout(() => (location.href = 'about:blank'), 50);" }],
		seconds: 40
	},
	{
		name: 'candidates-of-no-section',
		truth: 'the candidates of both ends name a section (sdpMid) that no description has, and are refused',
		trickle: (one) => ({ ...one, sdpMid: 'data', sdpMLineIndex: null }),
		seconds: 25
	},
	{
		name: 'blocked-and-turn-silent',
		truth: 'no direct path, and what is sent to the TURN server that would have helped vanishes',
		a: { servers: ['silent'], code: DATA },
		fault: 'all',
		seconds: 40
	},
	{
		name: 'data-channel-closed',
		truth: 'connected, and after 5 s the other end closes the data channel, while the connection stays',
		a: { code: `${AUDIO} ${DATA}` },
		b: { code: `${AUDIO} peer.ondatachannel = ({ channel }) => (window.channel = channel);` },
		then: [{ afterS: 5, b: 'window.channel.close();' }],
		seconds: 14
	},
	{
		name: 'microphone-ended',
		truth: 'connected, and after 5 s the microphone of this end is gone',
		a: { code: BOTH },
		b: { code: AUDIO },
		then: [{ afterS: 5, a: "peer.getSenders().find(({ track }) => track?.kind === 'audio').track.stop();" }],
		seconds: 16
	}
];
