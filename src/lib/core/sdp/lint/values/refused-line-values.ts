/** What rules about lines that browsers refuse found. */
import type { NoValues } from '../../../base/said';

/** A blank where the format has none. */
export type StrayBlank = 'behind-colon' | 'before-colon' | 'tab' | 'two' | 'tab-at-end' | 'at-end';

export interface RefusedLineValues {
	'stray-blank': { blank: StrayBlank };
	'carriage-return': NoValues;
	'line-empty-value': { type: string };
	'attribute-without-value': { attribute: string };
	'attribute-name-case': { attribute: string; readAs: string };
	'beyond-ascii': NoValues;
	'time-line': { kind: 'too-large' } | { kind: 'not-two-numbers'; value: string };
	'connection-repeated': { earlierLine: number };
}
