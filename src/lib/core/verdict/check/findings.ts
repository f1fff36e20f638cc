/** What stands out, worst first. A root cause names its symptoms, so that one fault is shown as one. */
import { worstFirst } from '../../base/severity';
import { isOutsideText, plain } from '../../nat/evidence';
import { familyOfText } from '../../observations/candidates';
import { CALL_FINDING_RULES } from '../call/call-findings';
import { failureSaid } from '../../observations/failure-values';
import type { AppReachability } from '../../observations/observation';
import type { Finding, Subject } from '../conclusion';
import { findingRule, type FindingRule } from '../finding-rule';
import { PAIR_FINDING_RULES } from '../pair/pair-findings';
import { PATH_FINDING_RULES } from './path-findings';
import { LIST_FINDING_RULES } from './list-findings';
import { SERVER_FINDING_RULES } from './server-findings';
import {
	asked,
	controlsBeside,
	DEPENDENT,
	indexes,
	nothingAnswers,
	onlyLocal,
	rows,
	silenceIndexes,
	silentAlone,
	silentHosts,
	silentProbers,
	silentTogether
} from './answer-facts';
import { atServer, inFamily, NETWORK, OWN_PAGE, placeOf, SERVER_LIST } from '../subject';
import { readingOf, type Reads } from '../reading';
import type { PortalSign } from './finding-values';
import { isSilent, type View } from '../view';

const FAMILIES = ['ipv4', 'ipv6'] as const;

export const FINDING_RULES: readonly FindingRule[] = [
	findingRule({
		id: 'webrtc-missing',
		severity: 'problem',
		reads: ['ice-gathering', 'server-gathering'],
		find: (v) => {
			const all = [...v['ice-gathering'].all, ...v['server-gathering'].all];
			const observations = all.flatMap(({ observation: { outcome }, index }) =>
				outcome.state === 'failed' && outcome.code === 'no-webrtc' ? [index] : []
			);
			return observations.length > 0 ? [{ values: {}, subject: OWN_PAGE, observations }] : [];
		}
	}),
	findingRule({
		id: 'nothing-outside-answers',
		severity: 'problem',
		reads: ['finished', 'facts', 'servers', 'controls', 'udpHeard'],
		find: (v) =>
			nothingAnswers(v)
				? [
						{
							values: { serverUrls: v.facts.length },
							subject: NETWORK,
							observations: indexes(v.facts)
						}
					]
				: [],
		explains: ['server-name-not-found', 'server-silent', 'server-unreachable', 'silent-server-delays', 'server-tls-failed']
	}),
	findingRule({
		id: 'udp-blocked',
		severity: 'problem',
		reads: ['udp-usable', 'udpSilent', 'udpSilence', 'controls', 'missing', 'nat-filtering'],
		find: (v) => {
			const [control] = controlsBeside(v, [...silentAlone(v.udpSilent), ...silentTogether(v.udpSilence), ...silentProbers(v)]);
			return v['udp-usable'] === 'no' && control
				? [
						{
							values: { silentServers: silentHosts(v), control: control.by },
							subject: NETWORK,
							observations: [...silenceIndexes(v), control.observation]
						}
					]
				: [];
		},
		explains: ['server-silent', 'silent-server-delays', 'relay-only-over-tcp']
	}),
	...SERVER_FINDING_RULES,
	...PATH_FINDING_RULES,
	findingRule({
		id: 'relay-sees-other-address',
		severity: 'warning',
		reads: ['facts', 'nat'],
		find: (v) =>
			relayViews(v).map(({ url, address, told, observations }) => ({
				values: { url, address, toldAddresses: told },
				subject: atServer(url),
				observations
			}))
	}),
	findingRule({
		id: 'several-public-addresses',
		severity: 'warning',
		reads: ['nat'],
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const nat = v.nat[family];
				if (!nat || nat.publicAddresses.length < 2) return [];
				const { observations } = nat.evidence.publicAddresses!;
				return [{ values: { addresses: nat.publicAddresses }, subject: inFamily(family), observations }];
			}),
		explains: ['relay-sees-other-address']
	}),
	findingRule({
		id: 'ipv6-broken',
		severity: 'warning',
		reads: ['facts', 'ipv6-usable'],
		find: (v) => {
			const silent = v.facts.filter((f) => f.family === 'ipv6' && isSilent(f));
			if (v['ipv6-usable'] !== 'no' || silent.length === 0) return [];
			return [{ values: {}, subject: inFamily('ipv6'), observations: indexes(silent) }];
		}
	}),
	...CALL_FINDING_RULES,
	...PAIR_FINDING_RULES,
	findingRule({
		id: 'app-not-reached',
		severity: 'warning',
		reads: ['app-reachability'],
		find: (v) =>
			v['app-reachability'].all.flatMap(({ observation: { outcome, target }, index }) =>
				outcome.state === 'failed' && outcome.code !== 'aborted'
					? [
							{
								values: { because: failureSaid(outcome) },
								subject: { kind: 'page', url: target },
								observations: [index]
							}
						]
					: []
			)
	}),
	findingRule({
		id: 'captive-portal-signs',
		severity: 'problem',
		reads: ['app-reachability'],
		find: (v) =>
			v['app-reachability'].seen.flatMap(({ data, index }) => {
				const sign = portalSign(data);
				return sign ? [{ values: { url: data.url, sign }, subject: { kind: 'page', url: data.url }, observations: [index] }] : [];
			})
	}),
	findingRule({
		id: 'no-server-listed',
		severity: 'info',
		reads: ['list', 'finished', 'urls', 'ice-gathering'],
		find: (v) =>
			// Where the list was written down, its own rules say it.
			v.list === null && v.finished && v.urls.length === 0
				? [
						{
							values: {},
							subject: SERVER_LIST,
							observations: v['ice-gathering'].all.map(({ index }) => index)
						}
					]
				: []
	}),
	findingRule({
		id: 'only-local-servers',
		severity: 'info',
		reads: ['finished', 'facts', 'servers', 'controls', 'udpHeard', 'udpSilent'],
		find: (v) =>
			onlyLocal(v)
				? [
						{
							values: { urls: asked(v).map((f) => f.url) },
							subject: SERVER_LIST,
							observations: indexes(asked(v))
						}
					]
				: []
	}),
	findingRule({
		id: 'mapping-depends-on-destination',
		severity: 'normal',
		reads: ['nat'],
		find: (v) =>
			FAMILIES.flatMap((family) => {
				const nat = v.nat[family];
				if (!nat || !DEPENDENT.includes(nat.mapping)) return [];
				return [{ values: {}, subject: inFamily(family), observations: nat.evidence.mapping!.observations }];
			})
	}),
	findingRule({
		id: 'carrier-grade-nat-signs',
		severity: 'normal',
		reads: ['nat'],
		find: ({ nat: { ipv4 } }) => {
			if (ipv4?.layers !== 'carrier-grade') return [];
			const { rule, values, observations } = ipv4.evidence.layers!;
			return [{ values: { layers: { rule, values } }, subject: inFamily('ipv4'), observations }];
		}
	}),
	findingRule({
		id: 'local-network-not-allowed',
		severity: 'warning',
		reads: ['servers', 'facts'],
		find: (v) => {
			const unasked = v.servers.filter(({ rule }) => rule === 'server-local-network-not-allowed');
			const permission = v.facts.find(({ localNetworkLacking }) => localNetworkLacking !== null)?.localNetworkLacking;
			if (unasked.length === 0 || !permission) return [];
			return [{ values: { urls: unasked.map(({ url }) => url), permission }, subject: OWN_PAGE, observations: rows(unasked) }];
		}
	}),
	findingRule({
		id: 'browser-leaves-candidates-out',
		severity: 'warning',
		reads: ['limit'],
		find: ({ limit }) =>
			limit === null || limit.ipv6Alone
				? []
				: [
						{
							values: { gathered: limit.kind, engine: limit.engine, waitedMs: limit.waitedMs },
							subject: OWN_PAGE,
							observations: limit.observations
						}
					]
	}),
	findingRule({
		id: 'host-addresses-hidden',
		severity: 'normal',
		reads: ['limit', 'hosts', 'ice-gathering'],
		find: (v) =>
			v.limit === null && !v.hosts.all && v['ice-gathering'].seen.length > 0
				? [
						{
							values: {},
							subject: OWN_PAGE,
							observations: v['ice-gathering'].seen.map(({ index }) => index)
						}
					]
				: []
	})
];

const ALL_RULES = [...FINDING_RULES, ...LIST_FINDING_RULES];

/** `elsewhere`: what stands out in what is not a check: calls that were made elsewhere (call/imported-findings), a URL (reach-findings). */
export function findings(view: View, elsewhere: readonly FoundHere[]): Finding[] {
	const all = [...ALL_RULES.flatMap((rule) => foundBy(rule, view)), ...elsewhere];
	const ids = uniqueIds(all);
	const named = all.map((item, i) => ({ id: ids[i]!, ...item }));
	return named
		.map((found) => {
			const { id, rule, subject, severity, values, observations, moment, nextStep, consequences: among } = found;
			const consequences: readonly string[] = ALL_RULES.find((each) => each.id === rule)?.explains ?? [];
			const explains = named
				.filter((other) =>
					found.explainsOther
						? found.explainsOther(other)
						: consequences.includes(other.rule) &&
							among?.length !== 0 &&
							other.observations.every((index) => among?.includes(index) ?? true)
				)
				.map((other) => other.id);
			const rest = { ...(moment && { moment }), ...(nextStep && { nextStep }) };
			return { id, rule, subject, severity, values, explains, observations, ...rest };
		})
		.toSorted(worstFirst);
}

export type FoundHere = Pick<Finding, 'rule' | 'severity' | 'values' | 'subject' | 'observations' | 'moment' | 'nextStep'> & {
	consequences?: readonly number[];
	/** Of calls made elsewhere: what is a consequence depends on the connection that it is about. */
	explainsOther?: (other: FoundHere) => boolean;
};

function foundBy({ id, severity, reads, find }: FindingRule, view: View): FoundHere[] {
	return find(readingOf(view, reads)).map(({ values, ...found }) => ({ rule: id, values: { ...values }, severity, ...found }));
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

/**
 * The app answers with JSON and never redirects. A status of 500 and above is of a proxy whose app is gone; 511 is what RFC 6585 §6 has
 * portals say.
 */
function portalSign({ clientAddress, redirected, status, mediaType }: AppReachability): PortalSign | null {
	if (redirected) return { kind: 'redirect' };
	if (status === 511) return { kind: 'login-required' };
	const other = clientAddress === null && status >= 200 && status < 300 && mediaType === 'text/html';
	return other ? { kind: 'page', status } : null;
}

/** Where a relay got the page's own packets from, when no STUN server of that family told the same address. */
function relayViews(v: Reads<'facts' | 'nat'>): { url: string; address: string; told: string[]; observations: number[] }[] {
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
