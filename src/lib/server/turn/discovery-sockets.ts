/**
 * The server's UDP sockets: one or two addresses of a family, one or two ports. Two of each are the four endpoints that NAT behaviour
 * discovery needs (RFC 5780).
 */
import { ok, type Result } from '../../core/base/result';
import type { Way } from '../stun-server';
import type { Endpoint, UdpNet, UdpSocket } from '../udp';
import { familyOf } from './allocation';

export interface DiscoverySockets {
	readonly sockets: readonly UdpSocket[];
	/** The first port: the one that was assigned where 0 was asked for. */
	readonly port: number;
	/** The endpoint at the other address and the other port; null without a second address of the family and a second port. */
	opposite(local: Endpoint): Endpoint | null;
	/** The socket that CHANGE-REQUEST names, seen from `local` (RFC 5780 §7.2); `opposite(local)` must not be null. */
	socketFor(local: Endpoint, way: Way): UdpSocket;
	close(): void;
}

export async function openDiscoverySockets(
	net: UdpNet,
	addresses: readonly string[],
	port: number,
	alternatePort: number | undefined
): Promise<Result<DiscoverySockets>> {
	const sockets: UdpSocket[] = [];
	const close = () => sockets.forEach((socket) => socket.close());
	// 0 means any free port, and the same one on every address.
	const chosen = [port, ...(alternatePort === undefined ? [] : [alternatePort])];
	for (const address of addresses) {
		for (let i = 0; i < chosen.length; i++) {
			const bound = await net.bind(address, chosen[i]!);
			if (!bound.ok) {
				close();
				return bound;
			}
			sockets.push(bound.value);
			chosen[i] = bound.value.local.port;
		}
	}
	const opposites = new Map(
		sockets.map(({ local }) => [
			local,
			sockets.find(
				(each) =>
					familyOf(each.local.address) === familyOf(local.address) &&
					each.local.address !== local.address &&
					each.local.port !== local.port
			)?.local ?? null
		])
	);
	return ok({
		sockets,
		port: chosen[0]!,
		opposite: (local) => opposites.get(local) ?? null,
		socketFor(local, way) {
			const other = opposites.get(local)!;
			const address = way.otherAddress ? other.address : local.address;
			const wanted = way.otherPort ? other.port : local.port;
			return sockets.find((each) => each.local.address === address && each.local.port === wanted)!;
		},
		close
	});
}
