/** Whether two networks can call each other, over each path, from what each side's own check found; before anybody tries. */
import { bare, type SaidOf } from '../../base/said';
import { directPath, type PathValues } from '../../nat/peer-matrix';
import type { MeetingPath, MeetingSeat } from '../../observations/observation';
import { parseIceUrl } from '../../stun/uri';
import type { ServerConclusion } from '../conclusion';
import type { PathPrediction } from './pair-conclusion';
import { neighbours } from './pair-offer';
import type { PairValues } from './pair-values';
import { networkReach } from '../check/peers';
import type { View } from '../view';

export interface Side {
	seat: MeetingSeat;
	name: string;
	view: View;
}

/** The reasons beside those of nat/peer-matrix. */
export const PREDICTION_RULE_IDS = [
	'pair-same-network',
	'pair-same-nat',
	'pair-relay-works-for-both',
	'pair-relay-fails-for-one',
	'pair-relay-not-tested'
] as const satisfies readonly (keyof PairValues)[];

export type PredictionRuleId = (typeof PREDICTION_RULE_IDS)[number];

type Judged = Pick<PathPrediction, 'works'> & SaidOf<PathValues & PairValues>;
type Predicted = Pick<PathPrediction, 'path'> & Judged;

/** Direct first, then every TURN URL that either side has tested. */
export function predictPaths(host: Side, guest: Side): PathPrediction[] {
	const urls = [host, guest].flatMap(({ view }) => view.servers.filter(({ kind }) => kind === 'turn').map(({ url }) => url));
	return [predictDirect(host, guest), ...[...new Set(urls)].map((url) => predictRelay(url, host, guest))];
}

function predictDirect(host: Side, guest: Side): Predicted {
	const path: MeetingPath = { kind: 'direct', url: null, transport: null };
	const mine = host.view.nat.ipv4?.publicAddresses ?? [];
	const shared = mine.find((address) => guest.view.nat.ipv4?.publicAddresses.includes(address));
	if (shared !== undefined) return { path, ...insideOne(shared, host, guest) };
	const { direct, rule, family } = directPath(networkReach(host.view), networkReach(guest.view));
	return { path, works: direct, rule, values: { overFamily: family } };
}

/** Behind one NAT the peer matrix has no say: packets need not pass the NAT at all. */
function insideOne(address: string, host: Side, guest: Side): Judged {
	const [mine, theirs] = [host.view.hosts, guest.view.hosts];
	const tested = [host.view.nat.ipv4?.hairpin, guest.view.nat.ipv4?.hairpin];
	const hairpin = (['yes', 'no', 'unknown'] as const).find((one) => tested.includes(one)) ?? 'not-tested';
	// A network may keep its devices apart, and two networks of one carrier may be numbered alike.
	if (hairpin !== 'yes' && neighbours(mine.shown, theirs.shown)) {
		return { works: 'unknown', rule: 'pair-same-network', values: { address } };
	}
	const differentSubnets = mine.all && theirs.all;
	return {
		works: hairpin === 'yes' ? 'yes' : 'unknown',
		rule: 'pair-same-nat',
		values: { address, hairpin, differentSubnets }
	};
}

function predictRelay(url: string, host: Side, guest: Side): Predicted {
	const parsed = parseIceUrl(url);
	const path: MeetingPath = { kind: 'relay', url, transport: parsed.ok ? parsed.value.transport : null };
	const sides = [host, guest].map((side) => ({ side, server: side.view.servers.find((server) => server.url === url) }));
	const failing = sides.find(({ server }) => server && FAILED.has(server.state));
	if (failing) {
		return {
			path,
			works: 'no',
			rule: 'pair-relay-fails-for-one',
			values: { device: failing.side.name, server: bare(failing.server!) }
		};
	}
	if (sides.every(({ server }) => server && usable(server)))
		return { path, works: 'yes', rule: 'pair-relay-works-for-both', values: {} };
	const devices = sides.filter(({ server }) => !server || !usable(server)).map(({ side }) => side.name);
	return { path, works: 'unknown', rule: 'pair-relay-not-tested', values: { devices } };
}

const FAILED = new Set<ServerConclusion['state']>(['unauthorized', 'unreachable', 'tls-failed', 'misconfigured']);

/**
 * An allocation is enough where no test spoke against it: relays of one server reach each other also where the outside does not reach
 * them. One that carried nothing when it was tried, to itself neither, is no proof.
 */
function usable({ state, proof }: ServerConclusion): boolean {
	return state === 'works' || (state === 'allocates-only' && proof !== 'not-carried');
}
