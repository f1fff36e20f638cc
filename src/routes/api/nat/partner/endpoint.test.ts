/** Partners over real HTTP and UDP on the loopback: the handler that the app serves, and the client that asks it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POST } from './+server';
import { nodeClock, type Clock } from '$lib/server/clock';
import { nodeRandom } from '$lib/server/node-crypto';
import { partnerByHttp } from '$lib/server/nat-prober/partner';
import { makePartnerEndpoint } from '$lib/server/nat-prober/partner-endpoint';
import { startProber, type Prober } from '$lib/server/nat-prober/prober';
import { makeMessageSigner } from '$lib/server/nat-prober/message-signer';
import { patience } from '../../../../../tests/support/patience';

const SECRET = 'sixteen-letters!';
const PAGE = { ufrag: 'pAge', pwd: 'pageSecretpageSecretpage' };
const OWN = { ufrag: 'oWnn', pwd: 'ownSecretownSecretownSec' };
const SERVICES = Symbol.for('icelens.services');
const shared = globalThis as { [SERVICES]?: unknown };

/** Twenty times as fast as the machine's. */
const quickClock: Clock = {
	nowMs: () => 20 * nodeClock.nowMs(),
	epochMs: () => nodeClock.epochMs(),
	setTimer: (delayMs, action) => nodeClock.setTimer(delayMs / 20, action)
};

let prober: Prober;
let server: Server | null = null;
beforeEach(async () => {
	const started = await startProber({ addresses: ['127.0.0.1'], clock: quickClock });
	if (!started.ok) throw new Error(started.error.message);
	prober = started.value;
	const signer = makeMessageSigner(SECRET, nodeClock, nodeRandom);
	// What the app's own start puts there; the handler finds it by the same name.
	shared[SERVICES] = Promise.resolve({ partnerEndpoint: makePartnerEndpoint(prober, signer, quickClock, nodeRandom) });
});
afterEach(async () => {
	prober.close();
	delete shared[SERVICES];
	server?.closeAllConnections();
	await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
	server = null;
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
	server = createServer((request, response) => void handle(request, response));
	await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The app's own handler behind a real HTTP server. */
async function handled(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]);
	const asked = new Request(`http://127.0.0.1${request.url}`, { method: 'POST', headers, body: Buffer.concat(parts) });
	const answer = await POST({ request: asked } as Parameters<typeof POST>[0]);
	response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}

const hello = (base: string, secret = SECRET, patienceMs = patience(10_000)) =>
	partnerByHttp(base, secret).partner.ask('hello', {}, patienceMs);

describe('two servers over HTTP', () => {
	it('tells its endpoints to a server that knows the secret', async () => {
		expect(await hello(await serve(handled))).toEqual({ ok: true, value: { endpoints: prober.endpoints } });
	});

	it('accepts a base URL with a path and a trailing slash', async () => {
		const asked: string[] = [];
		const base = await serve((request, response) => (asked.push(request.url!), handled(request, response)));
		expect((await hello(`${base}/icelens/`)).ok).toBe(true);
		expect(asked).toEqual(['/icelens/api/nat/partner']);
	});

	it('refuses another secret, with an unsigned answer', async () => {
		expect(await hello(await serve(handled), 'another-secret-of-16')).toEqual({ ok: false, why: 'refused' });
	});

	it('waits for the page in a session for the mapping, and reports that it did not come', async () => {
		const { partner } = partnerByHttp(await serve(handled), SECRET);
		const asked = { family: 'ipv4', page: PAGE, own: OWN } as const;
		const heard = await partner.ask('mapping', asked, patience(10_000));
		expect(heard).toEqual({ ok: true, value: { seen: prober.endpoints.map((at) => ({ at, from: null })) } });
	});

	it('refuses to probe the loopback, even on a loopback server', async () => {
		const { partner } = partnerByHttp(await serve(handled), SECRET);
		const to = { address: '127.0.0.1', port: 5000 };
		const asked = { family: 'ipv4', page: PAGE, own: OWN, to, packets: 2, waitMs: 100 } as const;
		expect(await partner.ask('probe', asked, patience(10_000))).toEqual({ ok: false, why: 'refused' });
		expect(prober.stats().packetsOut).toBe(0);
	});

	it.each([
		['a body longer than a kilobyte', { 'content-length': '1025' }, 'x'.repeat(1025), 413],
		['a body without a length', {}, 'x', 413],
		['an unsigned body', { 'content-length': '2' }, '{}', 401]
	])('refuses %s', async (_what, headers, body, status) => {
		const asked = new Request('http://127.0.0.1/api/nat/partner', { method: 'POST', headers: headers as HeadersInit, body });
		expect((await POST({ request: asked } as Parameters<typeof POST>[0])).status).toBe(status);
	});

	it('answers 404 where the settings name no partner', async () => {
		shared[SERVICES] = Promise.resolve({ partnerEndpoint: null });
		expect(await hello(await serve(handled))).toEqual({ ok: false, why: 'unreachable' });
	});

	it.each<[string, (request: IncomingMessage, response: ServerResponse) => unknown]>([
		['does not answer', () => {}],
		['redirects', (_request, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
		['closes the connection', (request) => request.socket.destroy()],
		[
			'answers without end',
			(_request, response) => {
				response.writeHead(200, { 'x-icelens-proof': 'x' });
				const more = () => !response.destroyed && response.write('x'.repeat(4096), more);
				more();
			}
		],
		['answers unsigned', (_request, response) => response.end('{"endpoints":[]}')],
		['answers no JSON', (_request, response) => response.writeHead(502).end('<html>Bad gateway</html>')]
	])('takes a partner that %s for unreachable', async (_what, handle) => {
		expect(await hello(await serve(handle), SECRET, 300)).toEqual({ ok: false, why: 'unreachable' });
	});

	it.each([
		['{}', 'hello', {}],
		['[]', 'hello', {}],
		['not even JSON', 'hello', {}],
		['{"endpoints":[{"address":"b.example.org","port":1}]}', 'hello', {}],
		['{"endpoints":null}', 'hello', {}],
		['{"probes":[{"from":null}]}', 'probe', { to: { address: '198.51.100.1', port: 5000 }, packets: 2, waitMs: 100 }],
		['{"proven":true,"from":null,"sent":1,"answered":1,"roundTripMs":null}', 'control', {}],
		['{"seen":{}}', 'mapping', {}]
	] as const)('takes a partner of another version that answers %s for unreachable', async (text, kind, more) => {
		const signer = makeMessageSigner(SECRET, nodeClock, nodeRandom);
		const { partner } = partnerByHttp(
			await serve((request, response) => {
				const nonce = request.headers.authorization!.split('.')[1]!;
				response.writeHead(200, { 'x-icelens-proof': signer.answer(nonce, 200, text) }).end(text);
			}),
			SECRET
		);
		const asked = { family: 'ipv4' as const, page: PAGE, own: OWN, ...more } as never;
		expect(await partner.ask(kind, asked, patience(10_000))).toEqual({ ok: false, why: 'unreachable' });
	});

	it('reports a partner where nothing listens as unreachable', async () => {
		expect(await hello('http://127.0.0.1:9')).toEqual({ ok: false, why: 'unreachable' });
	});
});
