/** Calls that are well. */
import { JANUS, JANUS_ROOM } from './janus';
import { AUDIO, BOTH, DATA, VIDEO, type EndSpec, type Kind } from './kind';
import type { Server } from './servers';

const well = (name: string, truth: string, more: Partial<Kind> = {}): Kind => ({ name, truth, seconds: 12, ...more });
const relayed = (...servers: Server[]): EndSpec => ({ servers, config: { iceTransportPolicy: 'relay' }, code: AUDIO });
const each = (code: string) => ({ a: { code }, b: { code } });

export const HEALTHY: readonly Kind[] = [
	well('audio', 'audio both ways', each(AUDIO)),
	well('video', 'video both ways', each(VIDEO)),
	well('audio-and-video', 'audio and video both ways', each(BOTH)),
	well('data-only', 'a data channel alone'),
	well('one-way-sent', 'audio and video to the other end alone', { a: { code: BOTH } }),
	well('one-way-received', 'audio and video from the other end alone', { a: { code: BOTH }, recorded: 'b' }),
	well(
		'muted',
		'both ends have muted what they send',
		each(`${BOTH} for (const { track } of peer.getSenders()) track.enabled = false;`)
	),
	well('muted-for-a-while', 'the microphone is muted from second 4 to 8', {
		...each(AUDIO),
		then: [
			{ afterS: 4, a: 'for (const { track } of peer.getSenders()) track.enabled = false;' },
			{ afterS: 8, a: 'for (const { track } of peer.getSenders()) track.enabled = true;' }
		]
	}),
	well('relay-udp', 'by a relay over UDP', { a: relayed('turn-udp'), b: { code: AUDIO } }),
	well('relay-tcp', 'by a relay over TCP', { a: relayed('turn-tcp'), b: { code: AUDIO } }),
	well('relay-tls', 'by a relay over TLS', { a: relayed('turn-tls'), b: { code: AUDIO } }),
	well('relay-rest', 'by a relay with a credential of TURN REST', { a: relayed('rest'), b: { code: AUDIO } }),
	well('relay-at-both-ends', 'by two relays', { a: relayed('turn-udp'), b: relayed('turn-udp') }),
	well('servers-not-needed', 'direct, with a STUN server, a TURN server that works and one that is silent', {
		a: { servers: ['stun', 'turn-udp', 'silent'], code: AUDIO },
		b: { code: AUDIO }
	}),
	well('simulcast', 'video in two layers', {
		a: {
			code: `const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 15 } });
				peer.addTransceiver(stream.getTracks()[0], { direction: 'sendonly', sendEncodings: [{ rid: 'l', scaleResolutionDownBy: 2 }, { rid: 'h' }] });`
		}
	}),
	well('restarted', 'ICE is restarted in the call, which goes on', {
		...each(AUDIO),
		then: [{ afterS: 5, a: "peer.restartIce(); await offer('a');" }]
	}),
	well('video-added', 'video is added in the call', {
		...each(AUDIO),
		then: [{ afterS: 4, a: "await addMedia(peer, ['video']); await offer('a');" }]
	}),
	well('held', 'the call is put on hold, both ways inactive, and taken up again', {
		...each(AUDIO),
		then: [
			{ afterS: 4, a: "peer.getTransceivers().forEach((one) => (one.direction = 'inactive')); await offer('a');" },
			{ afterS: 8, a: "peer.getTransceivers().forEach((one) => (one.direction = 'sendrecv')); await offer('a');" }
		]
	}),
	well('janus-echo', 'an echo of Janus', {
		alone: true,
		a: {
			code: `${JANUS} const echo = await attach('echotest'); await addMedia(peer, ['audio', 'video']);
				const { jsep } = await echo.send({ audio: true, video: true }, await whole(peer)); await peer.setRemoteDescription(jsep);`
		}
	}),
	well('janus-room', 'a room of Janus: published by one connection, received by another one', {
		alone: true,
		a: { code: JANUS_ROOM }
	}),
	well('janus-room-paused', 'a room of Janus, which keeps a stream ready and sends nothing on it: paused by the receiver', {
		alone: true,
		a: {
			code: `${JANUS_ROOM} await subscriber.send({ request: 'configure', streams: [{ mid: '0', send: false }, { mid: '1', send: false }] });`
		}
	}),
	well('janus-room-muted', 'a room of Janus, whose publisher is muted from the start', {
		alone: true,
		a: {
			code: JANUS_ROOM.replace(
				"await addMedia(peer, ['audio', 'video']);",
				'$& peer.getSenders().forEach(({ track }) => (track.enabled = false));'
			)
		}
	}),
	well('janus-room-without-video', 'a room of Janus, whose publisher has a section of video and no camera', {
		alone: true,
		a: {
			code: JANUS_ROOM.replace(
				"await addMedia(peer, ['audio', 'video']);",
				"await addMedia(peer, ['audio']); peer.addTransceiver('video', { direction: 'sendonly' });"
			)
		}
	}),
	well('janus-room-camera-off', 'a room of Janus, whose publisher takes the camera away after 5 s', {
		alone: true,
		a: { code: JANUS_ROOM },
		then: [{ afterS: 5, a: "await peer.getSenders().find(({ track }) => track?.kind === 'video').replaceTrack(null);" }],
		seconds: 20
	}),
	well('janus-room-publisher-left', 'a room of Janus, whose publisher leaves after 6 s', {
		alone: true,
		a: {
			code: `${JANUS_ROOM} window.leave = async () => { peer.close(); await publisher.send({ request: 'leave' }); };`
		},
		then: [{ afterS: 6, a: 'await leave();' }],
		seconds: 20
	}),
	well('janus-echo-muted', 'an echo of Janus, which is asked to send nothing back', {
		alone: true,
		a: {
			code: `${JANUS} const echo = await attach('echotest'); await addMedia(peer, ['audio', 'video']);
				const { jsep } = await echo.send({ audio: false, video: false }, await whole(peer)); await peer.setRemoteDescription(jsep);`
		}
	}),
	well('firefox-calls-chromium', 'Firefox calls Chromium', { ...each(BOTH), firefox: 'a' }),
	well('chromium-calls-firefox', 'Chromium calls Firefox', { ...each(BOTH), firefox: 'b' }),
	well('firefox-data-only', 'a data channel alone, of Firefox', { firefox: 'a' }),
	well('firefox-reports', 'the reports of getStats() alone, of Firefox', { ...each(AUDIO), firefox: 'a', format: 'getstats' }),
	well('reports', 'the reports of getStats() alone', { ...each(BOTH), format: 'getstats' }),
	well('rtcstats', 'as rtcstats writes it', { ...each(BOTH), format: 'rtcstats' }),
	well('both-ends', 'both ends in one recording', { ...each(BOTH), onePage: true }),
	well('half-a-minute', 'half a minute of audio and video', { ...each(BOTH), seconds: 32 }),
	well('closed', 'this end closes the connection', {
		...each(AUDIO),
		format: 'rtcstats',
		then: [{ afterS: 9, a: 'peer.close();' }]
	}),
	well('silent-microphone', 'a microphone that gives silence', {
		a: {
			code: `const context = new AudioContext();
				const [source, volume, sink] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
				volume.gain.value = 0;
				source.connect(volume).connect(sink);
				source.start();
				peer.addTrack(sink.stream.getTracks()[0]);`
		},
		b: { code: AUDIO }
	}),
	well('screen', 'the video of a canvas, which changes once a second, as slides do', {
		a: {
			code: `const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
				const context = canvas.getContext('2d');
				setInterval(() => context.fillRect(640 * Math.random(), 360 * Math.random(), 30, 30), 1000);
				context.fillRect(0, 0, 9, 9);
				peer.addTrack(canvas.captureStream().getTracks()[0]);`
		}
	}),
	well('transceiver-stopped', 'video is ended in the call, its section rejected from then on', {
		...each(BOTH),
		then: [
			{ afterS: 5, a: "peer.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video').stop(); await offer('a');" }
		]
	}),
	well('video-declined', 'the other end takes the audio alone', {
		a: { code: BOTH },
		b: {
			code: "peer.beforeAnswer = () => peer.getTransceivers().filter(({ receiver }) => receiver.track.kind === 'video').forEach((one) => one.stop());"
		}
	}),
	well('closed-by-other-end', 'after 6 s the other end closes the connection', {
		a: { code: `${DATA} ${AUDIO}` },
		b: { code: AUDIO },
		then: [{ afterS: 6, b: 'peer.close();' }],
		seconds: 35
	})
];
