/** What other programs found out about a network, in English. */
import { duration } from '../../base/format';
import { list } from '../../base/list';
import type { NetworkCheckSource, PortMapper } from '../../nat/network-check';
import type { NetworkCheckValues } from '../../verdict/check/network-check-values';
import type { MessagesOf } from '../messages';
import { FILTERING_WORDS, HAIRPIN_WORDS, MAPPING_WORDS } from './vocabulary';

const NAMES: Record<NetworkCheckSource, string> = {
	netcheck: 'tailscale netcheck',
	'nat-check': 'the other program',
	'trickle-ice': 'the Trickle ICE page'
};

const PORT_MAPPERS: Record<PortMapper, string> = { upnp: 'UPnP', 'nat-pmp': 'NAT-PMP', pcp: 'PCP' };

export const NETWORK_CHECKS: MessagesOf<keyof NetworkCheckValues> = {
	'network-check-udp-works': ({ source, seenAs, ipv4, ipv6 }) => {
		const families = [...(ipv4 ? ['IPv4'] : []), ...(ipv6 ? ['IPv6'] : [])];
		const over = families.length > 0 ? ` over ${list(families)}` : '';
		const as = seenAs.length > 0 ? `, which saw the device as ${list(seenAs)}` : '';
		return `UDP works: servers answered ${NAMES[source]}${over}${as}.`;
	},
	'network-check-udp-silent': ({ source, control, pings }) =>
		control
			? `Nothing came back over UDP to ${NAMES[source]}, while ${pings ? 'a ping was' : 'other servers were'} answered. Either UDP (or these ports) is blocked on the path, or none of these servers answers over UDP.`
			: `Nothing came back over UDP to ${NAMES[source]}, and it shows nothing else that reached the outside: UDP may be blocked, or the device offline.`,
	'network-check-ipv6-silent': ({ source }) =>
		`The system has IPv6, and no server answered ${NAMES[source]} over it: IPv6 leads nowhere from here, or none of these servers answers over it.`,
	'network-check-nat': ({ source, mapping, filtering }) => {
		const mapped = MAPPING_WORDS[mapping];
		const filtered = FILTERING_WORDS[filtering];
		const known = [
			...(mapping === 'unknown' ? [] : [`Mapping: ${mapped.word.toLowerCase()}. ${mapped.gloss}`]),
			...(filtering === 'unknown' ? [] : [`Filtering: ${filtered.word.toLowerCase()}. ${filtered.gloss}`])
		].join(' ');
		const open = mapping !== 'unknown' && filtering === 'unknown' ? ' The filtering was not tested.' : '';
		return `${known}${open} As far as ${NAMES[source]} found.`;
	},
	'network-check-needs-turn': ({ because }, say) => say(because),
	'network-check-hairpin': ({ hairpin }) =>
		`Hairpin: ${HAIRPIN_WORDS[hairpin].word.toLowerCase()}. ${HAIRPIN_WORDS[hairpin].gloss}`,
	'network-check-port-mapping': ({ found, absent }) => {
		const named = (mappers: readonly PortMapper[]) => list(mappers.map((each) => PORT_MAPPERS[each]));
		const none = absent.length > 0 ? `no router answered by ${named(absent)}` : '';
		return found.length > 0
			? `A router maps ports when asked by ${named(found)}${none ? `; ${none}` : ''}.`
			: `No router that maps ports was found: none answered by ${named(absent)}.`;
	},
	'network-check-captive-portal': ({ source }) =>
		`${NAMES[source]} found signs of a captive portal, the login page of a network: log in there and check again.`,
	'network-check-nearest': ({ source, region, latencyMs }) =>
		`The region that ${NAMES[source]} prefers (${region}) answered in ${duration(latencyMs)}.`
};
