/** The report as a JSON document, the form that can be opened again. */
import { jsonDocument } from '../../base/escape';
import { withoutDanger } from '../../base/secrets';
import type { Report } from '../report';
import { withText } from '../with-text';

/** Indented with tabs and ended with a line break. Secrets are left out even if somebody put them in. */
export function toJson(report: Report): string {
	return jsonDocument(withoutDanger(withText(report)));
}
