/** How the NAT chooses ports (RFC 4787 §4.2), from the host port and the mapped port of several sockets. First match wins. */
import type { PortPattern } from './conclusion';
import type { NatEvidence, PortSample } from './evidence';
import type { NatRule } from './nat-rule';
import type { PortValues } from './nat-values';

type Addresses = Pick<NatEvidence, 'hosts' | 'publicAddresses'>;
type PortRule = NatRule<PortValues, [samples: readonly PortSample[], addresses: Addresses], PortPattern>;

/** Ports of mappings made within a second lie this near where a NAT counts up and nobody else takes one. */
const NEIGHBOURS = 8;
/** Other devices take ports in between: so many for each mapping, on the whole. */
const TAKEN_BETWEEN = 64;
/** Where ports are drawn by chance they lie far apart: three of 64,000 lie within this once in 400 times. */
const SCATTERED = 2048;

export const PORT_RULES: readonly PortRule[] = [
	{
		id: 'port-no-nat',
		when: (samples, e) =>
			samples.length === 0 && e.publicAddresses.length > 0 && e.publicAddresses.every((a) => e.hosts.includes(a)),
		then: 'preserved',
		values: () => ({})
	},
	{
		id: 'port-no-sample',
		when: (samples) => samples.length === 0,
		then: 'unknown',
		values: () => ({})
	},
	{
		id: 'port-host-hidden',
		when: (samples) => samples.every((s) => s.hostPorts.length === 0),
		then: 'unknown',
		values: (samples) => ({ mappedPorts: ports(samples) })
	},
	{
		id: 'port-preserved',
		when: (samples) => samples.every(isPreserved),
		then: 'preserved',
		values: (samples) => ({ port: samples[0]!.mappedPort, sockets: sockets(samples) })
	},
	{
		id: 'port-constant-offset',
		when: (samples) => {
			const moved = offsets(samples);
			return moved !== null && sockets(samples) >= 3 && new Set(moved).size === 1;
		},
		then: 'constant-offset',
		values: (samples) => ({ portOffset: offsets(samples)![0]!, sockets: sockets(samples) })
	},
	{
		id: 'port-sequential',
		when: (samples) => !hostsAreNeighbours(samples) && (areNeighbours(samples) || countUp(samples)),
		then: 'sequential',
		values: (samples) => ({ mappedPorts: ports(samples) })
	},
	{
		id: 'port-random',
		when: (samples) =>
			ports(samples).length >= 3 && spread(samples) >= SCATTERED && !samples.some(isPreserved) && !countUp(samples),
		then: 'random',
		values: (samples) => ({ mappedPorts: ports(samples) })
	},
	{
		id: 'port-too-few',
		when: () => true,
		then: 'unknown',
		values: (samples) => ({ samples: samples.map(({ hostPorts, mappedPort }) => ({ hostPorts, mappedPort })) })
	}
];

function ports(samples: readonly PortSample[]): number[] {
	return [...new Set(samples.map((s) => s.mappedPort))].sort((a, b) => a - b);
}

function isPreserved({ hostPorts, mappedPort }: PortSample): boolean {
	return hostPorts.includes(mappedPort);
}

function spread(samples: readonly PortSample[]): number {
	const sorted = ports(samples);
	return sorted.at(-1)! - sorted[0]!;
}

function areNeighbours(samples: readonly PortSample[]): boolean {
	return ports(samples).length >= 3 && gaps(samples).every((gap) => gap <= NEIGHBOURS);
}

/** In the order in which the mappings were made, hardly ever down, and not far in all. */
function countUp(samples: readonly PortSample[]): boolean {
	const made = [...new Set(samples.map((s) => s.mappedPort))];
	if (made.length < 3 || spread(samples) > TAKEN_BETWEEN * made.length) return false;
	const down = made.slice(1).filter((port, i) => port < made[i]!).length;
	return down <= (made.length - 1) / 4;
}

function gaps(samples: readonly PortSample[]): number[] {
	const sorted = ports(samples);
	return sorted.slice(1).map((port, i) => port - sorted[i]!);
}

function sockets(samples: readonly PortSample[]): number {
	return new Set(samples.map((s) => s.socket)).size;
}

/** Null when the browser leaves open which of several host ports was meant. */
function offsets(samples: readonly PortSample[]): number[] | null {
	if (samples.some((s) => s.hostPorts.length !== 1)) return null;
	return samples.map((s) => s.mappedPort - s.hostPorts[0]!);
}

/** Inner ports that are neighbours themselves would make any steady NAT look as if it counted. */
function hostsAreNeighbours(samples: readonly PortSample[]): boolean {
	const inner = [...new Set(samples.flatMap((s) => s.hostPorts))].sort((a, b) => a - b);
	if (inner.length < 2) return false;
	return inner.slice(1).every((port, i) => port - inner[i]! <= NEIGHBOURS);
}
