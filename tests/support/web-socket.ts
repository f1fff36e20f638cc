/** The server's end of a WebSocket, as far as tests need one: the handshake, and frames written by hand. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455 §4.2.2. */
export function acceptWebSocket(headers: IncomingHttpHeaders, socket: Duplex): void {
	const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
	const accept = createHash('sha1').update(key).digest('base64');
	socket.on('error', () => {});
	socket.write(
		`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`
	);
}

/** RFC 6455 §5.5.1. */
export function closeFrame(code: number, reason: string): Buffer {
	const payload = Buffer.concat([Buffer.of(code >> 8, code & 255), Buffer.from(reason)]);
	return Buffer.concat([Buffer.of(0x88, payload.length), payload]);
}
