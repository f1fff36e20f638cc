/** The verdict in a word or two, in English. */
import { count } from '../../base/format';
import { entryOf } from '../../base/record';
import { list } from '../../base/list';
import type { HeadlineFacts } from '../../verdict/check/headline-facts';
import { ANSWER_WORDS, VERDICT_WORDS } from './vocabulary';

const PAIR_TITLES: Readonly<Record<string, string>> = {
	direct: 'The two connect directly',
	'with-turn': 'The two connect over a relay',
	fails: 'The two did not connect'
};

export function headlineTitle(facts: HeadlineFacts): string {
	switch (facts.about) {
		case 'pair':
			return entryOf(PAIR_TITLES, facts.verdict) ?? 'Ended before they connected';
		case 'dump':
			return dumpTitle(facts);
		case 'network-check':
			return networkTitle(facts);
		case 'loopback-call': {
			const words: Readonly<Record<string, string>> = ANSWER_WORDS['call-quality'].says;
			return `Call quality: ${(entryOf(words, facts.quality) ?? facts.quality).toLowerCase()}`;
		}
		case 'network':
			// The verdict is of the kind that TURN helps; none has been proven to.
			if (facts.rule === 'headline-needs-working-turn') return 'Some calls need TURN, and none works yet';
			return entryOf<string>(VERDICT_WORDS, facts.verdict) ?? facts.verdict;
	}
}

function networkTitle(facts: HeadlineFacts & { about: 'network-check' }): string {
	const { udp, needsTurn } = facts;
	if (udp === 'silent') return 'Nothing came back over UDP';
	const words: Record<typeof needsTurn, string> = {
		always: VERDICT_WORDS['turn-always'],
		never: VERDICT_WORDS.direct,
		'for-some-peers': 'Calls to some peers need TURN',
		unknown: udp === 'yes' ? 'UDP works' : VERDICT_WORDS.unknown
	};
	return [words[needsTurn], ...faultsOf(facts)].join(', ');
}

function faultsOf({ problems, warnings }: { problems: number; warnings: number }): string[] {
	return [...(problems > 0 ? [count(problems, 'problem')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])];
}

function dumpTitle(facts: HeadlineFacts & { about: 'dump' }): string {
	const { verdict, calls, failed, interrupted } = facts;
	const found = faultsOf(facts);
	if (calls === 0) return found.length > 0 ? list(found) : 'Nothing stands out';
	const of = (some: number) => (some === calls ? `All ${calls} calls` : `${some} of ${calls} calls`);
	if (failed > 0) return calls === 1 ? VERDICT_WORDS.failed : `${of(failed)} did not connect`;
	if (interrupted > 0) return calls === 1 ? 'The call lost its connection' : `${of(interrupted)} lost their connection`;
	const words = calls > 1 && verdict === 'connected' ? `${calls} calls connected` : VERDICT_WORDS[verdict];
	return found.length > 0 && verdict !== 'media-problem' ? `${words}, ${list(found)}` : words;
}
