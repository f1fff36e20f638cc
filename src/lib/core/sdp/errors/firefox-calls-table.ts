/** What Firefox says of a call that fails, whatever the text. */
import { firefox, CALL_ORDER, type BrowserErrorEntry } from './entry';

export const FIREFOX_CALLS: readonly BrowserErrorEntry[] = [
	firefox({
		id: 'ff-stun-query',
		pattern: /'(?<what>[^']*)': STUN URLs must not have query parameters/i,
		rules: [],
		means: 'The URL "{what}" has a query, and a STUN URL has none.',
		remedy: 'Take away what follows the "?": STUN is asked over UDP, and only a TURN URL says ?transport=.',
		cite: 'RFC 7064 §3.1',
		example:
			"PeerConnectionImpl.setConfiguration: 'stun:stun.example.org?transport=udp': STUN URLs must not have query parameters"
	}),
	firefox({
		id: 'ff-munged',
		pattern:
			/Changing the (?:number|media-type|mid) of m-sections is not allowed|Cannot set local (?:answer|offer) when create(?:Answer|Offer) has not been called/i,
		rules: [],
		means: 'The local description is not what Firefox made.',
		remedy: 'Set what createOffer or createAnswer gave, unchanged, or call setLocalDescription without an argument.',
		example: 'Changing the number of m-sections is not allowed'
	}),
	firefox({
		id: 'ff-wrong-state',
		pattern:
			/Cannot (?:set (?:remote|local) (?:answer|offer|offer or answer)|create answer) in (?:current )?(?:state )?(?<what>[\w-]+)/i,
		rules: [],
		means: 'The call came at a moment when the connection does not take it.',
		remedy: CALL_ORDER,
		example: 'Cannot set remote answer in state stable'
	}),
	firefox({
		id: 'ff-no-remote',
		pattern: /No remoteDescription\./i,
		rules: [],
		means: 'A candidate came before the remote description.',
		remedy: 'Keep candidates until setRemoteDescription has ended, then add them.',
		example: 'No remoteDescription.'
	}),
	firefox({
		id: 'ff-candidate',
		pattern: /Invalid candidate, |Cannot set ICE candidate for level|Unknown ufrag/i,
		rules: ['candidate-line'],
		means: 'The candidate cannot be read, or belongs to a section or a round that is not there.',
		remedy: 'Send the candidate with its sdpMid as the browser gave it, and drop candidates of an earlier round.',
		example: 'Cannot set ICE candidate for level=99 mid=: No such transceiver.'
	})
];
