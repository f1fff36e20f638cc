/** Whose a description is: its session, its certificate and its round of ICE; and one of this end that was given back to it. */
import { sessionOf } from '../../sdp/text/origin';
import { fingerprintsOf } from '../../sdp/text/transport';
import type { Description } from '../../sdp/text/description';
import type { EstablishmentValues } from './finding-values';
import type { ConnectionView } from './findings-view';
import { none, one } from './rule-help';
import type { Hit } from './stats-rule';

export function fingerprintOf(sdp: Description): string | null {
	const section = sdp.live[0];
	const found = section ? fingerprintsOf(sdp, section)[0] : undefined;
	return found ? `${found.value.hash} ${found.value.digest}`.toLowerCase() : null;
}

/** An attribute of the first section that is in use, or of the session. */
export function attributeOf(sdp: Description, name: string): string | null {
	const own = sdp.live[0]?.attributes.get(name)?.[0]?.argument;
	return own ?? sdp.session.attributes.get(name)?.[0]?.argument ?? null;
}

/** The ICE user name of each description of one end, in time. */
export function ufrags(view: ConnectionView, call: 'set-local' | 'set-remote'): { atMs: number | null; ufrag: string }[] {
	return view.descriptions.flatMap(({ event, sdp }) => {
		const ufrag = event.call === call ? attributeOf(sdp, 'ice-ufrag') : null;
		return ufrag === null ? [] : [{ atMs: event.atMs, ufrag }];
	});
}

/** A description that this end was given, and that is one of its own: of the same session, round of ICE and certificate. */
export function ownReturned(view: ConnectionView): Hit<EstablishmentValues['own-description-returned']>[] {
	const identity = ({ event, sdp }: ConnectionView['descriptions'][number]) => {
		const parts = [sessionOf(sdp), attributeOf(sdp, 'ice-ufrag'), fingerprintOf(sdp)];
		return parts.includes(null) ? null : [event.description!.type, ...parts].join(' ');
	};
	const own = new Set(view.descriptions.filter(({ event }) => event.call === 'set-local').map(identity));
	const returned = view.descriptions.find((each) => {
		const given = each.event.call === 'set-remote' ? identity(each) : null;
		return given !== null && own.has(given);
	});
	if (!returned) return none;
	const { event, refused } = returned;
	const type = event.description!.type === 'offer' ? 'offer' : 'answer';
	return one({ type, givenAtMs: view.sinceStart(event.atMs), refused }, { atMs: event.atMs });
}
