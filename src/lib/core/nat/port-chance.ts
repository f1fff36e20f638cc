/**
 * How often ports that a NAT draws at random look as if it followed a rule. A pattern is told for a fact only where chance hardly ever
 * makes it (`ONCE_IN_A_MILLION`), since a check sees few ports.
 */
import type { PortSample } from './evidence';

export const ONCE_IN_A_MILLION = 1e-6;

/** Carriers give a subscriber a block of ports to draw from, of about this size at least; from all ports chance is rarer still. */
export const DRAWN_FROM_PORTS = 1024;

/** Own ports are drawn by the system from this many at least (49152 to 65535, RFC 6335 §6). */
export const OWN_PORTS = 16_384;

/** New mappings a second, at most, for each outside address: 64,512 ports of which each is kept for 30 s (RFC 4787 §4.3 asks for more). */
const MAPPINGS_A_SECOND = 2150;

/**
 * The chance that ports drawn at random lie as close together and fall as seldom, in the order in which the mappings were made. Both are
 * independent of each other, so their chances are joined as Fisher did: t (1 − ln t) of their product t.
 */
export function chanceOfCounting(inOrder: readonly number[]): number {
	const count = inOrder.length;
	const spread = Math.max(...inOrder) - Math.min(...inOrder);
	const close = Math.min(1, count * (spread / DRAWN_FROM_PORTS) ** (count - 1));
	const falls = inOrder.slice(1).filter((port, i) => port < inOrder[i]!).length;
	const both = close * shareThatFallsAtMost(count, falls);
	return both * (1 - Math.log(both));
}

/** Of the orders that so many different numbers can stand in: those with at most so many falls (Eulerian numbers). */
function shareThatFallsAtMost(count: number, falls: number): number {
	let shares = [1];
	for (let n = 2; n <= count; n++)
		shares = Array.from({ length: n }, (_, k) => ((k + 1) * (shares[k] ?? 0) + (n - k) * (shares[k - 1] ?? 0)) / n);
	return shares.slice(0, falls + 1).reduce((sum, share) => sum + share, 0);
}

/** That every one of so many sockets keeps its port by chance, where each may be one of `alternatives`. */
export function chanceOfKeeping(sockets: number, alternatives: number): number {
	return Math.min(1, alternatives / OWN_PORTS) ** sockets;
}

/** That all of them are shifted alike. */
export function chanceOfShifting(sockets: number, alternatives: number): number {
	return Math.min(1, alternatives * chanceOfKeeping(sockets - 1, alternatives));
}

/**
 * Three ports of one address, each farther from the others than any counter gets in the time: it would have to have gone through its
 * range twice.
 */
export function cannotBeCounted(samples: readonly PortSample[]): boolean {
	return samples.some((a, i) =>
		samples.some((b, j) => j > i && areApart([a, b]) && samples.some((c, k) => k > j && areApart([a, b, c])))
	);
}

function areApart(samples: readonly PortSample[]): boolean {
	const ms = Math.max(...samples.map((s) => s.madeByMs)) - Math.min(...samples.map((s) => s.madeAfterMs));
	const ports = samples.map((s) => s.mappedPort).sort((a, b) => a - b);
	return (
		samples.every((s) => s.mappedAddress === samples[0]!.mappedAddress) &&
		ports.slice(1).every((port, i) => port - ports[i]! > (MAPPINGS_A_SECOND * ms) / 1000)
	);
}
