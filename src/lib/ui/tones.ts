/** How a result is shown. Three states for what was measured, amber for advice, grey for what is not known. */
import type { Answer, Finding, ServerState } from '../core/report/report';

export type Tone = 'fine' | 'normal' | 'warning' | 'problem' | 'unknown';

/** The headline's verdict, as `headline()` names it. */
export type Verdict = 'direct' | 'with-turn' | 'turn-always' | 'fails' | 'cannot-tell';

export function serverTone(state: ServerState): Tone {
	if (state === 'works') return 'fine';
	return state === 'not-tested' || state === 'unknown' ? 'unknown' : 'problem';
}

export function verdictTone(verdict: Verdict): Tone {
	const tones: Record<Verdict, Tone> = {
		direct: 'fine',
		'with-turn': 'normal',
		'turn-always': 'normal',
		fails: 'problem',
		'cannot-tell': 'unknown'
	};
	return tones[verdict];
}

export function findingTone(severity: Finding['severity']): Tone {
	return severity === 'info' ? 'normal' : severity;
}

/** What an answer means for the person asking. A value this version does not know is shown as unknown, never as good. */
export function answerTone(answer: Answer): Tone {
	const tones: { [Q in Answer['question']]: Record<string, Tone> } = {
		'needs-turn': { never: 'fine', 'for-some-peers': 'normal', always: 'normal' },
		'turn-works': { yes: 'fine', partly: 'warning', no: 'problem', 'no-turn-configured': 'normal' },
		'calls-will-work': { yes: 'fine', 'with-turn': 'normal', no: 'problem' },
		'udp-usable': { yes: 'fine', no: 'problem' },
		'ipv6-usable': { yes: 'fine', no: 'normal' },
		'call-quality': { good: 'fine', fair: 'warning', poor: 'problem' }
	};
	return tones[answer.question]?.[answer.says] ?? 'unknown';
}
