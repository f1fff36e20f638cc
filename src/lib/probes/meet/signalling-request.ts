/** Requests to a room, and what their answers mean. */
import type * as v from 'valibot';
import { fail, type Fault, type Result } from '../../core/base/result';
import { fault, read } from '../../core/base/schema';

export interface SignallingOptions {
	/** Where the app is: `https://icelens.example.org`. */
	origin: string;
	/** Sent with every request; a browser sets its own. */
	headers?: Record<string, string>;
	/** How long a lost room is tried to be found again, ms. */
	patienceMs?: number;
}

export const REQUEST_MS = 10_000;

export function roomPath(room: string): string {
	return `/api/signal/${encodeURIComponent(room)}`;
}

/** One request, and what its answer has to look like. Fault codes: the server's, and `unreachable` where none answered. */
export async function ask<S extends v.GenericSchema>(
	options: SignallingOptions,
	answer: S,
	path: string,
	token: string | null,
	body: unknown
): Promise<Result<v.InferOutput<S>>> {
	try {
		const response = await fetch(options.origin + path, {
			method: 'POST',
			headers: {
				...options.headers,
				'content-type': 'application/json',
				...(token === null ? {} : { authorization: `Bearer ${token}` })
			},
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(REQUEST_MS)
		});
		if (!response.ok) return { ok: false, error: await refusalOf(response) };
		const heard = read(answer, await response.json(), 'The answer');
		return heard.ok ? heard : fail('unreachable', `The server gave an answer of another version. ${heard.error.message}`);
	} catch {
		return fail('unreachable', 'The server could not be reached.');
	}
}

/** A proxy in between answers with its own page: that is no word of the room's. */
export async function refusalOf(response: Response): Promise<Fault> {
	const body = read(fault, await response.json().catch(() => null), 'The answer');
	return body.ok ? body.value : { code: 'unreachable', message: `The server answered with status ${response.status}.` };
}

/** Ends early when the signal says so. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal.addEventListener('abort', done);
	});
}
