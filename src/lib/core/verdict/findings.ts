/** What stands out, worst first. A root cause names its symptoms, so that one fault is shown as one. */
import { count, list } from '../base/words';
import { isOutsideText, plain } from '../nat/evidence';
import { familyOfText } from '../observations/candidates';
import { findingsOf } from '../stats/findings';
import { CALL_FINDING_RULES } from './call-findings';
import type { Finding, ServerConclusion, Subject } from './conclusion';
import type { FindingRule, FoundItem } from './finding-rule';
import { PAIR_FINDING_RULES } from './pair-findings';
import { PATH_FINDING_RULES } from './path-findings';
import { DEPENDENT, finished, indexes, nothingAnswers, onlyLocal, rows, silenceIndexes, turn } from './rules';
import type { ServerFacts } from './server-facts';
import { atServer, inFamily, NETWORK, OWN_PAGE, placeOf, SERVER_LIST } from './subject';
import { isSilent, type View } from './view';

/** How long gathering waits for a silent server before it is complete, measured in Chromium 156 and Firefox 153. */
const WAIT_UDP = 'Chromium 39.9 s, Firefox 11.2 s';
const WAIT_TCP = 'Chromium for minutes, Firefox 12.9 s';
const FAMILIES = ['ipv4', 'ipv6'] as const;

export const FINDING_RULES: readonly FindingRule[] = [
	{
		id: 'nothing-outside-answers',
		severity: 'problem',
		cite: 'RFC 7478 §3.3.3',
		title: 'No server outside answered over any transport.',
		find: (v) =>
			nothingAnswers(v)
				? [
						{
							text: `None of ${count(v.facts.length, 'server URL')} answered over any transport: this device is offline, or a firewall lets nothing out.`,
							subject: NETWORK,
							observations: indexes(v.facts)
						}
					]
				: [],
		explains: ['server-silent', 'server-unreachable', 'silent-server-delays', 'server-tls-failed']
	},
	{
		id: 'udp-blocked',
		severity: 'problem',
		cite: 'RFC 7478 §3.3.3',
		title: 'UDP does not get out of this network.',
		find: (v) =>
			v.says['udp-usable'] === 'no'
				? [
						{
							text: `UDP does not get out of this network: ${count(v.udpSilent.length, 'server')} silent, while ${v.controls[0]!.text}. Calls go through TURN over TCP or TLS, or not at all.`,
							subject: NETWORK,
							observations: [...silenceIndexes(v), v.controls[0]!.observation]
						}
					]
				: [],
		explains: ['server-silent', 'silent-server-delays', 'relay-only-over-tcp']
	},
	{
		id: 'server-unauthorized',
		severity: 'problem',
		cite: 'RFC 8489 §9.2.4',
		title: 'A server refuses the credentials.',
		find: (v) => serverFindings(v, (s) => s.state === 'unauthorized')
	},
	{
		id: 'server-misconfigured',
		severity: 'problem',
		cite: 'RFC 8656 §7.3',
		title: 'A server or its entry in the list is set up wrongly.',
		find: (v) => serverFindings(v, (s) => s.state === 'misconfigured')
	},
	{
		id: 'relay-carries-no-data',
		severity: 'problem',
		cite: 'RFC 8656 §3',
		title: 'A server allocates relays that carry no data.',
		find: (v) => serverFindings(v, (s) => s.state === 'allocates-only' && s.proof !== 'not-run')
	},
	{
		id: 'server-tls-failed',
		severity: 'problem',
		cite: 'RFC 7065 §3.1',
		title: 'TLS with a server fails.',
		find: (v) => serverFindings(v, (s) => s.state === 'tls-failed')
	},
	{
		id: 'server-silent',
		severity: 'problem',
		cite: 'RFC 8489 §6.2.1',
		title: 'A server gave no answer over UDP.',
		find: (v) =>
			serverFindings(v, (s, f) => s.state === 'unreachable' && s.transport === 'udp' && isSilent(f) && !isIpv6Fault(v, s))
	},
	{
		id: 'server-unreachable',
		severity: 'problem',
		cite: 'RFC 8656 §3.1',
		title: 'A server cannot be reached over TCP or TLS, or its name is not found.',
		find: (v) => serverFindings(v, (s, f) => s.state === 'unreachable' && (s.transport !== 'udp' || !isSilent(f)))
	},
	{
		id: 'silent-server-delays',
		severity: 'warning',
		cite: 'RFC 8489 §6.2.1',
		title: 'One dead server holds gathering back for all applications that wait for its end.',
		find: (v) => {
			const silent = v.facts.filter(isSilent);
			const others = v.servers.some((s) => s.state === 'works' || s.proof === 'not-run');
			if (silent.length === 0 || !others) return [];
			const wait = silent.every((f) => f.transport === 'udp') ? WAIT_UDP : WAIT_TCP;
			const text = `An application that waits for gathering to end waits for ${list(silent.map((f) => f.url))}: ${wait}. Remove it or repair it.`;
			return [{ text, subject: atServer(silent[0]!.url), observations: indexes(silent) }];
		}
	},
	{
		id: 'relay-only-over-tcp',
		severity: 'warning',
		cite: 'RFC 8656 §3.1',
		title: 'TURN works over TCP or TLS only, although UDP gets out.',
		find: (v) => {
			const { works, failed } = turn(v);
			const udp = failed.filter((s) => s.transport === 'udp');
			if (works.length === 0 || udp.length === 0 || works.some((s) => s.transport === 'udp')) return [];
			const text = `TURN works only over ${list(works.map((s) => s.transport.toUpperCase()))}; over UDP ${list(udp.map((s) => s.url))} failed. Calls through TCP stall when packets are lost.`;
			return [{ text, subject: atServer(udp[0]!.url), observations: rows(works, udp) }];
		}
	},
	...PATH_FINDING_RULES,
	{
		id: 'relay-sees-other-address',
		severity: 'warning',
		cite: 'RFC 8489 §14.2',
		title: 'A relay got this device’s packets from another address than STUN servers told.',
		find: (v) =>
			relayViews(v).map(({ url, address, told, observations }) => ({
				text: `${url} got this device's packets from ${address}, while STUN servers told ${list(told)}: several ways out of this network, or something on the way rewrites STUN answers.`,
				subject: atServer(url),
				observations
			}))
	},
	{
		id: 'several-public-addresses',
		severity: 'warning',
		cite: 'RFC 4787 §4.1',
		title: 'Servers see this device under different addresses.',
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const nat = v.nat[family];
				if (!nat || nat.publicAddresses.length < 2) return [];
				const text = `Servers see this device under ${count(nat.publicAddresses.length, 'different address', 'different addresses')} (${list(nat.publicAddresses)}): several networks, a VPN for part of the traffic, or a pool of addresses.`;
				return [{ text, subject: inFamily(family), observations: nat.evidence.publicAddresses!.observations }];
			}),
		explains: ['relay-sees-other-address']
	},
	{
		id: 'ipv6-broken',
		severity: 'warning',
		cite: 'RFC 8421 §3',
		title: 'This network offers IPv6 that does not work.',
		find: (v) => {
			const silent = v.facts.filter((f) => f.family === 'ipv6' && isSilent(f));
			if (v.says['ipv6-usable'] !== 'no' || silent.length === 0) return [];
			const text = 'IPv6 is there and does not get through: calls lose time trying it.';
			return [{ text, subject: inFamily('ipv6'), observations: indexes(silent) }];
		}
	},
	...CALL_FINDING_RULES,
	...PAIR_FINDING_RULES,
	{
		id: 'app-not-reached',
		severity: 'warning',
		cite: 'RFC 9110 §15',
		title: 'The app itself could not be reached over the web.',
		find: (v) =>
			v.observed.of('app-reachability').flatMap(({ observation: { outcome, target }, index }) =>
				outcome.state === 'failed' && outcome.code !== 'aborted'
					? [
							{
								text: `The app itself could not be reached: ${outcome.message}`,
								subject: { kind: 'page', url: target },
								observations: [index]
							}
						]
					: []
			)
	},
	{
		id: 'no-server-listed',
		severity: 'info',
		cite: 'RFC 8445 §5.1.1.2',
		title: 'The list of servers is empty.',
		find: (v) =>
			finished(v) && v.urls.length === 0
				? [
						{
							text: 'The list has no server, so only addresses of this device were gathered. Calls beyond its own network need STUN and TURN.',
							subject: SERVER_LIST,
							observations: v.observed.of('ice-gathering').map(({ index }) => index)
						}
					]
				: []
	},
	{
		id: 'only-local-servers',
		severity: 'info',
		cite: 'RFC 4787 §3',
		title: 'All servers that were asked stand on this machine or its own network.',
		find: (v) =>
			onlyLocal(v) && v.facts.length > 0
				? [
						{
							text: `${list(v.facts.map((f) => f.url))}: on this machine or its own network, so they show nothing about the way out.`,
							subject: SERVER_LIST,
							observations: indexes(v.facts)
						}
					]
				: []
	},
	{
		id: 'mapping-depends-on-destination',
		severity: 'normal',
		cite: 'RFC 4787 §4.1',
		title: 'The NAT depends on the destination: usual in company and mobile networks.',
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const nat = v.nat[family];
				if (!nat || !DEPENDENT.includes(nat.mapping)) return [];
				const text =
					'The NAT gives each destination another address, as many company and mobile networks do. Some calls need TURN for that.';
				return [{ text, subject: inFamily(family), observations: nat.evidence.mapping!.observations }];
			})
	},
	{
		id: 'carrier-grade-nat-signs',
		severity: 'normal',
		cite: 'RFC 6598 §7',
		title: 'Signs of a NAT at the carrier.',
		find: ({ nat: { ipv4 } }) => {
			if (ipv4?.layers !== 'carrier-grade') return [];
			const { text, observations } = ipv4.evidence.layers!;
			return [{ text, subject: inFamily('ipv4'), observations }];
		}
	},
	{
		id: 'host-addresses-hidden',
		severity: 'normal',
		cite: 'draft-ietf-mmusic-mdns-ice-candidates §3',
		title: 'The browser hides the addresses of this device, as it does without camera or microphone.',
		find: (v) =>
			!v.hosts.all && v.observed.seen('ice-gathering').length > 0
				? [
						{
							text: "The browser hides this device's own addresses, as it does for pages without camera or microphone.",
							subject: OWN_PAGE,
							observations: v.observed.seen('ice-gathering').map(({ index }) => index)
						}
					]
				: []
	}
];

const ORDER: readonly Finding['severity'][] = ['problem', 'warning', 'normal', 'info'];

export function findings(view: View): Finding[] {
	const all = [
		...FINDING_RULES.flatMap((rule) => rule.find(view).map((item) => ({ rule: rule.id, severity: rule.severity, ...item }))),
		...importedFindings(view)
	];
	const ids = uniqueIds(all);
	const named = all.map((item, i) => ({ id: ids[i]!, ...item }));
	return named
		.map(({ id, rule, subject, severity, text, observations }) => {
			const consequences = FINDING_RULES.find((each) => each.id === rule)?.explains ?? [];
			const explains = named.filter((other) => consequences.includes(other.rule)).map((other) => other.id);
			return { id, rule, subject, severity, values: {}, text, explains, observations };
		})
		.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** `rule@subject`, and `rule@subject (2)` where a rule speaks of one subject again. */
function uniqueIds(all: readonly { rule: string; subject: Subject }[]): string[] {
	const used = new Map<string, number>();
	return all.map(({ rule, subject }) => {
		const id = `${rule}@${placeOf(subject)}`;
		const nth = (used.get(id) ?? 0) + 1;
		used.set(id, nth);
		return nth === 1 ? id : `${id} (${nth})`;
	});
}

type FoundHere = FoundItem & Pick<Finding, 'rule' | 'severity'>;

/** What the rules of statistics find in a dump; of a single connection it is the dump that is spoken of. */
function importedFindings({ observed }: View): FoundHere[] {
	return observed.seen('imported-stats').flatMap(({ index, data: { recording } }) =>
		findingsOf(recording).map(({ rule, severity, text, connection }) => ({
			rule,
			severity,
			text,
			subject: { kind: 'connection', id: recording.connections.length < 2 ? null : connection } as const,
			observations: [index]
		}))
	);
}

function serverFindings(v: View, which: (s: ServerConclusion, facts: ServerFacts) => boolean): FoundItem[] {
	// Rows and facts are of the same servers in the same order.
	return v.servers
		.filter((s, i) => which(s, v.facts[i]!))
		.map((s) => ({
			text: [s.text, s.error?.nextStep ?? ''].join(' ').trim(),
			subject: atServer(s.url),
			observations: s.observations
		}));
}

/** Where IPv6 as a whole does not get through, `ipv6-broken` says it once. */
function isIpv6Fault(v: View, s: ServerConclusion): boolean {
	return s.family === 'ipv6' && v.says['ipv6-usable'] === 'no';
}

/** Where a relay got the page's own packets from, when no STUN server of that family told the same address. */
function relayViews(v: View): { url: string; address: string; told: string[]; observations: number[] }[] {
	return v.facts.flatMap((f) =>
		f.runs.flatMap((run) => {
			const address = run.remote?.address ? plain(run.remote.address) : null;
			if (run.toward !== 'direct' || run.state !== 'carried' || !isOutsideText(address)) return [];
			const family = familyOfText(address);
			const told = family === 'unknown' ? [] : (v.nat[family]?.publicAddresses ?? []);
			return told.length > 0 && !told.includes(address!)
				? [{ url: f.url, address: address!, told, observations: f.observations }]
				: [];
		})
	);
}
