/** Calls that connect, and whose media fails; and calls that fail for want of media. */
import { AUDIO, BOTH, VIDEO, type Kind } from './kind';

export const MEDIA_FAILURES: readonly Kind[] = [
	{
		name: 'camera-ended',
		truth: 'connected, and after 5 s the camera of this end is gone',
		a: { code: BOTH },
		then: [{ afterS: 5, a: "peer.getSenders().find(({ track }) => track?.kind === 'video').track.stop();" }],
		seconds: 18
	},
	{
		name: 'screen-stands-still',
		truth: 'connected, and the canvas whose video is sent is drawn once and never again',
		a: {
			code: `const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
				const context = canvas.getContext('2d');
				let drawn = 0;
				const draw = () => { context.fillRect(drawn, 0, 9, 9); if (drawn++ < 40) setTimeout(draw, 100); };
				draw();
				peer.addTrack(canvas.captureStream(15).getTracks()[0]);`
		},
		seconds: 18
	},
	{
		name: 'no-common-video-codec',
		truth: 'connected, and video is rejected in the answer: the other end knows none of the video codecs that are offered',
		a: { code: BOTH },
		b: { code: AUDIO },
		describe: (one, from) =>
			from === 'a' ? { ...one, sdp: one.sdp.replace(/(a=rtpmap:\d+) (?:VP8|VP9|AV1|H264|H265|rtx)\//g, '$1 x-other/') } : one,
		seconds: 12
	},
	{
		name: 'all-declined',
		truth: 'connected, and the other end wants none of the media: its answer is inactive',
		a: { code: VIDEO },
		b: { code: 'peer.beforeAnswer = () => peer.getTransceivers().forEach((each) => each.stop());' },
		seconds: 20
	},
	{
		name: 'codec-mismatch',
		truth: 'connected, and this end takes the video for VP8, which is VP9: the payload types were swapped on the way',
		a: { code: "peer.addTransceiver('video', { direction: 'recvonly' });" },
		b: { code: VIDEO },
		describe: (one) => ({
			...one,
			sdp: one.sdp.replace(/(a=rtpmap:\d+) (VP8|VP9)\//g, (_, line, codec) => `${line} ${codec === 'VP8' ? 'VP9' : 'VP8'}/`)
		}),
		seconds: 18
	},
	{
		name: 'camera-refused',
		truth: 'the page asks for a camera that the device does not have, and stops there',
		a: { code: 'await navigator.mediaDevices.getUserMedia({ video: { width: { exact: 99999 } } });' },
		format: 'rtcstats',
		seconds: 4
	},
	{
		name: 'audio-source-empty',
		truth: 'connected, and the audio track that this end sends comes from a graph of Web Audio without any source',
		a: {
			code: 'const context = new AudioContext(); peer.addTrack(context.createMediaStreamDestination().stream.getTracks()[0]);'
		},
		b: { code: AUDIO },
		seconds: 12
	}
];
