/** Media that descriptions leave one way or none from the start, though both ends have sections for it. */
import type { Section } from '../../sdp/text/description';
import { kindOf, lastOf, number, tracksOf } from '../../recording/connection';
import { otherEnds } from '../call-ends';
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
	// Of two recorded ends each shows what it sends.
	if (!last || !hasAllDescriptions(view) || otherEnds(view.recording).has(view.connection.id)) return [];
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

/** Whether some connection of the recording sent or received media of a kind. */
function flowsAtAll({ recording }: ConnectionView, kind: Values['kinds'][number]): boolean {
	return recording.connections.some((connection) =>
		[...tracksOf(connection, 'inbound-rtp'), ...tracksOf(connection, 'outbound-rtp')].some(
			(track) => kindOf(track) === kind && (number(lastOf(track, 'packetsReceived') ?? lastOf(track, 'packetsSent')) ?? 0) > 0
		)
	);
}

/** What was never to flow, in any round, though a track may be there. */
export function neitherWayMedia(view: ConnectionView): Hit<EndingValues['media-neither-way']>[] {
	const exchanges = exchangesOf(view);
	const last = exchanges.at(-1);
	if (!last || !hasAllDescriptions(view)) return [];
	const offer = last.offeredBy === 'this-end' ? last.local : last.remote;
	const kinds = KINDS.filter(
		(kind) =>
			offer.sections.some((section, i) => section.kind === kind && !section.rejected && !answerOf(last).sections[i]?.rejected) &&
			exchanges.every((exchange) =>
				(['in', 'out'] as const).every((way) => flowingIn(exchange, way).every((section) => section.kind !== kind))
			) &&
			!flowsAtAll(view, kind)
	);
	const says = offer.sections.find(({ kind }) => kind === kinds[0])?.direction;
	// Video is often left out of a call with audio.
	const hasAudio = offer.sections.some(({ kind, rejected }) => kind === 'audio' && !rejected);
	if (!says || (hasAudio && !kinds.includes('audio'))) return [];
	return [{ values: { kinds, offeredBy: last.offeredBy, says, answeredAtMs: view.sinceStart(last.atMs) }, atMs: last.atMs }];
}

const answerOf = ({ offeredBy, local, remote }: Exchange) => (offeredBy === 'this-end' ? remote : local);
