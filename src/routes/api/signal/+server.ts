import { read } from '$lib/core/base/schema';
import { newRoom } from '$lib/core/signalling/messages';
import { isSameOrigin } from '$lib/server/http/same-origin';
import { visitorOf } from '$lib/server/http/visitor';
import { currentServices } from '$lib/server/services';
import { reply, readJson } from './reply';
import type { RequestHandler } from './$types';

/** Makes a room and takes its host's seat (docs/signalling.md). */
export const POST: RequestHandler = async (event) => {
	const { request, url } = event;
	if (!isSameOrigin(request, url)) return reply({ code: 'forbidden', message: 'Only this app’s own page may ask for this.' });
	const body = await readJson(request, 1024);
	if (!body.ok) return reply(body.error);
	const asked = read(newRoom, body.value, 'The request');
	if (!asked.ok) return reply(asked.error);
	const { rooms } = await currentServices();
	const made = rooms.create(asked.value.name, visitorOf(event).source);
	return made.ok ? reply(null, made.value, 201) : reply(made.error);
};
