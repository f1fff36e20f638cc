/**
 * Whose transport a section uses. In a BUNDLE group the transport attributes (ICE, DTLS, rtcp-mux) need to stand in the
 * tagged section only; answers and later offers leave them out of the others (RFC 9143 §7.1.3).
 */
import type { Bundle, Description, On, Section } from './description';
import type { SdpLine } from './document';
import type { Fingerprint } from './attribute-values';

export function bundleWith(sdp: Description, section: Section): Bundle | null {
	return sdp.bundles.find((bundle) => bundle.sections.includes(section)) ?? null;
}

/** True for a section that brings a transport of its own: not bundled, the tagged one, or one with its own ICE credentials. */
export function ownsTransport(sdp: Description, section: Section): boolean {
	if (section.rejected) return false;
	const bundle = bundleWith(sdp, section);
	if (!bundle || bundle.tagged === section) return true;
	return !section.bundleOnly && (section.attributes.has('ice-ufrag') || section.attributes.has('ice-pwd'));
}

/**
 * The sections of a first offer that bring no transport of their own though nothing says that they need none: only later offers and answers
 * may leave that to the tagged section (RFC 9143 §7.1.3). Where it is not known whether it is a first one, only sections that have a part of
 * what a transport needs, as no offer has by intent.
 */
export function leaningSections(sdp: Description, again: boolean | null): Section[] {
	if (sdp.role !== 'offer' || again === true) return [];
	const hasPart = (section: Section) =>
		['ice-ufrag', 'ice-pwd', 'fingerprint', 'setup'].some((name) => attributeLine(sdp, section, name) !== null);
	return sdp.sections.filter(
		(section) => !section.rejected && !section.bundleOnly && !ownsTransport(sdp, section) && (again === false || hasPart(section))
	);
}

/** Of an answer a bundled section whose transport attributes nobody reads: those of the tagged section count. */
export function followsInAnswer(sdp: Description, section: Section | undefined): boolean {
	return section !== undefined && sdp.role === 'answer' && (bundleWith(sdp, section)?.tagged ?? section) !== section;
}

/** Firefox reads names of attributes in any case, and with a blank behind. */
export function hasInOtherForm(sdp: Description, section: Section, name: string): boolean {
	const is = (each: string) => each !== name && each.trimEnd().toLowerCase() === name;
	return [section, sdp.session].some(({ attributes }) => [...attributes.keys()].some(is));
}

/** The line of an attribute that may stand in the section or, for all sections, in the session part. */
export function attributeLine(sdp: Description, section: Section, name: string): SdpLine | null {
	return section.attributes.get(name)?.[0] ?? sdp.session.attributes.get(name)?.[0] ?? null;
}

/** Its trimmed value; null when absent or without one. */
export function attributeValue(sdp: Description, section: Section, name: string): string | null {
	return attributeLine(sdp, section, name)?.argument?.trim() ?? null;
}

/** The section whose transport carries this one: itself, or the tagged section of its group. */
export function transportSection(sdp: Description, section: Section): Section {
	return ownsTransport(sdp, section) ? section : (bundleWith(sdp, section)?.tagged ?? section);
}

export function fingerprintsOf(sdp: Description, section: Section): On<Fingerprint>[] {
	return section.fingerprints.length > 0 ? section.fingerprints : sdp.session.fingerprints;
}

/** For sentences: `audio section "0"`, or by number where there is no mid. */
export function nameOf(section: Section): string {
	const kind = /^[a-z]{1,12}$/.test(section.kind) ? section.kind : 'media';
	return section.mid ? `${kind} section "${section.mid.slice(0, 20)}"` : `${kind} section number ${section.index + 1}`;
}

/** The ICE credentials a section uses, with the line of the user fragment. */
export function iceOf(sdp: Description, section: Section): { ufrag: string | null; pwd: string | null; line: SdpLine | null } {
	const owner = transportSection(sdp, section);
	return {
		ufrag: attributeValue(sdp, owner, 'ice-ufrag'),
		pwd: attributeValue(sdp, owner, 'ice-pwd'),
		line: attributeLine(sdp, owner, 'ice-ufrag')
	};
}

/** The sections of two descriptions of one end that stand at the same place, both live. */
export function sameSections(before: Description, now: Description): { before: Section; now: Section }[] {
	return now.sections
		.map((section, index) => ({ before: before.sections[index], now: section }))
		.filter(
			(pair): pair is { before: Section; now: Section } =>
				pair.before !== undefined && !pair.before.rejected && !pair.now.rejected
		);
}

/** Whether one end restarted ICE between two descriptions: a new user fragment or password (RFC 8839 §4.4.1.1.1). */
export function restarted(before: Description, now: Description): boolean {
	return sameSections(before, now).some((pair) => {
		const [was, is] = [iceOf(before, pair.before), iceOf(now, pair.now)];
		return was.ufrag !== null && is.ufrag !== null && (was.ufrag !== is.ufrag || was.pwd !== is.pwd);
	});
}
