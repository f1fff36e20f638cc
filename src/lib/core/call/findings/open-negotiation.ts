/** Rounds of negotiation that were begun, or needed, in a call that was up, and never came to an end. */
import type { Section } from '../../sdp/text/description';
import type { SdpAgainstStatsValues, SectionValues } from './finding-values';
import type { ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { exchangesOf, hasAllDescriptions } from './negotiated-media';
import type { Hit } from './stats-rule';

const ROUND: ReadonlySet<string> = new Set(['set-local', 'set-remote', 'create-offer']);

/** The last description is an offer, though an exchange was settled before. */
export function unansweredOffer(
	view: ConnectionView,
	limits: FindingLimits
): Hit<SdpAgainstStatsValues['later-offer-unanswered']>[] {
	const last = view.descriptions.at(-1);
	const before = exchangesOf(view).at(-1);
	const { endMs, events } = view.connection;
	if (!last || !before || !hasAllDescriptions(view) || last.refused) return [];
	const { call, atMs, description } = last.event;
	if (description!.type !== 'offer' || atMs === null || endMs === null || endMs - atMs < limits.silence.value) return [];
	// Taken back, or answered by what the recording does not hold (RFC 9429 §4.1.10.2).
	const rest = events.slice(
		events.findLastIndex((event) => event.call === call && event.atMs === atMs && event.phase === 'called')
	);
	if (rest.some(({ state, description: other }) => state === 'stable' || other?.type === 'rollback')) return [];
	const known = call === 'set-local' ? before.local : before.remote;
	return [
		{
			values: {
				offeredBy: call === 'set-local' ? 'this-end' : 'other-end',
				offeredAtMs: view.sinceStart(atMs),
				waitedMs: endMs - atMs,
				added: last.sdp.sections.filter((section, index) => isNew(section, known.sections[index])).map(sectionValues)
			},
			atMs
		}
	];
}

const sectionValues = ({ kind, mid }: Section): SectionValues => ({ kind, mid });

function isNew(section: Section, before: Section | undefined): boolean {
	return !section.rejected && (before === undefined || before.rejected);
}

/** The browser said that negotiation is needed (W3C webrtc §4.7.3), and nobody began one. */
export function negotiationNotMade(
	view: ConnectionView,
	limits: FindingLimits
): Hit<SdpAgainstStatsValues['negotiation-not-made']>[] {
	const { endMs, events } = view.connection;
	const asked = events.findLastIndex(({ call }) => call === 'negotiation-needed');
	const atMs = events[asked]?.atMs ?? null;
	const settled = exchangesOf(view).at(-1)?.atMs ?? null;
	if (atMs === null || settled === null || atMs < settled || endMs === null || endMs - atMs < limits.silence.value) return [];
	if (events.slice(asked).some(({ call }) => ROUND.has(call))) return [];
	const takenBackOfferMs = view.sinceStart(takenBackMs(view));
	return [{ values: { neededAtMs: view.sinceStart(atMs), waitedMs: endMs - atMs, takenBackOfferMs }, atMs }];
}

/** When this end made an offer that it took back in the last round, for one of the other end that crossed it (RFC 9429 §4.1.10.2). */
function takenBackMs({ descriptions }: ConnectionView): number | null {
	const [own, theirs] = descriptions.slice(-3);
	const isOffer = (one: typeof own, call: string) =>
		one?.event.call === call && one.event.description!.type === 'offer' && !one.refused;
	return isOffer(own, 'set-local') && isOffer(theirs, 'set-remote') ? own!.event.atMs : null;
}
