/** Corrections of answers and of later rounds: what their offer leaves one text for (RFC 3264, 9429). */
import type { Section } from '../../text/description';
import { pairSections } from '../../compare/section-pairs';
import { ANSWERS } from '../rules/answered-sections';
import type { ExchangeValues } from '../values/exchange-values';
import type { RoundValues } from '../values/round-values';
import {
	choice,
	putAtEnd,
	remove,
	replace,
	safe,
	safeIf,
	withField,
	withProtocol,
	type Fix,
	type FixesOf,
	type Found
} from './fix';
import { withoutFormats } from './payload-type-fixes';

export const EXCHANGE_FIXES: FixesOf<keyof ExchangeValues> = {
	'section-count': reordered,
	'section-order': (found) => {
		const { section, offer, values } = found;
		if (values.what === 'kind') return reordered(found);
		const offered = section && offer?.sections[section.index];
		// An answer has the transport of its offer (RFC 3264 §6).
		return offered && values.sameToBrowsers ? safe(replace(section.mLine, withProtocol(section, offered.protocol))) : null;
	},
	'section-mid': ({ sdp, section, line, offer }) => {
		const wanted = section && offer?.sections[section.index]?.mid;
		if (!wanted || sdp.sections.some(({ mid }) => mid === wanted)) return null;
		// RFC 5888 §9: the name of the offer, at the place of the offer.
		if (section.mid === null) return safe(putAtEnd(section, `a=mid:${wanted}`));
		const groups = sdp.groups.flatMap(({ line: group, value }) => {
			const at = value.mids.findIndex(({ text }) => text === section.mid);
			return at < 0 ? [] : [replace(group, withField(group, at + 1, wanted))];
		});
		return choice(replace(line, `a=mid:${wanted}`), ...groups);
	},
	'direction-conflict': ({ sdp, section, line, values: { offered } }) => {
		const [direction, ...others] = ANSWERS[offered];
		const isSaid = line.name !== '';
		if (!section || (!isSaid && section.attributes.has(direction!))) return null;
		const edit = isSaid ? replace(line, `a=${direction}`) : putAtEnd(section, `a=${direction}`);
		return sdp.session.lines.includes(line) ? null : safeIf(others.length === 0, edit);
	},
	'codec-not-offered': ({ section, line }) => {
		const codec = section?.listed.find((each) => each.line === line);
		return codec ? withoutFormats(section, [String(codec.payloadType)]) : null;
	},
	// RFC 4585 §4.2: an answer adds none.
	'feedback-not-offered': ({ line }) => safe(remove(line)),
	// RFC 3264 §8: greater by one with each change.
	'session-version': ({ sdp, line, values }) => {
		if (values.kind !== 'unchanged' || !sdp.origin) return null;
		return safe(replace(line, withField(line, 2, String(BigInt(sdp.origin.value.sessionVersion) + 1n))));
	}
};

export const ROUND_FIXES: FixesOf<keyof RoundValues> = {
	// RFC 3264 §6: the format of the offer.
	'data-format-differs': ({ section, offer }) => {
		const offered = section && offer?.sections[section.index];
		// An offer that names none is at fault itself, and its answer with the same would be too.
		if (!offered || offered.formats.length === 0) return null;
		const fields = section.mLine.value.split(/[ \t]+/).slice(0, 3);
		return safe(replace(section.mLine, `m=${[...fields, ...offered.formats.map(({ text }) => text)].join(' ')}`));
	},
	'sctp-port-changed': ({ line, values: { before } }) => choice(replace(line, `a=sctp-port:${before}`))
};

/** The sections of an answer in the order of the offer; those that have no answer are refused with port 0 (RFC 3264 §6). */
function reordered({ sdp, offer }: Found<unknown>): Fix | null {
	const first = sdp.sections[0]?.mLine;
	if (!offer || !first) return null;
	const pairs = pairSections(offer, sdp);
	// Who is left over answers nothing that was offered.
	if (pairs.some(({ offered }) => offered === null)) return null;
	const isPlain = pairs.every(({ by, answered }) => by === 'mid' && answered !== null);
	const lines = pairs.flatMap(({ offered, answered }) => answered?.lines.map(({ raw }) => raw) ?? refusalOf(offered!));
	const remaining = sdp.document.lines.length - first.number + 1;
	const edit = { line: first.number, remove: remaining, lines };
	return isPlain ? safe(edit) : choice(edit);
}

function refusalOf({ kind, protocol, formats, mid }: Section): string[] {
	const media = `m=${kind} 0 ${protocol} ${formats.map(({ text }) => text).join(' ')}`;
	return [media, 'c=IN IP4 0.0.0.0', ...(mid === null ? [] : [`a=mid:${mid}`]), 'a=inactive'];
}
