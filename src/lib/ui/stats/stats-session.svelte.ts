/** The state of the stats screen: the files, which of them and which connection is looked at, and the moment. */
import type { RecordedMoment } from '../../core/verdict/conclusion';
import { TimeView } from '../charts/time-view.svelte';
import { DumpFile } from './dump-file.svelte';
import type { ConnectionDetails, Kept, Source } from './protocol';
import { isHistoryOn } from '../reports/history-switch';

/** Two can be compared; more on one screen nobody can. */
const MOST_FILES = 2;
/** A finding of one moment is shown with this much around it. */
const AROUND_MS = 8000;

export class StatsSession {
	files = $state<DumpFile[]>([]);
	active = $state(0);
	connectionId = $state<string | null>(null);
	details = $state.raw<ConnectionDetails | null>(null);
	/** Id of the statistics object whose raw values are shown; empty for the connection's own choice. */
	track = $state('');
	/** From where a jump into the charts came: the way back. */
	cameFrom = $state.raw<HTMLElement | null>(null);
	readonly view = new TimeView();
	file = $derived(this.files[this.active] ?? null);

	/** `kept`: it comes from what this device keeps, and is not kept again. */
	open(name: string, content: Source, kept: Kept | null = null): void {
		const made = new DumpFile(name, content);
		made.onopen = () => {
			if (this.file === made) void this.choose(made.overview!.ends[0]?.id ?? null);
			if (kept === null && isHistoryOn()) void made.ask<'keep'>({ ask: 'keep' }).then((state) => (made.kept = state));
		};
		// What another screen reads is opened there; whatever nothing reads stays here with its reason.
		if (content instanceof Blob) made.onrefused = () => void openThere(content, name);
		made.kept = kept;
		// What was refused gives its place to the next one.
		const others = this.files.filter(({ state }) => state === 'open' || state === 'reading');
		while (others.length >= MOST_FILES) others.pop()!.close();
		this.files = [...others, made];
		this.active = this.files.length - 1;
		this.details = null;
	}

	look(index: number): void {
		this.active = index;
		void this.choose(this.file?.overview?.ends[0]?.id ?? null);
	}

	close(file: DumpFile): void {
		file.close();
		this.files = this.files.filter((each) => each !== file);
		this.look(0);
	}

	async choose(id: string | null): Promise<void> {
		this.connectionId = id;
		if (id === null || !this.file) {
			this.details = null;
			return;
		}
		const { file } = this;
		const details = await file.ask<'details'>({ ask: 'details', connection: id });
		if (this.file !== file || this.connectionId !== id) return;
		this.view.reset();
		this.details = details;
		if (details.startMs !== null && details.endMs !== null) this.view.setDomain(details.startMs, details.endMs);
	}

	/** The connection and the moment of a finding or of a place that a search found. */
	async show(where: Pick<RecordedMoment, 'connection' | 'atMs' | 'untilMs'>): Promise<void> {
		if (where.connection !== null && where.connection !== this.connectionId) await this.choose(where.connection);
		if (where.atMs === null) return;
		const until = where.untilMs ?? where.atMs;
		const around = Math.max(AROUND_MS, (until - where.atMs) / 2);
		this.view.zoomTo(where.atMs - around, until + around);
		this.view.cursorMs = where.atMs;
	}

	end(): void {
		for (const file of this.files) file.close();
	}
}

async function openThere(content: Blob, name: string): Promise<void> {
	const { openElsewhere } = await import('../open-elsewhere');
	await openElsewhere(content, name, 'recordings');
}
