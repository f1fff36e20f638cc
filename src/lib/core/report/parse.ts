/** A saved report read back: checked, migrated, nothing lost but secrets. Its conclusions are those of the file; judge anew. */
import { count, integer } from '../base/format';
import { isRecord, isTooDeep, nestsDeeperThan } from '../base/record';
import { fail, ok, type Result } from '../base/result';
import { faultOf } from '../base/schema';
import { withoutDanger } from '../base/secrets';
import { withPresentNames } from './earlier-field-names';
import { migrate } from './migrate';
import { conclude } from '../verdict/conclude';
import { measuredReport, reportFile, SCHEMA, type Report } from './report';
import { conclusionsWithText } from './with-text';

/** In characters. A check of 33 servers makes about 300,000; calls with statistics stay below some millions. */
export const REPORT_CHARACTERS_AT_MOST = 20_000_000;

/** A report has 9 levels; room for later versions. */
const LEVELS_AT_MOST = 40;

/** Fault codes: `too-large`, `not-json`, `not-a-report`, `newer-schema`, `unknown-schema`, `malformed`; `where` is a JSON path. */
export function parseReport(text: string): Result<Report> {
	if (text.length > REPORT_CHARACTERS_AT_MOST) {
		return fail(
			'too-large',
			`The file has ${count(text.length, 'character')}; a report has at most ${integer(REPORT_CHARACTERS_AT_MOST)}.`
		);
	}
	const json = parseJson(text);
	if (!json.ok) return json;
	if (!looksLikeReport(json.value)) return fail('not-a-report', whatElse(json.value));
	if (nestsDeeperThan(json.value, LEVELS_AT_MOST)) {
		return fail('malformed', `The file nests more than ${LEVELS_AT_MOST} levels deep; no report does.`);
	}
	const read = withPresentNames(withoutDanger(json.value) as Record<string, unknown>);
	const migrated = migrate({ ...read, schema: json.value.schema });
	if (!migrated.ok) return migrated;
	const whole = json.value.schema < SCHEMA ? completed(migrated.value) : migrated;
	if (!whole.ok) return whole;
	const fault = faultOf(reportFile, whole.value);
	return fault ? { ok: false, error: fault } : ok(whole.value as unknown as Report);
}

/** What an older schema did not conclude is made from the observations; what it did stays as the file has it. */
function completed(report: Record<string, unknown>): Result<Record<string, unknown>> {
	const fault = faultOf(measuredReport, report);
	if (fault) return { ok: false, error: fault };
	const { config, observations } = report as unknown as Report;
	const said = isRecord(report.conclusions) ? report.conclusions : {};
	return ok({ ...report, conclusions: { ...conclusionsWithText(conclude(config.limits, observations)), ...said } });
}

/** Whether this looks like a report of any version, so that a fault can say what else it is. */
function looksLikeReport(value: unknown): value is Record<string, unknown> & { schema: number } {
	return isRecord(value) && Number.isSafeInteger(value.schema);
}

function parseJson(text: string): Result<unknown> {
	if (isTooDeep(text)) return fail('malformed', 'The file nests hundreds of levels deep; no report does.');
	try {
		// Some editors put a byte order mark before the text; JSON has none (RFC 8259 §8.1).
		return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
	} catch (error) {
		if (/^\s*</.test(text))
			return fail('not-json', 'This is a page or an XML file, not a report. Choose the report saved as JSON.');
		return fail('not-json', `This is not JSON: ${(error as Error).message.replace(/\.$/, '')}. Choose a report saved as JSON.`);
	}
}

function whatElse(value: unknown): string {
	if (isRecord(value) && (Array.isArray(value.iceServers) || 'urls' in value)) {
		return 'This is a list of servers, not a report: paste it where the servers are.';
	}
	if (isRecord(value) && ('PeerConnections' in value || 'getUserMedia' in value)) {
		return 'This is a WebRTC statistics dump, not a report: open it on the Stats page.';
	}
	return 'This is JSON, but not an Icelens report: it has no “schema” number.';
}
