/** What is said about a NAT beside its mapping and filtering, in English. */
import { duration, integer } from '../../base/format';
import { list } from '../../base/list';
import type { DiscoveryValues } from '../../nat/discovery-values';
import type { HairpinValues, LayerValues, NatValues, PortValues, PublicAddressValues } from '../../nat/nat-values';
import { endpointText, type Endpoint } from '../../observations/candidates';
import type { MessagesOf } from '../messages';
import { NAT_FILTERING } from './nat-filtering';
import { NAT_MAPPING } from './nat-mapping';

const PORTS: MessagesOf<keyof PortValues> = {
	'port-no-nat': () => 'There is no NAT that could change ports.',
	'port-no-sample': () => 'No server outside reported which port this network uses.',
	'port-preserved': ({ port, sockets, byChanceOnceIn }) => {
		const chance =
			byChanceOnceIn === null ? '' : `; a NAT that draws ports at random does the same once in ${integer(byChanceOnceIn)} times`;
		return sockets === 1
			? `The port is preserved: ${port} inside and outside (one socket seen${chance}).`
			: `The port is preserved for each of ${sockets} sockets (for example ${port}${chance}).`;
	},
	'port-host-hidden': ({ mappedPorts }) =>
		`The browser does not show this device's own ports, so it is not known whether ${mappedPorts.length === 1 ? 'the mapped port' : 'any of the mapped ports'} ${list(mappedPorts.map(String))} was preserved.`,
	'port-constant-offset': ({ portOffset, sockets }) => `The port is shifted by ${portOffset} for each of ${sockets} sockets.`,
	'port-shifted-or-counted': ({ samples }) =>
		`This device’s own ports rise one after the other and the mapped ones with them (${moved(samples)}): a NAT that shifts ports and one that counts up look alike here.`,
	'port-sequential': ({ mappedPorts }) => `New mappings get neighbouring ports: ${list(mappedPorts.map(String))}.`,
	'port-may-be-sequential': ({ mappedPorts, byChanceOnceIn, drawnFromPorts }) =>
		`The mapped ports ${list(mappedPorts.map(String))} lie as near to each other as those of a NAT that counts up, but so few do so by chance once in ${integer(byChanceOnceIn)} times (drawn from ${integer(drawnFromPorts)} ports). More servers that answer over UDP would show which.`,
	'port-random': ({ mappedPorts }) => `Mapped ports follow no pattern: ${list(mappedPorts.map(String))}.`,
	'port-too-few': ({ samples }) =>
		`Not every port is preserved (${moved(samples)}); so few do not show what they follow. More servers that answer over UDP would show it.`
};

function moved(samples: PortValues['port-too-few']['samples']): string {
	return list(samples.map(({ hostPorts, mappedPort }) => `${hostPorts.join(' or ')} became ${mappedPort}`));
}

const LAYERS: MessagesOf<keyof LayerValues> = {
	'layers-seen-as-shared-address': ({ addresses }) =>
		`Signs of a carrier-grade NAT: a server sees ${list(addresses)}, from the block that carriers, and some VPNs, use inside.`,
	'layers-host-has-shared-address': ({ addresses }) =>
		`Signs of a carrier-grade NAT: this device has ${list(addresses)}, an address that carriers (and some VPNs) use inside.`,
	'layers-no-nat': () => 'No NAT: servers see the address that this device has itself.',
	'layers-nothing-seen': () =>
		'No server outside showed the public address of this device, so nothing is known about NATs on the path.',
	'layers-host-hidden': () =>
		"The browser hides this device's own address: no NAT, one and several look alike. With camera or microphone allowed it is shown.",
	'layers-one-or-more': ({ hostAddresses, publicAddresses }) =>
		`This device (${list(hostAddresses)}) is seen as ${list(publicAddresses)}: at least one NAT, or something that rewrites STUN answers. A page cannot see whether there are more.`
};

const HAIRPIN: MessagesOf<keyof HairpinValues> = {
	'hairpin-not-tested': () =>
		'Not tested: some firewalls take the test for an attack, so it runs only when asked for in the options. It matters only for two devices behind this same NAT.',
	'hairpin-no-nat': () => 'There is no NAT that could hairpin packets: the public address is the device’s own.',
	'hairpin-returned': ({ target, answeredAfterMs }) =>
		`Packets from this device to its own public address${at(target)} were answered after ${duration(answeredAfterMs)}: the NAT hairpins them. No NAT at all would look the same where the browser hides the device's address.`,
	'hairpin-arrived-unanswered': ({ target }) =>
		`Packets to this device's public address${at(target)} were hairpinned, but the answers to them were not: the NAT probably keeps the internal source address.`,
	'hairpin-lost': ({ target, triedMs, controlMs }) =>
		`Packets to this device's public address${at(target)} were lost for ${duration(triedMs)}, while the same two sockets reached each other by their internal addresses in ${duration(controlMs)}.`,
	'hairpin-inconclusive': ({ cause }) =>
		cause.kind === 'not-listened'
			? 'No result: this page was hidden or stalled while the packets were under way.'
			: cause.kind === 'no-mapped-address'
				? `No result: ${cause.observerUrl} did not report the public address of both sockets in time.`
				: 'No result: the two sockets did not reach each other by their internal addresses either, so the silence says nothing about the NAT.'
};

const PUBLIC_ADDRESSES: MessagesOf<keyof PublicAddressValues> = {
	'public-address-seen': ({ addresses }) =>
		`Servers see ${list(addresses)}.${addresses.length > 1 ? ' More than one: several networks, a VPN for part of the traffic, or a pool of addresses.' : ''}`,
	'public-address-unknown': ({ seenAddresses }) =>
		seenAddresses.length > 0
			? `Servers see only ${list(seenAddresses)}, which ${seenAddresses.length === 1 ? 'is' : 'are'} not publicly routable.`
			: 'No server reported an address.'
};

export const NAT: MessagesOf<Exclude<keyof NatValues, keyof DiscoveryValues>> = {
	...NAT_MAPPING,
	...NAT_FILTERING,
	...PORTS,
	...LAYERS,
	...HAIRPIN,
	...PUBLIC_ADDRESSES
};

function at(target: Endpoint | null): string {
	return target ? ` ${endpointText(target)}` : '';
}
