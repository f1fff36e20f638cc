/** The two connections of a call with all that goes over them: media, messages, and what arrives. */
import { MessageReceiver, MessageSender, openMessages } from './loopback-call-messages';
import { capBitrate, preferCodec, type MediaChoices } from './loopback-call-media';
import { CallPeers, type PeersListeners } from './loopback-call-peers';
import type { CallRoute, End } from './loopback-call-route';

export const ENDS: readonly End[] = ['caller', 'callee'];

export interface CallLink {
	peers: CallPeers;
	senders: MessageSender[];
	receivers: Record<End, MessageReceiver>;
	/** What arrived, in the order in which it came. */
	tracks: { end: End; track: MediaStreamTrack }[];
	/** Resolves when both ends are connected for the first time, or one has failed. */
	settled: Promise<void>;
}

export interface LinkListeners extends Omit<PeersListeners, 'onTrack' | 'onConnectionState'> {
	onConnectionState(link: CallLink): void;
	onTrack(link: CallLink, end: End, track: MediaStreamTrack): void;
}

/** Not negotiated yet. Throws what the browser throws; nothing is left open then. */
export function openLink(route: CallRoute, stream: MediaStream, now: () => number, listeners: LinkListeners): CallLink {
	let settle!: () => void;
	const settled = new Promise<void>((resolve) => (settle = resolve));
	const peers = new CallPeers(route, now, {
		onEvent: listeners.onEvent,
		onCandidateError: listeners.onCandidateError,
		onConnectionState: () => {
			if (peers.connected || peers.failed) settle();
			listeners.onConnectionState(link);
		},
		onTrack: (end, { track }) => {
			link.tracks.push({ end, track });
			listeners.onTrack(link, end, track);
		}
	});
	const link: CallLink = { peers, settled, tracks: [], senders: [], receivers: {} as CallLink['receivers'] };
	try {
		for (const end of ENDS) for (const track of stream.getTracks()) peers[end].addTrack(track, stream);
		const channels = { caller: openMessages(peers.caller, 0), callee: openMessages(peers.callee, 0) };
		link.receivers = { caller: new MessageReceiver(channels.caller), callee: new MessageReceiver(channels.callee) };
		link.senders = ENDS.map((end) => new MessageSender(channels[end]));
		return link;
	} catch (error) {
		peers.close();
		throw error;
	}
}

export async function negotiateLink({ peers }: CallLink, { codec, bitrateCapBps }: MediaChoices): Promise<void> {
	if (codec !== null) ENDS.forEach((end) => preferCodec(peers[end], codec));
	await peers.negotiate();
	if (bitrateCapBps !== null) await Promise.all(ENDS.map((end) => capBitrate(peers[end], bitrateCapBps)));
}

export function closeLink({ peers, senders, tracks }: CallLink): void {
	senders.forEach((sender) => sender.stop());
	peers.close();
	// Closing a connection leaves the tracks that came by it alive in some browsers.
	tracks.forEach(({ track }) => track.stop());
}
