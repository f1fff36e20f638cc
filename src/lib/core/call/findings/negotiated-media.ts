/** What both ends agreed to send, against what the statistics show; and streams that media servers keep ready without media. */
import type { Description, Direction, Section } from '../../sdp/text/description';
import { growth, kindOf, lastOf, number, text, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import type { ConnectionView } from './findings-view';

const SENDS: ReadonlySet<Direction> = new Set(['sendrecv', 'sendonly']);
const RECEIVES: ReadonlySet<Direction> = new Set(['sendrecv', 'recvonly']);

/** Jitsi's `mixedmslabel`, and the stream by which mediasoup probes the bandwidth, whose SSRC is 1234: neither ever carries media. */
const PLACEHOLDER = /mixedmslabel|mixedlabel|probator/i;
const PROBATOR_SSRC = 1234;

export function isPlaceholder(view: ConnectionView, track: StatsTrack): boolean {
	const name = [lastOf(track, 'trackIdentifier'), lastOf(track, 'mid')].map((value) => text(value) ?? '').join(' ');
	const ssrc = number(lastOf(track, 'ssrc'));
	if (PLACEHOLDER.test(name) || ssrc === PROBATOR_SSRC) return true;
	return (
		ssrc !== null &&
		view.descriptions.some(({ sdp }) =>
			sdp.sections.some(({ lines }) =>
				lines.some(({ raw: line }) => line.startsWith(`a=ssrc:${ssrc} `) && PLACEHOLDER.test(line))
			)
		)
	);
}

/** As Janus and LiveKit name the streams that they send; and an agent that is lite is a server (RFC 8445 §2.5). */
const OF_MEDIA_SERVER = /^a=(?:msid:(?:janus|PA_\w+)[ |]|ice-lite\s*$)/;

/** Whether the other end is a media server, which keeps streams ready and sends what somebody publishes. */
export function isFromMediaServer(view: ConnectionView): boolean {
	const remote = view.descriptions.findLast(({ event }) => event.call === 'set-remote')?.sdp;
	const lines = remote ? [remote.session, ...remote.sections].flatMap((part) => part.lines) : [];
	return lines.some(({ raw }) => OF_MEDIA_SERVER.test(raw));
}

/** What both ends say of one round. */
interface Settled {
	local: Description;
	remote: Description;
}

/** An offer and its answer. */
export interface Exchange extends Settled {
	offeredBy: 'this-end' | 'other-end';
	/** When the answer was set. */
	atMs: number | null;
}

/** Whether every description that was set is there to be read: a recorder may leave some out, and of very many the rest is not read. */
export function hasAllDescriptions(view: ConnectionView): boolean {
	const set = view
		.events('set-local', 'set-remote')
		.filter(({ phase, description }) => phase === 'called' && description?.type !== 'rollback');
	return set.length === view.descriptions.length;
}

/** The rounds that were settled (RFC 3264 §4), in time. */
export function exchangesOf(view: ConnectionView): Exchange[] {
	const exchanges: Exchange[] = [];
	let offer: ConnectionView['descriptions'][number] | null = null;
	for (const one of view.descriptions) {
		const { event, sdp, refused } = one;
		if (refused) continue;
		if (event.description!.type === 'offer') offer = one;
		if (event.description!.type !== 'answer' || !offer || offer.event.call === event.call) continue;
		const own = offer.event.call === 'set-local';
		exchanges.push({
			offeredBy: own ? 'this-end' : 'other-end',
			local: own ? offer.sdp : sdp,
			remote: own ? sdp : offer.sdp,
			atMs: event.atMs
		});
		offer = null;
	}
	return exchanges;
}

/** The last exchange that both ends have settled: local and remote of the last round. */
function settled(view: ConnectionView): Settled | null {
	const last = view.descriptions.at(-1);
	if (!last || last.event.description!.type !== 'answer') return null;
	const other = [...view.descriptions].reverse().find(({ event }) => event.call !== last.event.call);
	if (!other) return null;
	return last.event.call === 'set-local' ? { local: last.sdp, remote: other.sdp } : { local: other.sdp, remote: last.sdp };
}

/** Audio and video sections in which something flows one way, as both ends have it; null where no settled exchange was recorded. */
function flowing(view: ConnectionView, way: 'out' | 'in'): Section[] | null {
	const both = settled(view);
	return both && flowingIn(both, way);
}

/** Audio and video sections, as this end has them, in which something may flow one way. */
export function flowingIn({ local, remote: others }: Settled, way: 'out' | 'in'): Section[] {
	const [own, theirs] = way === 'out' ? [SENDS, RECEIVES] : [RECEIVES, SENDS];
	return local.sections.filter((section, index) => {
		const remote = others.sections[index];
		const sender = way === 'out' ? section : remote;
		return (
			section.isRtp &&
			!section.rejected &&
			remote &&
			!remote.rejected &&
			own.has(section.direction) &&
			theirs.has(remote.direction) &&
			!sender!.lines.some(({ raw: line }) => PLACEHOLDER.test(line))
		);
	});
}

/** Sections that were agreed on and of which no packet was counted; none where the recording cannot show that. */
export function sectionsWithout(view: ConnectionView, way: 'out' | 'in'): Section[] {
	const type = way === 'out' ? 'outbound-rtp' : 'inbound-rtp';
	if (!view.connected || view.streams.length === 0) return [];
	return (flowing(view, way) ?? []).filter((section) => !carried(view, type, section));
}

/** Whether both ends agreed that the other one sends this stream; null where no descriptions tell. */
export function isNegotiatedIn(view: ConnectionView, track: StatsTrack): boolean | null {
	const sections = flowing(view, 'in');
	return sections && sections.some((section) => belongs(track, section));
}

/** Whether the last round leaves the other end media of a kind to send; where none was recorded, nothing says that it does not. */
export function isAgreedIn(view: ConnectionView, kind: 'audio' | 'video'): boolean {
	const last = exchangesOf(view).at(-1);
	return !last || flowingIn(last, 'in').some((section) => section.kind === kind);
}

/** Whether anything at all came or went on a connection, of media. */
export function carriesMedia(view: ConnectionView, way: 'out' | 'in'): boolean {
	const [type, field] = way === 'out' ? ['outbound-rtp', 'packetsSent'] : ['inbound-rtp', 'packetsReceived'];
	return tracksOf(view.connection, type!).some((track) => (number(lastOf(track, field!)) ?? 0) > 0);
}

/** Whether packets of a kind of media were counted one way, where the recording counts any at all. */
export function carriesKind(view: ConnectionView, kind: 'audio' | 'video', way: 'out' | 'in'): boolean {
	const [type, field] = way === 'out' ? ['outbound-rtp', 'packetsSent'] : ['inbound-rtp', 'packetsReceived'];
	const tracks = tracksOf(view.connection, type!);
	return view.streams.length === 0 || tracks.some((track) => kindOf(track) === kind && (number(lastOf(track, field!)) ?? 0) > 0);
}

function belongs(track: StatsTrack, section: Section): boolean {
	const mid = lastOf(track, 'mid');
	return mid !== null && section.mid !== null ? String(mid) === section.mid : lastOf(track, 'kind') === section.kind;
}

function carried(view: ConnectionView, type: 'inbound-rtp' | 'outbound-rtp', section: Section): boolean {
	const field = type === 'inbound-rtp' ? 'packetsReceived' : 'packetsSent';
	return tracksOf(view.connection, type).some((track) => {
		const count = lastOf(track, field) ?? lastOf(track, field === 'packetsSent' ? 'bytesSent' : 'bytesReceived');
		return belongs(track, section) && (count === null || Number(count) > 0 || (growth(track, field) ?? 0) > 0);
	});
}
