/** The state of the screen for a URL: what is to be asked, the run, and a report of each URL that was asked. */
import type { Result } from '../../core/base/result';
import type { Report } from '../../core/report/report';
import { PageWatch, pausedBetween } from '../../probes/page-watch';
import { readEnvironment } from '../../probes/environment';
import { readAskedUrl, type AskedUrl } from '../../probes/reach/asked-url';
import { reachUrl } from '../../probes/reach/url-reach';

/** As the command line waits. */
const DEADLINE_MS = 10_000;
/** Long enough for a server that accepts first and looks at the login then. */
const GLANCE_MS = 2000;

export interface ReachRun {
	url: AskedUrl;
	state: 'asking' | 'open';
	elapsedMs: number;
	holdMs: number;
}

export interface Asked {
	url: AskedUrl;
	report: Report;
}

export class ReachSession {
	text = $state('');
	/** The host that the user called their own: another one has to be confirmed anew. */
	confirmed = $state('');
	hold = $state(false);
	/** Longer than the 60 s after which nginx and many load balancers end a silent connection. */
	holdS = $state(75);
	run = $state.raw<ReachRun | null>(null);
	/** The last one first. */
	asked = $state.raw<readonly Asked[]>([]);

	#abort: AbortController | null = null;

	read: Result<AskedUrl> = $derived(readAskedUrl(this.text));
	url: AskedUrl | null = $derived(this.read.ok ? this.read.value : null);
	mine = $derived(this.url !== null && this.confirmed === this.url.host);

	async start(): Promise<void> {
		const { url } = this;
		if (this.run || url === null || !this.mine) return;
		const { signal } = (this.#abort = new AbortController());
		const holdMs = url.webSocket ? (this.hold ? 1000 * this.holdS : GLANCE_MS) : 0;
		let [startedMs, state]: [number, ReachRun['state']] = [performance.now(), 'asking'];
		const show = () => (this.run = { url, state, elapsedMs: performance.now() - startedMs, holdMs });
		const ticker = setInterval(show, 250);
		const watch = new PageWatch();
		const begunMs = startedMs;
		const before = watch.pausedMs();
		show();
		try {
			const outcome = await reachUrl(url, {
				deadlineMs: DEADLINE_MS,
				holdMs,
				signal,
				onOpen: () => {
					[startedMs, state] = [performance.now(), 'open'];
					show();
				}
			});
			const tookMs = Math.round(performance.now() - begunMs);
			const { reachReport } = await import('./reach-report');
			const pausedMs = pausedBetween(before, watch.pausedMs());
			const report = reachReport(url, { outcome, tookMs, pausedMs, deadlineMs: DEADLINE_MS, holdMs }, await readEnvironment());
			this.asked = [{ url, report }, ...this.asked];
			const { keepReport } = await import('../reports/history');
			void keepReport(report);
		} finally {
			watch.stop();
			clearInterval(ticker);
			this.run = null;
		}
	}

	stop(): void {
		this.#abort?.abort();
	}
}
