/** Sockets in the lab's hosts, driven from the test: a socket belongs to the namespace of the process that makes it. */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Lab } from './lab';

const PROCESS = fileURLToPath(new URL('./agent-process.mjs', import.meta.url));

export interface Endpoint {
	address: string;
	port: number;
}

export interface LabSocket {
	local: Endpoint;
	send(to: Endpoint, text: string): void;
	/** The source of the datagram with this text, or null after `waitMs`. */
	arrival(text: string, waitMs: number): Promise<Endpoint | null>;
	close(): void;
}

export interface Agent {
	open(address: string, port?: number): Promise<LabSocket>;
	listen(address: string, port: number): Promise<void>;
	/** `connected`, `silent` after the timeout, or the error's code. */
	connect(to: Endpoint, timeoutMs: number): Promise<string>;
	stop(): Promise<void>;
}

interface Line {
	id?: number;
	socket?: number;
	address?: string;
	port?: number;
	text?: string;
	error?: string;
	result?: string;
}

export async function startAgent(lab: Lab, host: string): Promise<Agent> {
	const handle = lab.spawn(host, [process.execPath, PROCESS]);
	const waiting = new Map<number, (line: Line) => void>();
	/** `socket text` -> who waits for that datagram; what came before anybody asked is kept. */
	const listeners = new Map<string, (from: Endpoint) => void>();
	const arrived = new Map<string, Endpoint>();
	let nextId = 1;
	createInterface({ input: handle.child.stdout! }).on('line', (text) => {
		const line = JSON.parse(text) as Line;
		if (line.id !== undefined) {
			waiting.get(line.id)?.(line);
			waiting.delete(line.id);
			return;
		}
		const key = `${line.socket} ${line.text}`;
		const from = { address: line.address!, port: line.port! };
		const listener = listeners.get(key);
		if (listener) listener(from);
		else arrived.set(key, from);
	});
	const tell = (command: object) => handle.child.stdin!.write(`${JSON.stringify(command)}\n`);
	const ask = (command: object) =>
		new Promise<Line & { id: number }>((resolve) => {
			const id = nextId++;
			waiting.set(id, (line) => resolve({ ...line, id }));
			tell({ ...command, id });
		});
	return {
		open: async (address, port) => {
			const line = await ask({ do: 'open', address, port });
			if (line.error) throw new Error(`${host} ${address}:${port ?? 0}: ${line.error}`);
			const socket = line.id;
			return {
				local: { address, port: line.port! },
				send: (to, text) => void tell({ do: 'send', socket, ...to, text }),
				arrival: (text, waitMs) =>
					new Promise((resolve) => {
						const key = `${socket} ${text}`;
						const early = arrived.get(key);
						arrived.delete(key);
						if (early) return resolve(early);
						const settle = (from: Endpoint | null) => {
							clearTimeout(timer);
							listeners.delete(key);
							resolve(from);
						};
						const timer = setTimeout(settle, waitMs, null);
						listeners.set(key, settle);
					}),
				close: () => void tell({ do: 'close', socket })
			};
		},
		listen: async (address, port) => {
			const line = await ask({ do: 'listen', address, port });
			if (line.error) throw new Error(`${host} ${address}:${port}: ${line.error}`);
		},
		connect: async (to, timeoutMs) => (await ask({ do: 'connect', ...to, timeoutMs })).result!,
		stop: () => handle.stop()
	};
}

/** Sends until it arrives, at most `tries` times; the source that `at` saw, or null. */
export async function deliver(from: LabSocket, at: LabSocket, to: Endpoint, waitMs = 80, tries = 1): Promise<Endpoint | null> {
	for (let i = 0; i < tries; i++) {
		const text = randomBytes(8).toString('hex');
		from.send(to, text);
		const source = await at.arrival(text, waitMs);
		if (source) return source;
	}
	return null;
}
