/** Builds an access network of real kernel NATs: hosts, routers and a core, each a network namespace (see topology.ts). */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { PROFILES, type ProfileName, type RouterProfile } from '../profiles';
import { ruleset } from './ruleset';
import { openSandbox, run, start, stopGroup, type Ran, type Sandbox } from './sandbox';
import { clientNetwork, CORE_IPV4, CORE_IPV6, NAMES, SERVERS, type HostAddresses } from './topology';
import { startWire, type Link } from './wire';

export type { Link } from './wire';
export type { Ran } from './sandbox';

export interface ClientSpec {
	profile: ProfileName;
	/** Impairs the outermost router's outside link, in each direction. */
	link?: Link;
	/** Live in the home network of this earlier client (`A`), behind its routers; `profile` must be the same. */
	sameHomeAs?: string;
}

export interface ExecOptions {
	timeoutMs?: number;
	env?: NodeJS.ProcessEnv;
	input?: string;
	cwd?: string;
}

export interface Lab {
	/** `prov` (two addresses), `stun2`, `web`, and the clients `A`, `B`… in the order they were asked for. */
	hosts: Record<string, HostAddresses>;
	/** Runs a command in a host and waits for its end. */
	exec(host: string, argv: readonly string[], options?: ExecOptions): Promise<Ran>;
	/** Starts a command in a host; it ends with the lab or by `stop`. */
	spawn(host: string, argv: readonly string[], options?: { env?: NodeJS.ProcessEnv; cwd?: string }): LabProcess;
	/** The command line that runs `argv` in a host, for those who start processes themselves. */
	commandLine(host: string, argv: readonly string[]): string[];
	/** An executable file that runs `program` in a host, for tools that want a path (a browser's `executablePath`). */
	executable(host: string, program: string): Promise<string>;
	/** Takes everything down. Also happens when the calling process ends. */
	close(): Promise<void>;
}

export interface LabProcess {
	child: ChildProcess;
	/** Resolves with everything printed so far once `pattern` appears on stdout or stderr; rejects when the process ends before. */
	printed(pattern: RegExp, timeoutMs?: number): Promise<string>;
	stop(): Promise<void>;
}

interface Lan {
	router: string;
	ipv4: { first: number; length: number; base: string } | null;
	ipv6: string | null;
	used: number;
}

/** The steps that build a lab, gathered first and run as one script: a lab is up in a fraction of a second. */
interface Blueprint {
	namespaces: { host: string; forwards: boolean; ipv6: boolean }[];
	/** Lines for `ip -batch`, in order; each is run in its host. */
	steps: { host: string; line: string }[];
	rules: { host: string; text: string; lifetimeS: number }[];
	wires: { host: string; link: Link }[];
	hosts: Record<string, HostAddresses>;
	lans: Map<string, Lan>;
}

function address(lan: { first: number; base: string }, offset: number): string {
	return `${lan.base}${lan.first + offset}`;
}

function cable(plan: Blueprint, host: string, device: string, far: string, farDevice: string, link?: Link): void {
	const ip = (where: string, line: string) => plan.steps.push({ host: where, line });
	if (!link) {
		ip(host, `link add ${device} type veth peer name ${farDevice} netns ${far}`);
	} else {
		const wire = `wire-${far}`;
		plan.namespaces.push({ host: wire, forwards: false, ipv6: false });
		plan.wires.push({ host: wire, link });
		// One segment a frame: a lost frame must not be forty lost segments.
		ip(host, `link add ${device} gso_max_segs 1 type veth peer name end0 netns ${wire}`);
		ip(far, `link add ${farDevice} gso_max_segs 1 type veth peer name end1 netns ${wire}`);
		ip(wire, 'link set end0 up');
		ip(wire, 'link set end1 up');
	}
	ip(host, `link set ${device} up`);
	ip(far, `link set ${farDevice} up`);
}

/** Connects a host to the core: its public addresses, and the networks behind it. */
function attachToCore(
	plan: Blueprint,
	host: string,
	device: string,
	addresses: HostAddresses,
	behind: string[],
	link?: Link
): void {
	const port = `to-${host}`;
	const { ipv4, ipv6 } = addresses;
	cable(plan, 'core', port, host, device, link);
	const core = (line: string) => plan.steps.push({ host: 'core', line });
	core(`addr add ${CORE_IPV4}/32 dev ${port}`);
	core(`addr add ${CORE_IPV6}/64 dev ${port} nodad`);
	for (const one of ipv4) core(`route add ${one}/32 dev ${port}`);
	for (const one of ipv6) core(`route add ${one}/128 dev ${port}`);
	for (const network of behind) core(`route add ${network} via ${network.includes(':') ? ipv6[0] : ipv4[0]}`);
	const own = (line: string) => plan.steps.push({ host, line });
	for (const one of ipv4) own(`addr add ${one}/32 dev ${device}`);
	for (const one of ipv6) own(`addr add ${one}/128 dev ${device} nodad`);
	own(`route add ${CORE_IPV4} dev ${device} src ${ipv4[0]}`);
	own(`route add default via ${CORE_IPV4} dev ${device} src ${ipv4[0]}`);
	if (ipv6.length > 0) own(`route add default via ${CORE_IPV6} dev ${device} src ${ipv6[0]}`);
}

/** Plugs a host into a router's home network; the addresses it gets there. */
function joinLan(plan: Blueprint, lan: Lan, host: string, device: string): HostAddresses {
	lan.used += 1;
	cable(plan, lan.router, `port${lan.used}`, host, device);
	plan.steps.push({ host: lan.router, line: `link set port${lan.used} master lan` });
	const got: HostAddresses = { ipv4: [], ipv6: [] };
	const own = (line: string) => plan.steps.push({ host, line });
	if (lan.ipv4) {
		got.ipv4.push(address(lan.ipv4, 1 + lan.used));
		own(`addr add ${got.ipv4[0]}/${lan.ipv4.length} dev ${device}`);
		own(`route add default via ${address(lan.ipv4, 1)}`);
	}
	if (lan.ipv6) {
		got.ipv6.push(`${lan.ipv6}${(0x10 + lan.used).toString(16)}`);
		own(`addr add ${got.ipv6[0]}/64 dev ${device} nodad`);
		own(`route add default via ${CORE_IPV6} dev ${device}`);
	}
	return got;
}

interface RouterPlace {
	name: string;
	number: number;
	profile: RouterProfile;
	/** Nearest to the client. */
	home: boolean;
	/** The network of the next router outward; null: the core. */
	outer: Lan | null;
	link?: Link | undefined;
}

function addRouter(plan: Blueprint, { name, number, profile, home, outer, link }: RouterPlace): Lan {
	const net = clientNetwork(number);
	const network = profile.mapping === 'none' ? net.public : home ? net.home : net.carrier;
	const lan: Lan = {
		router: name,
		ipv4: profile.ipv4 ? network : null,
		ipv6: profile.ipv6 === 'none' || outer ? null : net.ipv6,
		used: 0
	};
	plan.namespaces.push({ host: name, forwards: true, ipv6: true });
	let outside = net.outside;
	if (outer) {
		outside = joinLan(plan, outer, name, 'wan').ipv4[0]!;
	} else {
		const behind = [
			...(profile.ipv4 && profile.mapping === 'none' ? [`${network.base}${network.first}/${network.length}`] : []),
			...(lan.ipv6 ? [`${lan.ipv6}/64`] : []),
			...(profile.pool ? [net.pool.network] : [])
		];
		attachToCore(plan, name, 'wan', { ipv4: [outside], ipv6: lan.ipv6 ? [net.outsideIpv6] : [] }, behind, link);
		// The pool's addresses belong to no interface: without this their packets would go back to the core for ever.
		if (profile.pool) plan.steps.push({ host: name, line: `route add blackhole ${net.pool.network}` });
	}
	const own = (line: string) => plan.steps.push({ host: name, line });
	own('link add lan type bridge mcast_snooping 0');
	own('link set lan up');
	if (lan.ipv4) own(`addr add ${address(lan.ipv4, 1)}/${lan.ipv4.length} dev lan`);
	if (lan.ipv6) {
		own(`addr add ${CORE_IPV6}/64 dev lan nodad`);
		own(`addr add ${lan.ipv6}1/64 dev lan nodad`);
	}
	plan.rules.push({
		host: name,
		text: ruleset(profile, { outside, pool: [net.pool.first, net.pool.last] }),
		lifetimeS: profile.lifetimeS
	});
	plan.lans.set(name, lan);
	return lan;
}

function draw(clients: readonly ClientSpec[]): Blueprint {
	const plan: Blueprint = { namespaces: [], steps: [], rules: [], wires: [], hosts: {}, lans: new Map() };
	plan.namespaces.push({ host: 'core', forwards: true, ipv6: true });
	// What is not in the lab vanishes, as it does beyond a real provider.
	plan.steps.push({ host: 'core', line: 'route add blackhole default' }, { host: 'core', line: 'route add blackhole ::/0' });
	for (const [host, addresses] of Object.entries(SERVERS)) {
		plan.namespaces.push({ host, forwards: false, ipv6: true });
		attachToCore(plan, host, 'eth0', addresses, []);
		plan.hosts[host] = addresses;
	}
	clients.forEach((client, index) => {
		const host = String.fromCharCode(65 + index);
		let lan: Lan | null = null;
		if (client.sameHomeAs) {
			lan = plan.lans.get(`r${client.sameHomeAs}`) ?? null;
		} else {
			const routers = PROFILES[client.profile].routers as RouterProfile[];
			for (let i = routers.length - 1; i >= 0; i--) {
				const place = {
					name: `r${host}${i === 0 ? '' : i + 1}`,
					number: index + 1,
					profile: routers[i]!,
					home: i === 0,
					outer: lan
				};
				lan = addRouter(plan, { ...place, link: i === routers.length - 1 ? client.link : undefined });
			}
		}
		if (!lan) throw new Error(`Client ${host} shares the home of ${client.sameHomeAs}, which is not in this lab.`);
		plan.namespaces.push({ host, forwards: false, ipv6: lan.ipv6 !== null });
		plan.hosts[host] = joinLan(plan, lan, host, 'eth0');
	});
	return plan;
}

/** ICMP errors are never held back; no router advertisements, no redirects, no duplicate address detection. */
function sysctls({ forwards, ipv6 }: { forwards: boolean; ipv6: boolean }): string {
	const values: Record<string, boolean | number> = {
		'ipv6/conf/all/disable_ipv6': !ipv6,
		'ipv6/conf/default/disable_ipv6': !ipv6,
		'ipv6/conf/all/accept_dad': 0,
		'ipv6/conf/default/accept_dad': 0,
		'ipv6/conf/default/accept_ra': 0,
		'ipv6/conf/default/router_solicitations': 0,
		'ipv4/ip_forward': forwards,
		'ipv6/conf/all/forwarding': forwards,
		'ipv4/conf/all/rp_filter': 0,
		'ipv4/conf/default/rp_filter': 0,
		'ipv4/conf/all/send_redirects': 0,
		'ipv4/conf/default/send_redirects': 0,
		'ipv4/icmp_ratelimit': 0,
		'ipv6/icmp/ratelimit': 0
	};
	const lines = Object.entries(values).map(([key, value]) => `echo ${Number(value)} > /proc/sys/net/${key}`);
	// Or the bridge would filter what it carries between its ports, and drop hairpinned packets. Absent where not built in.
	for (const family of ['ip', 'ip6'])
		lines.push(
			`[ ! -e /proc/sys/net/bridge/bridge-nf-call-${family}tables ] || echo 0 > /proc/sys/net/bridge/bridge-nf-call-${family}tables`
		);
	return lines.join('\n');
}

function hostsFile(addresses: HostAddresses): string {
	const lines = ['127.0.0.1 localhost', '::1 localhost'];
	for (const [name, to] of Object.entries(NAMES)) {
		const reachable = [...(addresses.ipv4.length ? [to.ipv4[0]] : []), ...(addresses.ipv6.length ? [to.ipv6[0]] : [])];
		for (const one of reachable) lines.push(`${one} ${name} ${name}.`);
	}
	return lines.join('\n');
}

function script(plan: Blueprint): string {
	const lines = ['set -e', 'mkdir /run/lab'];
	const file = (path: string, text: string) => lines.push(`cat > ${path} <<'LAB-END'`, text, 'LAB-END');
	file('/run/lab/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1 attempts:1');
	for (const namespace of plan.namespaces) {
		lines.push(`ip netns add ${namespace.host}`, `ip -n ${namespace.host} link set lo up`);
		lines.push(`nsenter --net=/run/netns/${namespace.host} sh -e <<'LAB-END'`, sysctls(namespace), 'LAB-END');
	}
	// Consecutive steps in one host go into one call.
	for (let i = 0; i < plan.steps.length;) {
		const { host } = plan.steps[i]!;
		lines.push(`ip -n ${host} -batch - <<'LAB-END'`);
		for (; i < plan.steps.length && plan.steps[i]!.host === host; i++) lines.push(plan.steps[i]!.line);
		lines.push('LAB-END');
	}
	for (const { host, text, lifetimeS } of plan.rules) {
		lines.push(`nsenter --net=/run/netns/${host} nft -f - <<'LAB-END'`, text, 'LAB-END');
		if (lifetimeS === 0) continue;
		for (const key of ['nf_conntrack_udp_timeout', 'nf_conntrack_udp_timeout_stream']) {
			lines.push(`nsenter --net=/run/netns/${host} sh -c 'echo ${lifetimeS} > /proc/sys/net/netfilter/${key}'`);
		}
	}
	for (const [host, addresses] of Object.entries(plan.hosts)) file(`/run/lab/hosts-${host}`, hostsFile(addresses));
	return lines.join('\n');
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
	const close = async () => {
		await sandbox.close();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const text = script(plan);
		const built = await run(sandbox.inside(['sh']), { input: text });
		if (built.status !== 0) throw new Error(`The lab could not be built: ${built.stderr.trim()}`);
		for (const { host, link } of plan.wires) await startWire(sandbox, host, link);
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
		executable: async (host, program) => {
			const path = join(folder, `${host}-${program.replaceAll('/', '-')}`);
			const quoted = commandLine(host, [program]).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
			await writeFile(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
			await chmod(path, 0o755);
			return path;
		},
		close
	};
}
