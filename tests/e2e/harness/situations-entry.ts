/** Asks this browser about every situation in which a call fails. */
import { SITUATIONS } from './situations-table';

export interface Said {
	situation: string;
	/** Name and message; null where nothing failed. */
	error: string | null;
}

const MOST_MS = 5000;

async function ask(situation: string): Promise<Said> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	try {
		const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, MOST_MS)));
		await Promise.race([Promise.resolve().then(SITUATIONS[situation]), late]);
		return { situation, error: null };
	} catch (error) {
		const { name, message } = error as Error;
		return { situation, error: `${name}: ${message}` };
	} finally {
		clearTimeout(timer);
	}
}

async function askAll(): Promise<Said[]> {
	const all: Said[] = [];
	for (const situation of Object.keys(SITUATIONS)) all.push(await ask(situation));
	return all;
}

export const situations = { askAll };
(globalThis as unknown as { situations: typeof situations }).situations = situations;
