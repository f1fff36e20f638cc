/** What the addresses of a call's path say, in English. */
import type { SelectedPathValues } from '../../call/selected-path';
import type { MessagesOf } from '../messages';

export const SELECTED_PATH: MessagesOf<keyof SelectedPathValues> = {
	'media-through-one-relay-server': () =>
		'Both ends use a relay with the same address: media enter one server and leave it again.',
	'media-through-two-relays': () => 'Both ends use a relay: media cross two servers.',
	'media-through-relay': ({ end }) => `Media go through the relay of ${end === 'this' ? 'this' : 'the other'} end.`,
	'media-hairpinned': () => 'Both ends are behind the same public address: their NAT hairpins the packets.',
	'media-on-one-machine': () => 'Both ends are on this machine.',
	'media-in-one-network': () =>
		'Both ends have addresses of one /24 (IPv4) or /64 (IPv6): most likely one network, which media do not leave.',
	'media-without-nat': ({ addressesHidden }) =>
		addressesHidden
			? 'Both ends reach each other without a NAT between them, as within one network. The browser hides addresses here.'
			: 'Both ends reach each other without a NAT between them.',
	'media-from-peer-reflexive': () =>
		'A peer-reflexive candidate was learned from a connectivity check: its address had not been signalled yet, was hidden behind a .local name, or a NAT on the path mapped to another port.',
	'media-over-ipv6': () => 'The path is IPv6.'
};
