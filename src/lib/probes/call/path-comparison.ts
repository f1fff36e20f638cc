/** The same short call over every path of a list in turn, one at a time so that none disturbs another. */
import type { LoopbackCall } from '../../core/observations/observation';
import { LoopbackCallRun, type CallChoices } from './loopback-call';
import type { CallRoute } from './loopback-call-route';

export interface ComparisonOptions {
	routes: readonly CallRoute[];
	media: CallChoices['media'];
	/** Of each call, once connected. */
	durationMs: number;
	/** How long each may take to connect. */
	deadlineMs: number;
	pollMs: number;
	signal: AbortSignal;
	onStart?: (route: CallRoute, index: number, run: LoopbackCallRun) => void;
	onEnd?: (call: LoopbackCall, index: number) => void;
}

/** Long enough for the encoder to reach its bitrate and for RTCP reports. */
export const COMPARISON_CALL_MS = 8000;
export const COMPARISON_DEADLINE_MS = 8000;

/** The calls that were made, in the order of the routes; fewer when the signal ended it. Never rejects. */
export async function comparePaths(options: ComparisonOptions): Promise<LoopbackCall[]> {
	const calls: LoopbackCall[] = [];
	const { durationMs, deadlineMs, pollMs, media, signal } = options;
	for (const [index, route] of options.routes.entries()) {
		if (signal.aborted) break;
		const run = new LoopbackCallRun({ route, media, purpose: 'comparison', durationMs, deadlineMs, pollMs });
		const stop = () => void run.stop();
		signal.addEventListener('abort', stop);
		options.onStart?.(route, index, run);
		await run.start();
		const call = await run.ended;
		signal.removeEventListener('abort', stop);
		calls.push(call);
		options.onEnd?.(call, index);
	}
	return calls;
}
