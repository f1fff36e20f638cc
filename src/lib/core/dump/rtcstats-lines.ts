/**
 * The lines of rtcstats: `[method, connection, value, …, time]`. Before file format 3 the time is absolute; after the
 * `RTCStatsDump` mark it is the difference to the line before, and methods and descriptions may be shortened.
 */
import { entryOf, isRecord, parseJson } from '../base/record';
import { descriptionOf } from './dump-events';
import { RTCSTATS_METHODS } from './rtcstats-methods-table';

export const RTCSTATS_MARK = 'RTCStatsDump';

export interface RtcstatsLine {
	/** The method's name, numbers resolved; an unknown number stays as it is. */
	method: string;
	connection: string | null;
	value: unknown;
	/** What stands between value and time: ids that belong together, an address. */
	extra: unknown[];
	/** With its number behind its time, as Jitsi's recorder writes it. */
	numbered: boolean;
	/** Milliseconds since 1970; null where the line has no usable time. */
	atMs: number | null;
}

/** Reads line after line; keeps the clock of the differences and the descriptions that later ones refer to. */
export class RtcstatsLineReader {
	readonly #relative: boolean;
	#clockMs = 0;
	/** By connection and type: the sections of a shortened description come from the one before of the same type. */
	readonly #descriptions = new Map<string, string>();

	constructor(relative: boolean) {
		this.#relative = relative;
	}

	/** null when the text is not a line of this kind. */
	read(text: string): RtcstatsLine | null {
		const entry = parseJson(text);
		if (!Array.isArray(entry) || entry.length < 3) return null;
		const method = methodName(entry[0]);
		if (method === null) return null;
		const numbered = !this.#relative && isLineNumber(entry.at(-1)) && isEpoch(entry.at(-2)) && entry.length > 4;
		if (numbered) entry.pop();
		const stamp = timeOf(entry[entry.length - 1]);
		const given = entry[1] as unknown;
		const connection = typeof given === 'string' ? given : typeof given === 'number' ? String(given) : null;
		if (this.#relative && stamp !== null) this.#clockMs += stamp;
		const value = this.#relative ? this.#lengthened(connection, entry[2] as unknown) : (entry[2] as unknown);
		const atMs = stamp === null ? null : this.#relative ? this.#clockMs : stamp;
		return { method, connection, value, extra: entry.slice(3, -1) as unknown[], numbered, atMs };
	}

	/** Puts back the sections of which only `m=` (or `v=`) was written, because they had not changed. */
	#lengthened(connection: string | null, value: unknown): unknown {
		if (!isRecord(value) || typeof value.sdp !== 'string') return value;
		const description = descriptionOf(value);
		if (!description) return value;
		const key = `${connection} ${description.type}`;
		const base = sectionsOf(this.#descriptions.get(key) ?? '');
		const sections = sectionsOf(description.sdp);
		const short = sections.some((section, index) => section === (index === 0 ? 'v=' : 'm='));
		const whole = sections.map((section, index) =>
			section === (index === 0 ? 'v=' : 'm=') ? (base[index] ?? section) : section
		);
		const sdp = short ? `${whole.join('\r\n')}\r\n` : description.sdp;
		this.#descriptions.set(key, sdp);
		return { ...value, sdp };
	}
}

function sectionsOf(sdp: string): string[] {
	return sdp.split('\nm=').map((part, index) => (index > 0 ? `m=${part}` : part).trim());
}

function methodName(given: unknown): string | null {
	if (typeof given === 'number' || (typeof given === 'string' && given.length === 1))
		return entryOf(RTCSTATS_METHODS, String(given)) ?? String(given);
	return typeof given === 'string' ? given : null;
}

/** Since 2011, when the first browsers had WebRTC. */
const isEpoch = (given: unknown) => typeof given === 'number' && given >= Date.UTC(2011, 0, 1);
const isLineNumber = (given: unknown) => Number.isInteger(given) && !isEpoch(given);

function timeOf(given: unknown): number | null {
	const stamp = typeof given === 'number' ? given : typeof given === 'string' ? Date.parse(given) : NaN;
	return Number.isFinite(stamp) ? stamp : null;
}

/** Methods whose line belongs to no connection, or says nothing of the procedure. */
export function isStatsMethod(method: string): boolean {
	return /^getstats$/i.test(method);
}
