/** How long work takes beside work of the same kind in the same run: the speed of the machine is in both, and drops out. */

/** Time that this process computed, ms: on a busy machine the clock on the wall says nothing about a parser. */
export function cpuMs(work: () => unknown): number {
	const begun = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(begun);
	return (user + system) / 1000;
}

/** The shortest of some runs: what the collector or the compiler adds in one of them is not the work's. */
export function bestCpuMs(work: () => unknown, runs = 3): number {
	return Math.min(...Array.from({ length: runs }, () => cpuMs(work)));
}

/** How many times as long as its tenth a text takes: 10 where time grows with the length, 100 where with its square. */
export function growth(text: string, work: (text: string) => unknown): number {
	const tenth = text.slice(0, Math.ceil(text.length / 10));
	cpuMs(() => work(tenth));
	const tenthMs = bestCpuMs(() => work(tenth));
	return bestCpuMs(() => work(text), 2) / Math.max(tenthMs, 0.1);
}
