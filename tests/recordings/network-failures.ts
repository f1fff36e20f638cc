/** Calls that fail for the network between the two ends. */
import { AUDIO, BOTH, DATA, type Kind } from './kind';

const RESTART = "peer.restartIce(); await offer('a');";

export const NETWORK_FAILURES: readonly Kind[] = [
	{ name: 'all-blocked', truth: 'no packet passes between the two ends, and there is no relay', fault: 'all', seconds: 30 },
	{ name: 'one-way-to-here', truth: 'what the other end sends never arrives here', fault: 'to-a', seconds: 30 },
	{ name: 'one-way-from-here', truth: 'what this end sends never arrives at the other one', fault: 'from-a', seconds: 30 },
	{ name: 'dtls-blocked', truth: 'ICE passes, and packets of DTLS are dropped', fault: 'dtls', seconds: 25 },
	{
		name: 'cut-in-call',
		truth: 'connected, and after 6 s no packet passes any more',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 6, fault: 'all' }],
		seconds: 42
	},
	{
		name: 'cut-and-restart-in-vain',
		truth: 'connected, cut after 6 s, and an ICE restart finds no path either',
		then: [
			{ afterS: 6, fault: 'all' },
			{ afterS: 16, a: RESTART }
		],
		seconds: 45
	},
	{
		name: 'consent-blocked',
		truth: 'connected, and after 6 s checks are dropped while media passes',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [{ afterS: 6, fault: 'stun' }],
		seconds: 45
	},
	{
		name: 'media-blocked',
		truth: 'connected, and packets of RTP are dropped',
		a: { code: BOTH },
		b: { code: BOTH },
		fault: 'media',
		seconds: 20
	},
	{
		name: 'rtcp-blocked',
		truth: 'connected, and packets of RTCP are dropped',
		a: { code: AUDIO },
		b: { code: AUDIO },
		fault: 'rtcp',
		seconds: 26
	},
	{
		name: 'loss',
		truth: 'connected, and from second 5 to 15 12 % of the packets are dropped',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [
			{ afterS: 5, fault: 'loss' },
			{ afterS: 15, heal: true }
		],
		seconds: 20
	},
	{
		name: 'narrow',
		truth: 'connected over a path of some 100 kbit/s, which video does not fit in',
		a: { code: BOTH },
		b: { code: BOTH },
		then: [{ afterS: 3, fault: 'narrow' }],
		seconds: 30
	},
	{
		name: 'from-here-blocked-in-call',
		truth: 'connected, and after 6 s what this end sends arrives no longer',
		a: { code: DATA },
		then: [{ afterS: 6, fault: 'from-a' }],
		seconds: 40
	}
];
