/** What was opened on one screen and is read on another: it waits here while the page goes there. */
import type { Place } from '../core/dump/place';

interface HandedOver {
	place: Place;
	name: string | null;
	content: Blob;
}

let waiting: HandedOver | null = null;

export function handOver(place: Place, content: Blob, name: string | null): void {
	waiting = { place, content, name };
}

/** Once: coming back to the screen opens nothing again. */
export function takeOver(place: Place): { name: string | null; content: Blob } | null {
	if (waiting?.place !== place) return null;
	const { name, content } = waiting;
	waiting = null;
	return { name, content };
}
