import { parseName } from '$lib/core/signalling/messages';
import { isSameOrigin } from '$lib/server/same-origin';
import { currentServices } from '$lib/server/services';
import { reply, readJson } from './reply';
import type { RequestHandler } from './$types';

/** Makes a room and takes its host's seat (docs/signalling.md). */
export const POST: RequestHandler = async ({ request, url, getClientAddress }) => {
	if (!isSameOrigin(request, url)) return reply({ code: 'forbidden', message: 'Only this app’s own page may ask for this.' });
	const body = await readJson(request, 1024);
	if (!body.ok) return reply(body.error);
	const name = parseName((body.value as { name?: unknown } | null)?.name);
	if (!name.ok) return reply(name.error);
	const { rooms } = await currentServices();
	const made = rooms.create(name.value, getClientAddress());
	return made.ok ? reply(null, made.value, 201) : reply(made.error);
};
