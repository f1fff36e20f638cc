/** Whether a text is session descriptions, and no recording that holds some. */
import { recognise } from './recognise';
import type { InputFormat } from './recognised';

/** Recordings hold descriptions too, and are read there with all that is around them. */
const RECORDINGS: ReadonlySet<InputFormat> = new Set(['webrtc-internals', 'rtcstats', 'firefox-report', 'about-webrtc']);
/** Whether those who read descriptions find any in it, or candidates, also in a recording. */
export function holdsDescriptions(text: string): boolean {
	const { format, descriptions, candidates } = recognise(text);
	return candidates.length > 0 || (RECORDINGS.has(format) ? descriptions.length > 0 : descriptionsIn(text) !== null);
}

/** What it is, where it is descriptions and no recording that holds some. */
export function descriptionsIn(text: string): string | null {
	const { format, words, descriptions } = recognise(text);
	if (descriptions.length === 0 || format === 'unknown' || RECORDINGS.has(format)) return null;
	// Lines without a beginning are a description only where they are nothing else.
	if (format === 'sdp' && !/^\s*v=/.test(text) && (text.match(/^[a-z]=\S/gm) ?? []).length < 2) return null;
	return words.replace(/\.$/, '');
}
