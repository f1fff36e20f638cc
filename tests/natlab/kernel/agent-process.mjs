// A puppet inside one host: opens UDP sockets and TCP connections as it is told on stdin, and reports what arrives.
// One JSON object a line, both ways.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

const sockets = new Map();
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const commands = {
	open({ id, address, port = 0 }) {
		const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
		socket.once('error', (error) => say({ id, error: error.code }));
		socket.bind({ address, port, exclusive: true }, () => {
			sockets.set(id, socket);
			say({ id, address, port: socket.address().port });
		});
		socket.on('message', (data, from) =>
			say({ socket: id, address: from.address, port: from.port, text: data.toString('latin1') })
		);
	},
	send({ id, socket, address, port, text }) {
		sockets.get(socket)?.send(Buffer.from(text, 'latin1'), port, address, () => say({ id }));
	},
	// What a socket sends to itself comes after all that has reached it before.
	drain({ id, socket }) {
		const own = sockets.get(socket);
		const { address, port } = own.address();
		const ask = () => own.send(`drain ${id}`, port, address, () => undefined);
		const again = setInterval(ask, 200);
		own.on('message', function end(data) {
			if (data.toString('latin1') !== `drain ${id}`) return;
			clearInterval(again);
			own.off('message', end);
			say({ id });
		});
		ask();
	},
	close({ socket }) {
		sockets.get(socket)?.close();
		sockets.delete(socket);
	},
	listen({ id, address, port }) {
		const server = createServer((peer) => peer.on('error', () => undefined).end());
		server.once('error', (error) => say({ id, error: error.code }));
		server.listen({ host: address, port }, () => say({ id, port: server.address().port }));
	},
	connect({ id, address, port, timeoutMs }) {
		const socket = connect({ host: address, port });
		let ended = false;
		const end = (result) => {
			if (ended) return;
			ended = true;
			socket.destroy();
			clearTimeout(timer);
			say({ id, result });
		};
		// An answer that came while this process had no processor is read first.
		const timer = setTimeout(() => setImmediate(end, 'silent'), timeoutMs);
		socket.once('connect', () => end('connected'));
		socket.once('error', (error) => end(error.code));
	}
};

createInterface({ input: process.stdin }).on('line', (line) => {
	const command = JSON.parse(line);
	commands[command.do](command);
});
