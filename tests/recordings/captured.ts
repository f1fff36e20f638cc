/** Calls whose packets are captured by tcpdump at end `a`, beside what that end counted and what the TURN server wrote. */
import { AUDIO, DATA, type Kind } from './kind';

const RELAY_ONLY = { iceTransportPolicy: 'relay' };
/** Silence makes small packets. */
const SILENT = `${AUDIO} for (const { track } of peer.getSenders()) track.enabled = false;`;
/** Nothing is under way any more when the counters are read. */
const STOP = 'for (const each of peer.getSenders()) await each.replaceTrack(null);';

export const CAPTURED: readonly Kind[] = [
	{
		name: 'captured-turn-password',
		truth: 'relay only, and the TURN server refuses the password (401) over UDP',
		a: { servers: ['wrong-udp'], config: RELAY_ONLY, code: DATA },
		captured: { logOf: 'turn-udp' },
		seconds: 12
	},
	{
		name: 'captured-relay',
		truth: 'by a relay over UDP, audio both ways',
		a: { servers: ['turn-udp'], config: RELAY_ONLY, code: SILENT },
		b: { code: SILENT },
		then: [{ afterS: 1.5, a: STOP, b: STOP }],
		captured: { logOf: 'turn-udp' },
		seconds: 3
	},
	{
		name: 'captured-dtls-blocked',
		truth: 'ICE passes, and packets of DTLS are dropped',
		fault: 'dtls',
		captured: {},
		seconds: 14
	}
];
