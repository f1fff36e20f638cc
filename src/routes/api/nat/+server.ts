import { json } from '@sveltejs/kit';
import { readJson } from '$lib/core/base/schema';
import { proberRequest } from '$lib/core/nat/prober-messages';
import type { NoProber } from '$lib/core/plan/skip-values';
import { isSameOrigin } from '$lib/server/http/same-origin';
import { visitorOf } from '$lib/server/http/visitor';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/** Two words and two ICE credentials; nothing longer is read. */
const BODY_BYTES = 1024;

const refused = (status: number, why: string, noProber: NoProber | null = null) =>
	json({ why, ...(noProber && { noProber }) }, { status, headers: { 'cache-control': 'no-store' } });

/** Opens a session with the prober (docs/security.md): only for a page of this very app. */
export const POST: RequestHandler = async (event) => {
	const { request, url } = event;
	if (!isSameOrigin(request, url)) return refused(403, 'Only this app’s own page may ask for this.');
	if (Number(request.headers.get('content-length') ?? BODY_BYTES + 1) > BODY_BYTES)
		return refused(413, 'The request is too long.');
	const { prober, noProber, stunPort } = await currentServices();
	if (!prober) return refused(404, 'This server has no prober.', noProber);
	const asked = readJson(proberRequest, await request.text(), 'The request');
	if (!asked.ok) return refused(400, asked.error.message);
	const { kind, family } = asked.value;
	if (kind === 'mapping') await prober.prepare();
	const opened = prober.open(kind, family, asked.value, visitorOf(event).source);
	if (opened.ok) return json({ ...opened.value, stunPort }, { status: 201, headers: { 'cache-control': 'no-store' } });
	if (opened.error === 'no-such-family') return refused(404, 'This server has no prober for this family.', 'no-address');
	return opened.error === 'busy'
		? refused(429, 'Too many tests at once; try again in a moment.')
		: refused(400, 'ufrag or pwd is not what ICE allows (RFC 8839 §5.4).');
};
