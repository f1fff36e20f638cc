/** What the verdict in a word or two is made of. */
import type { Conclusions, QuestionAnswers, Verdict } from '../conclusion';
import { rootFindings } from '../root-findings';

export type HeadlineFacts =
	| { about: 'network'; verdict: Verdict; rule: string }
	| { about: 'pair'; verdict: Verdict }
	/** Statistics from elsewhere: what became of the calls, and how much was found in them. */
	| {
			about: 'dump';
			verdict: Verdict;
			calls: number;
			failed: number;
			interrupted: number;
			problems: number;
			warnings: number;
	  }
	/** A call of this page with itself. */
	| { about: 'loopback-call'; quality: QuestionAnswers['call-quality'] };

export function headlineFacts({ headline: { about, rule, verdict }, answers, calls, findings }: Conclusions): HeadlineFacts {
	if (about === 'pair') return { about, verdict };
	// The report's word for calls that were read from a dump.
	if (about === 'call') {
		const of = (severity: string) => rootFindings(findings).filter((each) => each.severity === severity).length;
		const ended = (connected: string) => calls.filter((call) => call.connected === connected).length;
		return {
			about: 'dump',
			verdict,
			calls: calls.length,
			failed: ended('no'),
			interrupted: ended('interrupted'),
			problems: of('problem'),
			warnings: of('warning')
		};
	}
	if (rule === 'headline-call-quality') {
		const answer = answers.find(({ question }) => question === 'call-quality');
		return { about: 'loopback-call', quality: answer?.question === 'call-quality' ? answer.says : 'unknown' };
	}
	return { about: 'network', verdict, rule };
}
