/** Linted descriptions as workflow commands of GitHub Actions, which it shows beside the lines of a change. */
import { escapeWorkflowData, escapeWorkflowProperty } from '../../base/escape';
import { worstFirst } from '../../base/severity';
import { SDP_ENGLISH } from '../../messages/en/sdp';
import { messageText, type LintRun } from './linted-files';

type Command = 'error' | 'warning' | 'notice';

const COMMANDS = { problem: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<string, Command>;

/** Worst first, since GitHub shows only the first of each kind of a step. What is suppressed is left out. */
export function workflowCommands({ linted, refused, notes }: LintRun): string {
	const findings = linted.flatMap((each) => each.findings).filter(({ suppression }) => suppression === null);
	const lines = [
		...refused.map(({ file, message }) => command('error', { file, title: 'Not read' }, message)),
		...linted.flatMap(({ messages }) =>
			messages.map((each) =>
				command('error', { file: each.file, line: each.line, title: 'Message of a browser' }, messageText(each))
			)
		),
		...findings.toSorted(worstFirst).flatMap(({ severity, file, line, column, rule, code, text, advice, cite }) => {
			if (severity === 'normal') return [];
			const title = `${SDP_ENGLISH.rules[rule].title} (${code})`;
			return [
				command(
					COMMANDS[severity],
					{ file, line, col: column, title },
					[text, ...(severity === 'info' ? [] : [advice]), `${rule}, ${cite}`].join('\n')
				)
			];
		}),
		...notes.map((each) => command('notice', { title: 'Configuration of Icelens' }, each))
	];
	return lines.map((each) => `${each}\n`).join('');
}

/** Standard input has no place in a change. */
function command(name: Command, properties: Record<string, string | number>, data: string): string {
	const shown = Object.entries(properties).filter(([key, value]) => !(key === 'file' && value === '-'));
	return `::${name} ${shown.map(([key, value]) => `${key}=${escapeWorkflowProperty(String(value))}`).join(',')}::${escapeWorkflowData(data)}`;
}
