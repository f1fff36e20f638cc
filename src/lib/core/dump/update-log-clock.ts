/**
 * The clock of update logs before Chrome 142: `new Date().toLocaleString()` of the recorder, so in its language and in its
 * time zone, neither of which the dump names. Statistics beside them are in UTC; the reading whose events fall into the
 * time of the statistics is taken, and said to be a guess.
 */

export interface ClockGuess {
	/** Milliseconds since 1970 for each text, null where one cannot be read. */
	timesMs: (number | null)[];
	order: 'day/month/year' | 'month/day/year' | 'year/month/day';
	/** Minutes that the recorder's clock is ahead of UTC. */
	offsetMinutes: number;
	/** How many events fall into the time of the statistics. */
	inside: number;
}

type Order = ClockGuess['order'];

/** Time zones lie on quarters of an hour, from 12 hours behind to 14 ahead. */
const QUARTER_MINUTES = 15;
const LEAST_OFFSET = -12 * 60;
const MOST_OFFSET = 14 * 60;
/** A connection is made a little before its first statistics, which Chrome takes each second. */
const SLACK_MS = 5000;

export function guessClock(texts: readonly string[], startMs: number, endMs: number): ClockGuess | null {
	if (texts.length === 0 || !(startMs <= endMs)) return null;
	let best: (ClockGuess & { distance: number }) | null = null;
	for (const order of ['day/month/year', 'month/day/year', 'year/month/day'] as const) {
		const local = texts.map((text) => localTime(text, order));
		if (local.every((time) => time === null)) continue;
		for (let offset = LEAST_OFFSET; offset <= MOST_OFFSET; offset += QUARTER_MINUTES) {
			const timesMs = local.map((time) => (time === null ? null : time - offset * 60_000));
			const known = timesMs.filter((time) => time !== null);
			const inside = known.filter((time) => time >= startMs - SLACK_MS && time <= endMs + SLACK_MS).length;
			const distance = Math.abs(Math.min(...known.slice(0, 1)) - startMs);
			if (inside === 0) continue;
			if (!best || inside > best.inside || (inside === best.inside && distance < best.distance))
				best = { timesMs, order, offsetMinutes: offset, inside, distance };
		}
	}
	if (!best) return null;
	const { timesMs, order, offsetMinutes, inside } = best;
	return { timesMs, order, offsetMinutes, inside };
}

/** The text as if it were UTC; null where it is no date in this order. */
export function localTime(text: string, order: Order): number | null {
	const digits = [...text].map(digitOf).join('');
	const numbers = digits.match(/\d+/g)?.map(Number) ?? [];
	if (numbers.length < 5) return null;
	const [a, b, c, hourGiven, minute, second = 0] = numbers as [number, number, number, number, number, number?];
	const yearFirst = /^\D*\d{4}/.test(digits);
	if (yearFirst !== (order === 'year/month/day')) return null;
	const [year, month, day] = order === 'year/month/day' ? [a, b, c] : order === 'day/month/year' ? [c, b, a] : [c, a, b];
	let hour = hourGiven;
	if (/p\.?\s?m|下午|오후|午後|μ\.μ|مساءً?|\bم\b|CH\b/i.test(text) && hour < 12) hour += 12;
	if (/a\.?\s?m|上午|오전|午前|π\.μ|صباحً?|\bص\b|SA\b/i.test(text) && hour === 12) hour = 0;
	if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
	// A two-digit year is this century's: there was no such log before.
	return Date.UTC(year < 100 ? 2000 + year : year, month - 1, day, hour, minute, second);
}

/** Arabic, Persian, Devanagari and Bengali digits as Latin ones. */
function digitOf(char: string): string {
	const code = char.codePointAt(0)!;
	for (const zero of [0x660, 0x6f0, 0x966, 0x9e6]) if (code >= zero && code <= zero + 9) return String(code - zero);
	return char;
}

/** `UTC+03:00`. */
export function offsetText(minutes: number): string {
	const absolute = Math.abs(minutes);
	const two = (value: number) => String(value).padStart(2, '0');
	return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}
