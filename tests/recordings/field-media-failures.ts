/** Calls that connect and whose media or data fail, chosen and written down with field-failures.ts. */
import { AUDIO, BOTH, VIDEO, type Kind } from './kind';

/** Changes the one encoding of the video. */
const withVideoEncoding = (change: string) => `
	const sender = peer.getSenders().find(({ track }) => track?.kind === 'video');
	const parameters = sender.getParameters();
	Object.assign(parameters.encodings[0], ${change});
	await sender.setParameters(parameters);`;

/** A channel that both ends have to make, each with the same number, and that says something twice a second. */
const negotiated = (id: number) => `
	const channel = peer.createDataChannel('messages', { negotiated: true, id: ${id} });
	channel.onopen = () => setInterval(() => channel.readyState === 'open' && channel.send('hello'), 500);`;

export const FIELD_MEDIA_FAILURES: readonly Kind[] = [
	{
		name: 'jitter-buffer-huge',
		truth:
			'connected, and after 3 s the page of this end asks for a jitter buffer of 3 s (jitterBufferTarget): all video is late',
		a: { code: "peer.addTransceiver('video', { direction: 'recvonly' });" },
		b: { code: VIDEO },
		then: [{ afterS: 3, a: 'peer.getReceivers()[0].jitterBufferTarget = 3000;' }],
		seconds: 22
	},
	{
		name: 'video-scaled-down',
		truth: 'connected, and after 3 s the page of this end sends its video at an eighth of its size (scaleResolutionDownBy)',
		a: { code: BOTH },
		then: [{ afterS: 3, a: withVideoEncoding('{ scaleResolutionDownBy: 8 }') }],
		seconds: 18
	},
	{
		name: 'frame-rate-capped',
		truth: 'connected, and after 3 s the page of this end limits its video to one frame a second (maxFramerate)',
		a: { code: BOTH },
		then: [{ afterS: 3, a: withVideoEncoding('{ maxFramerate: 1 }') }],
		seconds: 18
	},
	{
		name: 'nobody-sends',
		truth:
			'connected, and both ends only want to receive: this end offers recvonly, and the other one has nothing to send (inactive)',
		a: { code: "for (const kind of ['audio', 'video']) peer.addTransceiver(kind, { direction: 'recvonly' });" },
		seconds: 14
	},
	{
		name: 'other-end-without-microphone',
		truth: 'connected; the other end answered before it had its microphone, so that its answer says that it sends no audio',
		a: { code: AUDIO },
		then: [{ afterS: 3, b: AUDIO }],
		seconds: 14
	},
	{
		name: 'other-end-stands-still',
		truth:
			'connected, and after 5 s the source of the video of the other end gives no frame any more, while its audio goes on; only the reports of getStats() were kept',
		a: { code: `${AUDIO} peer.addTransceiver('video', { direction: 'recvonly' });` },
		b: {
			code: `${AUDIO}
				const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
				const context = canvas.getContext('2d');
				let drawn = 0;
				const draw = () => { context.fillRect(drawn, 0, 9, 9); if (drawn++ < 50) setTimeout(draw, 100); };
				draw();
				peer.addTrack(canvas.captureStream(15).getTracks()[0]);`
		},
		format: 'getstats',
		seconds: 20
	},
	{
		name: 'audio-context-suspended',
		truth: 'connected, and after 5 s the AudioContext that makes the audio of this end is suspended: there is nothing to send',
		a: {
			code: `window.context = new AudioContext();
				const [source, sink] = [context.createOscillator(), context.createMediaStreamDestination()];
				source.connect(sink);
				source.start();
				peer.addTrack(sink.stream.getTracks()[0]);`
		},
		b: { code: AUDIO },
		then: [{ afterS: 5, a: 'await window.context.suspend();' }],
		seconds: 18
	},
	{
		name: 'channel-negotiated-here-only',
		truth:
			'connected; this end negotiated its data channel itself, and the other end has none of that number: nobody takes the messages',
		a: { code: negotiated(0) },
		seconds: 14
	},
	{
		name: 'channel-ids-differ',
		truth:
			'connected; each end negotiated the data channel itself, with another number, so that no message is taken; both ends recorded',
		onePage: true,
		a: { code: negotiated(0) },
		b: { code: negotiated(1) },
		seconds: 14
	},
	{
		name: 'data-backed-up',
		truth:
			'connected, and after 3 s the path carries some 100 kbit/s, while the page gives its data channel 1.6 Mbit/s: it all waits here',
		a: {
			code: `const channel = peer.createDataChannel('messages');
				channel.onopen = () => setInterval(() => channel.readyState === 'open' && channel.send(new Uint8Array(20_000)), 100);`
		},
		then: [{ afterS: 3, fault: 'narrow' }],
		seconds: 26
	},
	{
		name: 'media-lost-from-here',
		truth: 'connected, and after 5 s a firewall drops the audio that this end sends, and lets everything else pass',
		a: { code: AUDIO },
		b: { code: AUDIO },
		recorded: 'b',
		then: [{ afterS: 5, fault: 'media-to-a' }],
		seconds: 34
	},
	{
		name: 'loss-from-here',
		truth: 'connected, and from second 4 to 16 12 % of the packets that this end sends are dropped, and none that it is sent',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [
			{ afterS: 4, fault: 'loss-from-a' },
			{ afterS: 16, heal: true }
		],
		seconds: 22
	},
	{
		name: 'firefox-media-lost-one-way',
		truth:
			'connected, and after 5 s a firewall drops the audio that comes from the other end, and lets everything else pass; recorded by Firefox',
		a: { code: AUDIO },
		b: { code: AUDIO },
		firefox: 'a',
		then: [{ afterS: 5, fault: 'media-to-a' }],
		seconds: 26
	}
];
