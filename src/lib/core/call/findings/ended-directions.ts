/** Media that descriptions took out of a call which had agreed on it: on hold (RFC 6337 §5.3), a transceiver that was stopped. */
import type { Section } from '../../sdp/text/description';
import type { EndedMedia, EndingValues } from './ending-values';
import type { ConnectionView } from './findings-view';
import { carriesKind, exchangesOf, flowingIn, hasAllDescriptions, type Exchange } from './negotiated-media';
import type { Hit } from './stats-rule';

type Values = EndingValues['media-direction-ended'];

const KINDS = ['audio', 'video'] as const;
const WAYS = ['out', 'in'] as const;

/** Whose description takes a way away, and what it says: the offer where it does so already, else the answer. */
function takenBy({ offeredBy, local, remote }: Exchange, index: number, way: 'out' | 'in'): Pick<Values, 'by' | 'says'> | null {
	const says = (section: Section | undefined, needed: 'send' | 'recv'): Values['says'] | null => {
		if (section?.rejected) return 'port-0';
		return !section || section.direction === 'sendrecv' || section.direction === `${needed}only` ? null : section.direction;
	};
	const own = says(local.sections[index], way === 'out' ? 'send' : 'recv');
	const theirs = says(remote.sections[index], way === 'out' ? 'recv' : 'send');
	const sides = [
		{ by: 'this-end', says: own },
		{ by: 'other-end', says: theirs }
	] as const;
	const found = (offeredBy === 'this-end' ? sides : sides.toReversed()).find((side) => side.says !== null);
	return found ? { by: found.by, says: found.says! } : null;
}

/**
 * What flowed in some round and flows in none of the last ones: of a kind of media all of it one way, since a conference takes single
 * streams out whenever somebody leaves.
 */
export function endedDirections(view: ConnectionView): Hit<Values>[] {
	// Else it is not known what was negotiated at last.
	if (!hasAllDescriptions(view)) return [];
	const exchanges = exchangesOf(view);
	const found = new Map<
		string,
		{ ended: Exchange; by: Values['by']; says: Values['says']; media: Map<EndedMedia['kind'], string[]> }
	>();
	for (const kind of KINDS)
		for (const way of WAYS) {
			const last = exchanges.findLastIndex((exchange) => sectionsOf(exchange, kind, way).length > 0);
			const ended = exchanges[last + 1];
			if (last < 0 || !ended || !carriesKind(view, kind, way)) continue;
			const index = exchanges[last]!.local.sections.indexOf(sectionsOf(exchanges[last]!, kind, way)[0]!);
			const taken = takenBy(ended, index, way);
			if (!taken) continue;
			const key = `${last} ${taken.by} ${taken.says}`;
			const same = found.get(key) ?? { ended, ...taken, media: new Map() };
			same.media.set(kind, [...(same.media.get(kind) ?? []), way]);
			found.set(key, same);
		}
	return [...found.values()].map(({ ended: { atMs }, by, says, media }) => ({
		values: {
			media: [...media].map(([kind, ways]): EndedMedia => ({ kind, ways: ways.length > 1 ? 'both' : (ways[0] as 'in' | 'out') })),
			by,
			says,
			endedAtMs: view.sinceStart(atMs)
		},
		atMs
	}));
}

function sectionsOf(exchange: Exchange, kind: EndedMedia['kind'], way: 'out' | 'in'): Section[] {
	return flowingIn(exchange, way).filter((section) => section.kind === kind);
}
