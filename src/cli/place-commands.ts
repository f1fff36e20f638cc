/** Which command reads what stands where (core/dump/place.ts). */
import type { Place } from '../lib/core/dump/place';

export const PLACE_COMMANDS: Record<Place, string> = {
	descriptions: 'icelens lint-sdp',
	recordings: 'icelens stats',
	reports: 'icelens conclude'
};
