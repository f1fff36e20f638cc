/** Text search over all that a recording holds. */
import type { Recording } from '../recording/recording';

export interface SearchHit {
	connection: string | null;
	atMs: number | null;
	/** Where it was found: an event, a field, a note. */
	what: string;
	text: string;
	track: string | null;
}

/** More are not listed. */
export const SEARCH_HITS_AT_MOST = 200;

/** Events, descriptions, fields and notes that contain the text; numbers are matched as a whole. */
export function searchRecording(recording: Recording, wanted: string): SearchHit[] {
	const text = wanted.trim().toLowerCase();
	const hits: SearchHit[] = [];
	if (text.length < 2) return hits;
	const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
	const excerpt = (whole: string) => {
		const at = whole.toLowerCase().indexOf(text);
		const from = Math.max(0, at - 40);
		return `${from > 0 ? '…' : ''}${whole.slice(from, at + text.length + 80).replace(/\s+/g, ' ')}`;
	};
	const add = (hit: Omit<SearchHit, 'text'>, whole: string) => {
		if (hits.length < SEARCH_HITS_AT_MOST && whole.toLowerCase().includes(text)) hits.push({ ...hit, text: excerpt(whole) });
	};
	for (const { text: note, where } of recording.notes)
		add({ connection: null, atMs: null, what: 'note', track: null }, `${note} ${where}`);
	for (const { method, audio, video, detail, atMs } of recording.media)
		add({ connection: null, atMs, what: method, track: null }, [audio, video, detail].filter((part) => part !== null).join(' '));
	for (const connection of recording.connections) {
		const base = { connection: connection.id, track: null };
		add({ ...base, atMs: null, what: 'configuration' }, `${connection.url ?? ''} ${connection.configuration ?? ''}`);
		for (const { call, phase, atMs, description, candidate, state, error, name, detail } of connection.events) {
			const whole = [name ?? call, phase, state, error, candidate, detail, description?.type, description?.sdp]
				.filter((part) => part !== undefined && part !== '')
				.join(' ');
			add({ ...base, atMs, what: call === 'other' ? (name ?? 'event') : call }, whole);
			if (hits.length >= SEARCH_HITS_AT_MOST) return hits;
		}
		for (const { id, type, columns } of connection.tracks) {
			add({ ...base, atMs: null, what: type || 'object', track: id }, `${type} ${id}`);
			for (const { field, tMs, v } of columns) {
				// Many samples of a column have the same text: the first that matches is listed.
				const at = v.findIndex((value) =>
					typeof value === 'string' ? value.toLowerCase().includes(text) : typeof value === 'number' && number === value
				);
				if (at >= 0) add({ ...base, atMs: tMs[at]!, what: `${type} ${field}`, track: id }, String(v[at]));
				else add({ ...base, atMs: null, what: type, track: id }, field);
			}
			if (hits.length >= SEARCH_HITS_AT_MOST) return hits;
		}
	}
	return hits;
}
