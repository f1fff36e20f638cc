/** The kinds of network that a peer may be in, in English: what people call them, and what they are. */
import type { PeerClassId } from '../../nat/peer-matrix';

export const PEER_CLASS_WORDS: Record<PeerClassId, { name: string; about: string }> = {
	open: {
		name: 'open',
		about: 'a public address that any address may send to: servers, some campus networks'
	},
	firewall: {
		name: 'firewall',
		about: 'a public address behind a firewall that lets in only answers'
	},
	'full-cone': {
		name: 'full cone',
		about: 'one public port for each socket, and any address may send to it: some carriers and game modes of routers'
	},
	'address-restricted': {
		name: 'address-restricted cone',
		about: 'one public port for each socket, open to every address written to before'
	},
	'port-restricted': {
		name: 'port-restricted cone',
		about: 'one public port for each socket, open to exactly those addresses and ports written to before: most homes'
	},
	'address-dependent': {
		name: 'address-dependent',
		about: 'another public port for each address written to'
	},
	symmetric: {
		name: 'symmetric',
		about: 'another public port for each address and port written to: many offices and mobile carriers'
	},
	'udp-blocked': {
		name: 'no UDP',
		about: 'UDP is blocked: strict offices'
	},
	'ipv6-only': {
		name: 'IPv6 only',
		about: 'IPv6 alone, behind a firewall that lets in only answers: some mobile carriers'
	}
};
