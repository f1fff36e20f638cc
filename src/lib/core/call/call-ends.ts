/** Which connections of a recording are the two ends of one call. */
import { parseIp } from '../base/ip';
import { number, lastOf, tracksOf } from '../recording/connection';
import type { RecordedConnection, Recording } from '../recording/recording';

/** What one end says of itself, and what it has of the other. */
interface Told<T> {
	own: Set<T>;
	others: Set<T>;
}

export interface EndNames {
	id: string;
	/** ICE user names, of descriptions and of candidates. */
	ufrags: Told<string>;
	ssrcs: Told<number>;
	/** Of DTLS certificates. */
	fingerprints: Told<string>;
	/** Addresses with ports of candidates, as far as they are not hidden. */
	endpoints: Told<string>;
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

export function namesOf(connection: RecordedConnection): EndNames {
	const { id, events } = connection;
	const [ufrags, fingerprints] = [told<string>(), told<string>()];
	for (const { call, description } of events) {
		if (!description || (call !== 'set-local' && call !== 'set-remote')) continue;
		const side = call === 'set-local' ? 'own' : 'others';
		for (const [, ufrag] of description.sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)) ufrags[side].add(ufrag!);
		for (const [, value] of description.sdp.matchAll(/^a=fingerprint:\S+ +(\S+)/gim))
			fingerprints[side].add(value!.toUpperCase());
	}
	const candidates = (side: keyof Told<string>, type: string, endpoints: Set<string>) => {
		for (const track of tracksOf(connection, type)) {
			const [ufrag, address, port] = [lastOf(track, 'usernameFragment'), lastOf(track, 'address'), number(lastOf(track, 'port'))];
			if (typeof ufrag === 'string' && ufrag !== '') ufrags[side].add(ufrag);
			if (typeof address === 'string' && isWhole(address) && port) endpoints.add(`${address} ${port}`);
		}
	};
	const endpoints = told<string>();
	candidates('own', 'local-candidate', endpoints.own);
	candidates('others', 'remote-candidate', endpoints.others);
	const certificates = new Map(tracksOf(connection, 'certificate').map((track) => [track.id, lastOf(track, 'fingerprint')]));
	for (const transport of tracksOf(connection, 'transport'))
		for (const [side, field] of [
			['own', 'localCertificateId'],
			['others', 'remoteCertificateId']
		] as const) {
			const fingerprint = certificates.get(String(lastOf(transport, field)));
			if (typeof fingerprint === 'string') fingerprints[side].add(fingerprint.toUpperCase());
		}
	const ssrcs = (type: string) => new Set(tracksOf(connection, type).flatMap((track) => number(lastOf(track, 'ssrc')) ?? []));
	return {
		id,
		ufrags,
		ssrcs: { own: ssrcs('outbound-rtp'), others: ssrcs('inbound-rtp') },
		fingerprints,
		endpoints
	};
}

const told = <T>(): Told<T> => ({ own: new Set(), others: new Set() });

/** Neither hidden behind a name nor blotted out (`x.x.x.x`). */
const isWhole = (address: string) => parseIp(address) !== null;

/**
 * ICE user names are random (RFC 8445 §5.3): where both ends were told the other one's, both have to match. Certificates and
 * addresses may serve several calls, so that they have to match both ways.
 */
export function isOneCall(a: EndNames, b: EndNames): boolean {
	const both = <T>(one: Told<T>, other: Told<T>) => [meet(one.own, other.others), meet(other.own, one.others)] as const;
	const [forth, back] = both(a.ufrags, b.ufrags);
	if ([a, b].every(({ ufrags: { own, others } }) => own.size > 0 && others.size > 0)) return forth && back;
	return (
		forth ||
		back ||
		both(a.ssrcs, b.ssrcs).some(Boolean) ||
		both(a.fingerprints, b.fingerprints).every(Boolean) ||
		both(a.endpoints, b.endpoints).every(Boolean)
	);
}

function meet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
	return [...a].some((each) => b.has(each));
}
