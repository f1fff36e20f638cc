/** The steps of an offer/answer procedure in English, in the words of the API that a page calls. */
import { count } from '../../base/format';
import type { HandshakeCall, LadderValues } from '../../recording/handshake';
import { sayIn, type MessagesOf } from '../messages';

const CALLS: Record<HandshakeCall, string> = {
	'create-offer': 'Create offer',
	'create-answer': 'Create answer',
	'set-local': 'Set local',
	'set-remote': 'Set remote',
	'add-candidate': 'Add remote candidate',
	candidate: 'Candidate gathered',
	'candidate-error': 'Candidate error',
	track: 'Track arrives',
	'data-channel': 'Data channel',
	'negotiation-needed': 'Negotiation needed',
	'signaling-state': 'Signaling',
	'gathering-state': 'Gathering',
	'ice-state': 'ICE',
	'connection-state': 'Connection',
	'dtls-state': 'DTLS',
	'restart-ice': 'ICE restart requested',
	close: 'Closed',
	other: 'Other'
};

export const LADDER: MessagesOf<keyof LadderValues> = {
	'ladder-call': ({ call, type }) => (type === null ? CALLS[call] : `${CALLS[call]} ${type}`),
	'ladder-call-failed': ({ call }) => `${CALLS[call]} failed`,
	'ladder-state': ({ call, state }) => `${CALLS[call]}: ${state}`,
	'ladder-description-sent': ({ type }) => `Send ${type ?? 'description'}`,
	'ladder-candidates-gathered': ({ candidates }) => `${count(candidates, 'candidate')} gathered`,
	'ladder-candidates-sent': ({ candidates }) => `${count(candidates, 'candidate')} sent`,
	'ladder-no-reason': () => 'The browser gave no reason.'
};

export const ladderSentence = sayIn(LADDER);
