/** Which findings are shown. Apart from the rules that make them, so that a screen need not load those. */
import type { Finding } from './conclusion';

/** Those that are no consequence of another one, so that one fault is one line. */
export function rootFindings<F extends Finding>(all: readonly F[]): F[] {
	const explained = new Set(all.flatMap(({ explains }) => explains));
	return all.filter(({ id }) => !explained.has(id));
}
