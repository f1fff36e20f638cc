/** What `icelens nat` says, in English. */
import { count, duration } from '../../base/format';
import type { DiscoveryMappingValues, DiscoveryValues } from '../../nat/discovery-values';
import { endpointText } from '../../observations/candidates';
import type { MessagesOf } from '../messages';
import { FAMILY_WORDS } from './vocabulary';

export const NAT_DISCOVERY: MessagesOf<keyof DiscoveryValues> = {
	'discovery-mapping-no-answer': ({ server, waitedMs, requests }) =>
		`${endpointText(server)} gave no answer over UDP in ${duration(waitedMs)} and ${count(requests, 'try', 'tries')}.`,
	'discovery-mapping-not-told': ({ server, errorCode }) =>
		`${endpointText(server)} answered ${errorCode === null ? 'without a mapped address' : `with error ${errorCode}`}, so nothing is known about the mapping.`,
	'discovery-no-nat': ({ server, mapped }) =>
		`${endpointText(server)} sees ${endpointText(mapped)}, the address this host itself has: there is no NAT.`,
	'discovery-mapping-from-elsewhere': ({ server, from }) =>
		`${endpointText(server)} was asked, and ${endpointText(from)} answered, so it is not known which destination the mapping belongs to.`,
	'discovery-mapping-by-port': (values) => `${seenFromEach(values)}: each address and port gets a mapping of its own.`,
	'discovery-mapping-mixed': (values) =>
		`${seenFromEach(values)}: one mapping behaviour alone does not give these answers (a NAT that preserves ports does where a port is already taken).`,
	'discovery-mapping-same': (values) => `${seenFromEach(values)}: no dependence on the destination was seen.`,
	'discovery-mapping-by-address': (values) => `${seenFromEach(values)}: each address gets a mapping of its own.`,
	'discovery-mapping-differs': (values) =>
		`${seenFromEach(values)}: the mapping depends on the destination; on what exactly, the answers do not show.`,
	'discovery-one-observer': ({ server, mapped }) =>
		`${endpointText(server)} sees ${endpointText(mapped)}; no second address answered, so nothing can be compared.`,

	'discovery-filtering-not-asked': () => 'Not tested: the server announced no other address and port to answer from.',
	'discovery-filtering-open': ({ stranger, answeredAfterMs }) =>
		`An answer from ${endpointText(stranger)}, which had never been contacted, arrived after ${duration(answeredAfterMs)}.`,
	'discovery-server-does-not-change': ({ asked }) =>
		`The server did not answer from the other ${asked} when asked to, so its answers say nothing about filtering.`,
	'discovery-filtering-by-address': ({ stranger, otherPort }) =>
		`An answer from ${endpointText(stranger)} did not arrive, one from ${endpointText(otherPort)} did: an address contacted before may send from any port.`,
	'discovery-filtering-control-failed': ({ stranger }) =>
		`No answer came from ${endpointText(stranger)} even after it had been contacted: a filtered answer and one that was never sent look the same.`,
	'discovery-filtering-by-port': ({ stranger, strangerRequests, otherPort, otherPortRequests }) =>
		`Answers from ${endpointText(stranger)} and ${endpointText(otherPort)} did not arrive, in ${strangerRequests} and ${otherPortRequests} tries: only addresses and ports contacted before may send.`,

	'discovery-hairpin-no-nat': () => 'There is no NAT that could hairpin packets.',
	'discovery-hairpin-not-asked': () => 'Not tested.',
	'discovery-hairpin-works': ({ returnedAfterMs, from }) =>
		`A packet to this host’s own public address came back after ${duration(returnedAfterMs)}, from ${endpointText(from)}.`,
	'discovery-hairpin-fails': ({ waitedMs }) =>
		`Packets to this host’s own public address did not come back in ${duration(waitedMs)}.`,

	'gateway-silent': ({ gateway, waitedMs, requests }) =>
		`${gateway} gave no answer to NAT-PMP, PCP and UPnP in ${duration(waitedMs)} and ${count(requests, 'try', 'tries')}: whether another NAT lies beyond it is not known.`,
	'gateway-addresses-differ': ({ gateway, natPmpAddress, upnpAddress }) =>
		`${gateway} reports ${natPmpAddress} as its external address by NAT-PMP and ${upnpAddress} by UPnP: it has two lines, or one of them is wrong.`,
	'gateway-description-elsewhere': ({ gateway, location }) =>
		`${gateway} says that its UPnP description is at ${location}. That is not its own address, so it was not fetched, and no external address is known.`,
	'gateway-speaks-pcp-only': ({ gateway }) =>
		`${gateway} speaks PCP without NAT-PMP and UPnP, and would report its external address only with a new port mapping, which was not asked for.`,
	'gateway-tells-no-address': ({ gateway, resultCode, upnp }) =>
		[
			resultCode === null
				? ''
				: `${gateway} answers NAT-PMP without an external address${resultCode === 0 ? '' : ` (result code ${resultCode})`}.`,
			resultCode === 3
				? 'It has no line, or, as miniupnpd answers, an external address that is not publicly routable, as behind another NAT.'
				: '',
			upnp === null ? '' : `${gateway} ${upnp.state === 'told' ? upnpWithout(upnp.errorCode) : UNREADABLE[upnp.state]}.`
		]
			.filter((text) => text !== '')
			.join(' '),
	'gateway-behind-carrier-nat': ({ gateway, externalAddress, protocols }) =>
		`${gateway} has ${externalAddress} outside (${by(protocols)}), from the shared address space (RFC 6598): at least one more NAT lies beyond it, most likely the carrier’s.`,
	'gateway-behind-another-nat': ({ gateway, externalAddress, protocols }) =>
		`${gateway} has ${externalAddress} outside (${by(protocols)}), which is not publicly routable: at least one more NAT lies beyond it, of a second router or of the carrier.`,
	'gateway-mapped-not-known': ({ gateway, externalAddress, protocols }) =>
		`${gateway} has ${externalAddress} outside (${by(protocols)}); no server reported a mapped address to compare it with.`,
	'gateway-is-last-nat': ({ gateway, externalAddress, protocols }) =>
		`The external address of ${gateway} is ${externalAddress} (${by(protocols)}), as the server sees it: no further NAT changes it.`,
	'gateway-address-not-seen': ({ gateway, externalAddress, protocols, seenAddress }) =>
		`The external address of ${gateway} is ${externalAddress} (${by(protocols)}), and the server sees ${seenAddress}: another NAT lies beyond it, these packets leave another way (a VPN, a second line), or something on the path rewrites the answer.`,

	'hops-no-mapped-address': () => 'No server reported a mapped address, so where it belongs cannot be asked.',
	'hops-no-nat': () => 'There is no NAT on the path to the server.',
	'hops-mapped-address-doubtful': ({ server, mapped }) =>
		`The answer of ${endpointText(server)} names ${endpointText(mapped)}, which may not be this side’s address: something on the path rewrites answers, or the server is behind a NAT of its own. So where that address is says nothing about the NAT here.`,
	'hops-refused-by-first-router': ({ address, port }) =>
		`A packet to port ${port} of ${address}, the address that the server sees, was refused although it could not pass the first router: the address is that router’s own, and no NAT beyond it changes it.`,
	'hops-returned-by-first-router': ({ address }) =>
		`A packet to ${address}, the address that the server sees, came back although one router alone could pass it on: the first router has the mapping, and no NAT beyond it changes the address.`,
	'hops-refused-farther': ({ address, port, hops }) =>
		`Packets to port ${port} of ${address}, the address that the server sees, are refused from a hop limit of ${hops} on and never below: the address belongs to a device beyond the first router. ${TWO_IN_A_ROW}`,
	'hops-returned-farther': ({ address, hops }) =>
		`Packets to ${address}, the address that the server sees, come back from a hop limit of ${hops} on and never below, as no packet does that the first router turns round: the NAT with this address is beyond the first router. ${TWO_IN_A_ROW}`,
	'hops-mapping-lost-farther': ({ silenceS, before, after }) =>
		`After ${silenceS} s in which only the first two routers saw packets, the server sees ${endpointText(after)} instead of ${endpointText(before)}; with packets that pass all routers nothing changes. A NAT beyond the first router forgot the mapping. ${TWO_IN_A_ROW}`,
	'hops-state-lost-farther': ({ silenceS }) =>
		`After ${silenceS} s in which only the first two routers saw packets, the server’s packets no longer come in; with packets that pass all routers they do. Something beyond the first router forgot: a NAT that gives the same port again, or a firewall. Which of them is not known.`,
	'hops-state-lost-by-first-routers': ({ silenceS }) =>
		`Packets that only the first two routers see keep a mapping alive for ${silenceS} s, and it ends without them: nothing farther away forgets within that time. A second NAT, at the second router or with a longer memory, cannot be ruled out.`,
	'hops-nothing-forgotten': ({ silenceS }) =>
		`No mapping ended within ${silenceS} s of silence, so who would forget it is not known; a longer silence would show it.`,
	'hops-another-way': ({ address }) =>
		`Packets to ${address}, the address that the server sees, leave this machine another way than those to the server (a VPN, a second line), so how far away it is was not measured.`,
	'hops-no-sign': ({ address, silenceAsked }) =>
		`No router refused packets to ${address} or sent them back, so how far away that address is cannot be measured${silenceAsked ? ', nor did the silence show it' : ' without a silence (--lifetime)'}. Errors that would name the routers on the way do not reach this program.`,

	'interface-without-answer': ({ name, address, server }) =>
		`${endpointText(server)} gave no answer to ${address} (${name}), and it answers another address of this machine: packets from ${address} do not reach it, or its answers do not come back.`,
	'interfaces-differ': ({ family, seen }) =>
		`Over ${FAMILY_WORDS[family]} the network does not treat the addresses of this machine alike: ${seen.map(seenFrom).join('; ')}. A call fares as the address that it is made from.`,

	'discovery-no-answer': ({ server }) =>
		`${endpointText(server)} gave no answer over UDP: it is down, it is not a STUN server, or UDP does not get through.`,
	'discovery-answer-from-elsewhere': ({ asked, from }) => `${endpointText(asked)} was asked, and ${endpointText(from)} answered.`,
	'discovery-no-other-address': ({ server }) =>
		`${endpointText(server)} announces no other address (OTHER-ADDRESS), so mapping and filtering cannot be determined with it alone.`,
	'discovery-other-address-is-not-another': ({ server, announced, differsBy }) =>
		`${endpointText(server)} announces ${endpointText(announced)} as its other address, which is ${NOT_ANOTHER[differsBy]}: it must differ in both address and port (RFC 5780 §7.4).`,
	'discovery-other-address-is-private': ({ server, announced }) =>
		`${endpointText(server)} announces ${endpointText(announced)} as its other address, which is not publicly routable.`,
	'discovery-other-address-is-silent': ({ server, announced }) =>
		`The other address ${endpointText(announced)} that ${endpointText(server)} announces did not answer.`,
	'discovery-change-refused': ({ server, errorCode }) => `${endpointText(server)} refuses CHANGE-REQUEST (error ${errorCode}).`,
	'discovery-change-not-done': ({ wanted, from }) =>
		`Asked by CHANGE-REQUEST to answer from ${endpointText(wanted)}, the server answered from ${endpointText(from)}.`,
	'discovery-mapped-address-falsified': ({ server, hidden, plain }) =>
		`An answer of ${endpointText(server)} names ${endpointText(plain)} as MAPPED-ADDRESS and ${endpointText(hidden)} as XOR-MAPPED-ADDRESS. Something on the path rewrites addresses that it finds in packets (an ALG of the router), or the server is at fault. Chromium believes MAPPED-ADDRESS and offers peers the wrong address; switch off the SIP or STUN helper of the router.`,
	'discovery-origin-differs': ({ from, origin }) =>
		`The answer came from ${endpointText(from)}, and its RESPONSE-ORIGIN is ${endpointText(origin)}: something on the path rewrites it, or the server does not know its own address.`
};

const TWO_IN_A_ROW = 'Where the first router translates too, as home routers do, two NATs are in a row.';

const PROTOCOLS = { 'nat-pmp': 'NAT-PMP', upnp: 'UPnP' };
const by = (protocols: readonly (keyof typeof PROTOCOLS)[]) => protocols.map((protocol) => PROTOCOLS[protocol]).join(', ');
const upnpWithout = (errorCode: number | null) =>
	`answers UPnP without an external address${errorCode === null ? '' : ` (error ${errorCode})`}`;
const UNREADABLE = {
	http: 'announces UPnP, and what it says there is no description or answer',
	'too-large': 'announces UPnP, and its description is too large to be read',
	timeout: 'announces UPnP, and does not answer questions there in time',
	'no-connection': 'speaks UPnP, and its description has no connection to the Internet'
};

const NOT_ANOTHER = {
	nothing: 'its own address and port',
	port: 'its own address at another port',
	address: 'another address at the same port'
};

function seenFrom({
	name,
	address,
	mappedAddress,
	mapping,
	filtering
}: DiscoveryValues['interfaces-differ']['seen'][number]): string {
	const known = [
		mapping === 'none' ? 'not translated' : mapping === 'unknown' ? '' : `mapping ${mapping}`,
		filtering === 'unknown' ? '' : `filtering ${filtering}`
	].filter((text) => text !== '');
	return `${address} (${name}) is seen as ${[mappedAddress, ...known].join(', ')}`;
}

function seenFromEach({ seen }: DiscoveryMappingValues['discovery-mapping-same']): string {
	return seen.map(({ at, mapped }) => `${endpointText(at)} sees ${mapped ? endpointText(mapped) : 'nothing'}`).join(', ');
}
