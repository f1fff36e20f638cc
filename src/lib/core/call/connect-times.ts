/** How long a connection took to be established, each time that a recording shows it from both descriptions on. */
import type { RecordedConnection } from '../recording/recording';
import { spreadOf } from '../recording/spread';
import type { ConnectTime } from './connection-figure-shapes';

const UP = new Set(['connected', 'completed']);

/**
 * From the later of the first local and the first remote description, before which no check can be sent (RFC 8445 §5), to the state of the
 * whole connection, DTLS included; to that of ICE where the recorder has no other. The states before it tell nothing: a busy page
 * hears of them when they are over.
 */
export function connectTimesOf({ events }: RecordedConnection): ConnectTime[] {
	if (countsSeconds(events)) return [];
	const by = events.some(({ call, state }) => call === 'connection-state' && state !== undefined)
		? 'connection-state'
		: 'ice-state';
	const refused = refusedDescriptions(events);
	const found: ConnectTime[] = [];
	let set: { local: number | null; remote: number | null } = { local: null, remote: null };
	let up = false;
	for (const { call, state, atMs } of events.filter((event) => !refused.has(event))) {
		// What is negotiated while it stands connects nothing.
		if (!up && call === 'set-local') set.local ??= atMs;
		else if (!up && call === 'set-remote') set.remote ??= atMs;
		else if (call === by && state !== undefined) {
			if (UP.has(state)) {
				const { local, remote } = set;
				if (!up && local !== null && remote !== null && atMs !== null)
					found.push({ atMs, tookMs: atMs - Math.max(local, remote) });
				set = { local: null, remote: null };
			}
			up = UP.has(state);
		}
	}
	return found;
}

/** Calls that set a description and failed: the call itself and its end. */
function refusedDescriptions(events: RecordedConnection['events']): ReadonlySet<RecordedConnection['events'][number]> {
	const setting = events.filter(({ call }) => call === 'set-local' || call === 'set-remote');
	return new Set(
		setting.filter((event, i) => {
			const end = event.phase === 'called' ? setting.slice(i + 1).find(({ call }) => call === event.call) : event;
			return end?.phase === 'failed';
		})
	);
}

/** A log that counts whole seconds cannot show what takes less than one. */
function countsSeconds(events: RecordedConnection['events']): boolean {
	return events.every(({ atMs }) => atMs === null || atMs % 1000 === 0);
}

export interface ConnectTimes {
	count: number;
	medianMs: number;
	worstMs: number;
	/** When it was established that slowly, on the recording's clock. */
	worstAtMs: number;
	/** Id of the connection that took longest. */
	worstConnection: string;
}

/** Of several connections together; null where none shows how long it took. */
export function connectTimesTogether(ends: readonly { id: string; connects: readonly ConnectTime[] }[]): ConnectTimes | null {
	const all = ends.flatMap(({ id, connects }) => connects.map((one) => ({ id, ...one })));
	const spread = spreadOf(all.map(({ tookMs }) => tookMs));
	if (!spread) return null;
	const { id, atMs, tookMs } = all.find(({ tookMs }) => tookMs === spread.most)!;
	return { count: spread.count, medianMs: spread.median, worstMs: tookMs, worstAtMs: atMs, worstConnection: id };
}
