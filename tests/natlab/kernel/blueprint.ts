/** The drawing of a lab: which namespaces, cables, addresses and rules make it, as one script that builds it. */
import { PROFILES, profile as profileOf, type ProfileName, type RouterProfile } from '../profiles';
import { addClat, addNat64 } from './nat64';
import { ruleset } from './ruleset';
import {
	clientNetwork,
	CORE_IPV4,
	CORE_IPV6,
	GATE,
	MOST_CLIENTS,
	NAMES,
	POD_NETWORK,
	PODS,
	SERVERS,
	type HostAddresses
} from './topology';
import type { Link } from './wire';

export interface ClientSpec {
	profile: ProfileName;
	/** Impairs the outermost router's outside link, in each direction. */
	link?: Link;
	/** Live in the home network of this earlier client (`A`), behind its routers; `profile` must be the same. */
	sameHomeAs?: string;
	/** A second interface in the home network of this earlier client, with its own way out. */
	alsoInHomeOf?: string;
	/** The home network keeps it from those that are isolated too, as a guest Wi-Fi keeps its devices apart. */
	isolated?: true;
	/** A home of its own behind the carrier's router of this earlier client; `profile` must be the same. */
	sameCarrierAs?: string;
	/** First octets of the network that a router without NAT has between the home and the carrier; it is hop 2 then. */
	between?: string;
	/** What the outermost router does otherwise than the profile says. */
	outermost?: Partial<RouterProfile>;
}

export interface Lan {
	router: string;
	ipv4: { first: number; length: number; base: string } | null;
	ipv6: string | null;
	used: number;
}

/** The steps that build a lab, gathered first and run as one script: a lab is up in a fraction of a second. */
export interface Blueprint {
	namespaces: { host: string; forwards: boolean; ipv6: boolean }[];
	/** Lines for `ip -batch`, in order; each is run in its host. */
	steps: { host: string; line: string }[];
	rules: { host: string; text: string; lifetimeS: number }[];
	wires: { host: string; link: Link }[];
	/** tayga, by its configuration, on a device of this name. */
	translators: { host: string; device: string; conf: string[] }[];
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
function joinLan(plan: Blueprint, lan: Lan, host: string, device: string, isolated = false): HostAddresses {
	lan.used += 1;
	cable(plan, lan.router, `port${lan.used}`, host, device);
	plan.steps.push({ host: lan.router, line: `link set port${lan.used} master lan` });
	if (isolated) plan.steps.push({ host: lan.router, line: `link set port${lan.used} type bridge_slave isolated on` });
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

/** What is sent from the second address leaves by its own router, as on a device with Wi-Fi and a cable. */
function addSecondHome(plan: Blueprint, host: string, lan: Lan): void {
	const own = (line: string) => plan.steps.push({ host, line });
	lan.used += 1;
	cable(plan, lan.router, `port${lan.used}`, host, 'eth1');
	plan.steps.push({ host: lan.router, line: `link set port${lan.used} master lan` });
	const second = address(lan.ipv4!, 1 + lan.used);
	own(`addr add ${second}/${lan.ipv4!.length} dev eth1`);
	own(`route add default via ${address(lan.ipv4!, 1)} dev eth1 table 2`);
	own(`rule add from ${second} table 2`);
	plan.hosts[host]!.ipv4.push(second);
}

/** The gateway of the servers that have no public address; what it forwards is up to its rules. */
function addGate(plan: Blueprint): void {
	plan.namespaces.push({ host: 'gate', forwards: true, ipv6: false });
	plan.hosts['gate'] = { ipv4: [GATE], ipv6: [] };
	attachToCore(plan, 'gate', 'wan', plan.hosts['gate'], []);
	const lan: Lan = { router: 'gate', ipv4: POD_NETWORK, ipv6: null, used: 0 };
	for (const line of [
		'link add lan type bridge mcast_snooping 0',
		'link set lan up',
		`addr add ${address(POD_NETWORK, 1)}/24 dev lan`
	])
		plan.steps.push({ host: 'gate', line });
	for (const host of PODS) {
		plan.namespaces.push({ host, forwards: false, ipv6: false });
		plan.hosts[host] = joinLan(plan, lan, host, 'eth0');
	}
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
	if (profile.nat64) addNat64(plan, name, lan.ipv6!, net.home.base);
	plan.lans.set(name, lan);
	return lan;
}

/** A router of the carrier that translates nothing, with a network of its own behind the one of `outer`. */
function addTransit(plan: Blueprint, name: string, outer: Lan, base: string): Lan {
	plan.namespaces.push({ host: name, forwards: true, ipv6: false });
	const outside = joinLan(plan, outer, name, 'wan').ipv4[0]!;
	const lan: Lan = { router: name, ipv4: { first: 0, length: 24, base }, ipv6: null, used: 0 };
	for (const line of ['link add lan type bridge mcast_snooping 0', 'link set lan up', `addr add ${base}1/24 dev lan`])
		plan.steps.push({ host: name, line });
	plan.steps.push({ host: outer.router, line: `route add ${base}0/24 via ${outside}` });
	return lan;
}

/** The host of the client at this place in the list of clients. */
export const hostAt = (index: number) => String.fromCharCode(65 + index);

/** In groups that one lab holds. */
export function inLabs<T>(clients: readonly T[]): T[][] {
	const labs = Math.ceil(clients.length / MOST_CLIENTS);
	return Array.from({ length: labs }, (_, i) => clients.slice(MOST_CLIENTS * i, MOST_CLIENTS * (i + 1)));
}

export function draw(clients: readonly ClientSpec[]): Blueprint {
	if (clients.length > MOST_CLIENTS) throw new Error(`A lab holds ${MOST_CLIENTS} clients, not ${clients.length}.`);
	const plan: Blueprint = { namespaces: [], steps: [], rules: [], wires: [], translators: [], hosts: {}, lans: new Map() };
	plan.namespaces.push({ host: 'core', forwards: true, ipv6: true });
	// What is not in the lab vanishes, as it does beyond a real provider.
	plan.steps.push({ host: 'core', line: 'route add blackhole default' }, { host: 'core', line: 'route add blackhole ::/0' });
	for (const [host, addresses] of Object.entries(SERVERS)) {
		plan.namespaces.push({ host, forwards: false, ipv6: true });
		attachToCore(plan, host, 'eth0', addresses, []);
		plan.hosts[host] = addresses;
	}
	addGate(plan);
	clients.forEach((client, index) => {
		const host = hostAt(index);
		let lan: Lan | null;
		if (client.sameHomeAs) {
			lan = plan.lans.get(`r${client.sameHomeAs}`) ?? null;
		} else {
			const routers = PROFILES[client.profile].routers as RouterProfile[];
			const last = routers.length - 1;
			const carrier = client.sameCarrierAs ? plan.lans.get(`r${client.sameCarrierAs}${routers.length}`) : null;
			if (carrier === undefined) throw new Error(`Client ${host}: ${client.sameCarrierAs} has no carrier in this lab.`);
			lan = carrier;
			for (let i = carrier ? last - 1 : last; i >= 0; i--) {
				if (i === 0 && lan && client.between) {
					lan = addTransit(plan, `t${host}`, lan, client.between);
					// Without a NAT beyond it the network is public, and the core knows the way to it.
					if (client.outermost?.mapping === 'none') {
						const line = `route add ${client.between}0/24 via ${clientNetwork(index + 1).outside}`;
						plan.steps.push({ host: 'core', line });
					}
				}
				const place = {
					name: `r${host}${i === 0 ? '' : i + 1}`,
					number: index + 1,
					profile: { ...routers[i]!, ...(i === last ? client.outermost : {}) },
					home: i === 0,
					outer: lan
				};
				lan = addRouter(plan, { ...place, link: i === last ? client.link : undefined });
			}
		}
		if (!lan) throw new Error(`Client ${host} shares the home of ${client.sameHomeAs}, which is not in this lab.`);
		const { clat = false } = profileOf(client.profile);
		plan.namespaces.push({ host, forwards: clat, ipv6: lan.ipv6 !== null });
		plan.hosts[host] = joinLan(plan, lan, host, 'eth0', client.isolated);
		if (clat) plan.hosts[host].ipv4.push(addClat(plan, host, lan));
		if (client.alsoInHomeOf) addSecondHome(plan, host, plan.lans.get(`r${client.alsoInHomeOf}`)!);
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

export function script(plan: Blueprint): string {
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
	for (const { host, device, conf } of plan.translators) {
		const path = `/run/lab/tayga-${host}.conf`;
		file(path, [`tun-device ${device}`, ...conf].join('\n'));
		lines.push(`nsenter --net=/run/netns/${host} tayga -c ${path} < /dev/null`);
	}
	for (const [host, addresses] of Object.entries(plan.hosts)) file(`/run/lab/hosts-${host}`, hostsFile(addresses));
	return lines.join('\n');
}
