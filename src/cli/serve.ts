/** Serves the built app on an http server of our own, so that the port, the messages and the end are ours to decide. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { makeFront, type FrontSettings } from '../lib/server/http/front';
import { inUrl } from '../lib/server/ice-servers';
import { stopServices } from '../lib/server/services';
import { CliError } from './errors';

export interface RunningApp {
	/** Where this machine reaches it, without a slash at the end. */
	url: string;
	close(): Promise<void>;
}

/** What of the settings serving hangs on; the defaults are those of an app that one browser on this machine asks. */
export interface ServeSettings {
	host: string;
	port: number;
	front?: Partial<FrontSettings>;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** How long requests under way may take to end when the app is stopped. */
const GRACE_MS = 2000;

/** The app reads its other settings from the environment when its handler is loaded. */
export async function serveApp({ host, port, front: wanted }: ServeSettings): Promise<RunningApp> {
	// Without this the app takes every request for one over https, since that is what a proxy in front usually speaks.
	if (!process.env.PROTOCOL_HEADER && !process.env.ORIGIN) process.env.PROTOCOL_HEADER = 'x-icelens-protocol';
	const ownProtocol = process.env.PROTOCOL_HEADER === 'x-icelens-protocol';

	const nothing: FrontSettings = { hosts: [], addressHeader: null, proxies: 1, https: false, warn: () => {} };
	const prepare = makeFront({ ...nothing, ...wanted });
	let handler: Promise<Handler> | null = null;
	const server = createServer((request, response) => {
		if (!prepare(request, response)) return;
		if (ownProtocol) request.headers['x-icelens-protocol'] = 'http';
		handler?.then(
			(handle) => handle(request, response, () => response.writeHead(404).end()),
			() => response.writeHead(503).end()
		);
	});
	// The port first: when it is taken there is no point in starting the rest.
	await listen(server, host, port);
	handler = loadHandler();
	try {
		await handler;
	} catch (error) {
		server.close();
		throw error;
	}
	const at = (server.address() as AddressInfo).port;
	return {
		url: `http://${inUrl(reachable(host))}:${at}`,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeIdleConnections();
			const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
			await Promise.all([closed, stopServices()]);
			clearTimeout(timer);
		}
	};
}

async function loadHandler(): Promise<Handler> {
	const path = new URL('../build/handler.js', import.meta.url).href;
	try {
		return ((await import(/* @vite-ignore */ path)) as { handler: Handler }).handler;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ERR_MODULE_NOT_FOUND' && message.includes('handler.js'))
			throw new CliError('The app is not built: run "npm run build" first.');
		throw error;
	}
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(new CliError(sentence(error, host, port))));
		server.listen({ host, port }, resolve);
	});
}

function sentence(error: NodeJS.ErrnoException, host: string, port: number): string {
	const reasons: Record<string, string> = {
		EADDRINUSE: `Port ${port} on ${host} is taken, perhaps by another Icelens. Stop that program or choose another port: PORT=${port + 1} npm start, or icelens serve --port ${port + 1}.`,
		EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is, to 127.0.0.1 for this machine alone, or to 0.0.0.0 for every interface.`,
		EACCES: `This user may not listen on port ${port}. Choose one from 1024 upward: PORT=8478 npm start.`,
		ENOTFOUND: `HOST: "${host}" is not a name this machine knows. Set it to an IP address such as 127.0.0.1.`
	};
	return reasons[error.code ?? ''] ?? `The app could not listen on ${host}, port ${port}: ${error.message}.`;
}

/** The listening address as one that a browser on this machine can open. */
function reachable(host: string): string {
	if (host === '0.0.0.0') return '127.0.0.1';
	return host === '::' ? '::1' : host;
}

/** The other URLs of an app that listens on every interface, for the people in the same network. */
export function otherUrls(host: string, url: string): string[] {
	if (host !== '0.0.0.0' && host !== '::') return [];
	const port = new URL(url).port;
	return Object.values(networkInterfaces())
		.flatMap((each) => each ?? [])
		.filter(({ internal, family, address }) => !internal && (host === '::' || family === 'IPv4') && !address.startsWith('fe80'))
		.map(({ address }) => `http://${inUrl(address)}:${port}`);
}
