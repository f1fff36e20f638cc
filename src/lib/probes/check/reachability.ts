/** The control: is the app itself reachable over the web, and from which address does it see this browser? */
import { failed } from '../../core/observations/failure-values';
import type { AppReachability, Outcome } from '../../core/observations/observation';

export async function reachApp(
	url: string,
	{ deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal }
): Promise<Outcome<AppReachability>> {
	const timer = new AbortController();
	const timeout = setTimeout(() => timer.abort(), deadlineMs);
	const stop = () => timer.abort();
	signal.addEventListener('abort', stop);
	const startedMs = performance.now();
	try {
		const reading = import('./echo-address');
		// Of no use, and no fault, where the app is not reached.
		reading.catch(() => {});
		const response = await fetch(url, { cache: 'no-store', credentials: 'omit', redirect: 'manual', signal: timer.signal });
		const elapsedMs = performance.now() - startedMs;
		const { addressIn } = await reading;
		const clientAddress = await addressIn(response);
		const redirected = response.type === 'opaqueredirect';
		const mediaType = response.headers.get('content-type')?.split(';')[0]!.trim().toLowerCase() ?? null;
		const rttMs = roundTripMs(url) ?? elapsedMs;
		return { state: 'seen', data: { url, status: response.status, rttMs, clientAddress, redirected, mediaType } };
	} catch (error) {
		if (signal.aborted) return failed('aborted', 'failed-cancelled', {});
		if (timer.signal.aborted) {
			return failed('timeout', 'failed-no-answer', { url, deadlineMs });
		}
		// A failed fetch says no more than that, on purpose: pages must not learn why.
		return failed('refused', 'failed-not-fetched', { url, browserSaid: (error as Error).message });
	} finally {
		clearTimeout(timeout);
		signal.removeEventListener('abort', stop);
	}
}

/** From the request's first byte to the answer's: name resolution and connection set-up left out (Resource Timing). */
function roundTripMs(url: string): number | null {
	const entry = performance.getEntriesByName(url).at(-1) as PerformanceResourceTiming | undefined;
	if (!entry || !(entry.requestStart > 0) || !(entry.responseStart >= entry.requestStart)) return null;
	return entry.responseStart - entry.requestStart;
}
