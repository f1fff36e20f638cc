/** What a browser leaves out for every page, in English. */
import type { BrowserEngine } from '../../observations/observation';
import type { CandidateLimitKind } from '../../verdict/check/candidate-limit';

/** What it gathered all the same: `this browser gathered …`. */
export const GATHERED: Record<CandidateLimitKind, string> = {
	nothing: 'no candidate',
	'only-relays': 'no candidate but relays',
	'no-host': 'no host candidate'
};

/** What does this, as far as it was tried: Chromium 156 and Firefox 153. */
export function limitedBy(engine: BrowserEngine, kind: CandidateLimitKind): string {
	switch (engine) {
		case 'chromium':
			return `the policy WebRtcIPHandling (${kind === 'no-host' ? 'default_public_interface_only' : 'disable_non_proxied_udp'}), an extension that sets the same${kind === 'no-host' ? '' : ', or a device without a network or with IPv6 alone'}`;
		case 'firefox':
			return `${FIREFOX[kind]}, set by a person, a policy or an extension${kind === 'nothing' ? ', or a device without a network' : ''}`;
		default:
			return 'a setting, policy or extension that restricts WebRTC, or a device without a network';
	}
}

const FIREFOX: Record<CandidateLimitKind, string> = {
	nothing: 'the preference media.peerconnection.ice.proxy_only',
	'only-relays': 'the preference media.peerconnection.ice.relay_only',
	'no-host': 'the preference media.peerconnection.ice.no_host'
};
