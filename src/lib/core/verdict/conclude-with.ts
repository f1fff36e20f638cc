/** The engine: observations in, every judgement out. */
import type { Observation, PeerCheck } from '../observations/observation';
import { DEFAULT_LIMITS, type Limits } from '../plan/config';
import { concludeCalls } from './call/calls';
import { concludeLines } from './call/lines';
import type { Conclusions } from './conclusion';
import { findings, type FoundHere } from './check/findings';
import { headline } from './check/headline';
import { concludePair } from './pair/pair';
import { judgePeers } from './check/peers';
import { answerQuestions } from './answer-questions';
import { makeView, type View } from './view';

/**
 * Works on any prefix of the observations: what is not known yet is `unknown` and names what is missing. All of it comes from
 * one view of the observations, and from one more of the other device's where there are two. What only calls made elsewhere are judged
 * by is passed in: its rules read session descriptions too, and are as much to load as all the rest.
 */
export function concludeWith(
	judgeElsewhere: (view: View) => readonly FoundHere[],
	limits: Limits,
	observations: readonly Observation[]
): Conclusions {
	const { view: own, answers } = answerQuestions(makeView(limits, observations));
	const pair = concludePair(own, (check) => viewOf(check, limits));
	const view: View = { ...own, pair };
	const calls = concludeCalls(view);
	const parts = {
		answers,
		nat: view.nat,
		servers: [...view.servers],
		peers: judgePeers(view),
		calls,
		lines: concludeLines(view.observed, calls),
		pair,
		findings: findings(view, judgeElsewhere(view))
	};
	return { headline: headline(view, parts), ...parts };
}

function viewOf(check: PeerCheck | null, limits: Limits): View {
	const deadlineMs = check?.deadlineMs ?? limits.deadlineMs;
	return answerQuestions(makeView({ ...DEFAULT_LIMITS, deadlineMs }, check?.observations ?? [])).view;
}
