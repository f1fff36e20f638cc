/** What is said about mapping, in English. */
import { list } from '../../base/words';
import type { ProberMappingValues, ProberSighting, RelayViewValues } from '../../nat/mapping-values';
import { endpointText } from '../../observations/candidates';
import type { MessagesOf } from '../messages';

export const NAT_MAPPING: MessagesOf<keyof (ProberMappingValues & RelayViewValues)> = {
	'mapping-prober-two-addresses-agree': ({ seen }) =>
		`The prober's sockets at ${list(seen.map(proberSocket))} all got packets of one socket from ${list(seen.map(({ from }) => endpointText(from)))}: the mapping does not depend on the destination.`,
	'mapping-prober-ports-differ': ({ seen }) =>
		`The prober got packets of one socket from ${sources(seen)}: even two ports of one address see different sources, so each destination gets a mapping of its own.`,
	'mapping-prober-addresses-differ': ({ seen }) =>
		`The prober got packets of one socket from ${sources(seen)}: the same source for two ports of one address, another for another address.`,

	'mapping-relay-sees-own-address': ({ url, address }) =>
		`The relay of ${url} got this device's packets from ${address}, which the browser knows as an address of the device itself: no NAT on the way.`
};

/** Which server's socket it is, where a second one helped. */
function proberSocket({ at, partnerHost }: ProberSighting): string {
	return `${endpointText(at)}${partnerHost === null ? '' : ` of its partner ${partnerHost}`}`;
}

function sources(seen: readonly ProberSighting[]): string {
	return list(seen.map((each) => `${endpointText(each.from)} (at ${proberSocket(each)})`));
}
