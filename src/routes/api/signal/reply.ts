/** How the signalling endpoints read and answer. */
import { entryOf } from '../../../lib/core/base/record';
import { json } from '@sveltejs/kit';
import { fail, ok, type Fault, type Result } from '$lib/core/base/result';

/** HTTP statuses of the fault codes (RFC 9110 §15.5); what is malformed has 400. */
const STATUS: Record<string, number> = {
	forbidden: 403,
	'not-a-member': 403,
	'not-restorable': 403,
	'no-room': 404,
	'room-full': 409,
	alone: 409,
	duplicate: 409,
	'out-of-order': 409,
	'no-offer': 409,
	'no-description': 409,
	'too-large': 413,
	busy: 429,
	'receiver-slow': 429,
	full: 503
};

export function reply(error: Fault): Response;
export function reply(error: null, value: unknown, status?: number): Response;
export function reply(error: Fault | null, value?: unknown, status = 200): Response {
	const headers = { 'cache-control': 'no-store' };
	return error ? json(error, { status: entryOf(STATUS, error.code) ?? 400, headers }) : json(value, { status, headers });
}

/** Fault codes `too-large`, `malformed`. */
export async function readJson(request: Request, bytesAtMost: number): Promise<Result<unknown>> {
	const declared = Number(request.headers.get('content-length') ?? NaN);
	// Browsers always say how long a body is; without that it would have to be read to be known.
	if (!(declared <= bytesAtMost))
		return fail('too-large', `The request may have ${bytesAtMost} bytes, and must say how many it has.`);
	try {
		return ok(await request.json());
	} catch {
		return fail('malformed', 'The request is not JSON.');
	}
}
