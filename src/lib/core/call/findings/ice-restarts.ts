/** ICE restarts (RFC 8445 §9), as descriptions show them. */
import type { ConnectionView } from './findings-view';

/** When this end set a description with new ICE credentials (RFC 8445 §9). */
export function restartTimes(view: ConnectionView): (number | null)[] {
	const times: (number | null)[] = [];
	let before: string | null = null;
	for (const { sdp, event } of view.descriptions) {
		if (event.call !== 'set-local') continue;
		const ufrag =
			sdp.live[0]?.attributes.get('ice-ufrag')?.[0]?.argument ?? sdp.session.attributes.get('ice-ufrag')?.[0]?.argument ?? null;
		if (ufrag !== null && before !== null && ufrag !== before) times.push(event.atMs);
		before = ufrag ?? before;
	}
	return times;
}

/** Whether the other end's answer to the offer of this time was set; null where it was no offer. */
export function isAnsweredAfter(view: ConnectionView, offeredMs: number): boolean | null {
	const at = view.descriptions.findIndex(({ event }) => event.call === 'set-local' && event.atMs === offeredMs);
	if (view.descriptions[at]?.event.description!.type !== 'offer') return null;
	return view.descriptions.slice(at).some(({ event }) => event.call === 'set-remote' && event.description!.type === 'answer');
}
