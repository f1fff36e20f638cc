/** Why a probe failed, in English. */
import { duration } from '../../base/format';
import type { FailureValues } from '../../observations/failure-values';
import type { MessagesOf } from '../messages';

export const FAILURES: MessagesOf<keyof FailureValues> = {
	'failed-cancelled': () => 'Cancelled.',
	'failed-deadline': ({ deadlineMs }) => `The probe did not end within its deadline of ${duration(deadlineMs)}.`,
	'failed-no-webrtc': () => 'This browser has no WebRTC, or it is switched off.',
	'failed-no-answer': ({ url, deadlineMs }) => `${url} gave no answer within ${duration(deadlineMs)}.`,
	'failed-not-fetched': ({ url, browserSaid }) => `${url} could not be fetched: ${browserSaid}`,
	'failed-prober-status': ({ status, kind }) =>
		kind === 'session' ? `The prober answered with status ${status}.` : `The prober gave no result (status ${status}).`,
	'failed-prober-no-result': ({ deadlineMs }) => `The prober gave no result within ${duration(deadlineMs)}.`,
	'failed-prober-other-version': ({ fault }) => `The prober gave an answer of another version. ${fault}`,
	'failed-in-words': ({ said }) => said
};
