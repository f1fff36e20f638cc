/** A report as a document: the same sections, tables and words for HTML, Markdown and CSV; each writes them its own way. */
import { count, duration, formatBytes, formatUnit } from '../../base/format';
import { entryOf } from '../../base/record';
import { worstFirst } from '../../base/severity';
import { sentence } from '../../messages/en/sentence';
import type { DirectionSummary } from '../../call/call-summary';
import type { ServerConclusion } from '../../verdict/conclusion';
import { rootFindings } from '../../verdict/root-findings';
import { placeOf } from '../../verdict/subject';
import type { NatConclusion } from '../../nat/conclusion';
import { headlineWords } from '../headline-words';
import { isUnproven } from '../picture/paths';
import type { Cell, ReportDocument, Table } from './document-shape';
import { kindOf, recordingsOf, type ReportKind } from '../recordings';
import type { Report } from '../report';
import { answerTone, findingTone, peerTone, serverTone } from '../tones';
import {
	ANSWER_WORDS,
	FILTERING_WORDS,
	FINDING_WORDS,
	HAIRPIN_WORDS,
	LAYERS_WORDS,
	MAPPING_WORDS,
	PEER_WORDS,
	PORT_PATTERN_WORDS,
	SERVER_STATE_WORDS,
	UNPROVEN_WORD
} from '../../messages/en/vocabulary';
import { pairTables } from './pair-tables';

export function documentOf(report: Report): ReportDocument {
	const { conclusions, environment } = report;
	const { causes, nextSteps, about } = conclusions.headline;
	const text = sentence(conclusions.headline);
	const { title: verdict, tone } = headlineWords(conclusions);
	const reasons = [...new Set(causes.map(sentence))];
	const kind = kindOf(report);
	const all = [
		...pairTables(report),
		answers(report, kind),
		nat(report),
		servers(report),
		peers(report),
		findings(report),
		...calls(report),
		tests(report)
	];
	return {
		kind,
		title: TITLES[kind],
		headline: text,
		verdict,
		tone,
		advice: nextSteps.map(sentence),
		reasons: about === 'check' ? reasons : reasons.filter((reason) => reason !== text),
		facts: [
			['Measured', readableTime(report.createdAt)],
			['With', `${environment.browser}${environment.platform === '' ? '' : `, ${environment.platform}`}`],
			['Icelens', report.tool.version],
			['Report', report.id]
		],
		notes: [
			...(report.redacted
				? ['Addresses, names and identifiers in this copy are placeholders; the same original has the same one.']
				: []),
			...(report.trimmed ?? [])
		],
		tables: all.filter(({ rows }) => rows.length > 0).map(withoutEmptyColumns)
	};
}

function withoutEmptyColumns(table: Table): Table {
	const kept = table.columns.map((_, i) => table.rows.some((row) => cellText(row[i]!) !== ''));
	const filled = <T>(cells: readonly T[]) => cells.filter((_, i) => kept[i]);
	return { ...table, columns: filled(table.columns), rows: table.rows.map(filled) };
}

const TITLES: Record<ReportKind, string> = {
	check: 'What this network does to WebRTC',
	call: 'A WebRTC call, measured',
	stats: 'Statistics of a WebRTC call',
	pair: 'Two devices, and what is between them'
};

/** `2026-11-20 12:00:00 UTC`: the same for every reader. */
function readableTime(iso: string): string {
	return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** A call leaves most questions about the network open: a document about it says only what it answers. */
function answers({ conclusions }: Report, kind: ReportKind): Table {
	const asked = conclusions.answers.filter(({ says }) => kind === 'check' || kind === 'pair' || says !== 'unknown');
	const rows = asked.map((answer): Cell[] => {
		const { question, says, missing } = answer;
		const words = entryOf<{ question: string; says: Record<string, string> }>(ANSWER_WORDS, question);
		const open = says === 'unknown' ? missing.map((one) => `To know: ${sentence(one)}`) : [];
		return [
			words?.question ?? question,
			{ text: (words && entryOf(words.says, says)) ?? says, tone: answerTone({ question, says }) },
			[sentence(answer), ...open].join(' ')
		];
	});
	return { id: 'answers', title: 'Questions and answers', lead: '', columns: ['Question', 'Answer', 'Why'], rows };
}

function nat({ conclusions: { nat } }: Report): Table {
	const views = (['ipv4', 'ipv6'] as const).flatMap((family) => {
		const view = nat[family];
		return view === null ? [] : natRows(family === 'ipv4' ? 'IPv4' : 'IPv6', view);
	});
	const lead = 'In the words of RFC 4787.';
	return { id: 'nat', title: 'NAT behaviour', lead, columns: ['Family', 'Property', 'Value', 'Evidence'], rows: views };
}

function natRows(family: string, view: NatConclusion): Cell[][] {
	const why = (field: string) => (view.evidence[field] ? sentence(view.evidence[field]) : '');
	const word = (field: string, name: string, table: Readonly<Record<string, { word: string }>>, value: string): Cell[] => [
		family,
		name,
		entryOf(table, value)?.word ?? value,
		why(field)
	];
	const { publicAddresses } = view;
	return [
		word('mapping', 'Mapping', MAPPING_WORDS, view.mapping),
		word('filtering', 'Filtering', FILTERING_WORDS, view.filtering),
		[
			family,
			'Public address',
			publicAddresses.length === 0 ? 'Not seen' : { code: publicAddresses.join(', ') },
			why('publicAddresses')
		],
		word('layers', 'Layers', LAYERS_WORDS, view.layers),
		word('portPattern', 'Port pattern', PORT_PATTERN_WORDS, view.portPattern),
		word('hairpin', 'Hairpin', HAIRPIN_WORDS, view.hairpin)
	];
}

function servers({ conclusions }: Report): Table {
	const rows = conclusions.servers.map((server): Cell[] => [
		{ code: server.url },
		server.family === 'unknown' ? '' : server.family === 'ipv4' ? 'IPv4' : 'IPv6',
		{
			text: isUnproven(server) ? UNPROVEN_WORD : (entryOf(SERVER_STATE_WORDS, server.state) ?? server.state),
			tone: serverTone(server)
		},
		server.rttMs === null ? '' : duration(server.rttMs),
		server.relayedBytes > 0 ? formatBytes(server.relayedBytes) : '',
		seen(server)
	]);
	const columns = ['Server', 'Family', 'State', 'Round trip', 'Relayed', 'What was seen'];
	return { id: 'servers', title: 'Servers', lead: '', columns, rows };
}

/** What is so, and what to do where that does not say it. */
function seen(server: ServerConclusion): string {
	const text = sentence(server);
	const step = server.error ? sentence(server.error.nextStep) : '';
	return text.includes(step) ? text : `${text} ${step}`;
}

function peers({ conclusions }: Report): Table {
	const rows = conclusions.peers.map((one): Cell[] => [
		one.peer.name,
		{ text: PEER_WORDS[one.direct], tone: peerTone(one.direct) },
		sentence(one)
	]);
	return {
		id: 'peers',
		title: 'Who can be called without TURN',
		lead: 'Direct calls from this network to each kind of network a peer may be on.',
		columns: ['The other side is', 'The call', 'Why'],
		rows
	};
}

function findings({ conclusions }: Report): Table {
	const sorted = rootFindings(conclusions.findings).toSorted(worstFirst);
	const rows = sorted.map((finding): Cell[] => [
		{ text: FINDING_WORDS[finding.severity], tone: findingTone(finding.severity) },
		sentence(finding),
		{ code: placeOf(finding.subject) }
	]);
	return { id: 'findings', title: 'Worth knowing', lead: '', columns: ['Kind', 'What', 'Where'], rows };
}

function calls(report: Report): Table[] {
	const recordings = recordingsOf(report);
	const sameOrBefore = new Map<number, number>();
	return report.conclusions.calls.flatMap(({ kind, connection, path, summary, observations: [index] }) => {
		if (summary === null) return [];
		const nth = (sameOrBefore.get(index!) ?? 0) + 1;
		sameOrBefore.set(index!, nth);
		const { recording } = recordings.find(({ observation }) => observation === index) ?? {};
		const labelOf = (id: string) => recording?.connections.find((one) => one.id === id)?.label || id;
		const [forth, back] = summary.directions;
		const whole = recording?.format === 'call' ? 'Call' : (recording?.formatName ?? 'Call');
		const lead = [
			path === null ? '' : `Path: ${pathWords(path)}.`,
			summary.seconds > 0 ? `${count(Math.round(summary.seconds), 'second')} of media.` : '',
			summary.rttMs
				? `Round trip ${formatUnit('ms', summary.rttMs.median)} (median), ${formatUnit('ms', summary.rttMs.p95)} (95 %).`
				: ''
		];
		const rows = DIRECTION_ROWS.map(([label, read]): Cell[] => [label, forth ? read(forth) : '–', back ? read(back) : '–']);
		// Two devices have names of their own; two connections of one page are the caller and the callee.
		const nameOf = (id: string) => (kind === 'pair' ? labelOf(id) : id);
		const ends = (one: DirectionSummary | undefined) => (one ? `${nameOf(one.from)} to ${nameOf(one.to)}` : '');
		return [
			{
				id: `call-${index! + 1}-${nth}`,
				title: connection === null ? whole : `${whole}: ${labelOf(connection)}`,
				lead: lead.filter((part) => part !== '').join(' '),
				columns: ['Measure', ends(forth), ends(back)],
				rows: rows.filter(([, a, b]) => a !== '–' || b !== '–')
			}
		];
	});
}

function pathWords({ kind, url }: { kind: string; url: string | null }): string {
	return kind === 'any' ? 'any path' : url === null ? kind : `relay ${url}`;
}

type Median = { median: number } | null;
const median = (unit: Parameters<typeof formatUnit>[0], spread: Median) => formatUnit(unit, spread?.median ?? null);

const DIRECTION_ROWS: readonly [string, (one: DirectionSummary) => string][] = [
	['Packets lost', (one) => formatUnit('share', one.lossRatio)],
	['Jitter, median', (one) => median('ms', one.jitterMs)],
	['One-way delay, median', (one) => median('ms', one.oneWayDelayMs)],
	['Audio bitrate, median', (one) => median('bit/s', one.audioBps)],
	['Video bitrate, median', (one) => median('bit/s', one.videoBps)],
	['Available outgoing bitrate, median', (one) => median('bit/s', one.availableBps)],
	['Frame rate, median', (one) => median('1/s', one.framesPerSecond)],
	['Freezes', (one) => formatUnit('count', one.freezes)],
	['Concealed audio', (one) => formatUnit('share', one.concealedRatio)],
	['Jitter buffer', (one) => formatUnit('ms', one.jitterBufferMs)],
	['Time limited by bandwidth', (one) => formatUnit('share', one.limitedByBandwidth)]
];

function tests({ observations, config }: Report): Table {
	const rows = observations.map(({ step, probe, target, startedMs, tookMs, outcome }, i): Cell[] => {
		const title = config.plan.find(({ id }) => id === step)?.title ?? probe;
		const said = outcome.state === 'seen' ? '' : outcome.state === 'failed' ? `${outcome.code}: ${outcome.message}` : outcome.why;
		return [
			String(i + 1),
			title,
			target === null || title.includes(target) ? '' : { code: target },
			duration(startedMs),
			duration(tookMs),
			outcome.state,
			said
		];
	});
	const columns = ['No.', 'Test', 'Of', 'Began at', 'Took', 'Outcome', 'Said'];
	return { id: 'tests', title: 'How this was measured', lead: '', columns, rows };
}

export function cellText(cell: Cell): string {
	if (typeof cell === 'string') return cell;
	return 'code' in cell ? cell.code : cell.text;
}
