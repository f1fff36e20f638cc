/** The local address towards a server, and the addresses of a name. */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { scopeOfText, type Family } from '../../core/base/ip';
import type { LocalAddress } from '../../core/nat/interface-findings';
import type { Endpoint } from '../udp';

/** This host's local address towards the server, from a connected UDP socket, which sends nothing. Null without a route. */
export function localAddressTowards({ address, port }: Endpoint): Promise<string | null> {
	const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
	return new Promise((resolve) => {
		const end = (found: string | null) => {
			socket.close();
			resolve(found);
		};
		socket.once('error', () => end(null));
		socket.connect(port, address, () => end(socket.address().address));
	});
}

/** One address of each family the name has; a literal has one. Rejects when the name cannot be looked up. */
export async function addressesOf(host: string): Promise<{ family: Family; address: string }[]> {
	if (isIP(host)) return [{ family: isIP(host) === 4 ? 'ipv4' : 'ipv6', address: host }];
	const found = await lookup(host, { all: true, verbatim: true });
	return ([4, 6] as const).flatMap((version) => {
		const first = found.find(({ family }) => family === version);
		return first ? [{ family: version === 4 ? ('ipv4' as const) : ('ipv6' as const), address: first.address }] : [];
	});
}

/** The addresses of this machine that reach farther than one link. */
export function localAddresses(): LocalAddress[] {
	return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
		(addresses ?? []).flatMap(({ address, family, internal }) =>
			internal || scopeOfText(address) === 'link-local'
				? []
				: [{ name, address, family: family === 'IPv4' ? ('ipv4' as const) : ('ipv6' as const) }]
		)
	);
}
