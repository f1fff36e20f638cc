/** Media that the offer would have had both ways, and that the answer takes one way only, since one end had nothing to send. */
import type { Section } from '../../sdp/text/description';
import { kindOf, lastOf, number, tracksOf } from '../../recording/connection';
import type { EndingValues } from './ending-values';
import type { ConnectionView } from './findings-view';
import { exchangesOf, flowingIn, hasAllDescriptions, type Exchange } from './negotiated-media';
import type { Hit } from './stats-rule';

type Values = EndingValues['media-one-way'];

const KINDS = ['audio', 'video'] as const;

/** Whether some connection of the recording received media of a kind: a media server takes on one and gives on others. */
function comesAtAll({ recording }: ConnectionView, kind: Values['kinds'][number]): boolean {
	return recording.connections.some((connection) =>
		tracksOf(connection, 'inbound-rtp').some(
			(track) => kindOf(track) === kind && (number(lastOf(track, 'packetsReceived')) ?? 0) > 0
		)
	);
}

/** Sections that were offered both ways and answered with `recvonly`. */
function answeredOneWay({ offeredBy, local, remote }: Exchange): Section[] {
	const [offer, answer] = offeredBy === 'this-end' ? [local, remote] : [remote, local];
	return offer.sections.filter((section, index) => {
		const answered = answer.sections[index];
		return section.isRtp && section.direction === 'sendrecv' && answered?.direction === 'recvonly' && !answered.rejected;
	});
}

/** What no round changed: of a kind of media nothing is to come the one way in any of them. */
export function oneWayMedia(view: ConnectionView): Hit<Values>[] {
	const exchanges = exchangesOf(view);
	const last = exchanges.at(-1);
	if (!last || !hasAllDescriptions(view)) return [];
	const by = last.offeredBy === 'this-end' ? 'other-end' : 'this-end';
	const way = by === 'other-end' ? 'in' : 'out';
	const oneWay = answeredOneWay(last);
	const kinds = KINDS.filter(
		(kind) =>
			oneWay.some((section) => section.kind === kind) &&
			exchanges.every((exchange) => flowingIn(exchange, way).every((section) => section.kind !== kind)) &&
			!(by === 'other-end' && comesAtAll(view, kind))
	);
	// Video one way is what presentations are; of a call in which nobody is heard one way it is what the dump is opened for.
	return !kinds.includes('audio') ? [] : [{ values: { kinds, by, answeredAtMs: view.sinceStart(last.atMs) }, atMs: last.atMs }];
}
