/** Answers about a network, in English. */
import { count, duration } from '../../base/format';
import { list } from '../../base/list';
import type {
	CallsWillWorkValues,
	FailedTurn,
	Ipv6UsableValues,
	NeedsTurnValues,
	NeedUnknown,
	SteadyMapping,
	TurnWorksValues,
	UdpUsableValues,
	WorkingTurn
} from '../../verdict/check/answer-values';
import type { MessagesOf, Say } from '../messages';
import { GATHERED } from './candidate-limits';
import { answered } from './control';

const UDP_USABLE: MessagesOf<keyof UdpUsableValues> = {
	'udp-answered-from-outside': ({ urls, quickestMs }) => `UDP works as far as ${list(urls)}: answered${quickest(quickestMs)}.`,
	'udp-answered-when-all-were-asked': ({ urls, afterMs }) =>
		`UDP works: ${urls.length === 1 ? `${urls[0]} answered` : `one of ${list(urls)} answered`} in ${duration(afterMs)} when all were asked at once.`,
	'udp-carried-to-relay': ({ urls }) => `UDP works: data went between this page's own socket and the relay of ${list(urls)}.`,
	'udp-to-prober-and-back': ({ prober, seenAs }) =>
		`UDP works: the app's prober at ${prober} received packets from ${seenAs}, and its own were answered from there.`,
	'udp-silent-while-others-work': ({ urls, silentForMs, control }) =>
		`Nothing came back over UDP from outside: ${list(urls)} were silent for ${duration(silentForMs)}, while ${answered(control)}. Either UDP (or these ports) is blocked on the path, or none of these servers answers over UDP.`,
	'udp-silent-so-far': ({ urls, silentForMs, control }) =>
		`Nothing came back over UDP from outside: ${list(urls)} have been silent for ${duration(silentForMs)}, while ${answered(control)}. Either UDP (or these ports) is blocked on the path, or none of these servers answers over UDP.`,
	'udp-not-asked': () => 'No server was asked over UDP.',
	'udp-only-local-servers': ({ urls }) =>
		`Only ${list([...new Set(urls)])} ${new Set(urls).size === 1 ? 'was' : 'were'} asked over UDP, on this machine or its own network: whether UDP gets out is not known.`,
	'udp-answered-from-somewhere': ({ urls, each }) =>
		`${each || urls.length === 1 ? list(urls) : `One of ${list(urls)}`} answered over UDP, from this network or from outside: what was seen of this device does not show which.`,
	'udp-left-out-by-browser': ({ gathered }) =>
		`This browser gathered ${GATHERED[gathered]}, so it may have sent nothing over UDP: whether this network lets UDP out is not known.`,
	'udp-one-silent-server': ({ urls, silentForMs }) =>
		`${list(urls)} ${urls.length === 1 ? 'was' : 'were'} silent for ${duration(silentForMs)}: with one server, a dead server and blocked UDP look alike.`,
	'udp-silent-without-control': ({ urls, silentForMs, outsideReached, inSilentFamily }) =>
		`${list(urls)} were silent for ${duration(silentForMs)}${
			!outsideReached
				? ', and nothing else is known to reach the outside'
				: inSilentFamily
					? '; other servers failed in other ways, so UDP alone cannot be blamed'
					: ', and nothing else is known to get out over the address family over which they were asked'
		}.`,
	'udp-failed-otherwise': ({ urls }) =>
		`${list(urls)} gave no result that says something about UDP; the servers table has the reason.`,
	'udp-not-decided-yet': () => 'No server outside is known to have answered over UDP yet.'
};

const IPV6_USABLE: MessagesOf<keyof Ipv6UsableValues> = {
	'ipv6-answered': ({ urls, quickestMs }) => `IPv6 works: ${list(urls)} answered over it${quickest(quickestMs)}.`,
	'ipv6-answered-when-all-were-asked': ({ urls, afterMs }) =>
		`IPv6 works: ${urls.length === 1 ? `${urls[0]} answered` : `one of ${list(urls)} answered`} over it in ${duration(afterMs)} when all were asked at once.`,
	'ipv6-not-assigned': ({ deviceAddresses }) =>
		`This device has no publicly routable IPv6 address${deviceAddresses.length > 0 ? ` (it has ${list(deviceAddresses)})` : ''}.`,
	'ipv6-silent': ({ urls }) =>
		`Nothing comes back over IPv6: ${list(urls)} did not answer over it, while servers answer over IPv4. IPv6 leads nowhere from here, or none of these servers answers over it.`,
	'ipv6-only-for-the-web': ({ webAddress }) =>
		`The app saw this device as ${webAddress}, so IPv6 works for web traffic; no STUN or TURN server showed it for calls.`,
	'ipv6-not-tested': ({ urls }) =>
		urls.length > 0
			? `${list(urls)} gave no conclusive answer over IPv6.`
			: 'No server outside is known to have answered over IPv6; whether this network has it is not known.'
};

const TURN_WORKS: MessagesOf<keyof TurnWorksValues> = {
	'turn-some-work': ({ workingUrls, failed }) => `${work(workingUrls)}; ${failed.map(failure).join('; ')}.`,
	'turn-none-listed': () => 'No TURN server is in the list.',
	'turn-all-work': (working) => `${carried(working)}.`,
	'turn-works-as-far-as-known': ({ workingUrls, openUrls }) => `${work(workingUrls)}; whether ${work(openUrls)} is not known.`,
	'turn-none-works': ({ failed }) => `No TURN server works: ${failed.map(failure).join('; ')}.`,
	'turn-not-asked': ({ urls }) =>
		`${list(urls)} ${urls.length === 1 ? 'was' : 'were'} not asked: user name or credential is missing.`,
	'turn-not-decided-yet': ({ workingUrls, openUrls, failedUrls }) => {
		if (workingUrls.length > 0) return `${work(workingUrls)}; no result yet for ${list(openUrls) || 'the rest of the list'}.`;
		const unproven = [...openUrls, ...failedUrls];
		return unproven.length > 0 ? `Not proven yet: ${list(unproven)}.` : 'No TURN server has been tested yet.';
	}
};

const NEEDS_TURN: MessagesOf<keyof NeedsTurnValues> = {
	'turn-needed-without-udp': () =>
		'Calls beyond this network need a TURN server over TCP or TLS (or a media server that takes ICE over TCP), as long as nothing comes back over UDP from outside.',
	'turn-needed-mapping-depends': ({ mapping }) =>
		`The NAT uses different mappings for different destinations (${mapping}), so calls to peers whose NAT or firewall filters by address and port usually need a TURN server.`,
	'turn-not-needed': ({ mapping, filtering }) =>
		filtering === 'endpoint-independent'
			? `${everybodySees(mapping)} and any address may send to it, so peers that can use UDP over IPv4 can usually be reached directly; one that cannot still needs TURN.`
			: `${everybodySees(mapping)} and an address contacted before may send from any port, so peers that can use UDP over IPv4 can usually be reached directly; one that cannot, or whose NAT draws its address from a pool, may still need TURN.`,
	'turn-needed-filtering-by-port': ({ mapping }) =>
		`${everybodySees(mapping)}, so most peers can be reached directly; but only addresses and ports contacted before may send here, so calls to peers behind a NAT with address-dependent or address-and-port-dependent mapping (many offices and mobile carriers) usually need a TURN server.`,
	'turn-needed-without-ipv4': () => 'This device has IPv6 alone, so calls to IPv4-only peers need a TURN server.',
	'turn-need-unknown-filtering': ({ mapping }) =>
		`${everybodySees(mapping)}, so direct calls to most peers should work; peers behind a NAT whose mapping depends on the destination may need TURN, depending on the filtering, which is not known.`,
	'turn-need-unknown-mapping': ({ because }, say) => `Whether TURN is needed cannot be said: ${unknown(because, say)}`
};

const CALLS_WILL_WORK: MessagesOf<keyof CallsWillWorkValues> = {
	'calls-go-directly': () => 'Calls should work directly from this network.',
	'calls-work-with-turn': ({ onlyThroughTurn, ...working }) =>
		`Calls should work, ${onlyThroughTurn ? 'all of them through TURN' : 'through TURN where no direct path forms'}: ${carried(working)}.`,
	'calls-fail-without-udp-and-turn': ({ turnListed }) =>
		`If UDP is blocked here, as it seems, calls beyond this network will most likely fail: no TURN server ${turnListed ? 'works' : 'is in the list'}.`,
	'calls-depend-on-peer': ({ directTo }) =>
		`It depends on the other side: calls to ${DIRECT_TO[directTo]} should work directly, the others usually need a TURN server, and none outside has been proven to work.`,
	'calls-mostly-direct': () =>
		'Direct calls to most peers should work; for the others no TURN server outside has been proven to work.',
	'calls-no-server-asked': ({ urlsWithoutLogin }) =>
		`No STUN or TURN server was asked, so nothing is known about calls beyond this network${urlsWithoutLogin.length === 0 ? '' : `: user name or credential is missing for ${list(urlsWithoutLogin)}`}.`,
	'calls-only-local-servers': ({ urls }) =>
		`No server beyond this machine and its own network was asked (${list([...new Set(urls)])} answered), so nothing is known about calls beyond it.`,
	'calls-candidates-left-out': () =>
		'This browser gathered no candidate, so no call from it would connect, and about the network nothing is known.',
	'calls-nothing-answers': ({ serverHosts }) =>
		`None of ${count(serverHosts, 'server')} was seen to answer, over any transport: this device may be offline, a firewall may block all outgoing traffic, or all of these servers may be down or misspelt.`,
	'calls-not-decided': ({ known }) => UNDECIDED[known]
};

export const ANSWERS = { ...UDP_USABLE, ...IPV6_USABLE, ...TURN_WORKS, ...NEEDS_TURN, ...CALLS_WILL_WORK };

const DIRECT_TO: Record<CallsWillWorkValues['calls-depend-on-peer']['directTo'], string> = {
	'peers-open-to-any-port': 'peers that accept packets from any port',
	'most-peers': 'most peers',
	'ipv6-peers': 'peers with IPv6'
};

const UNDECIDED: Record<CallsWillWorkValues['calls-not-decided']['known'], string> = {
	'udp-works': 'UDP works, but what the NAT does is not known, and no TURN server outside has been proven to work.',
	'turn-needed':
		'Nothing came back over UDP from outside, so calls need a TURN server over TCP or TLS, and none outside has been proven to work yet.',
	nothing:
		'Nothing has shown yet that calls would work: no server outside is known to have answered over UDP, and no TURN server outside has been proven to work.'
};

const STATES: Record<FailedTurn['state'], string> = {
	works: 'works',
	'allocates-only': 'allocates but carries no data',
	unauthorized: 'rejects the user name or credential',
	'quota-reached': 'allocates no more relays',
	unreachable: 'was not reached',
	'tls-failed': 'fails in TLS',
	misconfigured: 'is misconfigured',
	'not-asked': 'was not asked',
	'not-tested': 'was not tested',
	unknown: 'gave no clear result'
};

function failure(failed: FailedTurn): string {
	return `${withUser(failed)} ${STATES[failed.state]}`;
}

export function withUser({ url, username }: Pick<FailedTurn, 'url' | 'username'>): string {
	return `${url}${username ? ` (user ${username})` : ''}`;
}

function names(urls: readonly string[]): string {
	return urls.length > 3 ? count(urls.length, 'TURN server or transport', 'TURN servers or transports') : list(urls);
}

function work(urls: readonly string[]): string {
	return `${names(urls)} ${urls.length === 1 ? 'works' : 'work'}`;
}

function carried({ workingUrls, roundTripMs }: WorkingTurn): string {
	return `${names(workingUrls)} carried data both ways${roundTrips(roundTripMs)}`;
}

function roundTrips(ms: WorkingTurn['roundTripMs']): string {
	if (ms === null) return '';
	// Firefox rounds its clock to milliseconds.
	if (ms.most < 1) return ' (under 1 ms round trip)';
	const [least, most] = [duration(ms.least), duration(ms.most)];
	return least === most ? ` (${least} round trip)` : ` (up to ${most} round trip)`;
}

function quickest(ms: number | null): string {
	return ms === null ? '' : ` in ${duration(ms)}`;
}

function everybodySees(mapping: SteadyMapping): string {
	return mapping === 'none' ? 'There is no NAT' : 'Different destinations see the same address and port';
}

function unknown(because: NeedUnknown, say: Say): string {
	switch (because.kind) {
		case 'udp-not-known':
			return 'whether UDP gets out of this network is not known.';
		case 'nothing-known-of-nat':
			return 'nothing is known about the NAT yet.';
		case 'ipv4-translated':
			return 'this device has IPv6 alone, and a NAT64 stands for it towards IPv4. Nothing can be sent to an IPv4 peer’s address from here; whether the NAT64 lets in what IPv4 peers send is not known.';
		case 'ipv4-not-known':
			return 'nothing is known about the NAT over IPv4, and many peers have IPv4 alone.';
		case 'mapping':
			return say(because.mapping).replace(/^[A-Z](?=[a-z]* )/, (first) => first.toLowerCase());
	}
}
