/** What the verdict in a word or two is made of. */
import type { Conclusions, QuestionAnswers, Verdict } from '../conclusion';
import type { NetworkCheckValues } from './network-check-values';
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
	/** What another program found out about a network. */
	| {
			about: 'network-check';
			problems: number;
			warnings: number;
			udp: 'yes' | 'silent' | 'unknown';
			needsTurn: QuestionAnswers['needs-turn'];
	  }
	/** A call of this page with itself. */
	| { about: 'loopback-call'; quality: QuestionAnswers['call-quality'] };

export function headlineFacts({ headline: { about, rule, verdict }, answers, calls, findings }: Conclusions): HeadlineFacts {
	if (about === 'pair') return { about, verdict };
	const ofSeverity = (severity: string) => rootFindings(findings).filter((each) => each.severity === severity).length;
	if (rule === 'headline-import-network') {
		const of = (id: string) => findings.find((each) => each.rule === id);
		const need = of('network-check-needs-turn')?.values as NetworkCheckValues['network-check-needs-turn'] | undefined;
		return {
			about: 'network-check',
			problems: ofSeverity('problem'),
			warnings: ofSeverity('warning'),
			udp: of('network-check-udp-silent') ? 'silent' : of('network-check-udp-works') ? 'yes' : 'unknown',
			needsTurn: need?.says ?? 'unknown'
		};
	}
	// The report's word for calls that were read from a dump.
	if (about === 'call') {
		const ended = (connected: string) => calls.filter((call) => call.connected === connected).length;
		return {
			about: 'dump',
			verdict,
			calls: calls.length,
			failed: ended('no'),
			interrupted: ended('interrupted'),
			problems: ofSeverity('problem'),
			warnings: ofSeverity('warning')
		};
	}
	if (rule === 'headline-call-quality') {
		const answer = answers.find(({ question }) => question === 'call-quality');
		return { about: 'loopback-call', quality: answer?.question === 'call-quality' ? answer.says : 'unknown' };
	}
	return { about: 'network', verdict, rule };
}
