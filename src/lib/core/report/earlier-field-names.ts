/** Fields of the filtering and mapping measurements that early reports hold under another name. */
import { entryOf, isRecord } from '../base/record';

type Raw = Record<string, unknown>;

const NAMES: Readonly<Record<string, string>> = {
	knocks: 'probes',
	knockMs: 'probingMs',
	knocked: 'probedFrom',
	corner: 'position'
};
const PROBES = ['nat-filtering', 'prober-mapping'];

/** In what a device observed itself, and in what the other one of two sent. */
export function withPresentNames(report: Raw): Raw {
	return Array.isArray(report.observations) ? { ...report, observations: report.observations.map(observation) } : report;
}

function observation(raw: unknown): unknown {
	if (!isRecord(raw) || !isRecord(raw.outcome) || !isRecord(raw.outcome.data)) return raw;
	const { data } = raw.outcome;
	if (raw.probe === 'peer-check') return { ...raw, outcome: { ...raw.outcome, data: withPresentNames(data) } };
	return PROBES.includes(String(raw.probe)) ? { ...raw, outcome: { ...raw.outcome, data: renamed(data) } } : raw;
}

function renamed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(renamed);
	if (!isRecord(value)) return value;
	const fields = Object.entries(value).map(([name, inner]) => [
		Object.hasOwn(NAMES, name) ? entryOf(NAMES, name)! : name,
		renamed(inner)
	]);
	return Object.fromEntries(fields) as Raw;
}
