/** What is said about filtering, in English. */
import { count, duration } from '../../base/format';
import { list } from '../../base/list';
import type { FilteringTrouble, FilteringValues, PartnerTrouble } from '../../nat/filtering-values';
import { endpointText, type Endpoint } from '../../observations/candidates';
import type { MessagesOf } from '../messages';

export const NAT_FILTERING: MessagesOf<keyof FilteringValues> = {
	'filtering-methods-disagree': ({ relayUrls, byRelay, proberAt, byProber }) =>
		`By the relay of ${list(relayUrls)} the filter is ${byRelay}, by the prober at ${proberAt} it is ${byProber}: a second network, a VPN, or a firewall that treats the two servers differently.`,
	'filtering-lets-strangers-in': ({ relay, receivedAfterMs, received }) =>
		`${count(received, 'unsolicited probe')} from ${stranger(relay)}, ${received === 1 ? 'was' : 'were'} received within ${duration(receivedAfterMs)}: anybody may send to an open port.`,
	'filtering-goes-by-address': ({ relay, blockedForMs, receivedAfterMs }) =>
		`Unsolicited probes from ${stranger(relay)}, were blocked for ${duration(blockedForMs)}; once its address had been written to at another port, they were received within ${duration(receivedAfterMs)}: known addresses may send from any port.`,
	'filtering-goes-by-address-and-port': ({ relay, blockedForMs, controlMs }) =>
		`Unsolicited probes from ${relayText(relay)} were blocked for ${duration(blockedForMs)} although its address had been written to at another port; once it had been written to itself, they were received within ${duration(controlMs)}: only known addresses and ports may send.`,
	'filtering-prober-let-in': ({ from, partnerHost }) =>
		`${partnerHost === null ? 'The prober' : `The prober's partner ${partnerHost}`} sent from ${endpointText(from)}, which had never been written to, and was let in: anybody may send to an open port.`,
	'filtering-prober-by-address': (values) => `${strangerKeptOut(values)}: known addresses may send from any port.`,
	'filtering-prober-by-address-and-port': ({ proberAt, otherPort }) =>
		`The prober was let in from ${proberAt} alone and not from ${endpointText(otherPort)}: only known addresses and ports may send.`,
	'filtering-prober-partner-tells-nothing': ({ otherPort, partnerHost, trouble }) =>
		`The prober was let in from ${endpointText(otherPort)} after its address had been written to at another port; whether a stranger would be is not known, for ${partnerTrouble(trouble, partnerHost)}.`,
	'filtering-not-by-port': ({ letIn }) =>
		`${letIn ? endpointText(letIn) : 'A relay'} was let in after its address had been written to at another port; whether a stranger would be was not tested, for lack of a second server address.`,
	'filtering-contradicts-itself': ({ passed, blocked }) =>
		`Of ${count(passed + blocked, 'unsolicited probe')} ${passed} ${passed === 1 ? 'was' : 'were'} received and ${blocked} blocked, which fits no rule: a port may have been in use a moment before.`,
	'filtering-strangers-kept-out': ({ relay, blockedForMs }) =>
		`Unsolicited probes from ${stranger(relay)}, were blocked for ${duration(blockedForMs)}; whether a known address may send from any port was not found out.`,
	'filtering-inconclusive': ({ relayUrls, proberAt, troubles }) => {
		const asked = [...relayUrls, ...(proberAt === null ? [] : [`the prober at ${proberAt}`])];
		return `${list(asked)} was asked to send to this device, without a result: ${list(troubles.map((each) => TROUBLES[each])) || 'a single pass is not enough'}.`;
	},
	'filtering-not-measured': () =>
		'Not tested: who may send to this device unasked. Without it nobody can promise a direct call to peers whose own NAT depends on the destination, so a TURN server should be at hand.'
};

const TROUBLES: Record<FilteringTrouble, string> = {
	'no-mapped-address': 'no server told the public address of the socket',
	'no-relay': 'the server gave no relay in time',
	'other-family': 'the relay and the public address are of different address families',
	'not-opened': 'the socket did not write to the relay’s address in time',
	'control-failed': 'even the control did not get through, so the relay cannot reach this device at all',
	'prober-not-reached': 'no packet of this device reached the prober',
	'prober-too-few-packets': 'too few of the prober’s packets came through'
};

function relayText(relay: Endpoint | null): string {
	return relay ? endpointText(relay) : 'a relay';
}

function stranger(relay: Endpoint | null): string {
	return `${relayText(relay)}, whose address had not been written to`;
}

function strangerKeptOut({ otherPort, stranger }: FilteringValues['filtering-prober-by-address']): string {
	const letIn = `The prober was let in from ${endpointText(otherPort)}`;
	if (stranger.kind === 'prober') return `${letIn} and not from ${endpointText(stranger.from)}`;
	const { host, sent, writtenTo, thenLetIn } = stranger;
	const from = list(sent.map((each) => `${endpointText(each)} (${count(each.packets, 'packet')})`));
	return `${letIn}, and its partner ${host} was not, from ${from}; once ${endpointText(writtenTo)} had been written to, ${endpointText(thenLetIn)} was let in too`;
}

/** To stand after "for". */
function partnerTrouble(trouble: PartnerTrouble, host: string): string {
	switch (trouble.kind) {
		case 'unreachable':
			return `its partner ${host} gave no answer`;
		case 'refused':
			return `its partner ${host} refused the request, as if the secrets of the two servers differed`;
		case 'clock':
			return `its clock and that of its partner ${host} are more than a minute apart`;
		case 'no-family':
			return `its partner ${host} has no ${trouble.family === 'ipv6' ? 'IPv6' : 'IPv4'} address that the outside reaches`;
		case 'same-address':
			return `its partner ${host} has the same address as itself`;
		case 'busy':
			return `its partner ${host} has too much to do`;
		case 'not-heard':
			return `nothing of this device reached the ports of its partner ${host}`;
		case 'not-answered':
			return `packets of its partner ${host} do not arrive here, not even from an address that was written to`;
		case 'reached-from-another-address':
			return `this device reaches its partner ${host} from another address, ${trouble.address}`;
		case 'too-few-packets':
			return `too few packets of its partner ${host} came through`;
	}
}
