/**
 * What was wrong with the list of servers before anybody was asked: the rules of ice/server-rules over the list as it was written
 * down. What the servers said since then counts more than how a credential looks.
 */
import type { ServerListValues } from '../../ice/server-list-values';
import { CREDENTIAL_RULES } from '../../ice/credential-rules';
import type { ServerLintRule } from '../../ice/server-finding';
import { isTurnText, namedServers } from '../../ice/server-list-facts';
import type { ServerList } from '../../ice/server-list-shape';
import { REFUSED_BY_BROWSERS, SERVER_LINT_RULES } from '../../ice/server-rules';
import type { ServerConclusion, Subject } from '../conclusion';
import { findingRule, type FindingRule, type Found } from '../finding-rule';
import { atServer, SERVER_LIST } from '../subject';
import type { Reads } from '../reading';
import type { ServerFacts } from './server-facts';
import { allocated } from './relay-facts';

export const LIST_FINDING_RULES: readonly FindingRule[] = SERVER_LINT_RULES.map((rule) =>
	findingRule({
		id: rule.id,
		severity: rule.severity,
		reads: ['list', 'facts', 'servers'],
		find: (view) => found(view, rule),
		explains: consequencesOf(rule)
	})
);

/** Only what is sure enough to be the cause; a warning names one possibility among others. */
function consequencesOf(rule: ServerLintRule): FindingRule['explains'] {
	if (REFUSED_BY_BROWSERS.includes(rule)) return ['server-misconfigured'];
	return isAboutLogin(rule) && rule.severity === 'problem' ? ['server-unauthorized'] : [];
}

function isAboutLogin(rule: ServerLintRule): boolean {
	return CREDENTIAL_RULES.includes(rule);
}

type ListFound = Found<ServerListValues[keyof ServerListValues]>;

function found(view: Reads<'list' | 'facts' | 'servers'>, rule: ServerLintRule): ListFound[] {
	const { list } = view;
	if (list === null) return [];
	const { data, index } = list;
	const told = new Set<number>();
	return rule.check(data).flatMap(({ server, url, values }) => {
		const rows = server === null ? [] : rowsOf(view, data, rule, server, url);
		if (server !== null && isAboutLogin(rule)) {
			// Several entries with one login have one fault.
			const { sameLoginAs } = data.servers[server]!;
			if (told.has(sameLoginAs) || rows.some(isAccepted)) return [];
			told.add(sameLoginAs);
		}
		const consequences = rows.filter(({ row }) => isConsequence(rule, row)).flatMap(({ facts }) => facts.observations);
		return [{ values: { ...values }, subject: subjectOf(data, server, url), observations: [index], consequences }];
	});
}

interface Row {
	facts: ServerFacts;
	row: ServerConclusion;
}

/** The rows of what a finding is about: of one URL, of an entry, or of everybody with the same login. */
function rowsOf(
	view: Reads<'facts' | 'servers'>,
	{ servers }: ServerList,
	rule: ServerLintRule,
	entry: number,
	url: number | null
): Row[] {
	const { urls, sameLoginAs } = servers[entry]!;
	const named = namedServers(servers).filter((one) =>
		isAboutLogin(rule)
			? isTurnText(one.url) && servers[one.entry]!.sameLoginAs === sameLoginAs
			: one.entry === entry && (url === null || one.url === urls[url])
	);
	return view.facts.flatMap((facts, i) => (named.some(({ id }) => id === facts.id) ? [{ facts, row: view.servers[i]! }] : []));
}

/** The server has taken this login: an allocation that it made, or that it refused for want of room, comes after it (RFC 8656 §7.2). */
function isAccepted({ facts, row }: Row): boolean {
	return allocated(facts) || row.state === 'quota-reached';
}

function isConsequence(rule: ServerLintRule, row: ServerConclusion): boolean {
	return row.state === 'unauthorized' || (REFUSED_BY_BROWSERS.includes(rule) && row.rule === 'server-refused-by-browser');
}

function subjectOf({ servers }: ServerList, entry: number | null, url: number | null): Subject {
	const urls = entry === null ? [] : servers[entry]!.urls;
	const text = url === null ? (urls.find(isTurnText) ?? urls[0]) : urls[url];
	return text === undefined || text.trim() === '' ? SERVER_LIST : atServer(text);
}
