/** What paths are called, in English. */
import type { CallPath, MeetingPath } from '../../observations/observation';

export function callPathName({ kind, url, far, farUrl }: CallPath): string {
	if (kind === 'relay' && farUrl) return `${url} to ${farUrl}`;
	if (kind === 'relay') return far === 'direct' ? `${url} at one end` : url!;
	return { any: 'whatever path ICE chooses', host: 'host candidates', srflx: 'server-reflexive candidates' }[kind];
}

export function meetingPathName({ kind, url, relayAt }: MeetingPath): string {
	if (kind === 'relay') return relayAt ? `${url} at the ${relayAt}’s end` : url!;
	return kind === 'direct' ? 'the direct path' : 'whatever path ICE chooses';
}
