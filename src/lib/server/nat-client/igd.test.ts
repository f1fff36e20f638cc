/** A device on the loopback that answers a search and serves what a row says. */
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { nodeClock, type Clock } from '../clock';
import { askIgd } from './igd';

const HOST = '127.0.0.1';
/** Waits are a tenth as long: what does not come does not come later either. */
const clock: Clock = { ...nodeClock, setTimer: (ms, action) => nodeClock.setTimer(ms / 10, action) };
const SERVICE = 'urn:schemas-upnp-org:service:WANIPConnection:1';
const description = (control: string) =>
	`<service><serviceType>${SERVICE}</serviceType><controlURL>${control}</controlURL></service>`;

let server: Server;
let finder: Socket;
let asked: string[] = [];
afterEach(() => {
	server.closeAllConnections();
	server.close();
	finder.close();
	asked = [];
});

async function ask(listener: RequestListener, location = (port: number) => `http://${HOST}:${port}/desc.xml`) {
	server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		listener(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
	const { port } = server.address() as AddressInfo;
	finder = createSocket('udp4');
	finder.on('message', (data, from) => {
		if (!data.toString().startsWith('M-SEARCH * HTTP/1.1\r\n')) return;
		finder.send(`HTTP/1.1 200 OK\r\nLOCATION: ${location(port)}\r\n\r\n`, from.port, from.address);
	});
	await new Promise<void>((resolve) => finder.bind(0, HOST, resolve));
	return askIgd({ clock, gateway: HOST, localAddress: HOST, port: finder.address().port });
}

/** Answers the description with what is given, and the question with an address. */
const device =
	(body: string, answer = '<NewExternalIPAddress>203.0.113.5</NewExternalIPAddress>', status = 200): RequestListener =>
	(request, response) => {
		if (request.method === 'POST') expect(request.headers['soapaction']).toBe(`"${SERVICE}#GetExternalIPAddress"`);
		response.writeHead(request.method === 'POST' ? status : 200).end(request.method === 'POST' ? answer : body);
	};

test('the address that a device tells', async () => {
	const { answer } = await ask(device(description('/ctl')));
	expect(answer).toMatchObject({ state: 'told', service: SERVICE, externalAddress: '203.0.113.5', errorCode: null });
	expect(asked).toEqual(['GET /desc.xml', 'POST /ctl']);
});

test('an error of UPnP, which comes with status 500', async () => {
	const { answer } = await ask(device(description('/ctl'), '<errorCode>501</errorCode>', 500));
	expect(answer).toMatchObject({ state: 'told', externalAddress: null, errorCode: 501 });
});

test('a description at another address is not fetched', async () => {
	const { answer } = await ask(device(''), (port) => `http://localhost:${port}/desc.xml`);
	expect(answer).toMatchObject({ state: 'elsewhere' });
	expect(asked).toEqual([]);
});

test('a place to ask at another address is not asked', async () => {
	const { answer } = await ask(device(description('http://203.0.113.9/ctl')));
	expect(answer).toEqual({ state: 'elsewhere', location: 'http://203.0.113.9/ctl' });
	expect(asked).toEqual(['GET /desc.xml']);
});

const endless: RequestListener = (_, response) => {
	response.writeHead(200);
	const more = () => void (response.writable && response.write('x'.repeat(65536), () => setImmediate(more)));
	more();
};

test.each<[string, RequestListener, string]>([
	['a redirect', (_, response) => response.writeHead(302, { location: '/other.xml' }).end(), 'http'],
	['a description that does not end', endless, 'too-large'],
	['a device that does not answer', () => {}, 'timeout'],
	['a description without a connection', device('<root></root>'), 'no-connection'],
	['an answer that is a page', device(description('/ctl'), '<html></html>'), 'http']
])('%s is unreadable', async (_, listener, because) => {
	const { answer } = await ask(listener);
	expect(answer).toMatchObject({ state: 'unreadable', because });
	expect(asked.filter((each) => each.includes('other'))).toEqual([]);
});
