/** The verdict of a report that holds statistics from elsewhere. */
import { count, list } from '../../base/words';
import { headline } from '../../verdict/headline';
import { recordingsOf } from '../recordings';
import type { Report } from '../report';
import type { ReportDocument } from './document-shape';

/** Statistics from elsewhere say nothing about this network: their verdict is what was found in them. */
export function foundIn(report: Report): Pick<ReportDocument, 'headline' | 'verdict' | 'tone' | 'reasons'> {
	const { findings: found } = report.conclusions;
	const of = (severity: string) => found.filter((each) => each.severity === severity);
	const [problems, warnings] = [of('problem'), of('warning')];
	const parts = [
		...(problems.length > 0 ? [count(problems.length, 'problem')] : []),
		...(warnings.length > 0 ? [count(warnings.length, 'warning')] : [])
	];
	const [first, ...others] = [...problems, ...warnings].map(({ text }) => text);
	const connections = recordingsOf(report).reduce((sum, { recording }) => sum + recording.connections.length, 0);
	return {
		headline: {
			...headline(report.conclusions),
			text: first ?? `Nothing stands out in this dump of ${count(connections, 'connection')}.`,
			advice: null
		},
		verdict: parts.length > 0 ? list(parts) : 'Nothing stands out',
		tone: problems.length > 0 ? 'problem' : warnings.length > 0 ? 'warning' : 'fine',
		reasons: others
	};
}
