/** As long as a frame: what was added is on the screen before the next is begun. */
const STEP_MS = 16;

/** A long page is built piece by piece, so that it answers in between. */
export function paced(pieces: () => number): { readonly shown: number } {
	let shown = $state(1);
	$effect(() => {
		if (shown >= pieces()) return;
		const timer = setTimeout(() => (shown += 1), STEP_MS);
		return () => clearTimeout(timer);
	});
	return {
		get shown() {
			return shown;
		}
	};
}
