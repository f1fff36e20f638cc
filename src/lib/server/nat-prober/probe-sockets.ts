/** The sockets that the prober sends from, by their position; a partner is a second Icelens server at another address. */
import type { SocketPosition } from '../../core/observations/observation';
import { familyOf } from '../turn/allocation';
import type { DiscoverySockets } from '../turn/discovery-sockets';
import type { Endpoint, UdpSocket } from '../udp';
import { SOCKET_POSITIONS, type Session } from './sessions';

export type Family = 'ipv4' | 'ipv6';

/** Pages send to the first socket of a family; the others have another port, another address, or both. */
export function socketAt(discovery: DiscoverySockets, family: Family, position: SocketPosition): UdpSocket | undefined {
	const here = discovery.sockets.filter(({ local }) => familyOf(local.address) === family);
	const home = here[0]?.local;
	return here.find(({ local }) => {
		const sameAddress = local.address === home!.address;
		const samePort = local.port === home!.port;
		if (position === 'same') return sameAddress && samePort;
		if (position === 'other-port') return sameAddress && !samePort;
		return position === 'other-address' ? !sameAddress && samePort : !sameAddress && !samePort;
	});
}

export function positionOf(discovery: DiscoverySockets, local: Endpoint): SocketPosition {
	return SOCKET_POSITIONS.find((position) => {
		const at = socketAt(discovery, familyOf(local.address), position)?.local;
		return at !== undefined && sameEndpoint(at, local);
	})!;
}

/** The sockets that a session uses: all of them; for a partner's page only those on the address that pages send to. */
export function positionsFor(session: Session, discovery: DiscoverySockets, family: Family): SocketPosition[] {
	return SOCKET_POSITIONS.filter(
		(position) =>
			socketAt(discovery, family, position) && (!session.forPartner || position === 'same' || position === 'other-port')
	);
}

/** The position of a partner's socket relative to our first one: it is always at another address. */
export function partnerPosition(home: Endpoint, { port }: Endpoint): SocketPosition {
	return port === home.port ? 'other-address' : 'other-both';
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
	return a.address === b.address && a.port === b.port;
}
