/** What a program changed between creating a description and setting it, line by line; its kinds are those of compare/munging. */
import { classifyMunging } from '../../compare/munging';
import type { Difference } from '../../compare/difference';
import type { Description } from '../../text/description';
import type { SdpLine } from '../../text/document';
import { clip } from '../../text/values';
import type { SetRule } from './rule';

const MOST_SHOWN = 160;

export const MUNGING_RULES: readonly SetRule[] = [
	{
		id: 'munging',
		code: 'OA-20',
		severity: 'warning',
		profiles: ['webrtc'],
		cite: 'RFC 9429 §5.4',
		check: ({ created, set, report }) => {
			const by = set.role === null ? null : (`create-${set.role}` as const);
			for (const { kind, differences } of classifyMunging(created, set)) {
				for (const difference of differences) {
					const { change, before, after } = difference;
					const created = change === 'added' || !before ? null : { line: before.line, text: clip(before.raw, MOST_SHOWN) };
					const now = change === 'removed' || !after ? null : clip(after.raw, MOST_SHOWN);
					report(lineOf(set, difference), { kind, by, created, now });
				}
			}
		}
	}
];

/** Of what was left out: the section that had it; of a whole section the description. */
function lineOf(set: Description, { change, after, section }: Difference): SdpLine | null {
	if (change !== 'removed' && after) return set.document.lines[after.line - 1] ?? null;
	return section?.after != null ? (set.sections[section.after]?.mLine ?? null) : null;
}
