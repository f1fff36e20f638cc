/** A saved report from what a person has at hand: the file's text, or a link that holds it. */
import { fail, type Result } from '../core/base/result';
import { parseReport } from '../core/report/parse';
import type { Report } from '../core/report/report';
import { readFragment } from './share';
import { words } from './words';

export async function openReportText(text: string): Promise<Result<Report>> {
	const fragment =
		text.length < 1_000_000 || text.includes('#report=') ? await readFragment(text.trim()) : { kind: 'nothing' as const };
	if (fragment.kind === 'report') return parseReport(fragment.text);
	if (fragment.kind === 'unreadable') return fail('malformed', words.open.badLink);
	return parseReport(text);
}
