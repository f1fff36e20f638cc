/** Every rule that a correction can be written for, and the correction of one finding. */
import type { Description, Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { Finding, Profile } from '../rules/rule';
import type { SdpRuleId } from '../values/sdp-values';
import { ATTRIBUTE_FIXES } from './attribute-fixes';
import { BROWSER_VALUE_FIXES } from './browser-value-fixes';
import { BROWSER_SECTION_FIXES, BUNDLE_FIXES } from './bundle-fixes';
import { DTLS_FIXES, ROLE_ROUND_FIXES } from './dtls-fixes';
import { EXCHANGE_FIXES, ROUND_FIXES } from './exchange-fixes';
import { once, type Fix, type FixesOf, type Found } from './fix';
import { ICE_FIXES, ICE_ROUND_FIXES } from './ice-fixes';
import { BROWSER_LINE_FIXES, LINE_FIXES } from './line-fixes';
import { ADVICE_FIXES, MEDIA_FIXES } from './media-fixes';
import { CODEC_FIXES, PAYLOAD_TYPE_FIXES } from './payload-type-fixes';
import { SESSION_LINE_FIXES } from './session-line-fixes';

export const FIXES: FixesOf<SdpRuleId> = {
	...SESSION_LINE_FIXES,
	...LINE_FIXES,
	...ATTRIBUTE_FIXES,
	...BROWSER_LINE_FIXES,
	...BROWSER_VALUE_FIXES,
	...BROWSER_SECTION_FIXES,
	...PAYLOAD_TYPE_FIXES,
	...CODEC_FIXES,
	...ICE_FIXES,
	...DTLS_FIXES,
	...BUNDLE_FIXES,
	...EXCHANGE_FIXES,
	...ROUND_FIXES,
	...ICE_ROUND_FIXES,
	...ROLE_ROUND_FIXES,
	...MEDIA_FIXES,
	...ADVICE_FIXES
};

/** They make lines of the text; which section each belongs to is known after them. */
const OF_LINES: ReadonlySet<SdpRuleId> = new Set([
	'first-line',
	'line-type',
	'line-ends',
	'carriage-return',
	'blank-line',
	'spaced-line'
]);

/** The correction of a finding in the description that it is about; null where there is none, or it would change nothing. */
export function fixOf(finding: Finding, sdp: Description, offer: Description | null, profile: Profile): Fix | null {
	const line = sdp.document.lines[finding.line - 1];
	// The rule's id decides the shape of its values, as its table entry does (rules/rule).
	const mend = FIXES[finding.rule] as ((found: Found<unknown>) => Fix | null) | undefined;
	if (!line || !mend) return null;
	const section = finding.section === null ? null : (sdp.sections[finding.section] ?? null);
	const fix = mend({ sdp, line, column: finding.column, values: finding.values, section, profile, offer });
	if (!fix || !changes(fix, sdp)) return null;
	return fix.safe && !OF_LINES.has(finding.rule) && !staysOn(line, fix) && isOpen(sdp) ? { ...fix, safe: false } : fix;
}

/** Whether a section may begin where none is seen: at a line that cannot be read, or between two names of one section. */
const isOpen = once(({ document, sections }) => {
	const isUnread = ({ raw, type }: SdpLine) => (type === '' && raw.trim() !== '') || /[A-Z]/.test(type);
	const isTwo = ({ attributes }: Section) => new Set(attributes.get('mid')?.map(({ argument }) => argument)).size > 1;
	return document.lines.some(isUnread) || sections.some(isTwo);
});

/** Whether it changes nothing but its line. */
function staysOn({ number }: SdpLine, { edits }: Fix): boolean {
	return edits.every((edit) => edit.line === number && edit.remove === 1 && edit.lines.length === 1);
}

function changes({ edits, ends }: Fix, { document: { lines } }: Description): boolean {
	const isSame = ({ line, remove, lines: put }: Fix['edits'][number]) =>
		remove === put.length && put.every((raw, at) => raw === lines[line - 1 + at]?.raw);
	return !edits.every(isSame) || ends.some(({ line, end }) => lines[line - 1]?.end !== end);
}
