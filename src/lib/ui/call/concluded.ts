/** What is concluded of a call that is not in a report yet, by the same rules as of one that is. */
import type { LoopbackCall } from '../../core/observations/observation';
import { DEFAULT_LIMITS } from '../../core/plan/config';
import type { CallConclusion } from '../../core/verdict/call/call-conclusion';
import { concludeOwn } from '../../core/verdict/conclude-own';

export function concludeCall(data: LoopbackCall): CallConclusion {
	const { calls } = concludeOwn(DEFAULT_LIMITS, [
		{
			probe: 'loopback-call',
			step: 'loopback-call',
			target: data.path.url,
			startedMs: 0,
			tookMs: 0,
			outcome: { state: 'seen', data }
		}
	]);
	return calls[0]!;
}
