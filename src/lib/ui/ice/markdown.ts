/** What was gathered as Markdown, for issue trackers and forums: candidates, what is missing, errors, and each server asked alone. Pure. */
import { escapeMarkdown } from '../../core/base/escape';
import { formatEndpoint } from '../../core/base/ip';
import { explainPriority } from '../../core/ice/priority';
import { everySentence as sentence } from '../../core/messages/en/every-sentence';
import { duration } from '../../core/base/format';
import type { CandidateRecord } from '../../core/observations/observation';
import type { ServerConclusion } from '../../core/report/report';
import { words as screens } from '../screen-words';
import { words } from './ice-words';
import type { GatherRun } from './ice-session.svelte';
import { aboutServer, answerOf, stateWord } from './server-answers';

export interface Heading {
	title: string;
	browser: string;
	ending: string;
}

export type GatheredRun = Pick<GatherRun, 'candidates' | 'errors' | 'servers' | 'missing'>;

export function runAsMarkdown(
	{ candidates, errors, servers, missing }: GatheredRun,
	{ title, browser, ending }: Heading
): string {
	const { columns } = words;
	const parts = [[`**${escapeMarkdown(title)}** (${escapeMarkdown(browser)}). ${escapeMarkdown(ending)}`]];
	const head = [columns.time, columns.type, columns.protocol, columns.address, columns.related, columns.priority, columns.server];
	parts.push(table(head, candidates.map(candidateCells)));
	if (missing.length > 0)
		parts.push(
			[`${words.missing}:`],
			missing.map((each) => `- ${escapeMarkdown(sentence(each))}`)
		);
	if (errors.length > 0) {
		const items = errors.map(
			({ url, errorCode, errorText, atMs }) =>
				`- ${escapeMarkdown(url)}: ${errorCode} ${escapeMarkdown(errorText)} (${words.after(duration(atMs))})`
		);
		parts.push([`${words.errors}:`], items);
	}
	if (servers.length > 0) {
		const { title, lead, server, state, answered } = words.servers;
		const rows = servers.map((each) => [
			`${each.server.url} (${aboutServer(each)})`,
			stateWord(each.server),
			answerWithStep(each.server)
		]);
		parts.push([`**${title}.** ${lead}`], table([server, state, answered], rows));
	}
	return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function candidateCells(candidate: CandidateRecord): string[] {
	const { atMs, type, tcpType, protocol, address, port, relatedAddress, relatedPort, url } = candidate;
	const parts = explainPriority(candidate.priority);
	return [
		duration(atMs),
		type,
		tcpType ? `${protocol} ${tcpType}` : protocol,
		address === null ? `${words.hidden}, ${port}` : formatEndpoint(address, port),
		relatedAddress === null ? '' : formatEndpoint(relatedAddress, relatedPort ?? 0),
		parts === null ? String(candidate.priority) : `${parts.typePreference} / ${parts.localPreference} / ${parts.component}`,
		url ?? ''
	];
}

function answerWithStep(server: ServerConclusion): string {
	const step = server.error === null ? '' : ` ${screens.serverTable.next} ${sentence(server.error.nextStep)}`;
	return `${answerOf(server)}${step}`;
}

function table(head: readonly string[], rows: readonly string[][]): string[] {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escapeMarkdown).join(' | ')} |`);
}
