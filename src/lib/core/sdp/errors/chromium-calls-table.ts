/** What Chromium says of a call that fails, whatever the text. */
import { chromium, CALL_ORDER, type BrowserErrorEntry } from './entry';

export const CHROMIUM_CALLS: readonly BrowserErrorEntry[] = [
	chromium({
		id: 'server-url-query',
		pattern: /'(?<what>stuns?:[^']*\?[^']*)' is not a valid (?:stun or turn )?URL/i,
		rules: [],
		means: 'The URL "{what}" has a query, and a STUN URL has none.',
		remedy: 'Take away what follows the "?": STUN is asked over UDP, and only a TURN URL says ?transport=.',
		cite: 'RFC 7064 §3.1',
		example: "Failed to construct 'RTCPeerConnection': 'stun:stun.example.org?transport=udp' is not a valid stun or turn URL."
	}),
	chromium({
		id: 'server-url',
		pattern: /'(?<what>[^']*)' is not a valid (?:stun or turn )?URL/i,
		rules: [],
		means: '"{what}" cannot be read as the URL of a server, so no connection was made.',
		remedy: 'Write stun:host:port, turn:host:port?transport=udp or turns:host:port, without "//" and without a path.',
		cite: 'RFC 7064 §3.1; RFC 7065 §3.1',
		example: "Failed to construct 'RTCPeerConnection': 'example' is not a valid URL."
	}),
	chromium({
		id: 'munged',
		pattern:
			/SDP does not match the previously generated SDP|SDP is modified in a non-acceptable way|Transceiver type does not match media description type/i,
		rules: [],
		means: 'The description was changed between creating and setting it, in a way that the browser refuses.',
		remedy: 'Set what createOffer or createAnswer gave, unchanged, or call setLocalDescription without an argument.',
		example: "Failed to execute 'setLocalDescription' on 'RTCPeerConnection': SDP is modified in a non-acceptable way"
	}),
	chromium({
		id: 'answer-out-of-turn',
		pattern: /Failed to set (?:remote|local) answer sdp: Called in wrong (?:signaling)?state:? k?stable/i,
		rules: [],
		means:
			'An answer was set while the connection was in the state "stable": no offer was open, or its answer had been set already.',
		remedy: CALL_ORDER,
		cite: 'RFC 9429 §4.1.10, §5.6',
		example: 'Failed to set remote answer sdp: Called in wrong state: stable'
	}),
	chromium({
		id: 'glare',
		pattern: /Failed to set remote offer sdp: Called in wrong (?:signaling)?state:? (?:k?have-?local-?offer)/i,
		rules: [],
		means: 'An offer arrived while an own offer waited for its answer: both sides offered at the same time.',
		remedy: 'Use perfect negotiation: the polite side takes the offer, which rolls its own back, and the other one ignores it.',
		cite: 'RFC 9429 §4.1.10.2',
		example: 'Failed to set remote offer sdp: Called in wrong state: have-local-offer'
	}),
	chromium({
		id: 'wrong-state',
		pattern: /Called in wrong (?:signaling)?state:? (?<what>[\w-]+)|cannot create an answer in a state/i,
		rules: [],
		means: 'The call came at a moment when the connection does not take it.',
		remedy: CALL_ORDER,
		example: 'Failed to set local answer sdp: Called in wrong state: have-local-offer'
	}),
	chromium({
		id: 'no-remote',
		pattern: /The remote description was null/i,
		rules: [],
		means: 'A candidate came before the remote description.',
		remedy: 'Keep candidates until setRemoteDescription has ended, then add them.',
		example: "Failed to execute 'addIceCandidate' on 'RTCPeerConnection': The remote description was null"
	}),
	chromium({
		id: 'candidate-refused',
		pattern: /Error processing ICE candidate/i,
		rules: ['candidate-line'],
		means: 'The candidate cannot be read, or names a section that does not exist.',
		remedy: 'Send the candidate with its sdpMid as the browser gave it.',
		example: "Failed to execute 'addIceCandidate' on 'RTCPeerConnection': Error processing ICE candidate"
	})
];
