/** How far a server was got: the columns of the servers table, read off its judged state. */
import { isNeverAsked } from '../core/report/path-diagram/paths';
import type { ServerConclusion } from '../core/report/report';

/** `not-reached`: an earlier stage failed, so this one says nothing about the server. */
export type Stage = 'yes' | 'no' | 'not-reached' | 'not-needed' | 'unknown';

export interface Stages {
	reached: Stage;
	authenticated: Stage;
	allocated: Stage;
	carried: Stage;
}

export function stagesOf(server: ServerConclusion): Stages {
	const { kind, state, proof, relayAddress } = server;
	const turn = kind === 'turn';
	const ifTurn = (stage: Stage): Stage => (turn ? stage : 'not-needed');
	const carried: Stage = proof === 'carried' ? 'yes' : proof === 'not-carried' ? 'no' : 'unknown';
	if (isNeverAsked(server)) return nothingKnown(ifTurn);
	switch (state) {
		case 'works':
		case 'allocates-only':
			return { reached: 'yes', authenticated: ifTurn('yes'), allocated: ifTurn('yes'), carried: ifTurn(carried) };
		case 'unauthorized':
			return { reached: 'yes', authenticated: 'no', allocated: ifTurn('not-reached'), carried: ifTurn('not-reached') };
		case 'quota-reached': {
			// Of two allocations the second one may have been refused, or the first.
			const given = relayAddress !== null;
			return {
				reached: 'yes',
				authenticated: ifTurn('yes'),
				allocated: ifTurn(given ? 'yes' : 'no'),
				carried: ifTurn(given ? 'unknown' : 'not-reached')
			};
		}
		case 'unreachable':
		case 'tls-failed':
			return {
				reached: 'no',
				authenticated: ifTurn('not-reached'),
				allocated: ifTurn('not-reached'),
				carried: ifTurn('not-reached')
			};
		case 'misconfigured': {
			// It answered, and what it gave is of no use; a relay address says it had let us in.
			const allocated: Stage = relayAddress === null ? 'unknown' : 'yes';
			return {
				reached: 'yes',
				authenticated: ifTurn(allocated),
				allocated: ifTurn(allocated),
				carried: ifTurn(relayAddress === null ? 'unknown' : 'no')
			};
		}
		default:
			return nothingKnown(ifTurn);
	}
}

function nothingKnown(ifTurn: (stage: Stage) => Stage): Stages {
	return { reached: 'unknown', authenticated: ifTurn('unknown'), allocated: ifTurn('unknown'), carried: ifTurn('unknown') };
}
