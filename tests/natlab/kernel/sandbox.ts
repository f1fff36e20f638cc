/**
 * A process tree with network, mount and process namespaces of its own. Everything the lab makes lives in it and ends with
 * it: when this process goes away, however it does, the sandbox's first process reads the end of its input and the kernel
 * takes the rest down. So a lab leaves nothing behind, and two runs can never meet.
 */
import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
export const SANDBOX_ENV = { ...process.env, PATH };

/** `read` is done by the shell itself, so that the number is its own as the outside sees it. */
const HOLD = `read pid rest < /proc/self/stat
mount -t proc proc /proc && mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/netns && ip link set lo up && echo $pid && exec cat`;

export interface Sandbox {
	/** The command line that runs `argv` inside. */
	inside(argv: readonly string[]): string[];
	/** True when the sandbox has the rights of real root, not those of a user namespace. */
	privileged: boolean;
	/** Of its first process, as the machine sees it. */
	pid: string;
	close(): Promise<void>;
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

/** Why this machine cannot give us namespaces and nftables; null when it can. */
export function whyNoSandbox(): string | null {
	if (process.platform !== 'linux') return `network namespaces are a Linux thing, this is ${process.platform}`;
	const tryOut = `mount -t proc proc /proc && mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add a &&
		ip link add x type veth peer name y netns a && ip link add z type bridge && printf 'table ip t { chain c { type nat hook postrouting priority 100; masquerade; }; }' | nft -f -`;
	try {
		execFileSync('unshare', [isRoot() ? '-mnp' : '-Urmnp', '--fork', '--kill-child', 'sh', '-c', tryOut], {
			env: SANDBOX_ENV,
			stdio: ['ignore', 'ignore', 'pipe']
		});
		return null;
	} catch (error) {
		const said = String((error as { stderr?: Buffer }).stderr ?? '').trim() || (error as Error).message;
		const remedy = isRoot()
			? 'needs unshare, ip (iproute2), nft (nftables) and the rights to make namespaces'
			: 'run as root, or where ordinary users may make user namespaces';
		return `${said.split('\n')[0]} (${remedy})`;
	}
}

/** The command line of the process that holds a sandbox: it prints its process id, and ends when its input ends. */
export function holderCommand(): string[] {
	return ['unshare', isRoot() ? '-mnp' : '-Urmnp', '--fork', '--kill-child', 'sh', '-c', HOLD];
}

export async function openSandbox(): Promise<Sandbox> {
	const [program, ...argv] = holderCommand();
	const holder = spawn(program!, argv, { env: SANDBOX_ENV, stdio: ['pipe', 'pipe', 'pipe'] });
	const ended = new Promise<void>((resolve) => holder.once('exit', () => resolve()));
	const pid = await new Promise<string>((resolve, reject) => {
		let errors = '';
		holder.stderr.on('data', (chunk) => (errors += chunk));
		holder.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
		holder.once('error', reject);
		void ended.then(() => reject(new Error(`The sandbox did not start: ${errors.trim()}`)));
	});
	const enter = ['nsenter', '-t', pid, '-m', '-n', '-p', ...(isRoot() ? [] : ['-U', '--preserve-credentials']), '--'];
	return {
		inside: (argv) => [...enter, ...argv],
		privileged: isRoot(),
		pid,
		close: async () => {
			// The kernel takes a second or so to dismantle the namespaces; nobody needs to wait for that.
			holder.stdin.end();
			holder.kill('SIGKILL');
			await ended;
		}
	};
}

export interface Ran {
	status: number | null;
	stdout: string;
	stderr: string;
}

/** Starts a command line in a process group of its own, so that it can be ended together with its children. */
export function start(argv: readonly string[], options: SpawnOptions = {}): ChildProcess {
	return spawn(argv[0]!, argv.slice(1), { env: SANDBOX_ENV, ...options, detached: true });
}

/** Ends a process group. */
export function stopGroup(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
	if (child.pid === undefined || child.exitCode !== null) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// It has ended by itself.
	}
}

export function run(
	argv: readonly string[],
	options: { input?: string; timeoutMs?: number; env?: NodeJS.ProcessEnv; cwd?: string } = {}
): Promise<Ran> {
	return new Promise((resolve, reject) => {
		const child = start(argv, { env: { ...SANDBOX_ENV, ...options.env }, cwd: options.cwd, stdio: 'pipe' });
		const timer = options.timeoutMs === undefined ? null : setTimeout(() => stopGroup(child, 'SIGKILL'), options.timeoutMs);
		let stdout = '';
		let stderr = '';
		child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
		child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
		child.once('error', reject);
		child.once('close', (status) => {
			if (timer) clearTimeout(timer);
			resolve({ status, stdout, stderr });
		});
		child.stdin!.on('error', () => undefined).end(options.input ?? '');
	});
}
