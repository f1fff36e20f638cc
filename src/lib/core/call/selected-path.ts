/** The path that media took: what the types and addresses of its two candidates say about the network between. */
import { parseIp, scopeOfText } from '../base/ip';
import type { NoValues, SaidOf } from '../base/said';
import type { CandidateView, PairView } from '../recording/connection';

export interface SelectedPathValues {
	/** Both ends' relays have one address. */
	'media-through-one-relay-server': NoValues;
	'media-through-two-relays': NoValues;
	'media-through-relay': { end: 'this' | 'other' };
	'media-hairpinned': NoValues;
	'media-on-one-machine': NoValues;
	'media-in-one-network': NoValues;
	'media-without-nat': { addressesHidden: boolean };
	'media-from-peer-reflexive': NoValues;
	'media-over-ipv6': NoValues;
}

/** The other local candidates give the public address of this end. */
export function judgeSelectedPath(pair: PairView, candidates: readonly CandidateView[]): SaidOf<SelectedPathValues>[] {
	const { local, remote } = pair;
	if (!local || !remote) return [];
	const said: SaidOf<SelectedPathValues>[] = [];
	// Recorders blot out addresses (`x.x.x.x`): those say nothing, least of all that two are the same.
	const [a, b] = [local.address, remote.address].map((address) => (address !== null && isBlotted(address) ? null : address)) as [
		string | null,
		string | null
	];
	const own = new Set(
		candidates
			.filter(({ side, type, address }) => side === 'local' && (type === 'srflx' || type === 'prflx') && address !== null)
			.map(({ address }) => address!)
	);
	if (local.type === 'relay' && remote.type === 'relay')
		said.push({
			rule: a !== null && a === b ? 'media-through-one-relay-server' : 'media-through-two-relays',
			values: {}
		});
	else if (local.type === 'relay' || remote.type === 'relay')
		said.push({ rule: 'media-through-relay', values: { end: local.type === 'relay' ? 'this' : 'other' } });
	// A check may come before the candidate that it belongs to: what has this end's own address is on this machine.
	const learnt = b !== null && remote.type !== 'relay' && remote.type !== 'host';
	const isLocal = learnt && local.type === 'host' && (a === b || scopeOfText(b) === 'loopback');
	if (isLocal) said.push({ rule: 'media-on-one-machine', values: {} });
	else if (learnt && (own.has(b) || a === b)) said.push({ rule: 'media-hairpinned', values: {} });
	if (local.type === 'host' && remote.type === 'host') {
		if (a !== null && b !== null && (a === b || scopeOfText(a) === 'loopback'))
			said.push({ rule: 'media-on-one-machine', values: {} });
		else if (a !== null && b !== null && sameNetwork(a, b)) said.push({ rule: 'media-in-one-network', values: {} });
		else said.push({ rule: 'media-without-nat', values: { addressesHidden: a === null || b === null } });
	}
	if ((local.type === 'prflx' || remote.type === 'prflx') && local.type !== 'relay' && remote.type !== 'relay')
		said.push({ rule: 'media-from-peer-reflexive', values: {} });
	if (a !== null && b !== null && a.includes(':') && b.includes(':') && parseIp(b))
		said.push({ rule: 'media-over-ipv6', values: {} });
	return said;
}

const isBlotted = (address: string) => /^x+([.:]x+)+$/i.test(address);

/** The same /24, or the same /64 with IPv6. */
function sameNetwork(a: string, b: string): boolean {
	const [first, second] = [parseIp(a), parseIp(b)];
	if (!first || !second || first.family !== second.family) return false;
	const bytes = first.family === 'ipv4' ? 3 : 8;
	return first.bytes.subarray(0, bytes).every((byte, i) => byte === second.bytes[i]);
}
