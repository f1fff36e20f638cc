import { conclude } from '../verdict/conclude';
import type { Report } from './report';

/** The report with conclusions made anew by this version; what the file said remains with the caller, to compare. */
export function judgeAgain(report: Report): Report {
	return { ...report, conclusions: conclude(report.config.limits, report.observations) };
}
