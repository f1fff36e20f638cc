/** Every sentence of the table of candidates. */
import { count } from '../../core/base/format';
import type { AddressKind, CandidateRow } from '../../core/inspection/candidate-rows';
import type { CandidateColumn } from './candidate-order';

export const candidateWords = {
	none: 'There are no candidates in what was given. A trickling end sends them one at a time, after its description (RFC 8838).',
	caption: (n: number) => count(n, 'candidate'),
	shown: (n: number, all: number) => `The first ${n} of ${all} are shown.`,
	counts: (repeated: number, redundant: number) =>
		[
			repeated > 0 ? `${count(repeated, 'candidate')} repeated` : '',
			redundant > 0
				? `${count(redundant, 'candidate')} redundant (same address and base; RFC 8445 §5.1.3 keeps the higher priority)`
				: ''
		]
			.filter((part) => part !== '')
			.join(', '),
	label: 'Candidates',
	columns: {
		order: 'Place',
		type: 'Type',
		protocol: 'Protocol',
		address: 'Address',
		port: 'Port',
		priority: 'Priority',
		related: 'Related address',
		mid: 'Section',
		component: 'Component',
		foundation: 'Foundation'
	} satisfies Record<CandidateColumn, string>,
	sort: (column: string) => `Sort by ${column}`,
	line: (line: number) => `line ${line}`,
	of: (source: string, line: number) => `${source}, line ${line}`,
	sides: { local: 'gathered', remote: 'received' },
	alone: 'by itself',
	priority: (type: number, local: number, component: number) => `type ${type}, local ${local}, component ${component}`,
	priorityHelp:
		'Priority is 2²⁴ × type preference + 2⁸ × local preference + 256 − component (RFC 8445 §5.1.2.1). What the local preference is made of is said where the description proves which browser wrote it.',
	noPriority: 'not a priority (RFC 8445 §5.1.2: 1 to 2147483647)',
	componentDiffers: (component: number) => `its priority says component ${component}`,
	kinds: {
		unspecified: 'hidden',
		loopback: 'loopback',
		'link-local': 'link-local',
		private: 'private',
		'carrier-grade': 'carrier-grade NAT',
		multicast: 'multicast',
		broadcast: 'broadcast',
		documentation: 'documentation',
		nat64: 'NAT64',
		reserved: 'reserved',
		global: 'public',
		mdns: 'mDNS, hides a local address',
		name: 'name'
	} satisfies Record<AddressKind, string>,
	extra: ({ how, of }: NonNullable<CandidateRow['extra']>) =>
		how === 'repeated' ? `the same as no. ${of + 1}` : `redundant beside no. ${of + 1}`
};
