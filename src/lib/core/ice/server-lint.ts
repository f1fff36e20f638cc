/** What is wrong with a list of ICE servers before anything is sent, by the browsers' own parsing rules. */
import { worstFirst } from '../base/severity';
import type { IceServer } from './server';
import type { ServerFinding } from './server-finding';
import { serverListFacts } from './server-list-facts';
import { SERVER_LINT_RULES } from './server-rules';

/**
 * Worst first, then in the order of the list. Without `nowMs` (ms since 1970) nothing is said of expiry, and without `runMsAtMost`
 * nothing of a run.
 */
export function lintServers(
	servers: readonly IceServer[],
	clock: { nowMs?: number | null; runMsAtMost?: number | null } = {}
): ServerFinding[] {
	const list = serverListFacts(servers, clock);
	const findings = SERVER_LINT_RULES.flatMap(({ id: rule, severity, check }) =>
		check(list).map(({ values, fix, ...place }) => ({
			rule,
			values: { ...values },
			severity,
			...place,
			fix: fix && { label: fix.label, servers: fix.mend(servers) }
		}))
	);
	const place = (finding: ServerFinding) => (finding.server ?? 1e6) * 1000 + (finding.url ?? 999);
	return findings.sort((a, b) => worstFirst(a, b) || place(a) - place(b));
}
