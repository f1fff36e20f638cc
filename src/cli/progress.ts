/** What is going on, on standard error: a line that is written over on a terminal, nothing but notes elsewhere. */
import { withoutControls } from '../lib/core/base/escape';
import { duration } from '../lib/core/base/format';
import type { Observation } from '../lib/core/observations/observation';

export interface Progress {
	note(text: string): void;
	/** Takes an observation as JSON, as the page sends it. */
	observation(json: string): void;
	end(): void;
}

const STATES = { seen: 'done', failed: 'failed', skipped: 'left out' } as const;
const CLEAR_LINE = '\r\x1b[K';

export function makeProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
	const live = stream.isTTY === true;
	let count = 0;
	const line = (text: string) => stream.write(CLEAR_LINE + withoutControls(text).slice(0, (stream.columns || 80) - 1));
	if (live) line('Starting the browser …');
	return {
		note: (text) => void stream.write(`${live ? CLEAR_LINE : ''}${withoutControls(text)}\n`),
		observation: (json) => {
			count++;
			if (!live) return;
			const { step, outcome, tookMs } = JSON.parse(json) as Observation;
			line(`${count}  ${step}: ${STATES[outcome.state]} after ${duration(tookMs)}`);
		},
		end: () => void (live && stream.write(CLEAR_LINE))
	};
}
