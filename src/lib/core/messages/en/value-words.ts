/** The names of the values that a report concludes, all of them in English: for documents; a screen imports those that it shows. */
import { PEER_CLASS_WORDS } from './peer-classes';
import {
	ANSWER_WORDS,
	FAMILY_WORDS,
	FINDING_WORDS,
	NAT_FIELD_WORDS,
	PAIR_REASON_WORDS,
	PAIR_STEP_WORDS,
	PATH_OUTCOME_WORDS,
	PEER_WORDS,
	SERVER_STATE_WORDS,
	serverName,
	UNPROVEN_WORD
} from './vocabulary';

export const VALUE_WORDS = {
	answers: ANSWER_WORDS,
	families: FAMILY_WORDS,
	findings: FINDING_WORDS,
	natFields: NAT_FIELD_WORDS,
	pairReasons: PAIR_REASON_WORDS,
	pairSteps: PAIR_STEP_WORDS,
	pathOutcomes: PATH_OUTCOME_WORDS,
	peerClasses: PEER_CLASS_WORDS,
	peers: PEER_WORDS,
	serverName,
	serverStates: SERVER_STATE_WORDS,
	unproven: UNPROVEN_WORD
};
