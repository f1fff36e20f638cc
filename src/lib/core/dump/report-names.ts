/** One statistics object of a dump under the names of W3C webrtc-stats. */
import { standardField, standardType, standardValue } from '../recording/normalise';
import type { RawValue } from '../recording/recording';
import { legacyReport } from './goog-legacy';

/** Texts that recorders turned into numbers because they looked like some. */
const TEXTS = new Set(['mid', 'rid', 'foundation', 'usernameFragment', 'iceLocalUsernameFragment', 'label']);

export interface CleanReport {
	type: string;
	fields: [string, RawValue][];
}

/** Type and fields; nested objects become `field.key`, lists become text. `id`, `type` and `timestamp` are left out. */
export function cleanReport(id: string, report: Readonly<Record<string, unknown>>): CleanReport {
	const given = typeof report.type === 'string' ? report.type : '';
	const legacy = legacyReport(id, given, report);
	if (legacy) return legacy;
	const type = standardType(given, report.isRemote === true);
	const fields: [string, RawValue][] = [];
	for (const field in report) {
		const value = report[field];
		// Chrome's own page computes rates and means, `[bytesSent_in_bits/s]`: they are computed again here.
		if (field === 'id' || field === 'type' || field === 'timestamp' || field.charCodeAt(0) === 91 || value === undefined)
			continue;
		if (typeof value !== 'object' || value === null) addField(fields, type, field, value as RawValue, report);
		else if (Array.isArray(value)) fields.push([field, JSON.stringify(value)]);
		else
			for (const [key, inner] of Object.entries(value))
				if (inner === null || typeof inner !== 'object')
					fields.push([`${field}.${key}`, cleanValue(type, key, inner as RawValue)]);
	}
	return { type, fields };
}

function addField(
	fields: [string, RawValue][],
	type: string,
	field: string,
	value: RawValue,
	report: Readonly<Record<string, unknown>>
): void {
	const name = standardField(type, field);
	// The standard name wins where both are there.
	if (name !== field && report[name] !== undefined) return;
	fields.push([name, cleanValue(type, name, value)]);
}

/** One value under its standard form: ids are texts, states are the standard's words. */
export function cleanValue(type: string, field: string, value: RawValue): RawValue {
	if (typeof value === 'number' && (TEXTS.has(field) || field.endsWith('Id'))) return String(value);
	return standardValue(type, field, value);
}
