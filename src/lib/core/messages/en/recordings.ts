/** What stands out in a recording, in English. */
import { count, duration } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import { list } from '../../base/list';
import type {
	DescriptionValues,
	RecordingValues,
	SdpAgainstStatsValues,
	StatsFindingValues
} from '../../call/findings/finding-values';
import type { MessagesOf } from '../messages';
import { ENDINGS } from './endings';
import { ESTABLISHMENT } from './establishment';
import { RECORDED_MEDIA } from './recorded-media';
import { sectionNames } from './section-names';

const NEGOTIATION: MessagesOf<keyof SdpAgainstStatsValues> = {
	'data-channel-declined': ({ by }) =>
		`${by === 'other-end' ? 'The other end' : 'This end'} rejected the data channels in its answer (port 0): none of them opens.`,
	'later-offer-unanswered': ({ offeredBy, offeredAtMs, waitedMs, added }) => {
		const what = added.length === 0 ? 'what it was to change' : `the ${sectionNames(added)} that it adds`;
		return `${offeredBy === 'this-end' ? 'This end' : 'The other end'} made a new offer at ${duration(offeredAtMs)}, and in ${duration(waitedMs)} no answer was set: ${what} never came into force.`;
	},
	'negotiation-not-made': ({ neededAtMs, waitedMs, takenBackOfferMs }) => {
		const what = `never came into force, and the other end knows nothing of it`;
		return takenBackOfferMs === null
			? `At ${duration(neededAtMs)} the browser said that negotiation is needed, as after a track was added, and in ${duration(waitedMs)} no offer was made: what this end changed ${what}.`
			: `Both ends made an offer at once: this end took its own of ${duration(takenBackOfferMs)} back for that of the other end, and in ${duration(waitedMs)} after it made no other one, though the browser said that negotiation is needed: what that offer was to change ${what}.`;
	},
	'negotiated-not-sent': ({ sections }) =>
		`Both ends agreed that this end sends ${sectionNames(sections)}, and it never sent a packet of it, as without a track or with one that was stopped.`,
	'negotiated-not-received': ({ sections }) =>
		`Both ends agreed that the other end sends ${sectionNames(sections)}, and no packet of it arrived.`,
	'path-not-signalled': ({ address, port }) =>
		`The other end was reached at ${formatEndpoint(address, port)}, which it never signalled: its NAT uses another mapping towards this end than towards a STUN server, no STUN server told it the address, or it had signalled it only as a .local name.`,
	'candidate-unexpected': ({ address, port, type }) =>
		`The statistics say that ${formatEndpoint(address, port)} (${type}) was used, and no description and no candidate of the other end names it: descriptions were changed in transit, or are missing here.`,
	'sdp-lines-duplicate': ({ lines, first }) =>
		`${lines === 1 ? 'A line appears' : `${lines} lines appear`} twice in a section, first in the ${descriptionName(first)}, line ${first.line}: probably something that edits descriptions added lines that were already present.`,
	'sdp-problems': ({ rules, first }) =>
		`The descriptions break rules (${list(rules)}), first the ${descriptionName(first)}; the SDP screen shows where.`
};

const DUMP: MessagesOf<keyof RecordingValues> = {
	'dump-truncated': ({ samplesKept, connection, moreConnections }) => {
		const more = moreConnections === null ? 'More connections' : count(moreConnections, 'more connection');
		return `${connection === null ? more : `Connection ${connection}`}: Chrome keeps the last ${samplesKept} samples: what came before is not in the dump.`;
	},
	'recorder-clock-set': ({ setBackMs }) =>
		`The recorder's clock was set back${setBackMs === null ? '' : ` by ${duration(setBackMs)}`}; later times are shifted, so that they stay in order.`,
	'media-request-failed': ({ method, browserSaid }) => `${method} failed: ${browserSaid ?? 'the browser gave no reason'}.`
};

export const RECORDINGS: MessagesOf<keyof StatsFindingValues> = {
	...ESTABLISHMENT,
	...ENDINGS,
	...RECORDED_MEDIA,
	...NEGOTIATION,
	...DUMP
};

function descriptionName({ side, type }: DescriptionValues): string {
	return `${side} ${type}`;
}
