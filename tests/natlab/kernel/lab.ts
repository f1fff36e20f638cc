/** Builds an access network of real kernel NATs: hosts, routers and a core, each a network namespace (see topology.ts). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { writeExecutable, type NamespaceCommand } from '../../support/namespace-command';
import type { ProfileName } from '../profiles';
import { draw, script, type ClientSpec } from './blueprint';
import { openSandbox, run, start, stopGroup, type Ran, type Sandbox } from './sandbox';
import type { HostAddresses } from './topology';
import { startWire, type Link, type LinkChange, type Wire } from './wire';

export type { ClientSpec } from './blueprint';
export type { Link } from './wire';
export type { Ran } from './sandbox';

export interface ExecOptions {
	timeoutMs?: number;
	env?: NodeJS.ProcessEnv;
	input?: string;
	cwd?: string;
}

export interface Lab {
	/** `prov` (two addresses), `stun2`, `web`, `gate` with `pod1` and `pod2` behind it, and the clients `A`, `B`… in the order they were asked for. */
	hosts: Record<string, HostAddresses>;
	/** Runs a command in a host and waits for its end. */
	exec(host: string, argv: readonly string[], options?: ExecOptions): Promise<Ran>;
	/** Starts a command in a host; it ends with the lab or by `stop`. */
	spawn(host: string, argv: readonly string[], options?: { env?: NodeJS.ProcessEnv; cwd?: string }): LabProcess;
	/** The command line that runs `argv` in a host, for those who start processes themselves. */
	commandLine(host: string, argv: readonly string[]): string[];
	/** An executable file that runs `program` in a host, for tools that want a path (a browser's `executablePath`). */
	executable(host: string, program: string): string;
	/** The command line that runs what follows it in a host. */
	namespace(host: string): NamespaceCommand;
	/** Another link from now on, for a client that was given one. */
	setLink(client: string, link: Link): Promise<LinkChange>;
	/** Takes everything down. Also happens when the calling process ends. */
	close(): Promise<void>;
}

export interface LabProcess {
	child: ChildProcess;
	/** Resolves with everything printed so far once `pattern` appears on stdout or stderr; rejects when the process ends before. */
	printed(pattern: RegExp, timeoutMs?: number): Promise<string>;
	stop(): Promise<void>;
}

/** In a host, with its own names and without the machine's name server. */
const ENTER = `mount --bind "/run/lab/hosts-$0" /etc/hosts && { [ ! -e /etc/resolv.conf ] || mount --bind /run/lab/resolv.conf /etc/resolv.conf; } && exec "$@"`;

export function hostCommand(sandbox: Sandbox, host: string, argv: readonly string[]): string[] {
	return sandbox.inside(['nsenter', `--net=/run/netns/${host}`, 'unshare', '-m', 'sh', '-c', ENTER, host, ...argv]);
}

function labProcess(child: ChildProcess): LabProcess {
	let output = '';
	let ended = false;
	const listeners = new Set<() => void>();
	const tell = () => listeners.forEach((listener) => listener());
	for (const stream of [child.stdout!, child.stderr!])
		stream.setEncoding('utf8').on('data', (chunk: string) => ((output += chunk), tell()));
	const closed = new Promise<void>((resolve) => child.once('close', () => ((ended = true), tell(), resolve())));
	return {
		child,
		printed: (pattern, timeoutMs = 10_000) =>
			new Promise((resolve, reject) => {
				const check = () => {
					if (pattern.test(output)) settle(() => resolve(output));
					else if (ended) settle(() => reject(new Error(`It ended before printing ${pattern}: ${output}`)));
				};
				const timer = setTimeout(
					() => settle(() => reject(new Error(`${pattern} not printed in ${timeoutMs} ms: ${output}`))),
					timeoutMs
				);
				const settle = (then: () => void) => {
					clearTimeout(timer);
					listeners.delete(check);
					then();
				};
				listeners.add(check);
				check();
			}),
		stop: async () => {
			stopGroup(child);
			const hard = setTimeout(() => stopGroup(child, 'SIGKILL'), 3000);
			await closed;
			clearTimeout(hard);
		}
	};
}

/** A lab with these clients. Rejects when the machine cannot (see `whyNoSandbox`), leaving nothing behind. */
export async function makeLab(...clients: (ProfileName | ClientSpec)[]): Promise<Lab> {
	const plan = draw(clients.map((client) => (typeof client === 'string' ? { profile: client } : client)));
	const sandbox = await openSandbox();
	const folder = await mkdtemp(join(tmpdir(), 'icelens-lab-'));
	/** By client. */
	const wires = new Map<string, Wire>();
	const close = async () => {
		await sandbox.close();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const text = script(plan);
		const built = await run(sandbox.inside(['sh']), { input: text });
		if (built.status !== 0) throw new Error(`The lab could not be built: ${built.stderr.trim()}`);
		for (const { host, link } of plan.wires) {
			const [, client] = /^wire-r([A-Z])/.exec(host)!;
			wires.set(client!, await startWire(sandbox, host, link));
		}
	} catch (error) {
		await close();
		throw error;
	}
	const commandLine = (host: string, argv: readonly string[]) => {
		if (!plan.namespaces.some((namespace) => namespace.host === host))
			throw new Error(`No host ${host} in this lab: ${Object.keys(plan.hosts).join(', ')}.`);
		return plan.hosts[host] ? hostCommand(sandbox, host, argv) : sandbox.inside(['nsenter', `--net=/run/netns/${host}`, ...argv]);
	};
	return {
		hosts: plan.hosts,
		commandLine,
		exec: (host, argv, options) => run(commandLine(host, argv), options),
		spawn: (host, argv, options = {}) =>
			labProcess(start(commandLine(host, argv), { stdio: 'pipe', cwd: options.cwd, env: { ...process.env, ...options.env } })),
		executable: (host, program) => {
			const path = join(folder, `${host}-${program.replaceAll('/', '-')}`);
			writeExecutable(path, commandLine(host, [program]));
			return path;
		},
		namespace: (host) => commandLine(host, []),
		setLink: async (client, link) => {
			const wire = wires.get(client);
			if (!wire) throw new Error(`Client ${client} has no link of its own: give it one, if only { delayMs: 0 }.`);
			return wire.set(link);
		},
		close
	};
}
