/** Findings of calls between two devices. */
import { bare } from '../../base/said';
import { findingRule, type FindingRule } from '../finding-rule';
import type { PairConclusion, PairOutcome } from './pair-conclusion';
import { lossyDirections } from './pair-loss';
import { NETWORK, onPath } from '../subject';
import type { Reads } from '../reading';

const outcomes = ({ pair }: Reads<'pair'>): PairOutcome[] => pair?.outcomes ?? [];
const evidenceOf = ({ path, observation }: PairOutcome) => ({ subject: onPath(path.url), observations: [observation] });

function names({ host, guest }: PairConclusion['sides']) {
	return { host: host.name, guest: guest.name };
}

export const PAIR_FINDING_RULES: readonly FindingRule[] = [
	findingRule({
		id: 'pair-not-connected',
		severity: 'problem',
		reads: ['pair'],
		find: (v) => {
			const tried = outcomes(v).filter(({ connected }) => connected !== null);
			if (tried.length === 0 || tried.some(({ connected }) => connected)) return [];
			const observations = tried.map(({ observation }) => observation);
			return [{ values: { outcomes: tried.map(bare) }, subject: NETWORK, observations }];
		}
	}),
	findingRule({
		id: 'pair-local-path-failed',
		severity: 'warning',
		reads: ['pair'],
		find: (v) => {
			const last = outcomes(v).findLast(({ local }) => local !== null);
			return last ? [{ values: last.local!.values, subject: NETWORK, observations: [last.observation] }] : [];
		}
	}),
	findingRule({
		id: 'pair-prediction-differs',
		severity: 'warning',
		reads: ['pair'],
		find: (v) =>
			outcomes(v)
				.filter(({ agrees }) => agrees === false)
				.map((outcome) => ({
					values: {
						path: outcome.path,
						predicted: outcome.connected ? 'no' : 'yes',
						prediction: bare(outcome.prediction!)
					},
					...evidenceOf(outcome)
				}))
	}),
	findingRule({
		id: 'pair-loss-direction',
		severity: 'warning',
		reads: ['pair'],
		find: (v) =>
			outcomes(v).flatMap((outcome) =>
				lossyDirections(outcome.directions, names(v.pair!.sides)).map((values) => ({ values, ...evidenceOf(outcome) }))
			)
	})
];
