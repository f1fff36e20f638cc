/** Paths that two devices may be confined to: which are the same, and what they are called. */
import type { MeetingPath } from '../../observations/observation';

export function samePath(a: MeetingPath, b: MeetingPath): boolean {
	return a.kind === b.kind && a.url === b.url && (a.relayAt ?? null) === (b.relayAt ?? null);
}

export function meetingPathName({ kind, url, relayAt }: MeetingPath): string {
	if (kind === 'relay') return relayAt ? `${url} at the ${relayAt}’s end` : url!;
	return kind === 'direct' ? 'the direct path' : 'whatever path ICE chooses';
}
