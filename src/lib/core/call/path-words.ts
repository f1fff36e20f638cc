/** The way media took, in sentences: what the two candidates are, and what their addresses say about the way between. */
import { formatEndpoint, parseIp, scopeOfText } from '../base/ip';
import type { CandidateView, PairView } from '../recording/connection';

const TYPES: Record<string, string> = {
	host: 'host',
	srflx: 'server-reflexive',
	prflx: 'peer-reflexive',
	relay: 'relay'
};

/** `relay over TURN/TLS (203.0.113.9:49160)`. */
export function endWords(candidate: CandidateView | null): string {
	if (!candidate) return 'an end that the recording does not describe';
	const type = TYPES[candidate.type] ?? candidate.type;
	const over = candidate.type === 'relay' && candidate.relayProtocol ? ` over TURN/${candidate.relayProtocol.toUpperCase()}` : '';
	const tcp = candidate.type !== 'relay' && candidate.protocol === 'tcp' ? ' over TCP' : '';
	return `${type}${over}${tcp} (${formatEndpoint(candidate.address ?? 'address hidden', candidate.port)})`;
}

/** What the addresses of the pair say, each in a sentence; the other local candidates give the public address of this end. */
export function pathHints(pair: PairView, candidates: readonly CandidateView[]): string[] {
	const { local, remote } = pair;
	if (!local || !remote) return [];
	const hints: string[] = [];
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
		hints.push(
			a !== null && a === b
				? 'Both ends use a relay with the same address: media go into one server and out of it again.'
				: 'Both ends use a relay: media cross two servers.'
		);
	else if (local.type === 'relay' || remote.type === 'relay')
		hints.push(`Media go through the relay of ${local.type === 'relay' ? 'this' : 'the other'} end.`);
	if (b !== null && remote.type !== 'relay' && remote.type !== 'host' && (own.has(b) || a === b))
		hints.push('Both ends are behind the same public address: their NAT turns the packets around (hairpin).');
	if (local.type === 'host' && remote.type === 'host') {
		if (a !== null && b !== null && (a === b || scopeOfText(a) === 'loopback')) hints.push('Both ends are on this machine.');
		else if (a !== null && b !== null && sameNetwork(a, b))
			hints.push('Both ends are in the same network: media do not leave it.');
		else if (a === null || b === null)
			hints.push(
				'Both ends reach each other without a NAT between them, as within one network. The browser hides addresses here.'
			);
		else hints.push('Both ends reach each other without a NAT between them.');
	}
	if ((local.type === 'prflx' || remote.type === 'prflx') && local.type !== 'relay' && remote.type !== 'relay')
		hints.push(
			'A peer-reflexive address was learned from the packets themselves: a NAT on the path used another port than the one signalled before.'
		);
	if (a !== null && b !== null && a.includes(':') && b.includes(':') && parseIp(b)) hints.push('The path is IPv6.');
	return hints;
}

const isBlotted = (address: string) => /^x+([.:]x+)+$/i.test(address);

/** The same /24, or the same /64 with IPv6, of addresses that are not public. */
function sameNetwork(a: string, b: string): boolean {
	const [first, second] = [parseIp(a), parseIp(b)];
	if (!first || !second || first.family !== second.family) return false;
	const bytes = first.family === 'ipv4' ? 3 : 8;
	return first.bytes.subarray(0, bytes).every((byte, i) => byte === second.bytes[i]);
}
