/** What can be done for a better answer, each under an id of its own: questions, headline and NAT evidence name them. */
import type { NoValues, Said, SaidOf } from '../base/said';

export type NextStepId =
	// the browser
	| 'allow-webrtc'
	| 'let-firefox-use-the-loopback'
	// servers of the list
	| 'enter-missing-logins'
	| 'add-server-outside'
	| 'add-server-outside-and-check'
	| 'add-server-of-another-operator'
	| 'add-second-stun-server'
	| 'add-ipv4-server'
	| 'add-ipv6-server'
	| 'add-turn-server'
	| 'add-turn-server-on-port-443'
	| 'add-turn-server-over-tcp'
	| 'add-turn-server-as-control'
	| 'add-turn-server-to-see'
	| 'add-turn-server-that-can-be-tried'
	| 'make-a-turn-server-work'
	| 'finish-relay-test'
	| 'check-in-another-browser'
	// mapping
	| 'add-stun-server-over-udp'
	| 'add-server-beyond-the-nat'
	| 'add-server-at-another-address'
	| 'add-server-surely-apart'
	| 'finish-mapping-step'
	| 'allow-camera-or-microphone'
	| 'check-again-with-other-servers'
	| 'check-again-with-longer-deadline'
	// filtering
	| 'add-stun-server-apart-from-turn'
	| 'add-somebody-who-sends-unasked'
	| 'add-turn-server-that-reaches-here'
	| 'check-again-without-vpn'
	| 'check-again'
	// calls
	| 'make-a-call'
	| 'make-a-longer-call'
	| 'make-a-call-that-connects';

/** Servers of the list, each with its user name where the URL stands there with several. */
interface NamedUrls {
	servers: { url: string; username: string | null }[];
}

export type NextStepValues = Record<NextStepId, NoValues> & { 'repair-turn-servers': NamedUrls };

export function nextStep(id: NextStepId): Said {
	return { rule: id, values: {} };
}

export function repairServers(servers: readonly NamedUrls['servers'][number][]): Said {
	const step: SaidOf<Pick<NextStepValues, 'repair-turn-servers'>> = {
		rule: 'repair-turn-servers',
		values: { servers: servers.map(({ url, username }) => ({ url, username })) }
	};
	return { ...step, values: { ...step.values } };
}
