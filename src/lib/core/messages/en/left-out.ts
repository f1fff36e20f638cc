/** What was left out of a report to make it small, in English. */
import { integer, ordinal } from '../../base/format';
import type { LeftOutValues } from '../../verdict/left-out-values';
import type { MessagesOf } from '../messages';

export const LEFT_OUT: MessagesOf<keyof LeftOutValues> = {
	'left-out-unread-fields': ({ samples, samplesKept }) =>
		`Of ${integer(samples)} samples those ${integer(samplesKept)} were kept that charts and findings read.`,
	'left-out-samples': ({ samples, keptEvery }) =>
		`Of ${integer(samples)} samples one in ${keptEvery} was kept: what the copy shows is less exact than the dump.`,
	'left-out-descriptions': () => 'Session descriptions and candidates exchanged in the calls were left out.',
	'left-out-of-link-samples': ({ keptEvery }) =>
		`To fit into a link, only every ${ordinal(keptEvery)} sample of the statistics was kept.`,
	'left-out-of-link-descriptions': () =>
		'To fit into a link, session descriptions and candidates exchanged in the call were left out.',
	'left-out-of-link-statistics': () => 'To fit into a link, the statistics of the call were left out.',
	'left-out-of-link-candidate-lines': () => 'To fit into a link, the browser’s own text of each candidate was left out.'
};
