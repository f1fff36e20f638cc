import { describe, expect, it } from 'vitest';
import { POST } from './+server';

const APP = 'https://icelens.example.org';

function ask(headers: Record<string, string>, body = '{}') {
	const request = new Request(`${APP}/api/nat`, {
		method: 'POST',
		body,
		headers: { 'content-length': String(body.length), ...headers }
	});
	return POST({ request, url: new URL(request.url), getClientAddress: () => '198.51.100.1' } as Parameters<typeof POST>[0]);
}

describe('who may open a session with the prober', () => {
	it.each([
		['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }],
		['another site that forges nothing but an Origin', { 'sec-fetch-site': 'cross-site', origin: APP }],
		['a sister of the same domain', { 'sec-fetch-site': 'same-site', origin: 'https://evil.example.org' }],
		['a browser without the header, on another site', { origin: 'https://elsewhere.example' }],
		['another port of this host', { origin: `${APP}:8443` }],
		['an opaque origin', { origin: 'null' }],
		['no origin at all', {}]
	])('%s may not', async (_who, headers) => {
		expect((await ask(headers)).status).toBe(403);
	});

	it('a long body is not read', async () => {
		expect((await ask({ origin: APP }, JSON.stringify({ pad: 'x'.repeat(2000) }))).status).toBe(413);
	});

	// Behind the origin check is the prober, which this test does not start.
	it.each<Record<string, string>>([{ 'sec-fetch-site': 'same-origin' }, { origin: APP }])(
		'the page itself may: %o',
		async (headers) => {
			await expect(Promise.resolve(ask(headers))).rejects.toThrow('The services have not been started.');
		}
	);
});
