/** Two devices behind one public address that their own addresses did not connect: what their candidate pairs show of it. */
import type { SaidOf } from '../../base/said';
import { isOutsideText } from '../../nat/evidence';
import type { MeetingSeat, PairCall } from '../../observations/observation';
import { pairsOf, type PairView } from '../../recording/connection';
import type { RecordedConnection } from '../../recording/recording';
import { isName, neighbours, sharedOutside, type Offer } from './pair-offer';
import type { LocalSilence, PairFindingValues } from './pair-values';

type Values = PairFindingValues['pair-local-path-failed'];

interface Ends<T> {
	host: T;
	guest: T;
}

/** Chromium gives up on a name after 3 s; with as much again for a busy machine nothing is on its way any more. */
const NAME_MS = 6000;
/** Checks are repeated, so that one that was lost is no silence (RFC 8489 §6.2.1). */
const CHECKS_AT_LEAST = 3;

/** Null where they share no public address, show different subnets, connected by their own addresses, or it cannot be told. */
export function judgeLocalPath(
	{ names, path }: PairCall,
	connections: Ends<RecordedConnection | undefined>,
	offers: Record<MeetingSeat, Offer>,
	connected: boolean
): SaidOf<Pick<PairFindingValues, 'pair-local-path-failed'>> | null {
	const shared = sharedOutside(offers);
	const [address] = shared;
	const { host, guest } = connections;
	if (path.kind === 'relay' || address === undefined || !host || !guest) return null;
	const subnet = neighbours(offers.host.inner, offers.guest.inner);
	const named = [offers.host, offers.guest].some(({ inner }) => inner.some(isName));
	if (!subnet && !named) return null;
	const pairs = { host: pairsOf(host), guest: pairsOf(guest) };
	const all = [...pairs.host, ...pairs.guest];
	if (all.some((pair) => worked(pair) && !passedNat(pair))) return null;
	const carriedBy = connected ? carrierOf(all, shared) : null;
	if (connected && carriedBy === null) return null;
	const silences = [
		silenceOf(host, pairs.host, offers.guest, connected, { from: names.host, to: names.guest }),
		silenceOf(guest, pairs.guest, offers.host, connected, { from: names.guest, to: names.host })
	].filter((silence) => silence !== null);
	if (silences.length === 0) return null;
	const values: Values = {
		hostDevice: names.host,
		guestDevice: names.guest,
		address,
		subnet: subnet && { host: subnet[0], guest: subnet[1] },
		silences,
		carriedBy
	};
	return { rule: 'pair-local-path-failed', values };
}

function silenceOf(
	connection: RecordedConnection,
	pairs: readonly PairView[],
	other: Offer,
	connected: boolean,
	ends: Pick<LocalSilence, 'from' | 'to'>
): LocalSilence | null {
	const asked = pairs.filter(({ local, remote }) => local?.type !== 'relay' && isOwnAddress(remote, other));
	if (asked.length > 0) {
		const sent = asked.map(({ requestsSent }) => requestsSent).filter((count) => count !== null);
		const checksSent = sent.length > 0 ? sent.reduce((sum, count) => sum + count, 0) : null;
		// Firefox does not count them; what it tried until the end it has asked often enough.
		const often = checksSent === null ? !connected && asked.some(wasTried) : checksSent >= CHECKS_AT_LEAST;
		return often ? { ...ends, kind: 'unanswered', checksSent } : null;
	}
	const handed = connection.events.find(
		({ call, candidate }) =>
			call === 'add-candidate' && candidate && other.inner.some((one) => isName(one) && candidate.includes(one))
	);
	const untilMs = Math.max(...pairs.map(({ lastMs }) => lastMs));
	const given = handed?.atMs ?? null;
	return given !== null && untilMs - given >= NAME_MS ? { ...ends, kind: 'name-not-used' } : null;
}

/** A browser that hides the address shows none, or the name. */
function isOwnAddress(remote: PairView['remote'], other: Offer): boolean {
	return (
		remote?.type === 'host' && remote.protocol !== 'tcp' && (remote.address === null || other.inner.includes(remote.address))
	);
}

const wasTried = ({ state }: PairView) => state === 'in-progress' || state === 'failed';

const worked = ({ state, selected, responsesReceived }: PairView) =>
	state === 'succeeded' || selected.length > 0 || (responsesReceived ?? 0) > 0;

/** At one of its ends it had an address that only the NAT or a relay gives. */
function passedNat({ local, remote }: PairView): boolean {
	return [local, remote].some(
		(end) => end?.type === 'srflx' || end?.type === 'relay' || (end?.type === 'prflx' && isOutsideText(end.address))
	);
}

/** Null while the statistics do not say which pair it is. */
function carrierOf(pairs: readonly PairView[], shared: readonly string[]): Values['carriedBy'] {
	const ends = pairs.filter(({ selected }) => selected.length > 0).flatMap(({ local, remote }) => [local, remote]);
	if (ends.some((end) => end?.type === 'relay')) return 'relay';
	return ends.some((end) => end?.address != null && shared.includes(end.address)) ? 'hairpin' : null;
}
