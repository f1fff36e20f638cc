/** Synthetic video and audio: moving images with a frame number in each, and a slowly varying tone. */
import { drawCounter, readCounter, stripHeight } from './synthetic-media-counter';

export interface SyntheticMedia {
	stream: MediaStream;
	/** When the frame with this number was drawn (performance.now), ms; null when that is too long ago. */
	drawnMs(counter: number): number | null;
	stop(): void;
}

export interface SyntheticOptions {
	audio: boolean;
	video: { width: number; height: number; frameRate: number } | null;
}

/** Times of this many frames are remembered: at 30 frames a second a minute, far beyond any delay of live video. */
const REMEMBERED = 2048;

export function startSyntheticMedia({ audio, video }: SyntheticOptions): SyntheticMedia {
	const frames = video ? startVideo(video) : null;
	const tone = audio ? startTone() : null;
	return {
		stream: new MediaStream([...(tone?.tracks ?? []), ...(frames?.tracks ?? [])]),
		drawnMs: (counter) => frames?.drawnMs(counter) ?? null,
		stop: () => {
			frames?.stop();
			tone?.stop();
		}
	};
}

function startVideo({ width, height, frameRate }: NonNullable<SyntheticOptions['video']>) {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d', { alpha: false })!;
	const times = new Float64Array(REMEMBERED).fill(NaN);
	let counter = 0;
	const draw = () => {
		counter = (counter + 1) & 0xffff;
		times[counter % REMEMBERED] = performance.now();
		paint(context, counter, width, height);
	};
	draw();
	// Captured twice as often as it is drawn: at the same rate the two timers drift apart, and Firefox sends nine frames of
	// fifteen. An unchanged frame is not sent.
	const stream = canvas.captureStream(2 * frameRate);
	// Not requestAnimationFrame, which stops while the page is hidden; a call does not.
	const timer = setInterval(draw, 1000 / frameRate);
	return {
		tracks: stream.getVideoTracks(),
		drawnMs: (number: number) => {
			// Numbers wrap every 65536 frames; one that lies ahead is of the previous round, whose times are no longer kept.
			if (((counter - number) & 0xffff) >= REMEMBERED) return null;
			const ms = times[number % REMEMBERED]!;
			return Number.isNaN(ms) ? null : ms;
		},
		stop: () => {
			clearInterval(timer);
			stream.getTracks().forEach((track) => track.stop());
		}
	};
}

/** Enough movement that the encoder needs about the bitrate of a moving person. */
function paint(context: CanvasRenderingContext2D, counter: number, width: number, height: number): void {
	const strip = stripHeight(height);
	const gradient = context.createLinearGradient(0, strip, width, height);
	gradient.addColorStop(0, `hsl(${(counter * 2) % 360} 45% 32%)`);
	gradient.addColorStop(1, `hsl(${(counter * 2 + 80) % 360} 45% 18%)`);
	context.fillStyle = gradient;
	context.fillRect(0, strip, width, height - strip);
	const size = height / 5;
	for (let i = 0; i < 6; i++) {
		const angle = counter / (14 + 5 * i) + i;
		context.fillStyle = `hsl(${(i * 60 + counter) % 360} 70% 60%)`;
		context.beginPath();
		context.arc(
			width / 2 + (width / 2.6) * Math.cos(angle),
			(height + strip) / 2 + (height / 3.2) * Math.sin(angle * 1.3),
			size / (1 + i / 3),
			0,
			7
		);
		context.fill();
	}
	// A field of fine stripes that moves: detail is what costs bits.
	context.fillStyle = 'rgb(255 255 255 / 35%)';
	for (let x = counter % 16; x < width; x += 16) context.fillRect(x, height * 0.8, 6, height * 0.2);
	drawCounter(context, counter, width, height);
}

function startTone() {
	const context = new AudioContext();
	const tone = new OscillatorNode(context, { frequency: 330 });
	// Up and down by a tone and a half, three times a second: noise suppression removes steady tones.
	const wander = new OscillatorNode(context, { frequency: 3 });
	const depth = new GainNode(context, { gain: 60 });
	const loudness = new GainNode(context, { gain: 0.2 });
	const out = context.createMediaStreamDestination();
	wander.connect(depth).connect(tone.frequency);
	tone.connect(loudness).connect(out);
	tone.start();
	wander.start();
	// Without a click in the page a browser may not start audio; then the track is silent and the call goes on.
	void context.resume().catch(() => {});
	return {
		tracks: out.stream.getAudioTracks(),
		stop: () => {
			out.stream.getTracks().forEach((track) => track.stop());
			void context.close().catch(() => {});
		}
	};
}

/** Plays the received stream, muted, in a detached video element, and reads the numbers of its frames. */
export class PictureReader {
	readonly video: HTMLVideoElement;
	errors = 0;
	#canvas = document.createElement('canvas');

	constructor(stream: MediaStream) {
		this.video = document.createElement('video');
		this.video.muted = true;
		this.video.playsInline = true;
		this.video.srcObject = stream;
		// Rejected when the stream is taken away before it began.
		void this.video.play().catch(() => {});
	}

	/** The number of the frame that is shown now; null when there is none or it cannot be read. */
	read(): number | null {
		const { videoWidth: width, videoHeight: height } = this.video;
		if (width === 0 || height === 0) return null;
		const strip = stripHeight(height);
		this.#canvas.width = width;
		this.#canvas.height = strip;
		const context = this.#canvas.getContext('2d', { willReadFrequently: true });
		if (!context) return null;
		context.drawImage(this.video, 0, 0, width, strip, 0, 0, width, strip);
		const counter = readCounter(context.getImageData(0, 0, width, strip).data, width, strip);
		if (counter === null) this.errors++;
		return counter;
	}

	close(): void {
		this.video.pause();
		this.video.srcObject = null;
	}
}
