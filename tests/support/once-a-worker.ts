/** What all test files of one worker share, such as a browser: started when first asked for, closed when the worker ends. */

/** On the global object: the runner, which closes them, has its own copy of this module. */
const shared = globalThis as typeof globalThis & { icelensShared?: Set<() => Promise<unknown>> };
const open = (shared.icelensShared ??= new Set());

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
