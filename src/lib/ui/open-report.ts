/** A saved report from what a person has at hand: the file, its text, or a link that holds it. */
import { fail, type Fault, type Result } from '../core/base/result';
import { parseReport, REPORT_CHARACTERS_AT_MOST } from '../core/report/parse';
import type { Report } from '../core/report/report';
import { formatBytes } from '../core/base/format';
import { readFragment } from './share';
import { words } from './screen-words';

/** A file is judged by its size before it is read: no report is as large, and reading it would hold up the page. */
export async function openReportFile(file: File): Promise<Result<Report>> {
	if (file.size > REPORT_CHARACTERS_AT_MOST) {
		const message = `${file.name} has ${formatBytes(file.size)}; a report has at most ${formatBytes(REPORT_CHARACTERS_AT_MOST)}. It was not opened.`;
		return fail('too-large', message);
	}
	try {
		return await openReportText(await file.text());
	} catch {
		return fail('unreadable', `${file.name} could not be read: the browser gave no reason. Choose it again, or another file.`);
	}
}

export async function openReportText(text: string): Promise<Result<Report>> {
	const fragment =
		text.length < 1_000_000 || text.includes('#report=') ? await readFragment(text.trim()) : { kind: 'nothing' as const };
	if (fragment.kind === 'report') return parseReport(fragment.text);
	if (fragment.kind === 'unreadable') return fail('malformed', words.open.badLink);
	return parseReport(text);
}

/** What is no report may be read on another screen: then the page goes there. False where it stays. */
export async function openOnOtherScreen({ code }: Fault, what: string | File): Promise<boolean> {
	if (!NO_REPORT.has(code)) return false;
	const { openElsewhere } = await import('./open-elsewhere');
	return typeof what === 'string' ? openElsewhere(new Blob([what]), null, 'reports') : openElsewhere(what, what.name, 'reports');
}

const NO_REPORT = new Set(['not-json', 'not-a-report', 'too-large']);
