/** What stands out about the way between this device and the outside. Addresses and silences are signs; each says what else it may be. */
import { inBlock, isOutside, parseIp, scopeOfText, type Family } from '../base/ip';
import { list } from '../base/words';
import { plain } from '../nat/evidence';
import { sourceViews } from '../nat/path-sources';
import { baseOf, familyOfText, isShown } from '../observations/candidates';
import { seen, type CandidateRecord } from '../observations/observation';
import type { FindingRule } from './finding-rule';
import type { ServerFacts } from './server-facts';
import { answered, isSilent, type View } from './view';

const FAMILIES = ['ipv4', 'ipv6'] as const;
const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const PATH_FINDING_RULES: readonly FindingRule[] = [
	{
		id: 'stun-answers-rewritten-signs',
		severity: 'warning',
		cite: 'RFC 8489 §14.2',
		title: 'Those who receive this device’s packets see one address, STUN answers tell another: something rewrites the answers.',
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const found = rewritten(v, family);
				return found
					? [
							{
								text: `Signs that something on the way rewrites STUN answers: all of them told ${found.told}, while ${found.by} got this device's packets from ${found.from}${found.web ? ', as the web did' : ''}. Peers are then given an address that leads nowhere; look for a SIP or STUN helper (ALG) in the router.`,
								where: family
							}
						]
					: [];
			}),
		hides: ['relay-sees-other-address', 'web-and-udp-leave-apart']
	},
	{
		id: 'web-and-udp-leave-apart',
		severity: 'warning',
		cite: 'RFC 8828 §3',
		title: 'The web sees this device under another address than STUN servers do: a VPN, a split tunnel or a web proxy.',
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const found = webApart(v, family);
				return found
					? [
							{
								text: `Signs of a VPN for part of the traffic, a split tunnel or a web proxy: the app saw this device as ${found.web}, STUN servers saw ${list(found.told)}. Calls leave by the way that STUN servers see.`,
								where: family
							}
						]
					: [];
			})
	},
	{
		id: 'udp-port-blocked-signs',
		severity: 'warning',
		cite: 'RFC 7478 §3.3.3',
		title: 'Servers at one UDP port are silent while others answer at other ports.',
		find: (v) =>
			blockedPorts(v).map(({ port, silent, open }) => ({
				text: `Signs that UDP to port ${port} is blocked: ${list(silent.map((f) => f.url))} did not answer there, while UDP gets out to ${open.length === 1 ? 'port' : 'ports'} ${list(open.map(String))}. If nothing listens at that port, it looks the same. Offer STUN and TURN on another port too.`,
				where: 'network'
			}))
	},
	{
		id: 'udp-tested-on-one-port',
		severity: 'info',
		cite: 'RFC 7478 §3.3.3',
		title: 'UDP seems blocked, but only one destination port was tried.',
		find: (v) => {
			const ports = udpPorts(v.udpSilent);
			return v.says['udp-usable'] === 'no' && ports.length === 1
				? [
						{
							text: `All servers asked over UDP are at port ${ports[0]}: other UDP ports may be open. Add a STUN server at port 443 or 19302 to see.`,
							where: 'list'
						}
					]
				: [];
		}
	},
	{
		id: 'only-tcp-443-open-signs',
		severity: 'warning',
		cite: 'RFC 7478 §3.3.3',
		title: 'Of all transports and ports tried, only TCP port 443 answers.',
		find: (v) => {
			const tcp = v.facts.filter((f) => f.transport !== 'udp' && f.place && f.gathered);
			const open = tcp.filter((f) => answered(f));
			const shut = tcp.filter((f) => !answered(f) && f.place!.port !== 443);
			if (v.says['udp-usable'] !== 'no' || open.length === 0 || shut.length === 0) return [];
			if (!open.every((f) => f.place!.port === 443)) return [];
			return [
				{
					text: `Signs that only TCP port 443 is open: ${list(open.map((f) => f.url))} answered, ${list(shut.map((f) => f.url))} did not, and UDP does not get out. Offer TURN over TLS at port 443.`,
					where: 'network'
				}
			];
		}
	},
	{
		id: 'nat64-signs',
		severity: 'normal',
		cite: 'RFC 6146 §1.2',
		title: 'IPv4 is reached through a translator from IPv6 (NAT64, 464XLAT).',
		find: (v) => nat64Signs(v).map((text) => ({ text: `Signs of NAT64: ${text}.`, where: 'network' }))
	},
	{
		id: 'no-nat-seen',
		severity: 'normal',
		cite: 'RFC 5780 §4.3',
		title: 'There is no NAT, and nothing or a firewall before this device.',
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const nat = v.nat[family];
				if (nat?.mapping !== 'none' || nat.filtering === 'unknown') return [];
				const text =
					nat.filtering === 'endpoint-independent'
						? `${NAMES[family]}: no NAT, and anybody may send to this device; nothing filters on the way.`
						: `${NAMES[family]}: no NAT, but a firewall lets in only ${nat.filtering === 'address-dependent' ? 'addresses' : 'addresses and ports'} that this device has written to.`;
				return [{ text, where: family }];
			})
	}
];

function rewritten(v: View, family: Family): { told: string; from: string; by: string; web: boolean } | null {
	const told = v.nat[family]?.publicAddresses ?? [];
	const views = sourceViews(v.observations, family);
	const from = new Set(views.map(({ address }) => address));
	// Several on either side may as well be a pool, or several ways out.
	if (told.length !== 1 || from.size !== 1 || from.has(told[0]!)) return null;
	const web = webAddresses(v, family);
	if (web.includes(told[0]!)) return null;
	const [first] = views;
	return { told: told[0]!, from: first!.address, by: first!.by, web: web.includes(first!.address) };
}

/** From where the app saw this page, where the app stands outside. */
function webAddresses(v: View, family: Family): string[] {
	return seen(v.observations, 'app-reachability').flatMap(({ data }) => {
		const host = /^https?:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(data.url)?.[1]?.replace(/^\[|\]$/g, '') ?? '';
		const inside = /(^|\.)localhost\.?$/i.test(host) || (parseIp(host) !== null && !isOutside(scopeOfText(host)));
		const address = data.clientAddress ? plain(data.clientAddress) : '';
		return !inside && isOutside(scopeOfText(address)) && familyOfText(address) === family ? [address] : [];
	});
}

function webApart(v: View, family: Family): { web: string; told: string[] } | null {
	const told = v.nat[family]?.publicAddresses ?? [];
	// A NAT that draws from a pool gives every connection another address.
	const pooled = told.length > 1 && !['none', 'endpoint-independent'].includes(v.nat[family]!.mapping);
	const web = webAddresses(v, family).find((address) => !told.includes(address));
	return web && told.length > 0 && !pooled ? { web, told } : null;
}

const udpPorts = (facts: readonly ServerFacts[]) => [...new Set(facts.flatMap((f) => (f.place ? [f.place.port] : [])))];

/** Silent at one port, whoever stands there; and one of those hosts, or two of them, answer or stand elsewhere. */
function blockedPorts(v: View): { port: number; silent: ServerFacts[]; open: number[] }[] {
	const outside = v.facts.filter((f) => f.transport === 'udp' && f.place && !v.udpInside.includes(f) && f.family !== 'ipv6');
	const open = udpPorts(v.udpOutside.filter((f) => f.family !== 'ipv6'));
	return udpPorts(outside.filter(isSilent)).flatMap((port) => {
		const there = outside.filter((f) => f.place!.port === port);
		const silent = there.filter(isSilent);
		if (open.length === 0 || there.some((f) => answered(f)) || silent.length === 0) return [];
		const hosts = new Set(silent.map((f) => f.place!.host));
		const lives = v.udpOutside.some((f) => f.place && hosts.has(f.place.host));
		return hosts.size >= 2 || lives ? [{ port, silent, open }] : [];
	});
}

/** RFC 6052 §2.1 and RFC 8215 for the prefixes, RFC 7335 for the address that a translator in the device gives itself. */
const PREFIXES = [
	{ base: parseIp('64:ff9b::')!, length: 96, name: '64:ff9b::/96 (RFC 6052)' },
	{ base: parseIp('64:ff9b:1::')!, length: 48, name: '64:ff9b:1::/48 (RFC 8215)' }
];
const CLAT = { base: parseIp('192.0.0.0')!, length: 29 };

function nat64Signs(v: View): string[] {
	const gathered = [
		...seen(v.observations, 'server-gathering'),
		...seen(v.observations, 'ice-gathering'),
		...seen(v.observations, 'nat-mapping')
	];
	const candidates = gathered.flatMap(({ data }) => data.candidates);
	const addresses = [
		...candidates.flatMap((c) => [c.address, c.relatedAddress]),
		...v.facts.map((f) => f.place?.host ?? null),
		...seen(v.observations, 'app-reachability').map(({ data }) => data.clientAddress)
	].filter(isShown);
	const within = (block: { base: (typeof CLAT)['base']; length: number }) =>
		addresses.find((text) => inBlock(parseIp(text)!, block.base, block.length));
	const signs = PREFIXES.flatMap((prefix) => {
		const address = within(prefix);
		return address ? [`${plain(address)} lies in ${prefix.name}, which stands for IPv4 addresses`] : [];
	});
	const clat = within(CLAT);
	if (clat) signs.push(`this device has ${clat}, which a translator inside the device (464XLAT, RFC 7335) gives itself`);
	const mixed = candidates.find(crossesFamilies);
	if (mixed) signs.push(`an IPv6 socket of this device is seen outside as ${mixed.address}, an IPv4 address`);
	return signs.slice(0, 1);
}

/** Chromium and Firefox hide the related address as `::` where it is an IPv6 one, which still tells the family. */
function crossesFamilies(candidate: CandidateRecord): boolean {
	if (candidate.type !== 'srflx' || familyOfText(candidate.address) !== 'ipv4') return false;
	return familyOfText(baseOf(candidate)?.address ?? candidate.relatedAddress) === 'ipv6';
}
