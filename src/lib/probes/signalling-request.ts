/** Requests to a room, and what their answers mean. */
import { fail, ok, type Fault, type Result } from '../core/base/result';

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

/** One request. Fault codes: the server's, and `unreachable` where none answered. */
export async function ask<T>(options: SignallingOptions, path: string, token: string | null, body: unknown): Promise<Result<T>> {
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
		return response.ok ? ok((await response.json()) as T) : { ok: false, error: await faultOf(response) };
	} catch {
		return fail('unreachable', 'The server could not be reached.');
	}
}

/** A proxy in between answers with its own page: that is no word of the room's. */
export async function faultOf(response: Response): Promise<Fault> {
	const body = (await response.json().catch(() => null)) as Partial<Fault> | null;
	return typeof body?.code === 'string' && typeof body.message === 'string'
		? (body as Fault)
		: { code: 'unreachable', message: `The server answered with status ${response.status}.` };
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
