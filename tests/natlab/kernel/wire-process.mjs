// Carries Ethernet frames between two macvtap devices with delay, jitter, reordering, loss and a limited rate, each direction alone.
// ARP and IPv6 neighbour discovery pass untouched: the loss of one of those would cost a second, which no real link does.
// What it does can be changed while it runs: a line of JSON on stdin is the link from then on, answered by a line that says
// how many of the packets that it impaired were carried and lost until then.
import { openSync, read, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [pathA, pathB, text] = process.argv.slice(2);
/** Of the link as it is now; read anew for every frame. */
let address, impairments;
let counts;

function set(json) {
	const { up = {}, down = {}, only = null, ...both } = JSON.parse(json);
	address = only === null ? null : Buffer.from(only.split('.').map(Number));
	impairments = { up: { ...both, ...up }, down: { ...both, ...down } };
	counts = { up: { carried: 0, lost: 0 }, down: { carried: 0, lost: 0 } };
}
set(text);
// Every frame has a header in front of it (struct virtio_net_hdr) that must travel with it: it says which checksums are due.
const HEADER = 10;

function isNeighbourDiscovery(frame) {
	const type = frame.readUInt16BE(HEADER + 12);
	if (type === 0x0806) return true;
	const ip = HEADER + 14;
	return type === 0x86dd && frame[ip + 6] === 58 && (frame[ip + 40] === 135 || frame[ip + 40] === 136);
}

/** Whether the packet is one that the link impairs: all, or those from or to one IPv4 address. */
function isImpaired(frame) {
	if (address === null) return true;
	const ip = HEADER + 14;
	if (frame.readUInt16BE(HEADER + 12) !== 0x0800 || frame.length < ip + 20) return false;
	return frame.subarray(ip + 12, ip + 16).equals(address) || frame.subarray(ip + 16, ip + 20).equals(address);
}

/** Node counts a timer from when its loop last looked at the clock: in a busy process it is early by as much as that is late. */
function passAt(dueMs, pass) {
	setTimeout(() => (performance.now() < dueMs ? passAt(dueMs, pass) : pass()), dueMs - performance.now());
}

function carry(from, to, direction) {
	// When the last bit of what was accepted before leaves the queue.
	let freeMs = 0;
	const buffer = Buffer.alloc(HEADER + 70_000);
	let lastDue = 0;
	const queue = [];
	const send = (frame) => {
		try {
			writeSync(to, frame);
		} catch {
			// The far end is down or full: the frame is lost, as on any link.
		}
	};
	const next = () =>
		read(from, buffer, 0, buffer.length, null, (error, size) => {
			if (error) throw error;
			const frame = Buffer.from(buffer.subarray(0, size));
			next();
			if (size < HEADER + 14 || isNeighbourDiscovery(frame) || !isImpaired(frame)) return send(frame);
			const { delayMs = 0, jitterMs = 0, reorders = false, lossRatio = 0, rateBps = 0, queueMs = 200 } = impairments[direction];
			if (Math.random() < lossRatio) return void counts[direction].lost++;
			const now = performance.now();
			let leaves = now;
			if (rateBps > 0) {
				if (freeMs - now > queueMs) return void counts[direction].lost++;
				leaves = freeMs = Math.max(freeMs, now) + ((size - HEADER - 14) * 8000) / rateBps;
			}
			counts[direction].carried++;
			let due = leaves + delayMs + (2 * Math.random() - 1) * jitterMs;
			if (!reorders) due = lastDue = Math.max(due, lastDue);
			if (reorders) return void passAt(due, () => send(frame));
			// Two timers may fire in either order within a millisecond; the queue keeps the frames in theirs.
			queue.push(frame);
			passAt(due, () => send(queue.shift()));
		});
	next();
}

const ends = [openSync(pathA, 'r+'), openSync(pathB, 'r+')];
// The first end is the core's.
carry(ends[0], ends[1], 'down');
carry(ends[1], ends[0], 'up');
createInterface({ input: process.stdin }).on('line', (line) => {
	const before = counts;
	set(line);
	process.stdout.write(`${JSON.stringify(before)}\n`);
});
process.stdout.write('ready\n');
