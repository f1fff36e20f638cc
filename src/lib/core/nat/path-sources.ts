/**
 * The source addresses of this device's own packets, as those who received them saw them: the prober beside the app and the
 * relays of TURN servers. No answer carries them, so nothing on the way can rewrite them, as it can a STUN answer.
 */
import { formatEndpoint, type Family } from '../base/ip';
import { prose } from '../base/said';
import { list } from '../base/words';
import { familyOfText } from '../observations/candidates';
import type { ProberCorner, ProberMapping } from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Mapping } from './conclusion';
import { isOutsideText, plain } from './evidence';

/** Who saw where packets come from: the relay of a TURN server, or the prober at an address. */
export type PathSource = { kind: 'relay'; url: string } | { kind: 'prober'; at: string };

export interface SourceView {
	by: PathSource;
	address: string;
	observation: number;
}

/** What relays and the prober saw of this family, outside addresses only. */
export function sourceViews(observed: ObservationIndex, family: Family): SourceView[] {
	const found: SourceView[] = [];
	const add = (by: PathSource, text: string | null | undefined, observation: number) => {
		const address = text ? plain(text) : '';
		if (isOutsideText(address) && familyOfText(address) === family) found.push({ by, address, observation });
	};
	for (const { data, index } of observed.seen('relay'))
		for (const run of data.runs)
			if (run.toward === 'direct' && run.state === 'carried') add({ kind: 'relay', url: data.url }, run.remote?.address, index);
	for (const { data, index } of observed.seen('prober-mapping'))
		for (const { from, at } of data.seen) add({ kind: 'prober', at: formatEndpoint(at.address, at.port) }, from?.address, index);
	for (const { data, index } of observed.seen('nat-filtering'))
		if (data.method === 'prober' && data.proven) add({ kind: 'prober', at: data.server }, data.mapped?.address, index);
	return found;
}

/**
 * Proof that no NAT stands between, without seeing the device's addresses: a relay got the device's packets from an outside
 * address, and the browser took that for an address of the device itself (its pair stayed of type `host`; RFC 8445 §7.2.5.3.1
 * makes it another one where the answer shows another address). Null without it, or where any relay showed the contrary.
 */
export function noNatSeen(observed: ObservationIndex, family: Family): Because | null {
	const runs = observed.seen('relay').flatMap(({ data, index }) =>
		data.runs
			.filter(({ toward, state, remote }) => {
				const address = remote?.address ? plain(remote.address) : '';
				return toward === 'direct' && state === 'carried' && isOutsideText(address) && familyOfText(address) === family;
			})
			.map((run) => ({ run, index, url: data.url }))
	);
	const own = runs.filter(({ run }) => run.farType === 'host');
	const first = own[0];
	if (!first || runs.some(({ run }) => run.farType === 'prflx')) return null;
	return {
		...prose(
			'mapping-relay-sees-own-address',
			`The relay of ${first.url} got this device's packets from ${plain(first.run.remote!.address!)}, which the browser knows as an address of the device itself: no NAT on the way.`
		),
		observations: [...new Set(own.map(({ index }) => index))]
	};
}

export interface ProberMappingRule {
	id: string;
	cite: string;
	title: string;
	when(sources: Sources): boolean;
	then: Mapping;
	text(sources: Sources): string;
}

interface Sources {
	data: ProberMapping;
	at: Partial<Record<ProberCorner, string>>;
}

const distinct = ({ at }: Sources) => new Set(Object.values(at)).size;
const differ = ({ at }: Sources, a: ProberCorner, b: ProberCorner) => !!at[a] && !!at[b] && at[a] !== at[b];
const agree = ({ at }: Sources, a: ProberCorner, b: ProberCorner) => !!at[a] && at[a] === at[b];
/** Browsers that hide addresses use one socket a family; with both families there are two, and only one writes here. */
const oneSocket = ({ data }: Sources) => (data.sockets ?? 1) <= 2;

export const PROBER_MAPPING_RULES: readonly ProberMappingRule[] = [
	{
		id: 'mapping-prober-two-addresses-agree',
		cite: 'RFC 4787 §4.1',
		title: 'Two addresses of the prober got packets of one socket from the same source.',
		when: (s) =>
			distinct(s) === 1 &&
			[s.at.same, s.at['other-port']].some(Boolean) &&
			[s.at['other-address'], s.at['other-both']].some(Boolean),
		then: 'endpoint-independent',
		text: (s) =>
			`The prober's sockets at ${places(s)} all got packets of one socket from ${Object.values(s.at)[0]}: the mapping does not depend on the destination.`
	},
	{
		id: 'mapping-prober-ports-differ',
		cite: 'RFC 4787 §4.1',
		title: 'Two ports of one address of the prober got packets of one socket from different sources.',
		when: (s) => oneSocket(s) && (differ(s, 'same', 'other-port') || differ(s, 'other-address', 'other-both')),
		then: 'address-and-port-dependent',
		text: (s) =>
			`The prober got packets of one socket from ${sources(s)}: even two ports of one address see different sources, so each destination gets a mapping of its own.`
	},
	{
		id: 'mapping-prober-addresses-differ',
		cite: 'RFC 4787 §4.1',
		title:
			'Two addresses of the prober got packets of one socket from different sources, two ports of one address from the same.',
		when: (s) => oneSocket(s) && distinct(s) === 2 && (agree(s, 'same', 'other-port') || agree(s, 'other-address', 'other-both')),
		then: 'address-dependent',
		text: (s) =>
			`The prober got packets of one socket from ${sources(s)}: the same source for two ports of one address, another for another address.`
	}
];

/** Null where the prober saw too little, or several sockets that cannot be told apart. */
export function judgeProberMapping(observed: ObservationIndex, family: Family): { mapping: Mapping; because: Because } | null {
	for (const { data, index } of observed.seen('prober-mapping')) {
		if (data.family !== family) continue;
		const at = Object.fromEntries(
			data.seen.flatMap(({ corner, from }) => (from ? [[corner, formatEndpoint(plain(from.address), from.port)]] : []))
		);
		const view = { data, at };
		const rule = PROBER_MAPPING_RULES.find((each) => each.when(view));
		if (rule) return { mapping: rule.then, because: { ...prose(rule.id, rule.text(view)), observations: [index] } };
	}
	return null;
}

function places({ data }: Sources): string {
	return list(data.seen.filter(({ from }) => from).map((each) => place(data, each)));
}

/** Which server's socket it is, where a second one helped. */
function place({ partner }: ProberMapping, { corner, at }: ProberMapping['seen'][number]): string {
	const theirs = partner && corner !== 'same' && corner !== 'other-port';
	return `${formatEndpoint(at.address, at.port)}${theirs ? ` of its partner ${partner.host}` : ''}`;
}

function sources({ data }: Sources): string {
	return list(
		data.seen.flatMap((each) =>
			each.from ? [`${formatEndpoint(each.from.address, each.from.port)} (at ${place(data, each)})`] : []
		)
	);
}
