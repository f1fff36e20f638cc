/** What tools say of the network that they run in, in the words of RFC 4787: each one's command line, and how its output is read. */
import { fileURLToPath } from 'node:url';
import type { PROGRAMS } from '../../support/programs';
import type { Ran } from './sandbox';
import { PROV } from './topology';

export const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));

/** `unknown` where it does not say. */
export interface Said {
	mapping: string;
	filtering: string;
	/** That UDP does not get out: said, or said beside other reasons for the same. */
	blocked: 'yes' | 'perhaps' | 'not-said';
}

export interface Tool {
	name: string;
	/** As it is installed; null for our own. */
	program: keyof typeof PROGRAMS | null;
	families: readonly ('ipv4' | 'ipv6')[];
	argv(program: string, family: 'ipv4' | 'ipv6', port: number): string[];
	read(ran: Ran, family: 'ipv4' | 'ipv6'): Said;
}

const NOTHING: Said = { mapping: 'unknown', filtering: 'unknown', blocked: 'not-said' };

const NATDISCOVERY = {
	'endpoint independent': 'endpoint-independent',
	'address dependent': 'address-dependent',
	'address and port dependent': 'address-and-port-dependent'
};

/** RFC 3489 §10.1: one word for both; what depends is not told apart. */
const RFC3489: [RegExp, Partial<Said>][] = [
	[/Primary: Open/, { mapping: 'none', filtering: 'endpoint-independent' }],
	[/Primary: Firewall/, { mapping: 'none', filtering: 'endpoint-dependent' }],
	[/Independent Mapping, Independent Filter/, { mapping: 'endpoint-independent', filtering: 'endpoint-independent' }],
	[/Independent Mapping, Address Dependent Filter/, { mapping: 'endpoint-independent', filtering: 'address-dependent' }],
	[/Indepe?ndent Mapping, Port Dependent Filter/, { mapping: 'endpoint-independent', filtering: 'address-and-port-dependent' }],
	[/Primary: Dependent Mapping/, { mapping: 'endpoint-dependent' }],
	[/Blocked or could not reach STUN server/, { blocked: 'perhaps' }]
];

export const TOOLS: readonly Tool[] = [
	{
		name: 'icelens nat',
		program: null,
		families: ['ipv4', 'ipv6'],
		argv: (_, family, port) => [
			process.execPath,
			COMMAND,
			'nat',
			'--server',
			`${family === 'ipv4' ? PROV.ipv4[0] : `[${PROV.ipv6[0]}]`}:${port}`,
			'--no-hairpin',
			'--format',
			'json'
		],
		read: ({ stdout }, family) => {
			const nat = (JSON.parse(stdout || 'null') as { nat: Record<string, Said> } | null)?.nat[family];
			return nat ? { ...NOTHING, mapping: nat.mapping, filtering: nat.filtering } : NOTHING;
		}
	},
	{
		name: 'turnutils_natdiscovery',
		program: 'natdiscovery',
		families: ['ipv4', 'ipv6'],
		argv: (program, family, port) => [program, '-m', '-f', '-p', String(port), PROV[family][0]!],
		read: ({ stdout }) => {
			const says = (what: string) => {
				const words = new RegExp(`(?:NAT with |\\()([A-Za-z ]+) ${what}[!)]`).exec(stdout)?.[1]?.toLowerCase();
				return NATDISCOVERY[words as keyof typeof NATDISCOVERY] ?? 'unknown';
			};
			return { ...NOTHING, mapping: says('Mapping'), filtering: says('Filtering') };
		}
	},
	{
		name: 'stun (RFC 3489)',
		program: 'stun',
		families: ['ipv4'],
		argv: (program, _, port) => [program, `${PROV.ipv4[0]}:${port}`],
		read: ({ stdout }) => ({ ...NOTHING, ...RFC3489.find(([pattern]) => pattern.test(stdout))?.[1] })
	}
];
