/** What a test needs from the machine. A test whose need is missing is skipped, and its name says why. */
import { execFileSync } from 'node:child_process';
import { describe, test } from 'vitest';
import { findProgram, PROGRAMS } from './programs';

export { findProgram, PROGRAMS };

export type Need = 'root' | 'namespaces' | keyof typeof PROGRAMS;

/** Why a need is not met, in words for the test's name; null when it is met. */
function whyNot(need: Need): string | null {
	if (need === 'root') return process.getuid?.() === 0 ? null : 'needs root';
	if (need === 'namespaces') {
		if (process.platform !== 'linux') return 'needs Linux network namespaces';
		if (process.getuid?.() !== 0) return 'network namespaces need root';
		if (!findProgram('ip')) return 'needs the program ip (package iproute2)';
		try {
			execFileSync('unshare', ['--net', 'true'], { stdio: 'ignore' });
			return null;
		} catch {
			return 'this machine refuses network namespaces';
		}
	}
	return findProgram(...PROGRAMS[need]) ? null : `needs ${PROGRAMS[need][0]}, which is not installed`;
}

const known = new Map<Need, string | null>();

/** Why these needs are not all met; null when they are. */
export function missing(...needs: Need[]): string | null {
	const reasons = needs.map((need) => {
		if (!known.has(need)) known.set(need, whyNot(need));
		return known.get(need) ?? null;
	});
	return reasons.filter((reason) => reason !== null).join('; ') || null;
}

/** `describe` that is skipped, with the reason in its name, where the machine lacks what the tests need. */
export function describeWith(needs: Need[], name: string, body: () => void): void {
	const reason = missing(...needs);
	if (reason === null) describe(name, body);
	else describe.skip(`${name} [skipped: ${reason}]`, body);
}

/** `test` with the same rule. */
export function testWith(needs: Need[], name: string, body: () => void | Promise<void>, timeoutMs?: number): void {
	const reason = missing(...needs);
	if (reason === null) test(name, { timeout: timeoutMs }, body);
	else test.skip(`${name} [skipped: ${reason}]`, body);
}
