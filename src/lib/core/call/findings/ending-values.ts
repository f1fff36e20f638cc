/** The values of what ended media or a connection in a call that had worked. None of it is a fault: calls end, and are put on hold. */
import type { Direction } from '../../sdp/text/description';

export type End = 'this-end' | 'other-end';

/** Which way media of a kind no longer goes. */
export interface EndedMedia {
	kind: 'audio' | 'video';
	ways: 'both' | 'in' | 'out';
}

export interface EndingValues {
	'closed-by-other-end': { closedAtMs: number };
	/** What the description of one end says since, which the other one accepted: a direction, or port 0. */
	'media-direction-ended': {
		media: EndedMedia[];
		by: End;
		says: Exclude<Direction, 'sendrecv'> | 'port-0';
		endedAtMs: number | null;
	};
	/** A video that is sent with far fewer frames than it was, to the end; means before and since. */
	'video-slowed': { fromMs: number; toMs: number; beforePerSecond: number; framesPerSecond: number };
	/** Media of which both ends have sections, and which no round lets either end send: `says` is the direction of the offer. */
	'media-neither-way': { kinds: ('audio' | 'video')[]; offeredBy: End; says: Direction; answeredAtMs: number | null };
	/** Media that was offered both ways, and that the answer of one end only receives. */
	'media-one-way': { kinds: ('audio' | 'video')[]; by: End; answeredAtMs: number | null };
	/** All of a kind that came. `stoppedSending`: the reports of the other end count nothing since; null where they do not tell. */
	'inbound-media-stopped': { kind: 'audio' | 'video'; fromMs: number; toMs: number; stoppedSending: true | null };
	/** Bytes of each packet (audio) or frame (video), means since and before. */
	'inbound-media-emptied': {
		kind: 'audio' | 'video';
		fromMs: number;
		toMs: number;
		bytesEach: number;
		beforeBytesEach: number;
	};
	'audio-source-ended': { fromMs: number; toMs: number };
	/** No energy since, though samples come and there had been some. */
	'audio-source-silent': { fromMs: number; toMs: number };
	'sender-without-track': { kind: 'audio' | 'video'; lastSeenMs: number; missingAtMs: number };
	/** So many of all that were ever active; names of the layers, where they have some. */
	'encodings-switched-off': {
		kind: 'audio' | 'video';
		encodings: number;
		ofEncodings: number;
		rids: string[];
		lastActiveMs: number;
		inactiveAtMs: number;
	};
	/** Messages of this end on an open channel; on no channel one of the other end came. */
	'data-channel-unanswered': { label: string; id: number; fromMs: number; toMs: number; messages: number };
	/** Labels of the channels, where the statistics have them; between two samples. None is open afterwards. */
	'data-channel-closed': { labels: string[]; lastOpenMs: number; closedAtMs: number };
}
