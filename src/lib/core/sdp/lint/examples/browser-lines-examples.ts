/** An example that passes each rule of rules/browser-lines.ts, and one that breaks it. */
import type { RuleExample } from '../rules/rule';

export const BROWSER_LINE_EXAMPLES = {
	'stray-blank': { good: 'a=mid:0', bad: 'a=mid:0 ' },
	'carriage-return': { good: 's=-', bad: 's=-\rt=0 0' },
	'line-empty-value': { good: 'a=sendrecv', bad: 'a=' },
	'attribute-without-value': { good: 'a=ptime:20', bad: 'a=ptime' },
	'attribute-name-case': { good: 'a=sendrecv', bad: 'a=SENDRECV' },
	'beyond-ascii': { good: 's=Cafe', bad: 's=Café' },
	'time-line': { good: 't=0 0', bad: 't=now' },
	'connection-repeated': {
		good: 'c=IN IP4 0.0.0.0',
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			c=IN IP4 0.0.0.0
			c=IN IP4 0.0.0.0`
	}
} satisfies Readonly<Record<string, RuleExample>>;
