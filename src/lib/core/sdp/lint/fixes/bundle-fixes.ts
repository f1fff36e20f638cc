/** Corrections of BUNDLE groups, rtcp-mux, mids and header extensions (RFC 9143, 5761, 8285). */
import type { SdpLine } from '../../text/document';
import { bundleWith, hasInOtherForm } from '../../text/transport';
import { fieldsOf } from '../../text/values';
import type { BrowserSectionValues } from '../values/browser-section-values';
import type { BundleValues } from '../values/bundle-values';
import { withoutDraft } from './media-fixes';
import {
	choice,
	putAtEnd,
	remove,
	replace,
	safe,
	safeIf,
	spliced,
	withField,
	type Fix,
	type FixesOf,
	type Found,
	type LineEdit
} from './fix';

export const BUNDLE_FIXES: FixesOf<keyof BundleValues> = {
	'bundle-unknown-mid': ({ line, column }) => choice(withoutMid(line, column)),
	// The name that a group calls nobody by, else one that is free.
	'mid-missing': ({ sdp, section }) => {
		if (!section || section.attributes.has('mid')) return null;
		const own = new Set(sdp.sections.map(({ mid }) => mid));
		const called = sdp.groups.flatMap(({ value }) => value.mids.map(({ text }) => text)).filter((text) => !own.has(text));
		const number = sdp.sections.findIndex((_, index) => !own.has(String(index)));
		return choice(putAtEnd(section, `a=mid:${called[0] ?? number}`));
	},
	// An offer may have meant bundle-only; an answer leaves out what it rejects (RFC 9143 §7.3.3).
	'bundle-rejected-section': ({ sdp, line, column }) => safeIf(sdp.role === 'answer', withoutMid(line, column)),
	'bundle-rtcp-mux': ({ sdp, section, offer }) => {
		if (!section || hasInOtherForm(sdp, section, 'rtcp-mux')) return null;
		if (offer && !offer.sections[section.index]?.attributes.has('rtcp-mux')) return null;
		// An answer may have it where its offer has (RFC 5761 §5.1.1).
		return safeIf(sdp.role !== 'answer' || offer !== null, putAtEnd(section, 'a=rtcp-mux'));
	},
	// RFC 9143 §7.3: not in answers. Elsewhere a port beside it is not specified (§6).
	'bundle-only-port': ({ line, values }) => safeIf(values.kind === 'in-answer', remove(line)),
	'bundle-overlap': ({ line, column }) => choice(withoutMid(line, column)),
	// RFC 8858 §3: it stands beside rtcp-mux, and in offers alone.
	'rtcp-mux-only': ({ sdp, section }) => section && safeIf(sdp.role === 'offer', putAtEnd(section, 'a=rtcp-mux')),
	'bundle-not-offered': ({ line, column }) => choice(withoutMid(line, column)),
	'rtcp-mux-refused': ({ section }) => section && choice(putAtEnd(section, 'a=rtcp-mux')),
	'rtcp-mux-not-offered': ({ line, profile }) => (profile === 'webrtc' ? null : safe(remove(line))),
	'extension-id-collision': renumbered,
	'extension-id': (found) =>
		found.values.kind === 'encrypted-twice' || found.values.kind === 'two-byte' ? null : renumbered(found),
	// RFC 8285 §7: an answer has none that were not offered, under the numbers of the offer.
	'extension-not-offered': ({ section, line, column, values }) => {
		if (values.kind === 'not-offered') return safe(remove(line));
		const [id, ...others] = values.offeredIds;
		if (id === undefined || others.length > 0 || section?.extensions.some(({ value }) => value.id === id)) return null;
		return safe(replace(line, spliced(line, column, String(values.id).length, String(id))));
	}
};

export const BROWSER_SECTION_FIXES: FixesOf<keyof BrowserSectionValues> = {
	'sctp-port-in-draft': ({ section }) => section && withoutDraft(section),
	'port-count': ({ line, values: { ports } }) => {
		const [port, count] = ports.split('/');
		return safeIf(Number(count) === 1, replace(line, withField(line, 1, port!)));
	},
	// RFC 9143 §7.1.3 leaves it out, Firefox wants it: which of the two the other end is, the text does not tell.
	'fingerprint-left-out': ({ sdp, section }) => {
		const tagged = section && bundleWith(sdp, section)?.tagged;
		const lines = tagged?.fingerprints.map(({ line }) => line.raw) ?? [];
		return section && lines.length > 0 ? choice(putAtEnd(section, ...lines)) : null;
	},
	'rtcp-mux-missing': ({ sdp, section, offer, values: { bundled } }) => {
		if (!section || (offer && !offer.sections[section.index]?.attributes.has('rtcp-mux'))) return null;
		const tagged = bundleWith(sdp, section)?.tagged;
		// A bundle has one transport, and its tagged section says how that is used.
		return safeIf(bundled && tagged?.attributes.has('rtcp-mux') === true, putAtEnd(section, 'a=rtcp-mux'));
	}
};

/** The a=group line without the mid at a column. */
function withoutMid(line: SdpLine, column: number): LineEdit {
	const offset = column - line.argumentColumn;
	const fields = fieldsOf(line.argument!).filter((field) => field.offset !== offset);
	return replace(line, `a=group:${fields.map(({ text }) => text).join(' ')}`);
}

/** A number of its own: that which the extension has elsewhere in the bundle, else the first that is free (RFC 8285 §4.2: 1 to 14). */
function renumbered({ sdp, section, line }: Found<unknown>): Fix | null {
	// An answer has the numbers of its offer (RFC 8285 §7).
	if (!section || sdp.role === 'answer') return null;
	const all = (bundleWith(sdp, section)?.sections ?? [section]).flatMap(({ extensions }) => extensions);
	const own = section.extensions.find((each) => each.line === line)!;
	const others = all.filter((each) => each !== own);
	const isFree = (id: number) =>
		!others.some(
			({ value }) => value.id === id && (value.uri !== own.value.uri || section.extensions.some((each) => each.value === value))
		);
	const known = others.find(({ value }) => value.uri === own.value.uri && value.id !== own.value.id && isFree(value.id))?.value
		.id;
	const id = known ?? Array.from({ length: 14 }, (_, at) => at + 1).find((each) => !all.some(({ value }) => value.id === each));
	return id === undefined
		? null
		: choice(replace(line, spliced(line, line.argumentColumn, String(own.value.id).length, String(id))));
}
