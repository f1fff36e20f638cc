/** What was negotiated against what happened, both ways. */
import { lintSingle } from '../../sdp/lint/lint';
import type { Finding } from '../../sdp/lint/rules/rule';
import type { Description, Direction, Section } from '../../sdp/text/description';
import { growth, lastOf, tracksOf } from '../../recording/connection';
import type { HandshakeEvent } from '../../recording/handshake';
import type { DescriptionValues, SectionValues } from './finding-values';
import type { ConnectionView } from './findings-view';
import { isSignalled, signalledCandidates } from './signalled-candidates';
import type { StatsRule } from './stats-rule';

const SENDS: ReadonlySet<Direction> = new Set(['sendrecv', 'sendonly']);
const RECEIVES: ReadonlySet<Direction> = new Set(['sendrecv', 'recvonly']);

/** The last exchange that both ends have settled: local and remote of the last round. */
function settled(view: ConnectionView): { local: Description; remote: Description } | null {
	const last = view.descriptions.at(-1);
	if (!last || last.event.description!.type !== 'answer') return null;
	const other = [...view.descriptions].reverse().find(({ event }) => event.call !== last.event.call);
	if (!other) return null;
	return last.event.call === 'set-local' ? { local: last.sdp, remote: other.sdp } : { local: other.sdp, remote: last.sdp };
}

/** Audio and video sections in which something flows one way, as both ends have it. */
function flowing(view: ConnectionView, own: ReadonlySet<Direction>, others: ReadonlySet<Direction>): Section[] {
	const both = settled(view);
	if (!both || !view.connected) return [];
	return both.local.sections.filter((section, index) => {
		const remote = both.remote.sections[index];
		return (
			section.isRtp &&
			!section.rejected &&
			remote &&
			!remote.rejected &&
			own.has(section.direction) &&
			others.has(remote.direction)
		);
	});
}

/** Without any stream statistics nobody can say that something was not sent. */
function hasStreams(view: ConnectionView): boolean {
	return view.streams.length > 0;
}

function carried(view: ConnectionView, type: 'inbound-rtp' | 'outbound-rtp', section: Section): boolean {
	const field = type === 'inbound-rtp' ? 'packetsReceived' : 'packetsSent';
	return tracksOf(view.connection, type).some((track) => {
		const mid = lastOf(track, 'mid');
		const belongs = mid !== null && section.mid !== null ? mid === section.mid : lastOf(track, 'kind') === section.kind;
		const count = lastOf(track, field) ?? lastOf(track, field === 'packetsSent' ? 'bytesSent' : 'bytesReceived');
		return belongs && (count === null || Number(count) > 0 || (growth(track, field) ?? 0) > 0);
	});
}

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
		id: 'negotiated-not-sent',
		severity: 'warning',
		find: (view) => {
			const missing = hasStreams(view)
				? flowing(view, SENDS, RECEIVES).filter((section) => !carried(view, 'outbound-rtp', section))
				: [];
			return missing.length === 0 ? [] : [{ values: { sections: missing.map(sectionValues) } }];
		}
	},
	{
		id: 'negotiated-not-received',
		severity: 'warning',
		find: (view) => {
			const missing = hasStreams(view)
				? flowing(view, RECEIVES, SENDS).filter((section) => !carried(view, 'inbound-rtp', section))
				: [];
			return missing.length === 0 ? [] : [{ values: { sections: missing.map(sectionValues) } }];
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
