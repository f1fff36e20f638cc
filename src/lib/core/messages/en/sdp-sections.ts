/** What the parts of a session description are called in English. */
import type { NamedSection } from '../../sdp/lint/values/section-values';

/** `audio section "0"`, or by number where there is no mid. */
export function sectionName({ kind, mid, number }: NamedSection): string {
	return mid === null ? `${kind} section number ${number}` : `${kind} section "${mid}"`;
}
