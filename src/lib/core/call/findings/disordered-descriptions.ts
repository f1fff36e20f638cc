/** Descriptions that come when nobody waits for them: offers that cross, answers that are delivered twice. */
import type { HandshakeEvent } from '../../recording/handshake';
import type { EstablishmentValues } from './finding-values';
import type { ConnectionView } from './findings-view';

/** An offer of the other end that came while this end waited for the answer to its own, and what came of it. */
export function crossedOffer({
	connection: { events }
}: ConnectionView): (EstablishmentValues['offers-crossed'] & { atMs: number | null }) | null {
	let offer: 'own' | 'crossed' | null = null;
	let type: string | undefined;
	let atMs: number | null = null;
	for (const { call, phase, description, ...event } of events) {
		if (call === 'set-local' && (description ?? phase === 'called')) {
			// Without an argument an answer is made where an offer was set before.
			const made = description?.type ?? (offer === null ? 'offer' : null);
			if (made === 'offer' && offer === null) offer = 'own';
		}
		if (call !== 'set-remote') continue;
		if (phase === 'called') {
			type = description?.type;
			if (type === 'offer' && offer === 'own') [offer, atMs] = ['crossed', event.atMs];
			else if (type === 'answer' && offer === 'own') offer = null;
		}
		if (phase === 'failed' && offer === 'crossed')
			return { refused: type === 'offer' ? 'offer' : 'answer', crossedAtMs: atMs, refusedAtMs: event.atMs, atMs };
	}
	return null;
}

/** Whether what was refused had been set before: answers that signalling delivers twice find no offer any more (RFC 9429 §4.1.10). */
export function isRepeated(events: readonly HandshakeEvent[], refused: HandshakeEvent): boolean {
	const same = events.slice(0, events.indexOf(refused)).filter(({ call }) => call === refused.call);
	const last = same.findLastIndex(({ phase }) => phase === 'called');
	const sdp = same[last]?.description?.sdp;
	return (
		sdp !== undefined &&
		same.slice(0, last).some(({ phase, description }, i) => {
			const end =
				phase === 'called' && description?.sdp === sdp ? same.slice(i + 1).find((each) => each.phase !== 'called') : null;
			return end?.phase === 'done';
		})
	);
}
