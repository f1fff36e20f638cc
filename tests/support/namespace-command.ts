/** Running programs inside a network namespace. */
import { chmodSync, writeFileSync } from 'node:fs';

/** A command line that runs what follows it inside: `ip netns exec NAME`, or what a lab gives for one of its hosts. */
export type NamespaceCommand = readonly string[];

/** An executable file that runs this command line, for callers that need a path. */
export function writeExecutable(path: string, argv: readonly string[]): void {
	const quoted = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
	writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
	chmodSync(path, 0o755);
}
