/** The state of the stats screen: the files, which of them and which connection is looked at, and the moment. */
import { recordingsTogether } from '../../core/call/joined-recordings';
import type { RecordedMoment } from '../../core/verdict/conclusion';
import { TimeView } from '../charts/time-view.svelte';
import { isHistoryOn } from '../reports/history-switch';
import { DumpFile } from './dump-file.svelte';
import type { ConnectionDetails, Kept, Source } from './protocol';
import { statsWords } from './stats-words';

/** Two can be compared; more on one screen nobody can. */
const MOST_FILES = 2;
/** What is judged together is held in memory once more. */
const MOST_JOINED_BYTES = 100e6;
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
	/** The dumps themselves, at most two. */
	dumps = $derived(this.files.filter((file) => !file.isJoined));
	/** Both hold ends of the same calls, and are too large to be read once more for one verdict on both. */
	tooLargeTogether = $state(false);

	/** `kept`: it comes from what this device keeps, and is not kept again. */
	open(name: string, content: Source, kept: Kept | null = null): void {
		const made = new DumpFile(name, [{ name, source: content }]);
		made.onopen = () => {
			if (this.file === made) void this.choose(made.overview!.ends[0]?.id ?? null);
			if (kept === null && isHistoryOn()) void made.ask<'keep'>({ ask: 'keep' }).then((state) => (made.kept = state));
			void this.#joinEnds();
		};
		// What another screen reads is opened there; whatever nothing reads stays here with its reason.
		if (content instanceof Blob) made.onrefused = () => void openThere(content, name);
		made.kept = kept;
		this.#dropJoined();
		// What was refused gives its place to the next one.
		const others = this.files.filter(({ state }) => state === 'open' || state === 'reading');
		while (others.length >= MOST_FILES) others.pop()!.close();
		this.files = [...others, made];
		this.active = this.files.length - 1;
		this.details = null;
	}

	/** Two files that hold the ends of the same calls are judged together too, as one more file. */
	async #joinEnds(): Promise<void> {
		const [one, other] = this.dumps;
		if (one?.state !== 'open' || other?.state !== 'open') return;
		const ends = await Promise.all([one, other].map((file) => file.ask<'lone-ends'>({ ask: 'lone-ends' })));
		if (recordingsTogether(ends).length > 1 || !this.files.includes(one) || !this.files.includes(other)) return;
		const sources = [...one.sources, ...other.sources];
		const bytes = sources.reduce((sum, { source }) => sum + (source instanceof Blob ? source.size : 0), 0);
		this.tooLargeTogether = bytes > MOST_JOINED_BYTES;
		if (this.tooLargeTogether) return;
		const joined = new DumpFile(statsWords.open.joined(one.name, other.name), sources);
		joined.onopen = () => this.look(this.files.indexOf(joined));
		this.files = [one, other, joined];
	}

	#dropJoined(): void {
		for (const file of this.files.filter(({ isJoined }) => isJoined)) file.close();
		this.files = this.dumps;
		this.tooLargeTogether = false;
	}

	look(index: number): void {
		this.active = index;
		void this.choose(this.file?.overview?.ends[0]?.id ?? null);
	}

	close(file: DumpFile): void {
		file.close();
		if (!file.isJoined) this.#dropJoined();
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
