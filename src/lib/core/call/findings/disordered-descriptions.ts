/** Descriptions that nobody waits for, or can read: offers that cross, answers that come twice, line breaks that were lost. */
import { withoutSecretText } from '../../base/secrets';
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

/** What a description that was refused has instead of line breaks (RFC 8866 §5): letters, or nothing; null where it has some. */
export function lostLineBreaks(
	events: readonly HandshakeEvent[],
	refused: HandshakeEvent
): EstablishmentValues['description-refused']['lineBreaks'] {
	const before = events.slice(0, events.indexOf(refused));
	const given = before.findLast(({ call }) => call === refused.call);
	// Chromium notes no call of one that it cannot read, and quotes the line in its message.
	const text = (given?.phase === 'called' && given.description?.sdp) || refused.error || '';
	if (/v=0(?:\\r)?\\n\s*o=/.test(text)) return 'escaped';
	return /v=0[ \t]*o=/.test(text) ? 'missing' : null;
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

const MOST_SAID = 240;

/** Browsers quote what they do not understand, up to a whole description with its ICE password, and say why at the end. */
export function shortened(browserSaid: string): string {
	const text = withoutSecretText(browserSaid);
	return text.length > MOST_SAID ? `${text.slice(0, MOST_SAID / 4)} … ${text.slice(-MOST_SAID / 4)}` : text;
}
