/* eslint svelte/prefer-svelte-reactivity: off -- neither the open questions nor the worker's address are state that a screen shows */
/** One dump on the screen, or two that hold the ends of one call: its worker, how far it is read, and what it holds. */
import type { Answers, FileOverview, FromWorker, Kept, NamedSource, Request, ToWorker } from './protocol';

export class DumpFile {
	readonly name: string;
	/** More than one where it is made of other files. */
	readonly sources: readonly NamedSource[];
	state = $state<'reading' | 'open' | 'refused' | 'cancelled'>('reading');
	/** 0 to 1. */
	progress = $state(0);
	overview = $state.raw<FileOverview | null>(null);
	refusal = $state('');
	/** Null while it is not known, and where nothing is to be kept. */
	kept = $state.raw<Kept | null>(null);
	/** Called once it is open. */
	onopen: (() => void) | null = null;
	/** Called where it is no recording. */
	onrefused: (() => void) | null = null;
	readonly #worker: Worker;
	readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
	#last = 0;

	constructor(name: string, sources: readonly NamedSource[]) {
		this.name = name;
		this.sources = sources;
		this.#worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' });
		this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
		this.#worker.addEventListener('error', (event) => this.#refuse(`The reader stopped: ${event.message}`));
		this.#tell({ id: 0, name, open: [...sources] });
	}

	#tell(message: ToWorker): void {
		this.#worker.postMessage(message);
	}

	#hear(message: FromWorker): void {
		if ('progress' in message) this.progress = message.total > 0 ? message.progress / message.total : 0;
		else if ('opened' in message) {
			this.overview = message.opened;
			this.state = 'open';
			this.onopen?.();
		} else if ('refused' in message) this.#refuse(message.refused);
		else {
			const one = this.#waiting.get(message.id);
			this.#waiting.delete(message.id);
			if ('failed' in message) one?.reject(new Error(message.failed));
			else one?.resolve(message.answer as never);
		}
	}

	#refuse(why: string): void {
		this.refusal = why;
		this.state = 'refused';
		this.#worker.terminate();
		this.onrefused?.();
	}

	ask<Name extends Request['ask']>(request: Extract<Request, { ask: Name }>): Promise<Answers[Name]> {
		return new Promise((resolve, reject) => {
			const id = ++this.#last;
			this.#waiting.set(id, { resolve: resolve as (value: never) => void, reject });
			this.#tell({ id, ...request });
		});
	}

	get isJoined(): boolean {
		return this.sources.length > 1;
	}

	/** Ends the worker, in the middle of reading too; its memory is free at once. */
	close(): void {
		if (this.state === 'reading') this.state = 'cancelled';
		this.#worker.terminate();
	}
}
