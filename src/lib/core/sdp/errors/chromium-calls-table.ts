/** What Chromium says of a call that fails, whatever the text. */
import { chromium, CALL_ORDER, type BrowserErrorEntry } from './entry';

export const CHROMIUM_CALLS: readonly BrowserErrorEntry[] = [
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
		id: 'wrong-state',
		pattern:
			/Called in wrong (?:signaling)?state:? (?<what>[\w-]+)|cannot create an answer in a state|signalingState is '(?<state>closed)'/i,
		rules: [],
		means: 'The call came at a moment when the connection does not take it.',
		remedy: CALL_ORDER,
		example: 'Failed to set remote answer sdp: Called in wrong state: stable'
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
		pattern: /Error processing ICE candidate|Candidate missing values for both sdpMid and sdpMLineIndex/i,
		rules: ['candidate-line'],
		means: 'The candidate cannot be read, or names a section that does not exist.',
		remedy: 'Send the candidate with its sdpMid as the browser gave it.',
		example: "Failed to execute 'addIceCandidate' on 'RTCPeerConnection': Error processing ICE candidate"
	})
];
