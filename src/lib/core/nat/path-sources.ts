/**
 * The source addresses of this device's own packets, as those who received them saw them: the prober beside the app and the
 * relays of TURN servers. No answer carries them, so nothing on the way can rewrite them, as it can a STUN answer.
 */
import type { Family } from '../base/ip';
import type { SaidOf } from '../base/said';
import { endpointText, familyOfText, type Endpoint } from '../observations/candidates';
import type { SocketPosition, ProberMapping } from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Mapping } from './conclusion';
import { isOutsideText, plain } from './evidence';
import type { ProberMappingValues, ProberSighting, RelayViewValues } from './mapping-values';
import type { NatRule } from './nat-rule';

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
		for (const { from, at } of data.seen) add({ kind: 'prober', at: endpointText(at) }, from?.address, index);
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
	const said: SaidOf<RelayViewValues> = {
		rule: 'mapping-relay-sees-own-address',
		values: { url: first.url, address: plain(first.run.remote!.address!) }
	};
	return { ...said, observations: [...new Set(own.map(({ index }) => index))] };
}

type ProberMappingRule = NatRule<ProberMappingValues, [sources: Sources], Mapping>;

interface Sources {
	data: ProberMapping;
	at: Partial<Record<SocketPosition, string>>;
}

const distinct = ({ at }: Sources) => new Set(Object.values(at)).size;
const differ = ({ at }: Sources, a: SocketPosition, b: SocketPosition) => !!at[a] && !!at[b] && at[a] !== at[b];
const agree = ({ at }: Sources, a: SocketPosition, b: SocketPosition) => !!at[a] && at[a] === at[b];
/** Browsers that hide addresses use one socket a family; with both families there are two, and only one writes here. */
const oneSocket = ({ data }: Sources) => (data.sockets ?? 1) <= 2;

export const PROBER_MAPPING_RULES: readonly ProberMappingRule[] = [
	{
		id: 'mapping-prober-two-addresses-agree',
		when: (s) =>
			distinct(s) === 1 &&
			[s.at.same, s.at['other-port']].some(Boolean) &&
			[s.at['other-address'], s.at['other-both']].some(Boolean),
		then: 'endpoint-independent',
		values: sightings
	},
	{
		id: 'mapping-prober-ports-differ',
		when: (s) => oneSocket(s) && (differ(s, 'same', 'other-port') || differ(s, 'other-address', 'other-both')),
		then: 'address-and-port-dependent',
		values: sightings
	},
	{
		id: 'mapping-prober-addresses-differ',
		when: (s) => oneSocket(s) && distinct(s) === 2 && (agree(s, 'same', 'other-port') || agree(s, 'other-address', 'other-both')),
		then: 'address-dependent',
		values: sightings
	}
];

/** Null where the prober saw too little, or several sockets that cannot be told apart. */
export function judgeProberMapping(observed: ObservationIndex, family: Family): { mapping: Mapping; because: Because } | null {
	for (const { data, index } of observed.seen('prober-mapping')) {
		if (data.family !== family) continue;
		const at = Object.fromEntries(
			data.seen.flatMap(({ position, from }) => (from ? [[position, endpointText(canonical(from))]] : []))
		);
		const view = { data, at };
		const rule = PROBER_MAPPING_RULES.find((each) => each.when(view));
		if (rule) return { mapping: rule.then, because: { rule: rule.id, values: { ...rule.values(view) }, observations: [index] } };
	}
	return null;
}

function sightings({ data: { seen, partner } }: Sources): { seen: ProberSighting[] } {
	return {
		seen: seen.flatMap(({ position, at, from }) => {
			const theirs = position !== 'same' && position !== 'other-port';
			return from ? [{ at, from: canonical(from), partnerHost: theirs ? (partner?.host ?? null) : null }] : [];
		})
	};
}

function canonical({ address, port }: Endpoint): Endpoint {
	return { address: plain(address), port };
}
