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
	/** Resolves when the kernel has it. */
	send(to: Endpoint, text: string): Promise<void>;
	/** The source of the datagram with this text, or null after `waitMs`. */
	arrival(text: string, waitMs: number): Promise<Endpoint | null>;
	/** Resolves when all that has reached the socket by now has been read. */
	drain(): Promise<void>;
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
				send: async (to, text) => void (await ask({ do: 'send', socket, ...to, text })),
				drain: async () => void (await ask({ do: 'drain', socket })),
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

/** A datagram that no rule drops is through the kernel's few hops long before; the processes at both ends are waited for apart. */
const PASSING_MS = 20;

/** Sends until it arrives, at most `tries` times; the source that `at` saw, or null when it was dropped each time. */
export async function deliver(from: LabSocket, at: LabSocket, to: Endpoint, tries = 5): Promise<Endpoint | null> {
	const text = randomBytes(8).toString('hex');
	for (let i = 0; i < tries; i++) {
		await from.send(to, text);
		let source = await at.arrival(text, PASSING_MS);
		if (source) return source;
		await at.drain();
		source = await at.arrival(text, 0);
		if (source) return source;
	}
	return null;
}
