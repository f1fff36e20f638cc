/**
 * The verdict as a table: for each question the rules in order, first match wins. A rule speaks only when the probes it
 * needs were seen. Later evidence may only make an answer more precise, so a rule that needs "all" or "none" of the
 * servers waits until every listed server was observed (`finished`).
 */
import { proseOf } from '../base/said';
import { count, duration, list } from '../base/words';
import type { NatConclusion } from '../nat/conclusion';
import { FILTERING_RULES } from '../nat/filtering-rules';
import { MAPPING_RULES } from '../nat/mapping-rules';
import { isOutsideText } from '../nat/evidence';
import { iceUrl } from '../observations/candidates';
import type { ProbeId } from '../observations/observation';
import { CALL_RULES } from './call-quality';
import type { ServerConclusion } from './conclusion';
import type { ServerFacts } from './server-facts';
import type { MissingStep, VerdictRule } from './verdict-rule';
import { answered, isSilent, type UdpSilence, type View } from './view';

export const VERDICT_RULES: readonly VerdictRule[] = [
	// udp-usable
	{
		id: 'udp-answered-from-outside',
		question: 'udp-usable',
		needs: ['server-gathering'],
		says: 'yes',
		cite: 'RFC 8489 §2',
		title: 'A server outside answered over UDP.',
		when: (v) => v.udpOutside.length > 0,
		text: (v) => `UDP works: ${list(v.udpOutside.map((f) => f.url))} answered from outside${quickest(v.udpOutside)}.`,
		observations: (v) => indexes(v.udpOutside)
	},
	{
		id: 'udp-silent-while-others-work',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		cite: 'RFC 7478 §3.3.3',
		title: 'Every server outside was silent over UDP, at least two of them, while the outside is reached over TCP, TLS or HTTPS.',
		when: (v) => finished(v) && hosts(v.udpSilent).length >= 2 && allUdpSilent(v) && v.controls.length > 0,
		text: (v) =>
			`UDP does not get through: ${list(v.udpSilent.map((f) => f.url))} were silent for ${waited(v)}, while ${v.controls[0]!.text}.`,
		observations: (v) => [...indexes(v.udpSilent), ...v.controls.map((c) => c.observation)]
	},
	{
		id: 'udp-silent-so-far',
		question: 'udp-usable',
		needs: ['udp-first-answer'],
		says: 'no',
		cite: 'RFC 8489 §6.2.1',
		title:
			'No server outside has answered over UDP through several retransmissions, at least two of them asked, while the outside is reached over TCP, TLS or HTTPS in a fraction of that time.',
		when: (v) => silentSoFar(v) !== null,
		text: (v) => {
			const { silence, control } = silentSoFar(v)!;
			return `UDP does not get through: ${list(silence.urls)} have been silent for ${duration(silence.forMs)} and several retransmissions, while ${control.text}.`;
		},
		observations: (v) => {
			const { silence, control } = silentSoFar(v)!;
			return [silence.observation, control.observation];
		}
	},
	{
		id: 'udp-not-asked',
		question: 'udp-usable',
		needs: ['ice-gathering'],
		says: 'unknown',
		cite: 'RFC 8489 §2',
		title: 'No server was asked over UDP.',
		when: (v) => finished(v) && udpTested(v).length === 0,
		text: () => 'No server was asked over UDP.',
		observations: () => [],
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-only-local-servers',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		cite: 'RFC 4787 §3',
		title: 'Only servers on this machine or its own network were asked over UDP.',
		when: (v) => finished(v) && udpTested(v).every((f) => v.udpInside.includes(f)),
		text: (v) =>
			`Only ${list(v.udpInside.map((f) => f.url))} ${v.udpInside.length === 1 ? 'was' : 'were'} asked over UDP, on this machine or its own network: whether UDP gets out is not known.`,
		observations: (v) => indexes(v.udpInside),
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-one-silent-server',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		cite: 'RFC 7478 §3.3.3',
		title: 'One server was silent over UDP: a dead server and blocked UDP look alike.',
		when: (v) => finished(v) && hosts(v.udpSilent).length === 1,
		text: (v) =>
			`${list(v.udpSilent.map((f) => f.url))} was silent for ${waited(v)}: a server without UDP and a network without it cannot be told apart by one server.`,
		observations: (v) => indexes(v.udpSilent),
		missing: () => [{ probe: 'server-gathering', step: 'add-second-stun-server' }]
	},
	{
		id: 'udp-silent-without-control',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		cite: 'RFC 7478 §3.3.3',
		title: 'All servers were silent, and nothing else showed that the outside can be reached at all.',
		when: (v) => finished(v) && hosts(v.udpSilent).length >= 2,
		text: (v) =>
			v.controls.length === 0
				? `${list(v.udpSilent.map((f) => f.url))} were silent for ${waited(v)}, and nothing else shows that the outside can be reached at all.`
				: `${list(v.udpSilent.map((f) => f.url))} were silent for ${waited(v)}; other servers failed in other ways, so UDP alone cannot be blamed.`,
		observations: (v) => indexes(v.udpSilent),
		missing: () => [{ probe: 'relay', step: 'add-turn-server-as-control' }]
	},
	{
		id: 'udp-failed-otherwise',
		question: 'udp-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		cite: 'W3C WebRTC §4.8.2',
		title: 'The servers failed in ways that say nothing about UDP.',
		when: (v) => finished(v),
		text: (v) =>
			`${list(udpTested(v).map((f) => f.url))} failed in a way that says nothing about UDP; the servers table has the reason.`,
		observations: (v) => indexes(udpTested(v)),
		missing: () => [ADD_SERVER]
	},
	{
		id: 'udp-not-decided-yet',
		question: 'udp-usable',
		needs: [],
		says: 'unknown',
		cite: 'RFC 8489 §2',
		title: 'No server has answered over UDP yet.',
		when: () => true,
		text: () => 'No server outside has answered over UDP yet.',
		observations: () => []
	},

	// ipv6-usable
	{
		id: 'ipv6-answered',
		question: 'ipv6-usable',
		needs: ['server-gathering'],
		says: 'yes',
		cite: 'RFC 8421 §3',
		title: 'A server outside answered over IPv6.',
		when: (v) => ipv6Answers(v).length > 0,
		text: (v) => `IPv6 works: ${list(ipv6Answers(v).map((f) => f.url))} answered over it${quickest(ipv6Answers(v))}.`,
		observations: (v) => indexes(ipv6Answers(v))
	},
	{
		id: 'ipv6-not-assigned',
		question: 'ipv6-usable',
		needs: ['ice-gathering'],
		says: 'no',
		cite: 'RFC 4291 §2.4',
		title: 'The browser shows all addresses of the device, and none is an IPv6 address that reaches outside.',
		when: (v) => finished(v) && v.hosts.all && !v.hosts.shown.some((h) => h.includes(':') && isOutsideText(h)),
		text: (v) => `This device has no IPv6 address that reaches outside (it has ${list(v.hosts.shown)}).`,
		observations: (v) => indexesOf(v, 'ice-gathering')
	},
	{
		id: 'ipv6-silent',
		question: 'ipv6-usable',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		cite: 'RFC 8421 §3',
		title: 'The device has IPv6, and every server asked over it was silent while IPv4 works.',
		when: (v) => finished(v) && ipv6Broken(v),
		text: (v) =>
			`IPv6 does not get through: ${list(ipv6Rows(v).map((f) => f.url))} did not answer over it, while servers answer over IPv4.`,
		observations: (v) => indexes(ipv6Rows(v))
	},
	{
		id: 'ipv6-only-for-the-web',
		question: 'ipv6-usable',
		needs: ['app-reachability'],
		says: 'unknown',
		cite: 'RFC 8421 §3',
		title: 'The app was reached over IPv6; no STUN or TURN server was.',
		when: (v) => webOverIpv6(v) !== null,
		text: (v) =>
			`The app saw this device as ${webOverIpv6(v)!.address}, so IPv6 works for web traffic; no STUN or TURN server showed it for calls.`,
		observations: (v) => [webOverIpv6(v)!.index],
		missing: () => [IPV6_SERVER]
	},
	{
		id: 'ipv6-not-tested',
		question: 'ipv6-usable',
		needs: [],
		says: 'unknown',
		cite: 'RFC 8421 §3',
		title: 'No server outside was asked over IPv6.',
		when: () => true,
		text: (v) =>
			ipv6Rows(v).length > 0
				? `${list(ipv6Rows(v).map((f) => f.url))} gave no answer over IPv6 that would settle it.`
				: 'No server outside has answered over IPv6; whether this network has it is not known.',
		observations: (v) => indexes(ipv6Rows(v)),
		missing: () => [IPV6_SERVER]
	},

	// turn-works
	{
		id: 'turn-some-work',
		question: 'turn-works',
		needs: ['server-gathering'],
		says: 'partly',
		cite: 'RFC 8656 §3',
		title: 'Some TURN servers or transports work and some do not.',
		when: (v) => turn(v).works.length > 0 && turn(v).failed.length > 0,
		text: (v) =>
			`${names(turn(v).works)} ${turn(v).works.length === 1 ? 'works' : 'work'}; ${turn(v).failed.map(briefly).join('; ')}.`,
		observations: (v) => rows(turn(v).works, turn(v).failed)
	},
	{
		id: 'turn-none-listed',
		question: 'turn-works',
		needs: ['ice-gathering'],
		says: 'no-turn-configured',
		cite: 'RFC 8656 §3',
		title: 'The list of servers has no TURN server.',
		when: (v) => v.listed && !v.urls.some(isTurn),
		text: () => 'No TURN server is in the list.',
		observations: (v) => indexesOf(v, 'ice-gathering'),
		missing: () => [{ probe: 'relay', step: 'add-turn-server-to-see' }]
	},
	{
		id: 'turn-all-work',
		question: 'turn-works',
		needs: ['server-gathering', 'ice-gathering', 'relay'],
		says: 'yes',
		cite: 'RFC 8656 §3',
		title: 'Every TURN server and transport carried data both ways.',
		when: (v) => finished(v) && turn(v).works.length > 0 && turn(v).open.length === 0,
		text: (v) => `${names(turn(v).works)} carried data both ways${roundTrips(turn(v).works)}.`,
		observations: (v) => rows(turn(v).works)
	},
	{
		id: 'turn-none-works',
		question: 'turn-works',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		cite: 'RFC 8656 §3',
		title: 'No TURN server works.',
		when: (v) => finished(v) && turn(v).failed.length > 0 && turn(v).open.length === 0,
		text: (v) => `No TURN server works: ${turn(v).failed.map(briefly).join('; ')}.`,
		observations: (v) => rows(turn(v).failed)
	},
	{
		id: 'turn-not-decided-yet',
		question: 'turn-works',
		needs: [],
		says: 'unknown',
		cite: 'RFC 8656 §3',
		title: 'Not every TURN server has been tested to the end.',
		when: () => true,
		text: (v) => {
			const { works, failed, open } = turn(v);
			const still = [...open.map((s) => s.url), ...v.pending.filter(isTurn)];
			if (works.length > 0)
				return `${names(works)} ${works.length === 1 ? 'works' : 'work'}; ${list(still) || 'the rest of the list'} is not decided.`;
			if (failed.length + still.length > 0) return `Not proven yet: ${list([...still, ...failed.map((s) => s.url)])}.`;
			return 'No TURN server has been tested yet.';
		},
		observations: (v) => rows(turn(v).works, turn(v).open),
		missing: (v) => {
			const { open } = turn(v);
			if (open.length === 0) return [];
			const unrun = open.some((server) => server.proof === 'not-run');
			return [{ probe: 'relay', step: unrun ? 'finish-relay-test' : 'add-turn-server-that-can-be-tried' }];
		}
	},

	// needs-turn
	{
		id: 'turn-needed-without-udp',
		question: 'needs-turn',
		needs: [],
		says: 'always',
		cite: 'RFC 7478 §3.3.3',
		title: 'Without UDP no direct call is possible: every call needs TURN over TCP or TLS.',
		when: (v) => v.says['udp-usable'] === 'no',
		text: () => 'Every call from this network needs a TURN server over TCP or TLS, since UDP does not get through.',
		observations: (v) => silenceIndexes(v)
	},
	{
		id: 'turn-needed-mapping-depends',
		question: 'needs-turn',
		needs: ['nat-mapping'],
		says: 'for-some-peers',
		cite: 'RFC 4787 §4.1',
		title: 'The mapping depends on the destination: peers that filter by address and port cannot be reached directly.',
		when: (v) => dependentNat(v) !== null,
		text: (v) =>
			`The NAT gives each destination another address (${dependentNat(v)!.mapping}), so calls to peers behind strict NATs or firewalls need a TURN server.`,
		observations: (v) => dependentNat(v)!.evidence.mapping!.observations,
		also: (v) => [dependentNat(v)!.evidence.mapping!]
	},
	{
		id: 'turn-not-needed',
		question: 'needs-turn',
		needs: ['nat-filtering'],
		says: 'never',
		cite: 'RFC 4787 §5',
		title:
			'The mapping is the same for all, and known addresses may send from any port: every peer with UDP can be reached directly.',
		when: (v) => welcoming(v.nat.ipv4),
		text: (v) =>
			`${everybodySees(v.nat.ipv4!)} and ${v.nat.ipv4!.filtering === 'endpoint-independent' ? 'anybody may send to it' : 'every address written to may send from any port'}, so every peer that can use UDP is reached directly; a peer that cannot needs TURN for its own sake.`,
		observations: (v) => natObservations(v.nat.ipv4!),
		also: (v) => [v.nat.ipv4!.evidence.mapping!, v.nat.ipv4!.evidence.filtering!]
	},
	{
		id: 'turn-needed-filtering-by-port',
		question: 'needs-turn',
		needs: ['nat-filtering'],
		says: 'for-some-peers',
		cite: 'RFC 4787 §5',
		title:
			'Only known addresses and ports may send here: peers whose own mapping depends on the destination cannot be reached directly.',
		when: (v) => steady(v.nat.ipv4) && v.nat.ipv4!.filtering === 'address-and-port-dependent',
		text: (v) =>
			`${everybodySees(v.nat.ipv4!)}, so most peers are reached directly; but only addresses and ports written to before may send here, so calls to peers behind a NAT with a mapping for each destination (many offices and mobile carriers) need a TURN server.`,
		observations: (v) => natObservations(v.nat.ipv4!),
		also: (v) => [v.nat.ipv4!.evidence.mapping!, v.nat.ipv4!.evidence.filtering!]
	},
	{
		id: 'turn-needed-without-ipv4',
		question: 'needs-turn',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'for-some-peers',
		cite: 'RFC 8421 §3',
		title: 'Only IPv6 gets out: peers that have IPv4 alone cannot be reached directly.',
		when: (v) =>
			finished(v) && v.nat.ipv4 === null && steady(v.nat.ipv6) && v.udpSilent.some((f) => f.place?.hostKind === 'ipv4'),
		text: (v) =>
			`Servers answered over IPv6 alone (${list(v.udpSilent.filter((f) => f.place?.hostKind === 'ipv4').map((f) => f.url))} did not), so calls to peers that have only IPv4 need a TURN server.`,
		observations: (v) => [...new Set([...natObservations(v.nat.ipv6!), ...indexes(v.udpSilent)])],
		also: (v) => [v.nat.ipv6!.evidence.mapping!, v.nat.ipv6!.evidence.filtering!]
	},
	{
		id: 'turn-need-unknown-filtering',
		question: 'needs-turn',
		needs: ['nat-mapping'],
		says: 'unknown',
		cite: 'RFC 4787 §5',
		title: 'Direct calls to most peers are possible; whether to all depends on the filtering, which is not known.',
		when: (v) => steadyNat(v) !== null,
		text: (v) =>
			`${everybodySees(steadyNat(v)!)}, so direct calls to most peers should work; peers behind a NAT that depends on the destination may need TURN, depending on the filtering, which is not known.`,
		observations: (v) => steadyNat(v)!.evidence.mapping!.observations,
		also: (v) => [steadyNat(v)!.evidence.mapping!, steadyNat(v)!.evidence.filtering!],
		missing: (v) => [missingFiltering(steadyNat(v)!)]
	},
	{
		id: 'turn-need-unknown-mapping',
		question: 'needs-turn',
		needs: [],
		says: 'unknown',
		cite: 'RFC 4787 §4.1',
		title: 'What the NAT does is not known well enough.',
		when: () => true,
		text: (v) => {
			const nat = v.nat.ipv4 ?? v.nat.ipv6;
			if (v.says['udp-usable'] !== 'yes')
				return 'Whether TURN is needed cannot be said: whether UDP gets out of this network is not known.';
			return nat
				? `Whether TURN is needed cannot be said: ${lowerFirst(proseOf(nat.evidence.mapping!))}`
				: 'Whether TURN is needed cannot be said: nothing is known about the NAT yet.';
		},
		observations: (v) => (v.nat.ipv4 ?? v.nat.ipv6)?.evidence.mapping!.observations ?? [],
		also: (v) => [v.nat.ipv4, v.nat.ipv6].flatMap((nat) => (nat ? [nat.evidence.mapping!] : [])),
		missing: (v) => missingMapping(v)
	},

	// calls-will-work
	{
		id: 'calls-go-directly',
		question: 'calls-will-work',
		needs: ['nat-filtering'],
		says: 'yes',
		cite: 'RFC 8445 §2',
		title: 'Every peer with UDP can be reached directly.',
		when: (v) => v.says['needs-turn'] === 'never',
		text: () => 'Calls work directly from this network.',
		observations: (v) => natObservations(v.nat.ipv4!)
	},
	{
		id: 'calls-work-with-turn',
		question: 'calls-will-work',
		needs: ['relay'],
		says: 'with-turn',
		cite: 'RFC 8656 §3',
		title: 'A TURN server that others can reach carried data both ways.',
		when: (v) => relaysOutside(v).length > 0,
		text: (v) => {
			const how =
				v.says['needs-turn'] === 'always'
					? 'Calls work, all of them through TURN'
					: 'Calls work, through TURN where no direct path forms';
			return `${how}: ${names(relaysOutside(v))} carried data both ways${roundTrips(relaysOutside(v))}.`;
		},
		observations: (v) => rows(relaysOutside(v))
	},
	{
		id: 'calls-fail-without-udp-and-turn',
		question: 'calls-will-work',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'no',
		cite: 'RFC 7478 §3.3.3',
		title: 'UDP does not get through and no TURN server works.',
		when: (v) =>
			finished(v) && v.says['udp-usable'] === 'no' && ['no', 'no-turn-configured'].includes(v.says['turn-works'] ?? 'unknown'),
		text: (v) =>
			`Calls will fail: UDP does not get through, and ${v.says['turn-works'] === 'no' ? 'no TURN server works' : 'no TURN server is in the list'}.`,
		observations: (v) => [...silenceIndexes(v), ...rows(turn(v).failed)]
	},
	{
		id: 'calls-depend-on-peer',
		question: 'calls-will-work',
		needs: ['nat-mapping'],
		says: 'unknown',
		cite: 'RFC 4787 §4.1',
		title: 'Direct calls work to some peers only, and no TURN server has been proven for the others.',
		when: (v) => v.says['needs-turn'] === 'for-some-peers',
		text: (v) =>
			dependentNat(v)
				? 'It depends on the other side: calls to peers that accept packets from any port work directly, the others need a TURN server, and none has been proven to work.'
				: 'It depends on the other side: most calls work directly, the others need a TURN server, and none has been proven to work.',
		observations: (v) => natObservations(dependentNat(v) ?? steadyNat(v)),
		missing: (v) => [workingTurn(v)]
	},
	{
		id: 'calls-mostly-direct',
		question: 'calls-will-work',
		needs: ['nat-mapping'],
		says: 'unknown',
		cite: 'RFC 4787 §4.1',
		title: 'Direct calls to most peers should work; no TURN server has been proven for the others.',
		when: (v) => steadyNat(v) !== null,
		text: () => 'Direct calls to most peers should work; for the others no TURN server has been proven to work.',
		observations: (v) => steadyNat(v)!.evidence.mapping!.observations,
		missing: (v) => [workingTurn(v)]
	},
	{
		id: 'calls-only-local-servers',
		question: 'calls-will-work',
		needs: ['ice-gathering'],
		says: 'unknown',
		cite: 'RFC 4787 §3',
		title: 'Only servers on this machine or its own network were asked.',
		when: (v) => onlyLocal(v),
		text: (v) =>
			v.facts.length === 0
				? 'No STUN or TURN server was asked, so nothing is known about calls beyond this network.'
				: `Only ${list(v.facts.map((f) => f.url))} answered, on this machine or its own network, so nothing is known about calls beyond it.`,
		observations: (v) => indexes(v.facts),
		missing: () => [ADD_SERVER]
	},
	{
		id: 'calls-nothing-answers',
		question: 'calls-will-work',
		needs: ['server-gathering', 'ice-gathering'],
		says: 'unknown',
		cite: 'RFC 7478 §3.3.3',
		title: 'No server answered over any transport.',
		when: (v) => nothingAnswers(v),
		text: (v) =>
			`None of ${count(hosts(v.facts).length, 'server')} answered over any transport: this device is offline, or a firewall lets nothing out.`,
		observations: (v) => indexes(v.facts),
		missing: (v) => [anotherServer(v)]
	},
	{
		id: 'calls-not-decided',
		question: 'calls-will-work',
		needs: [],
		says: 'unknown',
		cite: 'RFC 8445 §2',
		title: 'The evidence does not decide it.',
		when: () => true,
		text: (v) =>
			v.says['udp-usable'] === 'yes'
				? 'UDP works, but what the NAT does is not known, and no TURN server has been proven to work.'
				: v.says['needs-turn'] === 'always'
					? 'Every call needs a TURN server over TCP or TLS, and none has been proven to work yet.'
					: 'Nothing has shown yet that calls would work: no server outside answered over UDP, and no TURN server has been proven to work.',
		observations: () => [],
		missing: (v) => [...(v.says['udp-usable'] === 'unknown' && v.listed ? [anotherServer(v)] : []), workingTurn(v)]
	},

	// call-quality
	...CALL_RULES,
	{
		id: 'quality-not-measured',
		question: 'call-quality',
		needs: [],
		says: 'unknown',
		cite: 'ITU-T G.114',
		title: 'No call was made, so its quality is not known.',
		when: () => true,
		text: () => 'Not measured: only a call shows delay, jitter and loss, and none was made.',
		observations: () => [],
		missing: () => [{ probe: 'loopback-call', step: 'make-a-call' }]
	}
];

const ADD_SERVER: MissingStep = { probe: 'server-gathering', step: 'add-server-outside' };
const IPV6_SERVER: MissingStep = { probe: 'server-gathering', step: 'add-ipv6-server' };

function workingTurn(v: View): MissingStep {
	return { probe: 'relay', step: v.urls.some(isTurn) ? 'make-a-turn-server-work' : 'add-turn-server' };
}

function anotherServer(v: View): MissingStep {
	return v.udpSilent.length === 0 ? ADD_SERVER : { probe: 'server-gathering', step: 'add-server-of-another-operator' };
}

/** Every server of the list was observed, so "all" and "none" can be said. */
export function finished(v: View): boolean {
	return v.listed && v.pending.length === 0;
}

const UNREACHED: readonly ServerConclusion['state'][] = ['unreachable', 'tls-failed'];

/** Several servers, and not one of them, nor the app, showed that the outside can be reached. */
export function nothingAnswers(v: View): boolean {
	const asked = v.servers.filter((s) => !['not-asked', 'not-tested', 'misconfigured'].includes(s.state));
	// What the browser did not try, or did not say, is no sign of the network.
	return finished(v) && v.controls.length === 0 && hosts(asked).length >= 2 && asked.every((s) => UNREACHED.includes(s.state));
}

function udpTested(v: View): ServerFacts[] {
	return v.facts.filter((f) => f.transport === 'udp' && f.gathered !== null);
}

/** Shorter than this, silence over UDP may be a few lost packets. */
const SILENCE_AT_LEAST_MS = 2300;
/** … and on a slow path it is no more than waiting: this many round trips, as the control shows them. */
const SILENCE_ROUND_TRIPS = 3;

/** Silence over UDP that lasted long enough to say so before the servers' own deadlines have passed. */
function silentSoFar(v: View): { silence: UdpSilence; control: View['controls'][number] } | null {
	const silence = v.udpSilence;
	if (!silence || v.udpOutside.length > 0 || silence.forMs < SILENCE_AT_LEAST_MS) return null;
	if (hosts(silence.urls.map((url) => ({ url }))).length < 2) return null;
	const control = v.controls.find(({ roundTripMs }) => SILENCE_ROUND_TRIPS * roundTripMs <= silence.forMs);
	return control ? { silence, control } : null;
}

export function silenceIndexes(v: View): number[] {
	return [...indexes(v.udpSilent), ...(v.udpSilence && v.udpSilent.length === 0 ? [v.udpSilence.observation] : [])];
}

/** Every server that could have shown UDP to the outside was silent; look-ups and refusals by the browser do not count. */
function allUdpSilent(v: View): boolean {
	return udpTested(v).every((f) => v.udpSilent.includes(f) || v.udpInside.includes(f) || !answered(f));
}

/** True when nothing outside was asked or everything that answered stands inside. */
export function onlyLocal(v: View): boolean {
	const outside = v.udpOutside.length + v.udpSilent.length + v.controls.length;
	return (
		finished(v) && outside === 0 && v.facts.every((f) => answered(f) || f.gathered === null) && !v.servers.some(hasOutsideRelay)
	);
}

function ipv6Rows(v: View): ServerFacts[] {
	return v.facts.filter((f) => f.family === 'ipv6' && f.gathered !== null);
}

function ipv6Answers(v: View): ServerFacts[] {
	return ipv6Rows(v).filter(
		(f) =>
			f.mapped.some((m) => isOutsideText(m.address)) ||
			(f.place?.hostKind === 'ipv6' && answered(f) && isOutsideText(f.place.host))
	);
}

/** IPv6 servers silent, IPv4 ones not, and the device has IPv6 or several servers agree that it does not work. */
function ipv6Broken(v: View): boolean {
	const silent = ipv6Rows(v).filter(isSilent);
	if (silent.length === 0 || silent.length < ipv6Rows(v).length) return false;
	const ipv4Works = v.facts.some((f) => f.family === 'ipv4' && answered(f));
	const hasAddress = v.hosts.shown.some((h) => h.includes(':') && isOutsideText(h));
	return ipv4Works && (hasAddress || hosts(silent).length >= 2 || workOverIpv4Too(v, silent));
}

/** The same name answers over IPv4, so the server lives. */
function workOverIpv4Too(v: View, silent: readonly ServerFacts[]): boolean {
	return silent.some((s) => v.facts.some((f) => f.family === 'ipv4' && f.url === s.url && answered(f)));
}

function webOverIpv6(v: View): { address: string; index: number } | null {
	for (const { index, data } of v.observed.seen('app-reachability')) {
		const address = data.clientAddress;
		if (address?.includes(':') && isOutsideText(address)) return { address, index };
	}
	return null;
}

interface TurnRows {
	works: ServerConclusion[];
	failed: ServerConclusion[];
	/** Not tested to the end, so neither. */
	open: ServerConclusion[];
}

export function turn(v: View): TurnRows {
	const all = v.servers.filter((s) => s.kind === 'turn');
	const isOpen = (s: ServerConclusion) => s.proof === 'not-run' || ['not-asked', 'not-tested', 'unknown'].includes(s.state);
	return {
		works: all.filter((s) => s.state === 'works'),
		failed: all.filter((s) => s.state !== 'works' && (!isOpen(s) || s.state === 'misconfigured')),
		open: all.filter((s) => s.state !== 'works' && isOpen(s) && s.state !== 'misconfigured')
	};
}

/** TURN rows that work and whose relay address a peer elsewhere can send to. */
function relaysOutside(v: View): ServerConclusion[] {
	return turn(v).works.filter(hasOutsideRelay);
}

function hasOutsideRelay(s: ServerConclusion): boolean {
	return s.kind === 'turn' && isOutsideText(s.relayAddress);
}

export const DEPENDENT: readonly string[] = ['address-dependent', 'address-and-port-dependent', 'endpoint-dependent'];

function dependentNat(v: View): NatConclusion | null {
	return [v.nat.ipv4, v.nat.ipv6].find((nat) => nat && DEPENDENT.includes(nat.mapping)) ?? null;
}

/** A family whose mapping does not depend on the destination, IPv4 first: most peers have it. */
function steadyNat(v: View): NatConclusion | null {
	return [v.nat.ipv4, v.nat.ipv6].find((nat) => nat?.mapping === 'endpoint-independent' || nat?.mapping === 'none') ?? null;
}

const steady = (nat: NatConclusion | null) => nat?.mapping === 'endpoint-independent' || nat?.mapping === 'none';

/** The same address for all, and a filter that no peer with UDP fails at (nat/peer-matrix). */
function welcoming(nat: NatConclusion | null): boolean {
	return steady(nat) && (nat!.filtering === 'endpoint-independent' || nat!.filtering === 'address-dependent');
}

function everybodySees({ mapping }: NatConclusion): string {
	return mapping === 'none' ? 'There is no NAT' : 'Every destination sees the same address';
}

export function natObservations(nat: NatConclusion | null): number[] {
	if (!nat) return [];
	return [...new Set([...nat.evidence.mapping!.observations, ...nat.evidence.filtering!.observations])];
}

function missingFiltering({ evidence }: NatConclusion): MissingStep {
	const rule = FILTERING_RULES.find(({ id }) => id === evidence.filtering!.rule);
	return { probe: 'nat-filtering', step: rule?.missing ?? 'check-again' };
}

function missingMapping(v: View): MissingStep[] {
	const nat = v.nat.ipv4 ?? v.nat.ipv6;
	const rule = MAPPING_RULES.find((r) => r.id === nat?.evidence.mapping!.rule);
	return [{ probe: 'nat-mapping', step: rule?.missing ?? 'add-server-outside' }];
}

function isTurn(url: string): boolean {
	return /^\s*turns?:/i.test(url);
}

function hosts(servers: readonly { url: string }[]): string[] {
	return [...new Set(servers.map((s) => iceUrl(s.url)?.host ?? s.url))];
}

function names(servers: readonly ServerConclusion[]): string {
	return servers.length > 3
		? count(servers.length, 'TURN server or transport', 'TURN servers or transports')
		: list(servers.map((s) => s.url));
}

function briefly(server: ServerConclusion): string {
	const words = {
		works: 'works',
		'allocates-only': 'allocates but carries no data',
		unauthorized: 'refuses the user name or password',
		'quota-reached': 'gives no more relays',
		unreachable: 'cannot be reached',
		'tls-failed': 'fails in TLS',
		misconfigured: 'is set up wrongly',
		'not-asked': 'was not asked',
		'not-tested': 'was not tested',
		unknown: 'did not show what is wrong'
	};
	return `${server.url} ${words[server.state]}`;
}

function roundTrips(servers: readonly ServerConclusion[]): string {
	const times = servers.map((s) => s.rttMs).filter((ms) => ms !== null);
	if (times.length === 0) return '';
	const [least, most] = [Math.min(...times), Math.max(...times)];
	// Firefox rounds its clock to milliseconds.
	if (most < 1) return ' (under 1 ms round trip)';
	return duration(least) === duration(most) ? ` (${duration(least)} round trip)` : ` (up to ${duration(most)} round trip)`;
}

function quickest(facts: readonly ServerFacts[]): string {
	const times = facts.flatMap((f) => [...f.mapped, ...f.relays].map((c) => c.atMs));
	return times.length > 0 ? ` in ${duration(Math.min(...times))}` : '';
}

function waited(v: View): string {
	return duration(Math.min(...v.udpSilent.map((f) => f.tookMs)));
}

export function indexes(facts: readonly ServerFacts[]): number[] {
	return [...new Set(facts.flatMap((f) => f.observations))];
}

export function rows(...groups: readonly (readonly ServerConclusion[])[]): number[] {
	return [...new Set(groups.flat().flatMap((s) => s.observations))];
}

function indexesOf(v: View, probe: ProbeId): number[] {
	return v.observed.of(probe).map(({ index }) => index);
}

function lowerFirst(text: string): string {
	return /^[A-Z][a-z]* /.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
