/** How calls ended, in English. */
import type { CallEndingValues, CallName, CallOutcomeValues } from '../../verdict/call/call-values';
import { list } from '../../base/list';
import type { MessagesOf } from '../messages';
import { figures } from './call-quality';
import { callPathName, meetingPathName } from './path-names';
import { connectionName } from './recording-names';

const ENDINGS: Record<CallEndingValues['call-ended']['endedBy'], string> = {
	running: 'The call goes on.',
	stopped: 'The call was stopped.',
	duration: 'The time chosen is over.',
	'not-connected': 'The two ends did not connect over this path.',
	'path-lost': 'The path was lost during the call.',
	'page-left': 'The page was left.',
	'peer-left': 'The other device left.',
	failed: 'The call could not be made.'
};

export function endingText(endedBy: CallEndingValues['call-ended']['endedBy']): string {
	return ENDINGS[endedBy];
}

export const CALLS: MessagesOf<keyof CallOutcomeValues | keyof CallEndingValues> = {
	'call-ended': ({ endedBy, browserSaid }) => `${endingText(endedBy)}${browserSaid === null ? '' : ` ${browserSaid}`}`,
	'call-was-connected': ({ call, figures: measured }) =>
		`${name(call)} connected${measured === null ? '' : `: ${figures(measured)}`}.`,
	'call-never-connected': ({ call }) => `${name(call)} did not connect.`,
	'call-was-interrupted': ({ call }) => `${name(call)} connected, then lost its connection.`,
	'call-under-way': ({ call }) => `${name(call)} has not connected yet.`,
	'call-ended-early': ({ call }) => `${name(call)} was ended before it connected.`,
	'call-outcome-unknown': ({ call }) => `${name(call)} left no record of whether it connected.`
};

function name(call: CallName): string {
	switch (call.kind) {
		case 'loopback':
			return `The call over ${callPathName(call.path)}`;
		case 'pair':
			return `The call over ${meetingPathName(call.path)}`;
		case 'recording':
			return 'The call';
		case 'ends':
			return `The call between ${list(call.labels)}`;
		case 'connection':
			return connectionName(call);
	}
}
