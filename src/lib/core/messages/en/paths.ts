/** Why a direct path between two networks forms, or does not, in English. */
import type { Family } from '../../base/ip';
import type { PathValues } from '../../nat/peer-matrix';
import type { MessagesOf } from '../messages';
import { FAMILY_WORDS } from './vocabulary';

export const PATHS: MessagesOf<keyof PathValues> = {
	'path-no-common-family': because('One side has only IPv4, the other only IPv6: no path between them without a relay'),
	'path-needs-udp': because('Nothing came back to one side over UDP, and browsers connect directly by UDP'),
	'path-receiver-lets-in': because(
		'One side uses one public port for all destinations and accepts every address it has contacted: the other’s checks arrive'
	),
	'path-both-predictable': because(
		'Both sides use one public port for all destinations: each knows exactly where the other’s packets come from'
	),
	'path-unknown-port-filtered': because(
		'One side’s public port towards the other cannot be predicted, and the other accepts only addresses and ports it has contacted'
	),
	'path-both-unpredictable': because('Neither side’s public port towards the other can be predicted'),
	'path-address-may-change': because(
		'One side gets its public address from a pool, the other accepts only addresses it has contacted: whether they match is chance'
	),
	'path-not-known': because('Not enough is known about one side')
};

function because(reason: string): (values: { overFamily: Family | null }) => string {
	return ({ overFamily }) => (overFamily === null ? `${reason}.` : `${reason} (over ${FAMILY_WORDS[overFamily]}).`);
}
