/** How the NAT chooses ports (RFC 4787 §4.2), from the host port and the mapped port of several sockets. First match wins. */
import type { PortPattern } from './conclusion';
import type { NatEvidence, PortSample } from './evidence';
import type { NatRule } from './nat-rule';
import type { PortValues } from './nat-values';

type PortRule = NatRule<PortValues, [samples: readonly PortSample[], evidence: NatEvidence], PortPattern>;

/** Ports of mappings made within a second lie this near where a NAT counts up: other devices take some in between. */
const NEIGHBOURS = 8;

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
		when: (samples) => samples.every((s) => s.hostPorts.includes(s.mappedPort)),
		then: 'preserved',
		values: (samples) => ({ port: samples[0]!.mappedPort, sockets: sockets(samples) })
	},
	{
		id: 'port-constant-offset',
		when: (samples) => {
			const moved = offsets(samples);
			return moved !== null && sockets(samples) >= 2 && new Set(moved).size === 1;
		},
		then: 'constant-offset',
		values: (samples) => ({ portOffset: offsets(samples)![0]!, sockets: sockets(samples) })
	},
	{
		id: 'port-sequential',
		when: (samples) => samples.length >= 2 && gaps(samples).every((gap) => gap <= NEIGHBOURS) && !hostsAreNeighbours(samples),
		then: 'sequential',
		values: (samples) => ({ mappedPorts: ports(samples) })
	},
	{
		id: 'port-random',
		when: (samples) => ports(samples).length >= 3,
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
