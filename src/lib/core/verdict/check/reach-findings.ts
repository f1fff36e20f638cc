/** What came of URLs that this page was told to ask (/reach). */
import { judgePageReach } from '../../reach/page-reach-rules';
import type { Reached } from '../../reach/reach-rule';
import type { Finding } from '../conclusion';
import { atServer } from '../subject';
import type { View } from '../view';
import type { FoundHere } from './findings';

const SEVERITIES: Record<Reached, Finding['severity']> = { yes: 'normal', partly: 'warning', no: 'problem', unknown: 'info' };

export function reachFindings({ observed }: View): FoundHere[] {
	return observed.of('url-reach').flatMap(({ observation: { outcome, pausedMs }, index }) => {
		if (outcome.state !== 'seen') return [];
		const { reached, rule, values } = judgePageReach({ data: outcome.data, pausedMs: pausedMs ?? null });
		return [{ rule, values, severity: SEVERITIES[reached], subject: atServer(outcome.data.url), observations: [index] }];
	});
}
