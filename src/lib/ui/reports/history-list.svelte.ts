/** The state of the reports screen: what is kept, what is searched for, what is chosen. Lives as long as the screen. */
import type { Report } from '../../core/report/report';
import { parseReport } from '../../core/report/parse';
import { judgeAgain } from '../../core/report/judge-again';
import { formatTime } from '../format';
import { keep } from '../storage';
import { words as allWords } from '../screen-words';
import { matches, type HistoryEntry } from './entry';
import { openHistory, type History } from './history';
import { HISTORY_KEY, isHistoryOn } from './history-switch';
import { historyWords, reportsWords } from './reports-words';

/** A list of thousands takes the browser longer to draw than to read. */
const SHOWN_AT_FIRST = 50;

export class HistoryList {
	entries = $state.raw<HistoryEntry[]>([]);
	/** False until the list was read once. */
	loaded = $state(false);
	/** A sentence where the storage does not do as told. */
	problem = $state('');
	on = $state(true);
	search = $state('');
	showAll = $state(false);
	/** Ids of the reports to compare, two at most, in the order in which they were ticked. */
	chosen = $state.raw<readonly string[]>([]);
	/** What was deleted last, until something else happens. */
	removed = $state.raw<{ entry: HistoryEntry; text: string } | null>(null);

	found = $derived(
		this.search.trim() === ''
			? this.entries
			: this.entries.filter((entry) => matches(entry, this.search.trim(), [formatTime(entry.createdAt)]))
	);
	shown = $derived(this.showAll ? this.found : this.found.slice(0, SHOWN_AT_FIRST));

	#history: History | null = null;

	async begin(): Promise<void> {
		this.on = isHistoryOn();
		const opened = await openHistory({
			onChange: () => void this.refresh(),
			onLost: (why) => {
				this.#history = null;
				this.problem = why;
			}
		});
		if (opened.ok) {
			this.#history = opened.value;
			await this.refresh();
		} else {
			this.problem = opened.error.message;
		}
		this.loaded = true;
	}

	end(): void {
		this.#history?.close();
		this.#history = null;
	}

	async refresh(): Promise<void> {
		const list = await this.#history?.list();
		if (!list) return;
		if (!list.ok) {
			this.problem = list.error.message;
			return;
		}
		this.entries = list.value;
		this.chosen = this.chosen.filter((id) => list.value.some((entry) => entry.id === id));
	}

	setOn(on: boolean): void {
		this.on = on;
		keep(HISTORY_KEY, on ? null : 'off');
	}

	/** The kept report, judged by this version or as it was saved; null with a sentence in `problem`. */
	async report(id: string): Promise<Report | null> {
		this.problem = '';
		const text = await this.#history?.text(id);
		if (!text) return null;
		if (!text.ok || text.value === null) {
			this.problem = text.ok ? historyWords.gone : text.error.message;
			if (text.ok) await this.refresh();
			return null;
		}
		const parsed = parseReport(text.value);
		if (!parsed.ok) this.problem = allWords.fault(parsed.error);
		return parsed.ok ? parsed.value : null;
	}

	/** The two that are ticked, the older one first, both judged by this version; null with a sentence in `problem`. */
	async pair(): Promise<[Report, Report] | null> {
		const ids = this.entries.filter(({ id }) => this.chosen.includes(id)).map(({ id }) => id);
		const [newer, older] = await Promise.all(ids.map((id) => this.report(id)));
		return older && newer ? [judgeAgain(older), judgeAgain(newer)] : null;
	}

	choose(id: string, chosen: boolean): void {
		const others = this.chosen.filter((one) => one !== id);
		// A third one takes the place of the first.
		this.chosen = chosen ? [...others.slice(-1), id] : others;
	}

	async keepReport(report: Report): Promise<boolean> {
		const result = await this.#history?.keep(report);
		if (result && !result.ok) this.problem = result.error.message;
		await this.refresh();
		return result?.ok ?? false;
	}

	async rename(id: string, label: string): Promise<void> {
		await this.#do((history) => history.rename(id, label.trim().slice(0, 80)));
	}

	async remove(entry: HistoryEntry): Promise<void> {
		const text = await this.#history?.text(entry.id);
		await this.#do((history) => history.remove(entry.id));
		this.removed = text?.ok && text.value !== null ? { entry, text: text.value } : null;
	}

	async undo(): Promise<void> {
		const { removed } = this;
		if (!removed) return;
		await this.#do((history) => history.restore(removed.entry, removed.text));
	}

	async clear(): Promise<void> {
		await this.#do((history) => history.clear());
	}

	async #do(work: (history: History) => ReturnType<History['remove']>): Promise<void> {
		if (!this.#history) return;
		this.problem = '';
		this.removed = null;
		const result = await work(this.#history);
		if (!result.ok) this.problem = result.error.message;
		await this.refresh();
	}
}

export function nameOf(entry: HistoryEntry): string {
	return (
		entry.label || entry.network || entry.source || (entry.kind === 'stats' ? reportsWords.unnamedStats : reportsWords.unnamed)
	);
}
