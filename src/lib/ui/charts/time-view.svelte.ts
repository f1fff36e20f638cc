/** The time that all charts of a page show together: one view, one cursor. */

export interface Span {
	fromMs: number;
	toMs: number;
}

/** Shorter than this there is nothing to see between two samples of the fastest polling. */
const SHORTEST_MS = 1000;

export class TimeView {
	/** First and last time for which there is anything; the screen keeps it up to date. */
	domain = $state.raw<Span>({ fromMs: 0, toMs: 1000 });
	/** Show only the last milliseconds of the domain, moving along; null shows all. */
	windowMs = $state<number | null>(null);
	/** A part chosen by zooming; null follows the domain. */
	zoom = $state.raw<Span | null>(null);
	/** The time that the crosshair stands at, in all charts; null for none. */
	cursorMs = $state<number | null>(null);
	#held = $state.raw<Span | null>(null);

	paused = $derived(this.#held !== null);
	/** Whether the view moves along with what is measured. */
	following = $derived(this.zoom === null && this.#held === null);
	#whole = $derived(this.#held ?? this.domain);

	shown: Span = $derived.by(() => {
		if (this.zoom) return this.zoom;
		const { fromMs, toMs } = this.#whole;
		const end = Math.max(toMs, fromMs + SHORTEST_MS);
		return { fromMs: this.windowMs === null ? fromMs : Math.max(fromMs, end - this.windowMs), toMs: end };
	});

	setDomain(fromMs: number, toMs: number): void {
		if (fromMs !== this.domain.fromMs || toMs !== this.domain.toMs) this.domain = { fromMs, toMs };
	}

	pause(): void {
		this.#held = this.domain;
	}

	resume(): void {
		this.#held = null;
		this.zoom = null;
	}

	/** Shows a part; kept inside the domain and not shorter than a second. */
	zoomTo(fromMs: number, toMs: number): void {
		const { domain } = this;
		const length = Math.min(Math.max(toMs - fromMs, SHORTEST_MS), Math.max(SHORTEST_MS, domain.toMs - domain.fromMs));
		const from = Math.max(domain.fromMs, Math.min((fromMs + toMs - length) / 2, domain.toMs - length));
		const all = length >= domain.toMs - domain.fromMs && this.windowMs === null;
		this.zoom = all ? null : { fromMs: from, toMs: from + length };
	}

	/** Zooms by a factor (below 1 is in) around a time. */
	zoomBy(factor: number, aroundMs: number | null = null): void {
		const { fromMs, toMs } = this.shown;
		const around = aroundMs ?? this.cursorMs ?? (fromMs + toMs) / 2;
		this.zoomTo(around - (around - fromMs) * factor, around + (toMs - around) * factor);
	}

	pan(byMs: number): void {
		const { fromMs, toMs } = this.shown;
		this.zoomTo(fromMs + byMs, toMs + byMs);
	}

	/** Everything, moving along. */
	reset(): void {
		this.zoom = null;
		this.windowMs = null;
		this.#held = null;
		this.cursorMs = null;
	}

	/** Moves the cursor, and scrolls the view where the cursor would leave it. */
	moveCursor(toMs: number): void {
		const { domain } = this;
		this.cursorMs = Math.max(domain.fromMs, Math.min(toMs, domain.toMs));
		const { fromMs, toMs: end } = this.shown;
		if (this.zoom && this.cursorMs < fromMs) this.pan(this.cursorMs - fromMs);
		else if (this.zoom && this.cursorMs > end) this.pan(this.cursorMs - end);
	}
}
