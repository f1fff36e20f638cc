/** Ends a command that is asked to stop: what it has started ends with it, and leaves nothing behind. */
const STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** A browser that hangs does not hold up whoever has asked. */
const PATIENCE_MS = 15_000;

/** Until the returned function is called. A second signal ends the process at once. */
export function onStopSignals(cleanUp: () => Promise<unknown>): () => void {
	let asked = false;
	const listeners = Object.entries(STATUS).map(([signal, status]) => {
		const listener = () => {
			if (asked) process.exit(status);
			asked = true;
			setTimeout(() => process.exit(status), PATIENCE_MS).unref();
			void cleanUp()
				.catch(() => {})
				.then(() => process.exit(status));
		};
		process.on(signal, listener);
		return () => void process.off(signal, listener);
	});
	return () => listeners.forEach((stop) => stop());
}
