/** What is said of a dump beside its findings, in English: the same on the screen, in the command line and in what is saved. */
import { entryOf } from '../../base/record';
import { count, duration, formatBytes } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import type { EndOverview } from '../../call/call-figure-shapes';
import type { Recording } from '../../recording/recording';
import type { RecordedEnd } from '../../verdict/call/call-conclusion';
import type { DumpLanguage } from '../language';
import { FIGURE_WORDS } from './figure-words';
import { headlineTitle } from './headline-title';
import { connectionName, recordingName } from './recording-names';
import { sentence } from './sentence';
import { CALL_OUTCOME_WORDS, FINDING_WORDS, NO_CONNECTIONS } from './vocabulary';

const CANDIDATE_TYPES: Readonly<Record<string, string>> = {
	host: 'host',
	srflx: 'server-reflexive',
	prflx: 'peer-reflexive',
	relay: 'relay'
};

/** `relay over TURN/TLS (203.0.113.9:49160)`. */
export function candidateName(end: Omit<EndOverview, 'id'> | null): string {
	if (!end) return 'a candidate that the recording does not describe';
	const { type, protocol, relayProtocol, address, port } = end;
	const over = type === 'relay' && relayProtocol ? ` over TURN/${relayProtocol.toUpperCase()}` : '';
	const tcp = type !== 'relay' && protocol === 'tcp' ? ' over TCP' : '';
	return `${entryOf(CANDIDATE_TYPES, type) ?? type}${over}${tcp} (${formatEndpoint(address ?? 'address hidden', port)})`;
}

export const NO_SELECTED_PAIR = 'No candidate pair carried media, as far as the recording shows.';

/** Between which candidates media went. */
export function pathName({ selectedPair }: Pick<RecordedEnd, 'selectedPair'>): string {
	return selectedPair ? `${candidateName(selectedPair.local)} to ${candidateName(selectedPair.remote)}` : NO_SELECTED_PAIR;
}

/** A connection in a few lines, after its name and how it went: page, pairs, path, bytes, what was recorded. */
export function connectionLines(end: RecordedEnd, clock: Recording['clock']): string[] {
	const { url, candidatePairs, pairStates, bytesSent, bytesReceived, events, series } = end;
	const states = Object.entries(pairStates).map(([state, number]) => `${number} ${state}`);
	const bytes = (value: number | null) => (value === null ? 'an unknown amount' : formatBytes(value));
	return [
		...(url ? [`Page: ${url}`] : []),
		`${count(candidatePairs, 'candidate pair')}${states.length > 0 ? ` (${states.join(', ')})` : ''}`,
		end.selectedPair ? `Path: ${pathName(end)}` : NO_SELECTED_PAIR,
		...(bytesSent === null && bytesReceived === null ? [] : [`${bytes(bytesSent)} sent, ${bytes(bytesReceived)} received`]),
		`${count(events, 'event')}, ${count(series, 'series', 'series')}${recordedTime(end, clock)}`
	];
}

/** A Date takes no more. */
const DATE_AT_MOST_MS = 8.64e15;

function recordedTime({ startMs, endMs }: RecordedEnd, clock: Recording['clock']): string {
	if (startMs === null || endMs === null || clock === 'none') return '';
	const length = duration(endMs - startMs);
	return clock === 'epoch' && Math.abs(startMs) < DATE_AT_MOST_MS
		? `, ${length} from ${new Date(startMs).toISOString()}`
		: `, ${length}`;
}

export const DUMP_WORDS = {
	title: 'What the dump says',
	findings: 'Findings',
	note: 'Note',
	outcomes: CALL_OUTCOME_WORDS,
	severities: FINDING_WORDS,
	noConnections: NO_CONNECTIONS,
	recording: recordingName,
	connection: connectionName,
	/** Before what to do about a finding, and before what follows from it. */
	nextStep: 'To do',
	follows: 'Follows from it',
	/** When, from the beginning of the connection on. */
	moment: (ms: number) => `at ${duration(ms)}`,
	connectionLines,
	pathName,
	figures: FIGURE_WORDS
};

/** What a text about a dump needs; the rest of the language is not loaded with it. */
export const ENGLISH_OF_DUMPS: DumpLanguage = { say: sentence, headlineTitle, dump: DUMP_WORDS };
