/**
 * Charts take turns: as many in one frame as leave the page able to answer, the rest in the next ones. A screen full of charts
 * drawn in one go would be deaf for a quarter of a second.
 */

/** Drawing goes on in the same frame for so long, ms; the browser's own part of it (layout, painting) comes on top. */
const MOST_MS = 4;

const waiting = new Set<() => void>();
let going = false;

/** `draw` is called once, soon; asked for again before, it still is called once. */
export function takeTurn(draw: () => void): void {
	waiting.add(draw);
	if (going) return;
	going = true;
	requestAnimationFrame(run);
}

export function leaveTurn(draw: () => void): void {
	waiting.delete(draw);
}

function run(): void {
	const begun = performance.now();
	try {
		for (const draw of waiting) {
			waiting.delete(draw);
			draw();
			if (performance.now() - begun > MOST_MS) break;
		}
	} finally {
		// One that fails does not keep the others from theirs.
		going = waiting.size > 0;
		// By way of a timer: frames that follow each other at once would let nothing else have its turn.
		if (going) setTimeout(() => requestAnimationFrame(run));
	}
}
