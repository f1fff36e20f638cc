/**
 * Calls that fail for what was signalled, for ICE, DTLS or TURN, chosen and written down before anything was asked about them, when the
 * rules for all the others had been written (field-media-failures.ts has those whose media or data fail).
 */
import { AUDIO, BOTH, DATA, type Candidate, type Description, type EndName, type Kind } from './kind';

const RELAY_ONLY = { iceTransportPolicy: 'relay' };

/** Each end is given what another end delivers a second time. */
const ANSWER_AGAIN = `${DATA}
	const native = window.give;
	window.give = async (to, message) => {
		await native(to, message);
		if (message.description?.type === 'answer') await native(to, message);
	};`;

function inOtherOrder(one: Description, from: EndName): Description {
	if (from === 'a' || one.type === 'answer') return one;
	const [session, first, ...others] = one.sdp.split(/(?=^m=)/m);
	return { ...one, sdp: [session, ...others, first].join('') };
}

/** Passes on what each end gathers first, and nothing that it gathers after a restart. */
function ofFirstGathering(): NonNullable<Kind['trickle']> {
	const fragments = new Map<EndName, string | undefined>();
	return (one, from) => {
		const [, fragment] = /ufrag (\S+)/.exec(one.candidate) ?? [];
		if (!fragments.has(from)) fragments.set(from, fragment);
		return fragments.get(from) === fragment ? one : null;
	};
}

export const FIELD_FAILURES: readonly Kind[] = [
	{
		name: 'answer-given-twice',
		truth: 'connected, and signalling delivered the answer twice: the second one was refused, for nothing waited for it any more',
		a: { code: ANSWER_AGAIN },
		seconds: 12
	},
	{
		name: 'offer-without-sections',
		truth: 'this end made its offer before it had a track or a data channel: it has no section, and there is nothing to connect',
		a: { code: '' },
		seconds: 12
	},
	{
		name: 'own-offer-rolled-back',
		truth:
			'connected with audio; after 5 s both ends made an offer at once, this one took its own back, with the data channel that it was for, and never made it again',
		a: { code: AUDIO },
		b: { code: AUDIO },
		// The other end ignores what crosses its own offer.
		describe: (one, from) => (from === 'a' && one.type === 'offer' && one.sdp.includes('m=application') ? null : one),
		then: [
			{ afterS: 5, a: `${DATA} await offer('a');` },
			{ afterS: 5.2, b: "await addMedia(peer, ['video']); await offer('b');" }
		],
		seconds: 16
	},
	{
		name: 'restart-candidates-lost',
		truth: 'connected, cut from second 5 to 12; ICE is restarted at 9 s, and signalling lost what both ends gathered for it',
		trickle: ofFirstGathering(),
		then: [
			{ afterS: 5, fault: 'all' },
			{ afterS: 9, a: "peer.restartIce(); await offer('a');" },
			{ afterS: 12, heal: true }
		],
		seconds: 40
	},
	{
		name: 'candidates-of-another-session',
		truth: 'the candidates of both ends came with an ICE user name that is not the one of their descriptions',
		trickle: (one) =>
			({ ...one, candidate: one.candidate.replace(/ufrag \S+/, 'ufrag oldR'), usernameFragment: 'oldR' }) as Candidate,
		seconds: 25
	},
	{
		name: 'sections-reordered',
		truth: 'connected, and after 5 s the other end makes a new offer with its sections in another order, which is refused',
		a: { code: BOTH },
		b: { code: BOTH },
		describe: inOtherOrder,
		then: [{ afterS: 5, b: "await offer('b');" }],
		seconds: 14
	},
	{
		name: 'other-end-relay-refused',
		truth: 'the other end may use relays alone, and its TURN server forbids it to reach this end (403)',
		b: { servers: ['peers-denied'], config: RELAY_ONLY },
		seconds: 30
	},
	{
		name: 'tcp-candidates-only',
		truth: 'only TCP candidates of both ends were passed on, all of which connect and none of which listens (active)',
		trickle: (one) => (/ tcp /i.test(one.candidate) ? one : null),
		seconds: 25
	},
	{
		name: 'both-ends-active',
		truth: 'each end begins the DTLS handshake and none answers it: the role in the answer was changed on the way',
		describe: (one, from) => (from === 'b' ? { ...one, sdp: one.sdp.replace(/a=setup:active/g, 'a=setup:passive') } : one),
		seconds: 25
	},
	{
		name: 'hung-up-unanswered',
		truth: 'the other end never answered the offer, and this end closed the connection after 6 s',
		b: { code: 'peer.keepsSilent = true;' },
		format: 'rtcstats',
		then: [{ afterS: 6, a: 'peer.close();' }],
		seconds: 8
	},
	{
		name: 'turn-password-in-reports',
		truth:
			'relay only, and the TURN server refuses the password (401); only the reports of getStats() were kept, which do not tell why',
		a: { servers: ['wrong-udp'], config: RELAY_ONLY, code: DATA },
		format: 'getstats',
		seconds: 17
	},
	{
		name: 'blackout',
		truth: 'connected, and no packet passes from second 6 to 14; then the call goes on',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [
			{ afterS: 6, fault: 'all' },
			{ afterS: 14, heal: true }
		],
		seconds: 26
	},
	{
		name: 'cut-in-reports',
		truth: 'connected, and after 6 s no packet passes any more; only the reports of getStats() were kept',
		a: { code: AUDIO },
		b: { code: AUDIO },
		format: 'getstats',
		then: [{ afterS: 6, fault: 'all' }],
		seconds: 40
	},
	{
		name: 'firefox-cut-in-call',
		truth: 'connected, and after 6 s no packet passes any more; recorded by Firefox',
		a: { code: AUDIO },
		b: { code: AUDIO },
		firefox: 'a',
		then: [{ afterS: 6, fault: 'all' }],
		seconds: 42
	},
	{
		name: 'firefox-other-end-closed',
		truth: 'connected, and after 6 s the other end closes the connection; recorded by Firefox',
		a: { code: AUDIO },
		b: { code: AUDIO },
		firefox: 'a',
		then: [{ afterS: 6, b: 'peer.close();' }],
		seconds: 20
	}
];
