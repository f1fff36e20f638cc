/** Findings in English. */
import { count, duration } from '../../base/format';
import { list } from '../../base/list';
import type { PairFindingValues } from '../../verdict/pair/pair-values';
import type { CallFindingValues } from '../../verdict/call/call-finding-values';
import type { FindingValues, Nat64Sign, PortalSign, ServerFault } from '../../verdict/check/finding-values';
import type { PathSource } from '../../nat/path-sources';
import type { RuleId } from '../../verdict/rule-values';
import type { MessagesOf, Say } from '../messages';
import { GATHERED, limitedBy } from './candidate-limits';
import { answered } from './control';
import { addressOf, withoutOther } from './errors';
import { ALLOW_WEBRTC, NO_WEBRTC } from './vocabulary';

const LEFT_OUT: Record<FindingValues['browser-leaves-candidates-out']['gathered'], string> = {
	nothing: 'No call from it would connect, whatever the network is like.',
	'only-relays': 'Calls from it go through TURN, whatever the network is like.',
	'no-host': 'Devices of the same network are offered none of its own addresses.'
};

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const FINDINGS: MessagesOf<Exclude<RuleId & keyof FindingValues, keyof PairFindingValues | keyof CallFindingValues>> = {
	'nothing-outside-answers': ({ serverUrls }) =>
		`None of ${count(serverUrls, 'server URL')} was seen to answer, over any transport: this device may be offline, a firewall may block all outgoing traffic, or all of these servers may be down or misspelt.`,
	'udp-blocked': ({ silentServers, control }) =>
		`Nothing came back over UDP from outside: ${count(silentServers, 'server')} ${silentServers === 1 ? 'was' : 'were'} silent, while ${answered(control)}. Either UDP (or these ports) is blocked on the path, or none of these servers answers over UDP. Calls then go through TURN over TCP or TLS, or not at all.`,
	'server-name-not-found': ({ host, urls, told, onlyIn, nextStep }, say) => {
		const failed = `${list(urls)} ${urls.length === 1 ? 'was' : 'were'} not reached`;
		const why = told
			? `no ${addressOf({ onlyIn })} was found for the name ${host}${withoutOther({ onlyIn })}`
			: `over UDP it failed too fast for an unanswered request, so the name ${host} has no address, or there is no route to it`;
		return [`${failed}: ${why}.`, ...(nextStep ? [say(nextStep)] : [])].join(' ');
	},
	'server-unauthorized': fault,
	'server-quota-reached': fault,
	'server-misconfigured': fault,
	'relay-carries-no-data': fault,
	'server-tls-failed': fault,
	'server-silent': fault,
	'server-unreachable': fault,
	'silent-server-delays': ({ urls, chromiumMs, minutesWhereDropped, firefoxMs }) => {
		const chromium = `${duration(chromiumMs)}${minutesWhereDropped ? ' (minutes where connection attempts are dropped on the way)' : ''}`;
		return `An application that waits for gathering to end waits for ${list(urls)}: Chromium ${chromium}, Firefox ${duration(firefoxMs)}. Remove or repair ${urls.length === 1 ? 'it' : 'them'}.`;
	},
	'relay-only-over-tcp': ({ transports, failedUrls }) =>
		`TURN works only over ${list(transports.map((transport) => transport.toUpperCase()))}; over UDP ${list(failedUrls)} failed. Calls through TCP stall when packets are lost.`,
	'relay-sees-other-address': ({ url, address, toldAddresses }) =>
		`${url} received this device's packets from ${address}, while STUN servers reported ${list(toldAddresses)}: this network has several egress paths, or something on the path rewrites STUN responses.`,
	'several-public-addresses': ({ addresses }) =>
		`Servers see this device under ${count(addresses.length, 'different address', 'different addresses')} (${list(addresses)}): several networks, a VPN for part of the traffic, or a pool of addresses.`,
	'interfaces-seen-apart': ({ interfaces }) => {
		const each = interfaces.map(({ address, seenAs, mapping }) => {
			const known = mapping === 'unknown' ? 'mapping not known' : mapping === 'none' ? 'no NAT' : `${mapping} mapping`;
			return `from ${address} as ${list(seenAs)} (${known})`;
		});
		return `Servers answered on ${interfaces.length} addresses of this device, and see it ${list(each)}. ICE tries all of them, so a call may leave by any.`;
	},
	'ipv6-broken': () =>
		'Servers that were asked over IPv6 did not answer, while others answer over IPv4: where IPv6 leads nowhere, calls lose time trying it.',
	'webrtc-missing': () => `${NO_WEBRTC} ${ALLOW_WEBRTC}`,
	'captive-portal-signs': ({ url, sign }) =>
		`Signs of a captive portal, the login page of a network: ${url} of this app, which answers with JSON, was answered ${portalAnswer(sign)}. Open any page over http:, log in where it leads, and check again. If no login page comes, a proxy before this app may answer in its place.`,
	'app-not-reached': ({ because }, say) => `The server of this page did not answer over the web: ${say(because)}`,
	'no-server-listed': () =>
		'The list has no server, so only addresses of this device were gathered. Calls beyond its own network usually need STUN, and some need TURN.',
	'only-local-servers': ({ urls }) =>
		`${list(urls)}: on this machine or its own network, so they show nothing about the path to the outside.`,
	'mapping-depends-on-destination': () =>
		'The NAT uses different mappings for different destinations, as many company and mobile networks do, so some calls may need TURN.',
	'carrier-grade-nat-signs': ({ layers }, say) => say(layers),
	'local-network-not-allowed': ({ urls, permission }) =>
		`This page has no permission for devices on the local network (local-network: ${permission}), and a browser that enforces it sends them nothing: ${list(urls)} may not have been asked. Allow it for this site in the browser’s settings, then check again.`,
	'browser-leaves-candidates-out': ({ gathered, engine, waitedMs }) =>
		`This browser gathered ${GATHERED[gathered]} in ${duration(waitedMs)}. ${LEFT_OUT[gathered]} What does this: ${limitedBy(engine, gathered)}.`,
	'host-addresses-hidden': () =>
		"The browser hides this device's own addresses, as it does for pages without camera or microphone permission.",

	'stun-answers-rewritten-signs': ({ toldAddress, seenAddress, seenBy, seenByWeb }) =>
		`Signs that something on the path rewrites STUN responses, or that this network has several public addresses: all of them report ${toldAddress}, while ${source(seenBy)} received this device's packets from ${seenAddress}${seenByWeb ? ', as the app did over the web' : ''}. Where they are rewritten, peers are given an address that leads nowhere; look for a SIP or STUN helper (ALG) in the router.`,
	'web-and-udp-leave-apart': ({ webAddress, toldAddresses }) =>
		`Signs of a VPN for part of the traffic, a split tunnel or a web proxy: the app saw this device as ${webAddress}, STUN servers saw ${list(toldAddresses)}. Calls take the path that STUN servers see.`,
	'udp-port-blocked-signs': ({ port, silentUrls, openPorts }) =>
		`Signs that UDP to port ${port} is blocked: ${list(silentUrls)} did not answer there, while UDP gets out to ${openPorts.length === 1 ? 'port' : 'ports'} ${list(openPorts.map(String))}. If nothing listens at that port, it looks the same. Offer STUN and TURN ${openPorts.includes(443) ? 'at UDP port 443, which gets out here' : 'at another UDP port too, such as 443'}.`,
	'udp-tested-on-one-port': ({ port }) =>
		`All servers asked over UDP are at port ${port}: other UDP ports may be open. To find out, add a STUN server at port 443 or 19302.`,
	'only-tcp-443-open-signs': ({ openUrls, silentUrls }) =>
		`Signs that only TCP port 443 is open: ${list(openUrls)} answered, ${list(silentUrls)} did not, and nothing came back over UDP. Offer TURN over TLS at port 443.`,
	'nat64-signs': ({ sign }) => `Signs of NAT64: ${nat64(sign)}.`,
	'no-nat-seen': ({ family, filtering }) =>
		filtering === 'endpoint-independent'
			? `${FAMILIES[family]}: no NAT, and packets from an address never contacted were received: no filtering was seen.`
			: `${FAMILIES[family]}: no NAT, but a firewall seems to let in only ${filtering === 'address-dependent' ? 'addresses' : 'addresses and ports'} that this device has contacted.`
};

function fault({ state, nextStep }: ServerFault, say: Say): string {
	return [say(state), ...(nextStep ? [say(nextStep)] : [])].join(' ');
}

function portalAnswer(sign: PortalSign): string {
	switch (sign.kind) {
		case 'redirect':
			return 'with a redirect';
		case 'login-required':
			return 'with status 511 (network authentication required)';
		case 'page':
			return `with a web page (status ${sign.status})`;
	}
}

function source(by: PathSource): string {
	return by.kind === 'relay' ? `the relay of ${by.url}` : `the Icelens server at ${by.at}`;
}

function nat64(sign: Nat64Sign): string {
	switch (sign.kind) {
		case 'prefix':
			return `${sign.address} lies in ${sign.prefix} (${sign.cite}), which stands for IPv4 addresses`;
		case 'translator-address':
			return `this device has ${sign.address}, which a translator inside the device (464XLAT, RFC 7335) gives itself`;
		case 'crossed-families':
			return `an IPv6 socket of this device is seen outside as ${sign.address}, an IPv4 address`;
	}
}
