/** A link that carries a report, made small enough for the places where people paste links. */
import { sentence } from '../../core/messages/en/sentence';
import { leftOutOf } from '../../core/report/left-out';
import type { Report } from '../../core/report/report';
import { withoutDanger } from '../../core/base/secrets';
import { trimmed, TRIM_STEPS } from '../../core/report/trim';
import { withText } from '../../core/report/with-text';
import { reportLink } from '../share';

/** Browsers take far more; chats and mail programs cut off or refuse messages from some 30,000 to 40,000 characters on. */
export const LINK_CHARACTERS_AT_MOST = 30_000;

export interface MadeLink {
	url: string;
	/** What was left out, one sentence each. */
	leftOut: string[];
}

/** Null where not even the trimmed report fits. */
export async function makeReportLink(
	pageUrl: string,
	report: Report,
	charactersAtMost = LINK_CHARACTERS_AT_MOST
): Promise<MadeLink | null> {
	let last = '';
	for (let steps = 0; steps <= TRIM_STEPS.length; steps++) {
		const small = trimmed(report, steps);
		const text = JSON.stringify(withoutDanger(withText(small)));
		if (text === last) continue;
		last = text;
		const url = await reportLink(pageUrl, text);
		if (url.length <= charactersAtMost) return { url, leftOut: leftOutOf(small, sentence) };
	}
	return null;
}
