/** Findings about lines that browsers refuse, in English. */
import type { RefusedLineValues, StrayBlank } from '../../sdp/lint/values/refused-line-values';
import type { SdpMessagesOf } from '../sdp-language';

const BLANKS: Readonly<Record<StrayBlank, string>> = {
	'behind-colon': 'a blank behind the colon',
	'before-colon': 'a blank before the colon',
	tab: 'a tab',
	two: 'two blanks',
	'tab-at-end': 'a tab at its end',
	'at-end': 'a blank at its end'
};

export const SDP_BROWSER_LINES: SdpMessagesOf<keyof RefusedLineValues> = {
	'stray-blank': {
		title: 'A blank where the format has none',
		advice: 'Take it out: values are separated by exactly one blank, and nothing stands behind the last of them.',
		sentence: ({ blank }) => `The line has ${BLANKS[blank]}.`
	},
	'carriage-return': {
		title: 'A line that ends in a carriage return alone',
		advice: 'End each line with carriage return and line feed: browsers read on where there is no line feed.',
		sentence: () => 'A carriage return alone ends no line: browsers take this line and the next for one.'
	},
	'line-empty-value': {
		title: 'A line with nothing behind its =',
		advice: 'Take the line out.',
		sentence: ({ type }) => `Nothing stands behind ${type}=.`
	},
	'attribute-without-value': {
		title: 'An attribute without the value that it has to have',
		advice: 'Write the value behind a colon, or take the line out.',
		sentence: ({ attribute }) => `a=${attribute} has no value.`
	},
	'attribute-name-case': {
		title: 'An attribute name in another case',
		advice: 'Write the name as its specification does, which is in small letters.',
		sentence: ({ attribute, readAs }) => `Firefox reads a=${attribute} as a=${readAs}, and Chromium reads over it.`
	},
	'beyond-ascii': {
		title: 'A character beyond ASCII',
		advice:
			'Write names in ASCII: the format allows UTF-8 in names of sessions and in some values, and not every browser takes it.',
		sentence: () => 'The text is not ASCII alone.'
	},
	'time-line': {
		title: 'The t= line is malformed',
		advice: 'Write t=0 0: calls have no time of their own.',
		sentence: (found) =>
			found.kind === 'too-large' ? 'The time does not fit 32 bits.' : `"${found.value}" is not two numbers with a blank between.`
	},
	'connection-repeated': {
		title: 'Several c= lines for one section',
		advice: 'Leave one: several are for multicast, which browsers have not.',
		sentence: ({ earlierLine }) => `There is a c= on line ${earlierLine} already.`
	}
};
