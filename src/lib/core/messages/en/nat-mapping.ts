/** What is said about mapping, in English. */
import { formatEndpoint } from '../../base/ip';
import { list } from '../../base/list';
import type { MappingValues, ProberMappingValues, ProberSighting, RelayViewValues, ServerPlace } from '../../nat/mapping-values';
import { endpointText } from '../../observations/candidates';
import type { MessagesOf } from '../messages';

export const NAT_MAPPING: MessagesOf<keyof (MappingValues & ProberMappingValues & RelayViewValues)> = {
	'mapping-no-observer': () => 'No server reported an address over UDP in a connection of its own, so the mapping is not known.',
	'mapping-only-local-observers': ({ urls, seenAddresses }) =>
		`${list(urls)} saw this device as ${list(seenAddresses)}, from within this network or from behind a NAT of ${urls.length === 1 ? 'its' : 'their'} own: that says nothing about a NAT here.`,
	'mapping-is-host': ({ addresses }) =>
		`Servers see ${list(addresses)}, which is an address of this device itself: no NAT on the path.`,
	'mapping-differs-per-port': (values) =>
		`${seenDifferently(values)} Even two ports of one address see different mapped addresses or ports: the mapping depends on address and port.`,
	'mapping-differs-per-address': (values) =>
		`${seenDifferently(values)} Two ports of one server see the same mapped address and port; a second server address sees a different one.`,
	'mapping-differs': (values) =>
		`${seenDifferently(values)} The mapping depends on the destination; these servers cannot distinguish address-dependent from address-and-port-dependent mapping.`,
	'mapping-one-observer': ({ observer, seenAddresses }) =>
		`Only ${place(observer)} answered from outside over UDP${seenAddresses.length > 0 ? `, and sees ${list(seenAddresses)}` : ''}: one observer cannot show whether the mapping depends on the destination.`,
	'mapping-not-asked-together': ({ urls }) =>
		`${list(urls)} answered, each to a socket of its own; they have not been asked from one socket yet.`,
	'mapping-observer-fell-silent': ({ silencedUrls, askedUrls }) =>
		silencedUrls.length > 0
			? `${list(silencedUrls)} answered alone and failed when all servers were asked from one socket, so there is nothing to compare.`
			: `${askedUrls.length === 0 ? 'No server' : `Only ${list(askedUrls)}`} was asked from the shared socket, so there is nothing to compare.`,
	'mapping-sockets-mixed': () =>
		'The browser used several sockets and hides which answer belongs to which, so the answers cannot be compared.',
	'mapping-unfinished': () =>
		'Gathering ended before every server had answered from the shared socket. A server that is only late must not be counted as one that agrees.',
	'mapping-one-address-agrees': ({ urls, addresses, host }) =>
		`${list(urls)} see the same address, ${list(addresses)}, but all are ${host}: a mapping that depends on the address would look the same.`,
	'mapping-observers-may-be-one': ({ urls, addresses }) =>
		`${list(urls)} see the same address, ${list(addresses)}, but their names may lead to one machine, and a page cannot look names up.`,
	'mapping-agrees-host-hidden': (values) =>
		`${seenAlike(values)} The browser hides this device's own address, so no NAT at all would look the same.`,
	'mapping-agrees': (values) => `${seenAlike(values)} This device itself is ${list(values.hostAddresses)}.`,

	'mapping-prober-two-addresses-agree': ({ seen }) =>
		`The Icelens server's sockets at ${list(seen.map(proberSocket))} all received packets of one socket from ${list(seen.map(({ from }) => endpointText(from)))}: no dependence on the destination was seen.`,
	'mapping-prober-ports-differ': ({ seen }) =>
		`The Icelens server received packets of one socket from ${sources(seen)}: even two ports of one address see different sources, so the mapping depends on address and port.`,
	'mapping-prober-addresses-differ': ({ seen }) =>
		`The Icelens server received packets of one socket from ${sources(seen)}: the same source for two ports of one address, another for another address.`,

	'mapping-relay-sees-own-address': ({ url, address }) =>
		`The relay of ${url} received this device's packets from ${address}, which the browser knows as an address of the device itself: no NAT on the path.`
};

const place = ({ host, port }: ServerPlace) => formatEndpoint(host, port);

function seenDifferently({ mapped }: MappingValues['mapping-differs']): string {
	const parts = mapped.map((each) => `${endpointText(each)}${each.observer ? ` (${place(each.observer)})` : ''}`);
	return `One socket is seen as ${list(parts)}.`;
}

function seenAlike({ observers, mapped, settled }: MappingValues['mapping-agrees-host-hidden']): string {
	const waited = settled === 'waited' ? ' (no other answer came in many times their response time)' : '';
	return `${observers.length} servers (${list(observers.map(place))}) see one socket as ${list(mapped.map(endpointText))}${waited}.`;
}

/** Which server's socket it is, where a second one helped. */
function proberSocket({ at, partnerHost }: ProberSighting): string {
	return `${endpointText(at)}${partnerHost === null ? '' : ` of the second Icelens server ${partnerHost}`}`;
}

function sources(seen: readonly ProberSighting[]): string {
	return list(seen.map((each) => `${endpointText(each.from)} (at ${proberSocket(each)})`));
}
