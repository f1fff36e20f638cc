/** Opens what another screen reads on that screen. Loaded when something was given to a screen that it does not read itself. */
import { goto } from '$app/navigation';
import { looksLikeCapture } from '../core/dump/capture/capture-reader';
import { CAPTURE, placeOf, type Place } from '../core/dump/place';
import { handOver } from './handed-over';

const SCREENS: Record<Place, string> = { descriptions: '/sdp', recordings: '/stats', reports: '/' };
/** What is larger is not read here: the screen for recordings reads piece by piece what begins like one. */
const MOST_BYTES = 30_000_000;
const BEGINS_LIKE_RECORDING = /^\s*(?:RTCStatsDump|\[|\{[^]*?"(?:PeerConnections|getUserMedia|reports|peerConnections)"\s*:)/;

/** False where no other screen reads it. */
export async function openElsewhere(content: Blob, name: string | null, here: Place): Promise<boolean> {
	// What cannot be read leads nowhere: the screen that it was given to says why it refuses it.
	const place = await placeIn(content).catch(() => null);
	if (place === null || place === here) return false;
	handOver(place, content, name);
	await goto(SCREENS[place]);
	return true;
}

async function placeIn(content: Blob): Promise<Place | null> {
	const head = new Uint8Array(await content.slice(0, 4).arrayBuffer());
	const isGzip = head[0] === 0x1f && head[1] === 0x8b;
	if (looksLikeCapture(head) || isGzip) return CAPTURE.place;
	if (content.size > MOST_BYTES) return BEGINS_LIKE_RECORDING.test(await content.slice(0, 65_536).text()) ? 'recordings' : null;
	return placeOf(await content.text())?.place ?? null;
}
