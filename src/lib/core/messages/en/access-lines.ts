/** What measurements say about this device's access line, in English. */
import type { LineNoteValues, LineValues } from '../../verdict/call/access-lines';
import type { MessagesOf } from '../messages';
import { callPathName, meetingPathName } from './path-names';

export const LINES: MessagesOf<keyof LineValues | keyof LineNoteValues> = {
	'line-by-load-test': ({ path }) => `Load test, ${callPathName(path)}`,
	'line-by-call': ({ path }) => `Call, ${callPathName(path)}`,
	'line-by-two-devices': ({ path, other }) => `Two devices, ${meetingPathName(path)} to ${other}`,

	'line-carries-at-least': () =>
		'This device called itself over the relay, so everything went up the line and came down again: each direction carries at least this, and one of them may carry more.',
	'line-round-trip-twice': () =>
		'Each round trip crosses the uplink and the downlink twice, as between two users with similar access lines.',
	'line-loss-of-idle-messages': ({ messages }) =>
		`The loss is that of ${messages} small messages each way on the idle line, in the worse direction.`,
	'line-call-takes-what-it-needs': () => 'A call sends no more than it needs, so it does not show what the line could carry.',
	'line-estimate-missing': () => 'This browser reports no available outgoing bitrate.',
	'line-estimate-of-whole-path': () =>
		'Up is the available outgoing bitrate of this end, down that of the other end: estimates for the whole path between the two. A call with one video asks for no more, so the line may carry more.',
	'line-loss-of-worse-direction': () => 'The loss is that of the worse direction.'
};
