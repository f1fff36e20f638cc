/** What all test files of one worker share, such as a browser: started when first asked for, closed when the worker ends. */
const open = new Set<() => Promise<unknown>>();

/** `start` runs at most once in this worker; a start that failed may be tried again by the next who asks. */
export function onceAWorker<T>(start: () => Promise<T>, close: (value: T) => Promise<unknown>): () => Promise<T> {
	let value: Promise<T> | null = null;
	return () => {
		value ??= start().then(
			(started) => {
				open.add(() => close(started));
				return started;
			},
			(error: unknown) => {
				value = null;
				throw error;
			}
		);
		return value;
	};
}

/** For the runner, at the end of a worker. */
export async function closeShared(): Promise<void> {
	await Promise.all([...open].map((close) => close()));
	open.clear();
}
