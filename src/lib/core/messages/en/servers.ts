/** Rows of the servers table in English. */
import { formatEndpoint } from '../../base/ip';
import { count, duration } from '../../base/format';
import { list } from '../../base/list';
import { iceUrl } from '../../observations/candidates';
import type { ServerCauseId, ServerValues } from '../../verdict/check/server-values';
import type { MessagesOf } from '../messages';
import { GATHERED } from './candidate-limits';
import { MISSING_LOGIN } from './server-lists';

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const SERVERS: MessagesOf<keyof ServerValues | ServerCauseId> = {
	'server-login-missing': ({ missing }) =>
		`Not asked: ${MISSING_LOGIN[missing]} missing, and browsers do not contact a TURN server without both.`,
	'server-not-asked': ({ reason }, say) =>
		reason.kind === 'skipped' ? `Not tested: ${say(reason.probeSaid)}` : `Not tested: ${NOT_ASKED[reason.kind]}.`,
	'server-refused-by-browser': ({ browserSaid }) => `The browser does not accept this entry: ${ended(browserSaid)}`,
	'server-test-failed': ({ because }, say) => `The test of this server failed: ${ended(say(because))}`,
	'stun-answers': ({ afterMs, sees }) =>
		sees.kind === 'mapped-address'
			? `Answered in ${duration(afterMs)} and sees this device as ${formatEndpoint(sees.address, sees.port)}.`
			: `Answered within ${duration(afterMs)} and sees this device under its own address.`,
	'stun-sees-address-not-public': (v) =>
		`Answered in ${duration(v.afterMs)} and sees this device as ${formatEndpoint(v.address, v.port)}, which is not publicly routable. Either the server shares a network with this device or its NAT (at home, of a company, VPN or carrier), or a NAT in front of the server (docker, libvirt, Kubernetes, a load balancer) replaces source addresses. Peers outside cannot send to that address.`,
	'relay-address-not-outside': ({ relayAddresses }) =>
		`The relay address is ${list(relayAddresses)}, which is not publicly routable.`,
	'relay-carries': (v) => `Relay ${relay(v)} carried ${bytes(v)} to ${farEnd(v)} and back${roundTrip(v)}.`,
	'relay-carries-between-relays': (v) =>
		`Relay ${relay(v)} carried ${bytes(v)} to a second relay of the same server and back${roundTrip(v)}. Shown only between two relays, not with this page's own socket.`,
	'relay-carries-only-to-itself': ({ relayAddresses }) =>
		`Relay ${list(relayAddresses)} carried data only to a second relay of the same server: data between it and this page's own socket did not get through.`,
	'relay-second-allocation-refused': ({ relayAddresses, code }) =>
		`Relay ${list(relayAddresses)} was allocated; the second allocation, which the test needs, was refused with error ${code}: ${code === 508 ? 'a capacity limit of the server was reached, such as no relay port left' : 'the quota of this user, or of the server, was reached'}. Whether the relay carries data is not known.`,
	'relay-second-allocation-unanswered': ({ relayAddresses }) =>
		`Relay ${list(relayAddresses)} was allocated; the second allocation, which the test needs, did not come. Whether it carries data is not known.`,
	'relay-carries-nothing': ({ relayAddresses, runs }) =>
		`Relay ${list(relayAddresses)} was allocated, but carried no data (${list(runs.map(run))}).`,
	'relay-not-tried-from-outside': ({ relayAddresses, why }) =>
		`Relay ${list(relayAddresses)} was allocated, and nothing that this page sent came through it. Whether it carries data for others is not known: ${
			why === 'address-not-public'
				? 'its address is not publicly routable, and this network may have no way to it'
				: 'a relay lets in only addresses that it was told, and the packets of this page may have come from another'
		}.`,
	'relay-not-proven': ({ relayAddresses, afterMs }) =>
		`A relay (${list(relayAddresses)}) was allocated in ${duration(afterMs)}; whether it carries data is not known yet.`,
	'server-of-family-not-here': ({ serverFamily }) =>
		`Not tried: the URL holds an ${FAMILIES[serverFamily]} address, and this device showed only ${FAMILIES[serverFamily === 'ipv6' ? 'ipv4' : 'ipv6']}.`,
	'server-silence-not-heard': ({ pausedMs, ofMs }) =>
		`Not known: for ${duration(pausedMs)} of the ${duration(ofMs)} in which an answer was waited for, this page was hidden or stalled.`,
	'server-local-network-not-allowed': ({ permission }) =>
		`Not known: this page has no permission for the local network (local-network: ${permission}). Either the browser sent nothing to this server, or the server saw this device under its own address.`,
	'server-perhaps-not-asked': ({ gathered, inAnyTest }) =>
		`Not known: this browser gathered ${GATHERED[gathered]} in ${inAnyTest ? 'any test' : 'the test of this server'}, so it may have sent nothing to it.`,
	'server-error-explained': ({ explanation }, say) => say(explanation),

	'entry-makes-browser-refuse-list': () => 'The browser refuses this entry, and in a page the whole list with it.',
	'relay-proof-needs-two': () => 'The test takes two relays at a time, as a call between two people with the same user name may.',
	'relay-address-is-the-inner-one': () => 'The server does not know its public address, and hands out an internal one.',
	'relay-not-reached-from-outside': () =>
		'Allocation works, but data between this page and the relay address did not get through. Possible causes: the address does not lead to the server (external-ip in coturn), its relay ports are closed to the outside, this network lets out UDP to some ports only, or the relay sees this page under another address than STUN servers do (rewritten responses, several public addresses).',
	'relay-lets-nothing-through': () => 'Allocation works, but nothing came through the relay: calls over it would fail.'
};

const NOT_ASKED = {
	stopped: 'the check was stopped before it ended',
	'no-webrtc': 'this browser has no WebRTC, or it is switched off'
};

type Carried = ServerValues['relay-carries-between-relays'];

/** With a full stop. */
function ended(said: string): string {
	return /[.!?]$/.test(said) ? said : `${said}.`;
}

function relay({ relayAddress, relayPort }: Carried): string {
	return relayAddress === null ? 'allocated' : formatEndpoint(relayAddress, relayPort);
}

function bytes({ bytes }: Carried): string {
	return count(bytes, 'byte');
}

function roundTrip({ rttMs }: Carried): string {
	// Firefox rounds its clock to milliseconds.
	return rttMs === null ? '' : `, ${rttMs === 0 ? 'under 1 ms' : duration(rttMs)} round trip`;
}

function farEnd({ farEnd }: ServerValues['relay-carries']): string {
	return farEnd.kind === 'page' ? "this page's own socket" : `a relay of ${farEnd.url ?? 'another server'}`;
}

const TOWARD = { direct: 'to this page', self: 'to a second relay', cross: 'to another relay' };
const RUN_STATES = {
	carried: 'carried data',
	'not-connected': 'no connection',
	'connected-without-data': 'connected without data',
	'not-allocated': 'no second allocation'
};

function run({ toward, peerUrl, state }: ServerValues['relay-carries-nothing']['runs'][number]): string {
	return `${TOWARD[toward]}${peerUrl && iceUrl(peerUrl) ? ` ${peerUrl}` : ''}: ${RUN_STATES[state]}`;
}
