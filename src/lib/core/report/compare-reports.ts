/**
 * Two reports held against each other: what changed in words, the most telling first, and everything side by side. Works
 * across checks, calls and imported statistics: what only one of them has is said to be in that one only.
 */
import { formatMs, formatUnit } from '../base/format';
import { entryOf } from '../base/record';
import type { DirectionSummary } from '../stats/call-summary';
import type { Unit } from '../stats/metric';
import type { ServerConclusion } from '../verdict/conclusion';
import { rootFindings } from '../verdict/root-findings';
import { placeOf } from '../verdict/subject';
import { comparePaths } from './compare-paths';
import { headlineWords } from './headline-words';
import { withText, type Written, type WrittenReport } from './with-text';
import type { Finding, NatConclusion, Report } from './report';
import {
	ANSWER_WORDS,
	FILTERING_WORDS,
	FINDING_WORDS,
	HAIRPIN_WORDS,
	LAYERS_WORDS,
	MAPPING_WORDS,
	PORT_PATTERN_WORDS,
	SERVER_STATE_WORDS
} from '../messages/en/vocabulary';

export interface ComparedRow {
	group: string;
	name: string;
	/** Null where this report has nothing of the kind. */
	before: string | null;
	after: string | null;
	differs: boolean;
}

export interface ReportComparison {
	/** One sentence each; empty where nothing that matters differs. */
	changes: string[];
	rows: ComparedRow[];
}

/** A row, and the sentence about it where it differs in a way that matters; null where the row alone is enough. */
interface Compared extends ComparedRow {
	sentence: string | null;
}

export function compareReports(one: Report, other: Report): ReportComparison {
	const [before, after] = [withText(one), withText(other)];
	const all = [
		...verdicts(before, after),
		...meetings(before, after),
		...answers(before, after),
		...nats(before, after),
		...servers(before, after),
		...findings(before, after),
		...calls(before, after),
		...circumstances(before, after)
	];
	return {
		changes: all.flatMap(({ sentence }) => (sentence === null ? [] : [sentence])),
		rows: all.map(({ group, name, before, after, differs }) => ({ group, name, before, after, differs }))
	};
}

function row(
	group: string,
	name: string,
	before: string | null,
	after: string | null,
	say: (before: string, after: string) => string | null
): Compared {
	const differs = before !== after;
	const both = before !== null && after !== null;
	return { group, name, before, after, differs, sentence: differs && both ? say(before, after) : null };
}

function verdicts(before: WrittenReport, after: WrittenReport): Compared[] {
	const [a, b] = [headlineWords(before.conclusions), headlineWords(after.conclusions)];
	const changed = (was: string, is: string) => `The verdict changed: was “${was}”, is “${is}”.`;
	return [row('Verdict', 'Verdict', a.title, b.title, changed)];
}

function meetings(before: WrittenReport, after: WrittenReport): Compared[] {
	return comparePaths(before, after).map(({ path, was, is }) =>
		row(
			'Two devices',
			path,
			was,
			is,
			(from, to) => `Over ${path} the two devices are ${to.toLowerCase()} this time; before: ${from.toLowerCase()}.`
		)
	);
}

function answers(before: WrittenReport, after: WrittenReport): Compared[] {
	const questions = [...new Set([...before.conclusions.answers, ...after.conclusions.answers].map((a) => a.question))];
	return questions.map((question) => {
		const words = entryOf<{ question: string; says: Record<string, string> }>(ANSWER_WORDS, question);
		const said = ({ conclusions }: WrittenReport) => {
			const says = conclusions.answers.find((a) => a.question === question)?.says;
			return says === undefined ? null : ((words && entryOf(words.says, says)) ?? says);
		};
		const name = words?.question ?? question;
		return row('Answers', name, said(before), said(after), (was, is) => `“${name}” was answered “${was}”, now “${is}”.`);
	});
}

/** From letting most in to letting least in; what is not in the list has no order. */
const STRICTNESS: Partial<Record<keyof NatConclusion, readonly string[]>> = {
	filtering: ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'],
	mapping: ['none', 'endpoint-independent', 'address-dependent', 'address-and-port-dependent']
};

const NAT_FIELDS: readonly [keyof NatConclusion & string, string, Readonly<Record<string, { word: string }>>][] = [
	['mapping', 'Mapping', MAPPING_WORDS],
	['filtering', 'Filtering', FILTERING_WORDS],
	['layers', 'Layers', LAYERS_WORDS],
	['portPattern', 'Port pattern', PORT_PATTERN_WORDS],
	['hairpin', 'Hairpin', HAIRPIN_WORDS]
];

function nats(before: WrittenReport, after: WrittenReport): Compared[] {
	return (['ipv4', 'ipv6'] as const).flatMap((family) => {
		const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
		const [a, b] = [before.conclusions.nat[family], after.conclusions.nat[family]];
		if (!a && !b) return [];
		const group = `NAT, ${name}`;
		const fields = NAT_FIELDS.map(([field, title, words]) => {
			const [was, is] = [a && String(a[field]), b && String(b[field])];
			const shown = (value: string | null) => (value === null ? null : (entryOf(words, value)?.word ?? value));
			return row(group, title, shown(was), shown(is), (from, to) => natSentence(name, field, title, was!, is!, from, to));
		});
		const addresses = (nat: NatConclusion | null) => nat && (nat.publicAddresses.toSorted().join(', ') || 'not seen');
		const seen = row(
			group,
			'Public address',
			addresses(a),
			addresses(b),
			(was, is) => `The public ${name} address was ${was}, is ${is}.`
		);
		const whole: Compared[] =
			a && b
				? []
				: [
						{
							...row(
								group,
								'Seen',
								a ? 'yes' : 'no',
								b ? 'yes' : 'no',
								() => `${name} ${b ? 'is seen now, and was not before' : 'is no longer seen'}.`
							)
						}
					];
		return [...whole, ...fields, seen];
	});
}

function natSentence(family: string, field: string, title: string, was: string, is: string, from: string, to: string): string {
	if (is === 'unknown' || is === 'not-tested')
		return `${family} ${title.toLowerCase()} is not known this time; it was ${from.toLowerCase()}.`;
	if (was === 'unknown' || was === 'not-tested') return `${family} ${title.toLowerCase()} is known now: ${to.toLowerCase()}.`;
	const order = STRICTNESS[field as keyof NatConclusion] ?? [];
	const [a, b] = [order.indexOf(was), order.indexOf(is)];
	const how = a < 0 || b < 0 ? 'changed' : a < b ? 'became stricter' : 'became more open';
	return `${family} ${title.toLowerCase()} ${how}: ${to.toLowerCase()}, was ${from.toLowerCase()}.`;
}

/** What a server does now that it did not do before. */
const NOW: Readonly<Record<string, string>> = {
	works: 'works now',
	'allocates-only': 'gives a relay that carries nothing now',
	unauthorized: 'refuses the credentials now',
	'quota-reached': 'gives no more relays now',
	unreachable: 'stopped answering',
	'tls-failed': 'fails at TLS now',
	misconfigured: 'is misconfigured now',
	'not-asked': 'was not asked this time',
	'not-tested': 'was not tested this time',
	unknown: 'gave no clear result this time'
};

/** A difference that a repeated measurement does not make by itself. */
function matters(before: number, after: number, atLeast: number): boolean {
	return Math.abs(after - before) >= Math.max(atLeast, 0.2 * Math.min(before, after));
}

function servers(before: WrittenReport, after: WrittenReport): Compared[] {
	const [a, b] = [byServer(before.conclusions.servers), byServer(after.conclusions.servers)];
	return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
		const [was, is] = [a.get(key), b.get(key)];
		const state = (server: ServerConclusion | undefined) =>
			server ? (entryOf(SERVER_STATE_WORDS, server.state) ?? server.state) : null;
		const name = is ?? was!;
		const subject = `${name.kind.toUpperCase()} over ${name.transport.toUpperCase()} (${key})`;
		const rtt = (server: ServerConclusion | undefined) =>
			server?.rttMs === null || server === undefined ? null : formatMs(server.rttMs);
		const said = row(
			'Servers',
			key,
			state(was),
			state(is),
			(from) => `${subject} ${entryOf(NOW, is!.state) ?? is!.state}; before: ${from.toLowerCase()}.`
		);
		if (was?.rttMs == null || is?.rttMs == null) return [said];
		const more = is.rttMs - was.rttMs;
		return [
			said,
			row('Servers', `${key}, round trip`, rtt(was), rtt(is), (from, to) =>
				matters(was.rttMs!, is.rttMs!, 5) ? `The round trip to ${key} is ${signed(more, formatMs)}: ${to}, was ${from}.` : null
			)
		];
	});
}

function byServer(all: readonly ServerConclusion[]): Map<string, ServerConclusion> {
	const found = new Map<string, ServerConclusion>();
	for (const server of all) {
		const key = server.family === 'unknown' ? server.url : `${server.url}, ${server.family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
		let unique = key;
		for (let n = 2; found.has(unique); n++) unique = `${key} (${n})`;
		found.set(unique, server);
	}
	return found;
}

function findings(before: WrittenReport, after: WrittenReport): Compared[] {
	const key = (f: Written<Finding>) => `${f.rule} ${placeOf(f.subject)}`;
	const [old, now] = [rootFindings(before.conclusions.findings), rootFindings(after.conclusions.findings)];
	const all = new Map([...now, ...old].map((f) => [key(f), f]));
	return [...all].map(([id, finding]) => {
		const [was, is] = [old, now].map((found) => found.some((f) => key(f) === id)) as [boolean, boolean];
		const worth = finding.severity === 'problem' || finding.severity === 'warning';
		const sentence = was === is || !worth ? null : is ? `New: ${finding.text}` : `No longer so: ${finding.text}`;
		const shown = (there: boolean) => (there ? FINDING_WORDS[finding.severity] : 'not found');
		return { group: 'Worth knowing', name: finding.text, before: shown(was), after: shown(is), differs: was !== is, sentence };
	});
}

interface Figure {
	name: string;
	unit: Unit;
	/** The least difference worth a sentence, in the unit. */
	atLeast: number;
	read(one: DirectionSummary): number | null;
}

const FIGURES: readonly Figure[] = [
	{ name: 'loss', unit: 'share', atLeast: 0.005, read: (one) => one.lossRatio },
	{ name: 'jitter', unit: 'ms', atLeast: 5, read: (one) => one.jitterMs?.median ?? null },
	{ name: 'one-way delay', unit: 'ms', atLeast: 5, read: (one) => one.oneWayDelayMs?.median ?? null },
	{ name: 'sound bitrate', unit: 'bit/s', atLeast: 5000, read: (one) => one.audioBps?.median ?? null },
	{ name: 'video bitrate', unit: 'bit/s', atLeast: 50_000, read: (one) => one.videoBps?.median ?? null },
	{ name: 'frames a second', unit: '1/s', atLeast: 2, read: (one) => one.framesPerSecond?.median ?? null },
	{ name: 'freezes', unit: 'count', atLeast: 1, read: (one) => one.freezes }
];

/** Calls are compared in the order in which they stand: the first with the first, and so on. */
function calls(before: WrittenReport, after: WrittenReport): Compared[] {
	const [a, b] = [before, after].map(({ conclusions }) => conclusions.calls.flatMap(({ summary }) => summary ?? []));
	return Array.from({ length: Math.max(a!.length, b!.length) }, (_, i) => i).flatMap((i) => {
		const [was, is] = [a![i], b![i]];
		const group = a!.length > 1 || b!.length > 1 ? `Call ${i + 1}` : 'Call';
		const figure = (name: string, unit: Unit, atLeast: number, from: number | null, to: number | null): Compared[] =>
			from === null && to === null
				? []
				: [
						row(group, name, from === null ? null : formatUnit(unit, from), to === null ? null : formatUnit(unit, to), (x, y) =>
							matters(from!, to!, atLeast)
								? `${group}: ${name} ${signed(to! - from!, (value) => formatUnit(unit, value))} (${y}, was ${x}).`
								: null
						)
					];
		const rtt = figure('round trip', 'ms', 5, was?.rttMs?.median ?? null, is?.rttMs?.median ?? null);
		const directions = (is ?? was!).directions.flatMap((direction, d) =>
			FIGURES.flatMap(({ name, unit, atLeast, read }) => {
				const [from, to] = [was?.directions[d], is?.directions[d]].map((one) => (one ? read(one) : null));
				return figure(`${name}, ${direction.from} to ${direction.to}`, unit, atLeast, from ?? null, to ?? null);
			})
		);
		return [...rtt, ...directions];
	});
}

function signed(value: number, format: (value: number) => string): string {
	return `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`;
}

/** What was different about the measurement itself. */
function circumstances(before: WrittenReport, after: WrittenReport): Compared[] {
	const group = 'Measured with';
	const none = () => null;
	return [
		row(group, 'Time', before.createdAt, after.createdAt, none),
		row(
			group,
			'Browser',
			before.environment.browser,
			after.environment.browser,
			(was, is) => `Measured with ${is}, before with ${was}.`
		),
		row(
			group,
			'Platform',
			before.environment.platform,
			after.environment.platform,
			(was, is) => `Measured on ${is}, before on ${was}.`
		),
		row(group, 'Icelens', before.tool.version, after.tool.version, none),
		...(before.redacted !== after.redacted
			? [
					{
						...row(
							group,
							'Copy',
							before.redacted ? 'redacted' : 'as measured',
							after.redacted ? 'redacted' : 'as measured',
							none
						),
						sentence:
							'One of the two has stand-ins for its addresses and names, so servers and addresses cannot be held against each other.'
					}
				]
			: [])
	];
}
