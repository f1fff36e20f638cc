/** Why a direct path between two networks forms, or does not, in English. */
import type { Family } from '../../base/ip';
import type { PathValues } from '../../nat/peer-matrix';
import type { MessagesOf } from '../messages';
import { FAMILY_WORDS } from './vocabulary';

export const PATHS: MessagesOf<keyof PathValues> = {
	'path-no-common-family': because('One side has only IPv4, the other only IPv6: no path between them without a relay'),
	'path-needs-udp': because('One side cannot send UDP, and browsers connect directly by UDP'),
	'path-receiver-lets-in': because(
		'One side keeps one public port for all and lets in every address it has written to: the other’s checks arrive'
	),
	'path-both-predictable': because(
		'Both sides keep one public port for all: each knows exactly where the other’s packets come from'
	),
	'path-unknown-port-filtered': because(
		'One side’s public port towards the other cannot be known beforehand, and the other lets in only addresses and ports it has written to'
	),
	'path-both-unpredictable': because('Neither side’s public port towards the other can be known beforehand'),
	'path-address-may-change': because(
		'One side draws its public address from a pool, the other lets in only addresses it has written to: it depends on the draw'
	),
	'path-not-known': because('Not enough is known about one side')
};

function because(reason: string): (values: { overFamily: Family | null }) => string {
	return ({ overFamily }) => (overFamily === null ? `${reason}.` : `${reason} (over ${FAMILY_WORDS[overFamily]}).`);
}
