/** Paths that two devices may be confined to: which are the same. */
import type { MeetingPath } from '../../observations/observation';

export function samePath(a: MeetingPath, b: MeetingPath): boolean {
	return a.kind === b.kind && a.url === b.url && (a.relayAt ?? null) === (b.relayAt ?? null);
}
