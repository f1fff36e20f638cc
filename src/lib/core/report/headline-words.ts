/** The verdict in a word or two and its tone, the same on screens, in documents and in the list of kept reports. */
import { count } from '../base/format';
import { list } from '../base/words';
import type { Answer, Conclusions } from '../verdict/conclusion';
import { rootFindings } from '../verdict/root-findings';
import { answerTone, verdictTone, type Tone } from './tones';
import { ANSWER_WORDS, entryOf, VERDICT_WORDS } from './vocabulary';

export interface HeadlineWords {
	title: string;
	tone: Tone;
}

const PAIR_WORDS: Readonly<Record<string, HeadlineWords>> = {
	direct: { title: 'The two connect directly', tone: 'fine' },
	'with-turn': { title: 'The two connect over a relay', tone: 'normal' },
	fails: { title: 'The two did not connect', tone: 'problem' },
	unknown: { title: 'Ended before they connected', tone: 'unknown' }
};

export function headlineWords(conclusions: Conclusions): HeadlineWords {
	const { about, rule, verdict } = conclusions.headline;
	if (about === 'pair') return entryOf(PAIR_WORDS, verdict) ?? PAIR_WORDS.unknown!;
	if (about === 'call') return faultWords(conclusions);
	if (rule === 'headline-call-quality') return qualityWords(conclusions);
	const proven = ['yes', 'partly'].includes(saysOf(conclusions, 'turn-works'));
	// The verdict is of the kind that TURN helps; none has been proven to.
	if (rule === 'headline-needs-working-turn') return { title: 'Some calls need TURN, and none works yet', tone: 'warning' };
	const needsTurn = verdict === 'with-turn' || verdict === 'turn-always';
	return {
		title: entryOf<string>(VERDICT_WORDS, verdict) ?? verdict,
		tone: needsTurn && !proven ? 'warning' : verdictTone(verdict)
	};
}

function saysOf({ answers }: Conclusions, question: Answer['question']): string {
	return answers.find((answer) => answer.question === question)?.says ?? 'unknown';
}

/** Of statistics from elsewhere: how much was found in them. */
function faultWords({ findings }: Conclusions): HeadlineWords {
	const of = (severity: string) => rootFindings(findings).filter((each) => each.severity === severity).length;
	const [problems, warnings] = [of('problem'), of('warning')];
	const parts = [...(problems > 0 ? [count(problems, 'problem')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])];
	return {
		title: parts.length > 0 ? list(parts) : 'Nothing stands out',
		tone: problems > 0 ? 'problem' : warnings > 0 ? 'warning' : 'fine'
	};
}

function qualityWords(conclusions: Conclusions): HeadlineWords {
	const says = saysOf(conclusions, 'call-quality');
	const words = ANSWER_WORDS['call-quality'].says as Record<string, string>;
	return {
		title: `Call quality: ${(entryOf(words, says) ?? says).toLowerCase()}`,
		tone: answerTone({ question: 'call-quality', says })
	};
}
