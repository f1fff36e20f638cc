/**
 * The words of the documents made of a report (HTML, Markdown, CSV, JUnit) in English: titles, columns, notes. They are loaded when
 * somebody asks for a document; a page that checks its network does without.
 */
import { count } from '../../base/format';
import type { Observation } from '../../observations/observation';
import type { ReportKind } from '../../verdict/report-kind';
import { CHART_TITLES } from './chart-titles';
import { endName } from './direction-names';
import { PAIR_TABLE_WORDS } from './pair-table-words';

type Columns3 = [string, string, string];
type Columns4 = [string, string, string, string];
type Columns6 = [string, string, string, string, string, string];
type Columns7 = [...Columns6, string];

export const DOCUMENT_WORDS = {
	titles: {
		check: 'What this network does to WebRTC',
		call: 'A WebRTC call, measured',
		stats: 'Statistics of a WebRTC call',
		pair: 'Two devices, and what is between them',
		reach: 'Whether a URL is reached from this network'
	} satisfies Record<ReportKind, string>,
	/** Of the browser's window. */
	windowTitle: (verdict: string, date: string) => `Icelens: ${verdict}, ${date}`,
	facts: { measured: 'Measured', browser: 'With', version: 'Icelens', report: 'Report' },
	redacted: 'Addresses, names and identifiers in this copy are placeholders; the same original has the same one.',
	whatToDo: 'What to do.',
	/** What a question that is open takes to be answered. */
	toFindOut: (missing: string) => `To find out: ${missing}`,
	publicAddress: 'Public address',
	notSeen: 'Not seen',
	answers: { title: 'Questions and answers', columns: ['Question', 'Answer', 'Why'] satisfies Columns3 },
	nat: {
		title: 'NAT behaviour',
		lead: 'In the words of RFC 4787.',
		columns: ['Family', 'Property', 'Value', 'Evidence'] satisfies Columns4
	},
	servers: {
		title: 'Servers',
		columns: ['Server', 'Family', 'State', 'Round trip', 'Relayed', 'What was seen'] satisfies Columns6
	},
	peers: {
		title: 'Who can be called without TURN',
		lead: 'Direct calls from this network to each kind of network a peer may be on.',
		columns: ['The other side is', 'The call', 'Why'] satisfies Columns3
	},
	findings: { title: 'Worth knowing', columns: ['Kind', 'What', 'Where'] satisfies Columns3 },
	outcomes: { seen: 'seen', failed: 'failed', skipped: 'skipped' } satisfies Record<Observation['outcome']['state'], string>,
	tests: {
		title: 'How this was measured',
		columns: ['No.', 'Test', 'Of', 'Began at', 'Took', 'Outcome', 'Said'] satisfies Columns7
	},
	call: {
		/** Where a recording has no name of its own. */
		title: 'Call',
		titleOf: (recording: string, connection: string) => `${recording}: ${connection}`,
		path: (path: string) => `Path: ${path}.`,
		anyPath: 'any path',
		relay: (url: string) => `relay ${url}`,
		ofMedia: (seconds: number) => `${count(seconds, 'second')} of media.`,
		roundTrip: (median: string, most: string) => `Round trip ${median} (median), ${most} (95th percentile).`,
		measure: 'Measure',
		end: endName,
		direction: (from: string, to: string) => `${from} to ${to}`,
		rows: {
			loss: 'Packets lost',
			jitter: 'Jitter, median',
			delay: 'One-way delay, median',
			audioBitrate: 'Audio bitrate, median',
			videoBitrate: 'Video bitrate, median',
			available: 'Available outgoing bitrate, median',
			frameRate: 'Frame rate, median',
			freezes: 'Freezes',
			concealed: 'Concealed audio',
			jitterBuffer: 'Jitter buffer',
			limited: 'Time limited by bandwidth'
		}
	},
	pair: PAIR_TABLE_WORDS,
	charts: {
		title: 'Over time',
		/** By metric (recording/metrics-table). */
		metrics: CHART_TITLES as Record<keyof typeof CHART_TITLES, string>,
		line: (connection: string, subject: string) => `${connection}: ${subject}`,
		/** For those who cannot see it. */
		label: (chart: string, lines: readonly string[]) => `${chart}. ${lines.join('; ')}.`,
		nothingMeasured: (line: string) => `${line}: nothing measured`,
		spread: (line: string, median: string, least: string, most: string) => `${line}: median ${median}, from ${least} to ${most}`
	},
	/** The name of a part that is wider than the page. */
	scrolls: (title: string) => `${title}, scrolls`,
	markdown: {
		leftOut: (titles: readonly string[]) =>
			`Left out, since the text would be too long: ${titles.join(', ')}. The JSON report has everything.`,
		doesNotFit: 'The rest did not fit.'
	},
	csv: {
		report: 'Report',
		verdict: 'Verdict',
		sentence: 'In a sentence',
		note: 'Note',
		series: (recording: string) => `${recording}: series`
	},
	junit: {
		server: (url: string, family: string) => `${url} over ${family}`,
		finding: (rule: string, place: string) => `${rule} at ${place}`
	}
};
