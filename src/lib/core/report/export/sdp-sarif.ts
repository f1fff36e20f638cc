/** Findings about session descriptions, and messages of browsers that stand beside them, as SARIF 2.1.0 for code scanning (OASIS). */
import { jsonDocument } from '../../base/escape';
import { SDP_ENGLISH } from '../../messages/en/sdp';
import { ALL_RULES } from '../../sdp/lint/rules/all-rules';
import { messageText } from './linted-files';
import type { ExportedMessage } from './sdp-error';
import type { ExportedFinding } from './sdp-findings';

const LEVELS = { problem: 'error', warning: 'warning', normal: 'none', info: 'note' } as const;

export interface SarifParts {
	findings: readonly ExportedFinding[];
	messages?: readonly ExportedMessage[];
	/** What kept files from being read, and what is to be told about the configuration (§3.20.21). */
	refused?: readonly string[];
	notes?: readonly string[];
}

/** A log with one run. */
export function sdpSarif({ findings, messages = [], refused = [], notes = [] }: SarifParts, version: string): string {
	const rules = [...findingRules(findings), ...messageRules(messages)];
	const index = new Map(rules.map(({ id }, at) => [id, at]));
	// Where one result says whether it is suppressed, all have to (§3.27.23).
	const tellsSuppressed = findings.some(({ suppression }) => suppression !== null);
	const results = [
		...messages.map(messageResult),
		...findings.map((finding) => ({ ...findingResult(finding), ...(tellsSuppressed && suppressionsOf(finding)) }))
	].map(({ ruleId, ...rest }) => ({ ruleId, ruleIndex: index.get(ruleId) ?? -1, ...rest }));
	const notifications = [
		...refused.map((text) => ({ level: 'error', message: { text } })),
		...notes.map((text) => ({ level: 'note', message: { text } }))
	];
	return jsonDocument({
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: { driver: { name: 'icelens', version, rules } },
				...(notifications.length > 0 && {
					invocations: [{ executionSuccessful: refused.length === 0, toolExecutionNotifications: notifications }]
				}),
				columnKind: 'utf16CodeUnits',
				results
			}
		]
	});
}

function findingRules(findings: readonly ExportedFinding[]) {
	return ALL_RULES.filter((rule) => findings.some((finding) => finding.rule === rule.id)).map((rule) => ({
		id: rule.id as string,
		name: rule.code,
		shortDescription: { text: SDP_ENGLISH.rules[rule.id].title },
		help: { text: `${SDP_ENGLISH.rules[rule.id].advice} (${rule.cite})` },
		defaultConfiguration: { level: LEVELS[rule.severity] as string }
	}));
}

/** A rule for each known message, since each means something else. */
function messageRules(messages: readonly ExportedMessage[]) {
	const byId = new Map(messages.map((message) => [messageRule(message), message]));
	return [...byId].map(([id, { means, advice, cite }]) => ({
		id,
		name: 'BROWSER',
		shortDescription: { text: means ?? 'A message of a browser that no rule of Icelens knows' },
		help: { text: [advice, cite && `(${cite})`].filter(Boolean).join(' ') || 'Look the message up where the browser was used.' },
		defaultConfiguration: { level: LEVELS.problem as string }
	}));
}

function messageRule({ id }: ExportedMessage): string {
	return `browser-message/${id ?? 'unknown'}`;
}

function findingResult(finding: ExportedFinding) {
	return {
		ruleId: finding.rule as string,
		level: LEVELS[finding.severity] as string,
		message: { text: `${finding.text} ${finding.advice}` },
		locations: [location(finding.file, finding.line, finding.column)]
	};
}

function messageResult(message: ExportedMessage) {
	const { about } = message;
	return {
		ruleId: messageRule(message),
		level: LEVELS.problem as string,
		message: { text: messageText(message) },
		locations: [location(message.file, message.line, 1)],
		...(about && {
			relatedLocations: [{ id: 0, ...location(about.file, about.line, 1), message: { text: 'The line it is about.' } }]
		})
	};
}

function location(file: string, startLine: number, startColumn: number) {
	return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine, startColumn } } };
}

function suppressionsOf({ suppression }: ExportedFinding) {
	return {
		suppressions: suppression === null ? [] : [{ kind: 'external', status: 'accepted', justification: suppression.reason }]
	};
}

/** A relative reference (RFC 3986): what is not allowed in a path is percent-encoded. */
function uriOf(file: string): string {
	return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}
