/** What a page saw of a URL, as rows for people; the judgement of it is core's. */
import { duration } from '../../core/base/format';
import { closeCodeMeaning } from '../../core/messages/en/close-codes';
import { seen, type UrlReach } from '../../core/observations/observation';
import type { Report } from '../../core/report/report';
import { formatTime } from '../format';
import { words } from './reach-words';

export interface EvidenceRow {
	name: string;
	value: string;
	/** What a machine would read. */
	code?: boolean;
}

export function evidenceOf(report: Report): EvidenceRow[] {
	const asked = { name: words.when, value: formatTime(report.createdAt) };
	const found = seen(report.observations, 'url-reach')[0]?.data;
	if (!found) return [asked, { name: words.result, value: words.stopped }];
	return [{ name: words.rows.url, value: found.url, code: true }, ...rowsOf(found), asked];
}

function rowsOf({ handshake, http, held, page, deadlineMs }: UrlReach): EvidenceRow[] {
	const rows: EvidenceRow[] = [];
	const { rows: names } = words;
	const add = (name: string, value: string) => rows.push({ name, value });
	const after = (state: string, afterMs: number) => (state === 'silent' ? deadlineMs : afterMs);
	if (handshake) add(names.handshake, words.handshake[handshake.state](after(handshake.state, handshake.afterMs)));
	if (held) {
		add(names.held, duration(held.heldMs));
		add(names.received, words.messages(held.messages));
		const { closed } = held;
		const reason = closed?.reason ? `, “${closed.reason}”` : '';
		add(names.closed, closed ? `${closed.code}${reason}: ${closeCodeMeaning(closed.code)}` : words.byThisPage);
	}
	if (http) {
		const answered = http.state === 'answered' ? `, ${words.status(http.status)}` : '';
		add(names.http, `${words.http[http.state](after(http.state, http.afterMs))}${answered}`);
	}
	add(names.page, words.secure[`${page.secure}`]);
	if (page.localNetwork !== null) add(names.permission, words.permissions[page.localNetwork]);
	return rows;
}
