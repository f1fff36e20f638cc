/** How the NAT chooses ports (RFC 4787 §4.2), from the host port and the mapped port of several sockets. First match wins. */
import type { PortPattern } from './conclusion';
import type { NatEvidence, PortSample } from './evidence';
import type { NatRule } from './nat-rule';
import type { PortValues } from './nat-values';
import {
	cannotBeCounted,
	chanceOfCounting,
	chanceOfKeeping,
	chanceOfShifting,
	DRAWN_FROM_PORTS,
	ONCE_IN_A_MILLION
} from './port-chance';

type Addresses = Pick<NatEvidence, 'hosts' | 'publicAddresses'>;
type PortRule = NatRule<PortValues, [samples: readonly PortSample[], addresses: Addresses], PortPattern>;

/** Inner ports this near to each other were given out by a counter themselves. */
const NEIGHBOURS = 8;
/** From here on it is told that ports look counted. */
const LOOKS_COUNTED = 0.01;

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
		values: (samples) => {
			const chance = chanceOfKeeping(hostsAreNeighbours(samples) ? 1 : sockets(samples), alternatives(samples));
			return {
				port: samples[0]!.mappedPort,
				sockets: sockets(samples),
				byChanceOnceIn: chance < ONCE_IN_A_MILLION ? null : onceIn(chance)
			};
		}
	},
	{
		id: 'port-shifted-or-counted',
		when: (samples) =>
			hostsAreNeighbours(samples) &&
			sockets(samples) >= 3 &&
			(commonOffset(samples) !== null || countsUp(samples, LOOKS_COUNTED)),
		then: 'unknown',
		values: moves
	},
	{
		id: 'port-constant-offset',
		when: (samples) =>
			sockets(samples) >= 3 &&
			commonOffset(samples) !== null &&
			chanceOfShifting(sockets(samples), alternatives(samples)) < ONCE_IN_A_MILLION,
		then: 'constant-offset',
		values: (samples) => ({ portOffset: commonOffset(samples)!, sockets: sockets(samples) })
	},
	{
		id: 'port-sequential',
		when: (samples) => !hostsAreNeighbours(samples) && countsUp(samples, ONCE_IN_A_MILLION),
		then: 'sequential',
		values: (samples) => ({ mappedPorts: ports(samples) })
	},
	{
		id: 'port-may-be-sequential',
		when: (samples) => !hostsAreNeighbours(samples) && countsUp(samples, LOOKS_COUNTED),
		then: 'unknown',
		values: (samples) => ({
			mappedPorts: ports(samples),
			byChanceOnceIn: onceIn(chanceOfCounting(made(samples))),
			drawnFromPorts: DRAWN_FROM_PORTS
		})
	},
	{
		id: 'port-random',
		when: (samples) => !samples.some(isPreserved) && !offsetRepeats(samples) && cannotBeCounted(samples),
		then: 'random',
		values: (samples) => ({ mappedPorts: ports(samples) })
	},
	{
		id: 'port-too-few',
		when: () => true,
		then: 'unknown',
		values: moves
	}
];

function ports(samples: readonly PortSample[]): number[] {
	return [...new Set(samples.map((s) => s.mappedPort))].sort((a, b) => a - b);
}

function isPreserved({ hostPorts, mappedPort }: PortSample): boolean {
	return hostPorts.includes(mappedPort);
}

/** In the order in which the mappings were made, as far as the answers tell. */
function made(samples: readonly PortSample[]): number[] {
	return [...new Set(samples.toSorted((a, b) => a.madeByMs - b.madeByMs).map((s) => s.mappedPort))];
}

function countsUp(samples: readonly PortSample[], byChanceLessThan: number): boolean {
	const inOrder = made(samples);
	return inOrder.length >= 3 && chanceOfCounting(inOrder) < byChanceLessThan;
}

function onceIn(chance: number): number {
	return Math.round(1 / chance);
}

function moves(samples: readonly PortSample[]): PortValues['port-too-few'] {
	return { samples: samples.map(({ hostPorts, mappedPort }) => ({ hostPorts, mappedPort })) };
}

function sockets(samples: readonly PortSample[]): number {
	return new Set(samples.map((s) => s.socket)).size;
}

/** How many host ports it may have been, where the browser leaves that open. */
function alternatives(samples: readonly PortSample[]): number {
	return Math.max(...samples.map((s) => s.hostPorts.length));
}

/** One that explains every sample; null where none does. */
function commonOffset(samples: readonly PortSample[]): number | null {
	const each = samples.map(({ hostPorts, mappedPort }) => hostPorts.map((port) => mappedPort - port));
	return each[0]!.find((offset) => each.every((offsets) => offsets.includes(offset))) ?? null;
}

/** As where a NAT that shifts ports does so for the first mapping of each socket. */
function offsetRepeats(samples: readonly PortSample[]): boolean {
	const offsets = samples.map(({ hostPorts, mappedPort }) => hostPorts.map((port) => mappedPort - port));
	return samples.some((a, i) =>
		samples.some((b, j) => j > i && a.socket !== b.socket && offsets[i]!.some((offset) => offsets[j]!.includes(offset)))
	);
}

/** Inner ports that are neighbours themselves would make any steady NAT look as if it counted. */
function hostsAreNeighbours(samples: readonly PortSample[]): boolean {
	const inner = [...new Set(samples.flatMap((s) => s.hostPorts))].sort((a, b) => a - b);
	if (inner.length < 2) return false;
	return inner.slice(1).every((port, i) => port - inner[i]! <= NEIGHBOURS);
}
