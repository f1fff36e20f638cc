/** What a connection of the tests carries: tracks made in the page, so that nobody is asked for a camera. */
export interface Wanted {
	audio?: boolean;
	video?: boolean;
	data?: boolean;
	simulcast?: boolean;
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

export function addTo(connection: RTCPeerConnection, { audio, video, data, simulcast }: Wanted): void {
	if (audio) connection.addTrack(audioTrack(), new MediaStream());
	if (video) connection.addTrack(videoTrack(), new MediaStream());
	if (simulcast) {
		connection.addTransceiver(videoTrack(), {
			direction: 'sendonly',
			sendEncodings: [{ rid: 'q', scaleResolutionDownBy: 4 }, { rid: 'h', scaleResolutionDownBy: 2 }, { rid: 'f' }]
		});
	}
	if (data) connection.createDataChannel('data');
}
