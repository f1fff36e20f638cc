/**
 * The words for what a report concludes, the same on the screens and in exports. Sentences with measured values come from
 * the rules; these are the names of the values, with a gloss for people who do not know them.
 */
import { duration } from '../../base/format';
import type { Family } from '../../base/ip';
import type { Filtering, Hairpin, Layers, Mapping, PortPattern } from '../../nat/conclusion';
import type { Judgement } from '../../call/quality';
import type { Outcome } from '../../call/outcome';
import type { CallFigure, NatField, PathOutcome } from '../../verdict/comparison-values';
import type { Question, QuestionAnswers, ServerState, Verdict } from '../../verdict/conclusion';
import type { PairReason, PairStepId } from '../../verdict/pair/pair-conclusion';

/** As a person asks, and what is said in a word or two. */
export const ANSWER_WORDS: { [Q in Question]: { question: string; says: Record<QuestionAnswers[Q], string> } } = {
	'calls-will-work': {
		question: 'Will calls work?',
		says: { yes: 'Yes', 'with-turn': 'Yes, with TURN', no: 'No', unknown: 'Not known' }
	},
	'needs-turn': {
		question: 'Does this network need TURN?',
		says: {
			never: 'Hardly ever',
			'for-some-peers': 'For some peers',
			always: 'For all, while nothing comes over UDP',
			unknown: 'Not known'
		}
	},
	'turn-works': {
		question: 'Do the TURN servers work?',
		says: { yes: 'Yes', partly: 'Partly', no: 'No', 'no-turn-configured': 'None listed', unknown: 'Not known' }
	},
	'udp-usable': { question: 'Can this network use UDP?', says: { yes: 'Yes', no: 'Apparently not', unknown: 'Not known' } },
	'ipv6-usable': { question: 'Can this network use IPv6?', says: { yes: 'Yes', no: 'Apparently not', unknown: 'Not known' } },
	'call-quality': {
		question: 'How good will a call be?',
		says: { good: 'Good', fair: 'Fair', poor: 'Poor', unknown: 'Not measured' }
	}
};

/** How good a quantity of a call was, or all of them. */
export const JUDGEMENT_WORDS: Record<Judgement, string> = { good: 'Good', fair: 'Fair', poor: 'Poor', unknown: 'Not known' };

/** What became of a recorded connection. */
export const CALL_OUTCOME_WORDS: Record<Outcome, string> = {
	connected: 'connected',
	closed: 'connected, then closed',
	lost: 'connected, then lost',
	failed: 'failed',
	'never-connected': 'never connected',
	unknown: 'no record of its state'
};

export const NO_WEBRTC = 'This browser has no WebRTC, or it is switched off, so nothing can be measured.';
export const ALLOW_WEBRTC =
	'Look for an extension or a policy that blocks WebRTC, in Firefox for media.peerconnection.enabled in about:config too, or use another browser.';

/** After which Firefox asks servers on this machine itself. */
export const USE_LOOPBACK =
	'Set media.peerconnection.ice.loopback to true in about:config, or use Chromium, or let the servers listen on an address of this machine in its network (those of Icelens with HOST=0.0.0.0).';

export const NO_CONNECTIONS = 'There are no connections in this dump.';

export const VERDICT_WORDS: Record<Verdict, string> = {
	direct: 'Direct calls should work',
	'with-turn': 'Calls should work, with TURN for some peers',
	'turn-always': 'Nothing over UDP: calls need TURN',
	fails: 'Calls will most likely fail',
	unknown: 'Cannot tell',
	connected: 'The call connected',
	failed: 'The call did not connect',
	'media-problem': 'The call connected, with faults in audio or video',
	reached: 'Reached',
	'reached-partly': 'Reached, with a fault',
	'not-answered': 'No answer to this page'
};

export const SERVER_STATE_WORDS: Record<ServerState, string> = {
	works: 'Works',
	'allocates-only': 'Allocates, carries nothing',
	unauthorized: 'Authentication failed',
	'quota-reached': 'Quota or capacity reached',
	unreachable: 'Unreachable',
	'tls-failed': 'TLS failed',
	misconfigured: 'Misconfigured',
	'not-asked': 'Not asked, credentials missing',
	'not-tested': 'Not tested',
	unknown: 'Not known'
};

export interface Gloss {
	word: string;
	gloss: string;
}

export const MAPPING_WORDS: Record<Mapping, Gloss> = {
	none: { word: 'None', gloss: 'No address translation: the outside sees this device’s own address.' },
	'endpoint-independent': {
		word: 'Endpoint-independent',
		gloss:
			'One external address and port for every destination, so the address that STUN reports is good for any peer. Often called “cone”.'
	},
	'address-dependent': {
		word: 'Address-dependent',
		gloss:
			'A different external port for each destination address, so the port that STUN reports is not the one a peer would see.'
	},
	'address-and-port-dependent': {
		word: 'Address-and-port-dependent',
		gloss:
			'A different external port for each destination, so the port that STUN reports is not the one a peer would see. Often called “symmetric”.'
	},
	'endpoint-dependent': {
		word: 'Endpoint-dependent',
		gloss:
			'The external port changes with the destination. Whether by address alone or by port as well cannot be determined from here. Often called “symmetric”.'
	},
	unknown: { word: 'Not known', gloss: 'No conclusive result: what several servers see of one socket has to be compared.' }
};

export const FILTERING_WORDS: Record<Filtering, Gloss> = {
	'endpoint-independent': {
		word: 'Endpoint-independent',
		gloss: 'Once a port is open, anyone may send to it. Often called “full cone”.'
	},
	'address-dependent': {
		word: 'Address-dependent',
		gloss: 'Only addresses this device has sent to may answer. Often called “restricted cone”.'
	},
	'address-and-port-dependent': {
		word: 'Address-and-port-dependent',
		gloss:
			'Only the exact address and port this device has sent to may answer. Usual for home routers; often called “port-restricted”.'
	},
	unknown: {
		word: 'Not known',
		gloss: 'No conclusive result: the test needs a sender at an address that this device has never contacted.'
	}
};

export const HAIRPIN_WORDS: Record<Hairpin, Gloss> = {
	yes: { word: 'Yes', gloss: 'Two devices behind this NAT can reach each other by their external address.' },
	no: { word: 'No', gloss: 'Usual for home routers. Devices on one network reach each other by their internal addresses.' },
	unknown: { word: 'Not known', gloss: 'The test gave no clear result.' },
	'not-tested': {
		word: 'Not tested',
		gloss: 'Matters only for two devices behind the same NAT that cannot reach each other by their internal addresses.'
	}
};

export const PORT_PATTERN_WORDS: Record<PortPattern, Gloss> = {
	preserved: { word: 'Preserved', gloss: 'The external port is the same as the internal port.' },
	'constant-offset': { word: 'Constant offset', gloss: 'External ports follow the internal ports at a fixed offset.' },
	sequential: { word: 'Sequential', gloss: 'New external ports count upwards.' },
	random: { word: 'Random', gloss: 'New external ports follow no pattern.' },
	unknown: { word: 'Not known', gloss: 'Too few ports were seen, or the browser hides the internal port.' }
};

export const LAYERS_WORDS: Record<Layers, Gloss> = {
	none: { word: 'None', gloss: 'This device has a public address of its own.' },
	single: { word: 'One NAT', gloss: 'Usual for a home or an office.' },
	double: { word: 'Signs of two NATs', gloss: 'A router behind a router. Calls should work; port forwarding needs both.' },
	'carrier-grade': { word: 'Signs of carrier-grade NAT', gloss: 'The provider shares one public address among customers.' },
	unknown: { word: 'Not known', gloss: 'Nothing seen says how many there are.' }
};

export const NAT_FIELD_WORDS: Record<NatField, { title: string; values: Readonly<Record<string, Gloss>> }> = {
	mapping: { title: 'Mapping', values: MAPPING_WORDS },
	filtering: { title: 'Filtering', values: FILTERING_WORDS },
	layers: { title: 'Layers', values: LAYERS_WORDS },
	portPattern: { title: 'Port assignment', values: PORT_PATTERN_WORDS },
	hairpin: { title: 'Hairpin', values: HAIRPIN_WORDS }
};

export const FAMILY_WORDS: Record<Family, string> = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const PICTURE_WORDS = {
	title: 'Paths from this device',
	device: 'This device',
	noNat: 'No NAT',
	nat: 'NAT',
	natOrNone: 'NAT, if there is one',
	carrierNat: 'Provider’s NAT',
	edge: 'Network edge',
	firewall: 'Firewall',
	udpBlocked: 'UDP does not get through',
	states: { open: 'open', refused: 'reached, unusable', blocked: 'not reached', untested: 'not known', measuring: 'measuring' },
	noServers: 'No server was tested',
	page: (secure: boolean): string => (secure ? 'This page · HTTPS' : 'This page · HTTP'),
	/** The mapping of the network's edge. */
	mappings: MAPPING_WORDS,
	roundTrip: (rttMs: number) => duration(rttMs),
	legend: 'Solid lines are open, broken ones not reached, dotted ones not known.'
};

/** A relay that was allocated and that nobody has sent data through. */
export const UNPROVEN_WORD = 'Relay allocated, data not tested';
export const PEER_WORDS = { yes: 'Goes directly', no: 'Needs TURN', unknown: 'Not known' };
export const FINDING_WORDS = { problem: 'Problem', warning: 'Warning', normal: 'Normal', info: 'Note' };

/** Steps of a connection between two devices. */
export const PAIR_STEP_WORDS: Record<PairStepId, string> = {
	signalling: 'Signalling',
	gathering: 'First candidate',
	checks: 'Checks',
	dtls: 'DTLS',
	'first-frame': 'First frame'
};

/** What became of a candidate pair, in two words. */
export const PAIR_REASON_WORDS: Record<PairReason, string> = {
	chosen: 'Carried the call',
	worked: 'Worked, not needed',
	'not-tried': 'Not tried',
	'name-hidden': 'Hidden name',
	'no-route': 'No route',
	'other-family': 'Other family',
	'not-turned-round': 'Not hairpinned',
	filtered: 'No answer',
	'local-unanswered': 'No local answer',
	'one-way': 'One way',
	'under-way': 'In progress'
};

/** What came of a path between two devices. */
export const PATH_OUTCOME_WORDS: Record<PathOutcome, string> = {
	connected: 'Connected',
	'not-connected': 'Not connected',
	unknown: 'Not known'
};

/** What is compared of calls. */
export const CALL_FIGURE_WORDS: Record<CallFigure, string> = {
	rtt: 'round trip',
	loss: 'loss',
	jitter: 'jitter',
	delay: 'one-way delay',
	'audio-bitrate': 'audio bitrate',
	'video-bitrate': 'video bitrate',
	'frame-rate': 'frame rate',
	freezes: 'freezes'
};

/** A server as it is named; a user name only where it tells rows apart. */
export function serverName({ url, username }: { url: string; username: string | null }): string {
	return username === null ? url : `${url} (user ${username})`;
}
