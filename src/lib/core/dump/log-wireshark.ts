/** The list of packets of Wireshark or tshark, as text: what servers answered. Captures themselves say more, and are read too. */
import { addServer, addServerError } from './candidate-lines';
import { addEndpoint, endpointIn } from './log-endpoints';
import type { LogProgram } from './log-reader';

/** Number and time, which the reader of logs has taken where it knows the notation; source, arrow, destination, protocol, length, what it is. */
const BLANKS = '[ \\t]{1,40}';
const PACKET = `^(?:[ \\t]{0,40}\\d+${BLANKS}[\\d.:-]+)?${BLANKS}([0-9A-Fa-f:.]+)${BLANKS}(?:(?:→|->)[ \\t]{0,40})?([0-9A-Fa-f:.]+)${BLANKS}`;

export const WIRESHARK: LogProgram = {
	format: 'wireshark-text',
	name: 'Packets of Wireshark, as text',
	is: new RegExp(`${PACKET}(?:STUN|TURN|CLASSIC-STUN|DTLSv?[\\d.]*|RTP|SRTP)\\s`, 'm'),
	lines() {
		/** User names of requests, by the two ends. */
		const users = new Map<string, string>();
		const told = new Set<string>();
		return [
			{
				pattern: new RegExp(`${PACKET}STUN\\s+\\d+\\s+(\\w[\\w ]*?) Request\\b(?:.*?\\buser: (\\S+))?`, 'i'),
				take: ([, from, to, method, user], line) => {
					if (user && !user.includes(':')) users.set(`${from} ${to}`, user);
					if (!/allocate/i.test(method!)) return;
					const host = to!.includes(':') ? `[${to}]` : to!;
					addServer(line.connection(`${from} ${to}`, `${from} to server ${to}`), `turn:${host}`, user ?? null, line.atMs);
				}
			},
			{
				pattern: new RegExp(
					`${PACKET}STUN\\s+\\d+\\s+(\\w[\\w ]*?) Error Response.*?error-code: (\\d{3})(?: \\([^)]*\\))?\\s*(.*?)(?: with nonce| realm:|$)`,
					'i'
				),
				take: ([, from, to, , code, said], line) => {
					const user = users.get(`${to} ${from}`);
					if (user === undefined && (code === '401' || code === '438')) return;
					const key = `${from} ${to} ${code} ${user ?? ''}`;
					if (told.has(key)) return;
					told.add(key);
					const host = from!.includes(':') ? `[${from}]` : from!;
					addServerError(
						line.connection(`${to} ${from}`, `${to} to server ${from}`),
						{ url: `turn:${host}`, errorCode: Number(code), errorText: said!, ...(user ? { username: user } : {}) },
						line.atMs
					);
				}
			},
			{
				pattern: new RegExp(`${PACKET}STUN\\s+\\d+\\s+Allocate Success Response.*?XOR-RELAYED-ADDRESS: (\\S+)`, 'i'),
				take: ([, from, to, at], line) => {
					const relay = endpointIn(at!);
					const builder = line.connection(`${to} ${from}`, `${to} to server ${from}`);
					if (relay) addEndpoint(builder, 'local', { ...relay, type: 'relay', protocol: 'udp' }, line.atMs);
				}
			},
			{ pattern: new RegExp(PACKET), take: null }
		];
	}
};
