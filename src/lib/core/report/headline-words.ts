/** The verdict in a word or two and its tone, the same on screens, in documents and in the list of kept reports. */
import { headlineTitle } from '../messages/en/headline-title';
import type { Conclusions } from '../verdict/conclusion';
import { headlineFacts, type HeadlineFacts } from '../verdict/check/headline-facts';
import { answerTone, verdictTone, type Tone } from './tones';

export interface HeadlineWords {
	title: string;
	tone: Tone;
}

export function headlineWords(conclusions: Conclusions, titleOf = headlineTitle): HeadlineWords {
	const facts = headlineFacts(conclusions);
	return { title: titleOf(facts), tone: toneOf(facts, conclusions) };
}

function toneOf(facts: HeadlineFacts, { answers }: Conclusions): Tone {
	switch (facts.about) {
		case 'pair':
			return verdictTone(facts.verdict);
		case 'dump':
			if (facts.problems + facts.failed + facts.interrupted > 0) return 'problem';
			if (facts.warnings > 0) return 'warning';
			return facts.verdict === 'unknown' && facts.calls > 0 ? 'unknown' : 'fine';
		case 'network-check':
			if (facts.problems > 0) return 'problem';
			if (facts.warnings > 0 || facts.needsTurn === 'for-some-peers') return 'warning';
			return facts.udp === 'yes' || facts.needsTurn === 'never' ? 'fine' : 'unknown';
		case 'loopback-call':
			return answerTone({ question: 'call-quality', says: facts.quality });
		case 'network': {
			const { verdict, rule } = facts;
			const proven = answers.some(({ question, says }) => question === 'turn-works' && (says === 'yes' || says === 'partly'));
			const needsTurn = verdict === 'with-turn' || verdict === 'turn-always';
			return rule === 'headline-needs-working-turn' || (needsTurn && !proven) ? 'warning' : verdictTone(verdict);
		}
	}
}
