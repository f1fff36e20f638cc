/** The log of go2rtc, which tells its connections not apart. */
import { addCandidate, CANDIDATE_LINE } from './candidate-lines';
import { said } from './log-events';
import type { LogProgram } from './log-reader';

export const GO2RTC: LogProgram = {
	format: 'go2rtc-log',
	name: 'Log of go2rtc',
	is: /\b(?:TRC|DBG|INF|WRN|ERR) (?:\[webrtc\]|\[api\.ws\]|go2rtc )/,
	lines: () => [
		{
			pattern: new RegExp(`\\[webrtc\\] (local|remote|config)\\s+candidate="?${CANDIDATE_LINE.source}`, 'i'),
			take: ([, whose, candidate], line) =>
				addCandidate(line.connection('1', 'go2rtc'), whose === 'remote' ? 'remote' : 'local', candidate!, line.atMs)
		},
		{
			pattern: /\b(?:WRN|ERR) .*(?:\[webrtc\]|error=).*$/,
			take: ([text], line) => said(line.connection('1', 'go2rtc'), 'error', text, line)
		}
	]
};
