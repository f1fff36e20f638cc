/** The engine: observations in, every judgement out. */
import type { Observation, PeerCheck } from '../observations/observation';
import type { CallConclusion } from './call/call-conclusion';
import { concludeCalls } from './call/calls';
import { concludeLines } from './call/access-lines';
import type { Conclusions } from './conclusion';
import { findings, type FoundHere } from './check/findings';
import { headline } from './check/headline';
import type { HeadlineRule } from './check/headline-rule';
import type { concludePair } from './pair/pair';
import { judgePeers } from './check/peers';
import { answerQuestions } from './answer-questions';
import { makeView, type View } from './view';

/** Calls made elsewhere, and URLs. Rules for the former read session descriptions too, and are as much to load as all the rest. */
export interface Elsewhere {
	calls(view: View): readonly CallConclusion[];
	findings(view: View): readonly FoundHere[];
	headlines: readonly HeadlineRule[];
}

/** What only some observations are judged by; null where they hold none of the kind, so that a page need not load it. */
export interface Judges {
	elsewhere: Elsewhere | null;
	/** Two devices. */
	pair: typeof concludePair | null;
}

/**
 * Works on any prefix of the observations: what is not known yet is `unknown` and names what is missing. All of it comes from
 * one view of the observations, and from one more of the other device's where there are two.
 */
export function concludeWith({ elsewhere, pair: judgePair }: Judges, observations: readonly Observation[]): Conclusions {
	const { view: own, answers } = answerQuestions(makeView(observations));
	const pair = judgePair && judgePair(own, viewOf);
	const view: View = { ...own, pair };
	const calls = concludeCalls(view, elsewhere?.calls(view) ?? []);
	const parts = {
		answers,
		nat: view.nat,
		servers: [...view.servers],
		peers: judgePeers(view),
		calls,
		lines: concludeLines(view.observed, calls),
		pair,
		findings: findings(view, elsewhere?.findings(view) ?? [])
	};
	return { headline: headline(view, parts, elsewhere?.headlines ?? []), ...parts };
}

function viewOf(check: PeerCheck | null): View {
	return answerQuestions(makeView(check?.observations ?? [])).view;
}
