/** What ended media or a connection that had worked, in English. */
import { count, duration, formatUnit, plural } from '../../base/format';
import { list } from '../../base/list';
import type { EndedMedia, EndingValues } from '../../call/findings/ending-values';
import type { MessagesOf } from '../messages';

export const ENDINGS: MessagesOf<keyof EndingValues> = {
	'closed-by-other-end': ({ closedAtMs }) =>
		`The other end closed the connection at ${duration(closedAtMs)}: it hung up, or its page was closed, left or loaded anew, which look the same from here.`,
	'media-direction-ended': ({ media, by, says, endedAtMs }) => {
		const since = endedAtMs === null ? 'From a later round on' : `From ${duration(endedAtMs)} on`;
		const hold = (says === 'inactive' || says === 'sendonly') && media.some(({ kind }) => kind === 'audio');
		const what = says === 'port-0' ? 'has port 0 there, as for a transceiver that was stopped' : `says “${says}”`;
		const like = hold ? ', as when a call is put on hold' : '';
		return `${since} no ${whatEnded(media)}: the description of ${by === 'this-end' ? 'this end' : 'the other end'} ${what}${like}, and no later one in this recording takes it up again.`;
	},
	'video-slowed': ({ fromMs, toMs, beforePerSecond, framesPerSecond }) =>
		`The video that this end sends had ${formatUnit('frames/s', framesPerSecond)} from ${duration(fromMs)} to ${duration(toMs)}, when the recording ends, and ${formatUnit('frames/s', beforePerSecond)} before that: a screen that hardly changes, or a camera that ended, was muted or taken away, of which a browser may go on sending single black frames.`,
	'media-neither-way': ({ kinds, offeredBy, says }) => {
		const [own, other] = offeredBy === 'this-end' ? ['this end', 'the other end'] : ['the other end', 'this end'];
		const what = list(kinds);
		const why =
			says === 'inactive'
				? `the offer of ${own} says “inactive”`
				: `the offer of ${own} says “${says}”, and the answer of ${other} lets it neither send nor receive, as when both ends only send, or both only receive`;
		return `No ${what} is to be sent either way: ${why}. No later round changes it.`;
	},
	'media-one-way': ({ kinds, by }) => {
		const what = list(kinds);
		return by === 'other-end'
			? `The other end only receives ${what}, and sends none: its answer says so (“recvonly”) to an offer of both ways, as without a track when it answered, and no later round changes it.`
			: `This end only receives ${what}, and sends none: its answer says so (“recvonly”) to an offer of both ways, as without a track when it answered, and no later round changes it.`;
	},
	'inbound-media-stopped': ({ kind, fromMs, toMs, stoppedSending }) => {
		const why = stoppedSending
			? 'The reports of the other end count no packet that it sent since: it stopped sending, as with a track that was stopped or taken away.'
			: 'Whether the other end still sends is not known: it may have stopped, or its packets are lost on the way.';
		return `No ${kind} of the other end arrived any more from ${duration(fromMs)} to ${duration(toMs)}, when the recording ends, while the connection stayed up. ${why}`;
	},
	'inbound-media-emptied': ({ kind, fromMs, toMs, bytesEach, beforeBytesEach }) => {
		const [each, like] =
			kind === 'audio'
				? ['packet', 'silence, as of a microphone that was muted']
				: ['frame', 'a picture that does not change, as the black one of a camera that was muted'];
		return `From ${duration(fromMs)} to ${duration(toMs)}, when the recording ends, the ${kind} of the other end went on arriving with next to nothing in it: ${formatUnit('bytes', bytesEach)} a ${each} on average, ${formatUnit('bytes', beforeBytesEach)} before that. So little is ${like}.`;
	},
	'audio-source-ended': ({ fromMs, toMs }) =>
		`The source of the audio that this end sends (microphone) delivered nothing from ${duration(fromMs)} to ${duration(toMs)}, when the recording ends. A muted one delivers silence: most likely its track was stopped, the device is gone, or the page suspended the AudioContext that makes it.`,
	'audio-source-silent': ({ fromMs, toMs }) =>
		`The audio that this end captures was silent from ${duration(fromMs)} to ${duration(toMs)}, when the recording ends, and had not been before: a microphone gives some noise, so that most likely it was muted.`,
	'sender-without-track': ({ kind, lastSeenMs, missingAtMs }) =>
		`Between ${duration(lastSeenMs)} and ${duration(missingAtMs)} the track was taken from the sender of this end’s ${kind} (as by replaceTrack(null) or removeTrack()): since then it has nothing to send. Pages turn a camera or a microphone off in this way.`,
	'encodings-switched-off': ({ kind, encodings, ofEncodings, rids, lastActiveMs, inactiveAtMs }) => {
		const all = ofEncodings === 1 ? 'the encoding' : `all ${ofEncodings} encodings`;
		const some = `${encodings} of ${ofEncodings} encodings (${plural(encodings, 'layer')} ${list(rids)})`;
		const which = encodings === ofEncodings ? all : some;
		return `Between ${duration(lastActiveMs)} and ${duration(inactiveAtMs)} ${which} of this end’s ${kind} ${plural(encodings, 'was', 'were')} switched off (“active: false”, which a page sets by setParameters()), and not on again: since then ${plural(encodings, 'it is', 'they are')} not sent.`;
	},
	'data-channel-unanswered': ({ label, id, messages, fromMs, toMs }) =>
		`This end sent ${count(messages, 'message')} on the data channel “${label}” (number ${id}) from ${duration(fromMs)} to ${duration(toMs)}, and none of the other end came. Whether that one takes them is not in the recording: a channel that the page negotiates itself (negotiated: true) needs one of the same number there.`,
	'data-channel-closed': ({ labels, lastOpenMs, closedAtMs }) => {
		const which =
			labels.length === 0 ? 'last data channel' : labels.length === 1 ? `data channel “${labels[0]}”` : 'last data channel';
		return `The ${which} was closed between ${duration(lastOpenMs)} and ${duration(closedAtMs)}, and none is open since then, while the connection stayed up. Which end closed it is not in the recording.`;
	}
};

const WAYS: Record<EndedMedia['ways'], string> = {
	both: 'is to be sent either way',
	out: 'is to be sent by this end',
	in: 'is to be sent by the other end'
};

/** “audio is to be sent either way, and no video is to be sent by this end”. */
function whatEnded(media: readonly EndedMedia[]): string {
	const ways = [...new Set(media.map((each) => each.ways))];
	const kinds = (some: EndedMedia['ways']) =>
		list(media.filter((each) => each.ways === some).map(({ kind }) => kind)).replace(' and ', ' or ');
	return ways.map((some) => `${kinds(some)} ${WAYS[some]}`).join(', and no ');
}
