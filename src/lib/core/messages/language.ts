/**
 * What a language gives for writing a report: its sentences, and the words of documents, terminal, comparisons and picture. English says
 * which words there are, so a language that lacks one does not compile.
 */
import type { Unit } from '../recording/metric';
import type { Subject } from '../recording/metric-series';
import type { RecordedConnection } from '../recording/recording';
import type { MeetingPath } from '../observations/observation';
import type { Step } from '../plan/plan-shapes';
import type { HeadlineFacts } from '../verdict/check/headline-facts';
import type { Subject as FindingSubject } from '../verdict/conclusion';
import type { CHART_WORDS } from './en/chart-words';
import type { COMPARISON_WORDS } from './en/comparison-words';
import type { DOCUMENT_WORDS } from './en/document-words';
import type { DUMP_WORDS } from './en/dumps';
import type { TERMINAL_WORDS } from './en/terminal-words';
import type { VALUE_WORDS } from './en/value-words';
import type { PICTURE_WORDS } from './en/vocabulary';
import type { Say } from './messages';

export type PictureWords = typeof PICTURE_WORDS;

export interface Language {
	/** For documents that say which language they are in (RFC 5646). */
	tag: string;
	say: Say;
	/** The verdict in a few words. */
	headlineTitle(facts: HeadlineFacts): string;
	/** A number with its unit. */
	quantity(unit: Unit | 'B', value: number | null | undefined): string;
	/** What a series of a call was measured at. */
	subject(subject: Subject): string;
	/** What a finding is about. */
	place(subject: FindingSubject): string;
	meetingPath(path: MeetingPath): string;
	/** What a recording came from, by its `formatName`. */
	recording(formatName: string): string;
	/** What one of its connections is called. */
	connection(named: Pick<RecordedConnection, 'id' | 'label'>): string;
	/** What a step of the plan does. */
	step(step: Pick<Step, 'id' | 'does' | 'title'>): string;
	vocabulary: typeof VALUE_WORDS;
	document: typeof DOCUMENT_WORDS;
	charts: ChartWords;
	dump: typeof DUMP_WORDS;
	terminal: typeof TERMINAL_WORDS;
	comparison: typeof COMPARISON_WORDS;
	picture: PictureWords;
}

export type ChartWords = typeof CHART_WORDS;
export type DumpLanguage = Pick<Language, 'say' | 'headlineTitle' | 'dump'>;
