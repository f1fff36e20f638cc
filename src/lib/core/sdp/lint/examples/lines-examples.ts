/** An example that passes each rule of rules/lines.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const LINE_EXAMPLES = {
	'line-type': {
		good: `
			v=0
			s=-`,
		bad: `
			v=0
			s=-
			y=0105000001`
	},
	'line-ends': {
		good: `
			v=0
			s=-`,
		bad: 'v=0\ns=-\r'
	},
	'blank-line': {
		good: `
			v=0
			s=-`,
		bad: `
			v=0

			s=-`
	},
	'control-characters': { good: 's=Caf\u00e9', bad: 's=Caf\ufffd' },
	'spaced-line': { good: 'a=mid:0', bad: '  a=mid:0' }
} satisfies Readonly<Record<string, RuleExample>>;
