/** What to do about what stands out in a recording, each under an id of its own; none of them needs a value. */
import type { NoValues, Said } from '../../base/said';

export type CallStepId =
	// signalling
	| 'answer-the-offer'
	| 'make-the-offer'
	| 'set-the-answer'
	| 'read-the-refusal'
	| 'negotiate-perfectly'
	| 'add-before-the-offer'
	| 'deliver-once'
	| 'skip-own-messages'
	| 'pass-candidates-of-this-round'
	| 'look-at-trickled-candidates'
	| 'keep-ice-credentials'
	| 'make-one-end-active'
	| 'pass-descriptions-unchanged'
	| 'look-at-dtls'
	| 'look-at-path-mtu'
	| 'look-at-narrow-path'
	| 'look-at-page-limits'
	// addresses and relays
	| 'allow-candidates'
	| 'allow-local-network'
	| 'offer-turn-or-all-candidates'
	| 'look-at-turn-of-relay-policy'
	| 'announce-public-address'
	| 'add-relay-to-call'
	| 'open-relay-ports'
	| 'wait-for-ice'
	| 'look-at-relay-of-other-end'
	| 'restart-when-down'
	| 'look-at-one-way-filter'
	| 'tell-relay-its-public-address'
	| 'allow-peers-at-relay'
	| 'record-from-the-beginning'
	| 'renew-turn-credentials'
	| 'look-at-turn-log'
	| 'show-addresses-or-add-relay'
	| 'update-dtls'
	// media
	| 'compare-codec-and-keyframes'
	| 'compare-payload-types'
	| 'look-at-rtcp'
	| 'look-at-source'
	| 'look-at-declared-bandwidth'
	| 'accept-data-channels'
	| 'compare-codecs-offered'
	| 'look-at-what-drops-media'
	| 'compare-directions'
	| 'look-at-jitter-buffer-target'
	| 'give-one-channel-id'
	| 'wait-for-buffered-amount'
	| 'look-at-keyframe-requests';

export type CallStepValues = Record<CallStepId, NoValues>;

export function callStep(id: CallStepId): Said {
	return { rule: id, values: {} };
}
