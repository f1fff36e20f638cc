/**
 * Calls that fail as they do every day, written down when the rules for all the others had been written. Of these ten the first sentence
 * named two at once (the microphone, and the answer of another call as one of several causes), and the limited relay by a rule that was
 * made for another narrow path after this one had been written down. The rest took new rules.
 */
import { AUDIO, BOTH, DATA, VIDEO, type Kind } from './kind';

const RELAY_ONLY = { iceTransportPolicy: 'relay' };

/** End-to-end encryption with a key that the other end does not have: what is sent arrives whole, and is no video there. */
const SCRAMBLED = `${VIDEO}
	const code = 'onrtctransform = ({ transformer: { readable, writable } }) => readable.pipeThrough(new TransformStream({ transform(frame, to) { frame.data = new Uint8Array(frame.data).map((byte) => byte ^ 90).buffer; to.enqueue(frame); } })).pipeTo(writable);';
	const worker = new Worker(URL.createObjectURL(new Blob([code])));
	peer.getSenders()[0].transform = new RTCRtpScriptTransform(worker, {});`;

export const EVERYDAY_FAILURES: readonly Kind[] = [
	{
		name: 'microphone-denied',
		truth: 'the page may not use the microphone, and goes on without it: it connects and is never heard',
		a: {
			code: `await window.capture(['audio']).catch((error) => window.failures.push(error.name));
				peer.addTransceiver('audio', { direction: 'recvonly' });`
		},
		b: { code: AUDIO },
		seconds: 12
	},
	{
		name: 'media-lost-one-way',
		truth: 'connected, and after 5 s a firewall drops the audio that comes from the other end, and lets everything else pass',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 5, fault: 'media-to-a' }],
		seconds: 30
	},
	{
		name: 'microphone-of-other-end-ended',
		truth: 'connected, and after 5 s the microphone of the other end is gone: here its audio just stops',
		a: { code: AUDIO },
		b: { code: BOTH },
		then: [{ afterS: 5, b: "peer.getSenders().find(({ track }) => track?.kind === 'audio').track.stop();" }],
		seconds: 20
	},
	{
		name: 'added-video-never-answered',
		truth: 'connected with audio; after 5 s this end adds its video, and the other end never answers the new offer',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [
			{ afterS: 4, b: 'peer.keepsSilent = true;' },
			{ afterS: 5, a: "await addMedia(peer, ['video']); await offer('a');" }
		],
		seconds: 20
	},
	{
		name: 'track-added-too-late',
		truth:
			'this end answered before it had its microphone, added it 3 s later, and never made an offer for it: it is never heard',
		a: { code: AUDIO },
		then: [{ afterS: 3, b: AUDIO }],
		recorded: 'b',
		seconds: 16
	},
	{
		name: 'encoder-capped',
		truth: 'connected, and after 3 s the page of this end limits its video to 20 kbit/s (setParameters with maxBitrate)',
		a: { code: BOTH },
		then: [
			{
				afterS: 3,
				a: "const sender = peer.getSenders().find(({ track }) => track.kind === 'video'); const parameters = sender.getParameters(); parameters.encodings[0].maxBitrate = 20_000; await sender.setParameters(parameters);"
			}
		],
		seconds: 20
	},
	{
		name: 'turn-bitrate-limited',
		truth: 'by a relay whose server lets some 80 kbit/s through (max-bps), which video does not fit in',
		a: { servers: ['limited'], config: RELAY_ONLY, code: BOTH },
		b: { code: BOTH },
		seconds: 30
	},
	{
		name: 'relay-ports-closed',
		truth: 'relay only; the TURN server gives relays, and a firewall before it closes the ports of these relays',
		a: { servers: ['relay-ports-closed'], config: RELAY_ONLY, code: DATA },
		closedPorts: Array.from({ length: 10 }, (_, i) => 48_100 + i),
		seconds: 30
	},
	{
		name: 'frames-scrambled',
		truth:
			'the video of the other end is end-to-end encrypted with a key that this end does not have: it arrives and is not decoded',
		a: { code: "peer.addTransceiver('video', { direction: 'recvonly' });" },
		b: { code: SCRAMBLED },
		seconds: 16
	},
	{
		name: 'answer-of-another-call',
		truth: 'this end was given the answer that the other one made to the offer of another call',
		b: {
			code: `const [one, two] = [new RTCPeerConnection(), new RTCPeerConnection()];
				one.createDataChannel('other');
				await one.setLocalDescription();
				await two.setRemoteDescription(one.localDescription);
				await two.setLocalDescription();
				await new Promise((resolve) => setTimeout(resolve, 1000));
				Object.defineProperty(peer, 'localDescription', { get: () => two.localDescription });`
		},
		trickle: (one, from) => (from === 'a' ? one : null),
		seconds: 30
	}
];
