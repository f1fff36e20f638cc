/** Small servers that each do one thing, to test how browsers react. */
import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createServer as createTlsServer } from 'node:tls';
import {
	decodeMessage,
	encodeMessage,
	readAttribute,
	type AttributeToWrite,
	type StunMessage
} from '../../src/lib/core/stun/message';
import { METHODS } from '../../src/lib/core/stun/methods-table';
import { makeCertificate } from '../../src/lib/server/certificate';

/**
 * An IPv4 address of this machine besides the loopback, null without one: Firefox does not use the loopback, and Chromium
 * reports less about it.
 */
export function ownAddress(): string | null {
	const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
	return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}

export interface ScriptedServer {
	port: number;
	/** Allocate requests and TCP connections that came in. */
	allocates(): number;
	connections(): number;
	close(): void;
}

export interface UdpScript {
	/** Answer to Binding: an error code, or the sender's address; without it silence. */
	binding?: number | 'success';
	/** Answer to Allocate once the client has logged in (before that 401 with realm and nonce); without it no answer. */
	allocate?: number;
}

export async function udpServer(host: string, script: UdpScript = {}): Promise<ScriptedServer> {
	const socket = createSocket('udp4');
	let allocates = 0;
	socket.on('message', (bytes, from) => {
		const read = decodeMessage(bytes);
		if (!read.ok) return;
		if (read.value.method === METHODS.Allocate) allocates++;
		const answer = reply(read.value, script, { address: from.address, port: from.port });
		if (answer) socket.send(answer, from.port, from.address);
	});
	await new Promise<void>((resolve) => socket.bind(0, host, resolve));
	return { port: socket.address().port, allocates: () => allocates, connections: () => 0, close: () => socket.close() };
}

function reply(request: StunMessage, script: UdpScript, from: { address: string; port: number }): Uint8Array | null {
	const { method, transactionId } = request;
	const answer = (messageClass: 'success' | 'error', attributes: AttributeToWrite[]) =>
		encodeMessage({ method, class: messageClass, transactionId, attributes });
	const error = (code: number, more: AttributeToWrite[] = []) =>
		answer('error', [['ERROR-CODE', { code, reason: 'As scripted' }], ...more]);
	if (method === METHODS.Binding) {
		if (script.binding === undefined) return null;
		return script.binding === 'success' ? answer('success', [['XOR-MAPPED-ADDRESS', from]]) : error(script.binding);
	}
	if (method !== METHODS.Allocate || script.allocate === undefined) return null;
	const challenge: AttributeToWrite[] = [
		['REALM', 'test'],
		['NONCE', 'once']
	];
	return readAttribute(request, 'USERNAME') === undefined ? error(401, challenge) : error(script.allocate, challenge);
}

/** `silent` accepts and sends nothing, `closing` closes after 200 ms, `tls` has a self-signed certificate. */
export async function tcpServer(host: string, kind: 'silent' | 'closing' | 'tls'): Promise<ScriptedServer> {
	let connections = 0;
	const server: Server = kind === 'tls' ? createTlsServer(await makeCertificate([host])) : createServer();
	server.on('tlsClientError', () => {});
	server.on('connection', (socket) => {
		connections++;
		socket.on('error', () => {});
		if (kind === 'closing') setTimeout(() => socket.destroy(), 200);
		else if (kind === 'silent') socket.resume();
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	const { port } = server.address() as AddressInfo;
	return { port, allocates: () => 0, connections: () => connections, close: () => server.close() };
}

/** A TCP port that was free a moment ago: nothing listens there. */
export async function closedPort(host: string): Promise<number> {
	const server = await tcpServer(host, 'silent');
	server.close();
	return server.port;
}
