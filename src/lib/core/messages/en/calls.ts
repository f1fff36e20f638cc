/** How calls ended, in English. */
import { pathName } from '../../plan/call-steps';
import type { CallName, CallOutcomeValues } from '../../verdict/call/call-values';
import { meetingPathName } from '../../verdict/pair/meeting-path';
import type { MessagesOf } from '../messages';
import { figures } from './call-quality';

export const CALLS: MessagesOf<keyof CallOutcomeValues> = {
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
			return `The call over ${pathName(call.path)}`;
		case 'pair':
			return `The call over ${meetingPathName(call.path)}`;
		case 'recording':
			return 'The call';
		case 'connection':
			return call.label || call.id;
	}
}
