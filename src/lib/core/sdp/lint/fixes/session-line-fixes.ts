/** Corrections of what rules/session-lines.ts finds (RFC 8866 §5). */
import { fieldsOf, parseConnection, parseOrigin } from '../../text/values';
import { DATA_PROTOCOLS } from '../rules/answered-sections';
import { FIREFOX_TRANSPORTS, MEDIA_ORDER, SESSION_ORDER } from '../rules/session-lines';
import type { SyntaxValues } from '../values/syntax-values';
import {
	choice,
	once,
	placeFor,
	putAfter,
	putBefore,
	remove,
	replace,
	safe,
	safeIf,
	withField,
	withProtocol,
	type FixesOf
} from './fix';

/** What the lines hold where there is nothing to say (RFC 8866 §5.3, §5.9). */
const EMPTY = { s: 's=-', t: 't=0 0' } as const;
/** Families as people write them. */
const FAMILY = /^IPv?([46])$/i;

export const SESSION_LINE_FIXES: FixesOf<keyof SyntaxValues> = {
	'first-line': ({ sdp, line }) => {
		if (/^\s*v\s*=\s*0\s*$/i.test(line.raw)) return safe(replace(line, 'v=0'));
		// What stands before it on its line is no part of a description.
		if (line.type === '' && /v=0\s*$/.test(line.raw)) return safe(replace(line, 'v=0'));
		const first = sdp.document.lines.findIndex(({ type }) => type === 'v');
		if (first < 0)
			return line.type !== '' && !sdp.document.lines.some(({ raw }) => /^\s*v/i.test(raw)) ? safe(putBefore(line, 'v=0')) : null;
		if (first === 0) return choice(replace(line, 'v=0'));
		const before = sdp.document.lines.slice(0, first);
		return before.every(({ type }) => type === '') && before.some(({ raw }) => raw.trim() !== '')
			? choice(...before.map(remove))
			: null;
	},
	'line-order': ({ sdp, line, section }) => {
		const { lines } = section ?? sdp.session;
		// A second one belongs to another description, and what follows a time is its own.
		if (!section && 'vosi'.includes(line.type) && lines.filter(({ type }) => type === line.type).length > 1) return null;
		if (!section && 'trz'.includes(line.type) && lines.some(({ type }) => type === 'r' || type === 'z')) return null;
		const place = placeFor(lines, section ? MEDIA_ORDER : SESSION_ORDER, line.type);
		return place && place.number < line.number ? safe(putBefore(place, line.raw), remove(line)) : null;
	},
	'session-lines-missing': ({ sdp, line, values: { type, empty } }) => {
		// Who made the description, and which of theirs it is, nobody else can say.
		if (type === 'o') return null;
		if (empty) return safe(replace(line, EMPTY[type]));
		// It may be there in a form that is read otherwise.
		if (sdp.session.lines.some((each) => each.type.toLowerCase() === type)) return null;
		const place = placeFor(sdp.session.lines, SESSION_ORDER, type);
		if (place) return safe(putBefore(place, EMPTY[type]));
		const last = sdp.session.lines.findLast(({ raw }) => raw.trim() !== '');
		return safe(last ? putAfter(last, EMPTY[type]) : putBefore(line, EMPTY[type]));
	},
	origin: ({ line }) => {
		const fields = fieldsOf(line.value).map(({ text }) => text);
		const tail = fields.slice(-3);
		const address = connectionOf(tail);
		if (address === null) return null;
		const ids = fields.slice(0, -3);
		// A dash stands for an unknown user name (RFC 8866 §5.2), which has no blanks.
		const name = ids.length === 3 ? ids[0]! : '-';
		const value = [name, ...ids.slice(-2), address].join(' ');
		return parseOrigin(value).ok ? safeIf(ids.length <= 3, replace(line, `o=${value}`)) : null;
	},
	// The address that means none, where ICE brings the addresses (RFC 9429 §5.2.1).
	'connection-missing': ({ section, profile }) => {
		if (!section || profile !== 'webrtc' || section.port !== 9) return null;
		const place = placeFor(section.lines, MEDIA_ORDER, 'c');
		return safe(place ? putBefore(place, 'c=IN IP4 0.0.0.0') : putAfter(section.mLine, 'c=IN IP4 0.0.0.0'));
	},
	'media-line': ({ section, line, profile, values }) => {
		if (values.kind === 'number-of-ports')
			return choice(replace(line, withField(line, 1, fieldsOf(line.value)[1]!.text.split('/')[0]!)));
		if (values.kind !== 'media-line' || values.missing !== 'format' || !section) return null;
		const { protocol } = section;
		if (DATA_PROTOCOLS.has(protocol) && protocol !== 'DTLS/SCTP')
			return safeIf(profile === 'webrtc', replace(line, `${line.raw.trimEnd()} webrtc-datachannel`));
		const mapped = [...new Set(section.rtpMaps.map(({ value }) => value.payloadType))];
		return mapped.length > 0 ? choice(replace(line, `${line.raw.trimEnd()} ${mapped.join(' ')}`)) : null;
	},
	'repeated-session-line': ({ sdp, line }) => (hasCopies(sdp) ? safe(remove(line)) : null),
	'connection-line': ({ line, values }) => {
		if (values.kind === 'multicast') return null;
		// Only multicast has a time to live (RFC 8866 §5.7).
		if (values.kind === 'time-to-live') return safe(replace(line, line.raw.slice(0, line.raw.indexOf('/'))));
		const value = connectionOf(fieldsOf(line.value).map(({ text }) => text));
		return value === null ? null : safe(replace(line, `c=${value}`));
	},
	'section-unknown': ({ section, values }) => {
		if (!section || values.kind !== 'transport') return null;
		const upper = section.protocol.toUpperCase();
		const wanted = section.kind.toLowerCase() === 'application' ? 'UDP/DTLS/SCTP' : 'UDP/TLS/RTP/SAVPF';
		const isCase = FIREFOX_TRANSPORTS.has(upper) && DATA_PROTOCOLS.has(upper) === (wanted === 'UDP/DTLS/SCTP');
		return safeIf(isCase, replace(section.mLine, withProtocol(section, isCase ? upper : wanted)));
	}
};

/** Whether lines that stand once are repeated as they are, and in the session part: else another description begins. */
const hasCopies = once(({ document }) => {
	const heads = document.lines.filter(
		({ type, section }) => type !== '' && ('vos'.includes(type) || (type === 'i' && section < 0))
	);
	const first = new Map(heads.toReversed().map(({ type, raw }) => [type, raw]));
	return heads.every(({ section, type, raw }) => section < 0 && raw === first.get(type));
});

/** `IN IP4 …` of fields that say no other: the address tells its family. Null where it is none. */
function connectionOf(fields: readonly string[]): string | null {
	const address = fields[fields.length - 1] ?? '';
	const words = fields.slice(0, -1);
	if (fields.length > 3 || !words.every((word) => /^IN$/i.test(word) || FAMILY.test(word))) return null;
	const host = address.split('/')[0]!;
	const said = words.map((word) => FAMILY.exec(word)?.[1]).find((digit) => digit !== undefined);
	const family = host.includes(':') ? '6' : /^[\d.]+$/.test(host) ? '4' : said;
	const value = `IN IP${family} ${address}`;
	return family !== undefined && parseConnection(value).ok ? value : null;
}
