/** The exit status of a judgement: 0 fine, 1 problems found. */
import type { Conclusions } from '../lib/core/verdict/conclusion';

/** States of a server that its operator or user should do something about. */
const BROKEN = new Set(['allocates-only', 'unauthorized', 'quota-reached', 'unreachable', 'tls-failed', 'misconfigured']);

/**
 * A script that goes on at 0 must be able to rely on it: what was asked for works. So silence about everything is a problem
 * too, while a verdict that must stay open (a server in this same network proves nothing about the way out) is none.
 */
export function exitStatus(conclusions: Conclusions): 0 | 1 {
	const { verdict } = conclusions.headline;
	const nothingShown = !conclusions.servers.some(({ state }) => state === 'works');
	const problems =
		verdict === 'fails' ||
		verdict === 'failed' ||
		(verdict === 'unknown' && nothingShown) ||
		conclusions.servers.some(({ state }) => BROKEN.has(state)) ||
		conclusions.findings.some(({ severity }) => severity === 'problem');
	return problems ? 1 : 0;
}
