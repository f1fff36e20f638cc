/** Hairpinning (RFC 4787 §6) from the opt-in test: a table, first match wins. */
import { formatEndpoint, type Family } from '../base/ip';
import { prose } from '../base/said';
import { duration } from '../base/words';
import type { HairpinTest } from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Hairpin, Mapping } from './conclusion';

export interface HairpinEvidence {
	test: HairpinTest | null;
	mapping: Mapping;
	observations: number[];
}

export interface HairpinRule {
	id: string;
	cite: string;
	title: string;
	when(evidence: HairpinEvidence): boolean;
	then: Hairpin;
	text(evidence: HairpinEvidence): string;
}

export const HAIRPIN_RULES: readonly HairpinRule[] = [
	{
		id: 'hairpin-not-tested',
		cite: 'RFC 4787 §6',
		title: 'Whether the NAT turns packets to its own address round was not tested: some firewalls take the test for an attack.',
		when: (e) => e.test === null,
		then: 'not-tested',
		text: () =>
			'Not tested: some firewalls take the test for an attack, so it runs only when asked for in the options. It matters only for two devices behind this same NAT.'
	},
	{
		id: 'hairpin-no-nat',
		cite: 'RFC 4787 §6',
		title: 'There is no NAT that could turn packets round.',
		when: (e) => e.mapping === 'none',
		then: 'not-tested',
		text: () => 'There is no NAT that could turn packets round: the public address is the device’s own.'
	},
	{
		id: 'hairpin-returned',
		cite: 'RFC 4787 §6',
		title: 'Packets to the own public address came back in and were answered.',
		when: (e) => e.test!.state === 'returned',
		then: 'yes',
		text: (e) =>
			`Packets from this device to its own public address ${target(e)} were answered after ${duration(e.test!.triedMs ?? 0)}: the NAT turns them round. No NAT at all would look the same where the browser hides the own address.`
	},
	{
		id: 'hairpin-arrived-unanswered',
		cite: 'RFC 4787 §6 REQ-9',
		title: 'Packets to the own public address came round, their answers did not: of no use to a call.',
		when: (e) => e.test!.state === 'arrived',
		then: 'unknown',
		text: (e) =>
			`Packets to the own public address ${target(e)} came round, but answers to them did not get back that way: the NAT probably leaves their source an inside address.`
	},
	{
		id: 'hairpin-lost',
		cite: 'RFC 4787 §6',
		title: 'Packets to the own public address got lost, while the same sockets met by their inside addresses.',
		when: (e) => e.test!.state === 'lost',
		then: 'no',
		text: (e) =>
			`Packets to the own public address ${target(e)} got lost for ${duration(e.test!.triedMs ?? 0)}, while the same two sockets met by their inside addresses in ${duration(e.test!.controlMs ?? 0)}.`
	},
	{
		id: 'hairpin-inconclusive',
		cite: 'RFC 4787 §6',
		title: 'The test gave no result: a public address was missing, or the control failed too.',
		when: () => true,
		then: 'unknown',
		text: (e) =>
			e.test!.why === 'no-mapped-address'
				? `No result: ${e.test!.observer} did not tell the public address of both sockets in time.`
				: 'No result: the two sockets did not meet by their inside addresses either, so the silence says nothing about the NAT.'
	}
];

export function judgeHairpin(
	observed: ObservationIndex,
	family: Family,
	mapping: Mapping
): { hairpin: Hairpin; because: Because } {
	const found = observed.seen('hairpin').findLast(({ data }) => data.family === family);
	const evidence = { test: found?.data ?? null, mapping, observations: found ? [found.index] : [] };
	const rule = HAIRPIN_RULES.find((each) => each.when(evidence))!;
	return {
		hairpin: rule.then,
		because: { ...prose(rule.id, rule.text(evidence)), observations: evidence.observations }
	};
}

function target({ test }: HairpinEvidence): string {
	const [mapped] = test!.mapped;
	return mapped ? formatEndpoint(mapped.address, mapped.port) : '';
}
