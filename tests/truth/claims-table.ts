/**
 * What each sentence claims about packets, in words of the network's truth. A rule claims something, or is listed in NO_CLAIM with the
 * reason; the type asks for every rule that a check can say, so that a new one cannot be forgotten.
 */
import type { Family } from '../../src/lib/core/base/ip';
import type { Said } from '../../src/lib/core/base/said';
import { SERVER_LINT_RULES } from '../../src/lib/core/ice/server-rules';
import type { ServerListValues } from '../../src/lib/core/ice/server-list-values';
import type { ErrorStepId, ErrorValues, OneFamily } from '../../src/lib/core/ice/error-values';
import type { DiscoveryValues } from '../../src/lib/core/nat/discovery-values';
import type { NatValues } from '../../src/lib/core/nat/nat-values';
import type { PathValues } from '../../src/lib/core/nat/peer-matrix';
import type { NextStepId } from '../../src/lib/core/plan/next-steps';
import type { CallQualityValues } from '../../src/lib/core/verdict/call/call-values';
import type { CallFindingValues } from '../../src/lib/core/verdict/call/call-finding-values';
import type { AnswerValues, FailedTurn } from '../../src/lib/core/verdict/check/answer-values';
import type { FindingValues } from '../../src/lib/core/verdict/check/finding-values';
import type { HeadlineValues } from '../../src/lib/core/verdict/check/headline-values';
import type { ServerCauseId, ServerStepId, ServerValues } from '../../src/lib/core/verdict/check/server-values';
import type { PairFindingValues } from '../../src/lib/core/verdict/pair/pair-values';
import type { ServerConclusion } from '../../src/lib/core/verdict/conclusion';
import type { Control } from '../../src/lib/core/verdict/view';
import { isLiteral, placeOf, type Truth } from './truth';
import { webFamily } from './world';

/** Where a sentence stands, as far as that adds to what it says. */
export interface Standing {
	row: ServerConclusion | null;
	family: Family | null;
	direct: 'yes' | 'no' | 'unknown' | null;
}

/** Null where the claim holds; else what is false about it. */
type Claim<Values> = (values: Values, truth: Truth, standing: Standing) => string | null;

/** All that a check of a network can say: what belongs to calls, dumps, pairs, URLs and `icelens nat` is not of a check. */
type SaidByCheck = Omit<AnswerValues, keyof CallQualityValues> &
	Omit<FindingValues, keyof PairFindingValues | keyof CallFindingValues> & {
		[
			Id in Extract<
				keyof HeadlineValues,
				`headline-${string}`
			> as Id extends `headline-${'pair' | 'import' | 'call' | 'reach'}-${string}` ? never : Id
		]: HeadlineValues[Id];
	} & ServerValues &
	ErrorValues &
	Omit<NatValues, keyof DiscoveryValues> &
	PathValues &
	ServerListValues &
	Record<ServerCauseId, Record<string, never>>;

type Claims = { [Id in keyof SaidByCheck]: Claim<SaidByCheck[Id]> | typeof NO_CLAIM };

/** Advice, and what only names what is not known. */
export const NO_CLAIM = 'claims nothing about packets';

export type Advice = NextStepId | ErrorStepId | ServerStepId;

const all = (...claims: (string | null)[]) => claims.find((claim) => claim !== null) ?? null;
const holds = (condition: boolean, otherwise: string) => (condition ? null : otherwise);
const each = (urls: readonly string[], claim: (url: string) => string | null) => all(...urls.map(claim));

const answeredOverUdp = (t: Truth, url: string) => t.heard(url).some(({ transport }) => transport === 'udp');
const stands = (t: Truth, url: string) => t.machineOf(url)?.stands ?? 'outside';

/** That nothing comes back: whether it is the network or all of the servers cannot be told apart, and the sentences say so. */
function udpBlocked(t: Truth): string | null {
	return holds(t.heardOutside('udp').length === 0, 'a server outside answered over UDP');
}

function silent(urls: readonly string[], t: Truth): string | null {
	return each(urls, (url) =>
		all(
			holds(!answeredOverUdp(t, url), `${url} answered over UDP`),
			// A device without the family of an address is a network without it.
			holds(t.sent(url, 'udp') || t.lacksFamilyOf(url), `nothing was sent to ${url} over UDP`)
		)
	);
}

/** What was reached otherwise shows that a family gets out; over that one somebody has to have been silent. */
function sameFamily(urls: readonly string[], control: Control, t: Truth): string | null {
	const asked = new Set(urls.flatMap((url) => t.familiesAsked(url, 'udp')));
	const reached = control.kind === 'app' ? [t.world.app === 'outside' ? webFamily(t.world) : null] : t.familiesHeard(control.url);
	return holds(
		reached.some((family) => family !== null && asked.has(family)),
		`over the family in which ${control.url} was reached nobody was silent`
	);
}

function onlyInside(t: Truth): string | null {
	return holds(t.heardOutside('udp').length + t.heardOutside('stream').length === 0, 'a server outside answered');
}

/** A relay of that server was used; `outside`: by somebody who is not the server itself. */
function proven(t: Truth, urls: readonly string[]): string | null {
	return each(urls, (url) => holds(t.relayed(url).length > 0, `no data went through a relay of ${url}`));
}

/** In this network, at an address that everybody reaches over UDP: calls through it work. */
function isReachedByAll(t: Truth, url: string): boolean {
	const { nat, udp } = t.world;
	const addresses = t.machineOf(url)?.addresses ?? [];
	return nat.mapping === 'none' && udp === 'open' && addresses.some((address) => !/^(10|192\.168|127)\./.test(address));
}

/** Of a server that sees an inner address only where its relay got the packets from shows that it stands outside. */
function noneProven(t: Truth): string | null {
	const untold = (url: string) => t.world.lacks.includes('addresses in getStats') && t.machineOf(url)?.sourceNat !== null;
	const direct = t.anyRelayed().filter(({ toward, url }) => toward === 'direct' && stands(t, url) === 'outside' && !untold(url));
	return holds(direct.length === 0, `data went through a relay of ${direct[0]?.url}`);
}

function code(values: { transport: 'udp' | 'tcp' | 'tls'; host: string; port: number; code: number }, t: Truth): string | null {
	return holds(t.heardCode(values, values.code), `no error ${values.code} came from there`);
}

const unanswered =
	(transport: 'udp' | 'tcp' | 'tls') =>
	(values: { host: string; port: number; hostKind?: string; unseenFamily?: Family | null }, t: Truth, { row }: Standing) => {
		const there = t
			.atPlace({ transport, host: values.host, port: values.port })
			.filter((each) => !row || row.family === 'unknown' || each.family === row.family)
			.filter((each) => !row || placeIsTurn(row.url) === placeIsTurn(each.url));
		return all(
			holds(!there.some(({ what }) => what === 'heard'), 'an answer came'),
			holds(
				values.hostKind === 'name' ||
					!there.some(({ what }) => what === 'reset' || what === 'closed' || what === 'certificate-refused'),
				'it was closed or refused'
			),
			holds(
				(values.unseenFamily ?? null) !== null || there.some(({ what }) => what === 'sent' || what === 'blocked'),
				'nothing was sent'
			)
		);
	};

const placeIsTurn = (url: string) => /^turns?:/.test(url);

const claimFailed =
	(t: Truth) =>
	({ url, username, state }: FailedTurn) => {
		switch (state) {
			case 'allocates-only':
				return holds(!t.relayed(url, username).some(({ toward }) => toward === 'direct'), `a relay of ${url} carried data`);
			case 'unauthorized':
				return holds(
					t.heard(url).some(({ code, challenge }) => code !== null && !challenge),
					`${url} refused nothing`
				);
			case 'quota-reached':
				return holds(
					t.heard(url).some((h) => h.code === 486 || h.code === 508),
					`${url} has no quota`
				);
			case 'unreachable':
			case 'tls-failed':
				return holds(!t.heard(url).some((h) => placeIsTurn(h.url)), `${url} answered`);
			default:
				return null;
		}
	};

/** Of an evidence that stands beside an answer only its addresses show the family. */
function familyOf(values: unknown, { family }: Standing): Family | null {
	return family ?? (/"address(es)?":\[?"[0-9a-f]*:/.test(JSON.stringify(values)) ? 'ipv6' : null);
}

function mappingIs(t: Truth, family: Family | null): string {
	return family === 'ipv6' ? 'none' : t.world.nat.mapping;
}

const portsAre = (t: Truth) => t.world.nat.ports.kind;

const differs: Claim<unknown> = (v, t, standing) =>
	holds(
		['address-dependent', 'address-and-port-dependent'].includes(mappingIs(t, familyOf(v, standing))),
		'the mapping does not depend on the destination'
	);
const agrees: Claim<unknown> = (v, t, standing) =>
	holds(['none', 'endpoint-independent'].includes(mappingIs(t, familyOf(v, standing))), 'the mapping depends on the destination');
const filters =
	(as: string): Claim<unknown> =>
	(_, t) =>
		holds(t.world.nat.filtering === as, `the filtering is ${t.world.nat.filtering}`);

const steady = (t: Truth) =>
	t.world.device.ipv6 !== null || ['none', 'endpoint-independent'].includes(t.world.nat.mapping)
		? null
		: 'the mapping depends on the destination';

/** What it gathers all the same depends on the servers too. */
const leavesOut: Claim<unknown> = (_, t) => holds(t.world.limit !== null, 'this browser leaves nothing out');

/** Who may reach the local network is asked of no browser here. */
const noPermission: Claim<unknown> = (_, t) => holds(t.world.localNetwork === 'denied', 'the page may reach the local network');

/** The lookups of these families failed, and the device lacks what is said to be missing. */
const notFound: Claim<{ host: string; onlyIn: OneFamily | null }> = ({ host, onlyIn }, t) =>
	all(
		holds(onlyIn ? !t.resolved(host, onlyIn.family) : !t.resolved(host), 'the name was found'),
		holds(
			!onlyIn?.otherMissing || t.world.device[onlyIn.family === 'ipv6' ? 'ipv4' : 'ipv6'] === null,
			'the device has the other family'
		)
	);

const nestedAlone = NO_CLAIM;

/** By these the mapping is known, and does not depend on the destination. */
const SHOWS_STEADY: ReadonlySet<string> = new Set<keyof NatValues>([
	'mapping-is-host',
	'mapping-agrees',
	'mapping-agrees-host-hidden',
	'mapping-prober-two-addresses-agree',
	'mapping-relay-sees-own-address'
]);

/** Of the same URL with a login nothing is said. */
function neverAsked(t: Truth, url: string): string | null {
	const withLogin = t.world.list.some((entry) => entry.url === url && entry.credential !== undefined);
	return holds(withLogin || t.at(url).every(({ user }) => user === null), `${url} was asked`);
}

/** What is wrong with a list is known before any packet. */
const OF_LISTS = Object.fromEntries(SERVER_LINT_RULES.map(({ id }) => [id, NO_CLAIM])) as Record<
	keyof ServerListValues,
	typeof NO_CLAIM
>;

export const CLAIMS: Claims = {
	...OF_LISTS,
	// udp-usable
	'udp-answered-from-outside': ({ urls }, t) =>
		each(urls, (url) =>
			all(
				holds(answeredOverUdp(t, url), `${url} did not answer over UDP`),
				holds(stands(t, url) === 'outside', `${url} stands inside`)
			)
		),
	'udp-answered-when-all-were-asked': ({ urls }, t) =>
		holds(
			urls.some((url) => answeredOverUdp(t, url)),
			'none of them answered'
		),
	'udp-carried-to-relay': ({ urls }, t) =>
		each(urls, (url) =>
			holds(
				t.relayed(url).some(({ toward }) => toward === 'direct'),
				`no relay of ${url} carried data`
			)
		),
	'udp-to-prober-and-back': (_, t) => holds(t.world.udp !== 'blocked', 'UDP does not get out'),
	'udp-silent-while-others-work': ({ urls, control }, t) => all(silent(urls, t), udpBlocked(t), sameFamily(urls, control, t)),
	'udp-silent-so-far': ({ urls, control }, t) => all(silent(urls, t), udpBlocked(t), sameFamily(urls, control, t)),
	'udp-not-asked': (_, t) =>
		holds(
			!t.world.list.some(
				({ url, credential }) =>
					placeOf(url).transport === 'udp' && (!placeIsTurn(url) || credential !== undefined) && t.sent(url, 'udp')
			),
			'a server was asked over UDP'
		),
	'udp-only-local-servers': ({ urls }, t) => each(urls, (url) => holds(stands(t, url) === 'inside', `${url} stands outside`)),
	'udp-answered-from-somewhere': ({ urls, each: all }, t) =>
		all
			? each(urls, (url) => holds(answeredOverUdp(t, url), `${url} did not answer`))
			: holds(
					urls.some((url) => answeredOverUdp(t, url)),
					'none of them answered'
				),
	'udp-one-silent-server': ({ urls }, t) => silent(urls, t),
	'udp-silent-without-control': ({ urls, outsideReached }, t) =>
		all(
			silent(urls, t),
			// What was refused in a browser that tells no error is not known to have answered.
			holds(
				outsideReached ||
					!t
						.heardOutside('stream')
						.some(({ url, code }) => isLiteral(url) && (code === null || !t.world.lacks.includes('icecandidateerror'))),
				'a server outside answered'
			)
		),
	'udp-failed-otherwise': ({ urls }, t) =>
		each(urls, (url) => holds(!t.toldOutside().some((h) => h.url === url), `${url} answered over UDP`)),
	'udp-left-out-by-browser': leavesOut,
	'udp-not-decided-yet': (_, t) => holds(t.toldOutside().length === 0, 'a server outside answered over UDP'),

	// ipv6-usable
	'ipv6-answered': ({ urls }, t) =>
		each(urls, (url) => holds(t.heard(url, 'ipv6').length > 0, `${url} did not answer over IPv6`)),
	'ipv6-answered-when-all-were-asked': ({ urls }, t) =>
		holds(
			urls.some((url) => t.heard(url, 'ipv6').length > 0),
			'none of them answered'
		),
	'ipv6-not-assigned': (_, t) => holds(t.world.device.ipv6 === null, 'the device has an IPv6 address'),
	'ipv6-silent': ({ urls }, t) =>
		all(
			each(urls, (url) => holds(t.heard(url, 'ipv6').length === 0, `${url} answered over IPv6`)),
			holds(t.heardOutside('udp', 'ipv6').length === 0, 'a server answered over IPv6')
		),
	'ipv6-only-for-the-web': (_, t) => holds(t.world.device.ipv6 !== null, 'there is no IPv6'),
	'ipv6-not-tested': ({ urls }, t) => holds(urls.length > 0 || t.toldOutside('ipv6').length === 0, 'a server answered over IPv6'),

	// turn-works
	'turn-some-work': ({ workingUrls, failed }, t) => all(proven(t, workingUrls), ...failed.map(claimFailed(t))),
	'turn-none-listed': (_, t) => holds(!t.world.list.some(({ url }) => placeIsTurn(url)), 'there is a TURN server in the list'),
	'turn-all-work': ({ workingUrls }, t) => proven(t, workingUrls),
	'turn-none-works': ({ failed }, t) => all(noneProven(t), ...failed.map(claimFailed(t))),
	'turn-not-asked': ({ urls }, t) => each(urls, (url) => neverAsked(t, url)),
	'turn-works-as-far-as-known': ({ workingUrls }, t) => proven(t, workingUrls),
	'turn-not-decided-yet': ({ workingUrls, openUrls, failedUrls }, t) =>
		all(
			proven(t, workingUrls),
			holds(
				workingUrls.length > 0 || openUrls.length + failedUrls.length > 0 || noneProven(t) === null,
				'data went through a relay'
			)
		),

	// needs-turn
	'turn-needed-without-udp': (_, t) => udpBlocked(t),
	'turn-needed-mapping-depends': (_, t) => differs(null, t, { row: null, family: 'ipv4', direct: null }),
	'turn-not-needed': (_, t) =>
		all(
			agrees(null, t, { row: null, family: 'ipv4', direct: null }),
			holds(t.world.nat.filtering !== 'address-and-port-dependent', 'the filter goes by address and port')
		),
	'turn-needed-filtering-by-port': (_, t) =>
		all(
			agrees(null, t, { row: null, family: 'ipv4', direct: null }),
			filters('address-and-port-dependent')(null, t, { row: null, family: null, direct: null })
		),
	'turn-needed-without-ipv4': (_, t) => holds(t.world.device.ipv4 === null, 'the device has IPv4'),
	'turn-need-unknown-filtering': (_, t) => steady(t),
	'turn-need-unknown-mapping': ({ because }) =>
		holds(
			because.kind !== 'mapping' || !SHOWS_STEADY.has(because.mapping.rule),
			'what it names is no reason: the mapping is known'
		),

	// calls-will-work
	'calls-go-directly': (_, t) =>
		all(
			agrees(null, t, { row: null, family: 'ipv4', direct: null }),
			holds(t.world.nat.filtering !== 'address-and-port-dependent', 'the filter goes by address and port')
		),
	'calls-work-with-turn': ({ workingUrls, onlyThroughTurn }, t) =>
		all(
			proven(t, workingUrls),
			each(workingUrls, (url) => holds(stands(t, url) === 'outside' || isReachedByAll(t, url), `${url} stands inside`)),
			onlyThroughTurn ? udpBlocked(t) : null
		),
	'calls-fail-without-udp-and-turn': (_, t) => all(udpBlocked(t), noneProven(t)),
	'calls-depend-on-peer': (_, t) => noneProven(t),
	'calls-mostly-direct': (_, t) => all(noneProven(t), steady(t)),
	'calls-no-server-asked': (_, t) =>
		holds(
			!t.world.list.some(({ url, credential }) => (!placeIsTurn(url) || credential !== undefined) && t.sent(url)),
			'a server was asked'
		),
	'calls-only-local-servers': ({ urls }, t) =>
		all(
			onlyInside(t),
			each(urls, (url) =>
				all(holds(stands(t, url) === 'inside', `${url} stands outside`), holds(t.heard(url).length > 0, `${url} did not answer`))
			)
		),
	'calls-candidates-left-out': leavesOut,
	'calls-nothing-answers': (_, t) => holds(t.toldOutside().length + t.heardOutside('stream').length === 0, 'a server answered'),
	'calls-not-decided': ({ known }, t) =>
		all(
			noneProven(t),
			known === 'udp-works' ? holds(t.heardOutside('udp').length > 0, 'nobody answered over UDP') : null,
			known === 'turn-needed' ? udpBlocked(t) : null,
			known === 'nothing' ? holds(t.toldOutside().length === 0, 'a server outside answered over UDP') : null
		),

	// headline
	'headline-fails': nestedAlone,
	'headline-direct': (_, t) => agrees(null, t, { row: null, family: 'ipv4', direct: null }),
	'headline-turn-always': (_, t) => all(udpBlocked(t), holds(t.anyRelayed().length > 0, 'no relay carried data')),
	'headline-turn-always-unproven': (_, t) => all(udpBlocked(t), noneProven(t)),
	'headline-with-turn': (_, t) => holds(t.anyRelayed().length > 0, 'no relay carried data'),
	'headline-with-turn-at-hand': (_, t) => holds(t.anyRelayed().length > 0, 'no relay carried data'),
	'headline-needs-working-turn': (_, t) => noneProven(t),
	'headline-own-servers': ({ workingUrls, others, calls }, t) => {
		const servers = new Set(t.world.list.map(({ url, username }) => `${url} ${username ?? ''}`)).size;
		return all(
			each(workingUrls, (url) => holds(t.relayed(url).length > 0 || t.heard(url).length > 0, `${url} did not answer`)),
			...others.map(claimFailed(t)),
			holds(workingUrls.length + others.length <= servers, `there are ${servers} servers`),
			calls === 'only-local-servers' ? onlyInside(t) : null
		);
	},
	'headline-mostly-direct': (_, t) => noneProven(t),
	'headline-webrtc-missing': () => 'every browser here has WebRTC',
	'headline-loopback-not-used': () => 'no server is on the loopback',
	'headline-cannot-tell': nestedAlone,

	// findings
	'nothing-outside-answers': (_, t) => holds(t.toldOutside().length + t.heardOutside('stream').length === 0, 'a server answered'),
	'udp-blocked': (_, t) => udpBlocked(t),
	'server-name-not-found': ({ host, urls, told, onlyIn }, t) =>
		all(
			each(urls, (url) => holds(t.heard(url).length === 0, `${url} answered`)),
			told
				? notFound({ host, onlyIn }, t, { row: null, family: null, direct: null })
				: holds(!(['ipv4', 'ipv6'] as const).some((family) => t.resolved(host, family)), 'it leads somewhere')
		),
	'server-unauthorized': nestedAlone,
	'server-quota-reached': nestedAlone,
	'server-misconfigured': nestedAlone,
	'relay-carries-no-data': nestedAlone,
	'server-tls-failed': nestedAlone,
	'server-silent': nestedAlone,
	'server-unreachable': nestedAlone,
	'silent-server-delays': ({ urls }, t) =>
		each(urls, (url) =>
			holds(
				t.at(url).some((l) => l.what === 'sent' || l.what === 'blocked') || t.lacksFamilyOf(url),
				`nothing was sent to ${url}`
			)
		),
	'relay-only-over-tcp': ({ failedUrls }, t) =>
		all(
			holds(t.anyRelayed().length > 0, 'no relay carried data'),
			each(failedUrls, (url) =>
				holds(!t.relayed(url).some(({ toward }) => toward === 'direct'), `a relay of ${url} carried data`)
			)
		),
	'relay-sees-other-address': ({ url, address }, t) =>
		holds(
			t.relayed(url).some(({ source }) => source.address === address),
			'no relay got packets from there'
		),
	'several-public-addresses': ({ addresses }, t) =>
		holds(
			addresses.every((address) => [...t.mappedAddresses('ipv4'), ...t.mappedAddresses('ipv6')].includes(address)),
			'no server said so'
		),
	'interfaces-seen-apart': () => 'devices here have one interface a family',
	'ipv6-broken': (_, t) =>
		holds(t.world.broken === 'ipv6' || t.world.device.ipv6 === null || t.heardOutside('udp', 'ipv6').length === 0, 'IPv6 works'),
	'app-not-reached': (_, t) => holds(t.world.app !== 'loopback', 'the app was reached'),
	'captive-portal-signs': () => 'nobody answers in the place of the app here',
	'webrtc-missing': () => 'every browser here has WebRTC',
	'no-server-listed': (_, t) => holds(t.world.list.length === 0, 'there are servers'),
	'only-local-servers': ({ urls }, t) => each(urls, (url) => holds(stands(t, url) === 'inside', `${url} stands outside`)),
	'mapping-depends-on-destination': (_, t) => differs(null, t, { row: null, family: 'ipv4', direct: null }),
	'carrier-grade-nat-signs': nestedAlone,
	'local-network-not-allowed': noPermission,
	'browser-leaves-candidates-out': leavesOut,
	'host-addresses-hidden': (_, t) => holds(!t.world.microphone, 'the addresses are shown'),
	'stun-answers-rewritten-signs': ({ toldAddress, seenAddress }, t) =>
		all(
			holds(t.mappedAddresses('ipv4').includes(toldAddress), 'no server said so'),
			holds(toldAddress !== seenAddress && (t.world.rewrittenTo !== null || t.world.nat.outside.length > 1), 'nothing rewrites')
		),
	'web-and-udp-leave-apart': ({ toldAddresses }, t) =>
		holds(
			toldAddresses.every((address) => [...t.mappedAddresses('ipv4'), ...t.mappedAddresses('ipv6')].includes(address)),
			'no server said so'
		),
	'udp-port-blocked-signs': ({ silentUrls }, t) => silent(silentUrls, t),
	'udp-tested-on-one-port': (_, t) => udpBlocked(t),
	'only-tcp-443-open-signs': ({ openUrls, silentUrls }, t) =>
		all(
			each(openUrls, (url) => holds(t.heard(url).length > 0, `${url} did not answer`)),
			each(silentUrls, (url) => holds(t.heard(url).length === 0, `${url} answered`))
		),
	'nat64-signs': () => 'there is no NAT64',
	'no-nat-seen': ({ family, filtering }, t) =>
		all(
			holds(mappingIs(t, family) === 'none', 'there is a NAT'),
			holds(t.world.nat.filtering === filtering, 'the filter is another')
		),

	// rows of servers
	'server-login-missing': (_, t, { row }) => (row ? neverAsked(t, row.url) : null),
	'server-not-asked': (_, t, { row }) => holds(!row || t.at(row.url).every(({ user }) => user === null), 'it was asked'),
	'server-refused-by-browser': NO_CLAIM,
	'server-test-failed': NO_CLAIM,
	'stun-answers': ({ sees }, t, { row }) => {
		if (!row) return null;
		const heard = t.heard(row.url, row.family).flatMap(({ mapped }) => (mapped ? [mapped] : []));
		return sees.kind === 'mapped-address'
			? holds(
					heard.some((m) => m.address === sees.address && m.port === sees.port),
					'it did not say so'
				)
			: holds(
					heard.some(({ address }) => Object.values(t.world.device).includes(address)),
					'it saw no address of this device'
				);
	},
	'stun-sees-address-not-public': ({ address }, t, { row }) =>
		holds(!row || t.heard(row.url, row.family).some(({ mapped }) => mapped?.address === address), 'it did not say so'),
	'relay-proof-needs-two': (_, t, { row }) =>
		holds(!row || t.heard(row.url).some(({ code }) => code === 486 || code === 508), 'it refused nothing'),
	'relay-second-allocation-refused': ({ code: refused }, t, { row }) =>
		holds(!row || t.heard(row.url).some(({ code }) => code === refused), 'it refused nothing'),
	'relay-address-not-outside': ({ relayAddresses }, t, { row }) => {
		const machine = row && t.machineOf(row.url);
		return holds(
			!machine || relayAddresses.every((a) => a === machine.relay.ipv4 || a === machine.relay.ipv6),
			'it gave no such address'
		);
	},
	'relay-address-is-the-inner-one': (_, t, { row }) => {
		const machine = row && t.machineOf(row.url);
		return holds(!machine || !machine.addresses.includes(machine.relay.ipv4 ?? ''), 'it hands out its own address');
	},
	'entry-makes-browser-refuse-list': NO_CLAIM,
	'relay-carries': ({ farEnd }, t, { row }) =>
		holds(
			!row || t.relayed(row.url, row.username).some(({ toward }) => toward === (farEnd.kind === 'page' ? 'direct' : 'cross')),
			'nothing was relayed so'
		),
	'relay-carries-between-relays': (_, t, { row }) =>
		holds(
			!row || t.relayed(row.url, row.username).some(({ toward }) => toward === 'self' || toward === 'cross'),
			'nothing was relayed so'
		),
	'relay-carries-only-to-itself': (_, t, { row }) =>
		holds(
			!row || !t.relayed(row.url, row.username).some(({ toward }) => toward === 'direct'),
			'a packet from outside reached it'
		),
	'relay-not-reached-from-outside': (_, t, { row }) => {
		const machine = row && t.machineOf(row.url);
		if (!machine) return null;
		const { ipv4, ipv6, open } = machine.relay;
		const leads = machine.addresses.includes(ipv4 ?? ipv6 ?? '');
		const { udp, rewrittenTo, nat } = t.world;
		const elsewhere = rewrittenTo !== null || nat.outside.length > 1;
		return holds(!open || !leads || udp !== 'open' || elsewhere, 'its relay is open to the outside');
	},
	'relay-second-allocation-unanswered': NO_CLAIM,
	'relay-carries-nothing': (_, t, { row }) => holds(!row || t.relayed(row.url, row.username).length === 0, 'data was relayed'),
	'relay-lets-nothing-through': (_, t, { row }) => {
		const machine = row && t.machineOf(row.url);
		return holds(
			!machine ||
				!machine.relay.sends ||
				!machine.relay.open ||
				!machine.addresses.includes(machine.relay.ipv4 ?? machine.relay.ipv6 ?? ''),
			'calls over it would work'
		);
	},
	'relay-not-tried-from-outside': NO_CLAIM,
	'relay-not-proven': NO_CLAIM,
	'server-of-family-not-here': ({ serverFamily }, t) =>
		holds(t.world.device[serverFamily] === null, 'the device has this family'),
	'server-local-network-not-allowed': noPermission,
	'server-perhaps-not-asked': leavesOut,
	'server-silence-not-heard': NO_CLAIM,
	'server-error-explained': nestedAlone,

	// what the server said
	'credential-not-given': (v, t) => holds(!t.atPlace(v).some((l) => l.user !== null), 'it was asked'),
	'credential-expired': code,
	'credential-refused': code,
	'stun-asks-credential': code,
	'stale-nonce': code,
	'allocation-mismatch': code,
	'credential-of-another': code,
	'transport-unsupported': code,
	'family-unsupported': code,
	'peer-family-mismatch': code,
	'quota-reached': code,
	'relay-capacity-reached': code,
	'request-forbidden': code,
	'redirect-failed': code,
	'redirect-to-disallowed-port': NO_CLAIM,
	'attribute-unknown': code,
	'request-malformed': code,
	'server-failed-unnamed': (v, t) =>
		holds(
			t.atPlace(v).some((l) => l.what === 'heard' && l.code !== null && l.code >= 500),
			'no such error came'
		),
	'server-failed': code,
	'stun-refuses': (v, t) =>
		holds(
			t.atPlace(v).some((l) => l.what === 'heard' && l.code !== null),
			'no error came'
		),
	'server-refuses': code,

	// what happened on the way
	'loopback-not-used': () => 'no server is on the loopback',
	'family-not-here': ({ host }, t) =>
		all(
			holds(!t.resolved(host, 'ipv6'), 'it has an IPv6 address'),
			holds(t.heardOutside('udp', 'ipv4').length + t.heardOutside('stream').length > 0, 'nothing answered over IPv4')
		),
	'name-not-found': notFound,
	'wrong-interface': NO_CLAIM,
	'socket-not-made': NO_CLAIM,
	'tcp-accepted-then-silent': (v, t) =>
		all(
			holds(
				t.atPlace(v).some((l) => l.what === 'accepted'),
				'it was not accepted'
			),
			holds(!t.atPlace(v).some((l) => l.what === 'heard'), 'it answered')
		),
	'tcp-closed-by-server': (v, t) =>
		holds(
			t.atPlace(v).some((l) => l.what === 'closed'),
			'it was not accepted and closed'
		),
	'tcp-refused': (v, t, { row }) =>
		all(
			holds(
				!t.atPlace(v).some((l) => l.what === 'heard' && (!row || row.family === 'unknown' || l.family === row.family)),
				'it answered'
			),
			holds(
				t.atPlace(v).some((l) => l.what === 'reset' || l.what === 'closed') ||
					(v.hostKind === 'name' && !(['ipv4', 'ipv6'] as const).every((f) => t.resolved(v.host, f))),
				'none of the named reasons holds'
			)
		),
	'tls-refused-or-certificate': (v, t) =>
		all(
			holds(!t.atPlace(v).some((l) => l.what === 'heard'), 'it answered'),
			holds(
				t.atPlace(v).some((l) => l.what === 'reset' || l.what === 'closed' || l.what === 'certificate-refused') ||
					(v.hostKind === 'name' && !t.resolved(v.host)),
				'none of the named reasons holds'
			)
		),
	'tls-handshake-unanswered': unanswered('tls'),
	'tls-silent': unanswered('tls'),
	'tcp-silent': unanswered('tcp'),
	'udp-silent': unanswered('udp'),
	'udp-failed-at-once': ({ host }, t) =>
		holds(!(['ipv4', 'ipv6'] as const).some((f) => t.resolved(host, f)), 'the name was found'),
	'not-reached': (v, t) => holds(!t.atPlace(v).some((l) => l.what === 'heard'), 'it answered'),

	// no event at all
	'relay-allocated': (v, t) =>
		holds(
			t.atPlace(v).some((l) => l.what === 'heard' && l.code === null),
			'it gave no relay'
		),
	'stuns-without-tls': NO_CLAIM,
	'stun-answered': (v, t) =>
		holds(
			t.atPlace(v).some((l) => l.what === 'heard'),
			'it did not answer'
		),
	'turn-port-not-allowed': NO_CLAIM,
	'tls-address-not-tried': ({ host }, t) =>
		holds(!t.atPlace({ transport: 'tls', host, port: 5349 }).some((l) => l.what === 'sent'), 'it was tried'),
	'turn-silent-stun-answers': (v, t, { row }) => {
		const turn = t.atPlace(v).filter((l) => l.step.startsWith('server-gathering') && l.what === 'heard' && l.user !== null);
		// A challenge is told by no browser, and what the server said to another user is not of this one.
		const told = new Set(turn.filter((l) => l.what === 'heard' && !l.challenge).map(({ user }) => user));
		const users = row?.username ? [row.username] : t.usersAt(v);
		return all(
			holds(
				t.atPlace(v).some((l) => l.what === 'heard' && l.user === null),
				'STUN did not answer'
			),
			holds(
				users.some((user) => !told.has(user)),
				'TURN answered'
			),
			holds(turn.length === 0 || t.world.lossRatio > 0, 'none of the named reasons holds')
		);
	},
	'family-missing': (v, t, { row }) => holds(!row || !t.sent(row.url), 'it was tried'),
	'errors-not-told': (_, t) => holds(t.world.lacks.includes('icecandidateerror'), 'the browser tells errors'),
	'turn-not-tried': (v, t, { row }) => holds(!row || !t.at(row.url).some((l) => l.user !== null), 'it was tried'),
	'stun-no-candidate': (v, t) =>
		holds(
			t.atPlace(v).some((l) => l.what === 'heard'),
			'it did not answer'
		),
	'own-address-not-told': NO_CLAIM,
	'stopped-early': NO_CLAIM,
	'udp-no-answer': unanswered('udp'),
	'tcp-no-answer': unanswered('tcp'),
	'tls-no-answer': unanswered('tls'),

	// mapping
	'mapping-no-observer': (_, t, { family }) =>
		holds(
			!family || !t.toldOutside(family).some(({ step, user }) => user === null && step.startsWith('server-gathering')),
			'a server reported one'
		),
	'mapping-only-local-observers': ({ urls }, t) =>
		each(urls, (url) => holds(stands(t, url) === 'inside' || t.machineOf(url)!.sourceNat !== null, `${url} stands outside`)),
	'mapping-is-host': (v, t, standing) => holds(mappingIs(t, familyOf(v, standing)) === 'none', 'there is a NAT'),
	'mapping-differs-per-port': (_, t) =>
		holds(t.world.nat.mapping === 'address-and-port-dependent', `the mapping is ${t.world.nat.mapping}`),
	'mapping-differs-per-address': (_, t) =>
		holds(t.world.nat.mapping === 'address-dependent', `the mapping is ${t.world.nat.mapping}`),
	'mapping-differs': differs,
	'mapping-one-observer': ({ observer: { host, port } }, t) =>
		holds(
			t.atPlace({ transport: 'udp', host, port }).some((l) => l.what === 'heard'),
			'it did not answer'
		),
	'mapping-not-asked-together': ({ urls }, t) => each(urls, (url) => holds(answeredOverUdp(t, url), `${url} did not answer`)),
	'mapping-observer-fell-silent': ({ silencedUrls }, t) =>
		each(silencedUrls, (url) => holds(answeredOverUdp(t, url), `${url} never answered`)),
	'mapping-sockets-mixed': NO_CLAIM,
	'mapping-unfinished': NO_CLAIM,
	'mapping-one-address-agrees': ({ urls }, t) => each(urls, (url) => holds(answeredOverUdp(t, url), `${url} did not answer`)),
	'mapping-observers-may-be-one': ({ urls }, t) => each(urls, (url) => holds(answeredOverUdp(t, url), `${url} did not answer`)),
	'mapping-agrees-host-hidden': agrees,
	'mapping-agrees': agrees,
	'mapping-prober-two-addresses-agree': agrees,
	'mapping-prober-ports-differ': differs,
	'mapping-prober-addresses-differ': differs,
	'mapping-relay-sees-own-address': ({ address }, t) =>
		holds(mappingIs(t, address.includes(':') ? 'ipv6' : 'ipv4') === 'none', 'there is a NAT'),

	// filtering
	'filtering-methods-disagree': NO_CLAIM,
	'filtering-lets-strangers-in': filters('endpoint-independent'),
	'filtering-goes-by-address': filters('address-dependent'),
	'filtering-goes-by-address-and-port': filters('address-and-port-dependent'),
	'filtering-prober-let-in': filters('endpoint-independent'),
	'filtering-prober-by-address': filters('address-dependent'),
	'filtering-prober-by-address-and-port': filters('address-and-port-dependent'),
	'filtering-prober-partner-tells-nothing': NO_CLAIM,
	'filtering-not-by-port': (_, t) => holds(t.world.nat.filtering !== 'address-and-port-dependent', 'the filter goes by port'),
	'filtering-contradicts-itself': NO_CLAIM,
	'filtering-strangers-kept-out': (_, t) => holds(t.world.nat.filtering !== 'endpoint-independent', 'strangers are let in'),
	'filtering-inconclusive': NO_CLAIM,
	'filtering-not-measured': NO_CLAIM,

	// ports, layers, hairpin
	'port-no-nat': (_, t, { family }) => holds(mappingIs(t, family) === 'none', 'there is a NAT'),
	'port-no-sample': NO_CLAIM,
	'port-host-hidden': NO_CLAIM,
	'port-preserved': ({ byChanceOnceIn }, t, { family }) =>
		holds(byChanceOnceIn !== null || mappingIs(t, family) === 'none' || portsAre(t) === 'preserved', `ports are ${portsAre(t)}`),
	'port-shifted-or-counted': NO_CLAIM,
	'port-constant-offset': ({ portOffset }, t) => {
		const { ports } = t.world.nat;
		return holds(ports.kind === 'shifted' && ports.by === portOffset, `ports are ${ports.kind}`);
	},
	'port-sequential': (_, t) => holds(portsAre(t) === 'sequential', `ports are ${portsAre(t)}`),
	'port-may-be-sequential': NO_CLAIM,
	'port-random': (_, t) => holds(portsAre(t) === 'random', `ports are ${portsAre(t)}`),
	'port-too-few': NO_CLAIM,
	'layers-seen-as-shared-address': ({ addresses }, t) =>
		holds(
			addresses.every((a) => t.mappedAddresses('ipv4').includes(a)),
			'no server said so'
		),
	'layers-host-has-shared-address': ({ addresses }, t) =>
		holds(
			addresses.every((a) => a === t.world.device.ipv4),
			'the device has another address'
		),
	'layers-no-nat': (_, t, { family }) => holds(mappingIs(t, family) === 'none', 'there is a NAT'),
	'layers-nothing-seen': NO_CLAIM,
	'layers-host-hidden': NO_CLAIM,
	'layers-one-or-more': (_, t, { family }) =>
		holds(mappingIs(t, family) !== 'none' || t.world.rewrittenTo !== null, 'there is no NAT'),
	'hairpin-not-tested': NO_CLAIM,
	'hairpin-no-nat': (_, t, { family }) => holds(mappingIs(t, family) === 'none', 'there is a NAT'),
	'hairpin-returned': NO_CLAIM,
	'hairpin-arrived-unanswered': NO_CLAIM,
	'hairpin-lost': NO_CLAIM,
	'hairpin-inconclusive': NO_CLAIM,
	'public-address-seen': ({ addresses }, t, { family }) =>
		holds(!family || addresses.every((a) => t.mappedAddresses(family).includes(a)), 'no server said so'),
	'public-address-unknown': NO_CLAIM,

	// peers
	'path-no-common-family': NO_CLAIM,
	'path-needs-udp': NO_CLAIM,
	'path-receiver-lets-in': NO_CLAIM,
	'path-both-predictable': (_, t, { direct }) =>
		holds(direct !== 'yes' || steady(t) === null, 'the mapping depends on the destination'),
	'path-unknown-port-filtered': NO_CLAIM,
	'path-both-unpredictable': NO_CLAIM,
	'path-address-may-change': NO_CLAIM,
	'path-not-known': NO_CLAIM
};

/** What is false of a sentence; null where it holds, and for what is no sentence about packets. */
export function falsity({ rule, values }: Said, truth: Truth, standing: Standing): string | null {
	const claim = (CLAIMS as Record<string, Claim<unknown> | typeof NO_CLAIM>)[rule];
	return claim === undefined || claim === NO_CLAIM ? null : claim(values, truth, standing);
}
