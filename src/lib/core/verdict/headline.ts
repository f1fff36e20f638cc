/** The verdict in one sentence, and what to do about it. From the conclusions alone, so that a saved report has one too. */
import type { Conclusions, Question, QuestionAnswers } from './conclusion';

export type Verdict = 'direct' | 'with-turn' | 'turn-always' | 'fails' | 'cannot-tell';

export interface Headline {
	/** Id of the rule that spoke. */
	rule: string;
	verdict: Verdict;
	/** One sentence. */
	text: string;
	/** What to do; null when nothing needs doing. */
	advice: string | null;
}

interface Said {
	says: QuestionAnswers;
	summary: Record<Question, string>;
	rules: Set<string>;
	missing: string | null;
	/** A TURN server does not work over TCP or TLS; over UDP none can where UDP does not get out. */
	faultyBeyondUdp: boolean;
}

export interface HeadlineRule {
	id: string;
	title: string;
	when(said: Said): boolean;
	verdict: Verdict;
	text(said: Said): string;
	advice(said: Said): string | null;
}

const ADD_OUTSIDE = 'Add a STUN or TURN server outside this network, or switch on a public one, and check again.';
const ADD_TURN = 'Add a TURN server that is reached over UDP, TCP and TLS on port 443.';
const REPAIR_TURN = 'The servers table says what is wrong with each TURN server.';

export const HEADLINE_RULES: readonly HeadlineRule[] = [
	{
		id: 'headline-fails',
		title: 'Calls will fail.',
		when: ({ says }) => says['calls-will-work'] === 'no',
		verdict: 'fails',
		text: ({ summary }) => summary['calls-will-work'],
		advice: ({ says }) =>
			says['turn-works'] === 'no' ? REPAIR_TURN : 'Add a TURN server that is reached over TCP or TLS, best on port 443.'
	},
	{
		id: 'headline-direct',
		title: 'Direct calls work.',
		when: ({ says }) => says['calls-will-work'] === 'yes',
		verdict: 'direct',
		text: () => 'Direct calls work from this network.',
		advice: () => null
	},
	{
		id: 'headline-turn-always',
		title: 'TURN is always needed, and works.',
		when: ({ says }) => says['needs-turn'] === 'always' && says['calls-will-work'] === 'with-turn',
		verdict: 'turn-always',
		text: () => 'Calls work, all of them through TURN: UDP does not get out of this network.',
		advice: ({ faultyBeyondUdp }) => (faultyBeyondUdp ? REPAIR_TURN : null)
	},
	{
		id: 'headline-turn-always-unproven',
		title: 'TURN is always needed, and none has been proven to work.',
		when: ({ says }) => says['needs-turn'] === 'always',
		verdict: 'turn-always',
		text: () => 'Every call needs TURN here, and no TURN server has been proven to work.',
		advice: () => ADD_TURN
	},
	{
		id: 'headline-with-turn',
		title: 'Calls work, with TURN for some peers.',
		when: ({ says }) => says['calls-will-work'] === 'with-turn' && says['needs-turn'] === 'for-some-peers',
		verdict: 'with-turn',
		text: () => 'Calls work: directly where the other side allows it, through TURN with the others.',
		advice: ({ says }) => (says['turn-works'] === 'partly' ? REPAIR_TURN : null)
	},
	{
		id: 'headline-with-turn-at-hand',
		title: 'Calls work, through TURN where no direct path forms.',
		when: ({ says }) => says['calls-will-work'] === 'with-turn',
		verdict: 'with-turn',
		text: ({ rules }) =>
			rules.has('turn-need-unknown-filtering')
				? 'Calls work: directly to most peers, through TURN to the rest.'
				: 'Calls work through TURN; how many would also work without it is not known.',
		advice: ({ says }) => (says['turn-works'] === 'partly' ? REPAIR_TURN : null)
	},
	{
		id: 'headline-needs-working-turn',
		title: 'Some peers need TURN, and none has been proven to work.',
		when: ({ says }) => says['needs-turn'] === 'for-some-peers',
		verdict: 'with-turn',
		text: () => 'Calls work directly to some peers only; the others need TURN, and no TURN server has been proven to work.',
		advice: ({ says }) => (says['turn-works'] === 'no-turn-configured' ? ADD_TURN : REPAIR_TURN)
	},
	{
		id: 'headline-only-local',
		title: 'Only servers on this machine or its own network were asked.',
		when: ({ rules }) => rules.has('calls-only-local-servers'),
		verdict: 'cannot-tell',
		text: () => "Cannot tell: no server outside was asked, only this machine's own network.",
		advice: () => ADD_OUTSIDE
	},
	{
		id: 'headline-mostly-direct',
		title: 'Direct calls to most peers should work; no TURN server is proven for the rest.',
		when: ({ rules }) => rules.has('turn-need-unknown-filtering'),
		verdict: 'cannot-tell',
		text: () =>
			'Cannot tell for every peer: direct calls to most should work, and for the rest no TURN server has been proven to work.',
		advice: ({ says }) => (says['turn-works'] === 'no-turn-configured' ? ADD_TURN : REPAIR_TURN)
	},
	{
		id: 'headline-cannot-tell',
		title: 'The evidence does not decide it.',
		when: () => true,
		verdict: 'cannot-tell',
		text: ({ summary }) =>
			`Cannot tell: ${summary['calls-will-work'].replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}`,
		advice: ({ missing }) => missing
	}
];

export function headline(conclusions: Conclusions): Headline {
	const said = read(conclusions);
	const rule = HEADLINE_RULES.find((r) => r.when(said))!;
	return { rule: rule.id, verdict: rule.verdict, text: rule.text(said), advice: rule.advice(said) };
}

/** A report of another version may lack a question: what is not answered is unknown. */
function read({ answers, servers }: Conclusions): Said {
	const said: Said = {
		says: {
			'needs-turn': 'unknown',
			'turn-works': 'unknown',
			'calls-will-work': 'unknown',
			'udp-usable': 'unknown',
			'ipv6-usable': 'unknown',
			'call-quality': 'unknown'
		},
		summary: {
			'needs-turn': '',
			'turn-works': '',
			'calls-will-work': 'The report has no answer to this.',
			'udp-usable': '',
			'ipv6-usable': '',
			'call-quality': ''
		},
		rules: new Set(answers.flatMap((a) => a.because.map((b) => b.rule))),
		missing: answers.find((a) => a.question === 'calls-will-work')?.missing[0]?.text ?? null,
		faultyBeyondUdp: servers.some((s) => s.kind === 'turn' && s.transport !== 'udp' && s.state !== 'works')
	};
	for (const { question, says, summary } of answers) {
		(said.says as Record<Question, string>)[question] = says;
		said.summary[question] = summary;
	}
	return said;
}
