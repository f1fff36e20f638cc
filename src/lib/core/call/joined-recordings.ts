/** Recordings of the two ends of one call, made into one recording, so that they are judged as both ends in one file are. */
import type { RecordedConnection, Recording } from '../recording/recording';
import { isOneCall, namesOf, otherEnds, type EndNames } from './call-ends';

export interface NamedRecording {
	/** What the file is called. */
	name: string;
	recording: Recording;
}

/** `format` of what was joined: its ends have clocks of their own, so that counts of both are not compared at one time. */
export const JOINED_FORMAT = 'joined';

/**
 * What the connections of a recording say of themselves and of their other ends, as far as those are not in it too. None where its times
 * do not count from 1970: without a common clock nothing of one recording has a place in another.
 */
export function loneEnds(recording: Recording): EndNames[] {
	if (recording.clock !== 'epoch') return [];
	const within = otherEnds(recording);
	return recording.connections.filter(({ id }) => !within.has(id)).map(namesOf);
}

/** Indices of the recordings that belong together, given the lone ends of each: each by itself, or all that hold ends of the same calls. */
export function recordingsTogether(loneEnds: readonly (readonly EndNames[])[]): number[][] {
	const ends = loneEnds.flatMap((names, file) => names.map((one) => ({ file, names: one })));
	const group = loneEnds.map((_, file) => file);
	const matches = (end: { file: number; names: EndNames }) =>
		ends.filter((other) => other.file !== end.file && isOneCall(end.names, other.names));
	for (const end of ends) {
		const [other, second] = matches(end);
		// Of several nobody knows: one end may have been saved twice.
		if (!other || second || matches(other).length !== 1) continue;
		const [from, to] = [group[other.file]!, group[end.file]!];
		group.forEach((each, file) => {
			if (each === from) group[file] = to;
		});
	}
	return [...new Set(group)].map((each) => group.flatMap((own, file) => (own === each ? [file] : [])));
}

/** Of one recording the recording itself. */
export function joinRecordings(parts: readonly [NamedRecording, ...NamedRecording[]]): Recording {
	const [first] = parts;
	if (parts.length === 1) return first.recording;
	const same = <T>(read: (recording: Recording) => T): T | null => {
		const all = new Set(parts.map(({ recording }) => read(recording)));
		return all.size === 1 ? [...all][0]! : null;
	};
	return {
		format: JOINED_FORMAT,
		formatName: [...new Set(parts.map(({ recording }) => recording.formatName))].join(', '),
		clock: 'epoch',
		// What a browser does is said of one browser alone.
		userAgent: same(({ userAgent }) => userAgent),
		connections: parts.flatMap(({ name, recording }, part) => recording.connections.map((one) => renamed(one, name, part))),
		media: parts.flatMap(({ recording }) => recording.media),
		notes: parts.flatMap(({ name, recording }) =>
			recording.notes.map((note) => ({ ...note, where: [name, note.where].filter((each) => each !== '').join(', ') }))
		)
	};
}

/** Ids are unique within one recording; the label says which file it is from. */
function renamed(connection: RecordedConnection, name: string, part: number): RecordedConnection {
	const { tracks: _, ...rest } = connection;
	const id = part === 0 ? connection.id : `${connection.id}@${part + 1}`;
	return {
		...rest,
		id,
		label: `${connection.label || connection.id} (${name})`,
		events: connection.events.map((event) => ({ ...event, peer: id })),
		// A packed recording unpacks what is asked for.
		get tracks() {
			return connection.tracks;
		}
	};
}
