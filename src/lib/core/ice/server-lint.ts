/** What is wrong with a list of ICE servers before anything is sent, by the browsers' own parsing rules. */
import { worstFirst } from '../base/severity';
import type { IceServer } from './server';
import type { ServerFinding } from './server-finding';
import { SERVER_LINT_RULES } from './server-rules';

/** Worst first, then in the order of the list. Without `nowMs` (ms since 1970) nothing is said of expired credentials. */
export function lintServers(servers: readonly IceServer[], { nowMs = null }: { nowMs?: number | null } = {}): ServerFinding[] {
	const findings = SERVER_LINT_RULES.flatMap(({ id: rule, severity, check }) =>
		check(servers, nowMs).map(({ values, ...hit }) => ({ rule, values: { ...values }, severity, ...hit }))
	);
	const place = (finding: ServerFinding) => (finding.server ?? 1e6) * 1000 + (finding.url ?? 999);
	return findings.sort((a, b) => worstFirst(a, b) || place(a) - place(b));
}
