/** English as a whole, for what writes reports: loaded with documents and comparisons, not with a page that checks its network. */
import { formatUnit } from '../../base/format';
import { subjectLabel } from './subject-names';
import { placeOf } from '../../verdict/subject';
import type { Language } from '../language';
import { CHART_WORDS } from './chart-words';
import { COMPARISON_WORDS } from './comparison-words';
import { DOCUMENT_WORDS } from './document-words';
import { DUMP_WORDS } from './dumps';
import { everySentence } from './every-sentence';
import { headlineTitle } from './headline-title';
import { connectionName, recordingName } from './recording-names';
import { stepTitle } from './steps';
import { TERMINAL_WORDS } from './terminal-words';
import { VALUE_WORDS } from './value-words';
import { PICTURE_WORDS } from './vocabulary';
import { meetingPathName } from './path-names';

export const ENGLISH: Language = {
	tag: 'en',
	say: everySentence,
	headlineTitle,
	quantity: formatUnit,
	subject: ({ named }) => subjectLabel(named),
	place: placeOf,
	meetingPath: meetingPathName,
	recording: recordingName,
	connection: connectionName,
	step: stepTitle,
	vocabulary: VALUE_WORDS,
	document: DOCUMENT_WORDS,
	charts: CHART_WORDS,
	dump: DUMP_WORDS,
	terminal: TERMINAL_WORDS,
	comparison: COMPARISON_WORDS,
	picture: PICTURE_WORDS
};
