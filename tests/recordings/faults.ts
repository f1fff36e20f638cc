/** Faults of the network between the two ends of one call: rules of nftables in the core, for the ports of its end `a`. */
import type { Lab } from '../support/namespace';
import type { Fault } from './kind';

/** First byte of a packet tells STUN (0 to 3), DTLS (20 to 63) and RTP (128 to 191) apart (RFC 7983 §7), the second one RTCP. */
const FIRST_BYTE = '@th,64,8';
const SECOND_BYTE = '@th,72,8';

const BOTH_WAYS = ['dport', 'sport'] as const;
const both = (rest: string) => (set: string) => BOTH_WAYS.map((port) => `udp ${port} @${set} ${rest}`);

/** Rules by fault; each is given the name of its set of ports. */
const RULES: Record<Fault, (set: string) => string[]> = {
	all: (set) => BOTH_WAYS.flatMap((port) => [`udp ${port} @${set} drop`, `tcp ${port} @${set} drop`]),
	'to-a': (set) => [`udp dport @${set} drop`],
	'from-a': (set) => [`udp sport @${set} drop`],
	dtls: both(`${FIRST_BYTE} 20-63 drop`),
	'dtls-from-a': (set) => [`udp sport @${set} ${FIRST_BYTE} 20-63 drop`],
	media: both(`${FIRST_BYTE} 128-191 ${SECOND_BYTE} != 192-223 drop`),
	'media-to-a': (set) => [`udp dport @${set} ${FIRST_BYTE} 128-191 ${SECOND_BYTE} != 192-223 drop`],
	rtcp: both(`${FIRST_BYTE} 128-191 ${SECOND_BYTE} 192-223 drop`),
	stun: both(`${FIRST_BYTE} 0-3 drop`),
	// 12 in 100, drawn for each packet.
	loss: both('numgen random mod 100 < 12 drop'),
	'loss-from-a': (set) => [`udp sport @${set} numgen random mod 100 < 12 drop`],
	// As where the path MTU is smaller, and nobody says so.
	large: both('udp length > 1000 drop'),
	// A policer: what is over it is dropped, as many providers do.
	narrow: both('limit rate over 12 kbytes/second burst 4 kbytes drop')
};

const setOf = (fault: Fault) => `ports_${fault.replaceAll('-', '_')}`;

export interface Faults {
	begin(fault: Fault, ports: readonly number[]): Promise<void>;
	end(fault: Fault, ports: readonly number[]): Promise<void>;
}

export async function layFaults(lab: Lab): Promise<Faults> {
	const faults = Object.keys(RULES) as Fault[];
	const lines = [
		...faults.map((fault) => `set ${setOf(fault)} { type inet_service; }`),
		'chain between { type filter hook forward priority -10;',
		...faults.flatMap((fault) => RULES[fault](setOf(fault))),
		'}'
	];
	const nft = async (text: string) => {
		const { status, stderr } = await lab.exec('core', ['nft', '-f', '-'], { input: text });
		if (status !== 0) throw new Error(`nft refused the faults: ${stderr}`);
	};
	await nft(`table inet faults {\n${lines.join('\n')}\n}\n`);
	const change = (verb: 'add' | 'delete') => (fault: Fault, ports: readonly number[]) =>
		ports.length === 0 ? Promise.resolve() : nft(`${verb} element inet faults ${setOf(fault)} { ${ports.join(', ')} }\n`);
	return { begin: change('add'), end: change('delete') };
}
