/** What a connection of the tests carries: tracks made in the page, so that nobody is asked for a camera. */
export interface Wanted {
	audio?: boolean;
	video?: boolean;
	data?: boolean;
	simulcast?: boolean;
	/** How many sections of audio, and of video; one unless told otherwise. */
	times?: number;
	/** Sections that only receive. */
	receive?: readonly ('audio' | 'video')[];
	/** The only codecs that are offered besides what repeats or protects them, as `video/VP9`; not for every browser. */
	codecs?: readonly string[];
}

let audio: MediaStreamTrack | null = null;
let video: MediaStreamTrack | null = null;

/** A description with tracks has sources. */
function audioTrack(): MediaStreamTrack {
	audio ??= new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;
	return audio.clone();
}

function videoTrack(): MediaStreamTrack {
	if (!video) {
		const canvas = document.createElement('canvas');
		canvas.getContext('2d')!.fillRect(0, 0, 10, 10);
		video = canvas.captureStream(1).getVideoTracks()[0]!;
	}
	return video.clone();
}

export function addTo(connection: RTCPeerConnection, wanted: Wanted): void {
	const { audio, video, data, simulcast, times = 1, receive = [], codecs = [] } = wanted;
	for (let count = 0; count < times; count++) {
		if (audio) connection.addTrack(audioTrack(), new MediaStream());
		if (video) connection.addTrack(videoTrack(), new MediaStream());
	}
	if (simulcast) {
		connection.addTransceiver(videoTrack(), {
			direction: 'sendonly',
			sendEncodings: [{ rid: 'q', scaleResolutionDownBy: 4 }, { rid: 'h', scaleResolutionDownBy: 2 }, { rid: 'f' }]
		});
	}
	for (const kind of receive) connection.addTransceiver(kind, { direction: 'recvonly' });
	if (data) connection.createDataChannel('data');
	for (const type of codecs) preferOnly(connection, type);
}

function preferOnly(connection: RTCPeerConnection, type: string): void {
	const kind = type.split('/', 1)[0]!;
	const all = RTCRtpReceiver.getCapabilities(kind)!.codecs;
	const kept = all.filter(({ mimeType }) => mimeType === type || /\/(rtx|red|ulpfec)$/.test(mimeType));
	for (const transceiver of connection.getTransceivers())
		if (transceiver.receiver.track.kind === kind) transceiver.setCodecPreferences(kept);
}
