/** docs/accuracy.md: what each tool said of each network, held against the truth, and counted. */
import type { ProfileName } from '../profiles';
import type { Said } from './tools-table';

export interface Measured {
	network: ProfileName;
	family: 'ipv4' | 'ipv6';
	/** By plain sockets at both ends. */
	truth: { mapping: string; filtering: string };
	/** By tool; null where it cannot be asked. */
	said: Record<string, Said | null>;
}

type Mark = 'right' | 'coarse' | 'wrong' | 'not said';
const MARKS: Mark[] = ['right', 'coarse', 'wrong', 'not said'];
type Axis = 'mapping' | 'filtering';

/** `coarse`: true, and less than the truth: that it depends, not on what; that every destination sees the same, not that there is no NAT. */
function markOf(truth: string, said: string): Mark {
	if (said === 'unknown') return 'not said';
	if (said === truth) return 'right';
	const depends = truth === 'address-dependent' || truth === 'address-and-port-dependent';
	if (said === 'endpoint-dependent' && depends) return 'coarse';
	return said === 'endpoint-independent' && truth === 'none' ? 'coarse' : 'wrong';
}

function blockedMark(said: Said): Mark {
	if (said.mapping !== 'unknown' || said.filtering !== 'unknown') return 'wrong';
	return said.blocked === 'yes' ? 'right' : said.blocked === 'perhaps' ? 'coarse' : 'not said';
}

const SHORT: Record<string, string> = {
	none: 'none',
	'endpoint-independent': 'EI',
	'address-dependent': 'AD',
	'address-and-port-dependent': 'APD',
	'endpoint-dependent': 'ED',
	unknown: '–',
	blocked: 'no UDP'
};
const short = (word: string) => SHORT[word] ?? word;

function cell({ truth }: Measured, said: Said | null): string {
	if (!said) return 'not asked';
	if (truth.mapping === 'blocked') {
		const mark = blockedMark(said);
		const words = { right: 'no UDP', coarse: 'no UDP, or no server', wrong: '**wrong**', 'not said': '–' };
		return words[mark];
	}
	const text = (axis: Axis) => (markOf(truth[axis], said[axis]) === 'wrong' ? `**${short(said[axis])}**` : short(said[axis]));
	const blocked = said.blocked === 'yes' ? '**no UDP**; ' : '';
	return `${blocked}${text('mapping')} / ${text('filtering')}`;
}

function countRow(rows: readonly Measured[], tool: string): string {
	const open = rows.filter(({ truth }) => truth.mapping !== 'blocked');
	const shut = rows.filter(({ truth }) => truth.mapping === 'blocked');
	const count = (marks: readonly Mark[]) => MARKS.map((mark) => marks.filter((each) => each === mark).length).join(' / ');
	const asked = (all: readonly Measured[], mark: (one: Measured, said: Said) => Mark) =>
		count(all.flatMap((one) => (one.said[tool] ? [mark(one, one.said[tool])] : [])));
	const cells = [
		tool,
		asked(open, ({ truth }, said) => markOf(truth.mapping, said.mapping)),
		asked(open, ({ truth }, said) => markOf(truth.filtering, said.filtering)),
		asked(shut, (_, said) => blockedMark(said)),
		String(rows.filter(({ said }) => said[tool] === null).length)
	];
	return `| ${cells.join(' | ')} |`;
}

const table = (head: readonly string[], lines: readonly string[]) =>
	[`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');

export function accuracyDocument(rows: readonly Measured[], versions: readonly string[], date: string): string {
	const tools = Object.keys(rows[0]!.said);
	const lines = rows.map((one) => {
		const { network, family, truth } = one;
		const known = truth.mapping === 'blocked' ? 'no UDP' : `${short(truth.mapping)} / ${short(truth.filtering)}`;
		return `| ${[network, family, known, ...tools.map((tool) => cell(one, one.said[tool]!))].join(' | ')} |`;
	});
	return `# Who names a NAT rightly

Written by \`npm run lab -- accuracy\` on ${date}. One run of each tool in each network; ${versions.join(', ')}.

The networks are real kernel NATs in network namespaces (\`tests/natlab/profiles.ts\`). **Truth** is what plain UDP sockets at both ends
measured there in the same run, without STUN: mapping / filtering in the words of RFC 4787 (§4.1, §5). All tools ask the same coturn, which
has two addresses and answers RFC 5780 and RFC 3489; the check asks it by STUN and TURN, a second STUN server, and the prober of its app.

EI: endpoint-independent. AD: address-dependent. APD: address-and-port-dependent. ED: endpoint-dependent, AD or APD. none: no NAT.
–: not said. not asked: the tool cannot be asked over this family. **Bold** is wrong.

${table(['network', 'family', 'truth', ...tools], lines)}

Right / right but less than the truth / wrong / not said, and in how many networks the tool could not be asked. Less than the truth is ED
for AD or APD, EI where there is no NAT at all (a page that may not see its own address cannot tell these apart, and says EI), and of a
network without UDP that the server may be dead as well.

${table(
	['tool', 'mapping', 'filtering', 'a network without UDP', 'not asked'],
	tools.map((tool) => countRow(rows, tool))
)}

One run of each tool: how often the check is right in many runs, over links that lose and delay too, is in
[measured-networks.md](measured-networks.md).
`;
}
