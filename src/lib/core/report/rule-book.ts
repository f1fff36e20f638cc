/** Every rule that a check is judged by, as documentation shows it: docs/rules.md and the rules page are made of this. */
import { ERROR_RULES } from '../ice/candidate-errors';
import { SERVER_LINT_RULES } from '../ice/server-rules';
import { DISCOVERY_FILTERING_RULES } from '../nat/discovery-filtering-rules';
import { DISCOVERY_FINDING_RULES } from '../nat/discovery-findings';
import { DISCOVERY_HAIRPIN_RULES } from '../nat/discovery-hairpin-rules';
import { PAGE_REACH_RULES } from '../reach/page-reach-rules';
import { REACH_RULES } from '../reach/reach-rules';
import { GATEWAY_RULES } from '../nat/gateway';
import { HOP_RULES } from '../nat/hop-rules';
import { DISCOVERY_MAPPING_RULES } from '../nat/discovery-mapping-rules';
import { FILTERING_RULES } from '../nat/filtering-rules';
import { HAIRPIN_RULES } from '../nat/hairpin-rules';
import { INTERFACE_FINDING_RULES } from '../nat/interface-findings';
import { LAYER_RULES } from '../nat/layer-rules';
import { MAPPING_RULES } from '../nat/mapping-rules';
import { PROBER_MAPPING_RULES } from '../nat/path-sources';
import { PATH_RULE_IDS } from '../nat/peer-matrix';
import { PORT_RULES } from '../nat/port-rules';
import { NETWORK_CHECK_RULES } from '../verdict/check/network-check-rules';
import { ALL_STATS_RULES } from '../call/findings/findings';
import { ELSEWHERE_HEADLINE_RULES } from '../verdict/check/elsewhere-headlines';
import { FINDING_RULES } from '../verdict/check/findings';
import { HEADLINE_RULES } from '../verdict/check/headline';
import { MISSING_CANDIDATE_RULES } from '../verdict/check/missing-candidates';
import { QUESTIONS } from '../verdict/questions';
import { ANSWER_RULES } from '../verdict/check/answer-rules';
import { RULE_TITLES } from '../messages/en/rule-titles-table';
import { headlinePartWords, partWords } from '../messages/en/part-words';
import { ANSWER_WORDS } from '../messages/en/vocabulary';
import { SERVER_RULES } from '../verdict/check/servers';
import type { Part } from '../verdict/reading';
import { PREDICTION_RULE_IDS } from '../verdict/pair/pair-prediction';
import { RULE_CITES } from './rule-cites-table';

export interface RuleEntry {
	/** Never reused: saved reports hold it. */
	id: string;
	title: string;
	/** What it concludes, in the report's words; null where it only explains. */
	says: string | null;
	/** RFC and section, or the source it rests on. */
	cite: string;
	/** What it declares to read, and so is given; null in a table whose rules are all given the same. */
	reads: string | null;
}

export interface RuleSection {
	id: string;
	title: string;
	/** One paragraph. */
	intro: string;
	rules: RuleEntry[];
}

const FIRST_WINS = 'The first rule that matches applies.';

export function ruleBook(): RuleSection[] {
	return [
		{
			id: 'headline',
			title: 'The verdict at the top',
			intro: `One sentence and what to do. ${FIRST_WINS}`,
			rules: [...ELSEWHERE_HEADLINE_RULES, ...HEADLINE_RULES].map(({ id, verdict, reads }) => ({
				id,
				title: RULE_TITLES[id],
				says: verdict,
				cite: '',
				reads: listed(reads.map(headlinePartWords))
			}))
		},
		...QUESTIONS.map((question) => ({
			id: question,
			title: ANSWER_WORDS[question].question,
			intro: `The answer \`${question}\`. ${FIRST_WINS} A rule is skipped until the probes it needs have results.`,
			rules: ANSWER_RULES[question].map((rule) => entry(rule.id, rule.says, rule.reads))
		})),
		{
			id: 'servers',
			title: 'Servers',
			intro: `The state of each server URL and address family. ${FIRST_WINS}`,
			rules: SERVER_RULES.map((rule) => entry(rule.id, rule.then === 'explained' ? 'as explained below' : rule.then))
		},
		{
			id: 'server-lists',
			title: 'Lists of servers',
			intro:
				'Problems of the list, found before any server is contacted. All matching rules are reported, except those about credentials that a server has accepted.',
			rules: SERVER_LINT_RULES.map((rule) => entry(rule.id, rule.severity))
		},
		{
			id: 'errors',
			title: 'Errors and silences of servers',
			intro: `Why nothing came from a server, from error code, text, elapsed time and browser. ${FIRST_WINS}`,
			rules: ERROR_RULES.map((rule) => entry(rule.id, rule.state))
		},
		{
			id: 'missing-candidates',
			title: 'Candidates that are missing',
			intro: `Why a kind of candidate is missing where all servers are asked in one connection. ${FIRST_WINS}`,
			rules: MISSING_CANDIDATE_RULES.map((rule) => entry(rule.id, null))
		},
		{
			id: 'mapping',
			title: 'NAT: mapping',
			intro: `Whether the address that others see depends on where a packet goes. ${FIRST_WINS}`,
			rules: [...MAPPING_RULES, ...PROBER_MAPPING_RULES].map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'filtering',
			title: 'NAT: filtering',
			intro: `Which unsolicited packets reach this device (RFC 4787 §5). ${FIRST_WINS}`,
			rules: FILTERING_RULES.map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'ports',
			title: 'NAT: port assignment',
			intro: `How public ports are chosen. ${FIRST_WINS}`,
			rules: PORT_RULES.map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'layers',
			title: 'NAT: layers',
			intro: `How many NATs are in a row, as far as addresses show. ${FIRST_WINS}`,
			rules: LAYER_RULES.map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'hairpin',
			title: 'NAT: hairpin',
			intro: `Whether packets to this device’s public address come back in; tested only when asked for. ${FIRST_WINS}`,
			rules: HAIRPIN_RULES.map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'discovery',
			title: 'NAT: asked from the command line',
			intro:
				'`icelens nat` asks a server with two addresses and two ports, without a browser. The first matching rule applies, for each of mapping, filtering, hairpinning, the router and the place of the NAT.',
			rules: [
				...DISCOVERY_MAPPING_RULES,
				...DISCOVERY_FILTERING_RULES,
				...DISCOVERY_HAIRPIN_RULES,
				...GATEWAY_RULES,
				...HOP_RULES
			].map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'discovery-findings',
			title: 'NAT: servers that do not keep to RFC 5780, and interfaces that differ',
			intro:
				'What `icelens nat` finds wrong with the server that it asks, and between the local addresses that it asks from (`--interface all`). All matching rules are reported.',
			rules: [...DISCOVERY_FINDING_RULES, ...INTERFACE_FINDING_RULES].map((rule) => entry(rule.id, rule.severity))
		},
		{
			id: 'reach',
			title: 'A URL asked from the command line',
			intro: `\`icelens reach\` asks one URL over HTTPS or WebSocket. ${FIRST_WINS}`,
			rules: REACH_RULES.map((rule) => entry(rule.id, rule.then))
		},
		{
			id: 'page-reach',
			title: 'A URL asked from a page',
			intro: `The page \`/reach\` asks one URL over HTTPS or WebSocket, and is not told why nothing comes. ${FIRST_WINS} Those about an open WebSocket are the command line’s.`,
			rules: PAGE_REACH_RULES.filter(({ id }) => REACH_RULES.every((other) => other.id !== id)).map((rule) =>
				entry(rule.id, rule.then)
			)
		},
		{
			id: 'paths',
			title: 'Which networks connect directly',
			intro: 'Whether a direct path forms between two networks.',
			rules: PATH_RULE_IDS.map((id) => entry(id, null))
		},
		{
			id: 'predictions',
			title: 'Which paths connect two devices',
			intro: 'What the checks of both devices say of each path before it is tried, where the rules above do not decide it.',
			rules: PREDICTION_RULE_IDS.map((id) => entry(id, null))
		},
		{
			id: 'findings',
			title: 'Findings',
			intro: 'What stands out. All matching rules are reported, except those that are consequences of another one.',
			rules: FINDING_RULES.map((rule) => entry(rule.id, rule.severity, rule.reads))
		},
		{
			id: 'recordings',
			title: 'Recordings and dumps',
			intro:
				'What stands out in a recorded call, from this page or from a dump. All matching rules are reported; each names its moment.',
			rules: ALL_STATS_RULES.map((rule) => entry(rule.id, rule.severity))
		},
		{
			id: 'network-checks',
			title: 'Checks of a network by other programs',
			intro:
				'What `tailscale netcheck`, testers of NATs and the candidates of a Trickle ICE page show, in the words of a check. All matching rules are reported.',
			rules: NETWORK_CHECK_RULES.map((rule) => entry(rule.id, rule.severity))
		}
	];
}

function entry(id: keyof typeof RULE_CITES, says: string | null, reads: readonly Part[] | null = null): RuleEntry {
	return { id, title: RULE_TITLES[id], says, cite: RULE_CITES[id], reads: reads && listed(reads.map(partWords)) };
}

function listed(parts: readonly string[]): string {
	return parts.length === 0 ? 'nothing' : parts.join('; ');
}

/** The document, as Markdown tables. */
export function ruleBookMarkdown(): string {
	const head =
		'# Rules\n\nMade from the tables in `src/lib/core` by `npm run lab -- update-docs`; a test fails where they differ. Do not edit.\n';
	const sections = ruleBook().map(({ title, intro, rules }) => {
		const columns = [
			'rule',
			'what it says',
			'conclusion',
			'source',
			...(rules.some(({ reads }) => reads !== null) ? ['reads'] : [])
		];
		const rows = rules.map(({ id, title: about, says, cite, reads }) => [
			`\`${id}\``,
			cell(about),
			says === null ? '' : `\`${says}\``,
			cell(cite),
			...(reads === null ? [] : [cell(reads)])
		]);
		const lines = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
		return `## ${title}\n\n${intro}\n\n${lines.join('\n')}\n`;
	});
	return [head, ...sections].join('\n');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
