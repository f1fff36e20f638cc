/** What stands out about the way between this device and the outside. Addresses and silences are signs; each says what else it may be. */
import { inBlock, isOutside, parseIp, scopeOfText, type Family } from '../../base/ip';
import { readWebUrl } from '../../base/web-url';
import { plain } from '../../nat/evidence';
import type { PathSource } from '../../nat/path-sources';
import { baseOf, familyOfText, isShown } from '../../observations/candidates';
import type { CandidateRecord } from '../../observations/observation';
import { findingRule, type FindingRule } from '../finding-rule';
import type { Nat64Sign } from './finding-values';
import { indexes } from './answer-facts';
import type { ServerFacts } from './server-facts';
import { inFamily, NETWORK, SERVER_LIST } from '../subject';
import type { Reads } from '../reading';
import { answered, isSilent } from '../view';

const FAMILIES = ['ipv4', 'ipv6'] as const;

export const PATH_FINDING_RULES: readonly FindingRule[] = [
	findingRule({
		id: 'stun-answers-rewritten-signs',
		severity: 'warning',
		reads: ['nat', 'packetSources', 'app-reachability'],
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const found = rewritten(v, family);
				return found
					? [
							{
								values: { toldAddress: found.told, seenAddress: found.from, seenBy: found.by, seenByWeb: found.web },
								subject: inFamily(family),
								observations: found.observations
							}
						]
					: [];
			}),
		explains: ['relay-sees-other-address', 'web-and-udp-leave-apart']
	}),
	findingRule({
		id: 'web-and-udp-leave-apart',
		severity: 'warning',
		reads: ['nat', 'app-reachability'],
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const found = webApart(v, family);
				return found
					? [
							{
								values: { webAddress: found.web, toldAddresses: found.told },
								subject: inFamily(family),
								observations: found.observations
							}
						]
					: [];
			})
	}),
	findingRule({
		id: 'interfaces-seen-apart',
		severity: 'normal',
		reads: ['interfaces'],
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const all = v.interfaces[family];
				if (all.length < 2) return [];
				const observations = [...new Set(all.flatMap((one) => one.observations))];
				// One public address an interface is why there are several.
				const apart = all.every(({ seenAs }) => seenAs.length === 1) && new Set(all.flatMap(({ seenAs }) => seenAs)).size > 1;
				return [
					{
						values: { interfaces: all.map(({ address, seenAs, mapping }) => ({ address, seenAs, mapping })) },
						subject: inFamily(family),
						observations,
						...(apart ? {} : { consequences: [] })
					}
				];
			}),
		explains: ['several-public-addresses']
	}),
	findingRule({
		id: 'udp-port-blocked-signs',
		severity: 'warning',
		reads: ['facts', 'udpInside', 'udpOutside'],
		find: (v) =>
			blockedPorts(v).map(({ port, silent, open }) => ({
				values: { port, silentUrls: silent.map((f) => f.url), openPorts: open },
				subject: NETWORK,
				observations: indexes(silent),
				consequences: indexes(silent)
			})),
		explains: ['server-silent', 'silent-server-delays']
	}),
	findingRule({
		id: 'udp-tested-on-one-port',
		severity: 'info',
		reads: ['udp-usable', 'udpSilent'],
		find: (v) => {
			const ports = udpPorts(v.udpSilent);
			return v['udp-usable'] === 'no' && ports.length === 1
				? [
						{
							values: { port: ports[0]! },
							subject: SERVER_LIST,
							observations: indexes(v.udpSilent)
						}
					]
				: [];
		}
	}),
	findingRule({
		id: 'only-tcp-443-open-signs',
		severity: 'warning',
		reads: ['facts', 'udp-usable'],
		find: (v) => {
			const tcp = v.facts.filter((f) => f.transport !== 'udp' && f.place && f.gathered);
			const open = tcp.filter((f) => answered(f));
			const shut = tcp.filter((f) => !answered(f) && f.place!.port !== 443 && isShut(f));
			if (v['udp-usable'] !== 'no' || open.length === 0 || shut.length === 0) return [];
			if (!open.every((f) => f.place!.port === 443)) return [];
			return [
				{
					values: { openUrls: open.map((f) => f.url), silentUrls: shut.map((f) => f.url) },
					subject: NETWORK,
					observations: indexes([...open, ...shut]),
					consequences: indexes(shut)
				}
			];
		},
		explains: ['server-unreachable', 'silent-server-delays']
	}),
	findingRule({
		id: 'nat64-signs',
		severity: 'normal',
		reads: ['facts', 'missing', 'server-gathering', 'ice-gathering', 'nat-mapping', 'app-reachability'],
		find: (v) => nat64Signs(v).map(({ sign, observations }) => ({ values: { sign }, subject: NETWORK, observations }))
	}),
	findingRule({
		id: 'no-nat-seen',
		severity: 'normal',
		reads: ['nat'],
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const nat = v.nat[family];
				if (nat?.mapping !== 'none' || nat.filtering === 'unknown') return [];
				const observations = [...nat.evidence.mapping!.observations, ...nat.evidence.filtering!.observations];
				const values = { family, filtering: nat.filtering };
				return [{ values, subject: inFamily(family), observations: [...new Set(observations)] }];
			})
	})
];

function rewritten(
	v: Reads<'nat' | 'packetSources' | 'app-reachability'>,
	family: Family
): { told: string; from: string; by: PathSource; web: boolean; observations: number[] } | null {
	const told = v.nat[family]?.publicAddresses ?? [];
	const views = v.packetSources[family];
	const from = new Set(views.map(({ address }) => address));
	// Several on either side may as well be a pool, or several ways out.
	if (told.length !== 1 || from.size !== 1 || from.has(told[0]!)) return null;
	const web = webAddresses(v, family).map(({ address }) => address);
	if (web.includes(told[0]!)) return null;
	const [first] = views;
	const observations = [...new Set(views.map(({ observation }) => observation))];
	return { told: told[0]!, from: first!.address, by: first!.by, web: web.includes(first!.address), observations };
}

/** From where the app saw this page, where the app stands outside. */
function webAddresses(v: Reads<'app-reachability'>, family: Family): { address: string; index: number }[] {
	return v['app-reachability'].seen.flatMap(({ data, index }) => {
		const host = readWebUrl(data.url)?.host ?? '';
		const inside = /(^|\.)localhost\.?$/i.test(host) || (parseIp(host) !== null && !isOutside(scopeOfText(host)));
		const address = data.clientAddress ? plain(data.clientAddress) : '';
		return !inside && isOutside(scopeOfText(address)) && familyOfText(address) === family ? [{ address, index }] : [];
	});
}

function webApart(
	v: Reads<'nat' | 'app-reachability'>,
	family: Family
): { web: string; told: string[]; observations: number[] } | null {
	const told = v.nat[family]?.publicAddresses ?? [];
	// A NAT that draws from a pool gives every connection another address.
	const pooled = told.length > 1 && !['none', 'endpoint-independent'].includes(v.nat[family]!.mapping);
	const web = webAddresses(v, family).find(({ address }) => !told.includes(address));
	if (!web || told.length === 0 || pooled) return null;
	const observations = [web.index, ...v.nat[family]!.evidence.publicAddresses!.observations];
	return { web: web.address, told, observations };
}

/** Silent, or a TCP connection that came to nothing: one of TLS may have met a certificate that is not trusted. */
function isShut({ transport, witnesses }: ServerFacts): boolean {
	return witnesses.some(({ kind }) => kind === 'silent' || (kind === 'closed' && transport === 'tcp'));
}

const udpPorts = (facts: readonly ServerFacts[]) => [...new Set(facts.flatMap((f) => (f.place ? [f.place.port] : [])))];

/** Silent at one port, whoever stands there; and one of those hosts, or two of them, answer or stand elsewhere. */
function blockedPorts(v: Reads<'facts' | 'udpInside' | 'udpOutside'>): { port: number; silent: ServerFacts[]; open: number[] }[] {
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
	{ base: parseIp('64:ff9b::')!, length: 96, name: '64:ff9b::/96', cite: 'RFC 6052' },
	{ base: parseIp('64:ff9b:1::')!, length: 48, name: '64:ff9b:1::/48', cite: 'RFC 8215' }
];
const CLAT = { base: parseIp('192.0.0.0')!, length: 29 };

function nat64Signs(
	v: Reads<'facts' | 'missing' | 'server-gathering' | 'ice-gathering' | 'nat-mapping' | 'app-reachability'>
): { sign: Nat64Sign; observations: number[] }[] {
	const gathered = [...v['server-gathering'].seen, ...v['ice-gathering'].seen, ...v['nat-mapping'].seen];
	const candidates = gathered.flatMap(({ data, index }) => data.candidates.map((candidate) => ({ candidate, index })));
	const addresses = [
		...candidates.flatMap(({ candidate, index }) =>
			[candidate.address, candidate.relatedAddress].map((address) => ({ address, observations: [index] }))
		),
		...v.facts.map(({ place, observations }) => ({ address: place?.host ?? null, observations })),
		...v['app-reachability'].seen.map(({ data, index }) => ({ address: data.clientAddress, observations: [index] }))
	].flatMap(({ address, observations }) => (isShown(address) ? [{ address, observations }] : []));
	const within = (block: { base: (typeof CLAT)['base']; length: number }) =>
		addresses.find(({ address }) => inBlock(parseIp(address)!, block.base, block.length));
	const signs = PREFIXES.flatMap((prefix): { sign: Nat64Sign; observations: number[] }[] => {
		const found = within(prefix);
		if (!found) return [];
		const sign = { kind: 'prefix', address: plain(found.address), prefix: prefix.name, cite: prefix.cite } as const;
		return [{ sign, observations: found.observations }];
	});
	const clat = within(CLAT);
	if (clat)
		signs.push({
			sign: { kind: 'translator-address', address: clat.address },
			observations: clat.observations
		});
	const mixed = candidates.find(({ candidate }) => crossesFamilies(candidate, v.missing));
	if (mixed)
		signs.push({
			sign: { kind: 'crossed-families', address: mixed.candidate.address! },
			observations: [mixed.index]
		});
	return signs.slice(0, 1);
}

/** Where the related address is hidden it is `0.0.0.0` in both browsers, whatever it was; then only the device tells (device-shown). */
function crossesFamilies(candidate: CandidateRecord, missing: ReadonlySet<Family>): boolean {
	if (candidate.type !== 'srflx' || familyOfText(candidate.address) !== 'ipv4' || !isOutside(scopeOfText(candidate.address)))
		return false;
	return missing.has('ipv4') || familyOfText(baseOf(candidate)?.address ?? candidate.relatedAddress) === 'ipv6';
}
