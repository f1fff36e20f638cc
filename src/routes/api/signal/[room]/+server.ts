import { parseAction, type Mark } from '$lib/core/signalling/messages';
import { isSameOrigin } from '$lib/server/http/same-origin';
import { visitorOf } from '$lib/server/http/visitor';
import { currentServices } from '$lib/server/services';
import { readJson, reply } from '../reply';
import type { RequestHandler } from './$types';

/** The longest body of a message in UTF-8 with its escapes, and the envelope. */
const BODY_BYTES = 500_000;

/** Below the 30 s that many proxies wait for an answer. */
const WAIT_S_AT_MOST = 20;

const FORBIDDEN = { code: 'forbidden', message: 'This device is not in the room.' };

/** What a device asks of a room: to join it, to send a message to the other one, to confirm, to leave. */
export const POST: RequestHandler = async (event) => {
	const { request, url, params } = event;
	if (!isSameOrigin(request, url)) return reply({ code: 'forbidden', message: 'Only this app’s own page may ask for this.' });
	const body = await readJson(request, BODY_BYTES);
	if (!body.ok) return reply(body.error);
	const action = parseAction(body.value);
	if (!action.ok) return reply(action.error);
	const { rooms } = await currentServices();
	if (action.value.action === 'join') {
		const joined = rooms.join(params.room, action.value.name, visitorOf(event).source);
		return joined.ok ? reply(null, joined.value, 201) : reply(joined.error);
	}
	const token = tokenOf(request);
	if (token === null) return reply(FORBIDDEN);
	const done = rooms.act(params.room, token, action.value, visitorOf(event).source);
	return done.ok ? reply(null, done.value) : reply(done.error);
};

/** The member's events, as they come. */
export const GET: RequestHandler = async (event) => {
	const { request, url, params } = event;
	const token = tokenOf(request);
	if (token === null) return reply(FORBIDDEN);
	const { rooms } = await currentServices();
	const stream = rooms.listen(params.room, token, markOf(request), visitorOf(event).source, waitOf(url));
	if (!stream.ok) return reply(stream.error);
	return new Response(stream.value, {
		headers: {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			// nginx holds back what it has not been told to pass on.
			'x-accel-buffering': 'no'
		}
	});
};

/** The token travels in a header: addresses end up in logs. */
function tokenOf(request: Request): string | null {
	return /^Bearer ([A-Za-z0-9_-]{16,128})$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

/** How long a device waits whose way to here passes nothing on until an answer is whole, ms; null for a stream that stays. */
function waitOf({ searchParams }: URL): number | null {
	const seconds = searchParams.get('wait');
	return seconds === null || !/^\d{1,2}$/.test(seconds) ? null : Math.min(WAIT_S_AT_MOST, Number(seconds)) * 1000;
}

function markOf(request: Request): Mark | null {
	const found = /^([A-Za-z0-9_-]{8,64}):(\d{1,15})$/.exec(request.headers.get('last-event-id') ?? '');
	return found ? { from: found[1]!, seq: Number(found[2]) } : null;
}
