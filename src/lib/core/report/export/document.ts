/** A report as a document: the same sections, tables and words for HTML, Markdown and CSV; each writes them its own way. */
import { NOT_MEASURED } from '../../base/format';
import type { Family } from '../../base/ip';
import { entryOf } from '../../base/record';
import { worstFirst } from '../../base/severity';
import type { DirectionSummary } from '../../call/call-figure-shapes';
import type { Unit } from '../../recording/metric';
import { ENGLISH } from '../../messages/en/english';
import type { Language } from '../../messages/language';
import type { Say } from '../../messages/messages';
import { failureSaid } from '../../observations/failure-values';
import { skipSaid } from '../../plan/skip-values';
import type { NatConclusion } from '../../nat/conclusion';
import type { NatField } from '../../verdict/comparison-values';
import type { ServerConclusion } from '../../verdict/conclusion';
import { rootFindings } from '../../verdict/root-findings';
import { headlineWords } from '../headline-words';
import { leftOutOf } from '../left-out';
import { isUnproven } from '../path-diagram/paths';
import type { Cell, ReportDocument, Table } from './document-shape';
import { kindOf, recordingsOf, type ReportKind } from '../recordings';
import type { Report } from '../report';
import { answerTone, findingTone, peerTone, serverTone } from '../tones';
import { pairTables } from './pair-tables';

export function documentOf(report: Report, language: Language = ENGLISH): ReportDocument {
	const { conclusions, environment } = report;
	const { causes, nextSteps, about } = conclusions.headline;
	const { say, headlineTitle, document: words } = language;
	const text = say(conclusions.headline);
	const { title: verdict, tone } = headlineWords(conclusions, headlineTitle);
	const reasons = [...new Set(causes.map(say))];
	const kind = kindOf(report);
	const all = [
		...pairTables(report, language),
		answers(report, kind, language),
		nat(report, language),
		servers(report, language),
		peers(report, language),
		findings(report, language),
		...calls(report, language),
		tests(report, language)
	];
	return {
		kind,
		title: words.titles[kind],
		headline: text,
		verdict,
		tone,
		advice: nextSteps.map(say),
		reasons: about === 'check' ? reasons : reasons.filter((reason) => reason !== text),
		facts: [
			[words.facts.measured, readableTime(report.createdAt)],
			[words.facts.browser, `${environment.browser}${environment.platform === '' ? '' : `, ${environment.platform}`}`],
			[words.facts.version, report.tool.version],
			[words.facts.report, report.id]
		],
		notes: [...(report.redacted ? [words.redacted] : []), ...leftOutOf(report, say)],
		tables: all.filter(({ rows }) => rows.length > 0).map(withoutEmptyColumns)
	};
}

function withoutEmptyColumns(table: Table): Table {
	const kept = table.columns.map((_, i) => table.rows.some((row) => cellText(row[i]!) !== ''));
	const filled = <T>(cells: readonly T[]) => cells.filter((_, i) => kept[i]);
	return { ...table, columns: filled(table.columns), rows: table.rows.map(filled) };
}

/** `2026-11-20 12:00:00 UTC`: the same for every reader. */
function readableTime(iso: string): string {
	return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** A call leaves most questions about the network open: a document about it says only what it answers. */
function answers({ conclusions }: Report, kind: ReportKind, { say, vocabulary, document: words }: Language): Table {
	const asked = conclusions.answers.filter(({ says }) => kind === 'check' || kind === 'pair' || says !== 'unknown');
	const rows = asked.map((answer): Cell[] => {
		const { question, says, missing } = answer;
		const names = entryOf<{ question: string; says: Record<string, string> }>(vocabulary.answers, question);
		const open = says === 'unknown' ? missing.map((one) => words.toFindOut(say(one))) : [];
		return [
			names?.question ?? question,
			{ text: (names && entryOf(names.says, says)) ?? says, tone: answerTone({ question, says }) },
			[say(answer), ...open].join(' ')
		];
	});
	return { id: 'answers', lead: '', ...words.answers, rows };
}

function nat({ conclusions: { nat } }: Report, language: Language): Table {
	const rows = (['ipv4', 'ipv6'] as const).flatMap((family) =>
		nat[family] === null ? [] : natRows(family, nat[family], language)
	);
	return { id: 'nat', ...language.document.nat, rows };
}

function natRows(family: Family, view: NatConclusion, { say, vocabulary, document: words }: Language): Cell[][] {
	const name = vocabulary.families[family];
	const why = (field: string) => (view.evidence[field] ? say(view.evidence[field]) : '');
	const row = (field: NatField): Cell[] => {
		const { title, values } = vocabulary.natFields[field];
		return [name, title, entryOf(values, view[field])?.word ?? view[field], why(field)];
	};
	const { publicAddresses } = view;
	const addresses = publicAddresses.length === 0 ? words.notSeen : { code: publicAddresses.join(', ') };
	return [
		row('mapping'),
		row('filtering'),
		[name, words.publicAddress, addresses, why('publicAddresses')],
		row('layers'),
		row('portPattern'),
		row('hairpin')
	];
}

function servers({ conclusions }: Report, { say, quantity, vocabulary, document: words }: Language): Table {
	const rows = conclusions.servers.map((server): Cell[] => [
		{ code: vocabulary.serverName(server) },
		server.family === 'unknown' ? '' : vocabulary.families[server.family],
		{
			text: isUnproven(server) ? vocabulary.unproven : (entryOf<string>(vocabulary.serverStates, server.state) ?? server.state),
			tone: serverTone(server)
		},
		server.rttMs === null ? '' : quantity('ms', server.rttMs),
		server.relayedBytes > 0 ? quantity('B', server.relayedBytes) : '',
		seen(server, say)
	]);
	return { id: 'servers', lead: '', ...words.servers, rows };
}

/** What is so, and what to do where that does not say it. */
function seen(server: ServerConclusion, say: Say): string {
	const text = say(server);
	const step = server.error ? say(server.error.nextStep) : '';
	return text.includes(step) ? text : `${text} ${step}`;
}

function peers({ conclusions }: Report, { say, vocabulary, document: words }: Language): Table {
	const rows = conclusions.peers.map((one): Cell[] => [
		entryOf(vocabulary.peerClasses, one.peer.id)?.name ?? one.peer.id,
		{ text: vocabulary.peers[one.direct], tone: peerTone(one.direct) },
		say(one)
	]);
	return { id: 'peers', ...words.peers, rows };
}

function findings({ conclusions }: Report, { say, place, vocabulary, document: words }: Language): Table {
	const sorted = rootFindings(conclusions.findings).toSorted(worstFirst);
	const rows = sorted.map((finding): Cell[] => [
		{ text: vocabulary.findings[finding.severity], tone: findingTone(finding.severity) },
		say(finding),
		{ code: place(finding.subject) }
	]);
	return { id: 'findings', lead: '', ...words.findings, rows };
}

function calls(report: Report, language: Language): Table[] {
	const words = language.document.call;
	const recordings = recordingsOf(report);
	const sameOrBefore = new Map<number, number>();
	return report.conclusions.calls.flatMap(({ kind, connection, path, summary, quality, mos, observations: [index] }) => {
		if (summary === null) return [];
		const nth = (sameOrBefore.get(index!) ?? 0) + 1;
		sameOrBefore.set(index!, nth);
		const { recording } = recordings.find(({ observation }) => observation === index) ?? {};
		const labelOf = (id: string) => {
			const found = recording?.connections.find((one) => one.id === id);
			return found ? language.connection({ id, label: found.label }) : id;
		};
		const [forth, back] = summary.directions;
		const whole = recording?.format === 'call' ? words.title : (recording?.formatName ?? words.title);
		const ms = (value: number) => language.quantity('ms', value);
		const lead = [
			path === null ? '' : words.path(pathWords(path, language)),
			summary.seconds > 0 ? words.ofMedia(Math.round(summary.seconds)) : '',
			summary.rttMs ? words.roundTrip(ms(summary.rttMs.median), ms(summary.rttMs.p95)) : '',
			...(quality?.items ?? []).map(language.say),
			...mos.map(language.say)
		];
		const rows = DIRECTION_ROWS.map(([id, unit, read]): Cell[] => {
			const value = (one: DirectionSummary | undefined) => (one ? language.quantity(unit, read(one)) : NOT_MEASURED);
			return [words.rows[id], value(forth), value(back)];
		});
		// Two devices have names of their own; two connections of one page are the caller and the callee.
		const nameOf = (id: string) => (kind === 'pair' ? labelOf(id) : words.end(id));
		const ends = (one: DirectionSummary | undefined) => (one ? words.direction(nameOf(one.from), nameOf(one.to)) : '');
		return [
			{
				id: `call-${index! + 1}-${nth}`,
				title: connection === null ? whole : words.titleOf(whole, labelOf(connection)),
				lead: lead.filter((part) => part !== '').join(' '),
				columns: [words.measure, ends(forth), ends(back)],
				rows: rows.filter(([, a, b]) => a !== NOT_MEASURED || b !== NOT_MEASURED)
			}
		];
	});
}

function pathWords({ kind, url }: { kind: string; url: string | null }, { document: { call: words } }: Language): string {
	return kind === 'any' ? words.anyPath : url === null ? kind : words.relay(url);
}

const DIRECTION_ROWS: readonly [
	keyof Language['document']['call']['rows'],
	Unit,
	(one: DirectionSummary) => number | null | undefined
][] = [
	['loss', 'share', (one) => one.lossRatio],
	['jitter', 'ms', (one) => one.jitterMs?.median],
	['delay', 'ms', (one) => one.oneWayDelayMs?.median],
	['audioBitrate', 'bit/s', (one) => one.audioBps?.median],
	['videoBitrate', 'bit/s', (one) => one.videoBps?.median],
	['available', 'bit/s', (one) => one.availableBps?.median],
	['frameRate', '1/s', (one) => one.framesPerSecond?.median],
	['freezes', 'count', (one) => one.freezes],
	['concealed', 'share', (one) => one.concealedRatio],
	['jitterBuffer', 'ms', (one) => one.jitterBufferMs],
	['limited', 'share', (one) => one.limitedByBandwidth]
];

function tests({ observations, config }: Report, { say, quantity, step: titleOf, document: words }: Language): Table {
	const rows = observations.map(({ step, probe, target, startedMs, tookMs, outcome }, i): Cell[] => {
		const planned = config.plan.find(({ id }) => id === step);
		const title = planned ? titleOf(planned) : probe;
		const because = outcome.state === 'skipped' ? say(skipSaid(outcome)) : '';
		const said = outcome.state === 'failed' ? `${outcome.code}: ${say(failureSaid(outcome))}` : because;
		return [
			String(i + 1),
			title,
			target === null || title.includes(target) ? '' : { code: target },
			quantity('ms', startedMs),
			quantity('ms', tookMs),
			words.outcomes[outcome.state],
			said
		];
	});
	return { id: 'tests', title: words.tests.title, lead: '', columns: words.tests.columns, rows };
}

export function cellText(cell: Cell): string {
	if (typeof cell === 'string') return cell;
	return 'code' in cell ? cell.code : cell.text;
}
