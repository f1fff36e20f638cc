/** Calls that fail, recorded after the rules had been written for the others: whether those hold for what they were not made for. */
import { AUDIO, BOTH, DATA, type Kind } from './kind';

const changedFingerprint: Kind['describe'] = (one, from) =>
	from === 'b' ? { ...one, sdp: one.sdp.replace(/a=fingerprint:sha-256 (..)/g, 'a=fingerprint:sha-256 00') } : one;
const RELAY_ONLY = { iceTransportPolicy: 'relay' };

export const LATER_FAILURES: readonly Kind[] = [
	{
		name: 'firefox-turn-password',
		truth: 'relay only in Firefox, and the TURN server refuses the password (401)',
		a: { servers: ['wrong-udp'], config: RELAY_ONLY, code: DATA },
		firefox: 'a',
		seconds: 20
	},
	{
		name: 'firefox-fingerprint-changed',
		truth: 'the fingerprint that Firefox was given was changed on the way',
		describe: changedFingerprint,
		firefox: 'a',
		seconds: 15
	},
	{
		name: 'fingerprint-changed-other-end',
		truth:
			'the fingerprint that the other end was given was changed on the way; this end is the one whose certificate was refused',
		describe: changedFingerprint,
		recorded: 'b',
		seconds: 30
	},
	{
		name: 'turn-tcp-silent',
		truth: 'relay only, and what is sent to the TURN server over TCP vanishes',
		a: { servers: ['silent-tcp'], config: RELAY_ONLY, code: DATA },
		seconds: 45
	},
	{
		name: 'relay-tcp-server-stopped',
		truth: 'connected by a relay over TCP, whose TURN server is stopped',
		a: { servers: ['stopped-tcp'], config: RELAY_ONLY, code: DATA },
		then: [{ afterS: 4, stop: 'stopped' }],
		seconds: 40
	},
	{
		name: 'blocked-in-reports',
		truth: 'no packet passes between the two ends; only the reports of getStats() were kept',
		fault: 'all',
		format: 'getstats',
		seconds: 30
	},
	{
		name: 'page-reloaded',
		truth: 'connected, and after 5 s the page of the other end is loaded anew and answers with another session',
		a: { code: AUDIO },
		b: { code: AUDIO },
		then: [
			{ afterS: 5, b: "peer.close(); await open_('b', { config: {}, code: '' });" },
			{ afterS: 6, a: "await offer('a');" }
		],
		seconds: 40
	},
	{
		name: 'closed-before-connected',
		truth: 'no packet passes, and this end closes the connection after 4 s, before ICE has given up',
		fault: 'all',
		format: 'rtcstats',
		then: [{ afterS: 4, a: 'peer.close();' }],
		seconds: 6
	},
	{
		name: 'video-replaced-by-none',
		truth: 'connected, and after 5 s this end replaces the track of its video by none',
		a: { code: BOTH },
		then: [{ afterS: 5, a: "await peer.getSenders().find(({ track }) => track?.kind === 'video').replaceTrack(null);" }],
		seconds: 20
	},
	{
		name: 'blocked-and-turn-name',
		truth: 'no direct path, and the name of the TURN server that would have helped does not exist',
		a: { servers: ['no-such-name'], code: DATA },
		fault: 'all',
		seconds: 30
	}
];
