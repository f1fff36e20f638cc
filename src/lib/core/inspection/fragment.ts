/** What can be said of a piece of a description: what its lines say, and nothing of lines that are not there. */
import type { Finding } from '../sdp/lint/rules/rule';

/** They find that something is missing: in a piece it may stand above, below or between what was copied. */
const ABOUT_ABSENCE: ReadonlySet<string> = new Set([
	'first-line',
	'session-lines-missing',
	'connection-missing',
	'no-media',
	'line-order',
	'payload-type-unmapped',
	'only-helper-codecs',
	'mandatory-codec',
	'ice-credentials-missing',
	'ice-options',
	'candidates-missing',
	'hidden-addresses-only',
	'private-addresses-only',
	'default-address',
	'fingerprint-missing',
	'fingerprint-left-out',
	'h264-profile-missing',
	'redundancy-unnamed',
	'transport-feedback-incomplete',
	'bundle-unknown-mid',
	'bundle-rtcp-mux',
	'mid-missing',
	'mid-extension-missing',
	'rtcp-mux-only',
	'rtcp-mux-missing',
	'source-group',
	'source-cname',
	'stream-unnamed',
	'simulcast-unknown-rid',
	'simulcast-extension'
]);
/** They find either that a line is missing, which they report at the m= line, or that its value is wrong. */
const ABSENCE_AT_MEDIA_LINE: ReadonlySet<string> = new Set(['dtls-role-missing', 'sctp-port', 'retransmission-target']);

/** `raw`: the line that the finding is at. */
export function holdsForFragment({ rule, section }: Finding, raw: string): boolean {
	if (ABOUT_ABSENCE.has(rule)) return false;
	if (ABSENCE_AT_MEDIA_LINE.has(rule)) return !raw.startsWith('m=');
	// Whatever stands above the first m= of a piece may belong to a section that was left out.
	return !(rule === 'attribute-level' && section === null);
}
