/**
 * English that no message makes cannot be translated. Here every report of the tests is told in a language whose letters differ from
 * English ones (tests/support/pseudo-locale.ts): plain letters that are left are facts of the report, or stand in a short list below.
 *
 * Facts are also what a report holds as sentences since it was measured: errors as a browser worded them, and in files of earlier versions
 * titles of the plan, why a step was skipped and what was left out to make it small. `icelens redact` prints such reports alone. Help, usage and faults of a file are English on the command line,
 * like those of other commands.
 */
import { expect, test } from 'vitest';
import { discoveryAnswers } from '../../src/lib/core/verdict/check/discovery-answers';
import { natText } from '../../src/cli/nat-text';
import { dumpText } from '../../src/cli/dump-text';
import { changesText, differencesText, reportText } from '../../src/cli/text';
import { isRecord } from '../../src/lib/core/base/record';
import type { Observation } from '../../src/lib/core/observations/observation';
import { ladderOf, type HandshakeEvent } from '../../src/lib/core/recording/handshake';
import type { Recording } from '../../src/lib/core/recording/recording';
import { seriesOf } from '../../src/lib/core/recording/metric-series';
import { METRICS } from '../../src/lib/core/recording/metrics-table';
import { compareConclusions } from '../../src/lib/core/report/compare';
import { compareReports } from '../../src/lib/core/report/compare-reports';
import { judgeDiscovery } from '../../src/lib/core/nat/discovery';
import { judgeGateway } from '../../src/lib/core/nat/gateway';
import { judgeHops } from '../../src/lib/core/nat/hop-rules';
import { judgeInterfaces } from '../../src/lib/core/nat/interface-findings';
import { connectionMarks, stateLanes } from '../../src/lib/core/report/export/connection-timeline';
import { toCsv } from '../../src/lib/core/report/export/csv';
import { dumpDocument, exportDump } from '../../src/lib/core/report/export/dump';
import { toHtml } from '../../src/lib/core/report/export/html';
import { toJunit } from '../../src/lib/core/report/export/junit';
import { chartsOf, limitRows } from '../../src/lib/core/report/export/recording-charts';
import { toMarkdown } from '../../src/lib/core/report/export/markdown';
import { judgeDump } from '../../src/lib/core/report/imported';
import { failed, type FailureValues } from '../../src/lib/core/observations/failure-values';
import { skipped, type SkipValues } from '../../src/lib/core/plan/skip-values';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { recordingsOf } from '../../src/lib/core/report/recordings';
import type { Report } from '../../src/lib/core/report/report';
import { sdpRuleBook } from '../../src/lib/core/report/sdp-rule-book';
import { exampleParts } from '../../src/lib/core/sdp/lint/rules/rule';
import { analyse } from '../../src/lib/core/inspection/analysis';
import { wordsOf as findingWords } from '../../src/lib/core/messages/sdp-language';
import { IMPLEMENTATIONS } from '../../src/lib/core/sdp/text/implementations-table';
import { H264_PROFILE_NAMES } from '../../src/lib/core/sdp/text/h264-profile';
import { STATIC_PAYLOADS } from '../../src/lib/core/sdp/text/static-payloads-table';
import { citeOf } from '../../src/lib/core/report/rule-cites-table';
import type { Conclusions } from '../../src/lib/core/verdict/conclusion';
import { trimmed, TRIM_STEPS } from '../../src/lib/core/report/trim';
import { REPORTS } from '../support/components/reports';
import { isWord, PSEUDO_LANGUAGE, PSEUDO_SDP, pseudoSentence } from '../support/pseudo-locale';
import { CALL_CASES } from './calls-table';
import { DISCOVERY_CASES } from './discoveries-table';
import { generateReport } from './generate-report';
import { HEADLINE_CASES } from './headlines-table';
import { PAIR_CASES, pairObservations } from './pairs-table';
import { PATH_CASES } from './paths-table';
import { importObservation, RECORDING_CASES } from './recordings-table';

/** Of protocols, of time and of this program: the same in every language. */
const NAMES = ['Icelens', 'STUN', 'TURN', 'UDP', 'TCP', 'TLS', 'IPv', 'RFC', 'UTC'];

const TABLES = [PATH_CASES, CALL_CASES, HEADLINE_CASES].flatMap((table) => table.map(({ observations }) => observations));
const CALL = judgeAgain({ ...generateReport(1), observations: CALL_CASES[0]!.observations });
const CALL_RECORDING = recordingsOf(CALL)[0]!.recording;

/** Each reason for which a step is skipped. */
const SKIPS: SkipValues = {
	'skip-udp-answered': {},
	'skip-mapping-observers-asked': {},
	'skip-mapping-needs-two-observers': { answered: 1 },
	'skip-filtering-without-relay': {},
	'skip-filtering-without-observer': {},
	'skip-filtering-told': {},
	'skip-relay-not-allocated': {},
	'skip-hairpin-without-observer': {},
	'skip-no-prober': { because: 'this-machine-only', family: 'ipv4' },
	'skip-server-not-asked-alone': {},
	'skip-in-words': { said: 'Switched off.' }
};
/** Each reason for which a probe fails without the browser saying why. */
const FAILURES: FailureValues = {
	'failed-cancelled': {},
	'failed-deadline': { deadlineMs: 5000 },
	'failed-no-webrtc': {},
	'failed-no-answer': { url: 'https://app.example/api/echo', deadlineMs: 5000 },
	'failed-not-fetched': { url: 'https://app.example/api/echo', browserSaid: '' },
	'failed-prober-status': { status: 500, kind: 'result' },
	'failed-prober-no-result': { deadlineMs: 5000 },
	'failed-prober-other-version': { fault: '' },
	'failed-in-words': { said: 'Failed to fetch' }
};
const FAILED = (Object.keys(FAILURES) as (keyof FailureValues)[]).flatMap((rule, i): Observation[] => {
	const url = `stun:f${i}.example`;
	const when = { startedMs: 0, tookMs: 0, outcome: failed('timeout', rule, FAILURES[rule]) };
	return [
		{ probe: 'app-reachability', step: 'app-reachability', target: null, ...when },
		{ probe: 'server-gathering', step: `server-gathering ${url}`, target: url, ...when }
	];
});
const SKIPPED = (Object.keys(SKIPS) as (keyof SkipValues)[]).flatMap((rule, i): Observation[] => {
	const url = `stun:s${i}.example`;
	const when = { startedMs: 0, tookMs: 0, outcome: skipped(rule, SKIPS[rule]) };
	return [
		{ probe: 'hairpin', step: 'hairpin', target: null, ...when },
		{ probe: 'server-gathering', step: `server-gathering ${url}`, target: url, ...when }
	];
});
const ALL: readonly Report[] = [
	judgeAgain({ ...generateReport(1), observations: [...SKIPPED, ...FAILED] }),
	trimmed(CALL, TRIM_STEPS.length),
	...REPORTS.map(({ report }) => judgeAgain(report)),
	...[...TABLES, ...PAIR_CASES.map(pairObservations), ...RECORDING_CASES.map(([, bad]) => [importObservation(bad)])].map(
		(observations) => judgeAgain({ ...generateReport(1), observations })
	)
];

/** Every text below a value, with the names of the fields on the way, those of lists left out. */
function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
	if (typeof value === 'string') return [{ path, text: value }];
	if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, path));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, item]) => textsIn(item, below(path, name)));
}

function below(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}

/** Two letters may be part of an address. */
const WORD = /[A-Za-z]{3,}/g;

function wordsOf(text: string): string[] {
	return [...text.matchAll(WORD)].map(([word]) => word);
}

/** What was measured, and the words of closed lists: the data of a report, in small letters. */
function factsOf({ conclusions, ...measured }: Report): string {
	const chosen = textsIn(conclusions).filter(({ text }) => isWord(text));
	return [...textsIn(measured), ...chosen].map(({ text }) => text.toLowerCase()).join('\n');
}

/** Words that are no data of the report; sources are cited by name in every language. */
function englishIn(text: string, facts: string): string[] {
	if (facts.includes(text.toLowerCase())) return [];
	return wordsOf(text.replace(/\bRFC \d+/g, '')).filter((word) => !facts.includes(word.toLowerCase()));
}

test('conclusions hold facts and words of closed lists, and no English', () => {
	const english = ALL.flatMap((report) => {
		const facts = factsOf(report);
		return textsIn(report.conclusions).filter(({ text }) => englishIn(text, facts).length > 0);
	});
	expect([...new Set(english.map(({ path, text }) => `${path}: ${text}`))]).toEqual([]);
});

test('a sentence has plain letters of its values alone', () => {
	const text = pseudoSentence({
		rule: 'udp-answered-from-outside',
		values: { urls: ['stun:a.example', 'stun:b.example'], quickestMs: 12 }
	});
	expect(text).toBe('ＵＤＰ ｗｏｒｋｓ ａｓ ｆａｒ ａｓ stun:a.example ａｎｄ stun:b.example: ａｎｓｗｅｒｅｄ ｉｎ 12 ｍｓ.');
});

const PLAIN_TERMINAL = { columns: 90, paint: (_: unknown, text: string) => text };

interface Output {
	write(report: Report): string;
	/** Words that are the same in every language, since programs read them. */
	identifiers: (report: Report) => readonly string[];
}

const OUTPUTS: Record<string, Output> = {
	text: { write: (report) => reportText(report, PSEUDO_LANGUAGE, PLAIN_TERMINAL), identifiers: closedWords },
	markdown: { write: (report) => shown(toMarkdown(report, PSEUDO_LANGUAGE)), identifiers: () => [] },
	csv: { write: (report) => toCsv(report, PSEUDO_LANGUAGE), identifiers: () => CSV_IDENTIFIERS },
	junit: {
		write: (report) => shown(toJunit(report, PSEUDO_LANGUAGE)),
		identifiers: (report) => [...closedWords(report), ...JUNIT_IDENTIFIERS]
	},
	html: { write: (report) => shown(toHtml(report, PSEUDO_LANGUAGE)), identifiers: () => [] }
};

/** Ids of tables, and the columns of those that are not for reading. */
const CSV_IDENTIFIERS = [
	...'report answers nat servers peers findings tests call series pair networks paths steps loss pairs'.split(' '),
	...'name value connection metric unit object what tMs'.split(' '),
	...METRICS.flatMap(({ id, unit }) => wordsOf(`${id} ${unit}`))
];

/** Suites and properties. */
const JUNIT_IDENTIFIERS = ['answers', 'servers', 'findings', 'verdict', 'browser', 'icelens', 'report'];

test.each(Object.entries(OUTPUTS))('%s has no English of its own', (_, { write, identifiers }) => {
	const words = ALL.flatMap((report) => strangers(write(report), report, identifiers(report)));
	expect([...new Set(words)]).toEqual([]);
});

/** What `icelens stats` prints, and what the screen for dumps saves. */
const DUMP_OUTPUTS: Record<string, (recording: Recording, conclusions: Conclusions) => string> = {
	text: (recording, conclusions) => dumpText({ recording, conclusions, conditions: [] }, PSEUDO_LANGUAGE, PLAIN_TERMINAL),
	markdown: (recording, conclusions) =>
		shown(exportDump(recording, conclusions, { format: 'markdown', redact: false }, PSEUDO_LANGUAGE)),
	json: (recording, conclusions) => {
		const { tool: _, media: __, notes: ___, userAgent: ____, ...said } = dumpDocument(recording, conclusions, PSEUDO_LANGUAGE);
		return textsIn(said)
			.filter(({ path, text }) => !/\bvalues\b|\bid$/.test(path) && !isWord(text))
			.map(({ text }) => text)
			.join('\n');
	}
};

test.each(Object.entries(DUMP_OUTPUTS))('what a dump says, as %s, has no English of its own', (_, write) => {
	const words = ALL.flatMap((report) =>
		recordingsOf(report).flatMap(({ recording }) => {
			const conclusions = judgeDump(recording);
			const sources = conclusions.findings.map(({ rule }) => `${rule} ${citeOf(rule)}`);
			return strangers(write(recording, conclusions), report, sources.flatMap(wordsOf));
		})
	);
	expect([...new Set(words)]).toEqual([]);
});

test('charts have no English of their own', () => {
	const words = ALL.flatMap((report) =>
		recordingsOf(report).flatMap(({ recording }) => {
			const { connections } = recording;
			const { charts } = PSEUDO_LANGUAGE;
			const texts = [
				...chartsOf(recording, connections, seriesOf, charts).flatMap(({ title, series }) => [
					title,
					...series.map(({ label }) => label)
				]),
				...limitRows(recording, connections, charts).map(({ label }) => label),
				...connections.flatMap((one) => stateLanes(one, charts).map(({ label }) => label)),
				...connections.flatMap((one) => connectionMarks(recording, one, charts).map(({ label }) => label))
			];
			return strangers(texts.join('\n'), report, []);
		})
	);
	expect([...new Set(words)]).toEqual([]);
});

const HANDSHAKE: HandshakeEvent[] = [
	{ atMs: 0, peer: 'a', call: 'create-offer', phase: 'failed' },
	{ atMs: 1, peer: 'a', call: 'set-local', phase: 'called', description: { type: 'offer', sdp: 'v=0' } },
	{ atMs: 2, peer: 'a', call: 'set-local', phase: 'failed' },
	{ atMs: 3, peer: 'a', call: 'candidate', phase: 'event', candidate: 'candidate:1' },
	{ atMs: 4, peer: 'b', call: 'set-remote', phase: 'called', description: { type: 'offer', sdp: 'v=0' } },
	{ atMs: 5, peer: 'b', call: 'add-candidate', phase: 'called', candidate: 'candidate:1' },
	{ atMs: 6, peer: 'b', call: 'ice-state', phase: 'event', state: 'failed' }
];

test('the steps of an offer and answer have no English of their own', () => {
	const peers = ['a', 'b'].map((id) => ({ id, label: id }));
	const steps = ladderOf({ peers, events: HANDSHAKE }).steps.flatMap(({ title, detail }) => [title, detail ?? []].flat());
	const texts = steps.map((step) => (typeof step === 'string' ? step : pseudoSentence(step)));
	expect(new Set(steps.map((step) => (typeof step === 'string' ? step : step.rule))).size).toBe(7);
	expect(texts.flatMap(wordsOf)).toEqual([]);
});

/** The ends of a call are ids in a report, and each output names them. */
test('the caller and the callee have a name in every language', () => {
	const shownIn = {
		html: shown(toHtml(CALL, PSEUDO_LANGUAGE)),
		dump: exportDump(CALL_RECORDING, judgeDump(CALL_RECORDING), { format: 'markdown', redact: false }, PSEUDO_LANGUAGE),
		terminal: dumpText(
			{ recording: CALL_RECORDING, conclusions: judgeDump(CALL_RECORDING), conditions: [] },
			PSEUDO_LANGUAGE,
			PLAIN_TERMINAL
		),
		charts: chartsOf(CALL_RECORDING, CALL_RECORDING.connections, seriesOf, PSEUDO_LANGUAGE.charts)
			.flatMap(({ series }) => series.map(({ label }) => label))
			.join('\n')
	};
	for (const [output, text] of Object.entries(shownIn)) {
		expect([output, text]).toEqual([output, expect.stringContaining('Ｃａｌｌｅｒ')]);
		expect([output, text]).toEqual([output, expect.not.stringMatching(/call(er|ee)/i)]);
	}
});

test('what a NAT does, asked from the command line, has no English of its own', () => {
	const words = DISCOVERY_CASES.flatMap(({ seen }) => {
		const conclusion = judgeDiscovery(seen);
		const silent = { tookMs: 250, sent: 1, answer: null };
		const asked = { gateway: '192.168.1.1', natPmp: silent, pcp: silent, upnp: silent };
		const gateway = { ...judgeGateway(asked, null), observed: asked };
		const answers = discoveryAnswers('ipv4', seen, conclusion);
		const hops = {
			server: seen.server,
			plain: null,
			local: seen.local,
			mapped: seen.first.answer?.mapped ?? null,
			refused: null,
			returned: [],
			held: null
		};
		const place = { ...judgeHops(hops), observed: hops };
		const measured = ['eth0', 'tun0'].map((name, i) => {
			const from = { name, address: `10.0.0.${i}`, family: 'ipv4' as const };
			const mappedAddress = `198.51.100.${i}`;
			return {
				family: 'ipv4' as const,
				from,
				conclusion: { ...conclusion, mappedAddress },
				answers,
				observed: seen,
				gateway,
				place
			};
		});
		const findings = judgeInterfaces(measured);
		const text = natText('stun.example.org:3478', measured, findings, PSEUDO_LANGUAGE, PLAIN_TERMINAL);
		const facts = [
			...textsIn(conclusion),
			...textsIn(seen),
			...textsIn(gateway),
			...textsIn(place),
			...textsIn(measured.map(({ from }) => from)),
			...textsIn(findings)
		].filter((one) => isWord(one.text));
		return wordsOf(text.replaceAll(/stun(:|\.example\.org)/g, '')).filter(
			(word) => !NAMES.includes(word) && !facts.flatMap((one) => wordsOf(one.text)).includes(word)
		);
	});
	expect([...new Set(words)]).toEqual([]);
});

/** Codecs that a number stands for, products, and what the standard calls the profiles of H.264. */
const NAMES_IN_SDP = [...[...STATIC_PAYLOADS.values(), ...IMPLEMENTATIONS].map(({ name }) => name), ...H264_PROFILE_NAMES];

/** What every rule says of its bad example, and what to do: plain letters are those of the example. */
test('findings about session descriptions have no English of their own', () => {
	const words = sdpRuleBook().flatMap(({ id, bad, profiles }) => {
		const given = exampleParts(bad).map((part) => ({ ...part, label: '', places: null, peer: null, local: null }));
		const { findings } = analyse(given, { profile: profiles?.[0] ?? 'webrtc' });
		expect(findings.map(({ rule }) => rule)).toContain(id);
		const facts = [bad, ...NAMES_IN_SDP].join('\n').toLowerCase();
		return findings.flatMap((finding) => {
			const { text, advice } = findingWords(PSEUDO_SDP, finding);
			const ownValues = textsIn(finding.values).filter((each) => !isWord(each.text));
			const strange = [...ownValues.map((each) => each.text), text, advice].flatMap((each) => englishIn(each, facts));
			return strange.map((word) => `${finding.rule}: ${word}`);
		});
	});
	expect([...new Set(words)]).toEqual([]);
});

/** Each report beside the next one: what has changed since it was saved, what differs, and both side by side. */
test('two reports are compared without English of its own', () => {
	const words = ALL.flatMap((before, i) => {
		const after = ALL[(i + 1) % ALL.length]!;
		const { rows, changes } = compareReports(before, after, PSEUDO_LANGUAGE);
		const cells = rows.flatMap((row) => [row.group, row.name, row.before ?? '', row.after ?? '']);
		const rejudged = compareConclusions(before.conclusions, after.conclusions);
		const texts = [
			...cells,
			differencesText(changes, PSEUDO_LANGUAGE, PLAIN_TERMINAL),
			changesText(before.tool.version, rejudged, PSEUDO_LANGUAGE, PLAIN_TERMINAL)
		];
		return strangers(texts.join('\n'), { ...before, observations: [...before.observations, ...after.observations] }, [
			...wordsOf(after.environment.browser),
			...wordsOf(after.environment.platform)
		]);
	});
	expect([...new Set(words)]).toEqual([]);
});

/** States, severities and rules. */
function closedWords({ conclusions }: Report): string[] {
	return textsIn(conclusions).flatMap(({ text }) => (isWord(text) ? wordsOf(text) : []));
}

/** Words of an output that neither the report's data nor a list excuses. */
function strangers(output: string, { conclusions: _, ...measured }: Report, identifiers: readonly string[]): string[] {
	const data = textsIn(measured).map(({ text }) => text.replace(/\s+/g, ' '));
	// What browsers said, and titles in files of earlier versions, stand in a report as sentences, and are shown whole.
	const sentences = data.filter((text) => text.includes(' ')).toSorted((a, b) => b.length - a.length);
	const words = [...data.filter((text) => !text.includes(' ')), measured.environment.browser];
	const excused = new Set([...words.flatMap(wordsOf), ...identifiers, ...NAMES]);
	let rest = output.replace(/\s+/g, ' ');
	for (const sentence of sentences) rest = rest.replaceAll(sentence, ' ');
	return wordsOf(rest).filter((word) => !excused.has(word));
}

/** What people see of markup, with the names of pictures and tables. */
function shown(markup: string): string {
	const names = [...markup.matchAll(/(?<!<meta) (?:aria-label|title|name|message)="([^"]*)"/g)].map(([, name]) => name);
	return unescaped([markup.replace(/<style>.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' '), ...names].join(' '));
}

function unescaped(text: string): string {
	return text
		.replaceAll('<!-- -->', '')
		.replace(/\\(?=[\\`*_{}[\]|~#+.)-])/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&#58;', ':')
		.replaceAll('&#46;', '.')
		.replaceAll('&amp;', '&');
}
