import { PARTNER_BODY_BYTES } from '$lib/server/nat-prober/partner-endpoint';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

const headers = { 'cache-control': 'no-store', 'content-type': 'application/json' };
const refused = (status: number) => new Response('{}', { status, headers });

/** Another Icelens server asks this one's prober for help (docs/security.md, rules 9 to 12). */
export const POST: RequestHandler = async ({ request }) => {
	const { partnerEndpoint } = await currentServices();
	if (!partnerEndpoint) return refused(404);
	if (Number(request.headers.get('content-length') ?? PARTNER_BODY_BYTES + 1) > PARTNER_BODY_BYTES) return refused(413);
	const { status, body, proof } = await partnerEndpoint.answer(request.headers.get('authorization'), await request.text());
	return new Response(body, { status, headers: { ...headers, ...(proof !== null && { 'x-icelens-proof': proof }) } });
};
