/** What was negotiated against what happened, both ways. */
import { lintSingle } from '../../sdp/lint/lint';
import type { Finding } from '../../sdp/lint/rules/rule';
import type { Description, Section } from '../../sdp/text/description';
import type { HandshakeEvent } from '../../recording/handshake';
import type { DescriptionValues, SectionValues } from './finding-values';
import { declined } from './carried-media-rules';
import { carriesMedia, isFromMediaServer, sectionsWithout } from './negotiated-media';
import { none, notConnected, one } from './rule-help';
import { isSignalled, signalledCandidates } from './signalled-candidates';
import type { StatsRule } from './stats-rule';

/** Two rules ask the same of the same descriptions. */
const linted = new WeakMap<Description, Finding[]>();

function lint(sdp: Description): Finding[] {
	const known = linted.get(sdp) ?? lintSingle(sdp);
	linted.set(sdp, known);
	return known;
}

const sectionValues = ({ kind, mid }: Section): SectionValues => ({ kind, mid });

/** Which description an event is about. */
const descriptionValues = ({ call, description }: HandshakeEvent): DescriptionValues => ({
	side: call === 'set-local' ? 'local' : 'remote',
	type: description!.type
});

export const SDP_AGAINST_STATS_RULES: readonly StatsRule[] = [
	{
		id: 'data-channel-declined',
		severity: 'warning',
		nextStep: 'accept-data-channels',
		explains: ['connection-failed'],
		explainsAtOtherEnd: ['data-channel-declined', 'connection-failed'],
		find: (view) => {
			const found = declined(view);
			if (!found || found.sections.every(({ kind }) => kind !== 'application')) return none;
			const { by, all, atMs } = found;
			return one({ by }, { severity: all && notConnected(view) ? 'problem' : 'warning', atMs });
		}
	},
	{
		id: 'negotiated-not-sent',
		severity: 'info',
		nextStep: 'look-at-source',
		find: (view) => {
			const missing = sectionsWithout(view, 'out');
			if (missing.length === 0) return [];
			const severity = carriesMedia(view, 'out') ? ('info' as const) : ('warning' as const);
			return [{ values: { sections: missing.map(sectionValues) }, severity }];
		}
	},
	{
		id: 'negotiated-not-received',
		severity: 'info',
		find: (view) => {
			const missing = sectionsWithout(view, 'in');
			if (missing.length === 0) return [];
			// A stream that is muted looks like this, or one that nobody publishes; where nothing comes at all, it is likely to be more.
			const severity = carriesMedia(view, 'in') || isFromMediaServer(view) ? ('info' as const) : ('warning' as const);
			return [{ values: { sections: missing.map(sectionValues) }, severity }];
		}
	},
	{
		id: 'path-not-signalled',
		severity: 'info',
		find: (view) => {
			const chosen = view.overview.selectedPair?.remote;
			if (!chosen || chosen.address === null || chosen.port === null || chosen.type !== 'prflx') return [];
			const known = signalledCandidates(view);
			if (known.length === 0 || isSignalled(known, chosen.address, chosen.port)) return [];
			return [{ values: { address: chosen.address, port: chosen.port }, track: chosen.id }];
		}
	},
	{
		id: 'candidate-unexpected',
		severity: 'warning',
		find: (view) => {
			const chosen = view.overview.selectedPair?.remote;
			if (
				!chosen ||
				chosen.address === null ||
				chosen.port === null ||
				chosen.type === 'prflx' ||
				chosen.address.endsWith('.local')
			)
				return [];
			const known = signalledCandidates(view);
			const hidden = known.some(({ address }) => address.endsWith('.local'));
			if (known.length === 0 || hidden || isSignalled(known, chosen.address, chosen.port) || /x\.x|x:x/.test(chosen.address))
				return [];
			return [{ values: { address: chosen.address, port: chosen.port, type: chosen.type }, track: chosen.id }];
		}
	},
	{
		id: 'sdp-lines-duplicate',
		severity: 'info',
		find: (view) => {
			const found = view.descriptions.flatMap(({ sdp, event }) =>
				lint(sdp)
					.filter(({ code }) => code === 'SYN-13')
					.map((finding) => ({ finding, event }))
			);
			const [first] = found;
			if (!first) return [];
			const { event, finding } = first;
			const values = { lines: found.length, first: { ...descriptionValues(event), line: finding.line } };
			return [{ values, atMs: event.atMs }];
		}
	},
	{
		id: 'sdp-problems',
		severity: 'warning',
		find: (view) => {
			const rules = new Set<string>();
			let first: HandshakeEvent | null = null;
			for (const { sdp, event } of view.descriptions) {
				const problems = lint(sdp).filter(({ severity }) => severity === 'problem');
				for (const { rule } of problems) rules.add(rule);
				if (problems.length > 0) first ??= event;
			}
			return first
				? [{ values: { rules: [...rules].slice(0, MOST_RULES), first: descriptionValues(first) }, atMs: first.atMs }]
				: [];
		}
	}
];

/** Of rules that are broken as many are named. */
const MOST_RULES = 5;
