/**
 * The reports kept on this device, in IndexedDB: a small entry for the list and the report's text, apart, so that a long list
 * opens at once. Reports are kept as they were saved; opening one migrates it. Every failure is a sentence, never an exception:
 * a private window, a full disk or another tab must not break a check.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { fail, ok, type Result } from '../../core/base/result';
import { toJson } from '../../core/report/export/json';
import type { Report } from '../../core/report/report';
import { withText } from '../../core/report/with-text';
import { entryOf, type HistoryEntry } from './entry';
import { isHistoryOn } from './history-switch';
import { historyWords as words } from './reports-words';

export const DATABASE = 'icelens';
const CHANNEL = 'icelens.history';

interface HistoryDatabase extends DBSchema {
	entries: { key: string; value: HistoryEntry; indexes: { createdAt: string; network: string } };
	texts: { key: string; value: { id: string; text: string } };
}

type Database = IDBPDatabase<HistoryDatabase>;
type Upgrade = (
	database: Database,
	transaction: IDBPTransaction<HistoryDatabase, StoreNames<HistoryDatabase>[], 'versionchange'>
) => void;

/** From each version of the database to the next; the first makes it. Never changed once released: somebody's browser is at each. */
const UPGRADES: readonly Upgrade[] = [
	(database) => {
		const entries = database.createObjectStore('entries', { keyPath: 'id' });
		entries.createIndex('createdAt', 'createdAt');
		entries.createIndex('network', 'network');
		database.createObjectStore('texts', { keyPath: 'id' });
	}
];

export interface HistoryEvents {
	/** Another tab, or this one, changed the list. */
	onChange?: () => void;
	/** The database is not to be had any longer; the sentence says why. */
	onLost?: (why: string) => void;
}

/** Opens the database for one use or for a screen. Ends with `close()`. */
export function openHistory(events: HistoryEvents = {}): Promise<Result<History>> {
	return guarded(async () => {
		if (typeof indexedDB === 'undefined') throw new DOMException('', 'InvalidStateError');
		let history: History | null = null;
		const opened = await new Promise<Database>((resolve, reject) => {
			openDB<HistoryDatabase>(DATABASE, UPGRADES.length, {
				upgrade: (database, from, _, transaction) => {
					for (const step of UPGRADES.slice(from)) step(database, transaction);
				},
				// An older version of the app in another tab holds the database and does not let go.
				blocked: () => reject(new Blocked()),
				// A newer version in another tab wants to upgrade: let it, at once.
				blocking: () => {
					history?.close();
					events.onLost?.(words.newerTab);
				},
				terminated: () => events.onLost?.(words.closedByBrowser)
			}).then(resolve, reject);
		});
		history = new History(opened, events.onChange ?? null);
		return history;
	});
}

class Blocked extends Error {}

export class History {
	#database: Database;
	#channel: BroadcastChannel | null;

	constructor(database: Database, onChange: (() => void) | null) {
		this.#database = database;
		this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
		if (this.#channel && onChange) this.#channel.onmessage = onChange;
	}

	/** The newest first. */
	list(): Promise<Result<HistoryEntry[]>> {
		return guarded(async () => (await this.#database.getAllFromIndex('entries', 'createdAt')).reverse());
	}

	/** The report's text; null when another tab has deleted it. */
	text(id: string): Promise<Result<string | null>> {
		return guarded(async () => (await this.#database.get('texts', id))?.text ?? null);
	}

	/** A report that is kept already is replaced and keeps its label; a new one of a known network takes that network's. */
	keep(report: Report, content?: string): Promise<Result<HistoryEntry>> {
		const written = withText(report);
		const text = toJson(written);
		return this.#change(async () => {
			const transaction = this.#database.transaction(['entries', 'texts'], 'readwrite');
			const entries = transaction.objectStore('entries');
			const entry = entryOf(written, text.length, content);
			const known = await entries.get(entry.id);
			const same = entry.network === '' ? [] : await entries.index('network').getAll(entry.network);
			const named = same.filter(({ label }) => label !== '').sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
			entry.label = known?.label ?? named[0]?.label ?? '';
			await Promise.all([entries.put(entry), transaction.objectStore('texts').put({ id: entry.id, text }), transaction.done]);
			return entry;
		});
	}

	/** What was kept of statistics with this content; null where nothing was. */
	withContent(content: string): Promise<Result<HistoryEntry | null>> {
		return guarded(async () => (await this.#database.getAll('entries')).find((entry) => entry.content === content) ?? null);
	}

	/** Puts back what was deleted, with its label. */
	restore(entry: HistoryEntry, text: string): Promise<Result<void>> {
		return this.#change(async () => {
			const transaction = this.#database.transaction(['entries', 'texts'], 'readwrite');
			await Promise.all([
				transaction.objectStore('entries').put(entry),
				transaction.objectStore('texts').put({ id: entry.id, text }),
				transaction.done
			]);
		});
	}

	rename(id: string, label: string): Promise<Result<void>> {
		return this.#change(async () => {
			const transaction = this.#database.transaction('entries', 'readwrite');
			const entry = await transaction.store.get(id);
			if (entry) await transaction.store.put({ ...entry, label });
			await transaction.done;
		});
	}

	remove(id: string): Promise<Result<void>> {
		return this.#change(async () => {
			const transaction = this.#database.transaction(['entries', 'texts'], 'readwrite');
			await Promise.all([
				transaction.objectStore('entries').delete(id),
				transaction.objectStore('texts').delete(id),
				transaction.done
			]);
		});
	}

	clear(): Promise<Result<void>> {
		return this.#change(async () => {
			const transaction = this.#database.transaction(['entries', 'texts'], 'readwrite');
			await Promise.all([transaction.objectStore('entries').clear(), transaction.objectStore('texts').clear(), transaction.done]);
		});
	}

	close(): void {
		this.#channel?.close();
		this.#channel = null;
		this.#database.close();
	}

	async #change<T>(work: () => Promise<T>): Promise<Result<T>> {
		const result = await guarded(work);
		if (result.ok) this.#channel?.postMessage('changed');
		return result;
	}
}

/**
 * Keeps one finished report, of a check, a call or imported statistics alike. Null where the user keeps nothing; a fault has
 * the sentence for the screen.
 */
export async function keepReport(report: Report): Promise<Result<HistoryEntry> | null> {
	if (!isHistoryOn()) return null;
	const history = await openHistory();
	if (!history.ok) return history;
	const result = await history.value.keep(report);
	history.value.close();
	return result;
}

async function guarded<T>(work: () => Promise<T>): Promise<Result<T>> {
	try {
		return ok(await work());
	} catch (error) {
		if (error instanceof Blocked) return fail('blocked', words.blocked);
		const name = error instanceof Error || error instanceof DOMException ? error.name : '';
		if (name === 'QuotaExceededError') return fail('quota', words.full);
		if (name === 'VersionError') return fail('newer', words.newer);
		if (name === 'InvalidStateError' || name === 'SecurityError' || name === 'NotAllowedError')
			return fail('private', words.refused);
		return fail('storage', words.failed(error instanceof Error && error.message !== '' ? error.message : name || String(error)));
	}
}
