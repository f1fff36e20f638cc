/** The words of a report on a terminal in English. */
import type { DiscoveryConclusion } from '../../nat/discovery';
import { JUDGEMENT_WORDS } from './vocabulary';

export const TERMINAL_WORDS = {
	network: 'Network',
	servers: 'Servers',
	calls: 'Calls',
	quality: 'Quality',
	judgements: JUDGEMENT_WORDS,
	findings: 'Findings',
	natFields: {
		mapping: 'mapping',
		filtering: 'filtering',
		portPattern: 'ports',
		layers: 'layers of NAT',
		hairpin: 'hairpin'
	},
	/** Of `icelens nat`: a family, and the server that was asked. */
	askedOf: (family: string, server: string) => `${family}, asked of ${server}`,
	/** Where on the path the address is that the server sees. */
	natPlace: 'place of the NAT',
	/** Of `icelens nat --interface`. */
	askedFrom: (address: string, name: string) => `from ${address} (${name})`,
	lifetime: 'mapping lifetime',
	/** Empty where it was not measured. */
	lifetimes: ({ aliveS, deadS }: DiscoveryConclusion['lifetime']) => {
		if (aliveS === null) return deadS === null ? '' : `shorter than ${deadS} s`;
		return deadS === null ? `longer than ${aliveS} s` : `between ${aliveS} s and ${deadS} s`;
	},
	seenFromOutside: (addresses: string) => `seen from outside as ${addresses}`,
	notKnown: (fields: string) => `not known: ${fields}`,
	relayed: (bytes: string) => `${bytes} relayed`,
	nothingChanged: (version: string) => `Nothing changed against the saved conclusions (Icelens ${version}).`,
	changed: (version: string) => `Changed compared with the saved conclusions (Icelens ${version})`,
	nothingDiffers: 'Nothing that matters changed.'
};
