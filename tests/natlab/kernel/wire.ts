/** The lab's impaired links: a process between two network cards that delays, reorders and loses frames (see wire-process.mjs). */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { run, start, type Sandbox } from './sandbox';

export interface Impairment {
	/** One way, ms. */
	delayMs?: number;
	/** Plus or minus, ms. Frames keep their order unless `reorders`. */
	jitterMs?: number;
	reorders?: boolean;
	/** 0 to 1, each direction alone. */
	lossRatio?: number;
	/** Bits a second, counted from the IP header on; what would wait longer than `queueMs` is dropped. */
	rateBps?: number;
	/** 200 unless given. */
	queueMs?: number;
}

/** What is given at the top holds both ways; `up` (from the client to the core) and `down` add to it or replace it. */
export interface Link extends Impairment {
	up?: Impairment;
	down?: Impairment;
	/** Only packets from or to this IPv4 address are impaired, as where the way to one provider is bad. */
	only?: string;
}

/** Packets that the link was to impair. */
export interface Carried {
	carried: number;
	lost: number;
}

export interface LinkChange {
	/** When it was so, Date.now. */
	atMs: number;
	/** What became of the packets since the change before. */
	before: { up: Carried; down: Carried };
}

export interface Wire {
	/** The whole link from now on. */
	set(link: Link): Promise<LinkChange>;
}

const PROCESS = fileURLToPath(new URL('./wire-process.mjs', import.meta.url));

/**
 * Gives `end0` and `end1` of the wire's namespace a character device each (macvtap, passthru: every frame passes through
 * it) and starts the process that carries frames between them. The kernel's own netem is missing from many small kernels.
 */
export async function startWire(sandbox: Sandbox, host: string, link: Link): Promise<Wire> {
	const lines = ['set -e', 'mount -t sysfs sysfs /sys', `mkdir /run/lab/${host}`];
	for (const end of ['0', '1']) {
		lines.push(
			`ip link add link end${end} name tap${end} type macvtap mode passthru`,
			// Or multicast, and with it IPv6's neighbour discovery, would end here.
			`ip link set tap${end} allmulticast on up`,
			`number=$(cat /sys/class/net/tap${end}/macvtap/*/dev)`,
			`mknod /run/lab/${host}/tap${end} c \${number%:*} \${number#*:}`
		);
	}
	const inWire = (argv: string[]) => sandbox.inside(['nsenter', `--net=/run/netns/${host}`, 'unshare', '-m', ...argv]);
	const made = await run(inWire(['sh']), { input: lines.join('\n') });
	if (made.status !== 0) throw new Error(`This kernel gives no impaired link: ${made.stderr.trim()}`);
	const child = start(
		inWire([process.execPath, PROCESS, `/run/lab/${host}/tap0`, `/run/lab/${host}/tap1`, JSON.stringify(link)]),
		{ stdio: 'pipe' }
	);
	let errors = '';
	child.stderr!.on('data', (chunk) => (errors += chunk));
	child.stdin!.on('error', () => undefined);
	const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
	const line = () => new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }));
	createInterface({ input: child.stdout! }).on('line', (text) => waiting.shift()?.resolve(text));
	let ended = false;
	child.once('close', () => {
		ended = true;
		for (const { reject } of waiting.splice(0)) reject(new Error(`The wire ended: ${errors.trim()}`));
	});
	await line();
	child.unref();
	return {
		set: async (next) => {
			if (ended) throw new Error(`The wire ended: ${errors.trim()}`);
			const done = line();
			child.stdin!.write(`${JSON.stringify(next)}\n`);
			const before = JSON.parse(await done) as LinkChange['before'];
			return { atMs: Date.now(), before };
		}
	};
}

/** Why there can be no impaired link here; null when there can. */
export async function whyNoWire(sandbox: Sandbox): Promise<string | null> {
	if (!sandbox.privileged) return 'an impaired link needs real root (it makes a device file)';
	const tried = await run(
		sandbox.inside([
			'sh',
			'-c',
			'ip link add x0 type veth peer name x1 && ip link add link x0 name x2 type macvtap mode passthru; s=$?; ip link del x0; exit $s'
		])
	);
	return tried.status === 0 ? null : `an impaired link needs macvtap in the kernel: ${tried.stderr.trim()}`;
}
