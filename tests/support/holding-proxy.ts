/** An HTTP proxy in front of the app that keeps each answer until it is whole, as some do, unless the answer asks it not to. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HoldingProxy {
	/** `http://127.0.0.1:40123`. */
	origin: string;
	/** Answers that were held back until they were whole. */
	held(): number;
	close(): Promise<void>;
}

/** `obeys`: whether `X-Accel-Buffering: no` is heeded, as nginx does. */
export async function startHoldingProxy(target: string, obeys: boolean): Promise<HoldingProxy> {
	let held = 0;
	const server = createServer((from, to) => {
		const onward = request(target + from.url!, { method: from.method, headers: from.headers }, (answer) => {
			const { 'x-accel-buffering': wish, ...headers } = answer.headers;
			to.on('close', () => answer.destroy());
			if (obeys && wish === 'no') {
				to.writeHead(answer.statusCode!, headers);
				to.flushHeaders();
				answer.pipe(to);
				return;
			}
			held++;
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('end', () => {
				to.writeHead(answer.statusCode!, headers);
				to.end(Buffer.concat(parts));
			});
		});
		onward.on('error', () => to.destroy());
		from.pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		held: () => held,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}
