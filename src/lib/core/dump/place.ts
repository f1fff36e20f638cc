/** Which screen and which command read what somebody has: the one answer that all of them give. */
import { isRecord, parseJson } from '../base/record';
import { descriptionsIn } from './descriptions-in';
import { importDump } from './import';
import { recognise } from './recognise';

/** `descriptions`: /sdp, `icelens lint-sdp`. `recordings`: /stats, `icelens stats`. `reports`: /, `icelens conclude`. */
export type Place = 'descriptions' | 'recordings' | 'reports';

export interface Placed {
	place: Place;
	/** What it is, in words, without a full stop. */
	what: string;
}

/** What is told by its bytes, and has no text. */
export const CAPTURE: Placed = { place: 'recordings', what: 'Packet capture' };

/** Whatever is longer is a recording, or nothing. */
const MOST_CHARACTERS = 4_000_000;

/** Null for what nothing here reads. */
export function placeOf(text: string): Placed | null {
	const trimmed = text.trimStart();
	if (isReport(trimmed)) return { place: 'reports', what: 'A report of an Icelens check' };
	const recording = importDump(text);
	if (recording.ok) return { place: 'recordings', what: recording.value.formatName };
	if (text.length > MOST_CHARACTERS) return null;
	const { format, words } = recognise(text);
	const what = format === 'browser-error' ? words.replace(/\.$/, '') : descriptionsIn(text);
	return what === null ? null : { place: 'descriptions', what };
}

export function isReport(text: string): boolean {
	const value = text.startsWith('{') && /"observations"\s*:/.test(text) ? parseJson(text) : undefined;
	return isRecord(value) && 'schema' in value && 'observations' in value;
}
