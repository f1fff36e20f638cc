/** What a call sends: camera and microphone where access is granted, else synthetic video and audio; codec, size and bitrate as chosen. */
import type { LoopbackCall } from '../../core/observations/observation';
import type { MediaRequest } from '../../core/recording/recording';
import { startSyntheticMedia, type SyntheticMedia } from './synthetic-media';

export type MediaChoices = LoopbackCall['media'];

export const DEFAULT_MEDIA: MediaChoices = {
	source: 'synthetic',
	audioOnly: false,
	width: 640,
	height: 360,
	frameRate: 30,
	codec: null,
	bitrateCapBps: null
};

export interface CallMedia {
	stream: MediaStream;
	/** For the frame numbers drawn into the video; null where all media are from devices. */
	synthetic: SyntheticMedia | null;
	/** What was really used. */
	source: MediaChoices['source'];
	/** The getUserMedia call and its result; null when it was not called. */
	request: MediaRequest | null;
	stop(): void;
}

/** Never rejects: where the devices are not available a synthetic source replaces them, and `request` says why. */
export async function openMedia(choices: MediaChoices, atMs: number): Promise<CallMedia> {
	if (choices.source === 'synthetic') return synthetic(choices, null);
	const video = choices.audioOnly
		? false
		: { width: { ideal: choices.width }, height: { ideal: choices.height }, frameRate: { ideal: choices.frameRate } };
	const asked = { atMs, method: 'getUserMedia' as const, audio: 'true', video: JSON.stringify(video) };
	try {
		const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
		const names = stream.getTracks().map(({ kind, label }) => `${kind}: ${label}`);
		return {
			stream,
			synthetic: null,
			source: 'devices',
			request: { ...asked, outcome: 'granted', detail: names.join(', ') },
			stop: () => stream.getTracks().forEach((track) => track.stop())
		};
	} catch (error) {
		const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
		return synthetic(choices, { ...asked, outcome: 'failed', detail });
	}
}

function synthetic({ audioOnly, width, height, frameRate }: MediaChoices, request: MediaRequest | null): CallMedia {
	const source = startSyntheticMedia({ audio: true, video: audioOnly ? null : { width, height, frameRate } });
	return { stream: source.stream, synthetic: source, source: 'synthetic', request, stop: source.stop };
}

/** Puts the chosen codec first. The others stay: repair formats belong to it, and an end that lacks it must still connect. */
export function preferCodec(connection: RTCPeerConnection, codec: string): boolean {
	const transceiver = connection.getTransceivers().find(({ sender }) => sender.track?.kind === 'video');
	const known = RTCRtpReceiver.getCapabilities?.('video')?.codecs ?? [];
	const wanted = known.filter(({ mimeType }) => mimeType.toLowerCase() === `video/${codec.toLowerCase()}`);
	if (!transceiver?.setCodecPreferences || wanted.length === 0) return false;
	transceiver.setCodecPreferences([...wanted, ...known.filter((one) => !wanted.includes(one))]);
	return true;
}

/** Video codecs that this browser can send, without the repair formats. */
export function videoCodecs(): string[] {
	// A browser without WebRTC has no such object; the screen says that it cannot call.
	if (typeof RTCRtpSender === 'undefined') return [];
	const names = (RTCRtpSender.getCapabilities?.('video')?.codecs ?? []).map(({ mimeType }) => mimeType.replace(/^video\//i, ''));
	return [...new Set(names)].filter((name) => !/^(rtx|red|ulpfec|flexfec.*)$/i.test(name));
}

/** After the first round of offer and answer: before it Firefox has no encodings to limit. */
export async function capBitrate(connection: RTCPeerConnection, bps: number): Promise<void> {
	for (const sender of connection.getSenders()) {
		if (sender.track?.kind !== 'video') continue;
		const parameters = sender.getParameters();
		if (parameters.encodings.length === 0) continue;
		parameters.encodings[0]!.maxBitrate = bps;
		await sender.setParameters(parameters);
	}
}
