// A STUN server (RFC 8489) on the two addresses of its arguments that lies about RFC 5780 in several ways, one a port.
import { createSocket } from 'node:dgram';

const [first, second] = process.argv.slice(2);

/** What each port announces as the other address; all answer a CHANGE-REQUEST from where they were asked. */
const LIES = {
	7101: { address: first, port: 7101 },
	7102: { address: first, port: 7202 },
	7103: { address: '10.1.2.3', port: 7203 },
	7104: { address: '203.0.113.99', port: 7204 },
	7105: { address: second, port: 7205 }
};

function address(type, { address, port }, mask = Buffer.alloc(6)) {
	const attribute = Buffer.alloc(12);
	attribute.writeUInt16BE(type, 0);
	attribute.writeUInt16BE(8, 2);
	attribute[5] = 1;
	attribute.writeUInt16BE(port, 6);
	address.split('.').forEach((octet, i) => (attribute[8 + i] = Number(octet)));
	for (let i = 0; i < 6; i++) attribute[6 + i] ^= mask[i];
	return attribute;
}

function answer(request, from, other) {
	const cookie = request.subarray(4, 8);
	const mask = Buffer.concat([cookie.subarray(0, 2), cookie]);
	const attributes = Buffer.concat([address(0x0020, from, mask), address(0x802c, other)]);
	const header = Buffer.from(request.subarray(0, 20));
	header.writeUInt16BE(0x0101, 0);
	header.writeUInt16BE(attributes.length, 2);
	return Buffer.concat([header, attributes]);
}

const bound = [];
function listen(address, port, other) {
	const socket = createSocket('udp4');
	socket.on('message', (request, from) => {
		if (request.length >= 20 && request.readUInt16BE(0) === 0x0001)
			socket.send(answer(request, from, other), from.port, from.address);
	});
	bound.push(new Promise((resolve) => socket.bind(port, address, resolve)));
}
for (const [port, other] of Object.entries(LIES)) listen(first, Number(port), other);
// The last one tells the truth about where it stands: there it answers, and nothing leaves from there for another.
listen(second, 7105, LIES[7105]);
listen(first, 7205, LIES[7105]);
listen(second, 7205, LIES[7105]);
await Promise.all(bound);
process.stdout.write('listening\n');
