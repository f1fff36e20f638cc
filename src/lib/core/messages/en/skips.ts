/** Why a step of a plan was skipped, in English. */
import type { SkipValues } from '../../plan/skip-values';
import type { MessagesOf } from '../messages';
import { FAMILY_WORDS } from './vocabulary';

export const SKIPS: MessagesOf<keyof SkipValues> = {
	'skip-udp-answered': () => 'A server has answered over UDP already.',
	'skip-mapping-observers-asked': () => 'Every server that answered has been asked already.',
	'skip-mapping-needs-two-observers': ({ answered }) =>
		`${answered === 0 ? 'No server' : 'Only one server'} answered over UDP; comparing takes two.`,
	'skip-filtering-without-relay': () =>
		'No TURN server allocated a relay, and the test needs one to send from an address that this device has not written to.',
	'skip-filtering-without-observer': () => 'No server answered over UDP, so there is no public address to send to.',
	'skip-filtering-told': () => 'What the servers that answered can tell was asked already.',
	'skip-relay-not-allocated': () => 'The server allocated no relay, so there is nothing to send data through.',
	'skip-hairpin-without-observer': () =>
		'No server outside answered over UDP and IPv4, so there is no public address to send to.',
	'skip-no-prober': (values) => noProber(values),
	'skip-server-not-asked-alone': () => 'It was not asked in a connection of its own.',
	'skip-in-words': ({ said }) => said
};

function noProber({ because, family }: SkipValues['skip-no-prober']): string {
	switch (because) {
		case 'this-machine-only':
			return 'This app listens on this machine alone, with no NAT in between that it could look at.';
		case 'not-started':
			return 'The prober of this server could not be started.';
		case 'no-address':
			return `This server has no ${FAMILY_WORDS[family]} address that is externally reachable.`;
		case null:
			return 'This server has no prober.';
	}
}
