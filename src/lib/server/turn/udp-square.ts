/** The server's UDP sockets: one or two addresses a family, one or two ports; two by two is the square of RFC 5780. */
import { ok, type Result } from '../../core/base/result';
import type { Way } from '../stun-server';
import type { Endpoint, UdpNet, UdpSocket } from '../udp';
import { familyOf } from './allocation';

export interface UdpSquare {
	readonly sockets: readonly UdpSocket[];
	/** The ports that came out where 0 was asked for. */
	readonly port: number;
	/** The opposite corner; null without a second address of the family and a second port. */
	opposite(local: Endpoint): Endpoint | null;
	/** The corner that lies this way from `local`; there must be an opposite one. */
	corner(local: Endpoint, way: Way): UdpSocket;
	close(): void;
}

export async function openUdpSquare(
	net: UdpNet,
	addresses: readonly string[],
	port: number,
	alternatePort: number | undefined
): Promise<Result<UdpSquare>> {
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
		corner(local, way) {
			const other = opposites.get(local)!;
			const address = way.otherAddress ? other.address : local.address;
			const wanted = way.otherPort ? other.port : local.port;
			return sockets.find((each) => each.local.address === address && each.local.port === wanted)!;
		},
		close
	});
}
