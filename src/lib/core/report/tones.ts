/**
 * How a result is shown, the same on screens, in documents and in the command line: three states for what was measured, amber for
 * advice, grey for what is not known. A value that this version does not know is shown as unknown, never as good.
 */
import type { Outcome } from '../call/outcome';
import type { Judgement } from '../call/quality';
import type { Answer, ServerConclusion } from '../verdict/conclusion';
import type { PairOutcome } from '../verdict/pair/pair-conclusion';
import { isUndecided } from './path-diagram/paths';
import type { Finding } from './report';
import { entryOf } from '../base/record';

/** Never by colour alone: a mark or a word goes with it. */
export type Tone = 'fine' | 'normal' | 'warning' | 'problem' | 'unknown';

const VERDICTS: Readonly<Record<string, Tone>> = {
	direct: 'fine',
	'with-turn': 'normal',
	'turn-always': 'normal',
	fails: 'problem',
	reached: 'fine',
	'reached-partly': 'warning',
	'not-answered': 'problem'
};

export function verdictTone(verdict: string): Tone {
	return entryOf(VERDICTS, verdict) ?? 'unknown';
}

const ANSWERS: Readonly<Record<string, Tone>> = {
	'needs-turn never': 'fine',
	'needs-turn for-some-peers': 'normal',
	'needs-turn always': 'normal',
	'turn-works yes': 'fine',
	'turn-works partly': 'warning',
	'turn-works no': 'problem',
	'turn-works no-turn-configured': 'normal',
	'calls-will-work yes': 'fine',
	'calls-will-work with-turn': 'normal',
	'calls-will-work no': 'problem',
	'udp-usable yes': 'fine',
	'udp-usable no': 'problem',
	'ipv6-usable yes': 'fine',
	'ipv6-usable no': 'normal',
	'call-quality good': 'fine',
	'call-quality fair': 'warning',
	'call-quality poor': 'problem'
};

export function answerTone({ question, says }: { question: Answer['question']; says: string }): Tone {
	return entryOf(ANSWERS, `${question} ${says}`) ?? 'unknown';
}

export function qualityTone(judgement: Judgement): Tone {
	return answerTone({ question: 'call-quality', says: judgement });
}

export function serverTone(server: Pick<ServerConclusion, 'state' | 'proof'>): Tone {
	if (server.state === 'works') return 'fine';
	return isUndecided(server) ? 'unknown' : 'problem';
}

export function findingTone(severity: Finding['severity']): Tone {
	return severity === 'info' ? 'normal' : severity;
}

/** Whether something can be had: a `no` is a problem, unless it only describes a network. */
const POSSIBLE = { yes: 'fine', no: 'problem', unknown: 'unknown' } as const satisfies Record<string, Tone>;

export function possibleTone(possible: keyof typeof POSSIBLE): Tone {
	return POSSIBLE[possible];
}

/** A peer that is not reached without a relay is what relays are for. */
export function peerTone(direct: keyof typeof POSSIBLE): Tone {
	return direct === 'no' ? 'normal' : POSSIBLE[direct];
}

/**
 * A path between two devices that was tried. That it does not connect is no news where both checks had said so, and one that was
 * ended before says nothing.
 */
export function attemptTone({ connected, endedBy, agrees }: Pick<PairOutcome, 'connected' | 'endedBy' | 'agrees'>): Tone {
	if (connected === true) return 'fine';
	if (connected === null || endedBy !== 'not-connected') return 'unknown';
	return agrees === true ? 'normal' : 'problem';
}

const CALLS: Record<Outcome, Tone> = {
	connected: 'fine',
	closed: 'fine',
	lost: 'problem',
	failed: 'problem',
	'never-connected': 'problem',
	unknown: 'unknown'
};

export function callTone(outcome: Outcome): Tone {
	return CALLS[outcome];
}

/** A request for camera, microphone or screen. */
export function mediaRequestTone(outcome: string): Tone {
	return outcome === 'granted' ? 'fine' : outcome === 'failed' ? 'problem' : 'unknown';
}

/** State of a candidate pair (RFC 8445 §6.1.2.6). A failed one among others is how ICE works: it is no problem of the network. */
export function pairTone(state: string | null): Tone {
	return state === 'succeeded' ? 'fine' : state === 'failed' ? 'normal' : 'unknown';
}
