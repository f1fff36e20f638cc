/** What is said about filtering, in English. */
import { count, duration } from '../../base/format';
import { list } from '../../base/list';
import type { FilteringTrouble, FilteringValues, PartnerTrouble } from '../../nat/filtering-values';
import { endpointText, type Endpoint } from '../../observations/candidates';
import type { MessagesOf } from '../messages';

export const NAT_FILTERING: MessagesOf<keyof FilteringValues> = {
	'filtering-methods-disagree': ({ relayUrls, byRelay, proberAt, byProber }) =>
		`Probes from the relay of ${list(relayUrls)} show ${byRelay} filtering, those of the Icelens server at ${proberAt} show ${byProber}. A second network, a VPN, or a firewall that treats the two servers differently may be why.`,
	'filtering-lets-strangers-in': ({ relay, receivedAfterMs, received }) =>
		`${count(received, 'unsolicited probe')} from ${stranger(relay)}, ${received === 1 ? 'was' : 'were'} received within ${duration(receivedAfterMs)}: any address may send to a mapped port.`,
	'filtering-goes-by-address': ({ relay, blockedForMs, receivedAfterMs }) =>
		`Unsolicited probes from ${stranger(relay)}, were blocked for ${duration(blockedForMs)}; once its address had been contacted at another port, they were received within ${duration(receivedAfterMs)}: an address contacted before may send from any port.`,
	'filtering-goes-by-address-and-port': ({ relay, blockedForMs, controlMs }) =>
		`Unsolicited probes from ${relayText(relay)} were blocked for ${duration(blockedForMs)} although its address had been contacted at another port; once that port had been contacted too, they were received within ${duration(controlMs)}: only addresses and ports contacted before may send.`,
	'filtering-prober-let-in': ({ from, partnerHost }) =>
		`${partnerHost === null ? 'The Icelens server' : `The second Icelens server ${partnerHost}`} sent from ${endpointText(from)}, which had never been contacted, and its packets were received: any address may send to a mapped port.`,
	'filtering-prober-by-address': (values) => `${strangerKeptOut(values)}: an address contacted before may send from any port.`,
	'filtering-prober-by-address-and-port': ({ proberAt, otherPort }) =>
		`Packets of the Icelens server were received from ${proberAt} only, not from ${endpointText(otherPort)}: only addresses and ports contacted before may send.`,
	'filtering-prober-partner-tells-nothing': ({ otherPort, partnerHost, trouble }) =>
		`Packets of the Icelens server were received from ${endpointText(otherPort)} after its address had been contacted at another port; whether an address never contacted may send is not known, since ${partnerTrouble(trouble, partnerHost)}.`,
	'filtering-not-by-port': ({ letIn }) =>
		`Packets from ${letIn ? endpointText(letIn) : 'a relay'} were received after its address had been contacted at another port; whether an address never contacted may send was not tested, for lack of a second server address.`,
	'filtering-contradicts-itself': ({ passed, blocked }) =>
		`Of ${count(passed + blocked, 'unsolicited probe')} ${passed} ${passed === 1 ? 'was' : 'were'} received and ${blocked} blocked, so there is no conclusion: a probe may have been lost, or the port may have been in use a moment before.`,
	'filtering-strangers-kept-out': ({ relay, blockedForMs }) =>
		`Unsolicited probes from ${stranger(relay)}, were blocked for ${duration(blockedForMs)}; whether an address contacted before may send from any port is not known.`,
	'filtering-inconclusive': ({ relayUrls, proberAt, troubles }) => {
		const asked = [...relayUrls, ...(proberAt === null ? [] : [`the Icelens server at ${proberAt}`])];
		return `${list(asked)} ${asked.length > 1 ? 'were' : 'was'} asked to send to this device, without a conclusive result: ${list(troubles.map((each) => TROUBLES[each])) || 'one received probe is not enough'}.`;
	},
	'filtering-not-measured': () =>
		'Not tested: whether unsolicited packets reach this device. Without that, direct calls to peers behind a NAT whose mapping depends on the destination cannot be predicted, so a TURN server should be available.'
};

const TROUBLES: Record<FilteringTrouble, string> = {
	'no-mapped-address': 'no server reported the public address of the socket',
	'no-relay': 'the server allocated no relay in time',
	'other-family': 'the relay and the public address are of different address families',
	'not-opened': 'the socket did not send to the relay’s address in time',
	'control-failed': 'even the control probe was lost, so the relay does not reach this device at all',
	'not-listened': 'this page was hidden or stalled, so that what was let in may not have been told',
	'prober-not-reached': 'no packet of this device reached the Icelens server',
	'prober-too-few-packets': 'too few packets of the Icelens server were received'
};

function relayText(relay: Endpoint | null): string {
	return relay ? endpointText(relay) : 'a relay';
}

function stranger(relay: Endpoint | null): string {
	return `${relayText(relay)}, whose address had not been contacted`;
}

function strangerKeptOut({ otherPort, stranger }: FilteringValues['filtering-prober-by-address']): string {
	const received = `Packets of the Icelens server were received from ${endpointText(otherPort)}`;
	if (stranger.kind === 'prober') return `${received}, not from ${endpointText(stranger.from)}`;
	const { host, sent, writtenTo, thenLetIn } = stranger;
	const from = list(sent.map((each) => `${endpointText(each)} (${count(each.packets, 'packet')})`));
	return `${received}, those of the second Icelens server ${host} from ${from} were not; once ${endpointText(writtenTo)} had been contacted, packets from ${endpointText(thenLetIn)} were received too`;
}

/** To stand after "since". */
function partnerTrouble(trouble: PartnerTrouble, host: string): string {
	switch (trouble.kind) {
		case 'unreachable':
			return `the second Icelens server ${host} gave no answer`;
		case 'refused':
			return `the second Icelens server ${host} refused the request, as if the secrets of the two servers differed`;
		case 'clock':
			return `the clocks of this Icelens server and of the second one, ${host}, are more than a minute apart`;
		case 'no-family':
			return `the second Icelens server ${host} has no ${trouble.family === 'ipv6' ? 'IPv6' : 'IPv4'} address that the outside reaches`;
		case 'same-address':
			return `the second Icelens server ${host} has the same address as the first`;
		case 'busy':
			return `the second Icelens server ${host} is overloaded`;
		case 'not-heard':
			return `no packet of this device reached the ports of the second Icelens server ${host}`;
		case 'not-answered':
			return `packets of the second Icelens server ${host} do not arrive here, not even from an address that was contacted`;
		case 'reached-from-another-address':
			return `this device reaches the second Icelens server ${host} from another address, ${trouble.address}`;
		case 'too-few-packets':
			return `too few packets of the second Icelens server ${host} came through`;
	}
}
