import { json } from '@sveltejs/kit';
import type { HealthAnswer } from '$lib/core/observations/app-answers';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/** Ready once the embedded servers run. For process managers and tests. */
export const GET: RequestHandler = async () => {
	const { warnings } = await currentServices();
	const answer: HealthAnswer = { ok: true, version: __ICELENS_VERSION__, warnings: [...warnings] };
	return json(answer, { headers: { 'cache-control': 'no-store' } });
};
