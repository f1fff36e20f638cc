/** The time that a line of a log begins with, in the notations of the programs that are read. */

export interface LogTime {
	/** Milliseconds: since 1970 where the line says the date, else since midnight or since the program began. */
	atMs: number;
	/** Whether the line says its date and its distance to UTC. */
	isEpoch: boolean;
	/** Since midnight: begins anew each day. */
	isTimeOfDay: boolean;
	/** Length of what says it: the rest is the message. */
	length: number;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

interface TimeForm {
	pattern: RegExp;
	at: (match: RegExpExecArray) => number;
	isEpoch?: (match: RegExpExecArray) => boolean;
	isTimeOfDay?: true;
}

const fraction = (digits: string | undefined) => (digits ? Number(`0.${digits}`) * 1000 : 0);
const ofDay = (hours: string, minutes: string, seconds: string, digits?: string) =>
	((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + fraction(digits);
const zoneMs = (zone: string | undefined) => {
	const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
	return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : 0;
};

const FORMS: readonly TimeForm[] = [
	// 2024-05-21T12:00:09.123+0200, 2024-05-21 12:00:09,123, 2024/05/21 12:00:09
	{
		pattern: /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?/,
		at: ([, year, month, day, hours, minutes, seconds, digits, zone]) =>
			Date.UTC(Number(year), Number(month) - 1, Number(day)) + ofDay(hours!, minutes!, seconds!, digits) - zoneMs(zone),
		isEpoch: ([, , , , , , , , zone]) => zone !== undefined
	},
	// [Tue May 21 12:00:09 2024]
	{
		pattern: /\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\]/,
		at: ([, month, day, hours, minutes, seconds, year]) =>
			Date.UTC(Number(year), MONTHS.indexOf(month!) / 3, Number(day)) + ofDay(hours!, minutes!, seconds!)
	},
	// Chrome: [4711:4712:1130/031242.153077:INFO:…
	{
		pattern: /\[\d+:\d+:(\d\d)(\d\d)\/(\d\d)(\d\d)(\d\d)\.(\d{3,6}):/,
		at: ([, month, day, hours, minutes, seconds, digits]) =>
			Date.UTC(1970, Number(month) - 1, Number(day)) + ofDay(hours!, minutes!, seconds!, digits)
	},
	// libwebrtc: [012:345] and [012:345][4711], seconds and milliseconds since it began
	{
		pattern: /\[(\d{3,}):(\d{3})\]/,
		at: ([, seconds, milliseconds]) => Number(seconds) * 1000 + Number(milliseconds)
	},
	// syslog: Aug 13 11:41:44
	{
		pattern: /([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?/,
		at: ([, month, day, hours, minutes, seconds, digits]) =>
			Date.UTC(1970, MONTHS.indexOf(month!) / 3, Number(day)) + ofDay(hours!, minutes!, seconds!, digits)
	},
	{
		pattern: /(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?/,
		at: ([, hours, minutes, seconds, digits]) => ofDay(hours!, minutes!, seconds!, digits),
		isTimeOfDay: true
	},
	// coturn: 12: , and 12: (4711): with newer versions
	{ pattern: /(\d{1,9}): (?=: |\(\d+\):|[A-Za-z])/, at: ([, seconds]) => Number(seconds) * 1000 },
	// Wireshark: the packet's number, and seconds since the first one
	{
		pattern: /\s*\d{1,9}\s+(\d{1,9}\.\d{3,9})(?=\s+[0-9A-Fa-f:.]+\s+(?:→|->))/,
		at: ([, seconds]) => Number(seconds) * 1000
	},
	// Trickle ICE and others: seconds with a fraction
	{ pattern: /(\d{1,9}\.\d{1,6})\b/, at: ([, seconds]) => Number(seconds) * 1000 }
];

/** What may stand before it: a container's name, a level. */
const BEFORE = '^(?:[\\w.-]{1,40} *\\| *)?(?:(?:JVB|TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|[TDIWE]) )?';
const ANCHORED = FORMS.map((form) => ({ ...form, anchored: new RegExp(BEFORE + form.pattern.source) }));

export function timeOf(line: string): LogTime | null {
	const head = line.slice(0, 120);
	for (const { anchored, at, isEpoch, isTimeOfDay = false } of ANCHORED) {
		const match = anchored.exec(head);
		if (!match) continue;
		const atMs = at(match);
		if (!Number.isFinite(atMs)) continue;
		return { atMs, isEpoch: isEpoch?.(match) ?? false, isTimeOfDay, length: match[0].length };
	}
	return null;
}
