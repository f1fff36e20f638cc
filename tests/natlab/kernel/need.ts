/** `describe` for tests that need the kernel lab: where the machine cannot build it they are skipped, the reason in the name. */
import { describe } from 'vitest';
import { missing } from '../../support/require';
import { PROFILE_NAMES, profile } from '../profiles';
import { openSandbox, whyNoSandbox } from './sandbox';
import { whyNoWire } from './wire';

const why = whyNoSandbox();

/** Why networks with NAT64 cannot be built here; null when they can. */
export const whyNoNat64 = missing('tayga', 'unbound');
/** The networks that this machine can build. */
export const BUILDABLE = PROFILE_NAMES.filter((name) => whyNoNat64 === null || !profile(name).routers.some(({ nat64 }) => nat64));

async function wireProblem(): Promise<string | null> {
	if (why !== null) return why;
	const sandbox = await openSandbox();
	try {
		return await whyNoWire(sandbox);
	} finally {
		await sandbox.close();
	}
}

function describeUnless(reason: string | null, name: string, body: () => void): void {
	if (reason === null) describe(name, body);
	else describe.skip(`${name} [skipped: ${reason}]`, body);
}

export function describeInLab(name: string, body: () => void): void {
	describeUnless(why, name, body);
}

let wire: string | null | undefined;

/** The same for tests that impair a link. Call with `await` at the top of the test file. */
export async function describeWithWire(name: string, body: () => void): Promise<void> {
	if (wire === undefined) wire = await wireProblem();
	describeUnless(wire, name, body);
}
