/** What this browser says it can do, as text: the same that another browser is asked for (inspection/capabilities.ts). */
export function ownCapabilities(): string {
	const of = (direction: typeof RTCRtpSender | typeof RTCRtpReceiver | undefined) =>
		['audio', 'video'].map((kind) => direction?.getCapabilities?.(kind) ?? null);
	return JSON.stringify({ sender: of(globalThis.RTCRtpSender), receiver: of(globalThis.RTCRtpReceiver) });
}
