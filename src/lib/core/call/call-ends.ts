/** Which connections of a recording are the two ends of one call. */
import { number, lastOf, tracksOf } from '../recording/connection';
import type { RecordedConnection, Recording } from '../recording/recording';

/** What one end says of itself, and what it has of the other: ICE user names, then SSRCs. */
interface EndNames {
	id: string;
	ufrags: { own: Set<string>; others: Set<string> };
	ssrcs: { own: Set<number>; others: Set<number> };
}

/** For each connection the id of the other end of its call, where that was recorded too and it is clear which it is. */
export function otherEnds(recording: Recording): ReadonlyMap<string, string> {
	const before = known.get(recording);
	if (before) return before;
	const ends = recording.connections.length < 2 ? [] : recording.connections.map(namesOf);
	const found = new Map<string, string>();
	ends.forEach((end, index) => {
		if (found.has(end.id)) return;
		const others = ends.slice(index + 1).filter((other) => !found.has(other.id) && isOneCall(end, other));
		// Of several nobody knows: a recorder may have written one connection down twice.
		if (others.length !== 1) return;
		found.set(end.id, others[0]!.id);
		found.set(others[0]!.id, end.id);
	});
	known.set(recording, found);
	return found;
}

/** Conclusions are made anew with every observation, and a recording that was opened does not change. */
const known = new WeakMap<Recording, ReadonlyMap<string, string>>();

function namesOf(connection: RecordedConnection): EndNames {
	const { id, events } = connection;
	const ufrags = { own: new Set<string>(), others: new Set<string>() };
	for (const { call, description } of events) {
		if (!description || (call !== 'set-local' && call !== 'set-remote')) continue;
		for (const [, ufrag] of description.sdp.matchAll(/^a=ice-ufrag:(\S+)/gm))
			(call === 'set-local' ? ufrags.own : ufrags.others).add(ufrag!);
	}
	const ssrcs = (type: string) => new Set(tracksOf(connection, type).flatMap((track) => number(lastOf(track, 'ssrc')) ?? []));
	return { id, ufrags, ssrcs: { own: ssrcs('outbound-rtp'), others: ssrcs('inbound-rtp') } };
}

/** ICE user names are random (RFC 8445 §5.3): where both ends were told the other one's, both have to match. */
function isOneCall(a: EndNames, b: EndNames): boolean {
	const [forth, back] = [meet(a.ufrags.own, b.ufrags.others), meet(b.ufrags.own, a.ufrags.others)];
	if ([a, b].every(({ ufrags: { own, others } }) => own.size > 0 && others.size > 0)) return forth && back;
	return forth || back || meet(a.ssrcs.own, b.ssrcs.others) || meet(b.ssrcs.own, a.ssrcs.others);
}

function meet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
	return [...a].some((each) => b.has(each));
}
