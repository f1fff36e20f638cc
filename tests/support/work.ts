/** How long work takes compared with similar work in the same run, so that the speed of the machine cancels out. */

/** CPU time of this process, ms: on a busy machine wall-clock time says nothing about a parser. */
export function cpuMs(work: () => unknown): number {
	const begun = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(begun);
	return (user + system) / 1000;
}

/** The shortest of some runs: without what garbage collection or compilation adds to some of them. */
export function bestCpuMs(work: () => unknown, runs = 3): number {
	return Math.min(...Array.from({ length: runs }, () => cpuMs(work)));
}

/** How many times as long as a tenth of it a text takes: 10 where time grows linearly with the length, 100 where quadratically. */
export function growth(text: string, work: (text: string) => unknown): number {
	const tenth = text.slice(0, Math.ceil(text.length / 10));
	cpuMs(() => work(tenth));
	const tenthMs = bestCpuMs(() => work(tenth));
	return bestCpuMs(() => work(text), 2) / Math.max(tenthMs, 0.1);
}
