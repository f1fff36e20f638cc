/** One router of the virtual network: translates and filters as its profile says (RFC 4787 §4, §5, §6). */
import type { RouterProfile } from '../profiles';
import type { Packet } from './network';

interface Binding {
	inside: { address: string; port: number };
	outside: { address: string; port: number };
	/** What has been written to through this binding, as the filter remembers it. */
	known: Set<string>;
	usedMs: number;
}

export interface Nat {
	/** From inside: the packet as it leaves, or null when it may not. */
	out(packet: Packet): Packet | null;
	/** From outside: the packet as it arrives inside, or null when it is dropped. */
	in(packet: Packet): Packet | null;
	/** True for addresses of its own. */
	owns(address: string): boolean;
	hairpins: boolean;
}

const DEFAULT_LIFETIME_S = 120;

export function makeNat(profile: RouterProfile, outside: readonly string[], nowMs: () => number, ratio: () => number): Nat {
	const bindings = new Map<string, Binding>();
	let sequence = 20000;
	const lifetimeMs = (profile.lifetimeS || DEFAULT_LIFETIME_S) * 1000;
	const alive = (binding: Binding) => nowMs() - binding.usedMs < lifetimeMs;
	const at = (port: number) => [...bindings.values()].find((binding) => binding.outside.port === port && alive(binding));

	const choosePort = (inside: number): number => {
		if (profile.mapping === 'none' || (profile.ports === 'preserved' && !at(inside))) return inside;
		if (profile.ports === 'sequential') return ++sequence;
		for (;;) {
			const port = 10000 + Math.floor(ratio() * 50000);
			if (!at(port)) return port;
		}
	};
	const keyOf = ({ source, target }: Packet): string => {
		const inside = `${source.address} ${source.port}`;
		if (profile.mapping === 'address-dependent') return `${inside} ${target.address}`;
		if (profile.mapping === 'address-and-port-dependent') return `${inside} ${target.address} ${target.port}`;
		return inside;
	};
	const remembers = ({ address, port }: { address: string; port: number }) =>
		profile.filtering === 'address-and-port-dependent'
			? `${address} ${port}`
			: profile.filtering === 'address-dependent'
				? address
				: 'anybody';

	return {
		hairpins: profile.hairpin,
		owns: (address) => profile.mapping !== 'none' && outside.includes(address),
		out(packet) {
			if (profile.egress === 'no-udp' || profile.egress === 'tcp-443' || profile.egress === 'web') return null;
			if (profile.egress === 'no-udp-3478' && packet.target.port === 3478) return null;
			const key = keyOf(packet);
			let binding = bindings.get(key);
			if (!binding || !alive(binding)) {
				const address =
					profile.mapping === 'none' ? packet.source.address : outside[profile.pool ? Math.floor(ratio() * outside.length) : 0]!;
				binding = {
					inside: packet.source,
					outside: { address, port: choosePort(packet.source.port) },
					known: new Set(),
					usedMs: nowMs()
				};
				bindings.set(key, binding);
			}
			binding.usedMs = nowMs();
			binding.known.add(remembers(packet.target));
			return { ...packet, source: binding.outside };
		},
		in(packet) {
			const open = profile.filtering === 'endpoint-independent';
			if (profile.mapping === 'none' && open) return packet;
			const binding = [...bindings.values()].find(
				(each) => each.outside.port === packet.target.port && each.outside.address === packet.target.address && alive(each)
			);
			if (!binding || !(open || binding.known.has(remembers(packet.source)))) return null;
			binding.usedMs = nowMs();
			return { ...packet, target: binding.inside };
		}
	};
}
