/** Findings about ICE in English. */
import { count } from '../../base/format';
import type { Scope } from '../../base/ip';
import type { IceValues } from '../../sdp/lint/values/ice-values';
import type { SdpMessagesOf } from '../sdp-language';
import { faultSentence } from './sdp-faults';
import { sectionName } from './sdp-sections';

export const SDP_ICE: SdpMessagesOf<keyof IceValues> = {
	'ice-credentials-missing': {
		title: 'ICE user fragment or password missing',
		advice:
			'Have the other side speak ICE: browsers refuse a section without a=ice-ufrag and a=ice-pwd. In a bundle the tagged section alone needs them.',
		sentence: ({ section, attributes, inFirstOffer }) => {
			const what = `The ${sectionName(section)} has no ${attributes.map((name) => `a=${name}`).join(' and no ')}`;
			return inFirstOffer
				? `${what}: in a first offer Chromium and Firefox refuse that, and only later ones may leave it to the tagged section of the bundle.`
				: `${what}.`;
		}
	},
	'ice-credentials-length': {
		title: 'ICE user fragment or password too short or too long',
		advice: 'Use 4 to 256 characters for the user fragment and 22 to 256 for the password, from a random generator.',
		sentence: ({ attribute, characters, least }) =>
			`a=${attribute} has ${count(characters, 'character')}; ${least} to 256 are allowed.`
	},
	'ice-credentials-characters': {
		title: 'Illegal characters in an ICE user fragment or password',
		advice: 'Use letters, digits, + and / only; base64url characters and redacted values are refused.',
		sentence: ({ attribute, character }) => `a=${attribute} contains "${character}"; only letters, digits, + and / are allowed.`
	},
	'bundled-ice-differs': {
		title: 'Bundled sections with different ICE credentials',
		advice: 'Write one set of ICE attributes for the whole bundle; all its sections use the transport of the first.',
		sentence: ({ ufrag, tagged, taggedUfrag }) =>
			`a=ice-ufrag is "${ufrag}" here and "${taggedUfrag}" in the ${sectionName(tagged)}, and both are in one bundle.`
	},
	'ice-options': {
		title: 'ice2 not announced',
		advice: 'Nothing needs to be done: no browser announces ice2, and all of them work without it.',
		sentence: ({ options }) => `a=ice-options says "${options}" and not ice2.`
	},
	'ice-lite-both': {
		title: 'ice-lite on both sides',
		advice:
			'Let one of the two be a full agent: two lite agents send no checks, so nothing opens a NAT and no broken path is noticed.',
		sentence: () => 'Both the offer and the answer say a=ice-lite.'
	},
	'ice-credentials-echoed': {
		title: 'The answer has the ICE credentials of the offer',
		advice: 'Look whether signalling sends a description back to its sender; each side makes its own credentials.',
		sentence: ({ ufrag, section }) =>
			`The user fragment "${ufrag}" and the password of the ${sectionName(section)} are those of the offer.`
	},
	'ice-restart-incomplete': {
		title: 'Half an ICE restart',
		advice: 'Change the user fragment and the password together, or neither; let the browser do it with restartIce().',
		sentence: ({ section, changed }) =>
			`In the ${sectionName(section)} only the ${changed === 'ice-pwd' ? 'password' : 'user fragment'} changed since the last round.`
	},
	'ice-restart-one-sided': {
		title: 'Only one side restarted ICE',
		advice:
			'Answer a restart with new credentials and an ordinary offer with the old ones; new credentials in an answer mean that the other side made a new connection.',
		sentence: ({ by }) =>
			by === 'answer'
				? 'The answer has new ICE credentials although the offer did not restart ICE.'
				: 'The offer restarts ICE, and the answer keeps its old credentials.'
	},
	'candidate-line': {
		title: 'A candidate that cannot be read',
		advice:
			'Write candidate:<foundation> <component> <udp or tcp> <priority> <address> <port> typ <type>, as the browser gave it.',
		sentence: faultSentence
	},
	'candidate-tcp-type': {
		title: 'A TCP candidate without tcptype',
		advice: 'Add tcptype active, passive or so to the candidate; without it the candidate is dropped.',
		sentence: (candidate) => `The TCP candidate ${endpoint(candidate)} does not say tcptype.`
	},
	'candidate-related-address': {
		title: 'A reflexive or relay candidate without raddr and rport',
		advice: 'Write raddr 0.0.0.0 rport 9 where the real ones are to stay private, rather than leaving them out.',
		sentence: ({ type, missing, ...candidate }) => `The ${type} candidate ${endpoint(candidate)} has no ${missing}.`
	},
	'candidate-type': {
		title: 'Unknown candidate type',
		advice: 'Use host, srflx, prflx or relay.',
		sentence: ({ type }) => `There is no candidate type "${type}".`
	},
	'default-address': {
		title: 'The default address is none of the candidates',
		advice:
			'Look for a gateway or router that rewrites c= and m= (a SIP helper); the peer answers a=ice-mismatch and does without ICE.',
		sentence: ({ address, port, section, candidates }) =>
			`The default address ${address} port ${port} of the ${sectionName(section)} is not ${candidates === 1 ? 'that of its only candidate' : `among its ${candidates} candidates`}.`
	},
	'ice-lite-candidates': {
		title: 'An ice-lite agent with reflexive or relay candidates',
		advice: 'Offer host candidates only, or drop a=ice-lite: a lite agent is reachable at its own addresses.',
		sentence: ({ type, ...candidate }) => `a=ice-lite is set, and ${endpoint(candidate)} is a ${type} candidate.`
	},
	'candidates-missing': {
		title: 'No candidates, and none announced',
		advice: 'Wait until gathering is complete before sending, or announce a=ice-options:trickle and send the candidates later.',
		sentence: ({ section, ended }) =>
			ended
				? `The ${sectionName(section)} says a=end-of-candidates and has no candidate.`
				: `The ${sectionName(section)} has no candidate and does not announce trickle ICE; nothing can connect unless candidates still come.`
	},
	'hidden-addresses-only': {
		title: 'Only mDNS names as host candidates',
		advice:
			'Nothing is wrong. A peer in the same network must be able to resolve .local names; otherwise a STUN or TURN server, or the camera permission, gives usable addresses.',
		sentence: ({ hosts }) =>
			hosts === 1
				? 'The only host candidate hides its address behind an mDNS name.'
				: `All ${hosts} host candidates hide their address behind an mDNS name.`
	},
	'candidate-unreachable-address': {
		title: 'A candidate address nobody else can reach',
		advice:
			'Leave loopback, link-local and unspecified addresses out of the candidates; on one machine they may work all the same.',
		sentence: ({ address, scope }) => `The candidate address ${address} is ${scopeWords(scope)}.`
	},
	'private-addresses-only': {
		title: 'Only private addresses',
		advice:
			'Configure a STUN and a TURN server, or look why they did not answer: a peer in another network cannot reach these addresses.',
		sentence: ({ section, candidates, complete }) =>
			`${candidates === 1 ? 'The only candidate' : `All ${candidates} candidates`} of the ${sectionName(section)} ${candidates === 1 ? 'is a private host address' : 'are private host addresses'}${complete ? '' : ' so far'}.`
	},
	'relay-private-address': {
		title: 'A relay candidate with a private address',
		advice:
			'Tell the TURN server its public address (in coturn: external-ip): peers outside its network cannot send to this one.',
		sentence: ({ address, scope }) => `The relay candidate has the address ${address}, which is ${scopeWords(scope)}.`
	},
	'candidates-out-of-place': {
		title: 'Candidates in a rejected or bundle-only section',
		advice: 'Leave candidates out of sections with port 0; they have no transport.',
		sentence: ({ section, rejected, candidates }) =>
			`The ${sectionName(section)} is ${rejected ? 'rejected' : 'bundle-only'} and has ${count(candidates, 'candidate')}.`
	},
	'candidate-user-fragment': {
		title: 'A candidate of another ICE generation',
		advice: 'Drop candidates gathered before the restart; their user fragment no longer exists.',
		sentence: ({ ufrag, sectionUfrag }) => `The candidate says ufrag ${ufrag}, its section ${sectionUfrag}.`
	},
	'rtcp-candidates-unneeded': {
		title: 'Candidates for RTCP although rtcp-mux was accepted',
		advice: 'Leave candidates of component 2 out of the answer; RTCP travels with RTP.',
		sentence: ({ section }) =>
			`rtcp-mux is accepted in the ${sectionName(section)}, so this candidate for component 2 is not used.`
	},
	'address-family-mismatch': {
		title: 'No address family in common',
		advice: 'Offer candidates of both families, or a TURN server that is reachable by both.',
		sentence: ({ offered, answered }) =>
			`The answer has only ${families(answered)} candidates, the offer only ${families(offered)}.`
	}
};

function endpoint({ address, port }: { address: string; port: number | null }): string {
	return port === null ? address : `${address} port ${port}`;
}

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function families(found: readonly (keyof typeof FAMILIES)[]): string {
	return found.map((family) => FAMILIES[family]).join(' and ');
}

const SCOPES: Partial<Record<Scope, string>> = {
	loopback: 'this machine itself (loopback)',
	'link-local': 'link-local',
	unspecified: 'no address at all',
	private: 'private',
	'carrier-grade': 'inside a carrier network'
};

function scopeWords(scope: Scope): string {
	return SCOPES[scope] ?? scope;
}
